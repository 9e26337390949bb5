"""How long a text is for each network, counted as that network counts.

Which way a network counts, its limits and the day they were checked stand in prompts/platforms. The ways:

- `x`: Twitter's own parser over the text in NFC. A link is 23, an emoji 2, and so is each character outside Latin
  and the common quotes and dashes: “…”, “€”, “•”, “→” and “™” cost 2.
- `utf16`: UTF-16 units, the safe reading for LinkedIn, which publishes no rule. An emoji is 2 or more.
- `threads`: characters, but each emoji counts its bytes in UTF-8 (Meta's documentation, April 2026).
- `graphemes`: what a reader sees as one character (Bluesky), with a second limit in bytes.
- `mastodon`: what a reader sees as one character; a link is 23 and a mention counts without its server.
- `characters`: Unicode code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

import regex

from bot.counting.pictures import NO_EMOJI, emoji_places
from bot.counting.weights import weigh
from bot.model import Length
from bot.playbook.values import Counting, Platform

MASTODON_LINK = 23
"""What any link costs on Mastodon (mastodon/documentation, user/posting)."""

_FLAG = regex.compile(r"[\U0001f1e6-\U0001f1ff]{2}")
"""Two letters that make a flag. Any other sign counts alike, and `\\X` looks back along a whole row of such letters."""

_GRAPHEME = regex.compile(r"\X")
_LINK = regex.compile(r"https?://[^\s<>\"]+[^\s<>\"'.,;:!?)\]}…”’]", regex.IGNORECASE)
_MENTION = regex.compile(r"(?<![\w@/])@([A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*)@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def count(text: str, platform: Platform) -> Length:
    """The text's length on that network, with the network's limit beside it."""
    return Length(_WAYS[platform.counting](text), platform.limit)


def lengths(text: str, platforms: Iterable[Platform]) -> dict[str, Length]:
    """`count` for each network, by its id."""
    return {platform.id: count(text, platform) for platform in platforms}


def over(text: str, platform: Platform) -> int:
    """How much is too much, in the network's own units; 0 where the text fits.

    Where only the limit in bytes is passed (`byte_limit`), the answer is in bytes.
    """
    return excess(count(text, platform), text, platform)


def excess(length: Length, text: str, platform: Platform) -> int:
    """`over` for a text whose length on that network is known already."""
    if length.count > length.limit:
        return length.count - length.limit
    if platform.byte_limit is None:
        return 0
    return max(0, _bytes(text) - platform.byte_limit)


def visible(text: str, platform: Platform) -> str | None:
    """The beginning that readers see before they have to tap, cut between words; None where nothing is hidden.

    `fold` is in characters as readers see them. It is not known for every network, and nowhere official.
    """
    if platform.fold is None:
        return None
    stripped = text.strip()
    if len(stripped) <= platform.fold:
        return None
    plain = stripped[: platform.fold + 1]
    signs = _GRAPHEME.finditer(stripped)
    seen = (
        list(plain)
        if plain.isascii() and "\r" not in plain
        else [one.group() for one in islice(signs, platform.fold + 1)]
    )
    if len(seen) <= platform.fold:
        return None
    start = "".join(seen[: platform.fold])
    if not seen[platform.fold].isspace():
        cut = regex.search(r"\s+\S*$", start)
        start = start[: cut.start()] if cut else start
    return start.rstrip()


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _threads(text: str) -> int:
    found = [one for one in emoji_places(text, joined=True) if one.signs not in NO_EMOJI]
    return len(text) + sum(_bytes(one.signs) - (one.end - one.start) for one in found)


def _graphemes(text: str) -> int:
    if text.isascii():
        return len(text) - text.count("\r\n")
    return len(_GRAPHEME.findall(_FLAG.sub("x", text)))


def _mastodon(text: str) -> int:
    short = _LINK.sub("x" * MASTODON_LINK, text) if "://" in text else text
    return _graphemes(_MENTION.sub(r"@\1", short) if "@" in short else short)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


_WAYS: dict[Counting, Callable[[str], int]] = {
    "x": weigh,
    "utf16": _utf16,
    "threads": _threads,
    "graphemes": _graphemes,
    "mastodon": _mastodon,
    "characters": len,
}

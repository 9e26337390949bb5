"""How long a text is for each network, counted as that network counts.

Which way a network counts, its limits and the day they were checked stand in prompts/platforms. The ways:

- `x`: Twitter's own parser over the text in NFC. A link is 23, an emoji 2, and so is each character outside Latin
  and the common quotes and dashes: “…”, “€”, “•”, “→” and “™” cost 2.
- `utf16`: UTF-16 units, the safe reading for LinkedIn, which publishes no rule. An emoji is 2 or more.
- `threads`: characters, but each emoji counts its bytes in UTF-8 (Meta's documentation, April 2026).
- `bluesky`: what a reader sees as one character, with links as they are shown, and a second limit in bytes.
- `graphemes`: what a reader sees as one character.
- `mastodon`: what a reader sees as one character; a link is 23 and a mention counts without its server.
- `characters`: Unicode code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import regex

from bot.counting.bluesky import shown
from bot.counting.fold import visible as visible
from bot.counting.mastodon import shortened
from bot.counting.pictures import NO_EMOJI, emoji_places
from bot.counting.weights import weigh
from bot.model import Length
from bot.playbook.values import Counting, Platform

_FLAG = regex.compile(r"[\U0001f1e6-\U0001f1ff]{2}")
"""Two letters that make a flag. Any other sign counts alike, and `\\X` looks back along a whole row of such letters."""

_GRAPHEME = regex.compile(r"\X")


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
    return max(0, size(text, platform) - platform.byte_limit)


def size(text: str, platform: Platform) -> int:
    """The text's bytes in UTF-8, as that network keeps it."""
    return _bytes(shown(text) if platform.counting == "bluesky" else text)


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
    return _graphemes(shortened(text))


def _bluesky(text: str) -> int:
    return _graphemes(shown(text))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


_WAYS: dict[Counting, Callable[[str], int]] = {
    "x": weigh,
    "utf16": _utf16,
    "threads": _threads,
    "bluesky": _bluesky,
    "graphemes": _graphemes,
    "mastodon": _mastodon,
    "characters": len,
}

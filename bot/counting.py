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

import importlib
import sys
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources
from types import ModuleType
from typing import Any

import emoji
import regex

from bot.model import Length
from bot.playbook.values import Counting, Platform

MASTODON_LINK = 23
"""What any link costs on Mastodon (mastodon/documentation, user/posting)."""

NO_EMOJI = frozenset("©®™")
"""The emoji library lists these three; networks and readers take them for text."""

_WORD_OR_SPACE = regex.compile(r"\S+|\s+")
_MANY_LABELS = regex.compile(r"(?:[^\s./?#:]+\.){12,}")
"""A name of so many parts is no link, and Twitter's expression takes a time that grows with their square."""

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
    length = count(text, platform)
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
    seen = _GRAPHEME.findall(text.strip())
    if len(seen) <= platform.fold:
        return None
    start = "".join(seen[: platform.fold])
    if not seen[platform.fold].isspace():
        cut = regex.search(r"\s+\S*$", start)
        start = start[: cut.start()] if cut else start
    return start.rstrip()


def _x(text: str) -> int:
    """Word by word: a link ends at white space, and Twitter's expressions take too long over very long texts."""
    parser = _twitter_text()
    plain = _MANY_LABELS.sub(lambda run: run.group().replace(".", ","), unicodedata.normalize("NFC", text))
    return sum(int(parser.parse_tweet(word).weightedLength) for word in _WORD_OR_SPACE.findall(plain))


@cache
def _twitter_text() -> ModuleType:
    """Twitter's parser. It takes the one file beside it through `pkg_resources`, which setuptools has no longer.

    So it is imported with a reader of that name, which is there during the import only.
    """
    reader = ModuleType("pkg_resources")
    vars(reader)["resource_string"] = _beside
    known = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = reader
    try:
        return importlib.import_module("twitter_text")
    finally:
        del sys.modules["pkg_resources"]
        if known is not None:
            sys.modules["pkg_resources"] = known


def _beside(module: str, name: str) -> bytes:
    """The bytes of a file in the folder of a module."""
    return resources.files(module.rpartition(".")[0]).joinpath(name).read_bytes()


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _threads(text: str) -> int:
    total, at = 0, 0
    for found in emoji.analyze(text, non_emoji=False, join_emoji=True):
        place: Any = found.value
        if found.chars in NO_EMOJI:
            continue
        total += place.start - at + _bytes(found.chars)
        at = place.end
    return total + len(text) - at


def _graphemes(text: str) -> int:
    return len(_GRAPHEME.findall(text))


def _mastodon(text: str) -> int:
    short = _LINK.sub("x" * MASTODON_LINK, text)
    return _graphemes(_MENTION.sub(r"@\1", short))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


_WAYS: dict[Counting, Callable[[str], int]] = {
    "x": _x,
    "utf16": _utf16,
    "threads": _threads,
    "graphemes": _graphemes,
    "mastodon": _mastodon,
    "characters": len,
}

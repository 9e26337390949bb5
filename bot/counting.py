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

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module, resources
from types import ModuleType
from typing import Any

import emoji
import re2
import regex

from bot.model import Length
from bot.playbook.values import Counting, Platform

MASTODON_LINK = 23
"""What any link costs on Mastodon (mastodon/documentation, user/posting)."""

NO_EMOJI = frozenset("©®™")
"""The emoji library lists these three; networks and readers take them for text."""

X_LINK = 23
"""What any link costs on X (Twitter's parser, version 3 of its configuration)."""

LONGEST_LINK = 4096
"""Characters of the longest link that Twitter's parser takes; a longer word is not looked into."""

_HEAVY = regex.compile(r"[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""Characters that weigh 2 on X: all outside Latin and its neighbours and the common quotes and dashes."""

_WORD_OR_SPACE = regex.compile(r"\S+|\s+")
_DOMAIN = re2.compile(r"\.\p{L}")
"""No link on X without a dot and a letter after it."""

_AFTER_DOT = re2.compile(r"\.([0-9a-z-]+)")
_MANY_LABELS = re2.compile(r"(?:[^./?#:]+\.){12,}")
"""A name of so many parts is no link, and Twitter's expression takes a time that grows with their square."""

_LONG_LABEL = re2.compile(r"[^./?#:]{100,}\.[^./?#:]*")
_MOST_BRACKETS = 100
"""A part of a name has 63 characters at most, and Twitter's expression is slow with brackets in great number."""

_LONGEST_EMOJI = 10
"""Code points of the longest sequence in Twitter's list, with room for more."""

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
    """Twitter's weights, emoji and links. A link ends at white space, so its words can be looked at one by one."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if _DOMAIN.search(plain) is None:
        return _weight(plain)
    return sum(_word_weight(word) for word in _WORD_OR_SPACE.findall(plain))


def _word_weight(word: str) -> int:
    links = _x_links(word) if _DOMAIN.search(word) is not None and _can_link(word) else {}
    return _weight(word, links)


def _can_link(word: str) -> bool:
    """Whether a word may hold a link: the top level of one follows a dot. Other alphabets are left to the parser."""
    if len(word) > LONGEST_LINK or word.count("(") > _MOST_BRACKETS:
        return False
    if not word.isascii():
        return True
    return any(end in _top_levels() or end.startswith("xn--") for end in _AFTER_DOT.findall(word.lower()))


def _x_links(word: str) -> dict[int, int]:
    """Where Twitter's parser sees links in a word, and how many characters each has."""
    shown = _LONG_LABEL.sub(_no_dots, _MANY_LABELS.sub(_no_dots, word))
    found = import_module("twitter_text.extract_urls").extract_urls_with_indices(shown)
    return {int(link["indices"][0]): len(link["url"]) for link in found}


def _no_dots(run: Any) -> str:
    return str(run.group()).replace(".", ",")


def _weight(piece: str, links: Mapping[int, int] | None = None) -> int:
    """What a piece weighs: each character by its range, each emoji 2, each link (its place and length) 23."""
    if piece.isascii() and not links:
        return len(piece)
    costs = {} if piece.isascii() else {start: (length, 2) for start, length in _x_emoji(piece)}
    costs |= {start: (length, X_LINK) for start, length in (links or {}).items()}
    total, at, rest = 0, 0, []
    for start in sorted(costs):
        if start >= at:
            rest.append(piece[at:start])
            length, cost = costs[start]
            total, at = total + cost, start + length
    plain = "".join((*rest, piece[at:]))
    return total + len(plain) + len(_HEAVY.findall(plain))


def _x_emoji(piece: str) -> Iterator[tuple[int, int]]:
    """Where emoji of Twitter's list stand, and how long each is; the longest that fits counts."""
    known, begins = _x_emoji_known()
    end = 0
    for begin in begins.finditer(piece):
        start = begin.start()
        if start < end:
            continue
        for length in range(min(_LONGEST_EMOJI, len(piece) - start), 0, -1):
            if piece[start : start + length] in known:
                yield start, length
                end = start + length
                break


@cache
def _x_emoji_known() -> tuple[frozenset[str], Any]:
    """The emoji of Twitter's list, sequences and single ones, and an expression for what they begin with."""
    _twitter_text()
    listed = import_module("twitter_text.regexp.emoji")
    codes = [one.codepoint.split() for one in listed.emoji_list]
    several = {"".join(chr(int(code, 16)) for code in one) for one in codes if len(one) > 1}
    single = {chr(code) for first, last in listed.single_codepoint_emoji_ranges for code in range(first, last + 1)}
    signs = "".join(sorted({one[0] for one in several | single if not one[0].isascii()}))
    begins = regex.compile(rf"[{signs}]|[0-9#*](?=[\ufe0f\u20e3])")
    return frozenset(several | single), begins


@cache
def _top_levels() -> frozenset[str]:
    """The top levels of domains that Twitter's parser takes, those in Latin letters."""
    _twitter_text()
    parts = [import_module(f"twitter_text.regexp.{name}") for name in ("valid_gtld", "valid_cctld")]
    patterns = [parts[0].valid_gtld.pattern, parts[1].valid_cctld.pattern]
    return frozenset(name for pattern in patterns for name in regex.findall(r"(?<=[|:])[a-z]+(?=[|)])", pattern))


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
        return import_module("twitter_text")
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
    if text.isascii():
        return len(text)
    total, at = 0, 0
    for found in emoji.analyze(text, non_emoji=False, join_emoji=True):
        place: Any = found.value
        if found.chars in NO_EMOJI:
            continue
        total += place.start - at + _bytes(found.chars)
        at = place.end
    return total + len(text) - at


def _graphemes(text: str) -> int:
    return len(text) - text.count("\r\n") if text.isascii() else len(_GRAPHEME.findall(text))


def _mastodon(text: str) -> int:
    short = _LINK.sub("x" * MASTODON_LINK, text) if "://" in text else text
    return _graphemes(_MENTION.sub(r"@\1", short) if "@" in short else short)


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

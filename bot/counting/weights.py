"""How X weighs a text, as Twitter's own parser does: by its ranges of characters, its emoji and its links.

The weights of `twitter_text.config`, version 3, stand here, since the parser looks them up slowly, character by
character; its list of emoji and its judgement of links are used as they are. A test holds both equal to the parser.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module, resources
from types import ModuleType
from typing import Any

import re2
import regex

X_LINK = 23
"""What any link costs on X (Twitter's parser, version 3 of its configuration)."""

LONGEST_LINK = 4096
"""Characters of the longest link that Twitter's parser takes; a longer word is not looked into."""

_HEAVY = regex.compile(r"[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
"""Characters that weigh 2 on X: all outside Latin and its neighbours and the common quotes and dashes."""

_SPACE = regex.compile(r"\s")
_COMMON_SPACES = " \n"
_DOMAIN = regex.compile(r"\.\p{L}")
"""No link on X without a dot and a letter after it."""

_AFTER_DOT = re2.compile(r"\.([0-9a-z-]+)")
_MANY_LABELS = re2.compile(r"(?:[^./?#:]+\.){12,}")
"""A name of so many parts is no link, and Twitter's expression takes a time that grows with their square."""

_LONG_LABEL = re2.compile(r"[^./?#:]{100,}\.[^./?#:]*")
_MOST_BRACKETS = 100
"""A part of a name has 63 characters at most, and Twitter's expression is slow with brackets in great number."""

_MAY_BEGIN_EMOJI = regex.compile(r"[^\x00-\xa8]|[0-9#*](?=[\ufe0f\u20e3])")
_LONGEST_EMOJI = 10
"""Code points of the longest sequence in Twitter's list, with room for more."""


def weigh(text: str) -> int:
    """Twitter's weights, emoji and links. The parser is asked for links only, and only in words that can hold one."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    links: dict[int, int] = {}
    judged: dict[str, list[tuple[int, int]]] = {}
    end = 0
    for dot in _DOMAIN.finditer(plain):
        if dot.start() < end:
            continue
        start, end = _word_around(plain, dot.start(), end)
        word = plain[start:end]
        if word not in judged:
            judged[word] = list(_x_links(word)) if _can_link(word) else []
        links |= {start + place: length for place, length in judged[word]}
    return _weight(plain, links)


def _word_around(plain: str, place: int, least: int) -> tuple[int, int]:
    """The word at a place, from white space to white space; it begins at `least` or after it."""
    before = [plain.rfind(space, least, place) for space in _COMMON_SPACES]
    start = max(least, *(found + 1 for found in before))
    for found in _SPACE.finditer(plain, start, place):
        start = found.end()
    after = _SPACE.search(plain, place)
    return start, after.start() if after else len(plain)


def _can_link(word: str) -> bool:
    """Whether a word may hold a link: the top level of one follows a dot. Other alphabets are left to the parser."""
    if len(word) > LONGEST_LINK or word.count("(") > _MOST_BRACKETS:
        return False
    if not word.isascii():
        return True
    return any(end in top_levels() or end.startswith("xn--") for end in _AFTER_DOT.findall(word.lower()))


def _x_links(word: str) -> Iterator[tuple[int, int]]:
    """Where Twitter's parser sees links in a word, and how many characters each has."""
    twitter_text()
    shown = _LONG_LABEL.sub(_no_dots, _MANY_LABELS.sub(_no_dots, word))
    found = import_module("twitter_text.extract_urls").extract_urls_with_indices(shown)
    for link in found:
        yield int(link["indices"][0]), len(link["url"])


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
    """Where emoji of Twitter's list stand that weigh more or less than their signs, and how long each is.

    The longest that fits counts.
    """
    known, light, starts, seconds = _x_emoji_known()
    end = 0
    for begin in _MAY_BEGIN_EMOJI.finditer(piece):
        start = begin.start()
        if start < end or piece[start] not in starts:
            continue
        if piece[start + 1 : start + 2] not in seconds:
            if piece[start] in light:
                yield start, 1
            continue
        for length in range(min(_LONGEST_EMOJI, len(piece) - start), 0, -1):
            if piece[start : start + length] in known:
                yield start, length
                end = start + length
                break


@cache
def _x_emoji_known() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """The emoji of Twitter's list: sequences and single ones; single ones of a sign that weighs 1 and not 2; the characters
    that they begin with; those that may come second.
    """
    twitter_text()
    listed = import_module("twitter_text.regexp.emoji")
    codes = [one.codepoint.split() for one in listed.emoji_list]
    several = {"".join(chr(int(code, 16)) for code in one) for one in codes if len(one) > 1}
    single = {chr(code) for first, last in listed.single_codepoint_emoji_ranges for code in range(first, last + 1)}
    known = frozenset(several | single)
    light = frozenset(one for one in single if _HEAVY.match(one) is None)
    return known, light, frozenset(one[0] for one in several) | light, frozenset(one[1] for one in several)


@cache
def top_levels() -> frozenset[str]:
    """The top levels of domains that Twitter's parser takes, in small letters of any alphabet."""
    twitter_text()
    parts = [import_module(f"twitter_text.regexp.{name}") for name in ("valid_gtld", "valid_cctld")]
    patterns = [parts[0].valid_gtld.pattern, parts[1].valid_cctld.pattern]
    return frozenset(name for pattern in patterns for name in regex.findall(r"(?<=[|:])[\p{L}\p{M}]+(?=[|)])", pattern))


@cache
def twitter_text() -> ModuleType:
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

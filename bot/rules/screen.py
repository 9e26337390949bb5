"""Tells from a text which patterns can't match in it, so that most of them need not be tried.

A pattern is a row of alternatives. Most of them hold words, and RE2 tells which ("DM me" for `(?i)\\bDM me\\b`): all
words of all patterns are looked for in one pass. Those that hold none (`\\d%`) are tried together, in a second pass.
A pattern none of whose alternatives is likely after both can't match in any piece of the text either, provided that
the piece begins and ends where a word does. Nothing is said of patterns that ask more of the text than its shape
tells; where the text is in ASCII, that is hardly any.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import re2

from bot.rules.patterns import Pattern, quiet_options
from bot.rules.shapes import Plain, for_ascii, for_shapes, shape_of
from bot.rules.written import alternatives, loosened

_NO_WORD = "\x7f"
"""Stands for any character outside ASCII in what words are taken from: no text in ASCII holds it as a part of a word."""

_ALWAYS_THERE = b"\x01\x02\x01"
"""Put behind each text and looked for in both passes: where it isn't found, RE2 had no memory for the search."""

_BY_NUMBER = re2.compile(r"\\x(?:[^0-7]|[0-7][^0-9A-Fa-f])|\\[0-7]")
"""Characters by numbers that may lie outside ASCII; there are no words of such patterns here."""


class Screen:
    """Many patterns, made ready to be looked for together."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        quick = (one for one in patterns if one.quick and not _BY_NUMBER.search(one.source))
        self._patterns = tuple(dict.fromkeys(quick))
        self._all = frozenset(self._patterns)
        self._everywhere = frozenset(pattern for pattern in self._patterns if _told_by_shapes(pattern))
        parts = [(pattern, part) for pattern in self._patterns for part in alternatives(pattern.source)]
        bare = _without_words([part for _, part in parts])
        self._bare = _Together([one for one in parts if one[1] in bare])
        self._worded = _Words([one for one in parts if one[1] not in bare])

    def absent(self, plain: str) -> frozenset[Pattern]:
        """The patterns that match nowhere in the matching copy of a text, nor in a piece of it."""
        shape = (plain.shape if isinstance(plain, Plain) else shape_of(plain)) + _ALWAYS_THERE
        worded, bare = self._worded.likely(shape), self._bare.likely(shape)
        if worded is None or bare is None:
            return frozenset()
        return (self._all if plain.isascii() else self._everywhere).difference(worded, bare)


class _Words:
    """RE2's filter: tells which of many patterns have their words in a text."""

    def __init__(self, parts: Sequence[tuple[Pattern, str]]) -> None:
        said: dict[Pattern, list[str]] = {}
        for pattern, part in parts:
            said.setdefault(pattern, []).append(f"(?:{part})")
        self._patterns: list[Pattern] = list(said)
        self._filter = _filter("|".join(few) for few in said.values())

    def likely(self, shape: bytes) -> list[Pattern] | None:
        """The patterns of which an alternative with words may match; None where that could not be found out."""
        # RE2 compares words in small letters. All characters that are not in ASCII are in no word.
        found = self._filter.Match(shape.lower(), potential=True) if self._filter is not None else None
        last = len(self._patterns)
        if found is None or last not in found:
            return None
        return [self._patterns[number] for number in found if number != last]


class _Together:
    """RE2's set: many patterns, tried in one pass."""

    def __init__(self, parts: Sequence[tuple[Pattern, str]]) -> None:
        holders: dict[str, list[Pattern]] = {}
        for pattern, part in parts:
            holders.setdefault(part, []).append(pattern)
        self._holders = list(holders.values())
        self._set = _set(holders)

    def likely(self, shape: bytes) -> set[Pattern] | None:
        """The patterns of which an alternative without words matches; None where that could not be found out."""
        found = self._set.Match(shape) if self._set is not None else None
        last = len(self._holders)
        if found is None or last not in found:
            return None
        return {pattern for number in found if number != last for pattern in self._holders[number]}


def _told_by_shapes(pattern: Pattern) -> bool:
    """Whether what the screen says of the pattern holds for texts that are not in ASCII, too."""
    return pattern.of_shapes and all(
        part.isascii() or part in _without_words([part]) for part in alternatives(pattern.source)
    )


def _without_words(sources: Sequence[str]) -> frozenset[str]:
    """Those of the patterns that RE2's filter never leaves out."""
    made = _filter(sources)
    found = made.Match(b"", potential=True) if made is not None else range(len(sources))
    return frozenset(sources[number] for number in found or () if number < len(sources))


def _filter(sources: Iterable[str]) -> Any:
    """RE2's filter over the words of patterns, with one more for what is always there. None where it can't be made."""
    words = re2.Filter()
    options = quiet_options(latin=True)
    for source in sources:
        said = "".join(one if one.isascii() else _NO_WORD for one in source)
        words.Add((for_shapes(said) or said).encode("ascii"), options)
    words.Add(_ALWAYS_THERE, options)
    try:
        words.Compile()
    except re2.error:
        return None  # the rules work without it, only not as fast
    return words


def _set(sources: Iterable[str]) -> Any:
    """RE2's set of patterns, with one more for what is always there. None where it can't be made."""
    together = re2.Set.SearchSet(quiet_options(latin=True))
    try:
        for source in sources:
            said = for_shapes(source) or for_ascii(source) or ""
            together.Add(loosened(said).encode("latin-1"))
        together.Add(_ALWAYS_THERE)
        together.Compile()
    except re2.error:
        return None
    return together

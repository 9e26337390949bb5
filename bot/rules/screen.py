"""Tells from a text which patterns can't match in it, so that most of them need not be tried.

RE2 takes each pattern apart into the words that any match of it must hold ("DM me" for `(?i)\\bDM me\\b`), looks for
all words of all patterns in one pass, and names the patterns whose words are there. What it leaves out can't match in
any piece of the text either. A pattern with characters outside ASCII is left out of texts in ASCII only, for RE2 folds
no other letters here; one that needs no word of three characters (`\\d%`) is never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import re2

from bot.rules.patterns import Pattern, quiet_options

_NOT_ASCII = "\x7f"
"""Stands for any character outside ASCII: whatever needs one is not in a text without any."""

_ALWAYS_THERE = b"\x01\x02\x01"
"""Put behind each text and looked for with the words: where it isn't found, RE2 had no memory for the search."""

_BY_NUMBER = re2.compile(r"\\x(?:[^0-7]|[0-7][^0-9A-Fa-f])|\\[0-7]")
"""Characters by numbers that may lie outside ASCII; there are no words of such patterns here."""


class Screen:
    """The words of many patterns, made ready to be looked for together."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        quick = (one for one in patterns if one.quick and not _BY_NUMBER.search(one.source))
        self._patterns = tuple(dict.fromkeys(quick))
        self._all = frozenset(self._patterns)
        self._in_ascii = frozenset(pattern for pattern in self._patterns if pattern.source.isascii())
        self._words = _words(self._patterns)

    def absent(self, plain: str) -> frozenset[Pattern]:
        """The patterns that match nowhere in the matching copy of a text, nor in a piece of it."""
        # Bytes have small letters in ASCII only, which is how RE2 compares them. Other characters are in no word.
        words = plain.encode("latin-1", "replace").lower() + _ALWAYS_THERE
        likely = self._words.Match(words, potential=True) if self._words is not None else None
        if likely is None or len(self._patterns) not in likely:
            return frozenset()
        known = self._all if plain.isascii() else self._in_ascii
        return known.difference([self._patterns[number] for number in likely if number < len(self._patterns)])


def _words(patterns: Sequence[Pattern]) -> Any:
    """RE2's filter over the words of patterns, with one more for what is always there. None where it can't be made."""
    words = re2.Filter()
    options = quiet_options(latin=True)
    for pattern in patterns:
        said = "".join(one if one.isascii() else _NOT_ASCII for one in pattern.source)
        words.Add(said.encode("ascii"), options)
    words.Add(_ALWAYS_THERE, options)
    try:
        words.Compile()
    except re2.error:
        return None  # the rules work without it, only not as fast
    return words

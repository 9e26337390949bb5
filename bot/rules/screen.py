"""Tells in one pass over a text which patterns can't match in it, so that most of them need not be tried.

RE2 takes each pattern apart into the words that any match of it must hold ("DM me" for `(?i)\\bDM me\\b`), looks for
all words of all patterns at once, and names the patterns whose words are there. What it leaves out can't match in any
piece of the text either. Patterns that are not written in ASCII are never left out: RE2 folds only ASCII letters here.
"""

from __future__ import annotations

from collections.abc import Iterable

import re2

from bot.rules.patterns import Pattern, quiet_options


class Screen:
    """The words of many patterns, made ready to be looked for together."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(dict.fromkeys(pattern for pattern in patterns if pattern.plain))
        self._all = frozenset(self._patterns)
        self._filter = re2.Filter()
        options = quiet_options(latin=True)
        for pattern in self._patterns:
            self._filter.Add(pattern.source.encode("ascii"), options)
        if self._patterns:
            self._filter.Compile()

    def absent(self, plain: str) -> frozenset[Pattern]:
        """The patterns that match nowhere in the matching copy of a text, nor in a piece of it."""
        if not self._patterns:
            return frozenset()
        # Bytes have small letters in ASCII only, which is how RE2 compares them. Other characters are in no word.
        words = plain.encode("latin-1", "replace").lower()
        likely = self._filter.Match(words, potential=True) or ()
        return self._all.difference(self._patterns[number] for number in likely)

"""Patterns as comms may write them: RE2, compiled quietly, with faults in plain words.

RE2 takes time linear in the text's length whatever the pattern. It knows no look-ahead, look-behind or back-reference.
Each pattern is made ready for any text, and for shapes (see `shapes`), where `\\p{L}` is 55 letters and not 140,000, and
where places in bytes and in characters are the same. The second way is several times as fast. A pattern that asks more
than a shape tells, such as one with an emoji in it, takes it for texts in ASCII only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

import re2
import regex

from bot.rules.kind import PatternFault, Reading, Span
from bot.rules.shapes import Plain, for_ascii, for_shapes
from bot.rules.written import anchored

_SAME_WORD = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{N}_]")
"""What a number is part of when it stands beside it; Chinese, Japanese or Korean letters are not."""


class Found:
    """One match. `group(n)` is None where that group took no part."""

    __slots__ = ("_match", "_text")

    def __init__(self, text: str, match: Any) -> None:
        self._text = text
        self._match = match

    def start(self, group: int = 0) -> int:
        """Where the group begins; -1 where it took no part."""
        return int(self._match.start(group))

    def end(self, group: int = 0) -> int:
        """Where the group ends; -1 where it took no part."""
        return int(self._match.end(group))

    def group(self, group: int = 0) -> str:
        """The group's text; empty where it took no part."""
        start, end = self._match.span(group)
        return self._text[start:end] if start >= 0 else ""


class Pattern:
    """A compiled pattern, to be had from `compile_pattern`. The same source gives the same object."""

    __slots__ = ("_any", "_ascii", "_shape", "anchored", "empty", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._any = re2.compile(source, quiet_options())
        self._shape = _in_bytes(for_shapes(source))
        self._ascii = self._shape or _in_bytes(for_ascii(source))
        self.empty = self._any.search("") is not None
        self.anchored = anchored(source)

    @property
    def groups(self) -> int:
        """How many groups it has."""
        return int(self._any.groups)

    @property
    def quick(self) -> bool:
        """Whether there is a way for texts in ASCII."""
        return self._ascii is not None

    @property
    def of_shapes(self) -> bool:
        """Whether there is a way for shapes of any text."""
        return self._shape is not None

    def search(self, text: str) -> Found | None:
        """The first match, or None."""
        compiled, searched = self._for(text)
        match = compiled.search(searched)
        return None if match is None else Found(text, match)

    def match(self, text: str) -> Found | None:
        """The match at the text's beginning, or None."""
        compiled, searched = self._for(text)
        match = compiled.match(searched)
        return None if match is None else Found(text, match)

    def finditer(self, text: str) -> Iterator[Found]:
        """All matches in order, none overlapping."""
        compiled, searched = self._for(text)
        return (Found(text, match) for match in compiled.finditer(searched))

    def spans(self, text: str, most: int | None = None) -> list[tuple[int, int]]:
        """Where the matches begin and end, the first `most` of them: `finditer` for the many that need no more."""
        compiled, searched = self._for(text)
        return [match.span() for match in islice(compiled.finditer(searched), most)]

    def sub(self, replace: Callable[[str], str], text: str) -> str:
        """The text with each match replaced by what `replace` makes of it."""
        pieces, end = [], 0
        for match in self.finditer(text):
            pieces += [text[end : match.start()], replace(match.group())]
            end = match.end()
        return "".join((*pieces, text[end:])) if pieces else text

    def _for(self, text: str) -> tuple[Any, Any]:
        """The compiled pattern for such a text, and the text as that one takes it."""
        if self._ascii is not None and text.isascii():
            return self._ascii, text.shape if isinstance(text, Plain) else text.encode("ascii")
        if self._shape is not None and isinstance(text, Plain):
            return self._shape, text.shape
        return self._any, text


def compile_pattern(key: str, pattern: str) -> Pattern:
    """Compile one pattern. Raises PatternFault, naming `key`, for a pattern that RE2 refuses."""
    try:
        compiled = _compiled(pattern)
    except re2.error as fault:
        raise PatternFault(key, f"the pattern {pattern!r} can't be used: {_reason(fault)}.") from fault
    if compiled.empty:
        raise PatternFault(key, f"the pattern {pattern!r} matches an empty text; make at least one character needed.")
    return compiled


def compile_patterns(key: str, patterns: Iterable[str]) -> tuple[Pattern, ...]:
    """Compile several patterns of one key. Raises PatternFault for the first that RE2 refuses."""
    return tuple(compile_pattern(key, pattern) for pattern in patterns)


def blanked(pattern: Pattern, text: str) -> str:
    """The text with spaces in place of each match, as many as it has characters."""
    return pattern.sub(lambda match: " " * len(match), text)


def escape(words: str) -> str:
    """Words as a pattern that matches just them."""
    return str(re2.escape(words))


def places(patterns: Iterable[Pattern], text: str) -> Iterator[Span]:
    """Every place in the text that one of the patterns matches, pattern by pattern."""
    for pattern in patterns:
        for start, end in pattern.spans(text):
            yield Span(start, end)


def found(patterns: Iterable[Pattern], text: str) -> bool:
    """Whether any of the patterns matches somewhere in the text."""
    return any(pattern.search(text) is not None for pattern in patterns)


def likely(patterns: Iterable[Pattern], reading: Reading) -> tuple[Pattern, ...]:
    """Those of the patterns that may match somewhere in the matching copy."""
    return tuple(pattern for pattern in patterns if pattern not in reading.absent)


def whole_word(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is not part of a longer word, in any script (RE2's `\\b` knows ASCII only)."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_")


def whole_number(text: str, start: int, end: int) -> bool:
    """`whole_word` for a number: letters of scripts that put no space before or after one may stand right beside it."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return _SAME_WORD.search(beside) is None


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Pattern:
    return Pattern(source)


def quiet_options(*, latin: bool = False) -> Any:
    """RE2's options: faults come as exceptions only; with `latin` each byte is a character."""
    options: Any = re2.Options()
    options.log_errors = False
    if latin:
        options.encoding = options.Encoding.LATIN1
    return options


def _in_bytes(said: str | None) -> Any:
    """The pattern for bytes that are one character each; None where there is none or RE2 refuses it."""
    try:
        return None if said is None else re2.compile(said.encode("latin-1"), quiet_options(latin=True))
    except re2.error:
        return None


def _reason(fault: Exception) -> str:
    """What RE2 says of the pattern, as text."""
    reason = fault.args[0] if fault.args else fault
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)

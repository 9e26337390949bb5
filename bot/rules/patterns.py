"""Patterns as comms may write them: RE2, compiled quietly, with faults in plain words.

RE2 takes time linear in the text's length whatever the pattern. It knows no look-ahead, look-behind or back-reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import re2

from bot.rules.kind import PatternFault, Span

Pattern = Any
"""A compiled RE2 pattern; the library has no types of its own."""


def compile_pattern(key: str, pattern: str) -> Pattern:
    """Compile one pattern. Raises PatternFault, naming `key`, for a pattern that RE2 refuses."""
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as fault:
        raise PatternFault(key, f"the pattern {pattern!r} can't be used: {_reason(fault)}.") from fault
    if compiled.search("") is not None:
        raise PatternFault(key, f"the pattern {pattern!r} matches an empty text; make at least one character needed.")
    return compiled


def compile_patterns(key: str, patterns: Iterable[str]) -> tuple[Pattern, ...]:
    """Compile several patterns of one key. Raises PatternFault for the first that RE2 refuses."""
    return tuple(compile_pattern(key, pattern) for pattern in patterns)


def places(patterns: Iterable[Pattern], text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Every place in `text[start:end]` that one of the patterns matches, pattern by pattern."""
    stop = len(text) if end is None else end
    piece = text[start:stop]
    for pattern in patterns:
        for match in pattern.finditer(piece):
            yield Span(start + match.start(), start + match.end())


def found(patterns: Iterable[Pattern], text: str) -> bool:
    """Whether any of the patterns matches somewhere in the text."""
    return any(pattern.search(text) is not None for pattern in patterns)


def whole_word(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is not part of a longer word, in any script (RE2's `\\b` knows ASCII only)."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_")


def _reason(fault: Exception) -> str:
    """What RE2 says of the pattern, as text."""
    reason = fault.args[0] if fault.args else fault
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)

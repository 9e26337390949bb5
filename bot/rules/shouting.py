"""Kind `shouting`: words in capitals one after the other, and exclamation marks that do the work of a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator

import regex
from pydantic import Field

from bot.model import Edit
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.kind import Check, Hit, Reading, Screened, Span
from bot.rules.patterns import compile_pattern, compile_patterns
from bot.rules.places import Places, spans

INSTEAD = "Abbreviations that are no shouting stand in organisation.toml, under acronyms."

_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_REPEATED = r"[!?]*(?:!!|\?\?|!\?!|\?!\?)[!?]*"
_ENDS = regex.compile(r"[\"')\]]*(?:\s*\Z|[^\S\n]*\n|\s+[^\p{L}\p{N}]*(?:[\p{Lu}\p{N}]|\n|\Z))")
"""What follows a mark that ends a sentence: the text's end, a line's end, or a capital."""


class Params(Shape):
    """Keys of the kind `shouting`.

    `capitals` words in a row of at least `letters` letters each count as shouting, unless all are in `acronyms` or
    the organisation's own list. One exclamation mark is free, and one more for each further `words_per_mark` words.
    """

    capitals: int = Field(default=3, ge=2)
    letters: int = Field(default=3, ge=2)
    words_per_mark: int = Field(default=60, ge=1)
    acronyms: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for an exception that RE2 refuses."""
    acronyms = frozenset((*params.acronyms, *playbook.organisation.acronyms))
    word = rf"\p{{Lu}}[\p{{Lu}}'&-]{{{params.letters - 1},}}"
    row = compile_pattern("capitals", rf"{word}(?:[\s,]+{word}){{{params.capitals - 1},}}")
    repeated = compile_pattern("kind", _REPEATED)
    mark = compile_pattern("kind", "!+")
    exceptions = compile_patterns("exceptions", params.exceptions)

    def check(reading: Reading) -> Iterator[Hit]:
        plain = reading.plain
        rows = [one for one in spans(row, plain, absent=reading.absent) if _shouted(plain, one, acronyms)]
        marks = spans(mark, plain) if "!" in plain else []
        allowed = max(1, math.ceil(_words(plain) / params.words_per_mark)) if marks else 0
        # One place is enough for the marks: they are one habit, and each can be seen.
        doubled = spans(repeated, plain) if "!" in plain or "??" in plain else []
        loud = [*rows, *(doubled or marks[allowed:])[:1]]
        if not loud:
            return
        excused = Places(span for pattern in exceptions for span in spans(pattern, plain))
        for span in loud:
            if not excused.near(span.start, span.end):
                place = reading.original(span.start, span.end)
                quieter = () if span in rows else _quieter(reading, doubled, marks[allowed:])
                yield Hit(place.start, place.end, edits=quieter)

    looked_for = frozenset((row, repeated, mark))
    return Screened(check, looked_for, (looked_for,))


def _words(plain: str) -> int:
    """How many words a text has; where no spaces stand between them, two characters are one."""
    return len(plain.split()) + len(_SPACELESS.findall(plain)) // 2


def _quieter(reading: Reading, doubled: list[Span], surplus: list[Span]) -> tuple[Edit, ...]:
    """One mark where there are several; once that is so, a full stop for each mark that is too many and ends a sentence.

    French has a space before the mark and none before the full stop. Spanish has a mark on both sides, and keeps them.
    """
    plain = reading.plain
    if doubled:
        marks = [(span, "?" if "?" in plain[span.start : span.end] else "!") for span in doubled]
    else:
        ending = [span for span in surplus if _ENDS.match(plain, span.end)] if "¡" not in plain else []
        marks = [(Span(len(plain[: span.start].rstrip(" ")), span.end), ".") for span in ending]
    return tuple(Edit(*reading.original(span.start, span.end), put) for span, put in marks)


def _shouted(plain: str, span: Span, acronyms: frozenset[str]) -> bool:
    """Whether a row of capitals stands free, not as part of a longer word, and holds more than known acronyms."""
    before, after = plain[span.start - 1 : span.start], plain[span.end : span.end + 1]
    if before.isalnum() or before in ("#", "@", "$") or after.isalnum():
        return False
    return any(word.strip("'&-,") not in acronyms for word in plain[span.start : span.end].split())

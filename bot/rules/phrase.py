"""Kind `phrase`: patterns, and the exceptions that take a place back.

A hit counts unless an exception covers the same place or stands within `near` characters of it. Soft words need
several hits (`least`); what decides by itself stands under `alone`, `opening` or `closing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from bot.model import Edit, Severity
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.kind import Check, Hit, PatternFault, Reading, Screened, Span
from bot.rules.mends import Mend, Mends, compile_mends
from bot.rules.patterns import Pattern, blanked, compile_patterns
from bot.rules.places import Places, first_sentence, last_sentence, one_pattern, sentence_at, spans, word_patterns

_Chosen = Callable[[Reading], Span | None]
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Params(Shape):
    """Keys of the kind `phrase`. All patterns are RE2; write `(?i)` where capitals don't matter.

    `patterns` and `words` (whole words, any case) are looked for in the whole text, or in each sentence, the first or
    the last one (`where`); it then has to hold `least` of them, and one of `needs`, and none of `unless`. With `least`
    above 1 there is one hit for all; `distinct` counts the same words once. `least_short` holds for texts of fewer than
    `short_words` words.
    `alone` decides anywhere, `opening` in the first sentence and `closing` in the last, unless `alone_unless` is found.
    `warns` and `notes` are milder finds: a warn, an info. `blank` is taken out before anything is looked for.
    `routes` names the team by words in the hit's sentence. In a text of more than `long_from` characters a hit that
    stands alone is a warn: there it is a trailer and not what the text is about. 0: no text is that long.
    `mends` say what puts a hit right where that is mechanical.
    """

    patterns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    near: int = Field(default=0, ge=0)
    least: int = Field(default=1, ge=1)
    distinct: bool = False
    least_short: int | None = None
    short_words: int = 0
    where: Literal["text", "sentence", "first", "last"] = "text"
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    alone_unless: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    routes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    long_from: int = Field(default=0, ge=0)
    mends: tuple[Mend, ...] = ()


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for a pattern that RE2 refuses, or where there is nothing to look for."""
    known = {route.id for route in playbook.routes}
    unknown = [route for route in params.routes if known and route not in known]
    if unknown:
        raise PatternFault("routes", f"“{unknown[0]}” is not a team. Use the id of a file in prompts/routes.")
    phrase = _Phrase.compiled(params)
    # What is taken out leaves space, in which more may match; where nothing is, what is ruled out holds.
    lists = (phrase.main, phrase.alone, phrase.opening, phrase.closing, phrase.warns, phrase.notes, phrase.blank)
    looked_for = frozenset(pattern for pattern in lists if pattern is not None)
    return Screened(phrase.check, looked_for, (looked_for,))


@dataclass(frozen=True, slots=True)
class _Phrase:
    params: Params
    main: Pattern | None
    alone: Pattern | None
    opening: Pattern | None
    closing: Pattern | None
    warns: Pattern | None
    notes: Pattern | None
    alone_unless: Pattern | None
    needs: Pattern | None
    unless: Pattern | None
    blank: Pattern | None
    exceptions: tuple[Pattern, ...]
    routes: Mapping[str, Pattern]
    mends: Mends

    @classmethod
    def compiled(cls, params: Params) -> _Phrase:
        main = one_pattern("patterns", (*params.patterns, *word_patterns(params.words)))
        one = {key: one_pattern(key, getattr(params, key)) for key in _LISTS}
        if main is None and not any(one[key] for key in ("alone", "opening", "closing", "warns", "notes")):
            raise PatternFault("patterns", "there is nothing to look for. Add patterns = ['…'].")
        routes = {route: one_pattern(f"routes.{route}", sources) for route, sources in params.routes.items()}
        return cls(
            params=params,
            main=main,
            exceptions=compile_patterns("exceptions", params.exceptions),
            routes={route: pattern for route, pattern in routes.items() if pattern is not None},
            mends=compile_mends(params.mends),
            **one,
        )

    def check(self, reading: Reading) -> Iterator[Hit]:
        """All places of one text where the rule fires."""
        plain = reading.plain
        if self.blank is not None and self.blank not in reading.absent:
            plain = blanked(self.blank, plain)
            reading = replace(reading, absent=frozenset())  # what is ruled out holds for the whole text
        counted = spans(self.main, plain, absent=reading.absent)
        deciding = spans(self.alone, plain, absent=reading.absent)
        deciding += self._at(self.opening, first_sentence, reading, plain)
        deciding += self._at(self.closing, last_sentence, reading, plain)
        milder = [(span, Severity.WARN) for span in spans(self.warns, plain, absent=reading.absent)]
        milder += [(span, Severity.INFO) for span in spans(self.notes, plain, absent=reading.absent)]
        if not (counted or deciding or milder):
            return
        excused = Places(span for pattern in self.exceptions for span in spans(pattern, plain, absent=reading.absent))
        counted, deciding = self._left(counted, excused), self._left(deciding, excused)
        if deciding and not (self.alone_unless and self.alone_unless.search(plain)):
            yield from (self._hit(reading, [span]) for span in deciding)
        for group in self._groups(reading, plain, counted):
            yield from self._hits(reading, plain, group)
        for span, severity in milder:
            if self._left([span], excused):
                yield self._hit(reading, [span], severity)

    def _left(self, found: list[Span], excused: Places) -> list[Span]:
        return [span for span in found if not excused.near(span.start, span.end, self.params.near)]

    @staticmethod
    def _at(pattern: Pattern | None, chosen: _Chosen, reading: Reading, plain: str) -> list[Span]:
        sentence = chosen(reading) if pattern is not None and pattern not in reading.absent else None
        if sentence is None:
            return []
        return spans(pattern, plain[sentence.start : sentence.end], sentence.start)

    def _groups(self, reading: Reading, plain: str, found: list[Span]) -> Iterator[list[Span]]:
        """The hits that are counted together: those of the text, or of one sentence, with what it needs beside them."""
        if self.params.where == "text":
            if found and self._allowed(plain):
                yield found
            return
        chosen = {"first": first_sentence, "last": last_sentence}.get(self.params.where)
        only = chosen(reading) if chosen else None
        by_sentence: dict[Span, list[Span]] = {}
        for span in found:
            sentence = sentence_at(reading, span.start)
            if chosen is None or sentence == only:
                by_sentence.setdefault(sentence, []).append(span)
        for sentence, group in by_sentence.items():
            if self._allowed(plain[sentence.start : max(sentence.end, group[-1].end)]):
                yield group

    def _allowed(self, piece: str) -> bool:
        if self.needs is not None and self.needs.search(piece) is None:
            return False
        return self.unless is None or self.unless.search(piece) is None

    def _hits(self, reading: Reading, plain: str, group: list[Span]) -> Iterator[Hit]:
        least = self.params.least
        if self.params.least_short is not None and len(plain.split()) < self.params.short_words:
            least = self.params.least_short
        if self.params.distinct:
            group = list({plain[span.start : span.end].casefold(): span for span in reversed(group)}.values())[::-1]
        if least == 1:
            alone = len(group) == 1 and 0 < self.params.long_from < len(plain)
            yield from (self._hit(reading, [span], Severity.WARN if alone else None) for span in group)
        elif len(group) >= least:
            yield self._hit(reading, group)

    def _hit(self, reading: Reading, group: list[Span], severity: Severity | None = None) -> Hit:
        place = reading.original(group[0].start, group[0].end)
        words = [reading.plain[span.start : span.end].strip() for span in group[:5]]
        count = _NUMBERS[len(group)] if len(group) < len(_NUMBERS) else str(len(group))
        return Hit(
            place.start,
            place.end,
            severity=severity,
            route=self._route(reading, group[0]),
            evidence="; ".join(words) if len(group) > 1 else "",
            values=(("count", count), ("Count", count.capitalize())),
            edits=self._edits(reading, group),
        )

    def _edits(self, reading: Reading, group: list[Span]) -> tuple[Edit, ...]:
        if not self.mends.ways:
            return ()
        sentences = dict.fromkeys(_sentence_of(reading, span) for span in group)
        return tuple(edit for sentence in sentences for edit in self.mends.edits(reading, sentence))

    def _route(self, reading: Reading, span: Span) -> str | None:
        if not self.routes:
            return None
        sentence = sentence_at(reading, span.start)
        piece = reading.plain[sentence.start : max(sentence.end, span.end)]
        return next((route for route, pattern in self.routes.items() if pattern.search(piece)), None)


def _sentence_of(reading: Reading, span: Span) -> Span:
    """The sentence that a hit is about, with what looked like the mark of a list before it where the hit has that.

    A pattern may begin with the end of the sentence before, and end with the space behind its own.
    """
    words = reading.plain[span.start : span.end]
    sentence = sentence_at(reading, span.start + len(words.rstrip()) - 1)
    start = span.start + len(words) - len(words.lstrip())
    marked = start < sentence.start and not reading.plain[start : sentence.start].strip(_LIST_MARKS)
    return Span(start, sentence.end) if marked else sentence


_LIST_MARKS = "-*+ "
_LISTS = ("alone", "opening", "closing", "warns", "notes", "alone_unless", "needs", "unless", "blank")

"""Kind `score`: weighted signals, each counted once, with a firm line and an undecided band below it.

No single word tells a promotion from a strategy; several signals together do. Signals with a negative weight speak for
the other side. The weights and lines stand in the rule's file, since whoever tunes them reads posts, not code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import re2
from pydantic import Field

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import Organisation, RuleSpec, Shape
from bot.rules.kind import Check, Hit, PatternFault, Reading, Screened, Span
from bot.rules.patterns import Pattern, compile_patterns
from bot.rules.places import Places, first_sentence, last_sentence, one_pattern, spans, word_patterns

WORDS = "Whole words in any case; one of them is enough, whatever the other signals say."


class Signal(Shape):
    """One signal. `says` names it in a few words for the line of evidence.

    It counts when its patterns are found `least` times in the text, or in the first or last sentence (`where`); found
    `again` times, it weighs one more. With
    `strangers`, a place does not count that names a handle of the organisation's own or of a listed peer.
    """

    says: str
    weight: int
    patterns: tuple[str, ...] = Field(min_length=1)
    exceptions: tuple[str, ...] = ()
    where: Literal["text", "first", "last"] = "text"
    least: int = Field(default=1, ge=1)
    again: int = Field(default=0, ge=0)
    strangers: bool = False


class Scored(Shape):
    """Signals and their lines. From `firm` on the rule fires; from `grey` on it may be so.

    In the undecided band the finding is marked as such, or, where `grey_severity` is set, has that severity instead.
    Both lines rise by `long_adds` in a text of more than `long_from` characters: there a few signals come together by
    chance.
    """

    signals: tuple[Signal, ...] = Field(min_length=1)
    firm: int = 5
    grey: int = 3
    grey_severity: Severity | None = None
    long_from: int = Field(default=600, gt=0)
    long_adds: int = Field(default=0, ge=0)


class Params(Scored):
    """Keys of the kind `score`. `decisive` patterns fire whatever the sum, `warns` give a warn where it is too low.

    `words` are whole words that decide too. `exceptions` take back a decisive place, a warn or a signal's place that they
    overlap; `unless` takes back all.
    """

    decisive: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """What the signals add up to, where the weightiest stands (in the matching copy), and which ones counted."""

    score: int
    place: Span | None
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Signal:
    says: str
    weight: int
    again: int
    pattern: Pattern
    exceptions: tuple[Pattern, ...]
    where: str
    least: int
    known: tuple[Pattern, ...]

    @property
    def most(self) -> int:
        """The weight at most."""
        return self.weight + 1 if self.again else self.weight


class Score:
    """Signals, compiled. Other kinds may use it too. Raises PatternFault for a pattern that RE2 refuses."""

    def __init__(self, scored: Scored, organisation: Organisation) -> None:
        self.scored = scored
        known = _known_handles(organisation)
        self._signals = tuple(_compile_signal(signal, number, known) for number, signal in enumerate(scored.signals))
        speaking = (signal for signal in self._signals if signal.weight > 0)
        self._speaking = tuple(sorted(speaking, key=lambda signal: -signal.weight))

    @property
    def patterns(self) -> frozenset[Pattern]:
        """All patterns of the signals."""
        return frozenset(signal.pattern for signal in self._signals)

    @property
    def speaking_for(self) -> frozenset[Pattern]:
        """The patterns of the signals without which there is no hit."""
        return frozenset(signal.pattern for signal in self._speaking)

    def may_fire(self, reading: Reading) -> bool:
        """Whether the signals that stand in the text are enough for a hit, exceptions not counted."""
        least = min(self._lines(reading))
        likely = [signal for signal in self._speaking if signal.pattern not in reading.absent]
        within_reach = sum(signal.most for signal in likely)
        for signal in likely:
            if within_reach < least:
                return False
            piece = _piece(signal, reading)
            if piece is None or signal.pattern.search(_words(reading, piece)) is None:
                within_reach -= signal.most
        return within_reach >= least

    def add_up(self, reading: Reading, excused: Places) -> Sum:
        """Each signal once."""
        score, says = 0, []
        best: tuple[int, Span] | None = None
        for signal in self._signals:
            found = _find(signal, reading, excused)
            if not found:
                continue
            weight = signal.most if signal.again and len(found) >= signal.again else signal.weight
            score += weight
            if weight > 0:
                says.append(signal.says)
                if best is None or weight > best[0]:
                    best = (weight, found[0])
        return Sum(score, best[1] if best else None, tuple(says))

    def hit(self, reading: Reading, total: Sum) -> Hit | None:
        """The hit for a sum, or None below the undecided band."""
        firm_line, grey_line = self._lines(reading)
        if total.place is None or total.score < min(grey_line, firm_line):
            return None
        firm = total.score >= firm_line
        place = reading.original(total.place.start, total.place.end)
        return Hit(
            place.start,
            place.end,
            severity=None if firm else self.scored.grey_severity,
            evidence="; ".join(total.says),
            score=total.score,
            grey=not firm and self.scored.grey_severity is None,
        )

    def _lines(self, reading: Reading) -> tuple[int, int]:
        """The firm line and the undecided one for a text of this length."""
        more = self.scored.long_adds if len(reading.plain) > self.scored.long_from else 0
        return self.scored.firm + more, self.scored.grey + more


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for a pattern that RE2 refuses."""
    if params.grey > params.firm:
        raise PatternFault("grey", f"must not be above firm, which is {params.firm}.")
    score = Score(params, playbook.organisation)
    decisive = one_pattern("decisive", (*params.decisive, *word_patterns(params.words)))
    warns = one_pattern("warns", params.warns)
    unless = one_pattern("unless", params.unless)
    exceptions = compile_patterns("exceptions", params.exceptions)

    def check(reading: Reading) -> Iterator[Hit]:
        absent = reading.absent
        decided, warned = spans(decisive, reading.plain, absent=absent), spans(warns, reading.plain, absent=absent)
        if not decided and not warned and not score.may_fire(reading):
            return
        if unless is not None and unless not in absent and unless.search(reading.plain):
            return
        excused = Places(span for pattern in exceptions for span in spans(pattern, reading.plain, absent=absent))
        total = score.add_up(reading, excused)
        evidence = "; ".join(total.says)
        for span in decided:
            if not excused.near(span.start, span.end):
                place = reading.original(span.start, span.end)
                yield Hit(place.start, place.end, evidence=evidence, score=total.score)
                return
        hit = score.hit(reading, total)
        if hit is not None:
            yield hit
            return
        for span in warned[:1]:
            if not excused.near(span.start, span.end):
                place = reading.original(span.start, span.end)
                yield Hit(place.start, place.end, severity=Severity.WARN, evidence=evidence, score=total.score)

    deciding = frozenset(pattern for pattern in (decisive, warns) if pattern is not None)
    return Screened(check, score.patterns | deciding, (score.speaking_for | deciding,))


def _known_handles(organisation: Organisation) -> tuple[Pattern, ...]:
    """Patterns for the handles that the organisation lists."""
    handles = sorted({handle.strip().lstrip("@") for handle in (*organisation.own_handles, *organisation.peers)} - {""})
    return compile_patterns("strangers", (rf"(?i)@{re2.escape(handle)}\b" for handle in handles))


def _compile_signal(signal: Signal, number: int, known: tuple[Pattern, ...]) -> _Signal:
    key = f"signals.{number}"
    pattern = one_pattern(f"{key}.patterns", signal.patterns)
    exceptions = compile_patterns(f"{key}.exceptions", signal.exceptions)
    if pattern is None:
        raise PatternFault(f"{key}.patterns", "there is nothing to look for. Add patterns = ['…'].")
    return _Signal(
        signal.says,
        signal.weight,
        signal.again,
        pattern,
        exceptions,
        signal.where,
        signal.least,
        known if signal.strangers else (),
    )


def _piece(signal: _Signal, reading: Reading) -> Span | None:
    """Where the signal is looked for."""
    if signal.where == "text":
        return Span(0, len(reading.plain))
    return first_sentence(reading) if signal.where == "first" else last_sentence(reading)


def _words(reading: Reading, piece: Span) -> str:
    """The words of a piece of the matching copy; the copy itself, not one of it, where the piece is all."""
    whole = piece.end - piece.start == len(reading.plain)
    return reading.plain if whole else reading.plain[piece.start : piece.end]


def _find(signal: _Signal, reading: Reading, excused: Places) -> list[Span]:
    """The places where the signal stands; none if it does not stand often enough."""
    sentence = _piece(signal, reading) if signal.pattern not in reading.absent else None
    if sentence is None:
        return []
    piece = _words(reading, sentence)
    places = spans(signal.pattern, piece, sentence.start)
    if not places:
        return []
    own = Places(
        span for pattern in (*signal.exceptions, *signal.known) for span in spans(pattern, piece, sentence.start)
    )
    left = [span for span in places if not own.near(span.start, span.end) and not excused.near(span.start, span.end)]
    return left if len(left) >= signal.least else []

"""Private words are taken out before the model is asked, and put back into what it quotes. Pure.

Each stands for itself by a mark such as `[phone 1]`, the same one everywhere in a question. Marks are put back only where
the draft's own words are meant (quotes, the suggestion); in the model's prose they stay, so that it repeats nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex

from bot.critique.reading import Answer
from bot.critique.schema import WireAnswer
from bot.model import CarriedFinding, Finding, RulesReport


class Place(NamedTuple):
    """What must not be sent: code points `start` to `end` of a text, and the word for it."""

    start: int
    end: int
    says: str


Find = Callable[[str], Iterable[Place]]
"""Finds the private places of one text."""


@dataclass(frozen=True, slots=True)
class Mask:
    """Private words and the mark of each, longest first."""

    marks: tuple[tuple[str, str], ...] = ()

    def hide(self, text: str) -> str:
        """The text with marks in place of what is private."""
        for value, mark in self.marks:
            text = text.replace(value, mark)
        return text

    def show(self, text: str) -> str:
        """The text with what is private back in place of its marks, whatever their case and spaces."""
        for value, mark in self.marks:
            pattern = r"\s+".join(regex.escape(word) for word in mark.split())
            text = value.join(regex.split(pattern, text, flags=regex.IGNORECASE))
        return text

    def hide_report(self, report: RulesReport, text: str) -> RulesReport:
        """What the rules found, in words that may be sent. `text` is the one that they read."""
        return replace(report, findings=tuple(self._hide(one, text) for one in report.findings))

    def hide_earlier(self, earlier: Iterable[CarriedFinding]) -> tuple[CarriedFinding, ...]:
        """Findings on earlier texts, in words that may be sent."""
        return tuple(replace(one, finding=self._hide(one.finding, None)) for one in earlier)

    def show_answer(self, answer: Answer) -> Answer:
        """The answer with private words back in its quotes and its suggestion."""
        wire = answer.parsed
        if not self.marks or not isinstance(wire, WireAnswer):
            return answer
        shown = wire.model_copy(
            update={
                "findings": [one.model_copy(update={"quote": self.show(one.quote)}) for one in wire.findings],
                "answered": [self.show(quote) for quote in wire.answered],
                "suggestion": None if wire.suggestion is None else self.show(wire.suggestion),
            }
        )
        return replace(answer, parsed=shown)

    def _hide(self, finding: Finding, text: str | None) -> Finding:
        start, end = finding.start, finding.end
        if text is not None:
            start, end = self._widened(text, start, end)
        if (start, end) != (finding.start, finding.end):
            # It ends inside something private. Its message may quote the same piece, which no mark stands for.
            return replace(finding, quote=self.hide(text[start:end]) if text else "", message=finding.title)
        return replace(finding, quote=self.hide(finding.quote), message=self._hidden_message(finding))

    def _hidden_message(self, finding: Finding) -> str:
        """The message, or the title where a shortened quote of something private may stand in it."""
        private = any(value in finding.quote for value, _ in self.marks)
        return finding.title if private and "…" in finding.message else self.hide(finding.message)

    def _widened(self, text: str, start: int, end: int) -> tuple[int, int]:
        for value, _ in self.marks:
            at = text.find(value)
            while at >= 0:
                if at < end and start < at + len(value):
                    start, end = min(start, at), max(end, at + len(value))
                at = text.find(value, at + 1)
        return start, end


def mask_of(texts: Iterable[str], find: Find) -> Mask:
    """The mask for all that one question sends. No mark is one that the texts themselves hold. Raises what `find` raises."""
    kept = tuple(texts)
    everything = "\n".join(kept).casefold()
    marks: dict[str, str] = {}
    counts: dict[str, int] = {}
    for text in kept:
        for place in find(text):
            value = text[place.start : place.end]
            if value not in marks:
                marks[value] = _next_mark(place.says, counts, everything)
    return Mask(tuple(sorted(marks.items(), key=lambda pair: -len(pair[0]))))


def _next_mark(says: str, counts: dict[str, int], everything: str) -> str:
    while True:
        counts[says] = counts.get(says, 0) + 1
        mark = f"[{says} {counts[says]}]"
        if mark.casefold() not in everything:
            return mark

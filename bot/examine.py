"""One text, examined: the rules, the question to the model, and the verdict of both. Shared by the durable line and the
command line; keeps nothing."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import TypeVar

import structlog

from bot.books import Books
from bot.critique import Mask, build_question, mask_of, read_answer
from bot.critique.masking import Place
from bot.llm import Model
from bot.model import CarriedFinding, Critique, RulesReport, Verdict
from bot.rules.kind import Context
from bot.verdict import decide, repair_faults, rules_only

Found = TypeVar("Found")

log = structlog.get_logger("lectern.examine")

LONG = 4_000
"""Characters from which a text is examined in a thread: a hostile one may cost some tenths of a second."""


LEAST_FOR_REPAIR = 3.0
"""Seconds that must be left of the deadline for another try at a suggestion; a shorter try would hardly come back."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is examined. `platforms` are those the text is measured for, `today` the leader's date, `voice` what comms
    wrote on how the leader writes, `earlier` the findings on the text before this one, `proposed` what Lectern suggested
    for it. `known_names` are names of people who work here. `person` is a hash that stands for the leader."""

    text: str
    context: Context
    platforms: tuple[str, ...]
    today: date
    voice: str = ""
    earlier: tuple[CarriedFinding, ...] = ()
    proposed: tuple[str, ...] = ()
    known_names: tuple[str, ...] = ()
    person: str = ""


def no_critique(books: Books, model: Model | None, text: str) -> str | None:
    """Why the model is not asked about this text; None when it is."""
    if model is None:
        return "not_configured"
    if len(text) > books.playbook.organisation.limits.draft_characters:
        return "too_long"
    return None


async def aside(text: str, work: Callable[[], Found]) -> Found:
    """Do the work on a text; on a long one in a thread, so that nobody else's draft waits for its turn meanwhile."""
    return await asyncio.to_thread(work) if len(text) > LONG else work()


def by_rules(books: Books, subject: Subject, *, pending: bool, status: str) -> Verdict:
    """The verdict of the rules alone. With `pending` the critique is still to come; else `status` says why there is none."""
    report = books.rules.check(subject.text, subject.context)
    return rules_only(
        books.playbook,
        subject.text,
        report,
        platforms=subject.platforms,
        pending=pending,
        status=status,
        recheck=lambda suggestion: books.rules.check(suggestion, subject.context),
        earlier=subject.earlier,
    )


async def by_both(books: Books, model: Model | None, subject: Subject) -> Verdict:
    """The worst of rules and critique. Without a critique it is half a check that says why; never raises for the model."""
    # The files may change while the model thinks: question and answer belong to one playbook.
    books = replace(books)
    report = await aside(subject.text, lambda: books.rules.check(subject.text, subject.context))
    status = no_critique(books, model, subject.text)
    if status is not None or model is None:
        return await _half(books, subject, report, status or "not_configured")
    mask = await aside(subject.text, lambda: _mask(books, subject, report))
    if mask is None:
        return await _half(books, subject, report, "not_masked")
    return await _Asking(books, model, subject, report, mask).verdict()


async def half(books: Books, subject: Subject, status: str) -> Verdict:
    """Half a check that was due to be a whole one: the rules, and open points on earlier texts. `status` says why."""
    report = await aside(subject.text, lambda: books.rules.check(subject.text, subject.context))
    return await _half(books, subject, report, status)


async def _half(books: Books, subject: Subject, report: RulesReport, status: str) -> Verdict:
    return await aside(subject.text, lambda: weigh(books, subject, report, Critique(status)))


def _mask(books: Books, subject: Subject, report: RulesReport) -> Mask | None:
    """What must not be sent to the model, and its marks. None where that can't be told: then nothing is sent."""
    told = [one.finding for one in subject.earlier]
    others = [words for finding in (*report.findings, *told) for words in (finding.quote, finding.message)]
    texts = dict.fromkeys((subject.text, *others))
    try:
        return mask_of(texts, lambda text: map(Place._make, books.rules.private(text, subject.context)))
    except Exception as error:  # whatever it is, the draft must not go out unmasked
        log.warning("private words can't be told", error=type(error).__name__)
        return None


@dataclass(frozen=True, slots=True)
class _Asking:
    """One draft, its question to the model, and what becomes of the answer."""

    books: Books
    model: Model
    subject: Subject
    report: RulesReport
    mask: Mask

    async def verdict(self) -> Verdict:
        """The worst of both, after one repair try where the suggestion can't be shown and there is time."""
        started = monotonic()
        critique = await self._ask()
        verdict = await self._weigh(critique)
        left = self.model.deadline_seconds - (monotonic() - started)
        if verdict.withheld is None or left < LEAST_FOR_REPAIR:
            return verdict
        return await self._repaired(critique, verdict, left)

    async def _repaired(self, critique: Critique, verdict: Verdict, seconds: float) -> Verdict:
        """The one repair try, within what is left of the deadline. Only the suggestion of a second answer counts: the
        points of the first stand. Without a usable one the suggestion stays withheld, for the first reason."""
        subject, books = self.subject, self.books
        faults = repair_faults(
            books.playbook,
            subject.text,
            critique.suggestion or "",
            verdict,
            platforms=subject.platforms,
            today=subject.today,
            recheck=lambda suggestion: books.rules.check(suggestion, subject.context),
            known_names=subject.known_names,
        )
        second = await self._ask(faults, seconds)
        usage = critique.usage + second.usage
        if second.status == "done" and second.suggestion is not None:
            mended = await self._weigh(replace(critique, usage=usage, suggestion=second.suggestion))
            if mended.withheld is None:
                return mended
        return replace(verdict, usage=usage)

    async def _ask(self, repair: tuple[str, ...] = (), seconds: float | None = None) -> Critique:
        """One question with a fresh hidden word, and its answer once it has been checked."""
        subject, mask = self.subject, self.mask
        canary = secrets.token_hex(8)
        question = build_question(
            self.books.playbook,
            mask.hide(subject.text),
            mask.hide_report(self.report, subject.text),
            platforms=subject.platforms,
            leader_voice=subject.voice,
            today=subject.today,
            nonce=secrets.token_hex(8),
            canary=canary,
            earlier=mask.hide_earlier(subject.earlier),
            repair=[mask.hide(fault) for fault in repair],
            marks=[mark for _, mark in mask.marks],
            person=subject.person,
        )
        answer = mask.show_answer(await self.model.ask(question, seconds))
        return await aside(
            subject.text,
            lambda: read_answer(
                answer,
                subject.text,
                self.books.playbook,
                self.report,
                canary,
                subject.today,
                proposed=subject.proposed,
            ),
        )

    async def _weigh(self, critique: Critique) -> Verdict:
        return await aside(self.subject.text, lambda: weigh(self.books, self.subject, self.report, critique))


def weigh(books: Books, subject: Subject, report: RulesReport, critique: Critique) -> Verdict:
    """Rules and critique as one verdict; the suggestion is run through the same rules."""
    return decide(
        books.playbook,
        subject.text,
        report,
        critique,
        platforms=subject.platforms,
        today=subject.today,
        recheck=lambda suggestion: books.rules.check(suggestion, subject.context),
        earlier=subject.earlier,
        known_names=subject.known_names,
    )

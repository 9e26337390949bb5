"""One text, examined: the rules, the question to the model, and the verdict of both. Shared by the durable line and the
command line; keeps nothing."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.books import Books
from bot.critique import build_question, read_answer
from bot.llm import Model
from bot.model import CarriedFinding, Critique, RulesReport, Verdict
from bot.rules.kind import Context
from bot.verdict import decide, rules_only

Found = TypeVar("Found")

LONG = 4_000
"""Characters from which a text is examined in a thread: a hostile one may cost some tenths of a second."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is examined. `platforms` are those the text is measured for, `today` the leader's date, `voice` what comms
    wrote on how the leader writes, `earlier` the findings on the text before this one."""

    text: str
    context: Context
    platforms: tuple[str, ...]
    today: date
    voice: str = ""
    earlier: tuple[CarriedFinding, ...] = ()


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
        without = Critique(status or "not_configured")
        return await aside(subject.text, lambda: weigh(books, subject, report, without))
    canary = secrets.token_hex(8)
    question = build_question(
        books.playbook,
        subject.text,
        report,
        platforms=subject.platforms,
        leader_voice=subject.voice,
        today=subject.today,
        nonce=secrets.token_hex(8),
        canary=canary,
        earlier=subject.earlier,
    )
    answer = await model.ask(question)
    critique = read_answer(answer, subject.text, books.playbook, report, canary, subject.today)
    return weigh(books, subject, report, critique)


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
    )

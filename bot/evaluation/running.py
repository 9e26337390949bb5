"""Each case through the same path as a draft in Slack: `examine`, the rules, and the model where one is asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any

import pydantic_evals as evals
from pydantic_evals.evaluators import ReportEvaluator
from pydantic_evals.reporting import EvaluationReport

from bot.books import Books
from bot.critique import Answer, Question
from bot.critique.schema import WireAnswer
from bot.evaluation.run import FAILED, HALF, LETS_GO, REVIEW, Evaluated, Offered, Run
from bot.examine import Subject, by_both, by_rules
from bot.grounding import find_quote, new_facts_found
from bot.llm import Model
from bot.model import Finding, Severity, Verdict
from bot.playbook import Case, Playbook, Sample, organisation_of, window_of
from bot.rules import compile_rules
from bot.rules.kind import Context
from bot.rules.proof import context_of
from bot.verdict.outcomes import outcome_of

Report = EvaluationReport[Any, Any, Any]
Done = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be examined: a case, and for a draft of one's own the moment and person it came from."""

    case: Case
    context: Context | None = None
    voice: str = ""


@dataclass
class Shelf:
    """The playbook in use, and the books for each organisation that a case speaks of: compiled once each."""

    books: Books
    _made: dict[str, Books] = field(default_factory=dict)

    def of(self, case: Case) -> Books:
        """The books for this case's organisation."""
        if not case.organisation:
            return self.books
        key = json.dumps(case.organisation, sort_keys=True, default=str)
        if key not in self._made:
            playbook = replace(
                self.books.playbook, organisation=organisation_of(case.organisation, self.books.playbook)
            )
            self._made[key] = Books(playbook, compile_rules(playbook)[0])
        return self._made[key]


class Witness:
    """A model that passes questions on, and keeps the last answer as it came, before anything of it was dropped."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.answer: Answer | None = None

    async def ask(self, question: Question) -> Answer:
        """Ask the model."""
        self.answer = await self._model.ask(question)
        return self.answer

    async def probe(self) -> str | None:
        """What the model says of itself."""
        return await self._model.probe()

    async def close(self) -> None:
        """Nothing: the model is closed by whoever opened it."""


async def evaluate_cases(
    books: Books,
    model: Model | None,
    drafts: Sequence[Draft],
    *,
    repeat: int = 1,
    parallel: int = 8,
    measures: Sequence[ReportEvaluator[Any, Any, Any]] = (),
    done: Done = lambda: None,
) -> Report:
    """Examine every draft `repeat` times; without a model by the rules alone. Never raises for what a draft does.

    `measures` add their tables to the report; `done` is called after each run.
    """
    shelf = Shelf(books)

    async def run(draft: Draft) -> Run:
        begun = perf_counter()
        try:
            for_case = shelf.of(draft.case)
            begun = perf_counter()
            came = await _examine(for_case, model, draft)
        except Exception as error:  # a case that breaks off is a failure to be counted, never one that vanishes
            came = Run(FAILED, error=type(error).__name__)
        done()
        return replace(came, ms=(perf_counter() - begun) * 1000)

    dataset = evals.Dataset[Draft, Run, Any](
        name="cases",
        cases=[evals.Case(name=draft.case.id, inputs=draft) for draft in drafts],
        report_evaluators=measures,
    )
    return await dataset.evaluate(
        run, repeat=repeat, max_concurrency=parallel if model else 1, progress=False, task_name="examine"
    )


def evaluated(report: Report) -> tuple[Evaluated, ...]:
    """The report's runs, case by case in the order of the files. What the library lists as a failure is a failed run."""
    found: dict[str, tuple[Draft, list[Run]]] = {}
    for one in report.cases:
        found.setdefault(one.source_case_name or one.name, (one.inputs, []))[1].append(one.output)
    for lost in report.failures:
        found.setdefault(lost.source_case_name or lost.name, (lost.inputs, []))[1].append(Run(FAILED, error="unknown"))
    return tuple(Evaluated(draft.case, tuple(runs), draft.context is None) for draft, runs in found.values())


async def _examine(books: Books, model: Model | None, draft: Draft) -> Run:
    subject = _subject(draft, books.playbook)
    if model is None:
        return _run(by_rules(books, subject, pending=False, status="rules_only"), Offered(), asked=False)
    witness = Witness(model)
    verdict = await by_both(books, witness, subject)
    return _run(verdict, _offered(witness.answer, verdict, subject, books.playbook), asked=True)


def _subject(draft: Draft, playbook: Playbook) -> Subject:
    case, context = draft.case, draft.context
    platforms = case.platforms or playbook.organisation.platforms or tuple(one.id for one in playbook.platforms)
    if context is None:
        sample = Sample(
            text=case.text,
            platforms=case.platforms,
            images=case.images,
            described=case.described,
            posted=case.posted,
        )
        window = window_of(case.window)
        windows = (window,) if window else ()
        context = replace(context_of(sample, playbook), platforms=platforms, windows=windows)
    # Approved facts are those of today, as they are for a draft that comes in now.
    return Subject(case.text, context, context.platforms, _today(), draft.voice)


def _today() -> date:
    return datetime.now(UTC).date()


def _run(verdict: Verdict, offered: Offered, *, asked: bool) -> Run:
    outcome = verdict.outcome.value
    if asked and verdict.critique != "done" and verdict.outcome in LETS_GO:
        outcome = HALF
    weighing = [one for one in verdict.findings if one.severity is not Severity.INFO]
    deciding = [one for one in weighing if outcome_of(one) is verdict.outcome]
    return Run(
        outcome=outcome,
        complete=verdict.complete,
        route=verdict.route,
        by=_names(deciding) or ((REVIEW,) if asked and verdict.outcome.value != "ready" else ()),
        rules=_names(verdict.findings),
        guidelines=frozenset(one.guideline for one in weighing),
        status=verdict.critique,
        withheld=verdict.withheld,
        offered=offered,
        usage=verdict.usage,
    )


def _names(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.rule or REVIEW for one in findings))


def _offered(answer: Answer | None, verdict: Verdict, subject: Subject, playbook: Playbook) -> Offered:
    """What the model offered, looked at with the same eyes as the checks: quotes in the draft, facts that are new."""
    wire = answer.parsed if answer else None
    if not isinstance(wire, WireAnswer):
        return Offered()
    organisation = playbook.organisation
    known = [point.fact for _, point in playbook.approved_facts(subject.today)]
    known += [organisation.name, *organisation.aliases]
    suggestion, shown = (wire.suggestion or "").strip(), verdict.suggestion or ""
    return Offered(
        raised=len(wire.findings),
        grounded=sum(find_quote(one.quote, subject.text) is not None for one in wire.findings),
        ratio=len(suggestion) / len(subject.text) if suggestion else None,
        new_facts=tuple(fact.sort for fact in new_facts_found(suggestion, subject.text, known)),
        shown_facts=tuple(fact.sort for fact in new_facts_found(shown, subject.text, known)),
    )

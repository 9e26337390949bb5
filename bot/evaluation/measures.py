"""The tables of an evaluation. In a table a decimal number is a share from 0 to 1, and a whole number a count.

Each measure takes all cases with their runs and gives analyses of pydantic-evals, which screen and page show alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic_evals.evaluators import ReportEvaluator, ReportEvaluatorContext
from pydantic_evals.reporting.analyses import ConfusionMatrix, ReportAnalysis, TableResult

from bot.evaluation.figures import Share, balance, percentile
from bot.evaluation.prices import Price, per_thousand
from bot.evaluation.rates import IN_WORDS, rates
from bot.evaluation.run import FAILED, HALF, LABELS, Evaluated, Mode, Run
from bot.evaluation.running import evaluated
from bot.model import Outcome

Cell = str | int | float | bool | None
ENOUGH = 10
"""Drafts from which on a rule's share is told."""


@dataclass(repr=False)
class Measures(ReportEvaluator[Any, Any, Any]):
    """All tables of one mode. `guidelines` are the ids in their order, `price` says what tokens cost, `acted` how often
    leaders act on the points of each rule."""

    mode: Mode
    guidelines: tuple[str, ...]
    price: Price = field(default=lambda usage: None)
    acted: Mapping[str, Share] = field(default_factory=dict)

    def evaluate(self, ctx: ReportEvaluatorContext[Any, Any, Any]) -> list[ReportAnalysis]:
        """The tables, in the order in which they are shown."""
        cases = evaluated(ctx.report)
        judged = [one for one in cases if one.judged]
        tables: list[ReportAnalysis | None] = [
            matrix(judged),
            shares(cases, self.mode),
            by_outcome(judged),
            by_guideline(judged, self.guidelines),
            by_tag(judged),
            steadiness(cases),
            reviews(cases) if self.mode == "review" else None,
            effort(cases, self.mode, self.price),
            own_drafts(cases),
            acted_on(self.acted),
        ]
        return [table for table in tables if table is not None]


def matrix(judged: Sequence[Evaluated]) -> ConfusionMatrix:
    """What was right (down) against what came (across), a run each. A case right in several ways stands where it came out
    when that was right, else under its first."""
    counted = Counter((_meant(one, run), run.outcome) for one in judged for run in one.runs)
    labels = [
        *(one.value for one in Outcome),
        *(label for label in (HALF, FAILED) if any(k[1] == label for k in counted)),
    ]
    return ConfusionMatrix(
        title="What was right, and what came",
        description="Down: what is right. Across: what came. Each run counts.",
        class_labels=labels,
        matrix=[[counted[meant, came] for came in labels] for meant in labels],
    )


def shares(cases: Sequence[Evaluated], mode: Mode) -> TableResult:
    """The shares that count, each with its interval."""
    rows: list[list[Cell]] = [
        [IN_WORDS[name], share.found, share.of, share.value, share.low, share.high]
        for name, share in rates(cases, mode).items()
        if share.of
    ]
    return TableResult(title="Shares", columns=["", "found", "of", "share", "from", "to"], rows=rows)


def by_outcome(judged: Sequence[Evaluated]) -> TableResult:
    """Precision, recall and F1 for each outcome, over runs."""
    pairs = [(_meant(one, run), run.outcome) for one in judged for run in one.runs]
    rows = [_scores(outcome.value, *_counts(pairs, outcome.value)) for outcome in Outcome]
    return TableResult(title="Outcomes", columns=["", "runs", "precision", "recall", "F1"], rows=rows)


def by_guideline(judged: Sequence[Evaluated], guidelines: Iterable[str]) -> TableResult:
    """Precision, recall and F1 for each guideline: named in a point that weighs, where a case says that it is meant."""
    rows = []
    for guideline in guidelines:
        hit = missed = wrong = 0
        for one in judged:
            meant, allowed = guideline in one.case.guidelines, guideline in one.case.may_name
            named = [guideline in run.guidelines for run in one.runs]
            hit += sum(named) if meant else 0
            missed += len(named) - sum(named) if meant else 0
            wrong += 0 if meant or allowed else sum(named)
        rows.append(_scores(guideline, hit, missed, wrong))
    return TableResult(title="Guidelines", columns=["", "runs", "precision", "recall", "F1"], rows=rows)


def by_tag(judged: Sequence[Evaluated]) -> TableResult | None:
    """How many cases of each kind came out right."""
    kinds: dict[str, list[Evaluated]] = defaultdict(list)
    for one in judged:
        for tag in one.case.tags:
            kinds[tag].append(one)
    rows: list[list[Cell]] = []
    for tag, cases in sorted(kinds.items()):
        share = Share(sum(one.passed for one in cases), len(cases))
        rows.append([tag, share.found, share.of, share.value, share.low, share.high])
    return (
        TableResult(title="Kinds of case", columns=["", "right", "of", "share", "from", "to"], rows=rows)
        if rows
        else None
    )


def steadiness(cases: Sequence[Evaluated]) -> TableResult | None:
    """How often repeated runs of one case agree; nothing where each ran once."""
    repeated = [one for one in cases if len(one.runs) > 1]
    if not repeated:
        return None
    agreed = Share(sum(len({(r.outcome, r.route) for r in one.runs}) == 1 for one in repeated), len(repeated))
    rows: list[list[Cell]] = [["All runs agree", agreed.found, agreed.of, agreed.value, agreed.low, agreed.high]]
    return TableResult(title="Repeated runs", columns=["", "cases", "of", "share", "from", "to"], rows=rows)


def reviews(cases: Sequence[Evaluated]) -> TableResult:
    """What became of the questions to the model, and of its suggestions."""
    runs = [run for one in cases for run in one.runs]
    rows: list[list[Cell]] = [
        [f"AI review: {status}", n] for status, n in Counter(r.status for r in runs).most_common()
    ]
    rows += [
        [f"Suggestion withheld: {why}", n] for why, n in Counter(r.withheld for r in runs if r.withheld).most_common()
    ]
    sorts = Counter(sort for run in runs for sort in set(run.offered.new_facts))
    rows += [[f"Suggestion offered with a new {sort}", n] for sort, n in sorts.most_common()]
    ratios = [run.offered.ratio for run in runs if run.offered.ratio is not None]
    for name, share in (("half of them at most", 0.5), ("nine in ten at most", 0.9)):
        ratio = percentile(ratios, share)
        if ratio is not None:
            rows.append([f"Length of a suggestion by its draft's, {name}", f"{ratio:.2f}"])
    return TableResult(title="AI reviews", columns=["", "runs"], rows=rows)


def effort(cases: Sequence[Evaluated], mode: Mode, price: Price) -> TableResult:
    """Time, tokens and money."""
    runs = [run for one in cases for run in one.runs]
    times = [run.ms for run in runs]
    rows: list[list[Cell]] = []
    for name, share in (("Time of a draft, half of them at most", 0.5), ("Time of a draft, 95 in 100 at most", 0.95)):
        took = percentile(times, share)
        if took is not None:
            rows.append([name, f"{took:,.0f} ms" if took >= 10 else f"{took:.1f} ms"])
    if mode == "review":
        for name, count in (
            ("Tokens in", sum(run.usage.tokens_in for run in runs)),
            ("of them cached", sum(run.usage.tokens_cached for run in runs)),
            ("Tokens out", sum(run.usage.tokens_out for run in runs)),
        ):
            rows.append([name, count])
        rows.append(["Cost of 1,000 drafts", per_thousand([run.usage for run in runs], price)])
    return TableResult(title="Effort", columns=["", ""], rows=rows)


def own_drafts(cases: Sequence[Evaluated]) -> TableResult | None:
    """What came of one's own drafts; nothing where none was looked at."""
    runs = [one.usual for one in cases if not one.judged]
    if not runs:
        return None
    counted = Counter(run.outcome for run in runs)
    rows: list[list[Cell]] = [[label, counted[label], counted[label] / len(runs)] for label in LABELS if counted[label]]
    return TableResult(title="Your own drafts", columns=["", "drafts", "share"], rows=rows)


def acted_on(acted: Mapping[str, Share]) -> TableResult | None:
    """How often leaders acted on each rule's points, the least often first; nothing below ten drafts, which say little."""
    told = [(rule, share) for rule, share in acted.items() if share.of >= ENOUGH]
    told.sort(key=lambda one: (one[1].value or 0, one[0]))
    rows: list[list[Cell]] = [[rule, share.found, share.of, share.value, share.low, share.high] for rule, share in told]
    columns = ["", "acted on", "of", "share", "from", "to"]
    return TableResult(title="Points that leaders acted on, in 90 days", columns=columns, rows=rows) if rows else None


def _meant(one: Evaluated, run: Run) -> str:
    return run.outcome if run.outcome in {outcome.value for outcome in one.case.right} else one.case.outcome.value


def _counts(pairs: Iterable[tuple[str, str]], label: str) -> tuple[int, int, int]:
    hit = missed = wrong = 0
    for meant, came in pairs:
        hit += meant == came == label
        missed += meant == label != came
        wrong += came == label != meant
    return hit, missed, wrong


def _scores(name: str, hit: int, missed: int, wrong: int) -> list[Cell]:
    precision, recall = Share(hit, hit + wrong).value, Share(hit, hit + missed).value
    return [name, hit + missed, precision, recall, balance(precision, recall)]

"""An evaluation in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_evals.reporting.analyses import ConfusionMatrix, TableResult
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluation.flips import Flip
from bot.evaluation.gates import Gate
from bot.evaluation.record import Result
from bot.evaluation.run import Evaluated

MOST_LISTED = 40
"""Cases named one by one; the page names all of them."""

MODES = {"rules": "rules alone", "review": "rules and AI review"}


def print_result(result: Result, console: Console) -> None:
    """All tables, the cases that came out wrong, what flipped, and the gates last."""
    console.print(headline(result), soft_wrap=True)
    for table in result.tables:
        if isinstance(table, ConfusionMatrix):
            console.print(_matrix(table))
        elif isinstance(table, TableResult):
            console.print(_table(table))
    if result.wrong:
        console.print(_wrong(result.wrong))
        if len(result.wrong) > MOST_LISTED:
            console.print(f"and {len(result.wrong) - MOST_LISTED} more; --html FILE names all of them.")
    if result.compared:
        _print_flips(result.flips, result.compared, console)
    if result.gates:
        console.print(_gates(result.gates))
    kept = "Every gate was kept." if result.passed else "A gate was not kept."
    console.print(kept if result.gates else "No gate is set for this.", style="bold" if result.passed else "bold red")


def headline(result: Result) -> str:
    """What was evaluated, in a line or two."""
    judged = sum(one.judged for one in result.cases)
    drafts = len(result.cases) - judged
    line = f"{judged} cases" + (f", {drafts} drafts of your own" if drafts else "")
    line += f", {MODES[result.mode]}" + (f", {result.repeat} runs each" if result.repeat > 1 else "")
    line += f", guidelines {result.guidelines}"
    line += f", model {', '.join(result.models)}" if result.models else ""
    written = "\nA scripted model answered: its answers are written, and say nothing of any real model."
    return f"{line}.{written if result.scripted else ''}"


def shown(cell: str | int | float | bool | None) -> str:
    """A cell in words: decimal numbers are shares."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.1%}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _matrix(table: ConfusionMatrix) -> Table:
    drawn = Table("right \\ came", *table.class_labels, title=table.title, title_justify="left")
    for label, row in zip(table.class_labels, table.matrix, strict=True):
        if not any(row):
            continue
        cells = [
            Text(str(count) if count else "·", "green" if came == label else "red" if count else "dim")
            for came, count in zip(table.class_labels, row, strict=True)
        ]
        drawn.add_row(label, *cells)
    return _right(drawn)


def _table(table: TableResult) -> Table:
    drawn = Table(*table.columns, title=table.title, title_justify="left")
    for row in table.rows:
        drawn.add_row(*(Text(shown(cell)) for cell in row))
    return _right(drawn)


def _right(drawn: Table) -> Table:
    for column in drawn.columns[1:]:
        column.justify = "right"
        column.no_wrap = True
    return drawn


def _wrong(wrong: Sequence[Evaluated]) -> Table:
    drawn = Table("case", "right", "came", "by", title="Cases that came out otherwise", title_justify="left")
    for one in wrong[:MOST_LISTED]:
        drawn.add_row(one.case.id, right_of(one), came_of(one), Text(by_of(one)))
    return _whole(drawn)


def _whole(drawn: Table) -> Table:
    """With every word of it, however narrow the terminal is: an id that is cut can't be looked up."""
    for column in drawn.columns:
        column.overflow = "fold"
    return drawn


def right_of(one: Evaluated) -> str:
    """What is right for a case, in words."""
    outcomes = " or ".join(outcome.value for outcome in (one.case.outcome, *one.case.also_right))
    return outcomes + (f" ({one.case.route})" if one.case.route else "")


def came_of(one: Evaluated) -> str:
    """What came of a case, in words; of repeated runs each result once."""
    told = [run.outcome + (f" ({run.route})" if run.route else "") for run in one.runs]
    if len(set(told)) == 1:
        return told[0]
    return ", ".join(f"{result} {told.count(result)}×" for result in dict.fromkeys(told))


def by_of(one: Evaluated) -> str:
    """Which rules led to what came, or what went wrong."""
    names = dict.fromkeys(name for run in one.runs for name in (run.by or (run.error, *_why_half(run.status))))
    return ", ".join(filter(None, names))


def _why_half(status: str) -> tuple[str, ...]:
    return () if status in ("done", "rules_only") else (status,)


def _print_flips(flips: Sequence[Flip], compared: str, console: Console) -> None:
    if not flips:
        console.print(f"Compared with {compared}, no outcome flips.")
        return
    drawn = Table(
        "case or draft", "before", "now", "by", "", title=f"What flips, compared with {compared}", title_justify="left"
    )
    for flip in flips:
        drawn.add_row(flip.id, flip.before, flip.after, Text(flip.by), judgement(flip))
    console.print(_whole(drawn))


def judgement(flip: Flip) -> str:
    """Whether a flip is for the better, in a word."""
    return {True: "better", False: "worse", None: ""}[flip.better]


def _gates(gates: Sequence[Gate]) -> Table:
    drawn = Table("gate", "found", "at most", "", title="Gates", title_justify="left")
    for gate in gates:
        drawn.add_row(
            gate.name, Text(gate.found), gate.limit, Text("kept", "green") if gate.kept else Text("not kept", "red")
        )
    return drawn

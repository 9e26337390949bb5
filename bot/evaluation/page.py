"""An evaluation as one web page: charts, tables and cases, with nothing loaded from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic_evals.reporting.analyses import ConfusionMatrix, TableResult

from bot.errors import InputError
from bot.evaluation.figures import Share
from bot.evaluation.rates import GOOD_WHEN_HIGH, IN_WORDS, rates
from bot.evaluation.record import Result
from bot.evaluation.run import Evaluated
from bot.evaluation.screen import by_of, came_of, headline, judgement, right_of, shown
from bot.model import Outcome

HERE = Path(__file__).parent
TEMPLATE = "page.html.jinja"

DRAWN_APART = frozenset(("Shares",))
"""Tables that have a chart of their own."""


@dataclass(frozen=True, slots=True)
class Square:
    """One square of the matrix: its place, its count, and how dark it is from 0 to 1."""

    column: int
    row: int
    count: int
    right: bool
    shade: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One share with its interval, all from 0 to 1."""

    name: str
    share: Share
    high_is_good: bool


def write_page(path: Path, result: Result) -> None:
    """Write the page. Raises `InputError` where the file can't be written."""
    try:
        path.write_text(draw_page(result), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}). Name another file.") from None


def draw_page(result: Result) -> str:
    """The page as HTML. What comes from cases and files is escaped; drafts of one's own are named by their ids alone."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = shown
    matrix = next((table for table in result.tables if isinstance(table, ConfusionMatrix)), None)
    tables = [table for table in result.tables if isinstance(table, TableResult) and table.title not in DRAWN_APART]
    return environment.get_template(TEMPLATE).render(
        result=result,
        headline=headline(result).split("\n"),
        matrix=matrix,
        squares=list(_squares(matrix)) if matrix else [],
        rows=len(Outcome),
        bars=_bars(result),
        tables=tables,
        wrong=[_told(one) for one in result.wrong],
        judgement=judgement,
    )


def _squares(matrix: ConfusionMatrix) -> Iterable[Square]:
    """Shaded by the share of their row, so that a rare outcome shows as well as a common one."""
    for row, counts in enumerate(matrix.matrix[: len(Outcome)]):
        total = sum(counts)
        for column, count in enumerate(counts):
            yield Square(column, row, count, row == column, count / total if total else 0.0)


def _bars(result: Result) -> Sequence[Bar]:
    found = rates(result.cases, result.mode)
    return [Bar(IN_WORDS[name], share, name in GOOD_WHEN_HIGH) for name, share in found.items() if share.of]


def _told(one: Evaluated) -> dict[str, str]:
    return {
        "id": one.case.id,
        "right": right_of(one),
        "came": came_of(one),
        "by": by_of(one),
        "why": one.case.why,
        "text": one.case.text,
    }

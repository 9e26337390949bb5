"""`lectern evaluate`: cases through rules and AI review, with tables and gates; and what a change of the files would flip."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.books import Books, read_books
from bot.errors import InputError
from bot.evaluation import check_gates, evaluate_cases, flips
from bot.evaluation.drafts import stored_drafts
from bot.evaluation.figures import Share
from bot.evaluation.flips import Earlier, earlier
from bot.evaluation.measures import Measures
from bot.evaluation.page import write_page
from bot.evaluation.prices import price_at
from bot.evaluation.record import Result, read_json, write_json
from bot.evaluation.running import Draft, evaluated
from bot.evaluation.screen import print_result
from bot.llm import Model, open_model
from bot.logs import configure, quieter
from bot.playbook import CaseFiles, load_cases
from bot.settings import PROMPTS, Settings, read_settings

SHIPPED = "shipped"
WIDE = 120
"""Characters to a line where the output goes to a file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for. `old` are the books to compare with, or what a file says came of the cases then;
    `compared` is what to call them, empty for no comparison."""

    settings: Settings
    rules_only: bool
    drafts: bool
    repeat: int
    compared: str = ""
    old: Books | Mapping[str, Earlier] | None = None

    @property
    def mode(self) -> str:
        """Rules alone, or whole reviews."""
        return "rules" if self.rules_only else "review"


@click.command()
@click.option(
    "--cases",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file or folder of cases; else the shipped and your own.",
)
@click.option(
    "--drafts", is_flag=True, help="Your stored drafts too. They are named by their ids, never by their words."
)
@click.option("--rules-only", is_flag=True, help="Do not ask the model.")
@click.option("--repeat", default=1, show_default=True, type=click.IntRange(1, 20), help="Run each case so many times.")
@click.option(
    "--compare",
    "old",
    metavar="OLD",
    help="What flips from OLD: a prompts folder, “shipped”, or a file made with --json.",
)
@click.option("--json", "json_out", is_flag=True, help="Print JSON instead of tables.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with charts to FILE too.")
def evaluate(
    paths: tuple[Path, ...],
    drafts: bool,
    rules_only: bool,
    repeat: int,
    old: str | None,
    json_out: bool,
    html: Path | None,
) -> None:
    """Say how well the rules and the AI review do on cases, and what a change of the files flips.

    Exit code 1 when a gate is not kept.
    """
    needed = (*PROMPTS, "lectern_timezone", *(("database_url", "lectern_encryption_key") if drafts else ()))
    settings = read_settings(only=needed if rules_only else ())
    configure(quieter(settings.lectern_log_level))
    if html is not None and not html.absolute().parent.is_dir():
        # Said at once, and not after an hour of questions.
        raise InputError(f"{html} can't be written, since its folder is not there. Name another file.")
    asked = _against(old, Asked(settings, rules_only, drafts, repeat))
    books = read_books(settings)
    files = load_cases(paths, books.playbook, settings.lectern_prompts_dir)
    result = asyncio.run(_evaluate(asked, books, files))
    if html is not None:
        write_page(html, result)
    if json_out:
        click.echo(write_json(result))
    else:
        console = Console(highlight=False, markup=False, emoji=False)
        if not console.is_terminal:
            console.width = WIDE
        print_result(result, console)
    if not result.passed:
        raise SystemExit(1)


async def _evaluate(asked: Asked, books: Books, files: CaseFiles) -> Result:
    model = None if asked.rules_only else _model(asked.settings)
    try:
        drafts = [Draft(case) for case in files.cases]
        acted: Mapping[str, Share] = {}
        if asked.drafts:
            stored, acted = await stored_drafts(asked.settings, books.playbook)
            drafts += stored
        before = await _before(asked, model, drafts)
        with _progress() as progress:
            task = progress.add_task("Examining", total=len(drafts) * asked.repeat)
            report = await evaluate_cases(
                books,
                model,
                drafts,
                repeat=asked.repeat,
                parallel=asked.settings.lectern_llm_parallel,
                measures=[_measures(asked, books, acted)],
                done=lambda: progress.advance(task),
            )
    finally:
        if model is not None:
            await model.close()
    cases = evaluated(report)
    return Result(
        mode=asked.mode,
        guidelines=books.playbook.version,
        repeat=asked.repeat,
        at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        cases=cases,
        tables=tuple(report.analyses),
        gates=check_gates(cases, files.gates, asked.mode),
        flips=flips(before, cases),
        compared=asked.compared,
    )


def _model(settings: Settings) -> Model:
    model = open_model(settings)
    if model is None:
        raise InputError("No model is set up. Set OPENAI_API_KEY and OPENAI_MODEL, or add --rules-only.")
    return model


def _measures(asked: Asked, books: Books, acted: Mapping[str, Share]) -> Measures:
    guidelines = tuple(one.id for one in books.playbook.guidelines)
    return Measures(asked.mode, guidelines, price_at(asked.settings.openai_base_url), acted)


def _against(old: str | None, asked: Asked) -> Asked:
    """With what to compare. Raises `InputError` for what is neither a folder nor a file of an earlier evaluation."""
    if old is None:
        return asked
    path = Path(old)
    if old != SHIPPED and not path.is_dir():
        version, found = read_json(path, asked.mode)
        return replace(asked, compared=f"{path.name} (guidelines {version})", old=found)
    books = read_books(asked.settings.model_copy(update={"lectern_prompts_dir": None if old == SHIPPED else path}))
    called = "the shipped files" if old == SHIPPED else str(path)
    return replace(asked, compared=f"{called} (guidelines {books.playbook.version})", old=books)


async def _before(asked: Asked, model: Model | None, drafts: Sequence[Draft]) -> Mapping[str, Earlier]:
    """What came of the same cases with the old files, or came then."""
    if not isinstance(asked.old, Books):
        return asked.old or {}
    with _progress() as progress:
        task = progress.add_task("Examining with the old files", total=len(drafts) * asked.repeat)
        report = await evaluate_cases(
            asked.old,
            model,
            drafts,
            repeat=asked.repeat,
            parallel=asked.settings.lectern_llm_parallel,
            done=lambda: progress.advance(task),
        )
    return earlier(evaluated(report))


def _progress() -> Progress:
    """A bar on standard error, gone when it is done, so that what is printed can be piped."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )

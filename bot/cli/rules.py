"""`lectern rules`: the rules in use, one of them explained, or a page for each."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot.books import Books, read_books
from bot.cli.leaflet import Section, leaflet
from bot.cli.pages import write_pages
from bot.errors import InputError
from bot.logs import configure, quieter
from bot.playbook import Playbook, RuleSpec
from bot.rules.standing import standing
from bot.settings import PROMPTS, read_settings

WIDE = 200
NARROWEST, WIDEST, USUAL = 40, 100, 80
"""Characters to a line: at least, at most, and where nobody says how wide the screen is."""


@click.command()
@click.argument("rule", required=False, metavar="[ID]")
@click.option(
    "--pages", type=click.Path(path_type=Path, file_okay=False), help="Write a page for each rule to a folder."
)
@click.option("--shipped", is_flag=True, help="The rules that Lectern comes with, whatever LECTERN_PROMPTS_DIR says.")
def rules(rule: str | None, pages: Path | None, shipped: bool) -> None:
    """List the rules, explain one by its name or number, or write a page for each."""
    settings = read_settings(only=PROMPTS)
    configure(quieter(settings.lectern_log_level))
    books = read_books(settings.model_copy(update={"lectern_prompts_dir": None}) if shipped else settings)
    if pages is not None:
        _write(books, pages, here=not shipped)
        return
    # The texts of rules are shown as they are: no marks, and “:rocket:” stays a word.
    console = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
    if rule is None:
        _list(books, console)
        return
    wanted = rule.casefold()
    found = next(
        (spec for spec in books.playbook.rules if wanted in {spec.name.casefold(), spec.number.casefold()}), None
    )
    if found is None:
        raise InputError(f"There is no rule “{rule}”. `lectern rules` lists all of them.")
    _explain(books, found, console, here=not shipped)


def _list(books: Books, console: Console) -> None:
    left_out = {rule.rule for rule in books.rules.left_out}
    rows = [
        (spec, "left out" if spec.name in left_out else _weight(spec, books.playbook)) for spec in books.playbook.rules
    ]
    if console.is_terminal:
        table = Table("No.", "Name", "Here", "Finds", box=None, pad_edge=False)
        for spec, weight in rows:
            table.add_row(spec.number, spec.name, weight, spec.title)
        console.print(table, soft_wrap=False)
    else:
        # For grep and its like, a rule stays on its line.
        console.width = WIDE
        table = Table("No.", "Name", "Finds", "Here", "Goes to", "Guideline", box=None, pad_edge=False)
        for spec, weight in rows:
            table.add_row(spec.number, spec.name, spec.title, weight, spec.owner or "", spec.guideline)
        console.print(table)
    if any(weight.endswith("*") for _, weight in rows):
        console.print("* changed by your files; `lectern rules` with its name says where.")
    console.print(f"{len(books.rules.names)} rules, guidelines {books.playbook.version}.")


def _weight(spec: RuleSpec, playbook: Playbook) -> str:
    stands = standing(spec, playbook)
    return f"{stands.weight}{'*' if stands.changed else ''}"


def _explain(books: Books, spec: RuleSpec, console: Console, *, here: bool) -> None:
    width = min(max(console.width if console.is_terminal else USUAL, NARROWEST), WIDEST)
    left_out = spec.name in {rule.rule for rule in books.rules.left_out}
    console.print(f"{spec.number} {spec.name}: {spec.title}")
    for section in leaflet(spec, books.playbook, here=here, left_out=left_out):
        if section.title and section.lines:
            console.print(f"\n{section.title}")
        for line in _lines(section, width):
            console.print(line)


def _lines(section: Section, width: int) -> list[str]:
    """A section for a terminal. Lines of a file are never broken."""
    if section.form == "file":
        return [f"  {line}" for line in section.lines]
    if section.form == "facts":
        named = [line.split(": ", 1) for line in section.lines]
        wide = max(len(name) for name, _ in named) + 2
        return [one for name, said in named for one in _wrapped(said, width, name.ljust(wide), " " * wide)]
    first = "  - " if section.form in ("points", "quotes") else "  "
    return [one for line in section.lines for one in _wrapped(line, width, first, " " * len(first))]


def _wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        wrapper = textwrap.TextWrapper(
            width,
            initial_indent=others if number else first,
            subsequent_indent=others,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += wrapper.wrap(line) or [""]
    return lines


def _write(books: Books, folder: Path, *, here: bool) -> None:
    try:
        written, removed = write_pages(folder, books.playbook, here=here)
    except OSError as error:
        raise InputError(f"{folder} can't be written ({error.strerror}). Name another folder.") from None
    gone = f", {removed} removed" if removed else ""
    click.echo(f"{folder}: {written} pages{gone}.")

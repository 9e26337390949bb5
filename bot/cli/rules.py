"""`lectern rules`: the rules in use, and one of them explained."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from bot.books import Books, read_books
from bot.errors import InputError
from bot.logs import configure, quieter
from bot.playbook import RuleSpec, Sample
from bot.settings import PROMPTS, read_settings

WIDE = 200


@click.command()
@click.argument("rule", required=False, metavar="[ID]")
def rules(rule: str | None) -> None:
    """List the rules, or explain one by its name or number."""
    settings = read_settings(only=PROMPTS)
    configure(quieter(settings.lectern_log_level))
    books = read_books(settings)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if rule is None:
        _list(books, console)
        return
    wanted = rule.casefold()
    found = next(
        (spec for spec in books.playbook.rules if wanted in {spec.name.casefold(), spec.number.casefold()}), None
    )
    if found is None:
        raise InputError(f"There is no rule “{rule}”. `lectern rules` lists all of them.")
    _explain(books, found, console)


def _list(books: Books, console: Console) -> None:
    table = Table("No.", "Name", "Finds", "Severity", "Goes to", "Guideline", box=None, pad_edge=False)
    left_out = {rule.rule for rule in books.rules.left_out}
    for spec in books.playbook.rules:
        severity = "left out" if spec.name in left_out else spec.severity.value
        table.add_row(spec.number, spec.name, spec.title, severity, spec.owner or "", spec.guideline)
    if not console.is_terminal:
        # For grep and its like, a rule stays on its line.
        console.width = WIDE
    console.print(table)
    console.print(f"{len(books.rules.names)} rules, guidelines {books.playbook.version}.")


def _where(sample: Sample) -> str:
    """Under which circumstances a sample holds, where the text alone does not tell."""
    parts = [f"{name} is {value}" for name, value in sample.organisation.items()]
    parts += [f"for {platform}" for platform in sample.platforms]
    parts += [f"{sample.images} image(s), {sample.described} described"] if sample.images else []
    parts += [f"in the window “{sample.window}”"] if sample.window else []
    return f"  ({'; '.join(parts)})" if parts else ""


def _explain(books: Books, spec: RuleSpec, console: Console) -> None:
    guideline = books.playbook.guideline(spec.guideline)
    console.print(f"{spec.number} {spec.name}: {spec.title}")
    console.print(
        f"Severity: {spec.severity.value}" + "".join(f"; {when}: {level}" for when, level in spec.severity_when.items())
    )
    if spec.owner:
        console.print(f"Goes to: {spec.owner}")
    console.print(f"Guideline {guideline.id}, {guideline.title}: {guideline.principle}")
    console.print(f"\nWhy: {spec.reason}\nSays: {spec.message}\nInstead: {spec.fix}")
    console.print("\nFlags, for example:")
    for sample in spec.flags:
        console.print(f"  {sample.text}{_where(sample)}")
    console.print("Passes, for example:")
    for sample in spec.passes:
        console.print(f"  {sample.text}{_where(sample)}")
    console.print(
        f"\nSource: {spec.source}\nWritten in: prompts/{spec.file.removeprefix('prompts/')}, line {spec.line}"
    )

"""The rules as pages in Markdown: one for each rule and a list of all, made from the playbook alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from bot.cli.leaflet import Section, leaflet
from bot.playbook import Playbook, RuleSpec
from bot.rules.standing import standing

MADE = (
    "<!-- Written by `lectern rules --pages`: change the rule's file in prompts/rules, then write the pages anew. -->"
)
INDEX = "README.md"

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_LIST = re.compile(r"^(\s*)(\d*)([-+.)])")


def pages(playbook: Playbook, *, here: bool) -> Mapping[str, str]:
    """File name and text of each page. Without `here` they say nothing of the organisation."""
    made = {f"{spec.name}.md": _page(spec, playbook, here=here) for spec in playbook.rules}
    return {INDEX: _index(playbook, here=here), **made}


def write_pages(folder: Path, playbook: Playbook, *, here: bool) -> tuple[int, int]:
    """Write all pages, and remove those of rules that are no more. How many of each; raises OSError."""
    made = pages(playbook, here=here)
    folder.mkdir(parents=True, exist_ok=True)
    old = [
        path for path in folder.glob("*.md") if path.name not in made and path.read_bytes().startswith(MADE.encode())
    ]
    for path in old:
        path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return len(made), len(old)


def _index(playbook: Playbook, *, here: bool) -> str:
    lines = [MADE, "", "# The rules", ""]
    lines += [
        f"{len(playbook.rules)} rules, by family. Each page says what the rule finds, why, and how to change it.",
        "",
    ]
    for letter, family in groupby(playbook.rules, key=lambda spec: spec.number[0]):
        rules = list(family)
        title = Path(rules[0].file).stem.replace("-", " ").capitalize()
        lines += [f"## {title} ({letter})", ""]
        lines += ["| No. | Rule | Finds | Severity | Goes to | Guideline |", "| --- | --- | --- | --- | --- | --- |"]
        for spec in rules:
            weight = standing(spec, playbook).weight if here else spec.severity.value
            name = f"[{spec.name}]({spec.name}.md)"
            cells = (spec.number, name, escaped(spec.title), weight, spec.owner or "", spec.guideline)
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def _page(spec: RuleSpec, playbook: Playbook, *, here: bool) -> str:
    lines = [MADE, "", f"# {spec.number} {spec.name}: {escaped(spec.title)}", ""]
    for section in leaflet(spec, playbook, here=here):
        lines += _section(section)
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section) -> list[str]:
    if not section.lines:
        return []
    lines = [f"## {section.title}", ""] if section.title else []
    if section.form == "file":
        return [*lines, "```toml", *section.lines, "```", ""]
    if section.form == "facts":
        named = [line.split(": ", 1) for line in section.lines]
        return [*lines, "| | |", "| --- | --- |", *(f"| {name} | {spoken(said)} |" for name, said in named), ""]
    if section.form == "text":
        return [*lines, *(part for line in section.lines for part in (spoken(line), ""))]
    if section.form == "points":
        return [*lines, *(f"- {escaped(line)}" for line in section.lines), ""]
    for line in section.lines:
        lines += ["> " + "\\\n> ".join(escaped(one) for one in line.split("\n") if one.strip()), ""]
    return lines


def escaped(text: str) -> str:
    """Text of people, with nothing in it that Markdown takes for a mark."""
    marked = _MARKS.sub(r"\\\1", text)
    return _LIST.sub(lambda found: f"{found[1]}{found[2]}\\{found[3]}", marked)


def spoken(text: str) -> str:
    """A sentence of Lectern's own, in which a command may stand between two backticks."""
    pieces = text.split("`")
    return "`".join(piece if number % 2 else escaped(piece) for number, piece in enumerate(pieces))

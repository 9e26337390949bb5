"""How well the rules alone sort posts: a file of posts with what is right for each, and what Lectern says of them.

Each line of a file is a JSON object with `id` and `text`, and what is right: `verdict` (hold, redirect, edit or ready)
and, for a redirect, `route`; or, where nobody has read the posts one by one, a `label_hint`: the team's route, `hold`, or
whose posts they are. A hint that says nothing of what is right ("hold?", a company's voice, another language) is counted
in the matrix and in no rate. The posts stay outside this repository.

    python -m bench.posts [--half a|b] [--listed us] [--show missed|false|route] [--text] FILE…

Whoever tunes the rules looks at one half of the posts (`--half a`) and judges by the other: which half a post is in
depends on its id alone. Rates over few posts are given with their 95 % interval (Wilson's).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bot.books import Books
from bot.examine import Subject, by_rules
from bot.model import Verdict
from bot.playbook import load_playbook
from bot.rules import compile_rules
from bot.rules.kind import Context

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FINE = "ready or edit"
"""Where the border lies between the two is soft even for people, so they are counted as one."""
UNTOLD = "nobody said"
OWN_POSTS = frozenset({"leader_post", "linkedin_professional"})
"""Hints of posts that people wrote as themselves: mostly neither to be held nor to be redirected."""
OTHER_NAMES = {"it_status": "product-support", "customer_care": "customer-care"}
ROWS = ("hold", "redirect", "wait", FINE, UNTOLD)


@dataclass(frozen=True, slots=True)
class Expected:
    """A post and what is right for it: `outcome` one of ROWS, `routes` any of which is right (none: nobody said which)."""

    id: str
    text: str
    outcome: str
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A post with what Lectern says of it."""

    post: Expected
    verdict: Verdict

    @property
    def outcome(self) -> str:
        """The outcome as one of ROWS."""
        return FINE if self.verdict.outcome.value in ("ready", "edit") else self.verdict.outcome.value

    @property
    def right_route(self) -> bool:
        """Whether the redirect names a team that the post belongs to."""
        return self.verdict.route in self.post.routes

    def is_(self, kind: str) -> bool:
        """Whether it belongs to a list that `--show` asks for."""
        told = self.outcome in ("hold", "redirect")
        if kind == "missed":
            return self.post.outcome in ("hold", "redirect") and self.outcome != self.post.outcome
        if kind == "false":
            return self.post.outcome == FINE and told
        return self.post.outcome == "redirect" == self.outcome and not self.right_route


def read(path: Path, half: str | None, teams: frozenset[str]) -> Iterator[Expected]:
    """The posts of a file. Raises `click.ClickException`, which names the line, for one that can't be read."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name, text = str(row["id"]), str(row["text"])
        except (ValueError, KeyError, TypeError):
            raise click.ClickException(f"{path}, line {number}: a JSON object with id and text is needed.") from None
        if not half or half_of(name) == half:
            yield Expected(name, text, *_right(row, teams))


def half_of(name: str) -> str:
    """Which half a post is in: `a` or `b`, by its id."""
    return "ab"[hashlib.sha256(name.encode()).digest()[0] % 2]


def _right(row: dict[str, Any], teams: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    if "verdict" in row:
        outcome = FINE if row["verdict"] in ("ready", "edit") else row["verdict"]
        return outcome, tuple(filter(None, [row.get("route")]))
    hint = str(row.get("label_hint") or "")
    routes = tuple(OTHER_NAMES.get(one, one) for one in hint.split("|"))
    if teams.issuperset(routes):
        return "redirect", routes
    if hint == "hold":
        return hint, ()
    return (FINE, ()) if hint in OWN_POSTS else (UNTOLD, ())


def shipped(listed: str | None) -> Books:
    """The shipped prompts and their rules, as if the organisation were listed so."""
    playbook = load_playbook()
    if listed:
        playbook = replace(playbook, organisation=playbook.organisation.model_copy(update={"listed": listed}))
    return Books(playbook, compile_rules(playbook)[0])


def judge(books: Books, posts: Iterable[Expected]) -> list[Judged]:
    """Each post as `lectern review --rules-only` would have it, for a leader of whom nothing is known."""
    platforms = tuple(one.id for one in books.playbook.platforms)
    context = Context(now=NOW, platforms=platforms)
    subjects = ((post, Subject(post.text, context, platforms, NOW.date())) for post in posts)
    return [Judged(post, by_rules(books, one, pending=False, status="rules_only")) for post, one in subjects]


def rate(found: int, of: int) -> str:
    """A share with Wilson's interval: `33 of 41, 80.5 % (66 % to 90 %)`; `none` of none."""
    if not of:
        return "none"
    share, z = found / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{found} of {of}, {share:.1%} ({max(middle - reach, 0):.0%} to {middle + reach:.0%})".replace("%", " %")


def report(name: str, judged: list[Judged], console: Console) -> None:
    """The matrix and the rates of one file."""
    counted = Counter((one.post.outcome, one.outcome) for one in judged)
    told = ROWS[:-1]
    table = Table("right", *told, title=f"{name}: {len(judged)} posts")
    for right in ROWS:
        if any(counted[right, one] for one in told):
            table.add_row(right, *(str(counted[right, one]) for one in told))
    console.print(table)
    for outcome in ("redirect", "hold"):
        of = [one for one in judged if one.post.outcome == outcome]
        if of:
            console.print(f"{outcome} found: {rate(sum(one.outcome == outcome for one in of), len(of))}")
    redirected = [one for one in judged if one.is_("route") or (one.post.outcome == one.outcome == "redirect")]
    routed = [one for one in redirected if one.post.routes]
    if routed:
        console.print(f"route right: {rate(sum(one.right_route for one in routed), len(routed))}")
    fine = [one for one in judged if one.post.outcome == FINE]
    if fine:
        wrong = Counter(one.outcome for one in fine if one.is_("false"))
        console.print(f"held or redirected, {FINE} being right: {rate(wrong.total(), len(fine))}")
        console.print(f"    held {wrong['hold']}, redirected {wrong['redirect']}")
    settling = sum(any(finding.grey for finding in one.verdict.findings) for one in judged)
    console.print(f"left for the review to settle: {rate(settling, len(judged))}")


def show(judged: list[Judged], kind: str, with_text: bool, console: Console) -> None:
    """The posts of one kind: id, what is right, what Lectern says and by which rules."""
    for one in judged:
        if not one.is_(kind):
            continue
        heavy = [finding for finding in one.verdict.findings if finding.severity.value in ("hold", "redirect")]
        rules = "; ".join(f"{f.rule}{' (grey)' if f.grey else ''}: {f.evidence or f.quote[:40]!r}" for f in heavy)
        right = f"{one.post.outcome} {'|'.join(one.post.routes)}".strip()
        told = f"{one.outcome} {one.verdict.route or ''}".strip()
        console.print(f"{one.post.id}: {right} -> {told}. {rules}", markup=False, highlight=False)
        if with_text:
            console.print("    " + one.post.text.replace("\n", " / "), markup=False, highlight=False)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--half", type=click.Choice(["a", "b"]), help="Only the posts of one half.")
@click.option("--listed", type=click.Choice(["us", "uk", "eu", "no"]), help="As if the organisation were listed so.")
@click.option("--show", "kind", type=click.Choice(["missed", "false", "route"]), help="Name the posts of one kind.")
@click.option("--text", "with_text", is_flag=True, help="Print their texts too.")
def main(files: tuple[Path, ...], half: str | None, listed: str | None, kind: str | None, with_text: bool) -> None:
    """Say how well the rules sort the posts of FILES."""
    console = Console(width=120, soft_wrap=True)
    if not files:
        console.print("No posts given: name files with one JSON object per line (id, text, verdict, route).")
    books = shipped(listed)
    teams = frozenset(route.id for route in books.playbook.routes)
    for path in files:
        judged = judge(books, read(path, half, teams))
        report(path.stem, judged, console)
        if kind:
            show(judged, kind, with_text, console)


if __name__ == "__main__":
    main()

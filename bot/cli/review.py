"""`lectern review`: one text, or one JSON line after another, reviewed as in Slack. Keeps nothing."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.books import Books, read_books
from bot.cli.jobs import Job, read_lines, read_texts
from bot.cli.output import as_json, as_text
from bot.errors import InputError, UserError
from bot.examine import Subject, by_both, by_rules
from bot.llm import Model, open_model
from bot.logs import configure, quieter
from bot.model import Verdict
from bot.playbook import Leader
from bot.rules.kind import Context
from bot.settings import PROMPTS, Settings, read_settings


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What reviews need: the playbook, the model where one is set, and whose post it would be."""

    books: Books
    model: Model | None
    settings: Settings
    leader: str = ""
    profile: Leader | None = None
    rules_only: bool = False

    async def review(self, job: Job) -> Verdict:
        """The verdict on one text. Raises `InputError` for a network that the playbook does not know."""
        subject = self._subject(job)
        if self.rules_only:
            return by_rules(self.books, subject, pending=False, status="rules_only")
        return await by_both(self.books, self.model, subject)

    def _subject(self, job: Job) -> Subject:
        playbook, profile = self.books.playbook, self.profile
        now = datetime.now(UTC)
        if job.platform:
            platform = playbook.find_platform(job.platform)
            if platform is None:
                known = ", ".join(one.id for one in playbook.platforms)
                raise InputError(f"“{job.platform}” is no network that Lectern knows. Use one of: {known}.")
            platforms: tuple[str, ...] = (platform.id,)
        else:
            platforms = (profile.platforms if profile else ()) or tuple(one.id for one in playbook.platforms)
        zone = (profile.timezone if profile else "") or self.settings.lectern_timezone
        context = Context(
            now=now,
            timezone=zone,
            leader=self.leader,
            platforms=platforms,
            platform_known=bool(job.platform),
            windows=playbook.open_windows(now, self.leader, platforms),
        )
        return Subject(
            job.text, context, platforms, now.astimezone(ZoneInfo(zone)).date(), profile.voice if profile else ""
        )


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", help="The text itself, instead of a file.")
@click.option("--platform", help="The network that it is for; without it, all are measured.")
@click.option("--leader", default="", help="Whose post it would be: name or id, as in organisation.toml.")
@click.option("--json", "json_out", is_flag=True, help="Print JSON instead of the card.")
@click.option(
    "--jsonl", is_flag=True, help="Read one JSON object per line (id, text, optional platform), print one per line."
)
@click.option("--rules-only", is_flag=True, help="Do not ask the model: half a check.")
def review(
    files: tuple[Path, ...],
    text: str | None,
    platform: str | None,
    leader: str,
    json_out: bool,
    jsonl: bool,
    rules_only: bool,
) -> None:
    """Review a text from FILES, --text or standard input, as the card or as JSON."""
    settings = read_settings(only=(*PROMPTS, "lectern_timezone") if rules_only else ())
    configure(quieter(settings.lectern_log_level))
    books = read_books(settings)
    model = None if rules_only else open_model(settings)
    profile = _profile(books, leader)
    reviewer = Reviewer(books, model, settings, profile.id if profile else leader, profile, rules_only)
    jobs = read_lines(files, text, platform) if jsonl else iter(read_texts(files, text, platform))
    faulty = asyncio.run(_run(reviewer, jobs, json_out=json_out or jsonl, compact=jsonl))
    if faulty:
        raise SystemExit(1)


def _profile(books: Books, leader: str) -> Leader | None:
    """What comms wrote about that leader, by id or by name. For somebody unknown a remark to standard error."""
    if not leader:
        return None
    wanted = leader.casefold()
    for known in books.playbook.organisation.leaders:
        if wanted in {known.id.casefold(), known.name.casefold()}:
            return known
    click.echo(
        f"“{leader}” does not stand in organisation.toml, and is taken as a leader with no table there.", err=True
    )
    return None


async def _run(reviewer: Reviewer, jobs: Iterator[Job], *, json_out: bool, compact: bool) -> bool:
    faulty = False
    first = True
    try:
        async for job, result in _in_order(reviewer, jobs):
            if isinstance(result, Verdict):
                shown = as_json(job.id, result) if json_out else as_text(job.text, result, reviewer.books.playbook)
            elif compact:
                faulty = True
                shown = {"id": job.id, "error": result}
            else:
                raise InputError(result)
            if not json_out and not first:
                click.echo()
            first = False
            click.echo(json.dumps(shown, ensure_ascii=False, indent=None if compact else 2) if json_out else shown)
    finally:
        if reviewer.model is not None:
            await reviewer.model.close()
    return faulty


async def _in_order(reviewer: Reviewer, jobs: Iterator[Job]) -> AsyncIterator[tuple[Job, Verdict | str]]:
    """Results in the order of the jobs, each as soon as it is there; with a model, as many side by side as it takes."""
    if reviewer.model is None:
        for job in jobs:
            yield job, await _one(reviewer, job)
        return
    running: deque[tuple[Job, asyncio.Task[Verdict | str]]] = deque()
    reading: asyncio.Task[Job | None] | None = _next(jobs)
    while reading is not None or running:
        reads = reading is not None and len(running) < reviewer.settings.lectern_llm_parallel
        # Both at once, so that neither a slow line nor a slow answer holds up the other.
        waited = ([reading] if reads and reading is not None else []) + ([running[0][1]] if running else [])
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if reading is not None and reading.done() and reads:
            read = reading.result()
            if read is not None:
                running.append((read, asyncio.create_task(_one(reviewer, read))))
            reading = None if read is None else _next(jobs)
        while running and running[0][1].done():
            job, task = running.popleft()
            yield job, task.result()


def _next(jobs: Iterator[Job]) -> asyncio.Task[Job | None]:
    return asyncio.create_task(asyncio.to_thread(next, jobs, None))


async def _one(reviewer: Reviewer, job: Job) -> Verdict | str:
    if job.error:
        return job.error
    try:
        return await reviewer.review(job)
    except UserError as error:
        return str(error)

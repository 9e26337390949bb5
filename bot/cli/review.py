"""`lectern review`: one text, or one JSON line after another, reviewed as in Slack. Keeps nothing."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.books import Books, read_books
from bot.cli.output import as_json, as_text
from bot.errors import InputError, UserError
from bot.examine import Subject, by_both, by_rules
from bot.llm import Model, open_model
from bot.model import Verdict
from bot.rules.kind import Context
from bot.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Job:
    """One text to review, or why there is none. `id` is what the caller calls it."""

    id: Any
    text: str = ""
    platform: str | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What reviews need: the playbook, the model where one is set, and whose post it would be."""

    books: Books
    model: Model | None
    settings: Settings
    leader: str = ""
    rules_only: bool = False

    async def review(self, job: Job) -> Verdict:
        """The verdict on one text. Raises `InputError` for a network that the playbook does not know."""
        subject = self._subject(job)
        if self.rules_only:
            return by_rules(self.books, subject, pending=False, status="rules_only")
        return await by_both(self.books, self.model, subject)

    def _subject(self, job: Job) -> Subject:
        playbook = self.books.playbook
        now = datetime.now(UTC)
        profile = playbook.leader(self.leader) if self.leader else None
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
@click.option("--leader", default="", help="Whose post it would be, as named in organisation.toml.")
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
    settings = read_settings()
    books = read_books(settings)
    model = None if rules_only else open_model(settings)
    reviewer = Reviewer(books, model, settings, leader, rules_only)
    jobs = _lines(files, text, platform) if jsonl else _texts(files, text, platform)
    faulty = asyncio.run(_run(reviewer, jobs, json_out=json_out or jsonl, compact=jsonl))
    if faulty:
        raise SystemExit(1)


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
    """Results in the order of the jobs, with as many under way at once as the model takes side by side."""
    width = 1 if reviewer.model is None else reviewer.settings.lectern_llm_parallel
    running: list[tuple[Job, asyncio.Task[Verdict | str]]] = []
    for job in jobs:
        running.append((job, asyncio.create_task(_one(reviewer, job))))
        if len(running) >= width:
            oldest, task = running.pop(0)
            yield oldest, await task
    for oldest, task in running:
        yield oldest, await task


async def _one(reviewer: Reviewer, job: Job) -> Verdict | str:
    if job.error:
        return job.error
    try:
        return await reviewer.review(job)
    except UserError as error:
        return str(error)


def _texts(files: tuple[Path, ...], text: str | None, platform: str | None) -> Iterator[Job]:
    if text is not None:
        yield _text_job("text", text, platform)
    for path in files:
        yield _text_job(str(path), _read(path), platform)
    if text is None and not files:
        yield _text_job("stdin", _read(Path("-")), platform)


def _text_job(name: str, text: str, platform: str | None) -> Job:
    text = text.rstrip("\n")
    if not text.strip():
        return Job(name, error=f"{name} holds no text. Give the words of the post.")
    return Job(name, text, platform)


def _lines(files: tuple[Path, ...], text: str | None, platform: str | None) -> Iterator[Job]:
    if text is not None:
        raise InputError(
            "--jsonl reads lines of JSON from files or standard input; it can't be used together with --text."
        )
    for path in files or (Path("-"),):
        for number, line in enumerate(_open(path), start=1):
            if line.strip():
                yield _line_job(line, number, platform)


def _line_job(line: str, number: int, platform: str | None) -> Job:
    try:
        told = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return Job(None, error=f"Line {number} is not JSON. Give one object per line, with id and text.")
    if not isinstance(told, dict):
        return Job(None, error=f"Line {number} is not a JSON object. Give one object per line, with id and text.")
    name, text, chosen = told.get("id"), told.get("text"), told.get("platform") or platform
    if not isinstance(text, str) or not text.strip():
        return Job(name, error=f"Line {number} has no text. Give the words of the post under “text”.")
    if chosen is not None and not isinstance(chosen, str):
        return Job(name, error=f"Line {number} names a platform that is not a word.")
    return Job(name, text, chosen)


def _open(path: Path) -> Iterator[str]:
    if str(path) == "-":
        yield from (raw.decode("utf-8", "replace") for raw in sys.stdin.buffer)
        return
    yield from _read(path).splitlines()


def _read(path: Path) -> str:
    if str(path) == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not a text in UTF-8. Save it as UTF-8 and try again.") from None
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}). Check its name.") from None

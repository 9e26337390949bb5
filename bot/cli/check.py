"""`lectern check`: prompts, settings, Slack and model, every fault in one go and in words."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

import click
from aiohttp import ClientSession

from bot.critique import question_fault
from bot.errors import StoreError, UserError
from bot.llm import open_model
from bot.logs import configure, quieter
from bot.playbook import Fault, Playbook, differences, read_cases, read_playbook
from bot.rules import compile_rules, prove
from bot.settings import PROMPTS, Settings, read_settings
from bot.slack.clients import make_clients, sign_in
from bot.slack.connection import try_app_token
from bot.slack.rooms import room_faults
from bot.store import Store, missing_file

MOST_SHOWN = 20
"""Faults of one file that are told one by one."""


@click.command()
@click.option("--prompts-only", is_flag=True, help="Look at prompts/ alone: no settings, no network.")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="Say what differs from this folder of prompts, not from the shipped.",
)
def check(prompts_only: bool, against: Path | None) -> None:
    """Check prompts/, settings, database, Slack and model. Exit code 1 when anything is wrong."""
    settings = read_settings(only=PROMPTS if prompts_only else ())
    configure(quieter(settings.lectern_log_level))
    playbook, wrong = _prompts(settings)
    if playbook is not None:
        wrong += _changes(playbook, settings.lectern_prompts_dir, against)
    if not prompts_only:
        wrong += asyncio.run(_outside(settings, playbook))
    if wrong:
        click.echo(f"{wrong} to mend.")
        raise SystemExit(1)
    click.echo("Nothing is wrong.")


def _prompts(settings: Settings) -> tuple[Playbook | None, int]:
    playbook, faults = read_playbook(settings.lectern_prompts_dir)
    told = list(faults)
    if playbook is not None:
        _, broken = compile_rules(playbook)
        told += [fault for fault in broken if fault not in told]
        told += [fault for fault in prove(playbook) if fault not in told]
        told += read_cases((), playbook, settings.lectern_prompts_dir)[1]
        click.echo(
            f"prompts/: {len(playbook.guidelines)} guidelines, {len(playbook.rules)} rules, {len(playbook.routes)} teams, "
            f"{len(playbook.platforms)} networks, {len(playbook.messages)} key messages; version {playbook.version}."
        )
        unanswerable = question_fault(playbook)
        if unanswerable is not None:
            click.echo(unanswerable)
            _show(told)
            return playbook, len(told) + 1
    _show(told)
    return playbook, len(told)


def _changes(playbook: Playbook, overlay: Path | None, against: Path | None) -> int:
    """Tell what differs from other files: those of `against`, else, with files of one's own, the shipped. Faults found."""
    if overlay is None and against is None:
        return 0
    other, faults = read_playbook(against)
    called = "the shipped files" if against is None else str(against)
    if other is None:
        click.echo(f"{called} can't be compared with: {next(fault for fault in faults if fault.fatal)}")
        return 1
    changed = differences(other, playbook)
    click.echo(f"Changed from {called}:" if changed else f"Nothing is changed from {called}.")
    for line in changed:
        click.echo(f"  {line}")
    return 0


def _show(faults: list[Fault]) -> None:
    """Each fault on a line, those of one file together and not more than a screen can hold."""
    by_file: dict[str, list[Fault]] = {}
    for fault in faults:
        by_file.setdefault(fault.file, []).append(fault)
    for file, found in by_file.items():
        for fault in found[:MOST_SHOWN]:
            click.echo(str(fault))
        if len(found) > MOST_SHOWN:
            click.echo(f"{file}: {len(found) - MOST_SHOWN} more of the kind. Mend the first ones, and check again.")


async def _outside(settings: Settings, playbook: Playbook | None) -> int:
    faults = [*await _database(settings), *await _slack(settings, playbook), *await _model(settings)]
    for sentence in faults:
        click.echo(sentence)
    return len(faults)


async def _database(settings: Settings) -> list[str]:
    missing = missing_file(settings.database_url)
    if missing is not None:
        return await _new_database(settings, missing)
    try:
        store = await Store.open(settings.database_url, encryption_keys=settings.encryption_keys)
    except UserError as error:
        return [str(error)]
    try:
        await store.ping()
    except StoreError:
        return ["The database does not answer. Check DATABASE_URL."]
    finally:
        await store.close()
    click.echo("Database: open, and its tables are up to date.")
    return []


async def _new_database(settings: Settings, path: Path) -> list[str]:
    """Whether the first start could make the file. Nothing is left behind: the one tried stands elsewhere for a moment."""
    with tempfile.TemporaryDirectory(prefix="lectern-") as folder:
        try:
            store = await Store.open(f"sqlite:///{folder}/try.db", encryption_keys=settings.encryption_keys)
        except UserError as error:
            return [str(error)]
        await store.close()
    in_the_way = _in_the_way(path)
    if in_the_way is not None:
        return [
            f"The database file {path} can't be made in {in_the_way}. Set DATABASE_URL to a file that Lectern may write."
        ]
    click.echo(f"Database: {path} is not there yet; the first start makes it.")
    return []


def _in_the_way(path: Path) -> Path | None:
    """The nearest thing above a file to come that is there, where no folder or file can be made in it."""
    there = next(parent for parent in path.absolute().parents if parent.exists())
    return None if there.is_dir() and os.access(there, os.W_OK) else there


async def _slack(settings: Settings, playbook: Playbook | None) -> list[str]:
    if settings.slack_bot_token is None:
        click.echo("Slack: not set up (SLACK_BOT_TOKEN is empty); `lectern playground` needs no account.")
        return []
    async with ClientSession() as session:
        clients = make_clients(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
        try:
            me = await sign_in(clients.web)
        except UserError as error:
            return [str(error)]
        click.echo(f"Slack: signed in as {me.user_id} in {me.team_id}.")
        faults = []
        if settings.slack_app_token is not None:
            try:
                await try_app_token(clients.web, settings.slack_app_token.get_secret_value())
            except UserError as error:
                faults.append(str(error))
        if not settings.lectern_draft_channels:
            faults.append("LECTERN_DRAFT_CHANNELS is not set. Name the private channels for drafts, by id.")
        if playbook is not None:
            faults += [fault.sentence for fault in await room_faults(clients.web, settings, playbook)]
            faults += [
                f"prompts/routes: {route.name} has no channel, so nothing can be sent to it. Set channel in its file."
                for route in playbook.routes
                if not route.channel
            ]
        return faults


async def _model(settings: Settings) -> list[str]:
    try:
        model = open_model(settings)
    except UserError as error:
        return [str(error)]
    if model is None:
        click.echo("Model: not set up (OPENAI_API_KEY or OPENAI_MODEL is empty), so every review is half a check.")
        return []
    try:
        fault = await model.probe()
    finally:
        await model.close()
    if fault:
        return [fault]
    click.echo(f"Model: {settings.openai_model} answers.")
    return []

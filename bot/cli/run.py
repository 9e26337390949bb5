"""`lectern run`: the bot, in Slack."""

from __future__ import annotations

import asyncio
import signal

import click
import structlog

from bot.app import Lectern, start
from bot.errors import UserError
from bot.logs import configure, place
from bot.settings import Settings, read_settings

log = structlog.get_logger("lectern")


@click.command()
def run() -> None:
    """The bot: Socket Mode with SLACK_APP_TOKEN, else HTTP on PORT."""
    settings = read_settings()
    configure(settings.lectern_log_level)
    asyncio.run(serve(settings))


async def serve(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, or until something ends that the bot can't live without.

    Raises `UserError` with what a person can mend. A fault of ours is logged by its kind and place, since its message
    may quote a draft, and ends the process with exit code 1.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    stopped = asyncio.create_task(stop.wait())
    starting = asyncio.create_task(start(settings))
    try:
        await asyncio.wait({stopped, starting}, return_when=asyncio.FIRST_COMPLETED)
        if stopped.done() and not starting.done():
            starting.cancel()
            await asyncio.wait({starting})
            return
        await keep_up(starting.result(), stopped)
    except UserError:
        raise
    except Exception as error:
        log.error("Lectern ends by a fault of its own", error=type(error).__name__, at=place(error))
        raise SystemExit(1) from None
    finally:
        stopped.cancel()


async def keep_up(bot: Lectern, stopped: asyncio.Task[bool]) -> None:
    """Until told to stop, or until the bot can't go on; then it is taken down. Raises what ended it."""
    log.info("Lectern is running", guidelines=bot.desk.playbook.version, rules=len(bot.desk.books.rules.names))
    ended = asyncio.create_task(bot.wait())
    try:
        done, _ = await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
        if ended in done:
            ended.result()
        log.info("Lectern stops")
    finally:
        ended.cancel()
        await bot.stop()

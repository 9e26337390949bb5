"""`lectern playground`: a local workspace in the browser with the real bot in it; and `lectern start`, which picks."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
import webbrowser
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import click
from aiohttp import web

from bot.app import start as start_bot
from bot.cli.run import keep_up, serve
from bot.errors import StartError
from bot.logs import configure, quieter
from bot.playground.scripted import create_scripted_app
from bot.playground.server import StandIn
from bot.playground.setup import in_playground, playground_settings
from bot.settings import Settings, read_settings

PORT = 3300


@click.command()
@click.option(
    "--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="Port on 127.0.0.1; 0 for any."
)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def playground(port: int, no_browser: bool) -> None:
    """A local workspace in the browser with the real bot in it; no account, no key."""
    settings = read_settings()
    configure(quieter(settings.lectern_log_level))
    asyncio.run(_play(settings, port, open_page=not no_browser))


@click.command()
def start() -> None:
    """The bot where .env holds Slack's tokens, else the playground."""
    settings = read_settings()
    if settings.slack_bot_token is not None:
        configure(settings.lectern_log_level)
        asyncio.run(serve(settings))
        return
    configure(quieter(settings.lectern_log_level))
    asyncio.run(_play(settings, PORT, open_page=True))


async def _play(settings: Settings, port: int, *, open_page: bool) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lectern-")))
        slack = await _workspace(stack, port)
        overrides: dict[str, Any] = {}
        if settings.openai_api_key is None or not settings.openai_model:
            overrides = {
                "openai_base_url": await _scripted(stack),
                "openai_api_key": "scripted",
                "openai_model": "scripted",
                "lectern_llm_profile": "compatible",
            }
        bot = await start_bot(playground_settings(settings, slack, folder, overrides), adapt=in_playground)
        model = "the scripted model, which answers the sample drafts" if overrides else settings.openai_model
        click.echo(f"The playground is open at {slack.url} (AI review by {model}). Ctrl+C ends it; nothing is kept.")
        if open_page and sys.stdout.isatty():
            webbrowser.open(slack.url)
        await keep_up(bot, asyncio.create_task(stop.wait()))


async def _workspace(stack: AsyncExitStack, port: int) -> StandIn:
    try:
        return await stack.enter_async_context(StandIn(port=port))
    except OSError:
        raise StartError(
            f"Port {port} can't be listened on; something else may use it. Choose another with --port."
        ) from None


async def _scripted(stack: AsyncExitStack) -> str:
    runner = web.AppRunner(create_scripted_app(), access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/v1"

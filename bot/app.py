"""The one place where concrete parts are chosen and put together. Nothing here happens at import.

`start` brings up a whole bot and returns it running; `Lectern.stop` takes it down again in the right order.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import ClientSession, ClientTimeout
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.books import Adapt, read_books, unchanged
from bot.catching_up import CatchingUp
from bot.engine import launch
from bot.errors import SettingsError
from bot.llm import open_model
from bot.meters import Meters
from bot.reminders import Reminders
from bot.review import Line, Starter
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack import listeners
from bot.slack.clients import make_clients, sign_in
from bot.slack.connection import Connection, try_app_token
from bot.slack.desk import Desk
from bot.slack.drawing import Drawing
from bot.slack.outbox import Outbox
from bot.slack.people import People
from bot.slack.rooms import check_rooms
from bot.slack.web import Web
from bot.store import Store
from bot.watch import Watch


@dataclass
class Lectern:
    """A running bot."""

    desk: Desk
    bolt: AsyncApp
    web: Web | None
    _stack: AsyncExitStack
    _failed: asyncio.Future[None]

    async def wait(self) -> None:
        """Until something that the bot can't live without has ended; raises what ended it."""
        await asyncio.shield(self._failed)

    async def stop(self) -> None:
        """Stop taking in, let what runs come to its end, and close everything."""
        if not self._failed.done():
            self._failed.cancel()
        await self._stack.aclose()


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


async def start(settings: Settings, *, adapt: Adapt = unchanged, clock: Callable[[], datetime] = now) -> Lectern:
    """Bring up the bot. Raises `UserError` with a sentence for whatever is missing, wrong or out of reach."""
    token = _tokens(settings)
    async with AsyncExitStack() as stack:
        watch = Watch(settings.lectern_prompts_dir, lambda: read_books(settings, adapt))
        books = watch.books
        model = open_model(settings)
        if model is not None:
            stack.push_async_callback(model.close)
        store = await Store.open(
            settings.database_url,
            encryption_keys=settings.encryption_keys,
            text_days=books.playbook.organisation.retention.text_days,
        )
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(ClientSession(timeout=ClientTimeout(total=30)))
        clients = make_clients(token, settings.slack_api_url, session)
        me = await sign_in(clients.web)
        people = People(
            clients.web,
            me,
            settings.lectern_draft_channels,
            settings.lectern_oversight_channel,
            settings.lectern_comms_group,
        )
        await check_rooms(clients.web, settings, books.playbook)
        drawing = Drawing(store, people, lambda: books.playbook, clock, settings.lectern_timezone)
        outbox = Outbox(store, clients, drawing, clock, settings.lectern_executor_id, me.user_id)
        desk = Desk(settings, store, clients, me, people, books, drawing, outbox, clock)
        meters = Meters()
        run = launch(stack, settings, Line(desk, model, meters))
        looks = (watch.look, Schedule(desk).look, Reminders(desk).look, people.meet, CatchingUp(desk, model).look)
        starter = Starter(desk, run, looks)
        bolt = _bolt(settings, desk, token)
        failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        web = await _serve(stack, settings, bolt, desk, meters)
        await _connect(stack, settings, bolt, desk, web, failed)
        _keep(stack, asyncio.create_task(starter.forever()), failed)
        return Lectern(desk, bolt, web, stack.pop_all(), failed)


def _tokens(settings: Settings) -> str:
    missing = []
    if settings.slack_bot_token is None:
        missing.append(
            "SLACK_BOT_TOKEN is not set. Copy the Bot User OAuth Token, which begins with xoxb-, from OAuth & Permissions "
            "in your Slack app's settings."
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        missing.append(
            "Neither SLACK_APP_TOKEN (Socket Mode: Basic Information, App-Level Tokens, scope connections:write) nor "
            "SLACK_SIGNING_SECRET (HTTP: Basic Information, App Credentials) is set. Set one of them."
        )
    if settings.slack_app_token is None and settings.slack_signing_secret is not None and settings.port is None:
        missing.append(
            "SLACK_APP_TOKEN is not set, so Slack delivers over HTTP, and that needs PORT. Set it to the port to listen on."
        )
    if not settings.lectern_draft_channels:
        missing.append(
            "LECTERN_DRAFT_CHANNELS is not set. Name the private channels that leaders paste drafts in, by id, with commas "
            "between them; the id stands at the end of a channel's details in Slack."
        )
    if missing or settings.slack_bot_token is None:
        raise SettingsError("\n".join(missing))
    return settings.slack_bot_token.get_secret_value()


def _bolt(settings: Settings, desk: Desk, token: str) -> AsyncApp:
    me = desk.me

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # Asked once at the start: a failing auth.test per request would acknowledge events and lose them.
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=me.team_id or team_id,
            bot_id=me.bot_id,
            bot_user_id=me.user_id,
            bot_token=token,
        )

    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None
    bolt = AsyncApp(
        client=desk.clients.web,
        authorize=authorize,
        process_before_response=True,
        signing_secret=secret,
        logger=_quiet(),
        request_verification_enabled=settings.slack_app_token is None,
    )
    listeners.register(bolt, desk)
    return bolt


def _quiet() -> logging.Logger:
    """Bolt reads the environment by itself, and warns that it will not use what it found there."""
    logger = logging.getLogger("lectern.bolt")
    logger.setLevel(logging.ERROR)
    return logger


async def _serve(stack: AsyncExitStack, settings: Settings, bolt: AsyncApp, desk: Desk, meters: Meters) -> Web | None:
    if settings.port is None:
        return None
    web = Web(settings, bolt if settings.slack_app_token is None else None, desk.store, meters)
    await web.open()
    stack.push_async_callback(web.close)
    return web


async def _connect(
    stack: AsyncExitStack, settings: Settings, bolt: AsyncApp, desk: Desk, web: Web | None, failed: asyncio.Future[None]
) -> None:
    if settings.slack_app_token is None:
        if web is not None:
            web.connected = lambda: True
        return
    app_token = settings.slack_app_token.get_secret_value()
    await try_app_token(desk.clients.web, app_token)
    connection = Connection(bolt, app_token)
    stack.push_async_callback(connection.close)
    await connection.open()
    if web is not None:
        web.connected = connection.is_up
    _keep(stack, asyncio.create_task(connection.watch()), failed)


def _keep(stack: AsyncExitStack, task: asyncio.Task[None], failed: asyncio.Future[None]) -> None:
    """Run a task until the stack closes; if it ends by itself, the bot ends with it."""

    def ended(done: asyncio.Task[None]) -> None:
        if done.cancelled() or failed.done():
            return
        error = done.exception()
        if error is None:
            failed.set_result(None)
        else:
            failed.set_exception(error)

    task.add_done_callback(ended)

    async def end() -> None:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task

    stack.push_async_callback(end)

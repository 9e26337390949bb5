"""A small real Bolt app against the stand-in: it notes what it hears, and answers as a test tells it to."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.clock import Clock
from bot.playground.server import StandIn

DANA = "U0LEADER01"
EVE = "U0DELEGATE"
PRIYA = "U0COMMS001"
DRAFTS = "C0DRAFTS01"
GENERAL = "C0GENERAL1"

QUICK = {"compress": 3000.0, "ack_seconds": 2.0, "trigger_seconds": 3.0}
"""Five minutes of Slack's in a tenth of a second; a test that waits for no ack shortens that wait too."""


def quick_clock(**changes: float) -> Clock:
    """A clock with which the waits between retries are over in a moment."""
    return Clock(**{**QUICK, **changes})


class EchoBot:
    """`heard` holds the body of each event; `on_message` is called before the ack, and may raise."""

    def __init__(self, stand_in: StandIn) -> None:
        self.client = AsyncWebClient(stand_in.bot_token, base_url=stand_in.api_url)
        self.heard: list[dict[str, Any]] = []
        self.retries: list[tuple[str, str]] = []
        self.on_message: Callable[[dict[str, Any]], Awaitable[None]] | None = None
        self.app = AsyncApp(
            client=self.client,
            signing_secret=stand_in.signing_secret,
            process_before_response=True,
            request_verification_enabled=True,
        )
        self.app.event(re.compile(".*"))(self._hear)

    async def _hear(self, body: dict[str, Any], request: Any) -> None:
        self.heard.append(body)
        number = request.headers.get("x-slack-retry-num", ["0"])[0]
        self.retries.append((number, request.headers.get("x-slack-retry-reason", [""])[0]))
        if self.on_message is not None:
            await self.on_message(body["event"])

    @property
    def texts(self) -> list[str]:
        """Texts of the messages heard, in order."""
        return [body["event"].get("text", "") for body in self.heard]


@asynccontextmanager
async def by_socket(stand_in: StandIn) -> AsyncIterator[EchoBot]:
    """An echo bot over Socket Mode."""
    bot = EchoBot(stand_in)
    # Bolt's own connect and close carry no types.
    listening: Any = AsyncSocketModeHandler(bot.app, stand_in.app_token, ping_interval=0.5)
    await listening.connect_async()
    await stand_in.connected()
    yield bot
    await listening.close_async()


@asynccontextmanager
async def by_http(stand_in: StandIn) -> AsyncIterator[EchoBot]:
    """An echo bot behind a request URL of its own."""
    bot = EchoBot(stand_in)
    runner = web.AppRunner(bot.app.web_app(path="/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand_in.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield bot
    await runner.cleanup()


def write(stand_in: StandIn, text: str, *, who: str = DANA, where: str = DRAFTS, **more: Any) -> str:
    """Post as a person; gives the ts."""
    return stand_in.acts.post(stand_in.acts.person(who), stand_in.acts.channel(where), text, **more)


async def refusal(call: Any) -> str:
    """The error code with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])

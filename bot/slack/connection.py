"""The connection over which Slack delivers in Socket Mode: opened, watched, and given up when it stays down."""

from __future__ import annotations

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import StartError
from bot.slack.clients import asking_slack

UNCONNECTED_SECONDS = 60
"""A connection that is down for this long is given up: the process ends, and whoever supervises it starts it again."""


class Connection:
    """Socket Mode for one app. Its library connects anew by itself; this only looks whether it did."""

    def __init__(self, bolt: AsyncApp, app_token: str) -> None:
        self._socket = AsyncSocketModeHandler(bolt, app_token)

    async def open(self) -> None:
        """Connect. Try the token with `try_app_token` first: with a wrong one this would go on for ever."""
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Disconnect."""
        await self._socket.close_async()  # type: ignore[no-untyped-call]

    def is_up(self) -> bool:
        """Whether Slack can deliver at this moment."""
        session = getattr(self._socket.client, "current_session", None)
        return session is not None and not session.closed

    async def watch(self) -> None:
        """Look each second, until cancelled. Raises `StartError` once the connection has been down for too long."""
        down = 0
        while down < UNCONNECTED_SECONDS:
            await asyncio.sleep(1)
            down = 0 if self.is_up() else down + 1
        raise StartError(
            f"Slack has not been reachable over Socket Mode for {UNCONNECTED_SECONDS} s. Lectern ends here, to be started again."
        )


async def try_app_token(client: AsyncWebClient, app_token: str) -> None:
    """Ask Slack once for an address to connect to. Raises `StartError` with a sentence when it gives none."""
    async with asking_slack(
        client,
        "SLACK_APP_TOKEN",
        "Make an app-level token, which begins with xapp-, with the scope connections:write under Basic Information in your "
        "Slack app's settings, and switch Socket Mode on.",
    ):
        await client.apps_connections_open(app_token=app_token)

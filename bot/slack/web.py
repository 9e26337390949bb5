"""The HTTP side: /healthz, /readyz, /metrics, and /slack/events where Slack delivers over HTTP.

Listens on 127.0.0.1 unless LECTERN_HOST or a platform that hands out PORT says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

from bot.errors import StartError, StoreError
from bot.meters import Meters
from bot.settings import Settings
from bot.store import Store

BODY_LIMIT = 2 * 1024 * 1024
"""Bytes. Slack's own payloads stay far below; a message has at most 40,000 characters."""


SHUTDOWN_SECONDS = 5
"""How long requests that run may take when the bot stops; Slack itself gives up after 3 s."""


class Web:
    """The server. `connected` is asked by /readyz, besides the database."""

    def __init__(self, settings: Settings, bolt: AsyncApp | None, store: Store, meters: Meters) -> None:
        self._settings = settings
        self._bolt = bolt
        self._store = store
        self._meters = meters
        self._runner: web.AppRunner | None = None
        self.connected: Callable[[], bool] = lambda: False
        self.port = 0

    async def open(self) -> None:
        """Listen. Raises `StartError` where the port is taken."""
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        if self._bolt is not None:
            app.router.add_post("/slack/events", self._events)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        host = self._settings.lectern_host or "127.0.0.1"
        try:
            site = web.TCPSite(self._runner, host, self._settings.port or 0)
            await site.start()
        except OSError:
            raise StartError(
                f"Port {self._settings.port} on {host} can't be listened on; something else may use it. Set PORT to a free one."
            ) from None
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening, after the requests that run have been answered."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        try:
            await self._store.ping()
        except StoreError:
            return web.Response(status=503, text="The database does not answer.\n")
        if not self.connected():
            return web.Response(status=503, text="Slack is not connected.\n")
        return web.Response(text="ready\n")

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=self._meters.text(), content_type="text/plain")

    async def _events(self, request: web.Request) -> web.Response:
        assert self._bolt is not None  # noqa: S101 - the route exists only with it
        try:
            asked = await to_bolt_request(request)
        except (UnicodeDecodeError, LookupError):
            return web.Response(status=400, text="This is no text.\n")
        response = await self._bolt.async_dispatch(asked)
        return await to_aiohttp_response(response)

"""The Slack stand-in: Web API, Socket Mode, HTTP delivery, control API and page, on this machine's own address only.

async with StandIn() as slack:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    …
    slack.acts.post(slack.acts.person("U0LEADER01"), slack.acts.channel("C0DRAFTS01"), "A draft")
    await slack.settled()
    assert slack.log.calls("chat.postMessage")
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground import pages
from bot.playground.acts import Acts
from bot.playground.answers import use_response_url
from bot.playground.clock import Clock
from bot.playground.control import Control
from bot.playground.faults import Faults
from bot.playground.guard import guard
from bot.playground.http_delivery import RequestUrl
from bot.playground.interactions import Interactions
from bot.playground.log import Log
from bot.playground.scenario import default_workspace
from bot.playground.scene import make_scene
from bot.playground.web_api.answering import answer
from bot.playground.wire import Json
from bot.playground.workspace import Workspace

HOST = "127.0.0.1"
MOST_BYTES = 20 * 1024 * 1024
"""Largest request: an upload."""


class StandIn:
    """One stand-in, an async context manager. `port` 0 takes a free one; with `request_url` it delivers by HTTP."""

    def __init__(
        self,
        port: int = 0,
        clock: Clock | None = None,
        scenario: Workspace | None = None,
        request_url: str | None = None,
    ) -> None:
        self.workspace = scenario or default_workspace()
        self.clock = clock or Clock()
        self.scene = make_scene(self.workspace, self.clock)
        self.acts = Acts(self.scene)
        self.interactions = Interactions(self.scene)
        self._port = port
        self._runner: web.AppRunner | None = None
        if request_url:
            self.deliver_to(request_url)

    async def __aenter__(self) -> Self:
        """Listen. Raises OSError when the port is taken."""
        app = web.Application(middlewares=[guard], client_max_size=MOST_BYTES)
        app.add_routes(Control(self.scene, self.acts, self.interactions, _samples()).routes())
        app.add_routes(pages.routes())
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.get("/link/", self.scene.sockets.serve),
                web.post("/response/{name}", self._response),
                web.post("/upload/{file}", self._upload),
                web.get("/files/{file}/{name}", self._file),
                web.get("/files/{file}/download/{name}", self._file),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.scene.url = f"http://{HOST}:{self._port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop: give up deliveries, let held calls go, end connections."""
        self.faults.clear()
        await self.scene.delivery.stop()
        await self.scene.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Where the page is, without a slash at the end."""
        return self.scene.url

    @property
    def api_url(self) -> str:
        """For `SLACK_API_URL`; ends with a slash."""
        return f"{self.scene.url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token."""
        return self.workspace.app.app_token

    @property
    def signing_secret(self) -> str:
        """What HTTP deliveries are signed with."""
        return self.workspace.app.signing_secret

    @property
    def log(self) -> Log:
        """The permanent log."""
        return self.scene.log

    @property
    def faults(self) -> Faults:
        """Faults on demand."""
        return self.scene.faults

    def deliver_to(self, request_url: str) -> None:
        """Deliver by HTTP to this address from now on."""
        self.scene.delivery.transport = RequestUrl(request_url, self.signing_secret, self.clock)

    async def connected(self, count: int = 1, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Wait until the app holds this many connections. Raises `TimeoutError` after `timeout` seconds."""
        await self.scene.sockets.connected(count, timeout)

    async def settled(self) -> None:
        """Wait until every event on its way was acked or given up."""
        await self.scene.delivery.settled()

    async def _api(self, request: web.Request) -> web.Response:
        return await answer(self.scene, request)

    async def _response(self, request: web.Request) -> web.Response:
        fault = self.faults.take("response_url")
        if fault is not None:
            return web.Response(status=fault.status, text="")
        try:
            body: Json = json.loads(await request.text())
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        status, text = use_response_url(self.scene, request.match_info["name"], body)
        self.log.add(
            "api", method="response_url", arguments=body, answer={"ok": status == 200, "error": text}, status=status
        )
        return web.Response(status=status, text=text)

    async def _upload(self, request: web.Request) -> web.Response:
        file = request.match_info["file"]
        if file not in self.workspace.files:
            return web.Response(status=404, text="file_not_found")
        body = await request.read()
        self.workspace.file_bytes[file] = body
        return web.Response(text=f"OK - {len(body)}")

    async def _file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.bot_token}":
            return web.Response(status=401, text="not_authed")
        body = self.workspace.file_bytes.get(request.match_info["file"])
        return web.Response(status=404) if body is None else web.Response(body=body)


def _samples() -> list[Json]:
    """The drafts that the scripted model has written answers for."""
    if importlib.util.find_spec("bot.playground.scripted") is None:
        return []
    scripted = importlib.import_module("bot.playground.scripted")
    return [{"id": s.id, "title": s.title, "text": s.text, "note": s.note} for s in scripted.load_samples()]

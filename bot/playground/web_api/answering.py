"""Answering one HTTP request to `/api/…`: token, scope, faults on demand, the method, and its line in the log."""

from __future__ import annotations

import asyncio
import json
import time

from aiohttp import web

from bot.playground import scopes
from bot.playground.arguments import read_arguments, read_token
from bot.playground.faults import PlannedFault
from bot.playground.scene import Scene
from bot.playground.web_api import METHODS
from bot.playground.web_api.call import Call
from bot.playground.wire import ApiError, Json

APP_LEVEL = ("apps.connections.open",)
TOKENLESS = ("blocks.validate", "api.test")


async def answer(scene: Scene, request: web.Request) -> web.Response:
    """Answer a call as Slack does: status 200 with `ok`, but for the faults that were asked for."""
    method, start = request.match_info["method"], time.monotonic()
    refusal: ApiError | None = None
    try:
        arguments = await read_arguments(request)
    except ApiError as error:
        arguments, refusal = {}, error
    fault = scene.faults.take(method)
    if fault is not None:
        scene.log.add("fault", method=method, fault=fault.kind)
        await _wait(scene, method, fault)
    if fault is not None and (refused := _refused(fault)) is not None:
        status, body, headers = refused
    else:
        status, body, headers = 200, _run(scene, method, request, arguments, refusal), {}
    lost = fault is not None and fault.kind == "lost"
    scene.log.add(
        "api",
        method=method,
        arguments={key: value for key, value in arguments.items() if key != "token"},
        answer=body,
        status=status,
        fault=fault.kind if fault else None,
        ms=round((time.monotonic() - start) * 1000, 1),
    )
    if lost and request.transport is not None:
        request.transport.abort()
    headers |= {"X-OAuth-Scopes": ",".join(scene.workspace.app.scopes)}
    return web.Response(status=status, text=json.dumps(body), content_type="application/json", headers=headers)


async def _wait(scene: Scene, method: str, fault: PlannedFault) -> None:
    if fault.kind == "hold":
        await scene.faults.hold(method)
    elif fault.kind == "slow":
        await asyncio.sleep(fault.seconds)


def _refused(fault: PlannedFault) -> tuple[int, Json, dict[str, str]] | None:
    """The answer of a fault that keeps the method from running; None for one that lets it run."""
    match fault.kind:
        case "status":
            return (
                fault.status,
                {"ok": False, "error": "service_unavailable" if fault.status == 503 else "internal_error"},
                {},
            )
        case "ratelimit":
            return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(fault.retry_after)}
        case "error":
            return 200, {"ok": False, "error": fault.error}, {}
        case _:
            return None


def _run(scene: Scene, method: str, request: web.Request, arguments: Json, refusal: ApiError | None) -> Json:
    try:
        if refusal is not None:
            raise refusal
        function = METHODS.get(method)
        if function is None:
            raise ApiError("unknown_method", req_method=method)
        if method not in TOKENLESS:
            _admit(scene, method, read_token(request, arguments))
        if method in scopes.FIXED:
            scopes.need(scene.workspace.app.scopes, scopes.FIXED[method])
        return {"ok": True} | function(Call(scene, arguments))
    except ApiError as error:
        return {"ok": False, "error": error.code} | error.more


def _admit(scene: Scene, method: str, token: str | None) -> None:
    app = scene.workspace.app
    if not token:
        raise ApiError("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise ApiError("invalid_auth")
    if (method in APP_LEVEL) != (token == app.app_token):
        raise ApiError("not_allowed_token_type")

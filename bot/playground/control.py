"""The control API under `/control/`: how page and tests act as a person, and make things go wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from aiohttp import web

from bot.playground import seen
from bot.playground.acts import Acts
from bot.playground.http_delivery import RequestUrl
from bot.playground.interactions import Interactions
from bot.playground.scene import Scene
from bot.playground.socket_mode import REASONS
from bot.playground.wire import ControlError, Json

STREAM_IDLE_SECONDS = 15.0
"""After this silence the stream sends a comment, so that a closed page is noticed."""

_Answer = Callable[[Json], Awaitable[Json]]


class Control:
    """The routes. Bodies and answers are JSON; a refusal is status 400 with `{"error": sentence}`."""

    def __init__(
        self, scene: Scene, acts: Acts, interactions: Interactions, samples: Sequence[Mapping[str, object]]
    ) -> None:
        self._scene, self._acts, self._interactions, self._samples = scene, acts, interactions, samples
        self._disconnecting: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Everything under /control/."""
        asked = {
            "state": self._state,
            "messages": self._messages,
            "home": self._home,
            "views": self._views,
            "log": self._log,
        }
        told: dict[str, _Answer] = {
            "post": self._post,
            "edit": self._edit,
            "delete": self._delete,
            "unfurl": self._unfurl,
            "join": self._join,
            "leave": self._leave,
            "archive": self._archive,
            "home": self._open_home,
            "group": self._group,
            "reload": self._reload,
            "command": self._command,
            "action": self._action,
            "shortcut": self._shortcut,
            "submit": self._submit,
            "close": self._close,
            "faults": self._fault,
            "release": self._release,
            "delivery": self._delivery,
            "clock": self._clock,
        }
        return [
            *(web.get(f"/control/{name}", _answered(function)) for name, function in asked.items()),
            *(web.post(f"/control/{name}", _answered(function)) for name, function in told.items()),
            web.delete("/control/faults", _answered(self._no_faults)),
            web.get("/control/stream", self._stream),
        ]

    async def _state(self, wish: Json) -> Json:
        me = wish.get("as") or next(iter(self._scene.workspace.people))
        return seen.state_json(self._scene, self._acts.person(me), self._samples)

    async def _messages(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        return seen.messages_json(self._scene, person, self._acts.channel(wish.get("channel"), person))

    async def _home(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        if wish.get("opened") == "1":
            self._acts.open_home(person)
        return {"view": self._scene.modals.home(person.id)}

    async def _views(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        stack = self._scene.modals.stack(person.id)
        return {
            "view": stack[-1] if stack else None,
            "depth": len(stack),
            "notice": self._scene.modals.notices.get(person.id),
        }

    async def _log(self, wish: Json) -> Json:
        return {"entries": self._scene.log.since(int(wish.get("since") or 0))}

    async def _post(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        channel = self._acts.channel(wish.get("channel"), person)
        text = str(wish.get("text") or "")
        if not (text.strip() or wish.get("files") or wish.get("blocks")):
            raise ControlError("There is nothing to post.")
        more = {name: wish[name] for name in ("thread_ts", "files", "blocks") if wish.get(name)}
        return {"ts": self._acts.post(person, channel, text, **more)}

    async def _edit(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        channel = self._acts.channel(wish.get("channel"), person)
        self._acts.edit(person, channel, str(wish.get("ts")), str(wish.get("text") or ""), wish.get("files"))
        return {"ok": True}

    async def _delete(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        self._acts.delete(person, self._acts.channel(wish.get("channel"), person), str(wish.get("ts")))
        return {"ok": True}

    async def _unfurl(self, wish: Json) -> Json:
        self._acts.unfurl(self._acts.channel(wish.get("channel")), str(wish.get("ts")))
        return {"ok": True}

    async def _join(self, wish: Json) -> Json:
        self._acts.join(self._acts.person(wish.get("as")), self._acts.channel(wish.get("channel")), wish.get("inviter"))
        return {"ok": True}

    async def _leave(self, wish: Json) -> Json:
        self._acts.leave(self._acts.person(wish.get("as")), self._acts.channel(wish.get("channel")))
        return {"ok": True}

    async def _archive(self, wish: Json) -> Json:
        self._acts.archive(self._acts.person(wish.get("as")), self._acts.channel(wish.get("channel")))
        return {"ok": True}

    async def _open_home(self, wish: Json) -> Json:
        self._acts.open_home(self._acts.person(wish.get("as")), str(wish.get("tab") or "home"))
        return {"ok": True}

    async def _group(self, wish: Json) -> Json:
        self._acts.set_group(str(wish.get("group")), list(wish.get("users") or ()))
        return {"ok": True}

    async def _reload(self, wish: Json) -> Json:
        self._acts.reload(self._acts.person(wish.get("as")))
        return {"ok": True}

    async def _command(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        channel = self._acts.channel(wish.get("channel"), person)
        return await self._interactions.command(person, channel, str(wish.get("command")), str(wish.get("text") or ""))

    async def _action(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        click = wish | {"state": wish.get("values") or wish.get("state")}
        if wish.get("view_id"):
            return await self._interactions.view_action(person, str(wish["view_id"]), click)
        channel = self._acts.channel(wish.get("channel"), person)
        message = self._acts.message(channel, wish.get("ts"), person)
        return await self._interactions.message_action(person, channel, message, click)

    async def _shortcut(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        channel = self._acts.channel(wish["channel"], person) if wish.get("channel") else None
        message = self._acts.message(channel, wish["ts"], person) if channel and wish.get("ts") else None
        return await self._interactions.shortcut(person, str(wish.get("callback_id")), channel, message)

    async def _submit(self, wish: Json) -> Json:
        person = self._acts.person(wish.get("as"))
        return await self._interactions.submit(person, str(wish.get("view_id")), wish.get("values") or {})

    async def _close(self, wish: Json) -> Json:
        return await self._interactions.close(self._acts.person(wish.get("as")), str(wish.get("view_id")))

    async def _fault(self, wish: Json) -> Json:
        self._scene.faults.plan(wish)
        return {"ok": True}

    async def _no_faults(self, wish: Json) -> Json:
        self._scene.faults.clear()
        return {"ok": True}

    async def _release(self, wish: Json) -> Json:
        return {"released": self._scene.faults.release(str(wish.get("method") or "*"))}

    async def _delivery(self, wish: Json) -> Json:
        delivery = self._scene.delivery
        delivery.duplicates = int(wish.get("duplicates", delivery.duplicates))
        delivery.drop_acks = int(wish.get("drop_acks", delivery.drop_acks))
        delivery.reorder = bool(wish.get("reorder", delivery.reorder))
        verified = None
        if "request_url" in wish:
            verified = await self._address(wish["request_url"], verify=bool(wish.get("verify")))
        if reason := wish.get("disconnect"):
            if reason not in REASONS:
                raise ControlError(f"A connection ends with {', '.join(REASONS)}.")
            task = asyncio.create_task(self._scene.sockets.disconnect(reason))
            self._disconnecting.add(task)
            task.add_done_callback(self._disconnecting.discard)
        return {"ok": True} | ({} if verified is None else {"verified": verified})

    async def _address(self, url: str | None, *, verify: bool) -> bool | None:
        """HTTP delivery to this address from now on; None goes back to Socket Mode."""
        scene = self._scene
        if not url:
            scene.delivery.transport = scene.sockets
            return None
        point = RequestUrl(url, scene.workspace.app.signing_secret, scene.clock)
        verified = await point.verify() if verify else None
        scene.delivery.transport = point
        return verified

    async def _clock(self, wish: Json) -> Json:
        self._scene.clock.advance(float(wish.get("advance") or 0))
        return {"now": self._scene.clock.now()}

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        person = request.query.get("as", "")
        with suppress(ConnectionError):
            await response.write(b": open\n\n")
            async for names in self._scene.changes.follow(person, STREAM_IDLE_SECONDS):
                await response.write(
                    b"data: " + json.dumps({"changed": names}).encode() + b"\n\n" if names else b": still here\n\n"
                )
        return response


def _answered(function: _Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A route around a function from wish to answer."""

    async def answer(request: web.Request) -> web.Response:
        wish: Json = dict(request.query)
        if request.can_read_body and request.method != "GET":
            try:
                body = await request.json()
            except ValueError:
                return web.json_response({"error": "The body is not JSON."}, status=400)
            if not isinstance(body, dict):
                return web.json_response({"error": "The body is not a JSON object."}, status=400)
            wish |= body
        try:
            return web.json_response(await function(wish))
        except ControlError as refusal:
            return web.json_response({"error": str(refusal)}, status=400)

    return answer

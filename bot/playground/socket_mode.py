"""Socket Mode: connections, envelopes and acks.

Each payload goes to one connection, picked at random. At most ten are open at a time: one more is sent away with
`too_many_websockets`. An address from `apps.connections.open` opens one connection, once.
"""

from __future__ import annotations

import asyncio
import json
import secrets

from aiohttp import WSMsgType, web

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.delivery import Attempt, Outcome
from bot.playground.log import Log
from bot.playground.wire import Json

MOST_CONNECTIONS = 10
WARNING_SECONDS = 10.0
"""Seconds of Slack's between the warning and the end of a connection."""
REASONS = ("warning", "refresh_requested", "too_many_websockets")


class Sockets:
    """The app's open connections."""

    late = "timeout"

    def __init__(self, app_id: str, clock: Clock, log: Log, changes: Changes) -> None:
        self._app_id, self._clock, self._log, self._changes = app_id, clock, log, changes
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._arrived = asyncio.Event()

    @property
    def count(self) -> int:
        """Connections open now."""
        return len(self._open)

    def ticket(self) -> str:
        """A ticket for one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def connected(self, count: int = 1, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Wait until this many connections are open. Raises `TimeoutError` after `timeout` real seconds."""
        async with asyncio.timeout(timeout):
            while self.count < count:
                self._arrived.clear()
                await self._arrived.wait()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its first frame to its last."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="This address has been used, or never was.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.count >= MOST_CONNECTIONS:
            self._log.add("socket", what="too_many_websockets", connections=self.count)
            await self._send_away(socket, "too_many_websockets")
            return socket
        await socket.send_json(self._hello())
        self._open.append(socket)
        self._note("open")
        self._arrived.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._heard(frame.data)
        finally:
            self._open.remove(socket)
            self._note("closed")
        return socket

    async def deliver(self, attempt: Attempt) -> Outcome:
        """Send one envelope down a random connection, and wait for its ack."""
        if not self._open:
            return Outcome(False, reason="connection_failed")
        socket = secrets.choice(self._open)
        acked = asyncio.get_running_loop().create_future()
        self._waiting[attempt.envelope_id] = acked
        try:
            await socket.send_json(_envelope(attempt))
            answer = await asyncio.wait_for(acked, timeout=self._clock.ack_seconds)
        except ConnectionError:
            return Outcome(False, reason="connection_failed")
        except TimeoutError:
            return Outcome(False, reason=self.late)
        finally:
            self._waiting.pop(attempt.envelope_id, None)
        return Outcome(True, answer.get("payload"))

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to go; a warned one stays open for ten seconds, the others end at once."""
        self._log.add("socket", what=reason, connections=self.count)
        sockets = list(self._open)
        if reason == "warning":
            for socket in sockets:
                await socket.send_json(self._goodbye(reason))
            await self._clock.sleep(WARNING_SECONDS)
            for socket in sockets:
                await socket.close()
        else:
            await asyncio.gather(*(self._send_away(socket, reason) for socket in sockets))

    async def close(self) -> None:
        """End every connection."""
        await asyncio.gather(*(socket.close() for socket in list(self._open)))

    def _heard(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        envelope = message.get("envelope_id") if isinstance(message, dict) else None
        if envelope is None:
            return
        waiting = self._waiting.get(envelope)
        if waiting is None:
            self._log.add("ack", envelope_id=envelope, late=True, answer=message.get("payload"))
        elif not waiting.done():
            waiting.set_result(message)

    async def _send_away(self, socket: web.WebSocketResponse, reason: str) -> None:
        await socket.send_json(self._goodbye(reason))
        await socket.close()

    def _hello(self) -> Json:
        details = {"host": "stand-in", "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "num_connections": self.count + 1,
            "connection_info": {"app_id": self._app_id},
            "debug_info": details,
        }

    def _goodbye(self, reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}}

    def _note(self, what: str) -> None:
        self._log.add("socket", what=what, connections=self.count)
        self._changes.tell("state")


def _envelope(attempt: Attempt) -> Json:
    envelope: Json = {"envelope_id": attempt.envelope_id, "payload": attempt.payload, "type": attempt.kind}
    if attempt.kind == "events_api":
        return envelope | {
            "accepts_response_payload": False,
            "retry_attempt": attempt.retry,
            "retry_reason": attempt.reason,
        }
    return envelope | {"accepts_response_payload": True}

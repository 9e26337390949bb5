"""How payloads reach the app: one attempt for an interaction, a series of four for an event.

The series is Slack's: at once, at once again, after one minute and after five; each later attempt carries its number
and the reason why the one before failed. On demand, events are delivered twice, in the wrong order, or with their acks
lost.
"""

from __future__ import annotations

import asyncio
import secrets
import time
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.playground.clock import Clock, epoch
from bot.playground.log import Log
from bot.playground.wire import Json
from bot.playground.workspace import Workspace

RETRY_AFTER = (0.0, 60.0, 300.0)
"""Seconds of Slack's before the first, second and third repetition."""
REORDER_SECONDS = 0.5
"""Real seconds for which an event is kept back to be overtaken by the next one."""


@dataclass(frozen=True)
class Attempt:
    """One try to deliver: `kind` is events_api, slash_commands or interactive."""

    kind: str
    payload: Json
    envelope_id: str
    retry: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """How it ended: acked, with what the app sent along; or not, why, and whether Slack may try again."""

    acked: bool
    answer: Json | None = None
    reason: str = ""
    may_retry: bool = True


class Transport(Protocol):
    """Socket Mode or HTTP. `late` is the reason that a repetition gives when no ack came in time."""

    late: str

    async def deliver(self, attempt: Attempt) -> Outcome:
        """Try once; wait for the ack as long as Slack does."""
        ...


class Delivery:
    """Hands payloads to the transport in use, and keeps the log of each attempt."""

    def __init__(self, workspace: Workspace, clock: Clock, log: Log, transport: Transport) -> None:
        self.transport = transport
        self.duplicates = 0
        self.reorder = False
        self.drop_acks = 0
        self._workspace, self._clock, self._log = workspace, clock, log
        self._tasks: set[asyncio.Task[None]] = set()
        self._kept_back: Json | None = None

    def event(self, event: Json) -> None:
        """Deliver one event, in the background."""
        wrapped = self._wrap(event)
        if self.reorder and self._kept_back is None:
            self._kept_back = wrapped
            self._spawn(self._overtaken())
            return
        self._start(wrapped)
        self._let_go()

    async def interact(self, kind: str, payload: Json) -> tuple[Outcome, int]:
        """Deliver a command, click, shortcut or submission, once. Gives the outcome and the milliseconds it took."""
        start = time.monotonic()
        outcome = await self._attempt(Attempt(kind, payload, str(uuid.uuid4())))
        return outcome, round((time.monotonic() - start) * 1000)

    async def settled(self) -> None:
        """Wait until nothing is on its way: every event was acked or given up."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Give up what is on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _wrap(self, event: Json) -> Json:
        workspace, app = self._workspace, self._workspace.app
        authorization = {
            "enterprise_id": None,
            "team_id": workspace.team_id,
            "user_id": app.bot_user_id,
            "is_bot": True,
        }
        return {
            "token": "verification-token-of-the-stand-in",
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": workspace.new_id("Ev"),
            "event_time": int(epoch()),
            "authorizations": [authorization | {"is_enterprise_install": False}],
            "is_ext_shared_channel": self._is_shared(event),
            "event_context": "4-" + secrets.token_urlsafe(24),
        }

    def _is_shared(self, event: Json) -> bool:
        channel = self._workspace.channels.get(str(event.get("channel")))
        return channel is not None and channel.is_shared

    def _start(self, wrapped: Json) -> None:
        self._spawn(self._series(wrapped))
        if self.duplicates > 0:
            self.duplicates -= 1
            self._spawn(self._series(wrapped))

    def _let_go(self) -> None:
        if (kept := self._kept_back) is not None:
            self._kept_back = None
            self._start(kept)

    async def _overtaken(self) -> None:
        await asyncio.sleep(REORDER_SECONDS)
        self._let_go()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _series(self, wrapped: Json) -> None:
        attempt = Attempt("events_api", wrapped, str(uuid.uuid4()))
        for number, wait in enumerate((*RETRY_AFTER, None), start=1):
            outcome = await self._attempt(attempt)
            if outcome.acked or not outcome.may_retry or wait is None:
                return
            await self._clock.sleep(wait)
            attempt = replace(attempt, envelope_id=str(uuid.uuid4()), retry=number, reason=outcome.reason)

    async def _attempt(self, attempt: Attempt) -> Outcome:
        payload = attempt.payload
        self._log.add(
            "event" if attempt.kind == "events_api" else "interaction",
            envelope_id=attempt.envelope_id,
            event_id=payload.get("event_id"),
            retry=attempt.retry,
            reason=attempt.reason or None,
            type=payload.get("event", payload).get("type") or payload.get("command"),
            payload=payload,
        )
        start = time.monotonic()
        outcome = await self.transport.deliver(attempt)
        if outcome.acked and self.drop_acks > 0:
            self.drop_acks -= 1
            outcome = Outcome(False, reason=self.transport.late)
        self._log.add(
            "ack" if outcome.acked else "no_ack",
            envelope_id=attempt.envelope_id,
            event_id=payload.get("event_id"),
            retry=attempt.retry,
            reason=outcome.reason or None,
            answer=outcome.answer,
            ms=round((time.monotonic() - start) * 1000, 1),
        )
        return outcome

"""Faults on demand: what a test or the page asks to go wrong with the next calls of a Web API method."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal, get_args

from bot.playground.wire import ControlError, Json

FaultKind = Literal["status", "ratelimit", "error", "lost", "slow", "hold"]


@dataclass
class PlannedFault:
    """One plan. `times` calls of `method` ("*" for all) go wrong, after `after` calls went well; -1 times is for ever.

    status: answered with HTTP `status`, nothing done · ratelimit: 429 with Retry-After, nothing done · error:
    `ok: false` with `error`, nothing done · lost: done, but the connection breaks before the answer · slow: done after
    `seconds` · hold: done once released.
    """

    method: str
    kind: FaultKind
    status: int = 503
    error: str = "internal_error"
    retry_after: int = 1
    seconds: float = 1.0
    times: int = 1
    after: int = 0


class Faults:
    """The plans in force, oldest first."""

    def __init__(self) -> None:
        self.plans: list[PlannedFault] = []
        self._held: dict[asyncio.Event, str] = {}

    def plan(self, wish: Json) -> PlannedFault:
        """Take a wish of the control API. Raises `ControlError` for one that makes no sense."""
        if wish.get("kind") not in get_args(FaultKind):
            raise ControlError(f"A fault's kind is one of {', '.join(get_args(FaultKind))}.")
        known = PlannedFault.__dataclass_fields__
        if unknown := sorted(set(wish) - set(known)):
            raise ControlError(f"A fault has no {unknown[0]}.")
        whole: Json = {"method": "*"} | wish
        fault = PlannedFault(**whole)
        self.plans.append(fault)
        return fault

    def take(self, method: str) -> PlannedFault | None:
        """The fault that this call meets, if any; counts it."""
        for fault in self.plans:
            if fault.method not in (method, "*") or fault.times == 0:
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= fault.times > 0
            return fault
        return None

    async def hold(self, method: str) -> None:
        """Wait until the calls of this method are released."""
        event = asyncio.Event()
        self._held[event] = method
        try:
            await event.wait()
        finally:
            self._held.pop(event, None)

    def held(self, method: str = "*") -> int:
        """How many calls wait."""
        return sum(method in (name, "*") for name in self._held.values())

    def release(self, method: str = "*") -> int:
        """Let the held calls of one method, or all, go on. Says how many."""
        events = [event for event, name in self._held.items() if method in (name, "*")]
        for event in events:
            event.set()
        return len(events)

    def clear(self) -> None:
        """Forget every plan, and let held calls go on."""
        self.plans.clear()
        self.release()

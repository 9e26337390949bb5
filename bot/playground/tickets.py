"""What an interaction hands to the app for a while: a `trigger_id` (three seconds, once) and a `response_url` (thirty
minutes, five times)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.playground.clock import Clock, monotonic
from bot.playground.wire import ApiError

RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5


@dataclass
class _Trigger:
    person: str
    until: float
    used: bool = False


class Triggers:
    """The trigger ids that are out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._triggers: dict[str, _Trigger] = {}

    def make(self, person: str) -> str:
        """A trigger for what this person just did."""
        name = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[name] = _Trigger(person, monotonic() + self._clock.trigger_seconds)
        return name

    def exchange(self, name: str) -> str:
        """Use a trigger; gives the person. Raises `ApiError` for one that is unknown, late or used."""
        trigger = self._triggers.get(name)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if monotonic() > trigger.until:
            raise ApiError("expired_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        trigger.used = True
        return trigger.person


@dataclass
class ResponseTarget:
    """Where a response goes: the conversation, the person, and the message that it may replace."""

    channel: str
    person: str
    message_ts: str | None
    until: float
    uses: int = RESPONSE_USES


class Responses:
    """The response URLs that are out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._targets: dict[str, ResponseTarget] = {}

    def make(self, channel: str, person: str, message_ts: str | None = None) -> str:
        """The path of a fresh response URL."""
        name = secrets.token_urlsafe(18)
        self._targets[name] = ResponseTarget(channel, person, message_ts, self._clock.now() + RESPONSE_SECONDS)
        return f"/response/{name}"

    def use(self, name: str) -> ResponseTarget:
        """Use one once. Raises `ApiError` for an unknown one, after thirty minutes, and at the sixth time."""
        target = self._targets.get(name)
        if target is None or self._clock.now() > target.until:
            raise ApiError("expired_url")
        if target.uses == 0:
            raise ApiError("used_url")
        target.uses -= 1
        return target

"""*Allow it*: comms lets a leader have one more one-off than the allowance."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.desk import Desk
from bot.slack.one_offs import decide_one_off
from bot.slack.tap import Tap

VERB = "one_off.allow"


async def tap(desk: Desk, tap: Tap) -> None:
    """Allow it, if nobody has answered yet."""
    await decide_one_off(desk, tap, Event.ALLOW_ONE_OFF, "thread.one_off.allowed")

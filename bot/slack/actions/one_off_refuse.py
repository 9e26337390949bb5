"""*Not this time*: comms does not let a leader have one more one-off."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.desk import Desk
from bot.slack.one_offs import decide_one_off
from bot.slack.tap import Tap

VERB = "one_off.refuse"


async def tap(desk: Desk, tap: Tap) -> None:
    """Refuse it, if nobody has answered yet."""
    await decide_one_off(desk, tap, Event.REFUSE_ONE_OFF, "thread.one_off.refused")

"""*Open it*: a button that leads to a place; Slack tells of the tap all the same, and there is nothing to do."""

from __future__ import annotations

from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "coach.open"


async def tap(desk: Desk, tap: Tap) -> None:
    """Nothing: the link has opened in the person's own Slack."""

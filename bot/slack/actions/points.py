"""*Show all points*: every point with its state."""

from __future__ import annotations

from bot.slack.asked import asked_view, open_form
from bot.slack.cards.forms import all_points
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.points"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form."""
    view = await asked_view(desk, tap)
    if view is not None:
        await open_form(desk, tap, all_points(view, desk.playbook))

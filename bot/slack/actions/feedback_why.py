"""*Say why…*: the form for a few words on a review that was of no use."""

from __future__ import annotations

from bot.slack.asked import asked_view, open_form
from bot.slack.cards.feedback import feedback_form
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.feedback_why"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form."""
    view = await asked_view(desk, tap)
    if view is not None:
        await open_form(desk, tap, feedback_form(view, desk.playbook))

"""*What was checked*: what ran, on which text, by which guidelines."""

from __future__ import annotations

from bot.slack.asked import asked_view, open_form
from bot.slack.cards.forms import checked_form
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.checked"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form."""
    view = await asked_view(desk, tap)
    if view is not None:
        await open_form(desk, tap, checked_form(view, desk.playbook))

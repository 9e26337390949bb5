"""*See what changes*: the suggestion beside the text, as pairs."""

from __future__ import annotations

from bot.slack.asked import asked_view, open_form
from bot.slack.cards.forms import see_changes
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.changes"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form."""
    view = await asked_view(desk, tap)
    if view is not None:
        await open_form(desk, tap, see_changes(view, desk.playbook))

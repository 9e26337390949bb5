"""*Change details…*: where, when and with which text a draft went out, or that it did not."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, open_form
from bot.slack.cards.forms import posted_form
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.posted_details"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form, filled with what is on record."""
    view = await asked_view(desk, tap, event=Event.NOT_POSTED)
    if view is not None:
        await open_form(desk, tap, posted_form(view, desk.playbook, now=desk.now()))

"""*Edit…* and *Add my line…*: the newest text, or the suggestion, in a form."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, open_form
from bot.slack.cards.forms import edit_form
from bot.slack.cards.taps import SUGGESTION
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.edit"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form, filled."""
    view = await asked_view(desk, tap, newest=True, event=Event.REVISION)
    if view is not None:
        await open_form(desk, tap, edit_form(view, desk.playbook, suggestion=tap.detail == SUGGESTION))

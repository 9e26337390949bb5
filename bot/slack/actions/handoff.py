"""*Send to {team}…*: the form of a hand-off. Nothing is sent before it is submitted."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, open_form
from bot.slack.cards.forms import handoff_form
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.handoff"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form with the team preset."""
    view = await asked_view(desk, tap, newest=True, event=Event.HANDOFF)
    if view is None:
        return
    team = tap.detail or (view.verdict.route if view.verdict else None) or ""
    names = await desk.people.names([view.draft.leader])
    await open_form(desk, tap, handoff_form(view, desk.playbook, team, names))

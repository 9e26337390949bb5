"""*Go ahead anyway…*: the form that asks why. Against a hold only the leader may."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.model import Outcome
from bot.slack.asked import asked_view, open_form, redraw, tell
from bot.slack.cards.forms import override_form
from bot.slack.cards.points import holds
from bot.slack.desk import Desk
from bot.slack.rights import HOLD_OVERRIDE, draft_roles, may
from bot.slack.tap import Tap

VERB = "draft.override"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form, where something stands against posting."""
    view = await asked_view(desk, tap, newest=True, event=Event.OVERRIDE)
    if view is None:
        return
    if view.verdict is None or view.verdict.outcome is Outcome.READY:
        await redraw(desk, view.draft)
        await tell(desk, tap, "answer.nothing_against")
        return
    if holds(view) and not may(HOLD_OVERRIDE, await draft_roles(desk, view.draft, tap.user)):
        names = await desk.people.names([view.draft.leader])
        await tell(desk, tap, "answer.leader_only", leader=names[view.draft.leader])
        return
    await open_form(desk, tap, override_form(view, desk.playbook))

"""*Withdraw request*: comms need not answer any more."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, late
from bot.slack.desk import Desk
from bot.slack.standing import standing_by
from bot.slack.tap import Tap

VERB = "draft.withdraw_ask"


async def tap(desk: Desk, tap: Tap) -> None:
    """Withdraw the question, if nobody has answered it."""
    view = await asked_view(desk, tap, newest=True, event=Event.WITHDRAW)
    if view is None:
        return
    if view.one_off is None:
        await late(desk, tap, view.draft)
        return
    change = await desk.store.end_one_off(
        view.one_off.id, Event.WITHDRAW, standing_by(desk.playbook), by=tap.user, now=desk.now()
    )
    if not change.changed:
        await late(desk, tap, change.draft or view.draft)
    desk.wake()

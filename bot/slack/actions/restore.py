"""*Bring it back*: a dropped draft is reviewed anew."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, late
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.restore"


async def tap(desk: Desk, tap: Tap) -> None:
    """Bring the draft back, and have it reviewed."""
    view = await asked_view(desk, tap, event=Event.BRING_BACK)
    if view is None:
        return
    applied = await desk.store.apply(view.draft.id, Event.BRING_BACK, by=tap.user, now=desk.now())
    if not applied.changed:
        await late(desk, tap, applied.draft or view.draft)
    desk.wake()

"""*Take it back*: the decision to go ahead is off, and the card says again what is advised."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, late, stale
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.take_back"


async def tap(desk: Desk, tap: Tap) -> None:
    """Take it back, if it still stands."""
    view = await asked_view(desk, tap, newest=True, event=Event.TAKE_BACK)
    if view is None:
        return
    applied = await desk.store.apply(
        view.draft.id, Event.TAKE_BACK, by=tap.user, now=desk.now(), revision_id=tap.revision
    )
    if applied.stale:
        await stale(desk, tap, view.draft)
    elif not applied.changed:
        await late(desk, tap, applied.draft or view.draft)
    desk.wake()

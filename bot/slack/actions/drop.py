"""*Drop it*: the draft is not going out."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, late, stale
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.drop"


async def tap(desk: Desk, tap: Tap) -> None:
    """Drop the draft; what waited for a team and was not claimed is withdrawn with it."""
    view = await asked_view(desk, tap, newest=True, event=Event.DROP)
    if view is None:
        return
    applied = await desk.store.apply(view.draft.id, Event.DROP, by=tap.user, now=desk.now(), revision_id=tap.revision)
    if applied.stale:
        await stale(desk, tap, view.draft)
    elif not applied.changed:
        await late(desk, tap, applied.draft or view.draft)
    desk.wake()

"""*Check now* on a kept draft: its time comes at once, and the rules run again."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.model import State
from bot.slack.asked import asked_view, late, stale
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.check_now"


async def tap(desk: Desk, tap: Tap) -> None:
    """Let its time come, if it is still kept."""
    view = await asked_view(desk, tap, newest=True, event=Event.DUE)
    if view is None:
        return
    if view.draft.state is not State.KEPT:
        await late(desk, tap, view.draft)
        return
    applied = await desk.store.come_due(view.draft.id, now=desk.now(), by=tap.user, revision_id=view.revision.id)
    if applied.stale:
        await stale(desk, tap, view.draft)
    elif not applied.changed:
        await late(desk, tap, applied.draft or view.draft)
    desk.wake()

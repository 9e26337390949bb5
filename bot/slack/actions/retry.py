"""*Try again*: the AI review is asked once more, after half a check."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, late, stale
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.retry"


async def tap(desk: Desk, tap: Tap) -> None:
    """Have the same text reviewed again."""
    view = await asked_view(desk, tap, newest=True, event=Event.TRY_AGAIN)
    if view is None:
        return
    applied = await desk.store.apply(
        view.draft.id, Event.TRY_AGAIN, by=tap.user, now=desk.now(), revision_id=tap.revision
    )
    if applied.stale:
        await stale(desk, tap, view.draft)
    elif not applied.changed:
        await late(desk, tap, applied.draft or view.draft)
    desk.wake()

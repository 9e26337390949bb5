"""*Use this version*: the suggestion becomes the next text of the draft."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, stale
from bot.slack.desk import Desk
from bot.slack.tap import Tap
from bot.store import NewRevision

VERB = "draft.use"


async def tap(desk: Desk, tap: Tap) -> None:
    """Take the suggestion as the next revision. The rules run on it; the AI review that it came from stands."""
    view = await asked_view(desk, tap, newest=True, event=Event.REVISION)
    if view is None:
        return
    if view.verdict is None or view.verdict.suggestion is None:
        await stale(desk, tap, view.draft)
        return
    taken = await desk.store.take_revision(
        NewRevision(
            draft_id=view.draft.id,
            text=view.verdict.suggestion,
            origin="suggestion",
            now=desk.now(),
            by=tap.user,
            attachments=view.revision.attachments,
            on_revision=view.revision.id,
        )
    )
    if taken is None:
        await stale(desk, tap, view.draft)
    desk.wake()

"""*Bring it back* on a dismissed point: it counts again."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import asked_view, late, stale
from bot.slack.cards.forms import all_points
from bot.slack.desk import Desk
from bot.slack.standing import standing_by
from bot.slack.tap import Tap

VERB = "draft.bring_back"


async def tap(desk: Desk, tap: Tap) -> None:
    """Take the dismissal back; the form shows the points as they stand then."""
    view = await asked_view(desk, tap, newest=True, event=Event.POINT_BACK)
    if view is None:
        return
    place = int(tap.detail) if tap.detail.isdigit() else -1
    if not 0 <= place < len(view.carried):
        await stale(desk, tap, view.draft)
        return
    applied = await desk.store.bring_point_back(
        view.draft.id,
        view.revision.id,
        view.carried[place].finding,
        standing_by(desk.playbook),
        by=tap.user,
        now=desk.now(),
    )
    desk.wake()
    if applied.stale:
        await stale(desk, tap, view.draft)
        return
    if applied.draft and applied.draft.state is not view.draft.state:
        await late(desk, tap, applied.draft)
        return
    after = await desk.store.view(view.draft.id)
    if tap.view_id and after is not None:
        # Who was second sees in the form that it was brought back already.
        await desk.clients.web.views_update(view_id=tap.view_id, view=all_points(after, desk.playbook))

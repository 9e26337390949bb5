"""*Put back* on a claimed hand-off: it waits for somebody of the team again."""

from __future__ import annotations

from bot.slack.asked import asked_handoff
from bot.slack.desk import Desk
from bot.slack.handoffs import late_handoff, leader_line
from bot.slack.tap import Tap

VERB = "handoff.put_back"


async def tap(desk: Desk, tap: Tap) -> None:
    """Put it back."""
    handoff = await asked_handoff(desk, tap)
    if handoff is None:
        return
    names = await desk.people.names([tap.user])
    line = await leader_line(desk, handoff, "back", tap.user, name=names[tap.user])
    change = await desk.store.put_back(handoff.id, tap.user, desk.now(), [line])
    if not change.changed:
        await late_handoff(desk, tap, change.handoff)
    desk.wake()

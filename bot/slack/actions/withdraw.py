"""*Withdraw* on the leader's card: the hand-off is taken back."""

from __future__ import annotations

from bot.slack.asked import asked_handoff
from bot.slack.desk import Desk
from bot.slack.handoffs import late_handoff, leader_line
from bot.slack.tap import Tap

VERB = "handoff.withdraw"


async def tap(desk: Desk, tap: Tap) -> None:
    """Withdraw it, if it is not done."""
    handoff = await asked_handoff(desk, tap)
    if handoff is None:
        return
    names = await desk.people.names([tap.user])
    line = await leader_line(desk, handoff, "withdrawn", tap.user, name=names[tap.user])
    change = await desk.store.withdraw_handoff(handoff.id, tap.user, desk.now(), [line])
    if not change.changed:
        await late_handoff(desk, tap, change.handoff)
    desk.wake()

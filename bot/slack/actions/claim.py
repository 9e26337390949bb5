"""*Claim* on a hand-off: somebody of the team takes the case, and the leader hears who."""

from __future__ import annotations

from bot.slack.asked import asked_handoff
from bot.slack.cards.handoff import minutes_between
from bot.slack.desk import Desk
from bot.slack.handoffs import late_handoff, leader_line
from bot.slack.tap import Tap

VERB = "handoff.claim"


async def tap(desk: Desk, tap: Tap) -> None:
    """Claim it, if nobody has."""
    handoff = await asked_handoff(desk, tap)
    if handoff is None:
        return
    now = desk.now()
    names = await desk.people.names([tap.user])
    passed = minutes_between(handoff.sent_at, now, desk.playbook.replies)
    line = await leader_line(desk, handoff, "claimed", tap.user, name=names[tap.user], after=passed)
    change = await desk.store.claim_handoff(handoff.id, tap.user, now, [line])
    if not change.changed:
        await late_handoff(desk, tap, change.handoff)
    desk.wake()

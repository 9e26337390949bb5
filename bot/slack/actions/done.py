"""*Done…* on a hand-off: one line on what happened, for the leader."""

from __future__ import annotations

from bot.slack.asked import asked_handoff, open_form
from bot.slack.cards.forms import handoff_done_form
from bot.slack.desk import Desk
from bot.slack.handoffs import late_handoff
from bot.slack.tap import Tap

VERB = "handoff.done"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form, unless the case is closed."""
    handoff = await asked_handoff(desk, tap)
    if handoff is None:
        return
    if handoff.state not in {"sent", "claimed"}:
        await late_handoff(desk, tap, handoff)
        return
    names = await desk.people.names([handoff.leader])
    await open_form(desk, tap, handoff_done_form(handoff, desk.playbook, names))

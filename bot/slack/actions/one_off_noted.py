"""*Noted* on a one-off: the team that owns the case has seen that the leader answers it."""

from __future__ import annotations

from bot.slack.asked import done_before, tell_words
from bot.slack.desk import Desk
from bot.slack.one_offs import asked_one_off, late_one_off
from bot.slack.tap import Tap

VERB = "one_off.noted"


async def tap(desk: Desk, tap: Tap) -> None:
    """Note it, once."""
    found = await asked_one_off(desk, tap)
    if found is None:
        return
    one_off, draft = found
    if one_off.state != "granted":
        await late_one_off(desk, tap, one_off, draft)
    elif not await desk.store.note_one_off(one_off.id, tap.user, desk.now()):
        after = await desk.store.one_off(one_off.id) or one_off
        what = desk.playbook.replies.say("done.noted")
        at = after.noted_at or desk.now()
        await tell_words(desk, tap, await done_before(desk, what, after.noted_by or tap.user, at, tap.user))
    desk.wake()

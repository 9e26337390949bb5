"""*Keep for later…*: at once where the card names the time, else with the form."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.lifecycle import Event
from bot.model import DraftView
from bot.slack.asked import asked_view, late, open_form, stale
from bot.slack.cards.buttons import PAUSE, WAIT
from bot.slack.cards.forms import keep_form
from bot.slack.desk import Desk
from bot.slack.keeping import offered_times
from bot.slack.tap import Tap

VERB = "draft.keep"


async def tap(desk: Desk, tap: Tap) -> None:
    """Keep it, or ask until when."""
    view = await asked_view(desk, tap, newest=True, event=Event.KEEP)
    if view is None:
        return
    until = _named(view, tap.detail, desk.now())
    if until is None:
        zone = await desk.drawing.timezone_of(view.draft.leader)
        offered = await offered_times(desk, view)
        await open_form(desk, tap, keep_form(view, desk.playbook, now=desk.now(), timezone=zone, suggestions=offered))
        return
    applied = await desk.store.keep(view.draft.id, until, by=tap.user, now=desk.now(), revision_id=view.revision.id)
    if applied.stale:
        await stale(desk, tap, view.draft)
    elif not applied.changed:
        await late(desk, tap, applied.draft or view.draft)
    desk.wake()


def _named(view: DraftView, detail: str, now: datetime) -> datetime | None:
    """The time that the button named; None where it named none, or it has passed."""
    verdict = view.verdict
    if verdict is not None and detail == PAUSE and verdict.pause_minutes:
        return now + timedelta(minutes=verdict.pause_minutes)
    if verdict is not None and detail == WAIT and verdict.wait_until is not None and verdict.wait_until > now:
        return verdict.wait_until
    return None

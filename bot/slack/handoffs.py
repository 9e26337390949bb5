"""What the steps of a hand-off share: the line in the draft's thread, and the answer to a tap that came too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import Handoff
from bot.playbook import Route
from bot.slack.asked import tell, tell_words
from bot.slack.cards.when import clock
from bot.slack.desk import Desk
from bot.slack.notes import hearers, thread_line
from bot.slack.tap import Tap
from bot.store import OutMessage

OPENS, CLOSES = 9, 17
"""Working hours in which a team's target counts, where its file says so."""
LAST_WORKING_DAY = 4


async def leader_line(desk: Desk, handoff: Handoff, step: str, by: str, **values: str) -> OutMessage:
    """`thread.handoff.<step>` in the draft's thread: `by` has done something with the hand-off."""
    draft = await desk.store.draft(handoff.draft_id)
    channel = (draft.card_channel or draft.channel) if draft else ""
    thread = draft.thread_ts if draft else ""
    stamp = int(desk.now().timestamp() * 1000)
    line = thread_line(
        handoff.draft_id,
        f"{handoff.id}:{step}:{stamp}",
        channel,
        thread,
        f"thread.handoff.{step}",
        hears=hearers(draft, by) if draft else "",
        **values,
    )
    return replace(line, handoff_id=handoff.id)


async def late_handoff(desk: Desk, tap: Tap, handoff: Handoff | None) -> None:
    """Tell what happened before: a hand-off is in one state that everybody sees."""
    if handoff is None:
        await tell(desk, tap, "answer.old_button")
        return
    await desk.store.bump(handoff.draft_id, [handoff.id])
    desk.wake()
    await tell_words(desk, tap, await late_case(desk, handoff, tap.user))


async def late_case(desk: Desk, handoff: Handoff, reader: str) -> str:
    """`Already claimed by Sam at 14:02.`: what was done with a hand-off last, in the reader's time zone."""
    say = desk.playbook.replies.say
    what: str = handoff.state
    who = handoff.closed_by or handoff.claimed_by or handoff.sent_by
    when = handoff.closed_at or handoff.claimed_at or handoff.sent_at
    if handoff.state == "sent":
        # A case that waits has been sent or put back, and only the record knows by whom.
        own = [one for one in await desk.store.records(handoff.draft_id) if one.handoff_id == handoff.id]
        who, when = (own[-1].by, own[-1].at) if own else (who, when)
        what = "back" if len(own) > 1 else "sent"
    names = await desk.people.names([who])
    time = clock(when, await desk.drawing.timezone_of(reader))
    return say("answer.late", what=say(f"handoff.state.{what}"), name=names[who], time=time)


def due(route: Route, start: datetime, zone: str, needed_by: datetime | None = None) -> datetime:
    """When the team means to have answered: its target, in working hours where it says so, or sooner where that is wanted."""
    target = timedelta(minutes=route.target_minutes)
    aim = _working(start.astimezone(ZoneInfo(zone)), target) if route.working_hours else start + target
    aim = aim.astimezone(start.tzinfo)
    return min(aim, needed_by) if needed_by is not None and needed_by > start else aim


def _working(moment: datetime, left: timedelta) -> datetime:
    """The moment at which `left` of working time has passed. Days from Monday to Friday, 9 to 17 by the local clock."""
    while True:
        opens = moment.replace(hour=OPENS, minute=0, second=0, microsecond=0)
        closes = moment.replace(hour=CLOSES, minute=0, second=0, microsecond=0)
        moment = max(moment, opens)
        if moment.weekday() <= LAST_WORKING_DAY and moment < closes:
            if moment + left <= closes:
                return moment + left
            left -= closes - moment
        moment = opens + timedelta(days=1)

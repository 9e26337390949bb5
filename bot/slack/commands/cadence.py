"""`/cadence`: how often a leader posts, from confirmed posts alone."""

from __future__ import annotations

import re

from bot.cadence import last_post, next_good_time, pace_of, summarise
from bot.slack.call import Call
from bot.slack.cards.cadence import draw_cadence
from bot.slack.desk import POSTS_KNOWN, Desk
from bot.slack.notes import sentence
from bot.slack.rich import Card

COMMAND = "/cadence"
SPANS = {"4w": 4, "13w": 13, "26w": 26, "52w": 52}
WEEKS = 13
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


async def answer(desk: Desk, call: Call) -> Card:
    """The person's own cadence; a leader's, for their delegate and comms."""
    weeks, leader = WEEKS, call.user
    for part in call.text.split():
        mentioned = _USER.fullmatch(part)
        if part.casefold() in SPANS:
            weeks = SPANS[part.casefold()]
        elif mentioned:
            leader = mentioned[1]
        elif part.casefold() != "me":
            return sentence(desk, "cadence.usage")
    if leader == call.user and not await desk.people.is_leader(leader, desk.playbook):
        leaders = await desk.people.leaders_of(call.user, desk.playbook)
        if len(leaders) != 1:
            return sentence(desk, "cadence.whose")
        leader = leaders[0]
    if not await _may_see(desk, call.user, leader):
        return sentence(desk, "answer.role", who=desk.playbook.replies.say("role.cadence"))
    return await _draw(desk, call, leader, weeks)


async def _may_see(desk: Desk, user: str, leader: str) -> bool:
    if user == leader or await desk.people.in_comms(user):
        return True
    return leader in await desk.people.leaders_of(user, desk.playbook)


async def _draw(desk: Desk, call: Call, leader: str, weeks: int) -> Card:
    now = desk.now()
    zone = await desk.drawing.timezone_of(leader)
    posts = await desk.store.posts_of(leader, now - POSTS_KNOWN)
    summary = summarise(posts, now, zone, weeks, window_open=bool(desk.playbook.open_windows(now, leader, ())))
    newest = last_post(posts)
    platform = desk.playbook.platform(newest.platform) if newest else None
    free = next_good_time(posts, platform.id, pace_of(platform), now, zone) if platform else now
    names = await desk.people.names([leader])
    return draw_cadence(
        summary,
        desk.playbook,
        now=now,
        timezone=zone,
        name="" if leader == call.user else names[leader],
        next_time=free if free > now else None,
        unknown=await _unknown(desk, leader),
    )


async def _unknown(desk: Desk, leader: str) -> int:
    """Reviewed drafts of the leader of which nobody has said what became of them."""
    views = await desk.store.open_drafts(leader)
    return sum(view.draft.leader == leader and view.verdict is not None and not view.verdict.pending for view in views)

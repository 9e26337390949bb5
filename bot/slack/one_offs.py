"""What taps on a one-off share: find it, check that this person may, and end the question to comms."""

from __future__ import annotations

from datetime import datetime

from bot.choices import OneOff
from bot.lifecycle import Event
from bot.model import Draft
from bot.slack.asked import done_before, outsider, redraw, tell, tell_words
from bot.slack.cards.words import team
from bot.slack.desk import Desk
from bot.slack.notes import hearers, thread_line
from bot.slack.rights import may, one_off_roles
from bot.slack.standing import standing_by
from bot.slack.tap import Tap
from bot.store import OutMessage


async def asked_one_off(desk: Desk, tap: Tap) -> tuple[OneOff, Draft] | None:
    """The tapped one-off and its draft, if this person may do this; else None, and they have been told why."""
    one_off = await desk.store.one_off(tap.subject)
    draft = await desk.store.draft(one_off.draft_id) if one_off else None
    if one_off is None or draft is None:
        await tell(desk, tap, "answer.old_button")
        return None
    if await outsider(desk, tap):
        return None
    if not may(tap.verb, await one_off_roles(desk, draft, one_off.route, tap.user)):
        who = "role.team" if tap.verb == "one_off.noted" else "role.comms"
        await tell(desk, tap, "answer.role", who=desk.playbook.replies.say(who))
        return None
    return one_off, draft


async def decide_one_off(desk: Desk, tap: Tap, event: Event, key: str) -> None:
    """Comms allows or refuses; the leader hears of it in the thread, and the second tap is told who was first."""
    found = await asked_one_off(desk, tap)
    if found is None:
        return
    one_off, draft = found
    names = await desk.people.names([tap.user])
    route = desk.playbook.route(one_off.route)
    line = _leader_line(
        desk, draft, one_off, key, tap.user, name=names[tap.user], team=team(one_off.route, desk.playbook)
    )
    change = await desk.store.end_one_off(
        one_off.id,
        event,
        standing_by(desk.playbook),
        by=tap.user,
        now=desk.now(),
        team_channel=route.channel if route else "",
        lines=[line],
    )
    if not change.changed:
        await late_one_off(desk, tap, one_off, draft)
    desk.wake()


async def late_one_off(desk: Desk, tap: Tap, one_off: OneOff, draft: Draft) -> None:
    """Tell what happened before, and draw all of it again."""
    await redraw(desk, draft)
    after = await desk.store.one_off(one_off.id) or one_off
    say = desk.playbook.replies.say
    by, at = _who(after)
    states = {
        "granted": say("one_off.state.granted"),
        "refused": say("one_off.state.refused"),
        "withdrawn": say("one_off.state.withdrawn"),
        "returned": say("one_off.state.returned"),
        "asked": say("one_off.state.asked"),
    }
    await tell_words(desk, tap, await done_before(desk, states[after.state], by, at, tap.user))


def _who(one_off: OneOff) -> tuple[str, datetime]:
    return one_off.decided_by or one_off.declared_by, one_off.decided_at or one_off.declared_at


def _leader_line(desk: Desk, draft: Draft, one_off: OneOff, key: str, by: str, **values: str) -> OutMessage:
    channel = draft.card_channel or draft.channel
    told = {name: value for name, value in values.items() if name in desk.playbook.replies.placeholders(key)}
    return thread_line(draft.id, f"{one_off.id}:{key}", channel, draft.thread_ts, key, hears=hearers(draft, by), **told)

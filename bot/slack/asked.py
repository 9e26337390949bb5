"""What most taps begin with: find what was tapped, check that this person may, and say so in words where they may not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.lifecycle import Event, next_state
from bot.model import Draft, DraftView, Handoff
from bot.slack.cards.forms import answer_form
from bot.slack.cards.when import clock, day
from bot.slack.desk import Desk
from bot.slack.notes import show_privately, worded
from bot.slack.rights import draft_roles, handoff_roles, may
from bot.slack.tap import Form, Tap


async def asked_view(desk: Desk, tap: Tap, *, newest: bool = False, event: Event | None = None) -> DraftView | None:
    """The tapped draft as it stands, if this person may do this with it; else None, and they have been told why.

    With `newest` the button must have been drawn for the newest text; with `event` the draft must be where that can happen.
    """
    view = await desk.store.view(tap.subject)
    if view is None:
        await tell(desk, tap, "answer.old_button")
        return None
    if await outsider(desk, tap):
        return None
    if not may(tap.verb, await draft_roles(desk, view.draft, tap.user)):
        await tell(desk, tap, "answer.role", who=desk.playbook.replies.say("role.draft"))
        return None
    if view.revision.text is None:
        await redraw(desk, view.draft)
        when = view.draft.forgotten_on or desk.now()
        await tell(desk, tap, "answer.forgotten", date=day(when, desk.playbook.replies))
        return None
    if event is not None and next_state(view.draft.state, event) is None:
        await late(desk, tap, view.draft)
        return None
    if newest and tap.revision not in {None, view.revision.id}:
        await stale(desk, tap, view.draft)
        return None
    return view


async def asked_handoff(desk: Desk, tap: Tap) -> Handoff | None:
    """The tapped hand-off, if this person may do this with it; else None, and they have been told why."""
    handoff = await desk.store.handoff(tap.subject)
    if handoff is None:
        await tell(desk, tap, "answer.old_button")
        return None
    if await outsider(desk, tap):
        return None
    if not may(tap.verb, await handoff_roles(desk, handoff, tap.user)):
        who = "role.leader" if tap.verb == "handoff.withdraw" else "role.team"
        await tell(desk, tap, "answer.role", who=desk.playbook.replies.say(who))
        return None
    return handoff


async def refused_form(
    desk: Desk, form: Form, verb: str, view: DraftView | None, event: Event | None, *, any_text: bool = False
) -> str | None:
    """Why this person may not submit this about a draft, in a sentence for the form; None where they may.

    The form must have been opened on the newest text, save with `any_text`, and the draft be where `event` can happen.
    """
    say = desk.playbook.replies.say
    if view is None:
        return say("answer.old_button")
    if (await desk.people.person(form.user)).outsider:
        return say("answer.outsider")
    if not may(verb, await draft_roles(desk, view.draft, form.user)):
        return say("answer.role", who=say("role.draft"))
    if view.revision.text is None:
        when = view.draft.forgotten_on or desk.now()
        return say("answer.forgotten", date=day(when, desk.playbook.replies))
    if event is not None and next_state(view.draft.state, event) is None:
        return await late_words(desk, view.draft, form.user)
    if not any_text and len(form.ids) > 1 and form.ids[1] != view.revision.id:
        return say("form.error.newer")
    return None


async def late_words(desk: Desk, draft: Draft, reader: str) -> str:
    """`Already posted by Dana at 14:02.`: who moved the draft last, in the reader's time zone."""
    say = desk.playbook.replies.say
    moves = [record for record in await desk.store.records(draft.id) if record.by and record.before is not record.after]
    if not moves:
        return say("answer.old_button")
    names = await desk.people.names([moves[-1].by])
    return say(
        "answer.late",
        what=say(f"state.{draft.state.value}"),
        name=names[moves[-1].by],
        time=clock(moves[-1].at, await desk.drawing.timezone_of(reader)),
    )


async def done_before(desk: Desk, what: str, by: str, at: datetime, reader: str) -> str:
    """`Already dismissed by Dana at 14:02.`: who was first with something that leaves the draft in its state."""
    names = await desk.people.names([by])
    time = clock(at, await desk.drawing.timezone_of(reader))
    return desk.playbook.replies.say("answer.late", what=what, name=names[by], time=time)


async def late(desk: Desk, tap: Tap, draft: Draft) -> None:
    """Tell somebody whose tap changed nothing what happened before, and draw the card again."""
    await redraw(desk, draft)
    await tell_words(desk, tap, await late_words(desk, draft, tap.user))


async def stale(desk: Desk, tap: Tap, draft: Draft) -> None:
    """Tell somebody that the text has changed since the button was drawn, and draw the card again."""
    await redraw(desk, draft)
    await tell(desk, tap, "answer.stale")


async def outsider(desk: Desk, tap: Tap) -> bool:
    """Whether this is a guest, a bot or somebody of another workspace; they have been told then."""
    if not (await desk.people.person(tap.user)).outsider:
        return False
    await tell(desk, tap, "answer.outsider")
    return True


async def redraw(desk: Desk, draft: Draft) -> None:
    """Draw all of a draft's messages again, soon."""
    await desk.store.bump(draft.id)
    desk.wake()


async def tell(desk: Desk, tap: Tap, key: str, **values: str) -> None:
    """A sentence of replies.toml to the one who tapped."""
    await tell_words(desk, tap, desk.playbook.replies.say(key, **values))


async def tell_words(desk: Desk, tap: Tap, text: str) -> None:
    """A sentence to the one who tapped: where the card stands, or on top of the form that was tapped."""
    if tap.view_id:
        await open_form(desk, tap, answer_form(text, desk.playbook))
    elif tap.channel:
        await show_privately(desk, tap.channel, tap.user, worded(text), thread=tap.thread)


async def open_form(desk: Desk, tap: Tap, view: Mapping[str, Any]) -> None:
    """Open a form on the tap's trigger, or put it on top where the tap was in a form. Raises `SlackApiError` when too late."""
    if tap.view_id:
        await desk.clients.posting.views_push(trigger_id=tap.trigger, view=dict(view))
    else:
        await desk.clients.posting.views_open(trigger_id=tap.trigger, view=dict(view))

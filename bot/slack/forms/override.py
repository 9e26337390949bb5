"""*Go ahead anyway*: the leader's own decision against advice, on record with its reason (product F25)."""

from __future__ import annotations

from bot.choices import Reason
from bot.lifecycle import Event
from bot.model import DraftView, Outcome
from bot.slack.asked import late_words, refused_form
from bot.slack.cards.decided import OTHER
from bot.slack.cards.forms.override import FEWEST
from bot.slack.cards.points import holds, open_titles
from bot.slack.desk import Desk
from bot.slack.oversight import against_lines
from bot.slack.rights import HOLD_OVERRIDE, draft_roles, may
from bot.slack.tap import Form

NAME = "override"


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Record it, if what is advised is still what the form showed. Comms is told, and with a hold mentioned."""
    say = desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    refused = await refused_form(desk, form, "draft.override", view, Event.OVERRIDE)
    if refused or view is None:
        return {"reason": refused or say("answer.old_button")}
    reason = Reason(form.text("reason"), form.text("note").strip())
    wrong = await _wrong(desk, form, view, reason)
    if wrong or view.verdict is None:
        return wrong
    applied = await desk.store.apply(
        view.draft.id,
        Event.OVERRIDE,
        by=form.user,
        now=desk.now(),
        revision_id=view.revision.id,
        outcome=view.verdict.outcome,
        reason=reason.written(),
        lines=await against_lines(desk, view, form.view_id, rules=open_titles(view), hold=holds(view)),
    )
    desk.wake()
    if applied.changed:
        return None
    if applied.stale:
        return {"reason": say("form.error.changed")}
    return {"reason": await late_words(desk, applied.draft or view.draft, form.user)}


async def _wrong(desk: Desk, form: Form, view: DraftView, reason: Reason) -> dict[str, str] | None:
    say = desk.playbook.replies.say
    shown = form.ids[2] if len(form.ids) > 2 else ""
    if view.verdict is None or view.verdict.outcome is Outcome.READY or shown != view.verdict.outcome.value:
        return {"reason": say("form.error.changed")}
    if holds(view):
        if not may(HOLD_OVERRIDE, await draft_roles(desk, view.draft, form.user)):
            names = await desk.people.names([view.draft.leader])
            return {"reason": say("answer.leader_only", leader=names[view.draft.leader])}
        if len(reason.note) < FEWEST:
            return {"note": say("form.error.hold_note")}
    if reason.key == OTHER and not reason.note:
        return {"note": say("form.error.note")}
    return None

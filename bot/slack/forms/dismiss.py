"""*Dismiss this point*: it is set aside for this draft, and the outcome is decided again from what is open."""

from __future__ import annotations

from bot.choices import Reason
from bot.lifecycle import Event
from bot.model import Severity
from bot.set_aside import same_points
from bot.slack.asked import done_before, late_words, refused_form
from bot.slack.cards.decided import OTHER
from bot.slack.cards.forms.dismiss import dismissible
from bot.slack.desk import Desk
from bot.slack.oversight import against_lines
from bot.slack.standing import standing_by
from bot.slack.tap import Form
from bot.store import Dismissal, OutMessage

NAME = "dismiss"


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Set the point aside, with all places where its rule says the same; a redirect is told to comms."""
    say = desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    refused = await refused_form(desk, form, "draft.dismiss", view, Event.DISMISS)
    if refused or view is None:
        return {"reason": refused or say("answer.old_button")}
    reason = Reason(form.text("reason"), form.text("note").strip())
    if reason.key == OTHER and not reason.note:
        return {"note": say("form.error.note")}
    place = form.ids[2] if len(form.ids) > 2 else ""
    finding = dismissible(view, int(place)) if place.isdigit() else None
    if finding is None or view.verdict is None:
        return {"reason": say("form.error.newer")}
    chosen = same_points(view.verdict, finding)
    lines: tuple[OutMessage, ...] = ()
    if finding.severity is Severity.REDIRECT:
        lines = await against_lines(desk, view, form.view_id, rules=[finding.title], hold=False)
    dismissal = Dismissal(view.draft.id, view.revision.id, chosen, reason, form.user, desk.now())
    applied = await desk.store.dismiss(dismissal, standing_by(desk.playbook), lines)
    desk.wake()
    if applied.changed:
        return None
    if applied.stale:
        return {"reason": say("form.error.newer")}
    if applied.decided_by and applied.decided_at:
        what = say("done.dismissed")
        return {"reason": await done_before(desk, what, applied.decided_by, applied.decided_at, form.user)}
    return {"reason": await late_words(desk, applied.draft or view.draft, form.user)}

"""*Keep for later*: the draft comes back at the time that was chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.lifecycle import Event
from bot.slack.asked import late_words, refused_form
from bot.slack.cards.forms.keep import OTHER_TIME
from bot.slack.desk import Desk
from bot.slack.tap import Form

NAME = "keep"
FARTHEST = timedelta(days=90)


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Keep it, or change the time of a draft that is kept already."""
    say = desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    refused = await refused_form(desk, form, "draft.keep", view, Event.KEEP)
    if refused or view is None:
        return {"which": refused or say("answer.old_button")}
    which, typed, now = form.text("which"), form.text("when"), desk.now()
    if which == OTHER_TIME and not typed:
        return {"when": say("form.error.when")}
    # A time that somebody typed is meant, whatever choice still stands beside it.
    until = datetime.fromtimestamp(int(typed or which), UTC)
    place = "when" if typed else "which"
    if until <= now:
        return {place: say("form.error.to_come")}
    if until > now + FARTHEST:
        return {place: say("form.error.too_far")}
    applied = await desk.store.keep(view.draft.id, until, by=form.user, now=now, revision_id=view.revision.id)
    desk.wake()
    if applied.changed:
        return None
    return {"which": say("form.error.newer") if applied.stale else await late_words(desk, view.draft, form.user)}

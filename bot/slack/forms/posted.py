"""*Posted details*: where, when and with which text a draft went out, or that it did not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.lifecycle import Event, next_state
from bot.model import DraftView, PostCompared, State, text_hash
from bot.slack.actions.posted import recorded_line
from bot.slack.asked import late_words, refused_form
from bot.slack.cards.points import holds, open_titles
from bot.slack.desk import Desk
from bot.slack.oversight import against_lines
from bot.slack.tap import Form

NAME = "posted"
OLDEST = timedelta(days=90)
LEEWAY = timedelta(minutes=5)
"""A time that was typed may be a little ahead of the server's clock."""


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Record the posts; a record that stood before gives way to the new one."""
    say = desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    again = view is not None and view.draft.state is State.POSTED
    event = Event.NOT_POSTED if again else Event.POSTED
    refused = await refused_form(desk, form, "draft.posted", view, event)
    if refused or view is None:
        return {"platforms": refused or say("answer.old_button")}
    now = desk.now()
    if again and form.texts("not_posted"):
        await desk.store.apply(view.draft.id, Event.NOT_POSTED, by=form.user, now=now)
        desk.wake()
        return None
    when = datetime.fromtimestamp(int(form.text("when")), UTC) if form.text("when") else now
    if when > now + LEEWAY:
        return {"when": say("form.error.future")}
    if when < now - OLDEST:
        return {"when": say("form.error.too_old")}
    compared = _compared(view, form)
    if compared is None:
        return {"text": say("form.error.other_text")}
    if again:
        await desk.store.apply(view.draft.id, Event.NOT_POSTED, by=form.user, now=now)
    platforms = form.texts("platforms")
    lines = [await recorded_line(desk, view, platforms, compared[1], when=when, by=form.user)]
    if form.text("reason"):
        # Decided by posting: comms hears of it as of any decision against advice.
        lines += await against_lines(desk, view, form.view_id, rules=open_titles(view), hold=holds(view))
    posts = await desk.store.record_post(
        view.draft.id,
        platforms,
        when,
        form.user,
        now,
        lines=lines,
        reason=form.text("reason"),
        text_hash=compared[0],
        compared=compared[1],
        revision_id=view.revision.id,
    )
    desk.wake()
    if posts:
        return None
    after = await desk.store.draft(view.draft.id) or view.draft
    late = next_state(after.state, Event.POSTED) is None
    return {"platforms": await late_words(desk, after, form.user) if late else say("form.error.newer")}


def _compared(view: DraftView, form: Form) -> tuple[str, PostCompared] | None:
    """Hash of the text that went out, and how it stands to what was advised; None for another text that was not given."""
    own = view.revision.text or ""
    suggestion = view.verdict.suggestion if view.verdict else None
    match form.text("which"):
        case "suggestion" if suggestion:
            return text_hash(suggestion), "as_suggested"
        case "other":
            text = form.text("text").strip()
            if not text:
                return None
            if text == suggestion:
                return text_hash(text), "as_suggested"
            return text_hash(text), "as_revision" if text == own else "with_changes"
    return view.revision.text_hash, "as_suggested" if view.used_suggestion else "as_revision"

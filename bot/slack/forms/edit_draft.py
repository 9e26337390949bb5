"""*Edit draft*: the new text is the draft's next revision."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.asked import refused_form
from bot.slack.desk import Desk
from bot.slack.tap import Form
from bot.store import NewRevision

NAME = "edit_draft"


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Take the text, unless it is the same, or the draft has a newer one."""
    say = desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    refused = await refused_form(desk, form, "draft.edit", view, Event.REVISION)
    if refused or view is None:
        return {"text": refused or say("answer.old_button")}
    text = form.text("text").strip()
    if not text:
        return {"text": say("form.error.text")}
    if text == view.revision.text:
        return {"text": say("form.error.same")}
    taken = await desk.store.take_revision(
        NewRevision(
            view.draft.id,
            text,
            "form",
            desk.now(),
            form.user,
            attachments=view.revision.attachments,
            on_revision=view.revision.id,
        )
    )
    desk.wake()
    return None if taken is not None else {"text": say("form.error.newer")}

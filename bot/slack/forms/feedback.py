"""*Say why*: a few words on a review that was of no use, kept with the record and seen by comms."""

from __future__ import annotations

from bot.slack.asked import refused_form
from bot.slack.desk import Desk
from bot.slack.oversight import comms_lines
from bot.slack.tap import Form
from bot.store.base import RECORD

NAME = "feedback"


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Keep the words, whatever has become of the draft since, as long as it has its text."""
    say = desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    refused = await refused_form(desk, form, "draft.feedback_why", view, None, any_text=True)
    why = form.text("why").strip()
    if refused or view is None or not why:
        return {"why": refused or say("form.error.note")}
    lines = await comms_lines(desk, view, f"feedback:{form.view_id}", "oversight.not_useful", {RECORD: ""})
    await desk.store.say_why(view.draft.id, why, by=form.user, now=desk.now(), lines=lines)
    desk.wake()
    return None

"""*New draft*: the text is posted in the chosen place, and reviewed there."""

from __future__ import annotations

from bot.model import Attachments
from bot.slack.cards.forms.draft import DIRECT
from bot.slack.desk import Desk
from bot.slack.new_draft import may_submit_for, role_for_drafts
from bot.slack.submit import Submission, submit_text
from bot.slack.tap import Form

NAME = "new_draft"


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Check whose post it may be, then submit the draft."""
    say = desk.playbook.replies.say
    if await role_for_drafts(desk, form.user) is None:
        return {"text": say("answer.outsider")}
    text = form.text("text").strip()
    if not text:
        return {"text": say("form.error.text")}
    leader = form.text("leader")
    if not leader or not await desk.people.is_leader(leader, desk.playbook):
        return {"leader": say("form.error.leader")}
    if not await may_submit_for(desk, form.user, leader):
        names = await desk.people.names([leader])
        return {"leader": say("form.error.not_yours", name=names[leader])}
    place = form.text("place")
    channel = "" if place == DIRECT else place
    if channel and (channel not in desk.people.draft_channels or form.user not in await desk.people.members(channel)):
        return {"place": say("answer.stale")}
    described = Attachments(images=1, described=1) if form.text("description").strip() else Attachments()
    await submit_text(desk, Submission(text, leader, form.user, form.texts("platforms"), channel, described))
    return None

"""*Close this hand-off*: what happened, in one line."""

from __future__ import annotations

from bot.slack.desk import Desk
from bot.slack.handoffs import late_case, leader_line
from bot.slack.rights import handoff_roles, may
from bot.slack.tap import Form

NAME = "handoff_done"
FEWEST = 5


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Close it, if the person is of the team and it is still open."""
    say = desk.playbook.replies.say
    handoff = await desk.store.handoff(form.ids[0]) if form.ids else None
    if handoff is None:
        return {"line": say("answer.old_button")}
    if (await desk.people.person(form.user)).outsider:
        return {"line": say("answer.outsider")}
    if not may("handoff.done", await handoff_roles(desk, handoff, form.user)):
        return {"line": say("answer.role", who=say("role.team"))}
    names = await desk.people.names([form.user, handoff.leader])
    said = form.text("line").strip()
    if len(said) < FEWEST:
        return {"line": say("form.error.line", leader=names[handoff.leader])}
    line = await leader_line(desk, handoff, "done", form.user, name=names[form.user])
    change = await desk.store.close_handoff(handoff.id, form.user, said, desk.now(), [line])
    desk.wake()
    if change.changed:
        return None
    return {"line": await late_case(desk, change.handoff or handoff, form.user)}

"""*Send to another team*: the case goes to the team that the form names; the draft only where it was ticked."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.lifecycle import Event
from bot.slack.asked import refused_form
from bot.slack.cards.when import moment
from bot.slack.desk import Desk
from bot.slack.handoffs import due
from bot.slack.notes import hearers, thread_line
from bot.slack.tap import Form
from bot.store import NewHandoff

NAME = "handoff"


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Send it once, however often the form arrives."""
    say = desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    refused = await refused_form(desk, form, "draft.handoff", view, Event.HANDOFF)
    if refused or view is None:
        return {"team": refused or say("answer.old_button")}
    route = desk.playbook.route(form.text("team"))
    if route is None or desk.me.user_id not in await desk.people.members(route.channel):
        return {"team": say("form.error.channel", team=route.name if route else form.text("team"))}
    link, what, ticked = form.text("link").strip(), form.text("what").strip(), bool(form.texts("include"))
    if link and not link.startswith(("https://", "http://")):
        return {"link": say("form.error.link")}
    if not (link or what or ticked):
        return {"what": say("form.error.handoff")}
    now = desk.now()
    needed = form.text("needed_by")
    aim = due(route, now, desk.settings.lectern_timezone, datetime.fromtimestamp(int(needed), UTC) if needed else None)
    zone = await desk.drawing.timezone_of(view.draft.leader)
    line = thread_line(
        view.draft.id,
        f"handoff:{form.view_id}",
        view.draft.card_channel or view.draft.channel,
        view.draft.thread_ts,
        "thread.handoff.sent",
        hears=hearers(view.draft, form.user),
        team=route.name,
        due=moment(aim, desk.playbook.replies, now=now, timezone=zone),
    )
    sent = await desk.store.send_handoff(
        NewHandoff(
            draft_id=view.draft.id,
            route=route.id,
            channel=route.channel,
            sent_by=form.user,
            now=now,
            due_at=aim,
            link=link or None,
            what=what or None,
            promised=form.text("promised").strip() or None,
            answered=form.text("answered") == "yes",
            draft_text=view.revision.text if ticked else None,
            once=form.view_id,
            revision_id=form.ids[1] if len(form.ids) > 1 else None,
        ),
        [line],
    )
    desk.wake()
    return None if sent is not None else {"team": say("form.error.newer")}

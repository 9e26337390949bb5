"""*Just this once*: within the allowance the leader goes ahead and the owners of the case are told; beyond it comms decides."""

from __future__ import annotations

from bot.choices import quarter_of
from bot.lifecycle import Event
from bot.model import DraftView
from bot.set_aside import may_be_one_off
from bot.slack.asked import late_words, refused_form
from bot.slack.cards.forms.one_off import ASK, quarter_words
from bot.slack.desk import Desk
from bot.slack.oversight import comms_hearers, comms_lines
from bot.slack.standing import standing_by
from bot.slack.tap import Form
from bot.store import NewOneOff
from bot.store.base import RECORD

NAME = "one_off"


async def submit(desk: Desk, form: Form) -> dict[str, str] | None:
    """Declare it once, however often the form arrives."""
    playbook, say = desk.playbook, desk.playbook.replies.say
    view = await desk.store.view(form.ids[0]) if form.ids else None
    refused = await refused_form(desk, form, "draft.one_off", view, Event.ONE_OFF)
    if refused or view is None:
        return {"why": refused or say("answer.old_button")}
    wrong, route = await _wrong(desk, form, view), playbook.route(form.text("team"))
    if wrong or route is None:
        return wrong
    quarter, allowance = quarter_of(await desk.today(view.draft.leader)), playbook.organisation.exceptions_per_quarter
    ask = _asks(form)
    used = await desk.store.one_offs_used(view.draft.leader, quarter)
    values = {
        "n": str(used + 1),
        "allowance": str(allowance),
        "quarter": quarter_words(quarter, playbook.replies),
        "team": route.name,
        RECORD: "",
    }
    change = await desk.store.declare_one_off(
        NewOneOff(
            draft_id=view.draft.id,
            revision_id=view.revision.id,
            route=route.id,
            why=form.text("why").strip(),
            link=form.text("link").strip(),
            by=form.user,
            now=desk.now(),
            quarter=quarter,
            allowance=allowance,
            ask=ask,
            once=form.view_id,
            team_channel=route.channel,
            comms_channel=desk.settings.lectern_oversight_channel,
            hears=await comms_hearers(desk, view) if ask else "",
        ),
        standing_by(playbook),
        await comms_lines(desk, view, f"one-off:{form.view_id}", "oversight.one_off", values),
    )
    desk.wake()
    if change.changed:
        return None
    if change.used_up:
        return {"why": say("form.error.used_up")}
    if change.stale:
        return {"why": say("form.error.newer")}
    return {"why": await late_words(desk, change.draft or view.draft, form.user)}


def _asks(form: Form) -> bool:
    """Whether the form was opened to ask comms."""
    return len(form.ids) > 2 and form.ids[2] == ASK


async def _wrong(desk: Desk, form: Form, view: DraftView) -> dict[str, str] | None:
    say = desk.playbook.replies.say
    if view.verdict is None or not may_be_one_off(view.verdict):
        return {"why": say("form.error.changed")}
    if not form.text("why").strip():
        return {"why": say("form.error.note")}
    link = form.text("link").strip()
    if link and not link.startswith(("https://", "http://")):
        return {"link": say("form.error.link")}
    route = desk.playbook.route(form.text("team"))
    if route is None or desk.me.user_id not in await desk.people.members(route.channel):
        return {"team": say("form.error.channel", team=route.name if route else form.text("team"))}
    if _asks(form) and not desk.settings.lectern_oversight_channel:
        return {"why": say("form.error.no_comms")}
    return None

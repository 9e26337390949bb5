"""*Just this once…*: the form in which the leader declares a one-off, before it happens."""

from __future__ import annotations

from bot.choices import quarter_of
from bot.lifecycle import Event
from bot.set_aside import may_be_one_off
from bot.slack.asked import asked_view, open_form, stale, tell
from bot.slack.cards.forms import one_off_form
from bot.slack.desk import Desk
from bot.slack.rights import draft_roles, may
from bot.slack.tap import Tap

VERB = "draft.one_off"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form, where every redirect on the draft may be waived."""
    draft = await desk.store.draft(tap.subject)
    roles = await draft_roles(desk, draft, tap.user) if draft else frozenset()
    if draft is not None and may("draft.handoff", roles) and not may(VERB, roles):
        names = await desk.people.names([draft.leader])
        await tell(desk, tap, "answer.leader_only", leader=names[draft.leader])
        return
    view = await asked_view(desk, tap, newest=True, event=Event.ONE_OFF)
    if view is None:
        return
    if view.verdict is None or not may_be_one_off(view.verdict):
        await stale(desk, tap, view.draft)
        return
    quarter = quarter_of(await desk.today(view.draft.leader))
    used = await desk.store.one_offs_used(view.draft.leader, quarter)
    await open_form(desk, tap, one_off_form(view, desk.playbook, used=used, quarter=quarter))

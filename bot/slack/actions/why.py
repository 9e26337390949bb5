"""*Why this point*: guideline, reason, examples and source behind one finding."""

from __future__ import annotations

from bot.slack.asked import asked_view, open_form, stale
from bot.slack.cards.forms import why_form
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.why"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form for the finding at the place that the button names."""
    view = await asked_view(desk, tap, newest=True)
    if view is None:
        return
    form = why_form(view, desk.playbook, int(tap.detail)) if tap.detail.isdigit() else None
    if form is None:
        await stale(desk, tap, view.draft)
        return
    await open_form(desk, tap, form)

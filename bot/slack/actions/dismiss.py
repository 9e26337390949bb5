"""*Not useful in this draft…*: the form that asks why. Holds are not dismissed."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.model import Severity
from bot.slack.asked import asked_view, open_form, stale, tell
from bot.slack.cards.forms import dismiss_form
from bot.slack.cards.words import team
from bot.slack.desk import Desk
from bot.slack.tap import Tap

VERB = "draft.dismiss"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the form for the point at the place that the button names."""
    view = await asked_view(desk, tap, newest=True, event=Event.DISMISS)
    if view is None:
        return
    place = int(tap.detail) if tap.detail.isdigit() else -1
    findings = view.verdict.findings if view.verdict else ()
    form = dismiss_form(view, desk.playbook, place)
    if form is not None:
        await open_form(desk, tap, form)
    elif 0 <= place < len(findings) and findings[place].severity is Severity.HOLD:
        await tell(desk, tap, "form.error.hold", team=team(findings[place].route, desk.playbook))
    else:
        await stale(desk, tap, view.draft)

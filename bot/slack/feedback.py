"""What the three ways to tap *Useful* and *Not useful* do: keep the answer and thank the person. The card stays as it is."""

from __future__ import annotations

from bot.slack.asked import asked_view, tell
from bot.slack.cards.feedback import USEFUL, thanks
from bot.slack.desk import Desk
from bot.slack.notes import show_privately
from bot.slack.tap import Tap


async def take_feedback(desk: Desk, tap: Tap) -> None:
    """Keep what this person thinks of the review that the button was drawn for, on an older card, too."""
    view = await asked_view(desk, tap)
    if view is None:
        return
    useful = tap.detail == USEFUL
    kept = await desk.store.give_feedback(
        view.draft.id, tap.revision or view.revision.id, tap.user, useful=useful, now=desk.now()
    )
    if not kept:
        await tell(desk, tap, "answer.stale")
        return
    await show_privately(desk, tap.channel, tap.user, thanks(view, desk.playbook, useful=useful), thread=tap.thread)

"""*New draft…*, under an answer to a command that is none."""

from __future__ import annotations

from bot.slack.asked import tell
from bot.slack.desk import Desk
from bot.slack.new_draft import open_new_draft, role_for_drafts
from bot.slack.tap import Tap

VERB = "coach.new"


async def tap(desk: Desk, tap: Tap) -> None:
    """Open the empty form."""
    if await role_for_drafts(desk, tap.user) is None:
        await tell(desk, tap, "answer.outsider")
        return
    await open_new_draft(desk, tap.trigger, tap.user)

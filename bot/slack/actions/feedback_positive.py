"""*Useful* or *Not useful* under a review, as a button of its own where Slack refuses the element."""

from __future__ import annotations

from bot.slack.desk import Desk
from bot.slack.feedback import take_feedback
from bot.slack.tap import Tap

VERB = "draft.feedback_positive"


async def tap(desk: Desk, tap: Tap) -> None:
    """Keep the answer."""
    await take_feedback(desk, tap)

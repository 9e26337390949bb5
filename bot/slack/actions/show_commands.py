"""*Show commands*, under an answer to somebody who asked."""

from __future__ import annotations

from bot.slack.cards.answers import coach_help
from bot.slack.desk import Desk
from bot.slack.new_draft import roles_of
from bot.slack.notes import show_privately
from bot.slack.tap import Tap

VERB = "coach.help"


async def tap(desk: Desk, tap: Tap) -> None:
    """The commands for this person's roles."""
    card = coach_help(desk.playbook, await roles_of(desk, tap.user))
    await show_privately(desk, tap.channel, tap.user, card, thread=tap.thread)

"""What the store asks while it decides a draft again: the verdict that stands beside what people set aside."""

from __future__ import annotations

from bot.model import CarriedFinding, Verdict
from bot.playbook import Playbook
from bot.set_aside import stands
from bot.store import Points, Standing


def standing_by(playbook: Playbook) -> Standing:
    """The question, answered by this playbook."""

    def standing(points: Points) -> tuple[Verdict, tuple[CarriedFinding, ...]]:
        return stands(
            playbook,
            points.reviewed,
            points.carried,
            points.aside,
            points.text,
            one_off=points.one_off,
            rested_minutes=points.rested_minutes,
        )

    return standing

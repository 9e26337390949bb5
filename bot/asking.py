"""The question about one draft: asked within the hour's limits, and broken off when its answer is no longer wanted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.errors import StoreError
from bot.examine import Subject, by_both, half
from bot.llm import Model
from bot.model import Verdict
from bot.slack.desk import Desk
from bot.store import OpenReview

LOOK_SECONDS = 1.0
"""While the model thinks: how often it is looked whether its answer is still wanted."""

HOUR = timedelta(hours=1)


async def ask_both(desk: Desk, model: Model | None, opened: OpenReview, subject: Subject) -> Verdict | None:
    """The verdict of rules and model; half a check where a limit is reached.

    None, and the question broken off, where a newer text has come meanwhile or the draft is forgotten.
    """
    if model is not None and await _limit_reached(desk, opened):
        return await half(desk.books, subject, "limit_reached")
    asking = asyncio.create_task(by_both(desk.books, model, subject))
    try:
        while not (await asyncio.wait({asking}, timeout=LOOK_SECONDS))[0]:
            if not await _wanted(desk, opened.review_id):
                return None
        return asking.result()
    finally:
        asking.cancel()
        await asyncio.wait({asking})


async def _wanted(desk: Desk, review_id: str) -> bool:
    try:
        return await desk.store.is_wanted(review_id)
    except StoreError:
        return True  # the question goes on; what comes of it is saved when the database is back


async def _limit_reached(desk: Desk, opened: OpenReview) -> bool:
    """Whether the leader, or all together, have had their reviews of this hour (organisation.toml, [limits])."""
    limits = desk.playbook.organisation.limits
    own, all_of_them = await desk.store.asked_before(opened.review_id, opened.draft.leader, opened.requested_at - HOUR)
    return own >= limits.drafts_per_leader_hour or all_of_them >= limits.drafts_per_hour

"""Whether people found a review useful: one answer per person and review, the last one counts (product F29)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.choices import Reason
from bot.store.database import failing_safely
from bot.store.decisions import Decisions
from bot.store.insert import insert_or_replace
from bot.store.schema import reviews
from bot.store.schema_decisions import feedback
from bot.store.values import OutMessage

GIVEN = "feedback given"


class FeedbackKept(Decisions):
    """The part of the store that keeps feedback."""

    @failing_safely
    async def give_feedback(self, draft_id: str, revision_id: str, person: str, *, useful: bool, now: datetime) -> bool:
        """Keep the answer to the last finished review of this text. False where there is none."""
        async with self._database.writing() as connection:
            await self._take(connection, draft_id)
            review_id = await _finished(connection, draft_id, revision_id)
            if review_id is None:
                return False
            row = {"review_id": review_id, "person": person, "draft_id": draft_id, "useful": useful, "at": now}
            await insert_or_replace(connection, feedback, [row])
            return True

    @failing_safely
    async def say_why(
        self, draft_id: str, why: str, *, by: str, now: datetime, lines: Sequence[OutMessage] = ()
    ) -> bool:
        """Keep why a review was of no use, with the record. False where there is no such draft."""
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return False
            draft, reason = taken[0], Reason("not_useful", why).written()
            await self._record(
                connection, draft, GIVEN, by=by, now=now, before=draft.state, after=draft.state, reason=reason
            )
            await self._place(connection, lines, now)
            return True

    @failing_safely
    async def feedback_on(self, draft_id: str) -> dict[str, bool]:
        """Who found the newest review with an answer useful, by Slack id."""
        newest = (
            select(feedback.c.review_id)
            .where(feedback.c.draft_id == draft_id)
            .order_by(feedback.c.at.desc())
            .limit(1)
            .scalar_subquery()
        )
        found = select(feedback.c.person, feedback.c.useful).where(feedback.c.review_id == newest)
        async with self._database.reading() as connection:
            return {row.person: row.useful for row in await connection.execute(found)}


async def _finished(connection: AsyncConnection, draft_id: str, revision_id: str) -> str | None:
    found = (
        select(reviews.c.id)
        .where(reviews.c.draft_id == draft_id, reviews.c.revision_id == revision_id)
        .where(reviews.c.finished_at.is_not(None))
        .order_by(reviews.c.number.desc())
        .limit(1)
    )
    return (await connection.execute(found)).scalar_one_or_none()

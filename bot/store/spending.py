"""What the model has been asked for, what that took, and which reviews still lack it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, update

from bot.model import State, Usage
from bot.store.base import Base
from bot.store.database import failing_safely
from bot.store.schema import drafts, messages, reviews
from bot.store.values import HalfChecked, OutMessage, Spent


class Spending(Base):
    """The part of the store that counts questions to the model."""

    @failing_safely
    async def asked_before(self, review_id: str, leader: str, since: datetime) -> tuple[int, int]:
        """How many reviews asked for from `since` on, and before this one, ask the model: the leader's, and all."""
        this = (
            select(reviews.c.requested_at, reviews.c.id.label("id")).where(reviews.c.id == review_id).cte("this_review")
        )
        counted = (
            select(drafts.c.leader, func.count().label("number"))
            .select_from(reviews)
            .join(this, reviews.c.id != this.c.id)
            .join(drafts, drafts.c.id == reviews.c.draft_id)
            # What began earlier was asked for earlier: this is for the index.
            .where(or_(reviews.c.started_at >= since, reviews.c.started_at.is_(None)))
            .where(reviews.c.requested_at >= since)
            # One that is finished and took no time has an earlier review's answer, or none.
            .where(or_(reviews.c.finished_at.is_(None), reviews.c.model_ms > 0))
            .where(
                or_(
                    reviews.c.requested_at < this.c.requested_at,
                    and_(reviews.c.requested_at == this.c.requested_at, reviews.c.id < this.c.id),
                )
            )
            .group_by(drafts.c.leader)
        )
        async with self._database.reading() as connection:
            numbers = {row.leader: row.number for row in await connection.execute(counted)}
        return numbers.get(leader, 0), sum(numbers.values())

    @failing_safely
    async def is_wanted(self, review_id: str) -> bool:
        """Whether this review's text is still the newest of a draft that has its text."""
        found = (
            select(reviews.c.id)
            .join(drafts, drafts.c.newest_revision == reviews.c.revision_id)
            .where(reviews.c.id == review_id, drafts.c.state != State.FORGOTTEN.value)
        )
        async with self._database.reading() as connection:
            return (await connection.execute(found)).first() is not None

    @failing_safely
    async def note_spent(self, review_id: str, usage: Usage) -> None:
        """Keep what a review took whose result came too late to count."""
        spent = {
            "model": usage.model,
            "tokens_in": usage.tokens_in,
            "tokens_cached": usage.tokens_cached,
            "tokens_out": usage.tokens_out,
            "model_ms": usage.ms,
        }
        async with self._database.writing() as connection:
            await connection.execute(update(reviews).where(reviews.c.id == review_id).values(**spent))

    @failing_safely
    async def spending(self, since: datetime, until: datetime) -> tuple[Spent, ...]:
        """What each review took that asked the model, and was asked for from `since` on and before `until`; oldest first."""
        found = (
            select(reviews, drafts.c.leader)
            .join(drafts, drafts.c.id == reviews.c.draft_id)
            .where(reviews.c.requested_at >= since, reviews.c.requested_at < until)
            .where(reviews.c.model_ms > 0)
            .order_by(reviews.c.requested_at, reviews.c.id)
        )
        async with self._database.reading() as connection:
            return tuple(
                Spent(
                    at=row.requested_at,
                    leader=row.leader,
                    usage=Usage(row.model, row.tokens_in, row.tokens_cached or 0, row.tokens_out, row.model_ms or 0),
                )
                for row in await connection.execute(found)
            )

    @failing_safely
    async def half_checked(self, since: datetime) -> tuple[HalfChecked, ...]:
        """Drafts that arrived from `since` on, are undecided, and whose newest text has half a check; least tried first."""
        newest = func.max(reviews.c.number).over(partition_by=reviews.c.revision_id)
        ranked = (
            select(reviews, newest.label("newest"))
            .join(drafts, drafts.c.newest_revision == reviews.c.revision_id)
            .where(drafts.c.state == State.ADVISED.value, drafts.c.created_at >= since)
            .subquery()
        )
        found = (
            select(ranked)
            .where(ranked.c.number == ranked.c.newest, ranked.c.finished_at.is_not(None))
            .where(ranked.c.complete.is_(False))
            .order_by(ranked.c.number, ranked.c.requested_at, ranked.c.id)
        )
        async with self._database.reading() as connection:
            return tuple(
                HalfChecked(row.draft_id, row.critique, row.number, row.requested_at, row.finished_at)
                for row in await connection.execute(found)
            )

    @failing_safely
    async def last_answer(self, since: datetime) -> datetime | None:
        """When the model last gave an answer that could be used, from `since` on."""
        found = _answered(select(func.max(reviews.c.finished_at)), since)
        async with self._database.reading() as connection:
            answered: datetime | None = (await connection.execute(found)).scalar_one_or_none()
            return answered

    @failing_safely
    async def caught_up(self, since: datetime) -> int:
        """How many reviews that Lectern itself asked for from `since` on have come to a full answer."""
        found = _answered(select(func.count()).select_from(reviews), since).where(
            reviews.c.requested_by == "", reviews.c.requested_at >= since
        )
        async with self._database.reading() as connection:
            return int((await connection.execute(found)).scalar_one())

    @failing_safely
    async def last_told(self, keys: tuple[str, ...]) -> OutMessage | None:
        """The newest message with one of these sentences; `not_before` says when it was wanted."""
        found = select(messages).where(messages.c.key.in_(keys)).order_by(messages.c.placed_at.desc()).limit(1)
        async with self._database.reading() as connection:
            row = (await connection.execute(found)).one_or_none()
        if row is None:
            return None
        return OutMessage(row.id, row.kind, row.channel, key=row.key, values=row.values, not_before=row.placed_at)


def _answered(query: Select[Any], since: datetime) -> Select[Any]:
    return query.where(reviews.c.critique == "done", reviews.c.model_ms > 0, reviews.c.finished_at >= since)

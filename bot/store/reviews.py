"""Reviews: which are to be started, what they need, and what they said. A result that is too late changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lifecycle import Event
from bot.model import CarriedFinding, Draft, Outcome, State, Verdict
from bot.store.base import Base
from bot.store.database import failing_safely
from bot.store.earlier import carried_on, set_aside_too
from bot.store.rows import AnyRow, draft_of, revision_of, select_drafts
from bot.store.schema import drafts, reviews, revisions
from bot.store.values import OpenReview, Standing
from bot.store.verdicts import Verdicts

MOST_PROPOSED = 10
"""Earlier reviews whose suggestions are remembered as Lectern's own words."""


class Reviews(Verdicts, Base):
    """The part of the store that keeps reviews."""

    @failing_safely
    async def reviews_to_start(self, limit: int = 100) -> tuple[str, ...]:
        """Ids of reviews that nobody has started, of texts that are still wanted; oldest first."""
        found = _wanted(select(reviews.c.id)).where(reviews.c.started_at.is_(None), reviews.c.finished_at.is_(None))
        async with self._database.reading() as connection:
            rows = await connection.execute(found.order_by(reviews.c.requested_at, reviews.c.id).limit(limit))
            return tuple(rows.scalars())

    @failing_safely
    async def mark_started(self, review_ids: Sequence[str], now: datetime) -> None:
        """Reviews have begun. The first beginning of each counts."""
        begun = update(reviews).where(reviews.c.id.in_(review_ids), reviews.c.started_at.is_(None))
        async with self._database.writing() as connection:
            await connection.execute(begun.values(started_at=now))

    @failing_safely
    async def unfinished_reviews(self, older_than: datetime) -> tuple[OpenReview, ...]:
        """Reviews of texts still wanted that were asked for before `older_than`, have begun and have not finished."""
        found = _wanted(select(reviews.c.id)).where(
            reviews.c.started_at.is_not(None), reviews.c.finished_at.is_(None), reviews.c.requested_at < older_than
        )
        async with self._database.reading() as connection:
            ids = (await connection.execute(found.order_by(reviews.c.requested_at, reviews.c.id))).scalars().all()
            opened = [await self._open(connection, review_id) for review_id in ids]
        return tuple(review for review in opened if review is not None)

    @failing_safely
    async def request_review(self, draft_id: str, now: datetime, by: str, event: Event = Event.TRY_AGAIN) -> str | None:
        """Ask for the newest text to be reviewed once more. The new review's id; None where the lifecycle refuses."""
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return None
            draft, revision_id = taken
            state = await self._move(connection, draft, event)
            if state is None:
                return None
            review_id = await self._request(connection, draft_id, revision_id, by=by, now=now)
            await self._bump(connection, draft_id)
            await self._record(connection, draft, event.value, by=by, now=now, before=draft.state, after=state)
            return review_id

    @failing_safely
    async def open_review(self, review_id: str) -> OpenReview | None:
        """What this review needs to run. The revision's text is None once it has been deleted."""
        async with self._database.reading() as connection:
            return await self._open(connection, review_id)

    @failing_safely
    async def save_verdict(
        self,
        review_id: str,
        verdict: Verdict,
        carried: tuple[CarriedFinding, ...],
        now: datetime,
        standing: Standing | None = None,
    ) -> bool:
        """Keep what a review says, and with `standing` what stands of it beside the points that people have set aside.

        False, and nothing written, when it comes too late: its text is not the newest, the draft is forgotten, or a
        pending verdict would replace a finished one.
        """
        async with self._database.writing() as connection:
            found = await self._standing(connection, review_id)
            if found is None or (verdict.pending and found[1].finished_at is not None):
                return False
            draft, review = found
            await self._keep_reviewed(connection, review, verdict, carried, now, standing)
            event = _event(verdict)
            state = await self._move(connection, draft, event) if event else None
            await self._bump(connection, draft.id)
            if not verdict.pending and review.finished_at is None:
                after = state or draft.state
                name = Event.REVIEWED.value
                await self._record(connection, draft, name, by="", now=now, before=draft.state, after=after)
            return True

    @failing_safely
    async def mark_slow(self, review_id: str, now: datetime) -> bool:
        """The critique takes its time: let the card say so, once. False when there is nothing to say."""
        async with self._database.writing() as connection:
            found = await self._standing(connection, review_id)
            if found is None or found[1].finished_at is not None or found[1].slow:
                return False
            draft, review = found
            state = await self._move(connection, draft, Event.SLOW)
            if state is None:
                return False
            await connection.execute(update(reviews).where(reviews.c.id == review.id).values(slow=True))
            await self._bump(connection, draft.id)
            name = Event.SLOW.value
            await self._record(connection, draft, name, by="", now=now, before=draft.state, after=state)
            return True

    async def _standing(self, connection: AsyncConnection, review_id: str) -> tuple[Draft, AnyRow] | None:
        """A review whose text is still the newest of a draft with text, the draft's row held. Read after it is held."""
        of_review = select(reviews.c.draft_id).where(reviews.c.id == review_id)
        draft_id = (await connection.execute(of_review)).scalar_one_or_none()
        taken = await self._take(connection, draft_id) if draft_id else None
        if taken is None or taken[0].state is State.FORGOTTEN:
            return None
        review = (await connection.execute(select(reviews).where(reviews.c.id == review_id))).one()
        return (taken[0], review) if review.revision_id == taken[1] else None

    async def _open(self, connection: AsyncConnection, review_id: str) -> OpenReview | None:
        review = (await connection.execute(select(reviews).where(reviews.c.id == review_id))).one_or_none()
        if review is None:
            return None
        draft_row = (await connection.execute(select_drafts().where(drafts.c.id == review.draft_id))).one()
        row = (await connection.execute(select(revisions).where(revisions.c.id == review.revision_id))).one()
        draft = draft_of(draft_row)
        before = [found for found in await decided_reviews(connection, draft.id) if found.revision_number < row.number]
        last = before[0] if before else None
        finished = next((found for found in before if found.finished_at is not None), None)
        last_verdict = await self._reviewed(connection, last.id) if last else None
        finished_here = await self._finished_here(connection, review)
        return OpenReview(
            review_id=review_id,
            draft=draft,
            revision=revision_of(row, await self._texts.get(connection, "revision", row.id)),
            newest=draft_row.newest_revision == row.id and draft.state is not State.FORGOTTEN,
            requested_at=review.requested_at,
            earlier=set_aside_too(
                carried_on(
                    await self._carried(connection, last.id) if last else (),
                    last_verdict.findings if last_verdict else (),
                    last.revision_number if last else 0,
                ),
                await self._aside(connection, draft.id),
            ),
            verdict=await self._verdict(connection, review_id),
            previous_verdict=await self._verdict(connection, finished.id) if finished else None,
            previous_number=finished.revision_number if finished else None,
            slow=review.slow,
            proposed=await self._proposed(connection, before),
            rules_again=bool(review.rules_again),
            requested_by=review.requested_by,
            reviewed=await self._reviewed(connection, finished_here) if finished_here else None,
        )

    async def _finished_here(self, connection: AsyncConnection, review: AnyRow) -> str | None:
        """The last finished review of the same text before this one."""
        found = (
            select(reviews.c.id)
            .where(reviews.c.revision_id == review.revision_id, reviews.c.number < review.number)
            .where(reviews.c.finished_at.is_not(None))
            .order_by(reviews.c.number.desc())
            .limit(1)
        )
        return (await connection.execute(found)).scalar_one_or_none()

    async def _proposed(self, connection: AsyncConnection, before: Sequence[AnyRow]) -> tuple[tuple[str, str], ...]:
        """Texts of this draft with what was suggested for them, newest first."""
        kept = await self._texts.get_all(connection, "revision", [row.revision_id for row in before[:MOST_PROPOSED]])
        pairs = []
        for row in before[:MOST_PROPOSED]:
            verdict = await self._reviewed(connection, row.id)
            if verdict is not None and verdict.suggestion and row.revision_id in kept:
                pairs.append((kept[row.revision_id], verdict.suggestion))
        return tuple(pairs)


async def decided_reviews(connection: AsyncConnection, draft_id: str) -> Sequence[AnyRow]:
    """The draft's reviews that have said something, newest text and newest review first."""
    found = (
        select(reviews, revisions.c.number.label("revision_number"))
        .join(revisions, revisions.c.id == reviews.c.revision_id)
        .where(reviews.c.draft_id == draft_id, reviews.c.decided_at.is_not(None))
        .order_by(revisions.c.number.desc(), reviews.c.number.desc())
    )
    return (await connection.execute(found)).all()


def _wanted(query: Select[Any]) -> Select[Any]:
    """Only reviews of the newest text of a draft that still has its text."""
    return query.join(drafts, drafts.c.newest_revision == reviews.c.revision_id).where(
        drafts.c.state != State.FORGOTTEN.value
    )


def _event(verdict: Verdict) -> Event | None:
    if not verdict.pending:
        return Event.REVIEWED
    # The critique may still settle a grey finding, so such a redirect waits for it.
    firm = verdict.outcome in {Outcome.HOLD, Outcome.REDIRECT} and not verdict.grey
    return Event.RULES_DECIDED if firm else None

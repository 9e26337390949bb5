"""Reviews: which are to be started, what they need, and what they said. A result that is too late changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lifecycle import Event
from bot.model import CarriedFinding, Draft, Outcome, State, Verdict
from bot.store.base import Base
from bot.store.database import failing_safely
from bot.store.earlier import carried_on
from bot.store.rows import AnyRow, draft_of, revision_of, select_drafts
from bot.store.schema import drafts, findings, reviews, revisions, texts
from bot.store.texts import CARRIED, VERDICT, Text, quote_hash, read_json, write_json
from bot.store.values import OpenReview


class Reviews(Base):
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
        self, review_id: str, verdict: Verdict, carried: tuple[CarriedFinding, ...], now: datetime
    ) -> bool:
        """Keep what a review says. False, and nothing written, when it comes too late:

        its text is not the newest, the draft is forgotten, or a pending verdict would replace a finished one.
        """
        async with self._database.writing() as connection:
            found = await self._standing(connection, review_id)
            if found is None or (verdict.pending and found[1].finished_at is not None):
                return False
            draft, review = found
            await self._keep_verdict(connection, review, verdict, carried, now)
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

    async def _keep_verdict(
        self,
        connection: AsyncConnection,
        review: AnyRow,
        verdict: Verdict,
        carried: Sequence[CarriedFinding],
        now: datetime,
    ) -> None:
        delete_on = await _day_of_deletion(connection, review.revision_id) or self._delete_on(now)
        await self._texts.put(
            connection,
            Text("verdict", review.id, review.draft_id, write_json(VERDICT, verdict), delete_on),
            Text("carried", review.id, review.draft_id, write_json(CARRIED, tuple(carried)), delete_on),
        )
        key = await self._texts.quote_key(connection, review.draft_id, delete_on)
        await connection.execute(delete(findings).where(findings.c.review_id == review.id))
        rows = _finding_rows(review.id, verdict, key)
        if rows:
            await connection.execute(insert(findings), rows)
        await connection.execute(
            update(reviews)
            .where(reviews.c.id == review.id)
            .values(
                decided_at=now,
                finished_at=None if verdict.pending else now,
                outcome=verdict.outcome.value,
                complete=verdict.complete,
                critique=verdict.critique,
                guidelines=verdict.guidelines,
                model=verdict.usage.model,
                tokens_in=verdict.usage.tokens_in,
                tokens_cached=verdict.usage.tokens_cached,
                tokens_out=verdict.usage.tokens_out,
                model_ms=verdict.usage.ms,
            )
        )

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
        last_verdict = await self._verdict(connection, last.id) if last else None
        return OpenReview(
            review_id=review_id,
            draft=draft,
            revision=revision_of(row, await self._texts.get(connection, "revision", row.id)),
            newest=draft_row.newest_revision == row.id and draft.state is not State.FORGOTTEN,
            requested_at=review.requested_at,
            earlier=carried_on(
                await self._carried(connection, last.id) if last else (),
                last_verdict.findings if last_verdict else (),
                last.revision_number if last else 0,
            ),
            verdict=await self._verdict(connection, review_id),
            previous_verdict=await self._verdict(connection, finished.id) if finished else None,
            previous_number=finished.revision_number if finished else None,
            slow=review.slow,
            requested_by=review.requested_by,
        )

    async def _verdict(self, connection: AsyncConnection, review_id: str) -> Verdict | None:
        words = await self._texts.get(connection, "verdict", review_id)
        return read_json(VERDICT, words) if words is not None else None

    async def _carried(self, connection: AsyncConnection, review_id: str) -> tuple[CarriedFinding, ...]:
        words = await self._texts.get(connection, "carried", review_id)
        return read_json(CARRIED, words) if words is not None else ()


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


async def _day_of_deletion(connection: AsyncConnection, revision_id: str) -> date | None:
    """A verdict quotes the text, so it goes on the same day."""
    found = select(texts.c.delete_on).where(texts.c.id == f"revision:{revision_id}")
    return (await connection.execute(found)).scalar_one_or_none()


def _finding_rows(review_id: str, verdict: Verdict, key: bytes) -> list[dict[str, Any]]:
    return [
        {
            "review_id": review_id,
            "position": position,
            "rule": finding.rule,
            "guideline": finding.guideline,
            "severity": finding.severity.value,
            "start": finding.start,
            "end": finding.end,
            "quote_hash": quote_hash(key, finding.quote),
            "source": finding.source,
        }
        for position, finding in enumerate(verdict.findings)
    ]

"""Verdicts as they were found and as they stand: what a review said, and what people have set aside since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import CarriedFinding, Verdict
from bot.store.base import Base
from bot.store.rows import AnyRow
from bot.store.schema import findings, reviews, revisions, texts
from bot.store.schema_decisions import exceptions, kept
from bot.store.texts import CARRIED, VERDICT, Text, quote_hash, read_json, write_json
from bot.store.values import Points, Standing


class Verdicts(Base):
    """The part of the store that keeps verdicts and findings."""

    async def _keep_reviewed(
        self,
        connection: AsyncConnection,
        review: AnyRow,
        verdict: Verdict,
        carried: tuple[CarriedFinding, ...],
        now: datetime,
        standing: Standing | None,
    ) -> None:
        """Keep a review's verdict, as it stands beside what was set aside by now."""
        text = await self._texts.get(connection, "revision", review.revision_id) or ""
        points = await self._points(connection, review, verdict, carried, text)
        stands = standing(points) if standing else (verdict, carried)
        await self._keep_verdict(connection, review, verdict, stands, now)
        await connection.execute(
            update(reviews)
            .where(reviews.c.id == review.id)
            .values(
                decided_at=now,
                finished_at=None if verdict.pending else now,
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

    async def _decide_again(
        self, connection: AsyncConnection, draft_id: str, revision_id: str, standing: Standing, now: datetime
    ) -> None:
        """Work out what stands of the newest text's review now. Nothing where no review has said anything yet."""
        found = select(reviews).where(reviews.c.revision_id == revision_id, reviews.c.decided_at.is_not(None))
        review = (await connection.execute(found.order_by(reviews.c.number.desc()).limit(1))).one_or_none()
        reviewed = await self._reviewed(connection, review.id) if review else None
        text = await self._texts.get(connection, "revision", revision_id)
        if review is None or reviewed is None or text is None:
            return
        points = await self._points(connection, review, reviewed, await self._carried(connection, review.id), text)
        await self._keep_verdict(connection, review, reviewed, standing(points), now)

    async def _points(
        self,
        connection: AsyncConnection,
        review: AnyRow,
        reviewed: Verdict,
        carried: tuple[CarriedFinding, ...],
        text: str,
    ) -> Points:
        granted = select(exceptions.c.id).where(
            exceptions.c.draft_id == review.draft_id, exceptions.c.state == "granted"
        )
        one_off = (await connection.execute(granted.limit(1))).first() is not None
        aside = await self._aside(connection, review.draft_id)
        return Points(reviewed, carried, aside, text, one_off, await _rested(connection, review))

    async def _keep_verdict(
        self,
        connection: AsyncConnection,
        review: AnyRow,
        reviewed: Verdict,
        stands: tuple[Verdict, tuple[CarriedFinding, ...]],
        now: datetime,
    ) -> None:
        verdict, carried = stands
        delete_on = await _day_of_deletion(connection, review.revision_id) or self._delete_on(now)
        await self._texts.put(
            connection,
            Text("verdict", review.id, review.draft_id, write_json(VERDICT, verdict), delete_on),
            Text("carried", review.id, review.draft_id, write_json(CARRIED, carried), delete_on),
        )
        if verdict == reviewed:
            await connection.execute(delete(texts).where(texts.c.id == f"reviewed:{review.id}"))
        else:
            whole = Text("reviewed", review.id, review.draft_id, write_json(VERDICT, reviewed), delete_on)
            await self._texts.put(connection, whole)
        key = await self._texts.quote_key(connection, review.draft_id, delete_on)
        await connection.execute(delete(findings).where(findings.c.review_id == review.id))
        rows = _finding_rows(review.id, reviewed, verdict, key)
        if rows:
            await connection.execute(insert(findings), rows)
        await connection.execute(update(reviews).where(reviews.c.id == review.id).values(outcome=verdict.outcome.value))

    async def _verdict(self, connection: AsyncConnection, review_id: str) -> Verdict | None:
        """What stands of a review."""
        words = await self._texts.get(connection, "verdict", review_id)
        return read_json(VERDICT, words) if words is not None else None

    async def _reviewed(self, connection: AsyncConnection, review_id: str) -> Verdict | None:
        """What a review said, whatever was set aside since."""
        words = await self._texts.get(connection, "reviewed", review_id)
        return read_json(VERDICT, words) if words is not None else await self._verdict(connection, review_id)

    async def _carried(self, connection: AsyncConnection, review_id: str) -> tuple[CarriedFinding, ...]:
        words = await self._texts.get(connection, "carried", review_id)
        return read_json(CARRIED, words) if words is not None else ()

    async def _aside(self, connection: AsyncConnection, draft_id: str) -> tuple[CarriedFinding, ...]:
        """What people have set aside in this draft."""
        words = await self._texts.get(connection, "aside", draft_id)
        return read_json(CARRIED, words) if words is not None else ()

    async def _keep_aside(
        self,
        connection: AsyncConnection,
        draft_id: str,
        revision_id: str,
        aside: Sequence[CarriedFinding],
        now: datetime,
    ) -> None:
        delete_on = await _day_of_deletion(connection, revision_id) or self._delete_on(now)
        words = write_json(CARRIED, tuple(aside))
        await self._texts.put(connection, Text("aside", draft_id, draft_id, words, delete_on))


async def _rested(connection: AsyncConnection, review: AnyRow) -> float:
    """For how many minutes this very text was kept, until its time came; 0 where it was not, or not to the end."""
    found = (
        select(kept.c.at, kept.c.told_at)
        .join(revisions, revisions.c.id == review.revision_id)
        .where(kept.c.draft_id == review.draft_id, kept.c.told_at.is_not(None), kept.c.at >= revisions.c.created_at)
    )
    row = (await connection.execute(found)).one_or_none()
    return (row.told_at - row.at).total_seconds() / 60 if row else 0


async def _day_of_deletion(connection: AsyncConnection, revision_id: str) -> date | None:
    """A verdict quotes the text, so it goes on the same day."""
    found = select(texts.c.delete_on).where(texts.c.id == f"revision:{revision_id}")
    return (await connection.execute(found)).scalar_one_or_none()


def _finding_rows(review_id: str, reviewed: Verdict, stands: Verdict, key: bytes) -> list[dict[str, Any]]:
    """All that the review found: what was set aside was shown, too, and counts as not acted on."""
    left = {(one.rule, one.guideline, one.start, one.end) for one in stands.findings}
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
            "set_aside": (finding.rule, finding.guideline, finding.start, finding.end) not in left,
        }
        for position, finding in enumerate(reviewed.findings)
    ]

"""What people decide about a draft. Each decision is one transaction: the state, the record, the lines, the cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lifecycle import Event
from bot.model import Draft, Outcome, Post, PostCompared, State
from bot.store.base import Base, standing_outcome
from bot.store.chain import link
from bot.store.database import failing_safely
from bot.store.insert import insert_once
from bot.store.rows import AnyRow, record_of
from bot.store.schema import posts, records, revisions
from bot.store.values import Applied, OutMessage, Record

RECORDS_AT_ONCE = 1000

_WITH_TEXT = frozenset({Event.REVISION, Event.USE_SUGGESTION})
_REVIEWED_ANEW = frozenset({Event.TRY_AGAIN, Event.BRING_BACK})


class Decisions(Base):
    """The part of the store that keeps decisions, posts and the record."""

    @failing_safely
    async def apply(
        self,
        draft_id: str,
        event: Event,
        *,
        by: str,
        now: datetime,
        revision_id: str | None = None,
        outcome: Outcome | None = None,
        reason: str = "",
        lines: Sequence[OutMessage] = (),
    ) -> Applied:
        """Let an event happen to a draft, where the lifecycle has it; what else it brings is done with it.

        With `revision_id` and `outcome` only while that is the newest text, and this what is advised about it.

        Dropping takes back hand-offs that nobody claimed, bringing back and trying again ask for a review, forgetting
        deletes the texts, and *not posted* takes the draft's posts out. ValueError for a new text, which comes through
        `take_revision`.
        """
        if event in _WITH_TEXT:
            message = "A new text comes through take_revision."
            raise ValueError(message)
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return Applied(changed=False, draft=None)
            draft, newest = taken
            stale = revision_id is not None and revision_id != newest
            stale = stale or (outcome is not None and outcome != await standing_outcome(connection, newest))
            if stale or not await self._happen(connection, draft, event, by=by, now=now, reason=reason):
                who, when = await _last_decision(connection, draft_id)
                return Applied(False, draft, stale=stale, decided_by=who, decided_at=when)
            review_id = None
            if event in _REVIEWED_ANEW:
                review_id = await self._request(connection, draft_id, newest, by=by, now=now)
            await self._place(connection, lines, now)
            after = await self._read(connection, draft_id)
        if event is Event.FORGET:
            await self._database.empty_journal()
        return Applied(True, after, decided_by=by, decided_at=now, review_id=review_id)

    @failing_safely
    async def record_post(
        self,
        draft_id: str,
        platforms: Sequence[str],
        posted_at: datetime,
        by: str,
        now: datetime,
        *,
        lines: Sequence[OutMessage] = (),
        reason: str = "",
        text_hash: str | None = None,
        compared: PostCompared | None = None,
        revision_id: str | None = None,
    ) -> tuple[Post, ...]:
        """A person confirmed that the draft went out: one post per platform. Empty where the lifecycle refuses, and where
        `revision_id` is not the newest text any more.

        Without `text_hash` and `compared` it went out as the newest text stands.
        """
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return ()
            draft, newest_id = taken
            if revision_id not in {None, newest_id}:
                return ()
            if not await self._happen(connection, draft, Event.POSTED, by=by, now=now, reason=reason):
                return ()
            newest = (await connection.execute(select(revisions).where(revisions.c.id == newest_id))).one()
            as_it_stands: PostCompared = "as_suggested" if newest.origin == "suggestion" else "as_revision"
            made = tuple(
                Post(
                    id=uuid4().hex,
                    leader=draft.leader,
                    platform=platform,
                    posted_at=posted_at,
                    draft_id=draft_id,
                    revision=newest.number,
                    recorded_by=by,
                    text_hash=text_hash or (newest.text_hash if compared is None else None),
                    compared=compared or as_it_stands,
                )
                for platform in dict.fromkeys(platforms)
            )
            if made:
                await connection.execute(insert(posts), [_post_row(post) for post in made])
            await self._place(connection, lines, now)
            return made

    @failing_safely
    async def add_posts(self, added: Sequence[Post]) -> int:
        """Keep posts that were never drafts here. A post whose id is known stays as it is. Returns how many are new."""
        async with self._database.writing() as connection:
            return sum([await insert_once(connection, posts, _post_row(post)) for post in added])

    @failing_safely
    async def records(self, draft_id: str) -> tuple[Record, ...]:
        """The draft's part of the record, oldest first."""
        found = select(records).where(records.c.draft_id == draft_id).order_by(records.c.number)
        async with self._database.reading() as connection:
            rows = (await connection.execute(found)).all()
            return await self._with_reasons(connection, rows)

    @failing_safely
    async def record(self, number: int) -> Record | None:
        """One row of the record."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(records).where(records.c.number == number))).all()
            return next(iter(await self._with_reasons(connection, rows)), None)

    async def _with_reasons(self, connection: AsyncConnection, rows: Sequence[AnyRow]) -> tuple[Record, ...]:
        numbers = [str(row.number) for row in rows]
        reasons = await self._texts.get_all(connection, "reason", numbers)
        notes = await self._texts.get_all(connection, "note", numbers)
        written = {number: f"{key}\n{notes[number]}" if number in notes else key for number, key in reasons.items()}
        return tuple(record_of(row, written.get(str(row.number))) for row in rows)

    @failing_safely
    async def verify_records(self) -> tuple[int, int | None]:
        """How many rows the record has, and the number of the first whose link in the chain does not hold, if one."""
        previous, count, last = "", 0, 0
        in_order = select(records).order_by(records.c.number).limit(RECORDS_AT_ONCE)
        async with self._database.reading() as connection:
            total = (await connection.execute(select(func.count()).select_from(records))).scalar_one()
            while rows := (await connection.execute(in_order.where(records.c.number > last))).all():
                for row in rows:
                    count, last = count + 1, row.number
                    if last != count or row.chain != link(previous, row._asdict()):
                        return total, count
                    previous = row.chain
        return total, None

    async def _happen(
        self, connection: AsyncConnection, draft: Draft, event: Event, *, by: str, now: datetime, reason: str
    ) -> bool:
        """The event, what it brings with it, and its row in the record. False where the lifecycle has no such row."""
        if event is Event.FORGET:
            return await self._forget(connection, draft, by=by, now=now)
        state = await self._move(connection, draft, event)
        if state is None:
            return False
        withdrawn: list[str] = []
        if state is State.DROPPED:
            withdrawn = await self._withdraw_unclaimed(connection, draft.id, by=by, now=now)
            await self._return_one_offs(connection, draft.id, now, asked=False)
        if state is State.POSTED:
            await self._return_one_offs(connection, draft.id, now, asked=True)
        if event is Event.NOT_POSTED:
            await connection.execute(delete(posts).where(posts.c.draft_id == draft.id))
        await self._bump(connection, draft.id, handoff_ids=withdrawn)
        await self._record(
            connection, draft, event.value, by=by, now=now, before=draft.state, after=state, reason=reason
        )
        return True


async def _last_decision(connection: AsyncConnection, draft_id: str) -> tuple[str | None, datetime | None]:
    """Which person last changed the draft's state, and when."""
    found = (
        select(records.c.by, records.c.at)
        .where(records.c.draft_id == draft_id, records.c.by != "")
        .where(records.c.before.is_distinct_from(records.c.after))
        .order_by(records.c.number.desc())
        .limit(1)
    )
    row = (await connection.execute(found)).one_or_none()
    return (row.by, row.at) if row else (None, None)


def _post_row(post: Post) -> dict[str, object]:
    return {column.name: getattr(post, column.name) for column in posts.c}

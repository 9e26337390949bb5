"""Drafts that are kept for later: until when, and what happens once when the time comes (product F27)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lifecycle import OPEN, Event
from bot.model import Draft, State
from bot.store.database import failing_safely
from bot.store.decisions import Decisions
from bot.store.insert import insert_or_replace
from bot.store.schema import drafts
from bot.store.schema_decisions import kept
from bot.store.values import Applied

_REMINDED = [state.value for state in OPEN if state is not State.CHECKING]
"""States in which a kept draft is reminded of. One that is being checked waits until it is."""


class Reminders(Decisions):
    """The part of the store that keeps drafts for later."""

    @failing_safely
    async def keep(
        self, draft_id: str, until: datetime, *, by: str, now: datetime, revision_id: str | None = None
    ) -> Applied:
        """Keep a draft until a time, or change the time. A kept draft remembers where it goes back to."""
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return Applied(changed=False, draft=None)
            draft, newest = taken
            if revision_id not in {None, newest}:
                return Applied(False, draft, stale=True)
            came_from = draft.state
            if draft.state is State.KEPT:
                came_from = await _came_from(connection, draft_id)
            if await self._move(connection, draft, Event.KEEP) is None:
                return Applied(False, draft)
            row = {
                "draft_id": draft_id,
                "until": until,
                "by": by,
                "at": now,
                "came_from": came_from.value,
                "told_at": None,
            }
            await insert_or_replace(connection, kept, [row])
            return await self._done(connection, draft, Event.KEEP, by=by, now=now)

    @failing_safely
    async def kept_until(self, now: datetime, limit: int = 100) -> tuple[str, ...]:
        """Ids of drafts whose time has come and that nobody has been reminded of; those due first at the front."""
        found = (
            select(kept.c.draft_id)
            .join(drafts, drafts.c.id == kept.c.draft_id)
            .where(kept.c.until <= now, kept.c.told_at.is_(None), drafts.c.state.in_(_REMINDED))
            .order_by(kept.c.until, kept.c.draft_id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return tuple((await connection.execute(found)).scalars())

    @failing_safely
    async def come_due(self, draft_id: str, *, now: datetime, by: str = "", revision_id: str | None = None) -> Applied:
        """The kept time has come, or somebody (`by`) does not wait for it: the draft goes back to where it was, and the
        rules are to run again. Once, however many look at the clock."""
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return Applied(changed=False, draft=None)
            draft, newest = taken
            if revision_id not in {None, newest}:
                return Applied(False, draft, stale=True)
            before = await _came_from(connection, draft_id)
            waiting = select(kept.c.until).where(kept.c.draft_id == draft_id, kept.c.told_at.is_(None))
            due = (await connection.execute(waiting)).first() is not None
            if not due or await self._move(connection, draft, Event.DUE, before) is None:
                return Applied(False, draft)
            await connection.execute(update(kept).where(kept.c.draft_id == draft_id).values(told_at=now))
            review_id = await self._request(connection, draft_id, newest, by=by, now=now, rules_again=True)
            applied = await self._done(connection, draft, Event.DUE, by=by, now=now)
            return Applied(True, applied.draft, decided_by=by, decided_at=now, review_id=review_id)

    async def _done(
        self, connection: AsyncConnection, draft: Draft, event: Event, *, by: str, now: datetime
    ) -> Applied:
        after = await self._read(connection, draft.id)
        await self._bump(connection, draft.id)
        await self._record(connection, draft, event.value, by=by, now=now, before=draft.state, after=after.state)
        return Applied(True, after, decided_by=by, decided_at=now)


async def _came_from(connection: AsyncConnection, draft_id: str) -> State:
    found = select(kept.c.came_from).where(kept.c.draft_id == draft_id)
    state = (await connection.execute(found)).scalar_one_or_none()
    return State(state) if state else State.ADVISED

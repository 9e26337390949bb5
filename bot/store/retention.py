"""Deleting texts whose day has come (product F45)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select

from bot.model import State
from bot.store.base import ALL_CARDS, Base
from bot.store.database import failing_safely
from bot.store.schema import texts


class Retention(Base):
    """The part of the store that deletes texts in time."""

    @failing_safely
    async def purge(self, now: datetime) -> int:
        """Delete the texts whose day has come; returns how many.

        A draft that has no text left is forgotten with all that quotes it, and its cards are wanted drawn again. One
        transaction a draft, so that nobody waits long; what a crash leaves over is found the next time.
        """
        today = now.date()
        due = select(texts.c.draft_id).where(texts.c.delete_on <= today).distinct()
        async with self._database.reading() as connection:
            draft_ids = (await connection.execute(due)).scalars().all()
        deleted = sum([await self._purge_draft(draft_id, today, now) for draft_id in draft_ids])
        if deleted:
            await self._database.empty_journal()
        return deleted

    async def _purge_draft(self, draft_id: str, today: date, now: datetime) -> int:
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return 0
            count = len((await connection.execute(select(texts.c.id).where(texts.c.draft_id == draft_id))).all())
            gone = delete(texts).where(texts.c.draft_id == draft_id, texts.c.delete_on <= today)
            kinds = (await connection.execute(gone.returning(texts.c.kind))).scalars().all()
            left = select(texts.c.id).where(texts.c.draft_id == draft_id, texts.c.kind == "revision").limit(1)
            if (await connection.execute(left)).first() is None and taken[0].state is not State.FORGOTTEN:
                await self._forget(connection, taken[0], by="", now=now)
            elif set(kinds) - {"reason"}:
                await self._bump(connection, draft_id, ALL_CARDS)
            kept = len((await connection.execute(select(texts.c.id).where(texts.c.draft_id == draft_id))).all())
            return count - kept

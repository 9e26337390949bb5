"""Deleting texts whose day has come (product F45), and what is still kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select

from bot.model import Draft, Revision, State
from bot.store.base import ALL_CARDS, Base
from bot.store.database import failing_safely
from bot.store.rows import draft_of, revision_of, select_drafts
from bot.store.schema import drafts, revisions, texts


class Retention(Base):
    """The part of the store that deletes texts in time."""

    @failing_safely
    async def kept_drafts(self) -> tuple[tuple[Draft, Revision], ...]:
        """Each draft whose newest text is still kept, with that text; oldest first."""
        newest = revisions.join(drafts, drafts.c.newest_revision == revisions.c.id)
        async with self._database.reading() as connection:
            found = (await connection.execute(select(revisions).select_from(newest))).all()
            rows = {row.draft_id: row for row in found}
            kept = await self._texts.get_all(connection, "revision", [row.id for row in found])
            by_age = select_drafts().order_by(drafts.c.created_at, drafts.c.id)
            told = [draft_of(row) for row in (await connection.execute(by_age)).all()]
        return tuple(
            (draft, revision_of(rows[draft.id], kept[rows[draft.id].id]))
            for draft in told
            if draft.id in rows and rows[draft.id].id in kept
        )

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

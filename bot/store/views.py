"""What cards are drawn from: a draft with all that stands around it, read at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.choices import Decided, Kept, OneOff, Reason
from bot.errors import StoreError
from bot.lifecycle import OPEN, Event
from bot.model import Draft, DraftView, Handoff, Post, State
from bot.store.base import Base
from bot.store.database import failing_safely
from bot.store.reviews import Reviews, decided_reviews
from bot.store.rows import AnyRow, draft_of, handoff_of, post_of, revision_of, select_drafts, select_handoffs
from bot.store.schema import drafts, handoffs, posts, records, reviews, revisions
from bot.store.schema_decisions import exceptions, kept
from bot.store.texts import TextKind

HANDOFF_TEXTS: tuple[TextKind, ...] = (
    "handoff_link",
    "handoff_what",
    "handoff_promised",
    "handoff_draft",
    "handoff_outcome",
)


class Views(Reviews, Base):
    """The part of the store that cards are drawn from."""

    @failing_safely
    async def view(self, draft_id: str) -> DraftView | None:
        """The draft as its card shows it, with the verdict on its newest text as far as there is one."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select_drafts().where(drafts.c.id == draft_id))).one_or_none()
            return await self._view(connection, row) if row else None

    @failing_safely
    async def open_drafts(self, person: str, limit: int = 50) -> tuple[DraftView, ...]:
        """Drafts that are still worked on and that this person leads or submitted; newest first."""
        found = select_drafts().where(
            or_(drafts.c.leader == person, drafts.c.submitter == person),
            drafts.c.state.in_([state.value for state in OPEN]),
        )
        newest_first = found.order_by(drafts.c.created_at.desc(), drafts.c.id).limit(limit)
        async with self._database.reading() as connection:
            rows = (await connection.execute(newest_first)).all()
            return tuple([await self._view(connection, row) for row in rows])

    @failing_safely
    async def handoff(self, handoff_id: str) -> Handoff | None:
        """The hand-off with this id."""
        async with self._database.reading() as connection:
            return await self._handoff(connection, handoff_id)

    @failing_safely
    async def open_handoffs(self) -> tuple[Handoff, ...]:
        """Hand-offs that are sent or claimed, the one due first at the front."""
        found = select_handoffs().where(handoffs.c.state.in_(["sent", "claimed"]))
        async with self._database.reading() as connection:
            rows = (await connection.execute(found.order_by(handoffs.c.due_at, handoffs.c.number))).all()
            return await self._with_texts(connection, rows)

    @failing_safely
    async def posts_of(self, leader: str, since: datetime) -> tuple[Post, ...]:
        """The leader's confirmed posts from `since` on, newest first."""
        found = select(posts).where(posts.c.leader == leader, posts.c.posted_at >= since)
        async with self._database.reading() as connection:
            rows = await connection.execute(found.order_by(posts.c.posted_at.desc(), posts.c.id))
            return tuple(post_of(row) for row in rows)

    @failing_safely
    async def posted_texts(self, leader: str, since: datetime) -> dict[str, str]:
        """What the leader's posts from `since` on said, by the post's id: the text of the revision that went out.

        Posts whose text has been deleted, or that were never drafts here, are not in it; nothing is where the keys do
        not open one.
        """
        ours = (revisions.c.draft_id == posts.c.draft_id) & (revisions.c.number == posts.c.revision)
        found = select(posts.c.id, revisions.c.id.label("revision_id")).join(revisions, ours)
        async with self._database.reading() as connection:
            rows = (await connection.execute(found.where(posts.c.leader == leader, posts.c.posted_at >= since))).all()
            texts: dict[str, str] = {}
            with suppress(StoreError):
                texts = await self._texts.get_all(connection, "revision", {row.revision_id for row in rows})
            return {row.id: texts[row.revision_id] for row in rows if row.revision_id in texts}

    async def _view(self, connection: AsyncConnection, row: AnyRow) -> DraftView:
        draft = draft_of(row)
        newest = (await connection.execute(select(revisions).where(revisions.c.id == row.newest_revision))).one()
        decided = await decided_reviews(connection, draft.id)
        standing = next((one for one in decided if one.revision_id == newest.id), None)
        used_suggestion = newest.origin == "suggestion"
        earlier = (one for one in decided if one.finished_at is not None and one.revision_number < newest.number)
        source = next(earlier, None) if used_suggestion else None
        slow = (
            select(reviews.c.slow).where(reviews.c.revision_id == newest.id).order_by(reviews.c.number.desc()).limit(1)
        )
        waiting = await self._kept(connection, draft.id)
        back_to = State(waiting.came_from) if waiting and draft.state is State.KEPT else None
        own = select_handoffs().where(handoffs.c.draft_id == draft.id).order_by(handoffs.c.number)
        of_draft = select(posts).where(posts.c.draft_id == draft.id).order_by(posts.c.posted_at, posts.c.platform)
        return DraftView(
            draft=draft,
            revision=revision_of(newest, await self._texts.get(connection, "revision", newest.id)),
            verdict=await self._verdict(connection, standing.id) if standing else None,
            carried=await self._carried(connection, standing.id) if standing else (),
            handoffs=await self._with_texts(connection, (await connection.execute(own)).all()),
            posts=tuple(post_of(post) for post in await connection.execute(of_draft)),
            last_posts=await _last_posts(connection, draft.leader),
            slow=bool((await connection.execute(slow)).scalar_one_or_none()),
            used_suggestion=used_suggestion,
            critique_revision=source.revision_number if source and source.critique == "done" else None,
            decided=await self._decided(connection, draft) if State.OVERRIDDEN in {draft.state, back_to} else None,
            kept=waiting,
            one_off=await self._one_off(connection, exceptions.c.draft_id == draft.id),
        )

    async def _decided(self, connection: AsyncConnection, draft: Draft) -> Decided | None:
        """The override that stands."""
        found = (
            select(records.c.number, records.c.by, records.c.at, records.c.outcome)
            .where(records.c.draft_id == draft.id, records.c.event == Event.OVERRIDE.value)
            .order_by(records.c.number.desc())
            .limit(1)
        )
        row = (await connection.execute(found)).one_or_none()
        if row is None:
            return None
        key = await self._texts.get(connection, "reason", str(row.number))
        note = await self._texts.get(connection, "note", str(row.number))
        return Decided(row.by, row.at, Reason(key or "", note or ""), row.outcome or "")

    async def _kept(self, connection: AsyncConnection, draft_id: str) -> Kept | None:
        """The time that the draft is kept for, until it has come."""
        found = select(kept).where(kept.c.draft_id == draft_id, kept.c.told_at.is_(None))
        row = (await connection.execute(found)).one_or_none()
        return Kept(row.until, row.by, row.came_from) if row else None

    async def _one_off(self, connection: AsyncConnection, which: ColumnElement[bool]) -> OneOff | None:
        """The last one-off of those that `which` names, with its number in the leader's quarter."""
        newest = exceptions.c.declared_at.desc()
        row = (await connection.execute(select(exceptions).where(which).order_by(newest).limit(1))).one_or_none()
        if row is None:
            return None
        before = select(func.count()).where(
            exceptions.c.leader == row.leader,
            exceptions.c.quarter == row.quarter,
            exceptions.c.state == "granted",
            exceptions.c.declared_at < row.declared_at,
        )
        values = dict(row._mapping)
        return OneOff(
            **values,
            number=int((await connection.execute(before)).scalar_one()) + 1,
            why=await self._texts.get(connection, "one_off_why", row.id),
            link=await self._texts.get(connection, "one_off_link", row.id),
        )

    async def _handoff(self, connection: AsyncConnection, handoff_id: str) -> Handoff | None:
        rows = (await connection.execute(select_handoffs().where(handoffs.c.id == handoff_id))).all()
        return next(iter(await self._with_texts(connection, rows)), None)

    async def _with_texts(self, connection: AsyncConnection, rows: Sequence[AnyRow]) -> tuple[Handoff, ...]:
        words: dict[str, dict[str, str]] = {row.id: {} for row in rows}
        for kind in HANDOFF_TEXTS:
            for owner, text in (await self._texts.get_all(connection, kind, words)).items():
                words[owner][kind] = text
        return tuple(handoff_of(row, words[row.id]) for row in rows)


async def _last_posts(connection: AsyncConnection, leader: str) -> tuple[Post, ...]:
    """The leader's newest post on each platform, newest first."""
    place = func.row_number().over(partition_by=posts.c.platform, order_by=[posts.c.posted_at.desc(), posts.c.id])
    ranked = select(posts.c.id, place.label("place")).where(posts.c.leader == leader).subquery()
    found = select(posts).join(ranked, ranked.c.id == posts.c.id).where(ranked.c.place == 1)
    rows = await connection.execute(found.order_by(posts.c.posted_at.desc(), posts.c.platform))
    return tuple(post_of(row) for row in rows)

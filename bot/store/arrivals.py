"""Drafts and revisions as they arrive, and their texts as they go. Slack may deliver each twice, or in any order."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lifecycle import Event
from bot.model import Draft, Revision, State, text_hash
from bot.store.base import Base
from bot.store.database import failing_safely
from bot.store.insert import insert_once
from bot.store.rows import draft_of, revision_of, select_drafts
from bot.store.schema import drafts, gone, revisions
from bot.store.texts import Text
from bot.store.values import NewDraft, NewRevision, OutMessage, Taken

_STAMP_WIDTH = 24
"""Slack's stamps are seconds and six decimals. Filled up with zeros they sort as text."""


class Arrivals(Base):
    """The part of the store that takes texts in and forgets them."""

    @failing_safely
    async def take_draft(self, new: NewDraft) -> Taken | None:
        """Keep a draft: committed when this returns. None when its message has been deleted already.

        The same message again gives the same ids, with `created` False.
        """
        async with self._database.writing() as connection:
            await self._database.hold(connection, "arrival", new.channel, new.message_ts)
            if await _is_gone(connection, new.channel, new.message_ts):
                return None
            earlier = await _first_revision(connection, new.channel, new.message_ts)
            if earlier is not None:
                draft_id, revision_id = earlier
                return Taken(draft_id, revision_id, revision_id, created=False)
            draft = _draft(new)
            revision_id = uuid4().hex
            await connection.execute(drafts.insert().values(**_draft_row(draft, revision_id)))
            await self._keep_revision(connection, revision_id, 1, _first(new, draft.id))
            review_id = await self._request(connection, draft.id, revision_id, by=new.submitter, now=new.now)
            await self._place(connection, _cards(new, draft.id), new.now)
            await self._record(connection, draft, "arrived", by=new.submitter, now=new.now, after=draft.state)
            return Taken(draft.id, revision_id, review_id, created=True)

    @failing_safely
    async def take_revision(self, new: NewRevision) -> Taken | None:
        """Keep a new text of a draft and ask for its review. None when it brings no new text:

        the same one as the newest revision, an older edit, one made on an older text (`on_revision`), a draft that is
        closed, or none of that id. An edit of the
        message that changed its files alone is kept with the newest revision, and the cards are wanted again (F8).
        """
        async with self._database.writing() as connection:
            taken = await self._take(connection, new.draft_id)
            if taken is None:
                return None
            draft, newest_id = taken
            newest = (await connection.execute(select(revisions).where(revisions.c.id == newest_id))).one()
            if _is_older(new.edited_ts, newest.edited_ts) or new.on_revision not in {"", newest_id}:
                return None
            if newest.text_hash == text_hash(new.text):
                await self._keep_attachments(connection, newest, new)
                return None
            state = await self._move(connection, draft, Event.REVISION)
            if state is None:
                return None
            revision_id = uuid4().hex
            await self._return_one_offs(connection, draft.id, new.now, asked=True)
            await self._keep_revision(connection, revision_id, newest.number + 1, new)
            changes: dict[str, Any] = {"newest_revision": revision_id}
            if new.platforms is not None:
                changes |= {"platforms": list(new.platforms), "platform_known": True}
            await connection.execute(update(drafts).where(drafts.c.id == draft.id).values(**changes))
            review_id = await self._request(connection, draft.id, revision_id, by=new.by, now=new.now)
            await self._bump(connection, draft.id)
            event = Event.USE_SUGGESTION if new.origin == "suggestion" else Event.REVISION
            await self._record(connection, draft, event.value, by=new.by, now=new.now, before=draft.state, after=state)
            return Taken(draft.id, revision_id, review_id, created=True)

    @failing_safely
    async def forget_message(self, channel: str, message_ts: str, now: datetime, by: str) -> str | None:
        """A draft's message was deleted: delete its texts, now and for good. Returns the draft's id, None without one.

        The message is remembered as gone, so that a draft which arrives after its own deletion is not taken.
        """
        async with self._database.writing() as connection:
            await self._database.hold(connection, "arrival", channel, message_ts)
            await insert_once(connection, gone, {"channel": channel, "message_ts": message_ts, "deleted_at": now})
            earlier = await _first_revision(connection, channel, message_ts)
            taken = await self._take(connection, earlier[0]) if earlier else None
            if taken is None:
                return None
            await self._forget(connection, taken[0], by=by, now=now)
        await self._database.empty_journal()
        return taken[0].id

    @failing_safely
    async def draft(self, draft_id: str) -> Draft | None:
        """The draft with this id."""
        return await self._one_draft(select_drafts().where(drafts.c.id == draft_id))

    @failing_safely
    async def draft_at(self, channel: str, message_ts: str) -> Draft | None:
        """The draft whose text stands in this message."""
        return await self._one_draft(
            select_drafts().where(drafts.c.channel == channel, drafts.c.message_ts == message_ts)
        )

    @failing_safely
    async def draft_in_thread(self, channel: str, thread_ts: str) -> Draft | None:
        """The newest draft of this thread."""
        return await self._one_draft(
            select_drafts().where(drafts.c.channel == channel, drafts.c.thread_ts == thread_ts)
        )

    @failing_safely
    async def drafts_with_text(self, leader: str) -> tuple[str, ...]:
        """Ids of the leader's drafts whose texts are still kept, oldest first."""
        kept = select(drafts.c.id).where(drafts.c.leader == leader, drafts.c.state != State.FORGOTTEN.value)
        async with self._database.reading() as connection:
            return tuple((await connection.execute(kept.order_by(drafts.c.created_at, drafts.c.id))).scalars())

    @failing_safely
    async def revision(self, revision_id: str) -> Revision | None:
        """The revision with this id."""
        return await self._one_revision(select(revisions).where(revisions.c.id == revision_id))

    @failing_safely
    async def newest_revision(self, draft_id: str) -> Revision | None:
        """The draft's newest text."""
        newest = select(drafts.c.newest_revision).where(drafts.c.id == draft_id).scalar_subquery()
        return await self._one_revision(select(revisions).where(revisions.c.id == newest))

    async def _one_draft(self, query: Select[Any]) -> Draft | None:
        newest_first = query.order_by(drafts.c.created_at.desc(), drafts.c.id).limit(1)
        async with self._database.reading() as connection:
            row = (await connection.execute(newest_first)).one_or_none()
        return draft_of(row) if row else None

    async def _one_revision(self, query: Select[Any]) -> Revision | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
            return revision_of(row, await self._texts.get(connection, "revision", row.id)) if row else None

    async def _keep_attachments(self, connection: AsyncConnection, newest: Row[Any], new: NewRevision) -> None:
        if new.origin != "edit" or revision_of(newest, None).attachments == new.attachments:
            return
        changed = update(revisions).where(revisions.c.id == newest.id)
        await connection.execute(changed.values(**asdict(new.attachments), edited_ts=new.edited_ts))
        await self._bump(connection, new.draft_id)

    async def _keep_revision(
        self, connection: AsyncConnection, revision_id: str, number: int, new: NewRevision
    ) -> None:
        await connection.execute(
            revisions.insert().values(
                id=revision_id,
                draft_id=new.draft_id,
                number=number,
                text_hash=text_hash(new.text),
                origin=new.origin,
                **asdict(new.attachments),
                edited_ts=new.edited_ts,
                submitted_by=new.by,
                created_at=new.now,
            )
        )
        text = Text("revision", revision_id, new.draft_id, new.text, self._delete_on(new.now))
        await self._texts.put(connection, text)


async def _is_gone(connection: AsyncConnection, channel: str, message_ts: str) -> bool:
    found = select(gone.c.channel).where(gone.c.channel == channel, gone.c.message_ts == message_ts)
    return (await connection.execute(found)).first() is not None


async def _first_revision(connection: AsyncConnection, channel: str, message_ts: str) -> tuple[str, str] | None:
    """Ids of the draft at this message and of its first revision, which are what its arrival was answered with."""
    found = (
        select(drafts.c.id, revisions.c.id)
        .join(revisions, revisions.c.draft_id == drafts.c.id)
        .where(drafts.c.channel == channel, drafts.c.message_ts == message_ts, revisions.c.number == 1)
    )
    row = (await connection.execute(found)).one_or_none()
    return (row[0], row[1]) if row else None


def _is_older(edited_ts: str, newest: str) -> bool:
    known = bool(edited_ts and newest)
    return known and edited_ts.zfill(_STAMP_WIDTH) <= newest.zfill(_STAMP_WIDTH)


def _draft(new: NewDraft) -> Draft:
    return Draft(
        id=uuid4().hex,
        leader=new.leader,
        submitter=new.submitter,
        channel=new.channel,
        message_ts=new.message_ts,
        thread_ts=new.thread_ts,
        platforms=new.platforms,
        platform_known=new.platform_known,
        state=State.CHECKING,
        created_at=new.now,
    )


def _draft_row(draft: Draft, newest_revision: str) -> dict[str, Any]:
    return {
        "id": draft.id,
        "leader": draft.leader,
        "submitter": draft.submitter,
        "channel": draft.channel,
        "message_ts": draft.message_ts,
        "thread_ts": draft.thread_ts,
        "platforms": list(draft.platforms),
        "platform_known": draft.platform_known,
        "state": draft.state.value,
        "newest_revision": newest_revision,
        "created_at": draft.created_at,
    }


def _first(new: NewDraft, draft_id: str) -> NewRevision:
    return NewRevision(
        draft_id=draft_id,
        text=new.text,
        origin=new.origin,
        now=new.now,
        by=new.submitter,
        attachments=new.attachments,
        edited_ts=new.edited_ts,
    )


def _cards(new: NewDraft, draft_id: str) -> list[OutMessage]:
    card = OutMessage(
        id=f"card:{draft_id}",
        kind="card",
        channel=new.channel,
        draft_id=draft_id,
        thread_ts=new.thread_ts,
        not_before=new.card_not_before,
    )
    line = OutMessage(id=f"oversight:{draft_id}", kind="oversight", channel=new.oversight_channel, draft_id=draft_id)
    return ([card] if new.place_card else []) + ([line] if new.oversight_channel else [])

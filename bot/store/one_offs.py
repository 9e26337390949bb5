"""Declared one-offs: granted within the allowance, asked of comms beyond it, given back when nothing came of it (F26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.choices import OneOff, Reason
from bot.lifecycle import Event
from bot.model import Draft
from bot.store.database import failing_safely
from bot.store.decisions import Decisions
from bot.store.schema_decisions import exceptions
from bot.store.texts import Text
from bot.store.values import OneOffChange, OutMessage, Standing
from bot.store.views import Views

DECLARED = "one_off"
"""The reason of a one-off in the record; the leader's own words are its note."""


@dataclass(frozen=True, slots=True)
class NewOneOff:
    """A one-off to declare. `allowance` is how many the leader has in `quarter`; with `ask` comms decides beyond it.

    `once` is an opaque id of the form: the same one declares only once. `team_channel` is where the owners of the case are
    told, `comms_channel` where comms is asked.
    """

    draft_id: str
    revision_id: str
    route: str
    why: str
    link: str
    by: str
    now: datetime
    quarter: str
    allowance: int
    ask: bool
    once: str
    team_channel: str
    comms_channel: str
    hears: str = ""


class OneOffs(Views, Decisions):
    """The part of the store that keeps one-offs."""

    @failing_safely
    async def declare_one_off(
        self, new: NewOneOff, standing: Standing, lines: Sequence[OutMessage] = ()
    ) -> OneOffChange:
        """Declare it, and decide the outcome again; beyond the allowance ask comms, where the leader asked for that.

        Two drafts of one leader at once can't both take the last one. `lines` are for a one-off that is granted.
        """
        async with self._database.writing() as connection:
            taken = await self._take(connection, new.draft_id)
            if taken is None:
                return OneOffChange(changed=False)
            draft, newest = taken
            if newest != new.revision_id:
                return OneOffChange(False, draft=draft, stale=True)
            await self._database.hold(connection, "one-offs", draft.leader, new.quarter)
            used = await granted_in(connection, draft.leader, new.quarter)
            granted = used < new.allowance
            if not granted and not new.ask:
                return OneOffChange(False, draft=draft, used_up=True)
            event = Event.ONE_OFF if granted else Event.ASK_ONE_OFF
            if await self._standing_one(connection, draft.id) or await self._move(connection, draft, event) is None:
                return OneOffChange(False, draft=draft)
            await self._keep_one_off(connection, new, draft, granted=granted)
            if granted:
                await self._decide_again(connection, draft.id, newest, standing, new.now)
            await self._one_off_done(connection, draft, event, Reason(DECLARED, new.why), by=new.by, now=new.now)
            card = _team_card(new) if granted else _comms_card(new)
            await self._place(connection, [card, *(lines if granted else ())], new.now)
            return OneOffChange(True, draft=await self._read(connection, draft.id))

    @failing_safely
    async def end_one_off(
        self,
        one_off_id: str,
        event: Event,
        standing: Standing,
        *,
        by: str,
        now: datetime,
        team_channel: str = "",
        lines: Sequence[OutMessage] = (),
    ) -> OneOffChange:
        """Comms allows or refuses what it was asked, or the leader withdraws the question. Once allowed, the owners of
        the case are told in `team_channel`."""
        async with self._database.writing() as connection:
            of_one_off = select(exceptions.c.draft_id).where(exceptions.c.id == one_off_id)
            draft_id = (await connection.execute(of_one_off)).scalar_one_or_none()
            taken = await self._take(connection, draft_id) if draft_id else None
            if taken is None:
                return OneOffChange(changed=False)
            draft, newest = taken
            row = (await connection.execute(select(exceptions).where(exceptions.c.id == one_off_id))).one()
            if row.state != "asked" or await self._move(connection, draft, event) is None:
                return OneOffChange(False, draft=draft)
            changed = update(exceptions).where(exceptions.c.id == one_off_id)
            await connection.execute(changed.values(state=_ENDS[event], decided_by=by, decided_at=now))
            await self._decide_again(connection, draft.id, newest, standing, now)
            await self._one_off_done(connection, draft, event, Reason(""), by=by, now=now)
            told = [_card(one_off_id, draft.id, "team", team_channel)] if event is Event.ALLOW_ONE_OFF else []
            await self._place(connection, [*told, *lines], now)
            return OneOffChange(True, draft=await self._read(connection, draft.id))

    @failing_safely
    async def note_one_off(self, one_off_id: str, by: str, now: datetime) -> bool:
        """The owners of the case have seen it. False where somebody had before."""
        async with self._database.writing() as connection:
            seen = update(exceptions).where(exceptions.c.id == one_off_id, exceptions.c.noted_at.is_(None))
            done = await connection.execute(seen.values(noted_by=by, noted_at=now).returning(exceptions.c.draft_id))
            draft_id = done.scalar_one_or_none()
            if draft_id is None:
                return False
            await self._bump(connection, draft_id)
            return True

    @failing_safely
    async def one_off(self, one_off_id: str) -> OneOff | None:
        """The one-off with this id."""
        async with self._database.reading() as connection:
            return await self._one_off(connection, exceptions.c.id == one_off_id)

    @failing_safely
    async def one_offs_used(self, leader: str, quarter: str) -> int:
        """How many one-offs the leader has used in that quarter."""
        async with self._database.reading() as connection:
            return await granted_in(connection, leader, quarter)

    @failing_safely
    async def one_offs(self, leader: str | None = None, limit: int = 20) -> tuple[OneOff, ...]:
        """The ledger: a leader's one-offs, or everybody's; newest first."""
        found = select(exceptions.c.id).order_by(exceptions.c.declared_at.desc(), exceptions.c.id).limit(limit)
        if leader is not None:
            found = found.where(exceptions.c.leader == leader)
        async with self._database.reading() as connection:
            ids = (await connection.execute(found)).scalars().all()
            kept = [await self._one_off(connection, exceptions.c.id == one_id) for one_id in ids]
        return tuple(one for one in kept if one is not None)

    async def _standing_one(self, connection: AsyncConnection, draft_id: str) -> bool:
        """Whether the draft has a one-off that is granted, or asked for."""
        found = select(exceptions.c.id).where(
            exceptions.c.draft_id == draft_id, exceptions.c.state.in_(["granted", "asked"])
        )
        return (await connection.execute(found.limit(1))).first() is not None

    async def _keep_one_off(self, connection: AsyncConnection, new: NewOneOff, draft: Draft, *, granted: bool) -> None:
        row: dict[str, Any] = {
            "id": new.once or uuid4().hex,
            "draft_id": draft.id,
            "leader": draft.leader,
            "quarter": new.quarter,
            "route": new.route,
            "state": "granted" if granted else "asked",
            "declared_by": new.by,
            "declared_at": new.now,
        }
        await connection.execute(insert(exceptions).values(**row))
        delete_on = self._delete_on(new.now)
        words = [Text("one_off_why", row["id"], draft.id, new.why, delete_on)]
        words += [Text("one_off_link", row["id"], draft.id, new.link, delete_on)] if new.link else []
        await self._texts.put(connection, *words)

    async def _one_off_done(
        self, connection: AsyncConnection, draft: Draft, event: Event, reason: Reason, *, by: str, now: datetime
    ) -> None:
        after = await self._read(connection, draft.id)
        await self._bump(connection, draft.id)
        await self._record(
            connection,
            draft,
            event.value,
            by=by,
            now=now,
            before=draft.state,
            after=after.state,
            reason=reason.written() if reason.key else "",
        )


async def granted_in(connection: AsyncConnection, leader: str, quarter: str) -> int:
    """How many one-offs the leader has used in that quarter."""
    found = select(func.count()).where(
        exceptions.c.leader == leader, exceptions.c.quarter == quarter, exceptions.c.state == "granted"
    )
    return int((await connection.execute(found)).scalar_one())


_ENDS = {Event.ALLOW_ONE_OFF: "granted", Event.REFUSE_ONE_OFF: "refused", Event.WITHDRAW: "withdrawn"}


def _team_card(new: NewOneOff) -> OutMessage:
    return _card(new.once, new.draft_id, "team", new.team_channel)


def _comms_card(new: NewOneOff) -> OutMessage:
    return _card(new.once, new.draft_id, "ask", new.comms_channel, hears=new.hears)


def _card(one_off_id: str, draft_id: str, what: str, channel: str, hears: str = "") -> OutMessage:
    values = {"one_off": one_off_id, "hears": hears}
    return OutMessage(f"one_off:{one_off_id}:{what}", "one_off", channel, draft_id, key=what, values=values)

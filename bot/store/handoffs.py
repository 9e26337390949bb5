"""Hand-offs to teams: sent, claimed, put back, done, withdrawn. Of two who tap at once, one changes something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select, update

from bot.lifecycle import Event
from bot.model import Draft, Handoff, HandoffState
from bot.store.database import failing_safely
from bot.store.schema import handoffs
from bot.store.texts import Text, TextKind
from bot.store.values import HandoffChange, NewHandoff, OutMessage
from bot.store.views import Views


class Handoffs(Views):
    """The part of the store that keeps hand-offs."""

    @failing_safely
    async def send_handoff(self, new: NewHandoff, lines: Sequence[OutMessage] = ()) -> Handoff | None:
        """Give a team the case. None where the lifecycle refuses, or the text has changed since `revision_id`.

        Numbers count up from 1 without gaps. Lines that name no hand-off are given this one's id. The same `once` again
        returns the hand-off that it made.
        """
        async with self._database.writing() as connection:
            taken = await self._take(connection, new.draft_id)
            if taken is None:
                return None
            draft, newest = taken
            handoff_id = new.once or uuid4().hex
            earlier = await self._handoff(connection, handoff_id)
            if earlier is not None:
                return earlier
            if new.revision_id not in {None, newest} or await self._move(connection, draft, Event.HANDOFF) is None:
                return None
            await self._database.hold(connection, "handoff numbers")
            highest = (await connection.execute(select(func.max(handoffs.c.number)))).scalar_one()
            number = (highest or 0) + 1
            await connection.execute(handoffs.insert().values(**_row(new, draft, handoff_id, number)))
            await self._texts.put(connection, *self._handoff_texts(new, handoff_id))
            card = OutMessage(
                id=f"handoff:{handoff_id}",
                kind="handoff",
                channel=new.channel,
                draft_id=draft.id,
                handoff_id=handoff_id,
            )
            told = [line if line.handoff_id else replace(line, handoff_id=handoff_id) for line in lines]
            await self._place(connection, [card, *told], new.now)
            await self._bump(connection, draft.id)
            await self._record(
                connection,
                draft,
                Event.HANDOFF.value,
                by=new.sent_by,
                now=new.now,
                before=draft.state,
                after=draft.state,
                handoff_id=handoff_id,
            )
            return await self._handoff(connection, handoff_id)

    @failing_safely
    async def claim_handoff(
        self, handoff_id: str, by: str, now: datetime, lines: Sequence[OutMessage] = ()
    ) -> HandoffChange:
        """Somebody of the team takes the case."""
        changes = {"state": "claimed", "claimed_by": by, "claimed_at": now}
        return await self._change(handoff_id, ["sent"], changes, "hand-off claimed", by=by, now=now, lines=lines)

    @failing_safely
    async def put_back(
        self, handoff_id: str, by: str, now: datetime, lines: Sequence[OutMessage] = ()
    ) -> HandoffChange:
        """The case waits for somebody of the team again."""
        changes = {"state": "sent", "claimed_by": None, "claimed_at": None}
        return await self._change(handoff_id, ["claimed"], changes, "hand-off put back", by=by, now=now, lines=lines)

    @failing_safely
    async def close_handoff(
        self, handoff_id: str, by: str, outcome_line: str, now: datetime, lines: Sequence[OutMessage] = ()
    ) -> HandoffChange:
        """The case is done, and `outcome_line` says what happened."""
        changes = {"state": "done", "closed_by": by, "closed_at": now}
        return await self._change(
            handoff_id, ["sent", "claimed"], changes, "hand-off done", by=by, now=now, lines=lines, outcome=outcome_line
        )

    @failing_safely
    async def withdraw_handoff(
        self, handoff_id: str, by: str, now: datetime, lines: Sequence[OutMessage] = ()
    ) -> HandoffChange:
        """The leader takes the case back."""
        changes = {"state": "withdrawn", "closed_by": by, "closed_at": now}
        return await self._change(
            handoff_id, ["sent", "claimed"], changes, "hand-off withdrawn", by=by, now=now, lines=lines
        )

    async def _change(
        self,
        handoff_id: str,
        states: Sequence[HandoffState],
        changes: Mapping[str, Any],
        event: str,
        *,
        by: str,
        now: datetime,
        lines: Sequence[OutMessage],
        outcome: str = "",
    ) -> HandoffChange:
        async with self._database.writing() as connection:
            of_handoff = select(handoffs.c.draft_id).where(handoffs.c.id == handoff_id)
            draft_id = (await connection.execute(of_handoff)).scalar_one_or_none()
            taken = await self._take(connection, draft_id) if draft_id else None
            if taken is None:
                return HandoffChange(changed=False, handoff=None)
            draft = taken[0]
            done = await connection.execute(
                update(handoffs).where(handoffs.c.id == handoff_id, handoffs.c.state.in_(states)).values(**changes)
            )
            if done.rowcount == 0:
                return HandoffChange(changed=False, handoff=await self._handoff(connection, handoff_id))
            if outcome:
                kept = Text("handoff_outcome", handoff_id, draft.id, outcome, self._delete_on(now))
                await self._texts.put(connection, kept)
            await self._place(connection, lines, now)
            await self._bump(connection, draft.id, handoff_ids=[handoff_id])
            await self._record(
                connection, draft, event, by=by, now=now, before=draft.state, after=draft.state, handoff_id=handoff_id
            )
            return HandoffChange(changed=True, handoff=await self._handoff(connection, handoff_id))

    def _handoff_texts(self, new: NewHandoff, handoff_id: str) -> list[Text]:
        written: dict[TextKind, str | None] = {
            "handoff_link": new.link,
            "handoff_what": new.what,
            "handoff_promised": new.promised,
            "handoff_draft": new.draft_text,
        }
        delete_on = self._delete_on(new.now)
        return [Text(kind, handoff_id, new.draft_id, words, delete_on) for kind, words in written.items() if words]


def _row(new: NewHandoff, draft: Draft, handoff_id: str, number: int) -> dict[str, Any]:
    return {
        "id": handoff_id,
        "number": number,
        "draft_id": draft.id,
        "route": new.route,
        "state": "sent",
        "leader": draft.leader,
        "sent_by": new.sent_by,
        "sent_at": new.now,
        "due_at": new.due_at,
        "answered": new.answered,
    }

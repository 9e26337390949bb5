"""What the store's transactions are made of: the draft's row taken first, its state, its record, its messages.

Every transaction that decides something takes the draft's row before it writes anything. So two of them never wait for
each other in a circle, and each sees what the other has done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.lifecycle import Event, next_state
from bot.model import Draft, State
from bot.store.chain import link
from bot.store.database import Database
from bot.store.insert import insert_once
from bot.store.rows import draft_of, select_drafts
from bot.store.schema import drafts, findings, handoffs, messages, records, reviews, revisions, texts
from bot.store.schema_decisions import exceptions
from bot.store.texts import Text, Texts
from bot.store.values import MessageKind, OutMessage

REASON_DAYS = 396
"""Thirteen months: how long reasons are kept (product F44)."""

ALL_CARDS: tuple[MessageKind, ...] = ("card", "oversight", "handoff", "copy", "reminder", "one_off")
DRAFT_CARDS: tuple[MessageKind, ...] = ("card", "oversight", "reminder", "one_off")

RECORD = "record"
"""What a line's values may name: the record's row that it tells of, filled in when the row is there."""

NO_VERDICT: dict[str, Any] = {"outcome": None, "rules": [], "guidelines": "", "model": ""}
"""What the record says of a text that no review has said anything about."""

_CASE_TEXTS = ("handoff_link", "handoff_what", "handoff_promised", "handoff_outcome")


class Base:
    """Database and texts, and the steps that the parts of the store share."""

    def __init__(self, database: Database, kept_texts: Texts, text_days: int) -> None:
        self._database = database
        self._texts = kept_texts
        self._text_days = text_days

    def _delete_on(self, now: datetime) -> date:
        return (now + timedelta(days=self._text_days)).date()

    async def _take(self, connection: AsyncConnection, draft_id: str) -> tuple[Draft, str] | None:
        """The draft and its newest revision's id, with the row held until the transaction ends."""
        if not self._database.is_sqlite:
            await connection.execute(select(drafts.c.id).where(drafts.c.id == draft_id).with_for_update())
        row = (await connection.execute(select_drafts().where(drafts.c.id == draft_id))).one_or_none()
        return (draft_of(row), row.newest_revision) if row else None

    async def _read(self, connection: AsyncConnection, draft_id: str) -> Draft:
        return draft_of((await connection.execute(select_drafts().where(drafts.c.id == draft_id))).one())

    async def _move(
        self, connection: AsyncConnection, draft: Draft, event: Event, before: State = State.ADVISED
    ) -> State | None:
        """Lead the draft where the event leads it. None, and nothing done, where the table has no such row.

        `before` is where a kept draft goes back to.
        """
        state = next_state(draft.state, event, before)
        if state is not None and state is not draft.state:
            await connection.execute(update(drafts).where(drafts.c.id == draft.id).values(state=state.value))
        return state

    async def _request(
        self,
        connection: AsyncConnection,
        draft_id: str,
        revision_id: str,
        *,
        by: str,
        now: datetime,
        rules_again: bool = False,
    ) -> str:
        """Ask for a review of a revision. The first has the revision's id, the next ones /2, /3 behind it."""
        numbers = select(reviews.c.number).where(reviews.c.revision_id == revision_id)
        number = max((await connection.execute(numbers)).scalars(), default=0) + 1
        review_id = revision_id if number == 1 else f"{revision_id}/{number}"
        await connection.execute(
            reviews.insert().values(
                id=review_id,
                revision_id=revision_id,
                draft_id=draft_id,
                number=number,
                requested_by=by,
                requested_at=now,
                rules_again=rules_again,
                slow=False,
            )
        )
        return review_id

    async def _record(
        self,
        connection: AsyncConnection,
        draft: Draft,
        event: str,
        *,
        by: str,
        now: datetime,
        after: State | None,
        before: State | None = None,
        handoff_id: str | None = None,
        reason: str = "",
    ) -> int:
        """Add a row to the record, with what the newest text and its verdict were at that moment. Returns its number."""
        newest = select(drafts.c.newest_revision).where(drafts.c.id == draft.id).scalar_subquery()
        columns = revisions.c.id, revisions.c.number, revisions.c.text_hash
        revision = (await connection.execute(select(*columns).where(revisions.c.id == newest))).one()
        new = event == "arrived"
        verdict = NO_VERDICT if new else await _standing_verdict(connection, revision.id)
        await self._database.hold(connection, "records")
        last = (
            await connection.execute(
                select(records.c.number, records.c.chain).order_by(records.c.number.desc()).limit(1)
            )
        ).one_or_none()
        row: dict[str, Any] = {
            "number": last.number + 1 if last else 1,
            "at": now,
            "by": by,
            "event": event,
            "draft_id": draft.id,
            "handoff_id": handoff_id,
            "leader": draft.leader,
            "before": before.value if before else None,
            "after": after.value if after else None,
            "revision": revision.number,
            "text_hash": revision.text_hash,
            **verdict,
        }
        await connection.execute(records.insert().values(**row, chain=link(last.chain if last else "", row)))
        if reason:
            delete_on = (now + timedelta(days=REASON_DAYS)).date()
            key, _, note = reason.partition("\n")
            owner = str(row["number"])
            kept = [Text("reason", owner, draft.id, key, delete_on)]
            # A note is in people's own words, so it goes with the draft's text where that is deleted.
            kept += [Text("note", owner, draft.id, note, delete_on)] if note else []
            await self._texts.put(connection, *kept)
        return int(row["number"])

    async def _place(self, connection: AsyncConnection, placed: Sequence[OutMessage], now: datetime) -> None:
        """Want messages in Slack. One that is wanted already, by its id, stays as it is."""
        for message in placed:
            values = dict(message.values)
            if RECORD in values:
                values[RECORD] = str(await _newest_record(connection, message.draft_id))
            row = {
                "id": message.id,
                "kind": message.kind,
                "draft_id": message.draft_id,
                "handoff_id": message.handoff_id,
                "channel": message.channel,
                "thread_ts": message.thread_ts,
                "key": message.key,
                "values": values,
                "ts": message.ts,
                "wanted": message.wanted,
                "drawn": message.drawn,
                "not_before": message.not_before,
                "claims": 0,
                "placed_at": now,
            }
            await insert_once(connection, messages, row)

    async def _bump(
        self,
        connection: AsyncConnection,
        draft_id: str,
        kinds: Sequence[MessageKind] = DRAFT_CARDS,
        handoff_ids: Sequence[str] = (),
    ) -> None:
        """Want the draft's cards drawn again, and those of the hand-offs named."""
        changed = update(messages).values(wanted=messages.c.wanted + 1)
        await connection.execute(changed.where(messages.c.draft_id == draft_id, messages.c.kind.in_(kinds)))
        if handoff_ids:
            teams = messages.c.handoff_id.in_(handoff_ids)
            await connection.execute(changed.where(teams, messages.c.kind.in_(["handoff", "copy"])))

    async def _withdraw_unclaimed(
        self, connection: AsyncConnection, draft_id: str, *, by: str, now: datetime
    ) -> list[str]:
        """Take back the hand-offs that nobody has claimed (product 12.1, row 36). Returns their ids."""
        withdrawn = (
            await connection.execute(
                update(handoffs)
                .where(handoffs.c.draft_id == draft_id, handoffs.c.state == "sent")
                .values(state="withdrawn", closed_by=by, closed_at=now)
                .returning(handoffs.c.id)
            )
        ).scalars()
        return list(withdrawn)

    async def _return_one_offs(self, connection: AsyncConnection, draft_id: str, now: datetime, *, asked: bool) -> None:
        """Give back what the draft took of the allowance, since nothing came of it; with `asked` only open questions."""
        states = ["asked"] if asked else ["asked", "granted"]
        open_ones = update(exceptions).where(exceptions.c.draft_id == draft_id, exceptions.c.state.in_(states))
        await connection.execute(open_ones.values(state="withdrawn" if asked else "returned", decided_at=now))

    async def _forget(self, connection: AsyncConnection, draft: Draft, *, by: str, now: datetime) -> bool:
        """Delete the draft's texts for good; False when that is done. A case that a team took keeps its words."""
        state = await self._move(connection, draft, Event.FORGET)
        if state is None:
            return False
        await connection.execute(update(drafts).where(drafts.c.id == draft.id).values(forgotten_on=now))
        await self._withdraw_unclaimed(connection, draft.id, by=by, now=now)
        if draft.state is not State.POSTED:
            await self._return_one_offs(connection, draft.id, now, asked=False)
        withdrawn = (
            await connection.execute(
                select(handoffs.c.id).where(handoffs.c.draft_id == draft.id, handoffs.c.state == "withdrawn")
            )
        ).scalars()
        cases = [f"{kind}:{handoff_id}" for handoff_id in withdrawn for kind in _CASE_TEXTS]
        of_draft = texts.c.draft_id == draft.id
        await connection.execute(delete(texts).where(of_draft, texts.c.kind.not_in((*_CASE_TEXTS, "reason"))))
        await connection.execute(delete(texts).where(of_draft, texts.c.id.in_(cases)))
        await self._bump(connection, draft.id, ALL_CARDS)
        # A card that nobody has begun to post is not wanted any more. One that may stand in Slack is, to lose its text.
        await connection.execute(
            update(messages)
            .where(messages.c.draft_id == draft.id, messages.c.kind == "card")
            .where(messages.c.ts.is_(None), messages.c.claims == 0)
            .values(given_up="draft forgotten")
        )
        await self._record(connection, draft, Event.FORGET.value, by=by, now=now, before=draft.state, after=state)
        return True


async def _newest_record(connection: AsyncConnection, draft_id: str | None) -> int:
    found = select(records.c.number).where(records.c.draft_id == draft_id)
    return int((await connection.execute(found.order_by(records.c.number.desc()).limit(1))).scalar_one())


async def standing_outcome(connection: AsyncConnection, revision_id: str) -> str | None:
    """What is advised about a text at this moment; None before any review."""
    outcome: str | None = (await _standing_verdict(connection, revision_id))["outcome"]
    return outcome


async def _standing_verdict(connection: AsyncConnection, revision_id: str) -> dict[str, Any]:
    review = (
        await connection.execute(
            select(reviews)
            .where(reviews.c.revision_id == revision_id, reviews.c.decided_at.is_not(None))
            .order_by(reviews.c.number.desc())
            .limit(1)
        )
    ).one_or_none()
    if review is None:
        return NO_VERDICT
    found = select(findings.c.rule).where(
        findings.c.review_id == review.id, findings.c.rule.is_not(None), findings.c.set_aside.is_not(True)
    )
    rules = (await connection.execute(found.order_by(findings.c.position))).scalars()
    return {
        "outcome": review.outcome,
        "rules": list(dict.fromkeys(rules)),
        "guidelines": review.guidelines,
        "model": review.model,
    }

"""What stands in Slack, or should: who may post it, and what has been drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, select, update

from bot.errors import StoreError
from bot.store.base import Base
from bot.store.database import failing_safely
from bot.store.rows import message_of
from bot.store.schema import OPEN_MESSAGE, messages
from bot.store.values import Claim, OutMessage

LEASE_SECONDS = 60


class Messages(Base):
    """The part of the store that keeps Lectern's own messages."""

    @failing_safely
    async def place(self, *placed: OutMessage, now: datetime) -> None:
        """Want messages in Slack. One whose id is known stays as it is."""
        async with self._database.writing() as connection:
            await self._place(connection, placed, now)

    @failing_safely
    async def message(self, message_id: str) -> OutMessage | None:
        """The message with this id."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(messages).where(messages.c.id == message_id))).one_or_none()
        return message_of(row) if row else None

    @failing_safely
    async def messages_to_send(self, limit: int = 100, *, now: datetime, claimant: str = "") -> tuple[OutMessage, ...]:
        """Messages that are due and that nobody else is posting, or that show less than they should; oldest first.

        What `claimant` itself claimed and did not finish is among them: only it knows whether it is still at it.
        """
        due = or_(messages.c.not_before.is_(None), messages.c.not_before <= now)
        nobody_posts = or_(
            messages.c.ts.is_not(None),
            messages.c.claimed_until.is_(None),
            messages.c.claimed_until <= now,
            messages.c.claimed_by == (claimant or None),
        )
        found = select(messages).where(OPEN_MESSAGE, due, nobody_posts)
        async with self._database.reading() as connection:
            rows = await connection.execute(found.order_by(messages.c.placed_at, messages.c.id).limit(limit))
            return tuple(message_of(row) for row in rows)

    @failing_safely
    async def claim(self, message_id: str, claimant: str, now: datetime, lease_seconds: float = LEASE_SECONDS) -> Claim:
        """Take a message to post it; of several who ask at once, one gets it, for `lease_seconds`.

        Who claims again under the same name gets it again, to `look` first: so a claimant's name must not be shared by
        two who may run at the same time. StoreError when there is no such message.
        """
        free = or_(
            messages.c.claimed_until.is_(None), messages.c.claimed_until <= now, messages.c.claimed_by == claimant
        )
        taking = (
            update(messages)
            .where(messages.c.id == message_id, messages.c.ts.is_(None), messages.c.given_up.is_(None), free)
            .values(
                claims=messages.c.claims + 1,
                claimed_by=claimant,
                claimed_until=now + timedelta(seconds=lease_seconds),
            )
            .returning(messages.c.claims)
        )
        async with self._database.writing() as connection:
            claims = (await connection.execute(taking)).scalar_one_or_none()
            if claims is not None:
                return "post" if claims == 1 else "look"
            row = (await connection.execute(select(messages.c.ts).where(messages.c.id == message_id))).one_or_none()
        if row is None:
            reason = "There is no such message."
            raise StoreError(reason)
        return "sent" if row.ts else "busy"

    @failing_safely
    async def sent(self, message_id: str, ts: str, channel: str, drawn: int, now: datetime) -> bool:
        """Write down where a message stands and how many changes it shows. False when it stands elsewhere already."""
        async with self._database.writing() as connection:
            done = await connection.execute(
                update(messages)
                .where(messages.c.id == message_id, messages.c.ts.is_(None))
                .values(
                    ts=ts, channel=channel, drawn=drawn, sent_at=now, given_up=None, claimed_until=None, not_before=None
                )
            )
            if done.rowcount == 1:
                return True
            same = (messages.c.id == message_id, messages.c.ts == ts)
            return (await connection.execute(select(messages.c.id).where(*same))).first() is not None

    @failing_safely
    async def drawn(self, message_id: str, wanted: int) -> None:
        """A message now shows all changes up to `wanted`. A later drawing is not taken back."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(messages).where(messages.c.id == message_id, messages.c.drawn < wanted).values(drawn=wanted)
            )

    @failing_safely
    async def bump(self, draft_id: str, handoff_ids: Sequence[str] = ()) -> None:
        """Want the draft's card and oversight line drawn again, and the cards of these hand-offs."""
        async with self._database.writing() as connection:
            await self._take(connection, draft_id)
            await self._bump(connection, draft_id, handoff_ids=handoff_ids)

    @failing_safely
    async def postpone(self, message_id: str, until: datetime) -> None:
        """Leave a message alone until then, and let go of it: Slack asked to wait."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(messages).where(messages.c.id == message_id).values(not_before=until, claimed_until=None)
            )

    @failing_safely
    async def lost(self, message_id: str) -> None:
        """A message stands in Slack no more: it is wanted anew."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(messages)
                .where(messages.c.id == message_id)
                .values(ts=None, drawn=0, claimed_by=None, claimed_until=None)
            )

    @failing_safely
    async def unsendable(self, message_id: str, why: str, now: datetime) -> None:
        """Give a message up. `why` is Slack's error code, and is kept."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(messages)
                .where(messages.c.id == message_id)
                .values(given_up=f"{why} at {now.astimezone(UTC):%Y-%m-%d %H:%M}", claimed_until=None)
            )

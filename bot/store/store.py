"""The store as others see it: its parts put together, opened and closed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from bot.store.acted import Acted
from bot.store.arrivals import Arrivals
from bot.store.database import failing_safely
from bot.store.decisions import Decisions
from bot.store.feedback import FeedbackKept
from bot.store.handoffs import Handoffs
from bot.store.messages import Messages
from bot.store.one_offs import OneOffs
from bot.store.opening import WAIT_SECONDS, open_database
from bot.store.points import PointDecisions
from bot.store.reminders import Reminders
from bot.store.retention import Retention
from bot.store.spending import Spending
from bot.store.texts import Texts

TEXT_DAYS = 30
"""How long texts are kept, unless the organisation says otherwise (product F44)."""


class Store(
    Arrivals,
    Handoffs,
    Messages,
    PointDecisions,
    OneOffs,
    FeedbackKept,
    Reminders,
    Decisions,
    Retention,
    Spending,
    Acted,
):
    """All that Lectern keeps. One object per process and event loop; many tasks may use it side by side."""

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        encryption_keys: Sequence[str] = (),
        text_days: int = TEXT_DAYS,
        wait_seconds: float = WAIT_SECONDS,
    ) -> Store:
        """Open a database at sqlite:/// or postgresql://, made or brought up to date as needed.

        On SQLite a transaction waits up to `wait_seconds` for another process. Raises `StartError` with one sentence
        when the database can't be used.
        """
        kept_texts = Texts(encryption_keys)
        database = await open_database(url, kept_texts, wait_seconds)
        return cls(database, kept_texts, text_days)

    async def close(self) -> None:
        """Give all connections back."""
        await self._database.close()

    @failing_safely
    async def ping(self) -> None:
        """Nothing, when the database answers; StoreError when it does not."""
        async with self._database.reading() as connection:
            await connection.execute(text("SELECT 1"))

"""What happens by the clock: texts whose day has come are deleted, an hour after the last look at the latest."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.slack.desk import Desk

EVERY = timedelta(hours=1)

log = structlog.get_logger("lectern.schedule")


class Schedule:
    """Looked at by the starter's sweep. Several processes may look at once: what is deleted is deleted once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: datetime | None = None

    async def look(self) -> None:
        """Delete what is due, when it was not looked for within the hour. Raises `StoreError`; the next look tries again."""
        now = self._desk.now()
        if self._last is not None and now - self._last < EVERY:
            return
        deleted = await self._desk.store.purge(now)
        self._last = now
        if deleted:
            log.info("texts deleted, as agreed", texts=deleted)
            self._desk.wake()

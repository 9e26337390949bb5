"""Drafts that were kept for later, when their time comes: the rules run again, and whoever waits for it is told."""

from __future__ import annotations

import structlog

from bot.slack.desk import Desk

log = structlog.get_logger("lectern.reminders")


class Reminders:
    """Looked at by the starter's sweep. Several processes may look at once: each time comes once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self) -> None:
        """Let what is due come back. Raises `StoreError`; what was missed meanwhile comes with the next look."""
        now = self._desk.now()
        for draft_id in await self._desk.store.kept_until(now):
            applied = await self._desk.store.come_due(draft_id, now=now)
            if applied.changed:
                log.info("a kept draft is due", draft=draft_id)
                self._desk.wake()

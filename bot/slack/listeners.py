"""All listeners, registered in one place, the catch-alls last: what nobody expects is answered or acknowledged, never lost."""

from __future__ import annotations

import re
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp

from bot.slack import inbox, rooms_events, shortcuts, slash, taps
from bot.slack.desk import Desk

log = structlog.get_logger("lectern.slack")


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Hang every listener on Bolt."""
    inbox.register(bolt, desk)
    rooms_events.register(bolt, desk)
    taps.register(bolt, desk)
    slash.register(bolt, desk)
    shortcuts.register(bolt, desk)

    async def on_event(body: dict[str, Any]) -> None:
        log.debug("an event that nobody asked for", type=(body.get("event") or {}).get("type"))

    async def on_error(error: Exception) -> None:
        # Returns nothing on purpose: an answer here would acknowledge what was not stored.
        log.error("a listener failed; Slack will deliver again", error=type(error).__name__)

    bolt.event(re.compile(".*"))(on_event)
    bolt.error(on_error)

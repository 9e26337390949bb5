"""The permanent log: every call, event, ack and fault of this run, in memory only, for the page and for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from bot.playground.clock import epoch
from bot.playground.wire import Json


class Log:
    """Entries in order, numbered from 1. They hold full arguments, and are gone when the process ends."""

    def __init__(self) -> None:
        self.entries: list[Json] = []
        self._news = asyncio.Event()

    def add(self, kind: str, **fields: Any) -> Json:
        """Add one entry; `kind` is api, event, ack, no_ack, interaction, socket or fault. None values are left out."""
        entry: Json = {"n": len(self.entries) + 1, "at": epoch(), "kind": kind}
        entry.update({key: value for key, value in fields.items() if value is not None})
        self.entries.append(entry)
        self._news.set()
        self._news = asyncio.Event()
        return entry

    def since(self, number: int) -> list[Json]:
        """Entries after entry `number`."""
        return self.entries[number:]

    def find(self, kind: str | None = None, **fields: Any) -> list[Json]:
        """Entries of a kind whose fields have these values, oldest first."""
        return [
            entry
            for entry in self.entries
            if (kind is None or entry["kind"] == kind) and all(entry.get(key) == value for key, value in fields.items())
        ]

    def calls(self, method: str) -> list[Json]:
        """Every call of one Web API method, oldest first."""
        return self.find("api", method=method)

    async def until(self, true: Callable[[Log], bool], timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Wait until `true(log)` holds; looked at after each entry. Raises `TimeoutError` after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not true(self):
                await self._news.wait()

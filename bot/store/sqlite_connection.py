"""A connection to SQLite that goes to its thread only for what may wait: the write lock, and the disk.

aiosqlite sends every call through a thread, four calls for one SELECT, and each costs more than the statement itself.
In WAL mode a statement waits for nobody once its transaction has begun, so it is run where it is asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_MAY_WAIT = ("BEGIN IMMEDIATE", "PRAGMA")
_FETCHED_AT_ONCE = 64


class SqliteConnection(aiosqlite.Connection):
    """Used by one task at a time, as the pool sees to, and by one thread at a time.

    A task that is cancelled leaves its call running in the thread. Whatever comes next, closing above all, queues up
    behind that call: a connection closed under a statement that still runs takes the whole process with it.
    """

    _sent = 0  # written by the loop's thread alone
    _done = 0  # written by the connection's thread alone

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        waits = fn.__name__ == "commit" or (args and str(args[0]).startswith(_MAY_WAIT))
        if not waits and self._sent == self._done:
            return fn(*args, **kwargs)
        self._sent += 1
        return await super()._execute(self._counted, fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def _counted(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        finally:
            self._done += 1


def connect(path: str, **arguments: Any) -> SqliteConnection:
    """A connection that opens when it is awaited; `arguments` are those of `sqlite3.connect`."""
    arguments["check_same_thread"] = False
    made = SqliteConnection(lambda: sqlite3.connect(path, **arguments), _FETCHED_AT_ONCE)
    made._thread.daemon = True
    return made

"""The connection to the database: one engine, and transactions that read or write.

SQLite runs in WAL mode with synchronous=FULL, so that what was committed survives a power cut, and with
secure_delete, so that deleted text is overwritten in the file. A writing transaction begins with BEGIN IMMEDIATE:
it has the database for itself from its first statement on. On PostgreSQL the same is done with row locks and with
advisory locks on what has no row yet (`hold`).
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StoreError
from bot.store.sqlite_connection import connect

POOL_SIZE = 10
CONNECT_SECONDS = 5
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
BEGIN = "lectern_begin"
"""Execution option: the statement that begins a transaction on SQLite."""

P = ParamSpec("P")
T = TypeVar("T")
Self_ = TypeVar("Self_")


class Database:
    """One engine. `wait_seconds` is how long a transaction waits for another process on SQLite."""

    def __init__(self, url: URL, wait_seconds: float) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(url, wait_seconds) if self.is_sqlite else _postgres_engine(url)
        # Writers of one process queue here, in order; SQLite itself would let them poll for the lock.
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees the database as of one moment."""
        async with self._engine.connect() as connection:
            if not self.is_sqlite:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes: committed at the end of the block, undone when the block raises."""
        if not self.is_sqlite:
            async with self._engine.begin() as connection:
                yield connection
            return
        async with self._turn, self._engine.connect() as connection:
            await connection.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
            async with connection.begin():
                yield connection

    async def hold(self, connection: AsyncConnection, *what: str) -> None:
        """Let no other transaction pass here with the same words until this one ends."""
        if self.is_sqlite:
            return
        digest = hashlib.sha256("\0".join(what).encode()).digest()
        number = int.from_bytes(digest[:8], "big", signed=True)
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})

    async def empty_journal(self) -> None:
        """Cut SQLite's journal, which may still hold deleted text; left for the next time if a reader is in the way."""
        if not self.is_sqlite:
            return
        async with self._turn, self._engine.connect() as connection:
            await connection.execution_options(**{BEGIN: None})
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()


def failing_safely(
    method: Callable[Concatenate[Self_, P], Awaitable[T]],
) -> Callable[Concatenate[Self_, P], Coroutine[Any, Any, T]]:
    """Let a method raise `StoreError` with the type of what went wrong, in place of the driver's own error.

    Drivers quote values in their messages, and a value may be a draft; so not even the cause is kept.
    """

    @functools.wraps(method)
    async def safe(self: Self_, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await method(self, *args, **kwargs)
        except DBAPIError as error:
            kind = type(error.orig).__name__
        except (SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
            kind = type(error).__name__
        # Raised out here, where there is no other error for Python to keep as its context.
        raise StoreError(kind)

    return safe


def _sqlite_engine(url: URL, wait_seconds: float) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        hide_parameters=True,
        pool_size=POOL_SIZE,
        connect_args={"timeout": wait_seconds, "async_creator_fn": connect},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # No implicit BEGIN of the driver's: the listener below says which kind of transaction begins.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get(BEGIN, "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def _postgres_engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=POOL_SIZE,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_SECONDS},
    )

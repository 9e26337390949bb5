"""Where the durable engine keeps its records: beside the product's file on SQLite, in the same database on PostgreSQL.

The engine's own file is written by many at once, so it gets one connection, and what it holds can be made again from
the product's file: it is written ahead (WAL) and not flushed at each commit (NORMAL).
"""

from __future__ import annotations

import sqlite3
import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from bot.errors import StartError

NEEDED = (3, 42, 0)
"""DBOS 3.4 uses unixepoch('subsec') from Python 3.12 on, which SQLite knows since 3.42."""


def engine_address(url: str) -> str:
    """The address of the engine's records, for a product database at `url`."""
    if url.startswith("sqlite"):
        return url.removesuffix(".db") + "-engine.db"
    return url.replace("postgresql+psycopg://", "postgresql://")


def open_engine_file(url: str) -> Engine | None:
    """SQLAlchemy's engine for the records on SQLite; None on PostgreSQL, where DBOS makes its own.

    Raises `StartError` where this Python's SQLite is too old and no newer one is installed.
    """
    if not url.startswith("sqlite"):
        return None
    engine = create_engine(
        engine_address(url),
        module=_sqlite(),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": 30},
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: Any) -> None:
        # As DBOS sets it on an engine of its own making.
        connection.isolation_level = "IMMEDIATE"
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


def _sqlite() -> ModuleType:
    if sys.version_info < (3, 12) or sqlite3.sqlite_version_info >= NEEDED:
        return sqlite3
    if find_spec("pysqlite3") is not None:
        return import_module("pysqlite3")
    raise StartError(
        f"This Python comes with SQLite {sqlite3.sqlite_version}, and Lectern needs 3.42 on Python 3.12 and newer. "
        "Use Python 3.11, install pysqlite3-binary, or set DATABASE_URL to a PostgreSQL database."
    )

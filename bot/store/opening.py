"""Opening a database, and saying in one sentence why it can't be opened. What a driver says of it, which may hold a
password, is never shown.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path
from time import monotonic

import psycopg
from sqlalchemy import URL, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from bot.errors import StartError, StoreError
from bot.store.database import Database
from bot.store.migrate import bring_up_to_date
from bot.store.schema import texts
from bot.store.texts import Texts

WAIT_SECONDS = 5.0
"""How long a transaction waits for another process on SQLite, in seconds."""

AGAIN_SECONDS = 0.05
IN_USE = "is in use by another program"

_NOT_ALLOWED = "42501"
"""PostgreSQL's code for a missing privilege."""


async def open_database(url: str, kept_texts: Texts, wait_seconds: float) -> Database:
    """The database at `url`, reachable, up to date and readable with the keys given; `StartError` otherwise."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        _make_file(Path(parsed.database or ""))
    database = Database(parsed, wait_seconds)
    until = monotonic() + wait_seconds
    fault = await _prepare(database, kept_texts, parsed)
    while fault is not None and IN_USE in fault and monotonic() < until:
        # The change to WAL of a new file does not wait for a lock, as everything else does.
        await asyncio.sleep(AGAIN_SECONDS)
        fault = await _prepare(database, kept_texts, parsed)
    if fault is None:
        return database
    await database.close()
    raise StartError(fault)


def missing_file(url: str) -> Path | None:
    """The file that opening the database would make; None where it is there, or where it is no file, or no address."""
    try:
        parsed = _parse(url)
    except StartError:
        return None
    path = Path(parsed.database or "")
    return path if parsed.get_backend_name() == "sqlite" and not path.exists() else None


async def _prepare(database: Database, kept_texts: Texts, url: URL) -> str | None:
    """Bring the tables up to date and try the keys. What is wrong, in a sentence."""
    try:
        async with database.writing() as connection:
            await database.hold(connection, "migrations")
            await connection.run_sync(bring_up_to_date, _name(url))
            sample = select(texts.c.body).where(texts.c.encrypted.is_(True)).limit(1)
            body = (await connection.execute(sample)).scalar_one_or_none()
            if body is not None:
                kept_texts.open(body, encrypted=True)
    except StartError as error:
        return str(error)
    except StoreError:
        return (
            f"The texts in the database {_name(url)} are encrypted with a key that is not among those given. "
            "Add that key to LECTERN_ENCRYPTION_KEY, behind the newest, with a comma between them."
        )
    except DBAPIError as error:
        return _sentence(error.orig, url)
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error, OSError) as error:
        return _sentence(error, url)
    return None


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        message = (
            "DATABASE_URL can't be read as an address: it must look like sqlite:///var/lectern.db "
            "or postgresql://user:password@host/database."
        )
        raise StartError(message)
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        message = "DATABASE_URL must name a file, as in sqlite:///var/lectern.db, since what is kept in memory is lost."
        raise StartError(message)
    return parsed


def _make_file(path: Path) -> None:
    """Make the folder and the file, which only its owner may read, unless they are there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        reason = error.strerror or type(error).__name__
    else:
        return
    message = (
        f"The database file {path} can't be opened for writing: {reason}. "
        "Set DATABASE_URL to a file that Lectern may write."
    )
    raise StartError(message)


def _name(url: URL) -> str:
    """How a person knows the database: without user and password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return f"“{url.database or url.username or 'postgres'}” at {_host(url)}"


def _host(url: URL) -> str:
    host = url.host or url.query.get("host") or "localhost"
    host = host if isinstance(host, str) else host[0]
    return f"{host}:{url.port}" if url.port else host


def _sentence(error: BaseException | None, url: URL) -> str:
    name = _name(url)
    if url.get_backend_name() == "postgresql":
        if getattr(error, "sqlstate", None) == _NOT_ALLOWED:
            return (
                f"The database user “{url.username}” may not make tables in {name}; let it own the database, "
                "or grant it CREATE on the schema."
            )
        return (
            f"The database {name} can't be opened as “{url.username}”: see that the server runs, and that DATABASE_URL "
            "names the right host, user, password and database."
        )
    code = getattr(error, "sqlite_errorname", "")
    if code == "SQLITE_NOTADB" or code.startswith("SQLITE_CORRUPT"):
        return f"The file {name} is not a database, or is damaged; set DATABASE_URL to another file."
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"The database file {name} {IN_USE}; stop that program, then start Lectern again."
    return (
        f"The database file {name} can't be used ({code or type(error).__name__}); see that Lectern may write it and "
        "its folder, and that the disk is not full."
    )

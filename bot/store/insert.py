"""Inserting a row unless it is there already, which both databases can do but SQLAlchemy spells per dialect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_once(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row; False when one with the same key is there already, which is then left alone."""
    key = list(table.primary_key)
    done = await connection.execute(
        sqlite.insert(table).values(**row).on_conflict_do_nothing().returning(*key)
        if connection.dialect.name == "sqlite"
        else postgresql.insert(table).values(**row).on_conflict_do_nothing().returning(*key)
    )
    return done.first() is not None

"""Inserting a row unless one is there already, or over the one that is: SQLAlchemy spells it per database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


async def insert_or_replace(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of the same columns, in one statement; what stands under the same key is overwritten."""
    if connection.dialect.name == "sqlite":
        put = sqlite.insert(table).values(rows)
        statement: Any = put.on_conflict_do_update(index_elements=list(table.primary_key), set_=_others(table, put))
    else:
        into = postgresql.insert(table).values(rows)
        statement = into.on_conflict_do_update(index_elements=list(table.primary_key), set_=_others(table, into))
    await connection.execute(statement)


def _others(table: Table, put: Any) -> dict[str, Any]:
    return {column.name: put.excluded[column.name] for column in table.columns if not column.primary_key}

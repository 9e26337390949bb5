"""Bringing a database's tables up to date, in code and in the caller's transaction: all of it or nothing.

The steps stand in `migrations`, one file each. Which of them a database has had stands in its table `lectern_version`.
"""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.errors import StartError
from bot.store.schema import metadata

VERSION_TABLE = "lectern_version"
STEPS = Path(__file__).with_name("migrations")


def bring_up_to_date(connection: Connection, name: str) -> None:
    """Run the steps that this database has not had. `name` is how a person knows the database.

    Raises `StartError` for a database of a newer Lectern, and for one whose tables of the same names are not Lectern's.
    """
    steps = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    current = context.get_current_revision()
    known = {step.revision for step in steps.walk_revisions()}
    if current is not None and current not in known:
        message = (
            f"The database {name} was made by a newer Lectern than this one (its tables are at version {current}). "
            "Install that version, or set DATABASE_URL to another database."
        )
        raise StartError(message)
    if current is None and (taken := sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))):
        message = (
            f"The database {name} already has a table “{taken[0]}” that Lectern did not make. "
            "Set DATABASE_URL to a database of Lectern's own."
        )
        raise StartError(message)
    with Operations.context(context):
        for step in reversed(list(steps.iterate_revisions("heads", current or "base"))):
            step.module.upgrade()
            context.stamp(steps, step.revision)

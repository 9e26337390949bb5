"""The durable engine, DBOS: brought up inside the running loop, so that workflows run on it, and taken down again."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import Any

from dbos import DBOS, DBOSConfig

from bot.errors import StartError
from bot.review import Line, Run, register
from bot.settings import Settings
from bot.store.engine_file import engine_address, open_engine_file

VERSION = "lectern-1"
"""Changed only when the workflow changes incompatibly: what is pending under another version is not taken up."""

STOP_SECONDS = 3
"""How long running reviews may take to come to their end when the bot stops; the next start goes on with the others."""


def launch(stack: AsyncExitStack, settings: Settings, line: Line) -> Run:
    """Launch the engine until the stack closes. Returns the workflow `review`.

    Raises `StartError` where its records can't be opened.
    """
    file = open_engine_file(settings.database_url)
    config: DBOSConfig = {
        "name": "lectern",
        "application_version": VERSION,
        "executor_id": settings.lectern_executor_id,
        "system_database_url": engine_address(settings.database_url),
        "max_executor_threads": 32,
        "log_level": "ERROR",
        "sys_db_pool_size": 10,
        "scheduler_polling_interval_sec": 5.0,
    }
    if file is not None:
        config["system_database_engine"] = file
    DBOS(config=config)
    # The handler that it has just made prints tracebacks; what it has to say goes through ours.
    engine_log = logging.getLogger("dbos")
    engine_log.handlers.clear()
    engine_log.propagate = True
    run = register(line)
    stack.push_async_callback(_destroy, file)
    try:
        DBOS.launch()
    except Exception as error:
        # It lets through whatever its driver raises, and a driver's message may hold a password.
        raise StartError(_sentence(settings, type(error).__name__)) from None
    return run


def _sentence(settings: Settings, kind: str) -> str:
    if not settings.database_url.startswith("sqlite"):
        return (
            f"The review engine can't make its tables in the database ({kind}). "
            "Let the database user of DATABASE_URL create a schema there."
        )
    path = engine_address(settings.database_url).removeprefix("sqlite:///")
    return (
        f"The review engine's file {path} can't be used ({kind}). It stands beside the database and holds "
        "no drafts: see that Lectern may write it, or move it away, and a new one is made."
    )


async def _destroy(file: Any) -> None:
    await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=STOP_SECONDS)
    if file is not None:
        file.dispose()

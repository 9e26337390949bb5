"""Logs: one line per event, key=value, to standard error. Never a draft's text, a prompt, an answer or a token."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import structlog

QUIET = ("slack_sdk", "slack_bolt", "openai", "httpx2", "httpcore2", "aiohttp", "dbos", "alembic", "sqlalchemy")
"""Libraries whose lower levels print payloads, prompts or statements: they are heard from warning on."""

OWN = Path(__file__).parent

_QUOTED = re.compile(r"\s*[:;({\[<\"'“`\n].*", re.DOTALL)
"""Libraries put what they were handed, and what an error says of it, behind one of these."""


class ToStandardError(logging.Handler):
    """Writes to what standard error is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """One record."""
        sys.stderr.write(self.format(record) + "\n")


class LibraryLine(logging.Formatter):
    """A library's record as one line: its level, its logger, the beginning of its sentence, and the kind and place of an
    error; no more of it, since a library quotes what it was handed: drafts, addresses with keys in them, answers."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said = _QUOTED.sub("", record.getMessage()).strip().replace("\n", " ")
        made = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        line = f'timestamp={made} level={record.levelname.lower()} event="{said}" logger={record.name}'
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line} error={type(error).__name__} at={place(error)}"


def configure(level: str) -> None:
    """Set up logging for the process. `level` is debug, info, warning or error, and is Lectern's own."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], sort_keys=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = ToStandardError()
    handler.setFormatter(LibraryLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def quieter(level: str) -> str:
    """For a command whose output is read by people: what merely informs is left out."""
    return "warning" if level == "info" else level


def place(error: BaseException) -> str:
    """Where an error came up: the last file and line of Lectern's own in its traceback, else the last of all."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if OWN in Path(frame.filename).parents]
    if not frames:
        return "unknown"
    last = (own or frames)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"

"""The playbook is read anew when its files change; faulty files leave the old one in use, and are told once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.books import Books
from bot.errors import PlaybookError
from bot.logs import place
from bot.playbook import SHIPPED

log = structlog.get_logger("lectern.playbook")

Stamp = tuple[tuple[str, int, int], ...]


class Watch:
    """Reads the files at once, and again whenever names, sizes or times differ from the last look.

    `books` stays the same value; what is in it is replaced.
    """

    def __init__(self, overlay: Path | None, read: Callable[[], Books]) -> None:
        self._folders = [SHIPPED] if overlay is None else [SHIPPED, overlay]
        self._read = read
        # Before reading, so that a change while the files are read is not missed.
        self._seen = self._stamp()
        self.books = read()

    async def look(self) -> None:
        """One look. Never raises for what the files say."""
        stamp = await asyncio.to_thread(self._stamp)
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            books = await asyncio.to_thread(self._read)
        except PlaybookError as error:
            log.warning("the changed files are faulty; the old ones stay in use", faults=str(error))
        except Exception as error:
            # A fault of ours in reading must not end a bot that runs well with the old files.
            log.error("the changed files can't be read", error=type(error).__name__, at=place(error))
        else:
            self.books.playbook, self.books.rules = books.playbook, books.rules
            log.info("the playbook was read anew", guidelines=books.playbook.version)

    def _stamp(self) -> Stamp:
        return tuple(_mark(path) for folder in self._folders for path in sorted(folder.rglob("*")) if path.is_file())


def _mark(path: Path) -> tuple[str, int, int]:
    try:
        told = path.stat()
    except OSError:
        return str(path), -1, 0
    return str(path), told.st_size, told.st_mtime_ns

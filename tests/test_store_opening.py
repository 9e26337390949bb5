"""Opening a database: made, brought up to date, or refused in one sentence that holds no password."""

from __future__ import annotations

import asyncio
import pickle
import sqlite3
import stat
import traceback
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from cryptography.fernet import Fernet
from sqlalchemy import Connection, create_engine, make_url, text

from bot.errors import StartError, StoreError
from bot.store import Store
from bot.store.migrate import VERSION_TABLE
from bot.store.schema import metadata
from tests.stories import NOON, TEXT, later, new_draft, take


def run(url: str, *statements: str) -> None:
    """Run statements behind the store's back."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


async def refusal(url: str, **options: object) -> str:
    """The sentence with which the store refuses to open."""
    with pytest.raises(StartError) as caught:
        await Store.open(url, **options)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


async def test_the_steps_make_the_tables_that_the_code_uses(bare_database_url: str) -> None:
    await (await Store.open(bare_database_url)).close()
    engine = create_engine(bare_database_url.replace("postgresql://", "postgresql+psycopg://"))

    def differences(connection: Connection) -> list[object]:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    with engine.connect() as connection:
        found = differences(connection)
    engine.dispose()
    assert [] == found


async def test_a_database_opens_again_with_what_is_in_it(bare_database_url: str) -> None:
    store = await Store.open(bare_database_url)
    taken = await take(store)
    await store.close()
    again = await Store.open(bare_database_url)
    revision = await again.newest_revision(taken.draft_id)
    await again.ping()
    await again.close()
    assert revision is not None
    assert TEXT == revision.text


async def test_several_processes_may_open_a_new_database_at_once(bare_database_url: str) -> None:
    stores = await asyncio.gather(*(Store.open(bare_database_url) for _ in range(4)))
    assert (await take(stores[0])).draft_id == (await take(stores[3])).draft_id
    for store in stores:
        await store.close()


async def test_a_database_of_a_newer_program_is_refused(database_url: str) -> None:
    await (await Store.open(database_url)).close()
    run(database_url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")  # noqa: S608
    assert "newer Lectern" in await refusal(database_url)


async def test_tables_that_are_not_lecterns_are_left_alone(bare_database_url: str) -> None:
    run(bare_database_url, "CREATE TABLE posts (title VARCHAR)")
    assert "“posts”" in await refusal(bare_database_url)
    run(bare_database_url, "INSERT INTO posts VALUES ('still here')")


async def test_a_folder_is_made_and_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "var" / "deep" / "lectern.db"
    store = await Store.open(f"sqlite:///{path}")
    await take(store)
    modes = {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    await store.close()
    assert {0o600} == modes


async def test_what_is_committed_survives_a_power_cut(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite:///{tmp_path / 'lectern.db'}")
    async with store._database.reading() as connection:
        settings = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        ]
    await store.close()
    assert ["wal", 2, 1, 1, 5000] == settings


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all, this is a letter and not a database. " * 50)
    assert "is not a database" in await refusal(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear all")


async def test_a_place_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "can't be opened for writing" in await refusal(f"sqlite:///{tmp_path / 'file' / 'lectern.db'}")
    assert "can't be opened for writing" in await refusal(f"sqlite:///{tmp_path}")


async def test_a_file_that_another_program_holds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lectern.db"
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    assert "in use by another program" in await refusal(f"sqlite:///{path}", wait_seconds=0.1)
    holder.close()


@pytest.mark.parametrize("url", ["mysql://root:geheim@db/lectern", "nonsense", "sqlite://", "sqlite:///:memory:"])
async def test_an_address_that_names_no_database_of_ours_is_refused(url: str) -> None:
    sentence = await refusal(url)
    assert sentence.startswith("DATABASE_URL")
    assert "geheim" not in sentence


async def test_a_server_that_does_not_answer_is_named_without_its_password(unused_tcp_port: int) -> None:
    sentence = await refusal(f"postgresql://lectern:geheim@127.0.0.1:{unused_tcp_port}/drafts")
    assert f"“drafts” at 127.0.0.1:{unused_tcp_port}" in sentence
    assert "“lectern”" in sentence
    assert "geheim" not in sentence


@pytest.mark.postgres
async def test_a_server_that_refuses_is_named_without_its_password(postgres_server: str) -> None:
    address = make_url(postgres_server)
    for refused in (address.set(database="not_there"), address.set(username="nobody", password="geheim")):
        sentence = await refusal(refused.render_as_string(hide_password=False))
        assert "can't be opened as" in sentence
        assert "geheim" not in sentence


@pytest.mark.postgres
@pytest.mark.parametrize("bare_database_url", ["postgres"], indirect=True)
async def test_a_user_that_may_not_make_tables_is_told_so(bare_database_url: str) -> None:
    address = make_url(bare_database_url)
    run(bare_database_url, "DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN")
    sentence = await refusal(address.set(username="reader").render_as_string(hide_password=False))
    assert "may not make tables" in sentence


async def test_a_key_that_is_no_key_is_refused(tmp_path: Path) -> None:
    sentence = await refusal(f"sqlite:///{tmp_path / 'lectern.db'}", encryption_keys=["geheim"])
    assert "LECTERN_ENCRYPTION_KEY" in sentence
    assert "geheim" not in sentence


async def test_texts_open_with_any_of_the_keys_and_not_without_theirs(database_url: str) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    first = await Store.open(database_url, encryption_keys=[old])
    taken = await take(first)
    await first.close()
    second = await Store.open(database_url, encryption_keys=[new, old])
    revision = await second.newest_revision(taken.draft_id)
    await second.close()
    assert revision is not None
    assert TEXT == revision.text
    assert "not among those given" in await refusal(database_url, encryption_keys=[new])
    assert "not among those given" in await refusal(database_url)


async def test_what_was_kept_before_there_was_a_key_can_still_be_read(database_url: str) -> None:
    first = await Store.open(database_url)
    taken = await take(first)
    await first.close()
    second = await Store.open(database_url, encryption_keys=[Fernet.generate_key().decode()])
    revision = await second.newest_revision(taken.draft_id)
    await second.close()
    assert revision is not None
    assert TEXT == revision.text


async def test_an_error_of_the_database_says_nothing_of_the_text(database_url: str) -> None:
    store = await Store.open(database_url)
    run(database_url, "DROP TABLE texts")
    with pytest.raises(StoreError) as caught:
        await store.take_draft(new_draft())
    told = "".join(traceback.format_exception(caught.value)) + repr(pickle.dumps(caught.value))
    assert "parcel" not in told
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    with pytest.raises(StoreError):
        await store.purge(NOON)
    assert () == await store.reviews_to_start()
    await store.close()


async def test_a_transaction_that_fails_leaves_nothing_behind(database_url: str) -> None:
    store = await Store.open(database_url)
    run(database_url, "DROP TABLE records")
    with pytest.raises(StoreError):
        await store.take_draft(new_draft())
    assert () == await store.messages_to_send(now=later(1))
    assert await store.draft_at("C0DRAFTS01", "1772452800.000100") is None
    await store.close()


async def test_a_time_without_a_zone_is_not_taken(database_url: str) -> None:
    store = await Store.open(database_url)
    with pytest.raises(StoreError):
        await store.take_draft(new_draft(now=NOON.replace(tzinfo=None)))
    await store.close()

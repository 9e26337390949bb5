"""Where text stands and how it goes, on both databases: in one table, and nowhere once its day has come."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.engine import Engine

from bot.lifecycle import Event
from bot.model import CarriedFinding, State
from bot.store import OutMessage, Store, Taken
from bot.store.schema import metadata, records
from tests.stories import (
    CARE,
    CHANNEL,
    DELEGATE,
    LEADER,
    NOON,
    advised,
    draft_now,
    finding,
    later,
    new_draft,
    new_handoff,
    revise,
    verdict,
    wanted,
)

WORDS = ("zanzibar", "quokka", "marzipan", "halibut", "pergola", "oxbow", "tangerine", "velodrome")
FIRST = "Our courier carried a zanzibar of quokka."
SECOND = "Our courier carried marzipan."


async def whole_story(store: Store) -> Taken:
    """A draft that goes through all that a draft can go through, with words that are easy to find again."""
    taken = await store.take_draft(new_draft(FIRST))
    assert taken is not None
    first = verdict(finding("quokka"), suggestion="Our courier carried halibut.", suggestion_source="critique")
    await store.save_verdict(taken.review_id, first, (), later(1))
    revised = await revise(store, taken.draft_id, SECOND, now=later(2))
    carried = (CarriedFinding(finding("quokka"), "fixed", 1),)
    await store.save_verdict(revised.review_id, verdict(finding("marzipan")), carried, later(3))
    handoff = await store.send_handoff(
        new_handoff(taken.draft_id, what="About pergola.", promised="An oxbow.", draft_text=SECOND),
        [OutMessage(id="line:1", kind="line", channel=CHANNEL, key="thread.handoff.sent", values={"team": "care"})],
    )
    assert handoff is not None
    await store.claim_handoff(handoff.id, CARE, later(6))
    await store.close_handoff(handoff.id, CARE, "Sent a tangerine.", later(7))
    await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(8), reason="The velodrome is closed.")
    await store.apply(taken.draft_id, Event.BRING_BACK, by=LEADER, now=later(9))
    return taken


def engine_for(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def bytes_in(folder: Path) -> bytes:
    """All that stands in the folder's files."""
    return b"".join(one.read_bytes() for one in folder.iterdir())


def words_by_table(url: str) -> dict[str, set[str]]:
    """Which of the words stand in which table, read from every column of every row there is."""
    engine = engine_for(url)
    found: dict[str, set[str]] = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                shown = " ".join(
                    value.decode("utf-8", "replace") if isinstance(value, bytes) else repr(value) for value in row
                ).lower()
                found.setdefault(table.name, set()).update(word for word in WORDS if word in shown)
    engine.dispose()
    return {name: words for name, words in found.items() if words}


async def test_text_stands_in_one_table_only(store: Store, database_url: str) -> None:
    await whole_story(store)
    assert {"texts": set(WORDS)} == words_by_table(database_url)


async def test_with_a_key_text_stands_nowhere_in_clear(database_url: str) -> None:
    store = await Store.open(database_url, encryption_keys=[Fernet.generate_key().decode()])
    taken = await whole_story(store)
    view = await store.view(taken.draft_id)
    await store.close()
    assert view is not None
    assert (SECOND, "About pergola.") == (view.revision.text, view.handoffs[0].what)
    assert {} == words_by_table(database_url)


async def test_text_is_logged_nowhere(
    store: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        await whole_story(store)
    captured = capfd.readouterr()
    shown = (caplog.text + captured.out + captured.err).lower()
    assert [] == [word for word in WORDS if word in shown]


async def test_forgetting_leaves_a_case_to_its_team_and_a_reason_in_the_record(store: Store, database_url: str) -> None:
    taken = await whole_story(store)
    await store.forget_message(CHANNEL, "1772452800.000100", later(10), DELEGATE)
    assert {"texts": {"pergola", "oxbow", "tangerine", "velodrome"}} == words_by_table(database_url)
    reasons = [record.reason for record in await store.records(taken.draft_id) if record.reason]
    assert ["The velodrome is closed."] == reasons


async def test_forgetting_takes_back_a_case_that_no_team_has_claimed(store: Store, database_url: str) -> None:
    taken = await store.take_draft(new_draft(FIRST))
    assert taken is not None
    await store.save_verdict(taken.review_id, verdict(), (), later(1))
    handoff = await store.send_handoff(new_handoff(taken.draft_id, what="About pergola.", draft_text=FIRST))
    assert handoff is not None
    cards = await wanted(store, f"handoff:{handoff.id}")
    assert (await store.apply(taken.draft_id, Event.FORGET, by=LEADER, now=later(2))).changed
    after = await store.handoff(handoff.id)
    assert after is not None
    assert ("withdrawn", None, None) == (after.state, after.what, after.draft_text)
    assert {} == words_by_table(database_url)
    assert cards < await wanted(store, f"handoff:{handoff.id}")


async def test_forgotten_text_is_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "lectern.db"
    store = await Store.open(f"sqlite:///{path}")
    for number in range(12):
        draft = new_draft(f"{FIRST} {'marzipan ' * 100 * number}", message_ts=f"1772452800.0004{number:02}")
        taken = await store.take_draft(draft)
        assert taken is not None
        await store.save_verdict(taken.review_id, verdict(finding("quokka")), (), later(1))
    assert b"quokka" in bytes_in(tmp_path)
    for number in range(12):
        await store.forget_message(CHANNEL, f"1772452800.0004{number:02}", later(2), DELEGATE)
    left = bytes_in(tmp_path)
    await store.close()
    assert [] == [word for word in WORDS if word.encode() in left]


async def test_texts_go_on_their_day_and_the_draft_with_them(store: Store, database_url: str) -> None:
    taken = await store.take_draft(new_draft(FIRST))
    assert taken is not None
    await store.save_verdict(taken.review_id, verdict(finding("quokka")), (), later(1))
    cards = await wanted(store, f"card:{taken.draft_id}")
    assert 0 == await store.purge(later(days=29))
    assert 4 == await store.purge(later(days=30))
    assert 0 == await store.purge(later(days=31))
    draft = await draft_now(store, taken.draft_id)
    assert (State.FORGOTTEN, later(days=30)) == (draft.state, draft.forgotten_on)
    assert {} == words_by_table(database_url)
    assert cards < await wanted(store, f"card:{taken.draft_id}")
    assert ("forgotten", "") == ((last := (await store.records(taken.draft_id))[-1]).event, last.by)


async def test_a_draft_with_a_newer_text_loses_only_the_older_one(store: Store) -> None:
    taken = await store.take_draft(new_draft(FIRST))
    assert taken is not None
    await revise(store, taken.draft_id, SECOND, now=later(days=5))
    assert 1 == await store.purge(later(days=31))
    first, second = await store.revision(taken.revision_id), await store.newest_revision(taken.draft_id)
    assert first is not None
    assert second is not None
    assert (None, SECOND) == (first.text, second.text)
    assert State.CHECKING is (await draft_now(store, taken.draft_id)).state


async def test_how_long_texts_are_kept_can_be_set(database_url: str) -> None:
    store = await Store.open(database_url, text_days=3)
    await store.take_draft(new_draft(FIRST))
    assert 0 == await store.purge(NOON + timedelta(days=2))
    assert 1 == await store.purge(NOON + timedelta(days=3))
    await store.close()


async def test_reasons_outlive_the_text_by_a_year(store: Store, database_url: str) -> None:
    await whole_story(store)
    await store.purge(later(days=60))
    assert {"texts": {"velodrome"}} == words_by_table(database_url)
    await store.purge(later(days=397))
    assert {} == words_by_table(database_url)


async def test_hashes_of_quotes_tell_nothing_across_drafts(store: Store, database_url: str) -> None:
    for number in range(2):
        taken = await store.take_draft(new_draft(FIRST, message_ts=f"1772452800.00060{number}"))
        assert taken is not None
        await store.save_verdict(taken.review_id, verdict(finding("quokka"), finding("QUOKKA")), (), later(1))
    engine = engine_for(database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT review_id, quote_hash FROM findings ORDER BY review_id")).all()
    engine.dispose()
    assert 4 == len(rows)
    assert 2 == len({row.quote_hash for row in rows})


@pytest.mark.parametrize(
    ("number", "changes", "broken"), [(2, {"by": "U0SOMEBODY"}, 2), (3, {"number": 30}, 3), (1, {"chain": "00"}, 1)]
)
async def test_a_changed_record_breaks_the_chain(
    store: Store, database_url: str, number: int, changes: dict[str, object], broken: int
) -> None:
    await advised(store)
    await advised(store, message_ts="1772452800.000700")
    assert (4, None) == await store.verify_records()
    engine = engine_for(database_url)
    with engine.begin() as connection:
        connection.execute(update(records).where(records.c.number == number).values(**changes))
    engine.dispose()
    assert (4, broken) == await store.verify_records()

"""What stands in Slack: who may post a message, and what it still has to show, on both databases."""

from __future__ import annotations

import asyncio

import pytest

from bot.errors import StoreError
from bot.store import OutMessage, Store
from tests.stories import CHANNEL, NOON, OVERSIGHT, later, take, wanted

LINE = OutMessage(
    id="line:1", kind="line", channel=CHANNEL, thread_ts="1772452800.000100", key="thread.checked", values={"n": "2"}
)


async def test_a_placed_message_comes_back_as_it_was_placed(store: Store) -> None:
    await store.place(LINE, now=NOON)
    assert LINE == await store.message("line:1")
    assert await store.message("line:2") is None


async def test_a_message_that_is_placed_twice_is_one_message(store: Store) -> None:
    await store.place(LINE, now=NOON)
    await store.place(LINE, now=later(1))
    assert (LINE,) == await store.messages_to_send(now=later(1))


async def test_a_message_is_not_sent_before_its_time(store: Store) -> None:
    await store.place(OutMessage(id="line:2", kind="line", channel=CHANNEL, not_before=later(10)), now=NOON)
    assert () == await store.messages_to_send(now=later(9))
    assert ["line:2"] == [message.id for message in await store.messages_to_send(now=later(10))]


async def test_the_first_to_claim_a_message_posts_it(store: Store) -> None:
    await store.place(LINE, now=NOON)
    assert "post" == await store.claim("line:1", "one", NOON)
    assert "busy" == await store.claim("line:1", "two", later(0.5))
    assert () == await store.messages_to_send(now=later(0.5))


async def test_after_a_claim_that_ran_out_the_next_one_looks_first(store: Store) -> None:
    await store.place(LINE, now=NOON)
    await store.claim("line:1", "one", NOON, lease_seconds=60)
    assert ["line:1"] == [message.id for message in await store.messages_to_send(now=later(1))]
    assert "look" == await store.claim("line:1", "two", later(1))
    assert "busy" == await store.claim("line:1", "one", later(1))


async def test_who_claims_again_looks_first(store: Store) -> None:
    await store.place(LINE, now=NOON)
    await store.claim("line:1", "one", NOON)
    assert "look" == await store.claim("line:1", "one", later(0.1))


async def test_of_many_who_claim_at_once_one_posts(store: Store, database_url: str) -> None:
    await store.place(LINE, now=NOON)
    other = await Store.open(database_url)
    answers = await asyncio.gather(
        *((store, other)[number % 2].claim("line:1", f"worker {number}", NOON) for number in range(8))
    )
    await other.close()
    assert ["busy"] * 7 + ["post"] == sorted(answers)


async def test_a_message_that_stands_is_not_posted_again(store: Store) -> None:
    await store.place(LINE, now=NOON)
    await store.claim("line:1", "one", NOON)
    assert await store.sent("line:1", "1772452801.000000", "D0DIRECT01", 1, later(0.1))
    assert "sent" == await store.claim("line:1", "two", later(5))
    assert () == await store.messages_to_send(now=later(5))
    message = await store.message("line:1")
    assert message is not None
    assert ("1772452801.000000", "D0DIRECT01", 1) == (message.ts, message.channel, message.drawn)


async def test_a_second_post_of_one_message_is_noticed(store: Store) -> None:
    await store.place(LINE, now=NOON)
    assert await store.sent("line:1", "1772452801.000000", CHANNEL, 1, NOON)
    assert await store.sent("line:1", "1772452801.000000", CHANNEL, 1, NOON)
    assert not await store.sent("line:1", "1772452802.000000", CHANNEL, 1, NOON)
    message = await store.message("line:1")
    assert message is not None
    assert "1772452801.000000" == message.ts


async def test_a_card_is_drawn_again_until_it_shows_all_changes(store: Store) -> None:
    taken = await take(store)
    card = f"card:{taken.draft_id}"
    await store.sent(card, "1772452801.000000", CHANNEL, 1, NOON)
    await store.sent(f"oversight:{taken.draft_id}", "1772452801.000001", OVERSIGHT, 1, NOON)
    assert () == await store.messages_to_send(now=NOON)
    await store.bump(taken.draft_id)
    await store.bump(taken.draft_id)
    await store.drawn(card, 2)
    assert card in [message.id for message in await store.messages_to_send(now=NOON)]
    await store.drawn(card, 3)
    await store.drawn(card, 2)
    assert [f"oversight:{taken.draft_id}"] == [message.id for message in await store.messages_to_send(now=NOON)]


async def test_changes_through_two_processes_are_all_counted(store: Store, database_url: str) -> None:
    taken = await take(store)
    other = await Store.open(database_url)
    await asyncio.gather(*(one.bump(taken.draft_id) for one in [store, other] * 5))
    await other.close()
    assert 11 == await wanted(store, f"card:{taken.draft_id}")


async def test_the_draft_knows_where_its_card_and_its_line_stand(store: Store) -> None:
    taken = await take(store)
    draft = await store.draft(taken.draft_id)
    assert draft is not None
    assert (None, None, None) == (draft.card_channel, draft.card_ts, draft.oversight_ts)
    await store.sent(f"card:{taken.draft_id}", "1772452801.000000", CHANNEL, 1, NOON)
    await store.sent(f"oversight:{taken.draft_id}", "1772452802.000000", OVERSIGHT, 1, NOON)
    draft = await store.draft(taken.draft_id)
    assert draft is not None
    assert (CHANNEL, "1772452801.000000", "1772452802.000000") == (
        draft.card_channel,
        draft.card_ts,
        draft.oversight_ts,
    )


async def test_a_postponed_message_is_let_go_and_waits(store: Store) -> None:
    await store.place(LINE, now=NOON)
    await store.claim("line:1", "one", NOON)
    await store.postpone("line:1", later(0.5))
    assert () == await store.messages_to_send(now=later(0.4))
    assert ["line:1"] == [message.id for message in await store.messages_to_send(now=later(0.5))]
    assert "look" == await store.claim("line:1", "two", later(0.5))


async def test_a_message_that_was_given_up_is_left_alone(store: Store) -> None:
    await store.place(LINE, now=NOON)
    await store.unsendable("line:1", "channel_not_found", NOON)
    assert () == await store.messages_to_send(now=later(5))
    assert "busy" == await store.claim("line:1", "one", later(5))


async def test_messages_go_out_oldest_first_and_not_all_at_once(store: Store) -> None:
    for number in (2, 1, 3):
        line = OutMessage(id=f"line:{number}", kind="line", channel=CHANNEL)
        await store.place(line, now=later(number))
    assert ["line:1", "line:2"] == [message.id for message in await store.messages_to_send(2, now=later(9))]


async def test_claiming_a_message_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(StoreError):
        await store.claim("line:9", "one", NOON)

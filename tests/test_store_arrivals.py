"""Drafts and revisions as they arrive, twice, late and in any order, on both databases."""

from __future__ import annotations

import asyncio

from bot.lifecycle import Event
from bot.model import Attachments, State, text_hash
from bot.store import NewDraft, Store
from tests.stories import (
    CHANNEL,
    DELEGATE,
    LEADER,
    NOON,
    OVERSIGHT,
    TEXT,
    advised,
    draft_now,
    later,
    new_draft,
    new_revision,
    newest,
    revise,
    take,
    wanted,
)


async def test_a_draft_that_was_taken_can_be_read_by_another_process(store: Store, database_url: str) -> None:
    taken = await take(store, attachments=Attachments(images=2, described=1))
    other = await Store.open(database_url)
    draft = await other.draft(taken.draft_id)
    revision = await other.revision(taken.revision_id)
    await other.close()
    assert draft is not None
    assert revision is not None
    assert (LEADER, DELEGATE, State.CHECKING) == (draft.leader, draft.submitter, draft.state)
    assert (("linkedin",), False, NOON) == (draft.platforms, draft.platform_known, draft.created_at)
    assert (1, TEXT, text_hash(TEXT)) == (revision.number, revision.text, revision.text_hash)
    assert Attachments(images=2, described=1) == revision.attachments


async def test_the_first_review_carries_the_id_of_its_revision(store: Store) -> None:
    taken = await take(store)
    assert taken.revision_id == taken.review_id
    assert (taken.review_id,) == await store.reviews_to_start()


async def test_a_message_that_is_delivered_twice_is_one_draft(store: Store) -> None:
    first = await take(store)
    again = await take(store, "The same message, as Slack redelivers it after an edit.")
    assert first.created
    assert not again.created
    assert (first.draft_id, first.revision_id, first.review_id) == (again.draft_id, again.revision_id, again.review_id)
    assert TEXT == (await newest(store, first.draft_id)).text


async def test_of_many_deliveries_at_once_through_two_processes_one_makes_the_draft(
    store: Store, database_url: str
) -> None:
    other = await Store.open(database_url)
    results = await asyncio.gather(*(one.take_draft(new_draft()) for one in [store, other] * 4))
    await other.close()
    assert 1 == sum(1 for taken in results if taken and taken.created)
    assert 1 == len({taken.draft_id for taken in results if taken})
    assert 1 == len(await store.reviews_to_start())


async def test_drafts_that_arrive_side_by_side_are_all_kept(store: Store, database_url: str) -> None:
    other = await Store.open(database_url)
    texts = [new_draft(f"Draft number {number}.", message_ts=f"1772452800.0{number:05}") for number in range(20)]
    results = await asyncio.gather(*((store, other)[number % 2].take_draft(text) for number, text in enumerate(texts)))
    await other.close()
    assert 20 == sum(1 for taken in results if taken and taken.created)
    assert (20, None) == await store.verify_records()


async def test_a_draft_wants_a_card_in_its_thread_and_a_line_in_oversight(store: Store) -> None:
    taken = await take(store, thread_ts="1772452800.000099")
    card, line = await store.messages_to_send(now=NOON)
    assert (f"card:{taken.draft_id}", "card", CHANNEL, "1772452800.000099") == (
        card.id,
        card.kind,
        card.channel,
        card.thread_ts,
    )
    assert (f"oversight:{taken.draft_id}", "oversight", OVERSIGHT, None) == (
        line.id,
        line.kind,
        line.channel,
        line.thread_ts,
    )


async def test_a_draft_may_go_without_card_and_line(store: Store) -> None:
    await take(store, place_card=False, oversight_channel="")
    assert () == await store.messages_to_send(now=NOON)


async def test_a_draft_is_found_by_its_message_and_its_thread(store: Store) -> None:
    first = await take(store, thread_ts="1772452800.000001")
    second = await take(
        store, "A later one.", message_ts="1772452860.000200", thread_ts="1772452800.000001", now=later(1)
    )
    assert await store.draft(first.draft_id) == await store.draft_at(CHANNEL, "1772452800.000100")
    assert await store.draft(second.draft_id) == await store.draft_in_thread(CHANNEL, "1772452800.000001")
    assert await store.draft_at(CHANNEL, "1772452899.000000") is None
    assert await store.draft("unknown") is None


async def test_text_comes_back_as_it_was_given_whatever_it_holds(store: Store) -> None:
    odd = "Nul \0, half a pair \ud83d, family \U0001f468\u200d\U0001f469\u200d\U0001f467, and\r\nlines."
    taken = await take(store, odd)
    assert odd == (await newest(store, taken.draft_id)).text


async def test_a_new_text_is_the_next_revision_and_is_to_be_reviewed(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "Our courier walked through the snow.", platforms=("x", "linkedin"))
    draft = await draft_now(store, taken.draft_id)
    revision = await newest(store, taken.draft_id)
    assert (2, revised.revision_id, "edit") == (revision.number, revision.id, revision.origin)
    assert (State.CHECKING, ("x", "linkedin"), True) == (draft.state, draft.platforms, draft.platform_known)
    assert (revised.review_id,) == await store.reviews_to_start()
    assert 3 == await wanted(store, f"card:{taken.draft_id}")


async def test_the_same_text_again_is_no_revision(store: Store) -> None:
    taken = await take(store)
    assert await store.take_revision(new_revision(taken.draft_id, TEXT)) is None
    assert 1 == (await newest(store, taken.draft_id)).number
    assert 1 == await wanted(store, f"card:{taken.draft_id}")


async def test_the_same_text_with_other_files_is_no_revision_and_the_card_is_drawn_again(store: Store) -> None:
    taken = await take(store, attachments=Attachments(images=1))
    other = new_revision(taken.draft_id, TEXT, attachments=Attachments(files=2))
    for _ in range(2):  # the second time nothing is new
        assert await store.take_revision(other) is None
        revision = await newest(store, taken.draft_id)
        assert (1, Attachments(files=2)) == (revision.number, revision.attachments)
        assert 2 == await wanted(store, f"card:{taken.draft_id}")
    assert (taken.review_id,) == await store.reviews_to_start()


async def test_a_form_with_the_same_text_takes_no_file_away(store: Store) -> None:
    taken = await take(store, attachments=Attachments(images=1))
    assert await store.take_revision(new_revision(taken.draft_id, TEXT, origin="form")) is None
    assert Attachments(images=1) == (await newest(store, taken.draft_id)).attachments


async def test_an_older_edit_that_arrives_late_is_no_revision(store: Store) -> None:
    taken = await take(store)
    await revise(store, taken.draft_id, "The second edit.", edited_ts="1772452990.000000")
    assert await store.take_revision(new_revision(taken.draft_id, "One", edited_ts="1772452880.000000")) is None
    assert await store.take_revision(new_revision(taken.draft_id, "Two", edited_ts="1772452990.000000")) is None
    assert "The second edit." == (await newest(store, taken.draft_id)).text


async def test_the_same_edit_through_two_processes_is_one_revision(store: Store, database_url: str) -> None:
    taken = await take(store)
    other = await Store.open(database_url)
    edit = new_revision(taken.draft_id, "Edited.", edited_ts="1772452990.000000")
    results = await asyncio.gather(*(one.take_revision(edit) for one in [store, other] * 3))
    await other.close()
    assert 1 == sum(1 for result in results if result)
    assert 2 == (await newest(store, taken.draft_id)).number


async def test_a_closed_draft_takes_no_revision(store: Store) -> None:
    taken = await advised(store)
    await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(1))
    assert await store.take_revision(new_revision(taken.draft_id, "Too late.")) is None
    assert await store.take_revision(new_revision("unknown", "For nothing.")) is None


async def test_deleting_the_message_deletes_every_text_of_the_draft(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "Second text.")
    assert taken.draft_id == await store.forget_message(CHANNEL, "1772452800.000100", later(2), DELEGATE)
    draft = await draft_now(store, taken.draft_id)
    view = await store.view(taken.draft_id)
    assert (State.FORGOTTEN, later(2)) == (draft.state, draft.forgotten_on)
    assert [None, None] == [
        revision.text
        for revision_id in (taken.revision_id, revised.revision_id)
        if (revision := await store.revision(revision_id))
    ]
    assert view is not None
    assert view.verdict is None
    assert text_hash("Second text.") == view.revision.text_hash
    assert () == await store.drafts_with_text(LEADER)


async def test_forgetting_twice_is_forgetting_once(store: Store) -> None:
    taken = await take(store)
    for minutes in (2, 3):
        assert taken.draft_id == await store.forget_message(CHANNEL, "1772452800.000100", later(minutes), DELEGATE)
    assert ["arrived", "forgotten"] == [record.event for record in await store.records(taken.draft_id)]


async def test_a_draft_that_arrives_after_its_deletion_is_not_taken(store: Store) -> None:
    assert await store.forget_message(CHANNEL, "1772452800.000100", NOON, DELEGATE) is None
    assert await store.take_draft(new_draft()) is None
    assert await store.draft_at(CHANNEL, "1772452800.000100") is None


async def test_arrival_and_deletion_at_once_leave_no_text_behind(store: Store, database_url: str) -> None:
    other = await Store.open(database_url)
    for number in range(6):
        new: NewDraft = new_draft(message_ts=f"1772452900.0{number:05}")
        await asyncio.gather(store.take_draft(new), other.forget_message(CHANNEL, new.message_ts, later(1), DELEGATE))
    await other.close()
    assert () == await store.drafts_with_text(LEADER)


async def test_a_forgotten_draft_wants_its_card_redrawn_only_where_it_may_stand(store: Store) -> None:
    posted = await take(store)
    await store.claim(f"card:{posted.draft_id}", "one", NOON)
    await store.sent(f"card:{posted.draft_id}", "1772452801.000000", CHANNEL, 1, NOON)
    unseen = await take(store, message_ts="1772452860.000100")
    await store.forget_message(CHANNEL, "1772452800.000100", later(2), DELEGATE)
    await store.forget_message(CHANNEL, "1772452860.000100", later(2), DELEGATE)
    waiting = {message.id for message in await store.messages_to_send(now=later(2))}
    assert f"card:{posted.draft_id}" in waiting
    assert f"card:{unseen.draft_id}" not in waiting
    assert "busy" == await store.claim(f"card:{unseen.draft_id}", "one", later(2))

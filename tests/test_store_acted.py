"""What is still kept for a rehearsal: drafts with their texts, and how often points are acted on; on both databases."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.store import Store
from tests.stories import CHANNEL, LEADER, NOON, advised, finding, later, revise, take, verdict

SECOND = "1772452860.000100"


async def close(store: Store, draft_id: str) -> None:
    assert await store.apply(draft_id, Event.DROP, by=LEADER, now=later(9)) is not None


async def test_a_point_that_is_gone_in_the_last_text_was_acted_on(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "We are sure.", now=later(1))
    assert await store.save_verdict(revised.review_id, verdict(), (), later(2))
    await close(store, taken.draft_id)
    assert {"softeners": (1, 1)} == await store.acted_on(NOON)


async def test_a_point_that_is_still_there_was_not(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "Still knee-deep.", now=later(1))
    still = verdict(finding("knee-deep"), finding("sure", rule="hedges"))
    assert await store.save_verdict(revised.review_id, still, (), later(2))
    await close(store, taken.draft_id)
    assert {"softeners": (0, 1), "hedges": (0, 1)} == await store.acted_on(NOON)


async def test_drafts_that_are_worked_on_and_older_ones_do_not_count_yet(store: Store) -> None:
    taken = await advised(store)
    assert {} == await store.acted_on(NOON)
    await close(store, taken.draft_id)
    assert {} == await store.acted_on(later(1))


async def test_drafts_are_kept_with_their_newest_texts_until_these_are_deleted(store: Store) -> None:
    first = await take(store)
    second = await take(store, "Another.", message_ts=SECOND, now=later(1))
    await revise(store, first.draft_id, "A new text.", now=later(2))
    kept = await store.kept_drafts()
    assert [(first.draft_id, "A new text."), (second.draft_id, "Another.")] == [
        (draft.id, revision.text) for draft, revision in kept
    ]
    await store.forget_message(CHANNEL, SECOND, later(3), LEADER)
    assert [first.draft_id] == [draft.id for draft, _ in await store.kept_drafts()]
    await store.purge(later(days=40))
    assert () == await store.kept_drafts()

"""What the model was asked for and what it took, and which drafts still lack its review; on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.lifecycle import Event
from bot.model import Outcome, Usage, Verdict
from bot.store import OutMessage, Store
from tests.stories import LEADER, NOON, OVERSIGHT, advised, finding, later, revise, take, verdict

DAY = timedelta(days=1)
OTHER = "U0LEADER02"


def half(critique: str = "timeout", ms: int = 45_000) -> Verdict:
    return verdict(outcome=Outcome.READY, complete=False, critique=critique, usage=Usage(model="wise-1", ms=ms))


async def test_reviews_of_the_hour_are_counted_by_leader_and_in_all(store: Store) -> None:
    await take(store, "One.", message_ts="1.1", now=later(-61))
    await take(store, "Two.", message_ts="1.2", now=later(-59))
    await take(store, "Three.", message_ts="1.3", now=later(-5), leader=OTHER)
    this = await take(store, "Four.", message_ts="1.4", now=NOON)
    await take(store, "Five.", message_ts="1.5", now=later(1))
    assert (1, 2) == await store.asked_before(this.review_id, LEADER, NOON - timedelta(hours=1))
    assert (1, 2) == await store.asked_before(this.review_id, OTHER, NOON - timedelta(hours=1))


async def test_of_two_reviews_asked_for_at_once_one_is_before_the_other(store: Store) -> None:
    one = await take(store, "One.", message_ts="1.1")
    two = await take(store, "Two.", message_ts="1.2")
    before = [await store.asked_before(taken.review_id, LEADER, NOON - DAY) for taken in (one, two)]
    assert [(0, 0), (1, 1)] == sorted(before)


async def test_reviews_that_did_not_ask_the_model_are_not_counted(store: Store) -> None:
    limited = await take(store, "One.", message_ts="1.1", now=later(-2))
    await store.save_verdict(limited.review_id, half("limit_reached", ms=0), (), later(-1))
    used = await advised(store, "Two.", message_ts="1.2", now=later(-2))
    own = await revise(store, used.draft_id, "Our own words.", origin="suggestion", now=later(-1))
    await store.save_verdict(own.review_id, verdict(usage=Usage(model="wise-1")), (), later(-1))
    this = await take(store, "Three.", message_ts="1.3")
    assert (1, 1) == await store.asked_before(this.review_id, LEADER, NOON - DAY)


async def test_a_review_is_wanted_until_a_newer_text_comes_or_the_draft_is_forgotten(store: Store) -> None:
    taken = await take(store)
    assert await store.is_wanted(taken.review_id)
    newer = await revise(store, taken.draft_id, "A new text.")
    assert not await store.is_wanted(taken.review_id)
    assert await store.is_wanted(newer.review_id)
    await store.forget_message("C0DRAFTS01", "1772452800.000100", later(2), LEADER)
    assert not await store.is_wanted(newer.review_id)


async def test_what_each_review_took_is_told_with_its_leader_and_time(store: Store) -> None:
    await advised(store)
    silent = await take(store, "Nothing asked.", message_ts="1.2")
    await store.save_verdict(silent.review_id, half("limit_reached", ms=0), (), later(1))
    spent = await store.spending(NOON - DAY, NOON + DAY)
    assert [(LEADER, NOON, Usage("scripted-1", 900, 0, 120, 1400))] == [
        (one.leader, one.at, one.usage) for one in spent
    ]
    assert () == await store.spending(NOON + DAY, NOON + 2 * DAY)
    assert () == await store.spending(NOON - DAY, NOON)


async def test_what_a_late_result_took_is_told_too(store: Store) -> None:
    taken = await take(store)
    await revise(store, taken.draft_id, "A new text.")
    usage = Usage("wise-1", 2000, 1500, 300, 4000)
    assert not await store.save_verdict(taken.review_id, verdict(usage=usage), (), later(2))
    await store.note_spent(taken.review_id, usage)
    assert [usage] == [one.usage for one in await store.spending(NOON - DAY, NOON + DAY)]


async def test_half_checked_drafts_are_those_that_are_undecided_and_young(store: Store) -> None:
    full = await advised(store, "Whole.", message_ts="1.1")
    taken = await take(store, "Half.", message_ts="1.2")
    old = await take(store, "Old.", message_ts="1.3", now=NOON - 2 * DAY)
    dropped = await take(store, "Dropped.", message_ts="1.4")
    for one in (taken, old, dropped):
        await store.save_verdict(one.review_id, half(), (), later(1))
    await store.apply(dropped.draft_id, Event.DROP, by=LEADER, now=later(2))
    found = await store.half_checked(NOON - DAY)
    assert [(taken.draft_id, "timeout", 1, later(1))] == [
        (one.draft_id, one.critique, one.number, one.finished_at) for one in found
    ]
    assert full.draft_id not in {one.draft_id for one in found}


async def test_a_draft_that_is_being_reviewed_again_is_not_half_checked_meanwhile(store: Store) -> None:
    taken = await take(store)
    await store.save_verdict(taken.review_id, half(), (), later(1))
    again = await store.request_review(taken.draft_id, later(2), "")
    assert () == await store.half_checked(NOON - DAY)
    assert again is not None
    opened = await store.open_review(again)
    assert opened is not None
    assert "" == opened.requested_by
    await store.save_verdict(again, half(), (), later(3))
    assert [2] == [one.number for one in await store.half_checked(NOON - DAY)]


async def test_only_an_answer_of_the_model_shows_that_it_is_back(store: Store) -> None:
    half_done = await take(store, "Half.", message_ts="1.1")
    await store.save_verdict(half_done.review_id, half(), (), later(1))
    kept = await take(store, "Our own words.", message_ts="1.2")
    await store.save_verdict(kept.review_id, verdict(usage=Usage(model="wise-1")), (), later(2))
    assert await store.last_answer(NOON) is None
    await advised(store, "Answered.", message_ts="1.3")
    assert later(0.1) == await store.last_answer(NOON)
    assert await store.last_answer(later(1)) is None


async def test_reviews_that_lectern_asked_for_and_that_became_whole_are_counted(store: Store) -> None:
    taken = await take(store)
    await store.save_verdict(taken.review_id, half(), (), later(1))
    again = await store.request_review(taken.draft_id, later(2), "")
    assert again is not None
    assert 0 == await store.caught_up(NOON)
    await store.save_verdict(again, verdict(finding("knee-deep")), (), later(3))
    assert 1 == await store.caught_up(NOON)


async def test_the_last_line_that_was_told_is_found(store: Store) -> None:
    keys = ("oversight.review_off", "oversight.review_back")
    assert await store.last_told(keys) is None
    for minute, key in enumerate(keys):
        await store.place(OutMessage(key, "line", OVERSIGHT, key=key), now=later(minute))
    told = await store.last_told(keys)
    assert told is not None
    assert (keys[1], later(1)) == (told.key, told.not_before)

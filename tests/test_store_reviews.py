"""Reviews: what is to be started, what they need, and which results count, on both databases."""

from __future__ import annotations

from dataclasses import replace

from bot.lifecycle import Event
from bot.model import CarriedFinding, LeftOut, Outcome, Settled, Severity, State
from bot.store import Store
from tests.stories import (
    CHANNEL,
    DELEGATE,
    LEADER,
    NOON,
    advised,
    draft_now,
    finding,
    later,
    pending,
    revise,
    take,
    verdict,
    wanted,
)


async def test_reviews_to_start_are_those_of_the_newest_texts_oldest_first(store: Store) -> None:
    first = await take(store)
    second = await take(store, "Another.", message_ts="1772452860.000100", now=later(1))
    revised = await revise(store, first.draft_id, "A new text.", now=later(2))
    assert (second.review_id, revised.review_id) == await store.reviews_to_start()
    assert (second.review_id,) == await store.reviews_to_start(limit=1)


async def test_a_started_review_is_not_started_again(store: Store) -> None:
    taken = await take(store)
    await store.mark_started([taken.review_id], NOON)
    await store.mark_started([taken.review_id], later(1))
    assert () == await store.reviews_to_start()


async def test_a_review_of_a_forgotten_draft_is_not_wanted(store: Store) -> None:
    taken = await take(store)
    await store.forget_message(CHANNEL, "1772452800.000100", later(1), DELEGATE)
    opened = await store.open_review(taken.review_id)
    assert () == await store.reviews_to_start()
    assert opened is not None
    assert (False, None) == (opened.newest, opened.revision.text)
    assert not await store.save_verdict(taken.review_id, verdict(), (), later(2))


async def test_reviews_that_take_long_are_found_until_they_finish(store: Store) -> None:
    taken = await take(store)
    assert () == await store.unfinished_reviews(later(1))
    await store.mark_started([taken.review_id], NOON)
    assert () == await store.unfinished_reviews(NOON)
    await store.save_verdict(taken.review_id, pending(), (), later(0.1))
    assert (taken.review_id,) == tuple(review.review_id for review in await store.unfinished_reviews(later(1)))
    await store.save_verdict(taken.review_id, verdict(), (), later(0.2))
    assert () == await store.unfinished_reviews(later(1))


async def test_a_verdict_comes_back_as_it_was_saved(store: Store) -> None:
    taken = await take(store)
    full = verdict(
        finding("knee-deep"),
        finding("one parcel", rule=None, severity=Severity.INFO),
        suggestion="Our courier walked through the snow.",
        suggestion_source="critique",
        also=("legal",),
        left_out=(LeftOut("broken-rule", "its pattern is wrong"),),
        settled=(Settled("softeners", "It is a quote."),),
        wait_until=later(90),
        approved_facts=(("M1", "312 g a parcel"),),
    )
    carried = (CarriedFinding(finding("snow"), "dismissed", 1, "my choice"),)
    assert await store.save_verdict(taken.review_id, full, carried, later(0.1))
    view = await store.view(taken.draft_id)
    assert view is not None
    assert full == view.verdict
    assert carried == view.carried


async def test_half_a_surrogate_pair_in_a_quote_does_not_lose_the_verdict(store: Store) -> None:
    taken = await take(store, "Half a pair \ud83d here.")
    assert await store.save_verdict(taken.review_id, verdict(finding("pair \ud83d here")), (), later(0.1))
    view = await store.view(taken.draft_id)
    assert view is not None
    assert view.verdict is not None
    assert "pair ? here" == view.verdict.findings[0].quote


async def test_what_the_rules_say_leaves_the_draft_checking_unless_it_is_firm(store: Store) -> None:
    cases = [
        (Outcome.EDIT, False, State.CHECKING),
        (Outcome.REDIRECT, True, State.CHECKING),
        (Outcome.REDIRECT, False, State.ADVISED),
        (Outcome.HOLD, False, State.ADVISED),
    ]
    for number, (outcome, grey, state) in enumerate(cases):
        taken = await take(store, message_ts=f"1772452800.00020{number}")
        assert await store.save_verdict(taken.review_id, pending(outcome=outcome, grey=grey), (), later(0.1))
        assert state is (await draft_now(store, taken.draft_id)).state
        assert 2 == await wanted(store, f"card:{taken.draft_id}")


async def test_a_finished_verdict_advises_and_a_pending_one_does_not_replace_it(store: Store) -> None:
    taken = await advised(store)
    assert State.ADVISED is (await draft_now(store, taken.draft_id)).state
    assert not await store.save_verdict(taken.review_id, pending(), (), later(0.2))
    view = await store.view(taken.draft_id)
    assert view is not None
    assert verdict(finding("knee-deep")) == view.verdict


async def test_saving_a_verdict_twice_is_one_row_in_the_record(store: Store) -> None:
    taken = await advised(store)
    assert await store.save_verdict(taken.review_id, verdict(finding("knee-deep")), (), later(0.2))
    records = await store.records(taken.draft_id)
    assert ["arrived", "reviewed"] == [record.event for record in records]
    assert (Outcome.EDIT, ("softeners",), "0a1b2c3d", "scripted-1", "") == (
        records[1].outcome,
        records[1].rules,
        records[1].guidelines,
        records[1].model,
        records[1].by,
    )


async def test_a_stale_result_is_thrown_away(store: Store) -> None:
    taken = await take(store)
    await revise(store, taken.draft_id, "A new text.")
    drawn = await wanted(store, f"card:{taken.draft_id}")
    assert not await store.save_verdict(taken.review_id, verdict(), (), later(2))
    assert State.CHECKING is (await draft_now(store, taken.draft_id)).state
    assert drawn == await wanted(store, f"card:{taken.draft_id}")
    assert not await store.save_verdict("unknown", verdict(), (), later(2))


async def test_a_result_that_comes_after_the_decision_leaves_the_decision(store: Store) -> None:
    taken = await take(store)
    await store.save_verdict(taken.review_id, pending(outcome=Outcome.HOLD), (), later(0.1))
    await store.apply(taken.draft_id, Event.POSTED, by=LEADER, now=later(1))
    assert await store.save_verdict(taken.review_id, verdict(finding("knee-deep")), (), later(2))
    assert State.POSTED is (await draft_now(store, taken.draft_id)).state


async def test_a_new_text_starts_with_the_points_of_the_one_before(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "Knee-deep, again.")
    second = await store.open_review(revised.review_id)
    assert second is not None
    assert (CarriedFinding(finding("knee-deep"), "open", 1),) == second.earlier
    assert (verdict(finding("knee-deep")), 1, None) == (
        second.previous_verdict,
        second.previous_number,
        second.verdict,
    )


async def test_points_are_carried_over_texts_that_were_never_reviewed(store: Store) -> None:
    taken = await advised(store)
    await revise(store, taken.draft_id, "Second.", now=later(1))
    third = await revise(store, taken.draft_id, "Third.", now=later(2))
    opened = await store.open_review(third.review_id)
    assert opened is not None
    assert (CarriedFinding(finding("knee-deep"), "open", 1),) == opened.earlier
    assert 3 == opened.revision.number


async def test_carried_points_keep_what_became_of_them_and_fire_again_as_open(store: Store) -> None:
    taken = await advised(store)
    second = await revise(store, taken.draft_id, "Second.", now=later(1))
    dismissed = CarriedFinding(finding("Knee-Deep  snow"), "dismissed", 1, "my choice")
    fixed = CarriedFinding(finding("a parcel"), "fixed", 1)
    gone = CarriedFinding(finding("yesterday"), "fixed", 1)
    own = verdict(finding("knee-deep snow"), finding("A parcel"), finding("new"))
    await store.save_verdict(second.review_id, own, (dismissed, fixed, gone), later(1.1))
    third = await revise(store, taken.draft_id, "Third.", now=later(2))
    opened = await store.open_review(third.review_id)
    assert opened is not None
    assert (
        dismissed,
        gone,
        CarriedFinding(finding("A parcel"), "open", 2),
        CarriedFinding(finding("new"), "open", 2),
    ) == opened.earlier


async def test_the_last_finished_verdict_is_kept_apart_from_a_pending_one(store: Store) -> None:
    taken = await advised(store)
    second = await revise(store, taken.draft_id, "Second.", now=later(1))
    await store.save_verdict(second.review_id, pending(finding("second")), (), later(1.1))
    third = await revise(store, taken.draft_id, "Third.", now=later(2))
    opened = await store.open_review(third.review_id)
    assert opened is not None
    assert 1 == opened.previous_number
    assert ["second"] == [one.finding.quote for one in opened.earlier]


async def test_trying_again_is_a_second_review_of_the_same_text(store: Store) -> None:
    taken = await advised(store)
    second = await store.request_review(taken.draft_id, later(1), LEADER)
    assert f"{taken.review_id}/2" == second
    assert (second,) == await store.reviews_to_start()
    assert State.CHECKING is (await draft_now(store, taken.draft_id)).state
    assert await store.request_review(taken.draft_id, later(1), LEADER) is None
    await store.save_verdict(second, verdict(outcome=Outcome.READY), (), later(2))
    view = await store.view(taken.draft_id)
    assert view is not None
    assert verdict(outcome=Outcome.READY) == view.verdict
    assert f"{taken.review_id}/3" == await store.request_review(taken.draft_id, later(3), LEADER)


async def test_until_the_second_review_speaks_the_first_one_stands(store: Store) -> None:
    taken = await advised(store)
    await store.request_review(taken.draft_id, later(1), LEADER)
    view = await store.view(taken.draft_id)
    assert view is not None
    assert verdict(finding("knee-deep")) == view.verdict


async def test_a_slow_review_is_said_to_be_slow_once(store: Store) -> None:
    taken = await take(store)
    await store.mark_started([taken.review_id], NOON)
    await store.save_verdict(taken.review_id, pending(), (), later(0.1))
    assert await store.mark_slow(taken.review_id, later(0.4))
    assert not await store.mark_slow(taken.review_id, later(0.5))
    view = await store.view(taken.draft_id)
    opened = await store.open_review(taken.review_id)
    assert view is not None
    assert opened is not None
    assert (True, True, State.ADVISED) == (view.slow, opened.slow, view.draft.state)


async def test_a_finished_review_is_not_slow(store: Store) -> None:
    taken = await advised(store)
    assert not await store.mark_slow(taken.review_id, later(1))
    assert not await store.mark_slow("unknown", later(1))


async def test_a_suggestion_that_was_used_shows_whose_critique_it_has(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "The suggestion.", origin="suggestion")
    await store.save_verdict(revised.review_id, replace(verdict(), complete=False), (), later(2))
    view = await store.view(taken.draft_id)
    assert view is not None
    assert (True, 1, 2) == (view.used_suggestion, view.critique_revision, view.revision.number)


async def test_open_drafts_are_those_a_person_leads_or_submitted_newest_first(store: Store) -> None:
    first = await take(store)
    second = await take(store, message_ts="1772452860.000100", now=later(1))
    other = await take(store, leader="U0LEADER02", message_ts="1772452870.000100", now=later(2))
    dropped = await take(store, message_ts="1772452880.000100", now=later(3))
    await store.apply(dropped.draft_id, Event.DROP, by=LEADER, now=later(4))
    assert [second.draft_id, first.draft_id] == [view.draft.id for view in await store.open_drafts(LEADER)]
    assert other.draft_id == (await store.open_drafts(DELEGATE))[0].draft.id
    assert 1 == len(await store.open_drafts(DELEGATE, limit=1))

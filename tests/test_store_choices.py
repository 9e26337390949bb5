"""What people decide about a draft, on both databases: of many at once one counts, and nothing is lost to a late review."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.choices import Reason, quarter_of
from bot.lifecycle import Event
from bot.model import CarriedFinding, Finding, Outcome, Severity, State, Verdict
from bot.set_aside import stands
from bot.store import Dismissal, NewOneOff, Points, Store, Taken
from tests.card_values import playbook
from tests.stories import (
    DELEGATE,
    LEADER,
    OVERSIGHT,
    TEAM,
    advised,
    draft_now,
    finding,
    later,
    new_revision,
    pending,
    revise,
    take,
    verdict,
)

SNOW = finding("knee-deep")
CASE = replace(finding("one parcel", "handles-one-case", Severity.REDIRECT), route="customer-care", waivable=True)


def standing(points: Points) -> tuple[Verdict, tuple[CarriedFinding, ...]]:
    return stands(
        playbook(),
        points.reviewed,
        points.carried,
        points.aside,
        points.text,
        one_off=points.one_off,
        rested_minutes=points.rested_minutes,
    )


def dismissal(taken: Taken, *findings: Finding, by: str = LEADER, minutes: float = 1) -> Dismissal:
    found = findings or (SNOW,)
    return Dismissal(taken.draft_id, taken.revision_id, found, Reason("my_choice"), by, later(minutes))


def one_off(taken: Taken, once: str, *, ask: bool = False, allowance: int = 1, minutes: float = 1) -> NewOneOff:
    return NewOneOff(
        draft_id=taken.draft_id,
        revision_id=taken.revision_id,
        route="customer-care",
        why="They wrote by name.",
        link="",
        by=LEADER,
        now=later(minutes),
        quarter="2026-Q1",
        allowance=allowance,
        ask=ask,
        once=once,
        team_channel=TEAM,
        comms_channel=OVERSIGHT,
    )


async def outcome_of(store: Store, taken: Taken) -> Outcome | None:
    view = await store.view(taken.draft_id)
    return view.verdict.outcome if view and view.verdict else None


async def redirected(store: Store, message_ts: str) -> Taken:
    taken = await take(store, message_ts=message_ts, thread_ts=message_ts)
    found = verdict(CASE, outcome=Outcome.REDIRECT, route="customer-care")
    assert await store.save_verdict(taken.review_id, found, (), later(0.1), standing)
    return taken


async def test_of_many_who_dismiss_at_once_one_is_counted_and_the_others_learn_who(
    store: Store, database_url: str
) -> None:
    taken = await advised(store)
    other = await Store.open(database_url)
    people = (LEADER, DELEGATE)
    results = await asyncio.gather(
        *(one.dismiss(dismissal(taken, by=by), standing) for one in (store, other) for by in people)
    )
    await other.close()
    first = next(one for one in results if one.changed)
    assert 1 == sum(one.changed for one in results)
    assert {first.decided_by} == {one.decided_by for one in results}
    assert Outcome.READY is await outcome_of(store, taken)
    assert {"softeners": {"my_choice": 1}} == await store.dismissals_by_rule(later(-60))


async def test_a_dismissal_outlives_the_review_that_ends_after_it(store: Store) -> None:
    taken = await take(store)
    firm = replace(SNOW, severity=Severity.REDIRECT, route="customer-care")
    first = pending(firm, outcome=Outcome.REDIRECT, route="customer-care")
    await store.save_verdict(taken.review_id, first, (CarriedFinding(firm, "open", 1),), later(0.1), standing)
    assert (await store.dismiss(dismissal(taken, firm), standing)).changed
    whole = verdict(firm, outcome=Outcome.REDIRECT, route="customer-care")
    assert await store.save_verdict(taken.review_id, whole, (CarriedFinding(firm, "open", 1),), later(2), standing)
    view = await store.view(taken.draft_id)
    assert view is not None
    assert view.verdict is not None
    assert (Outcome.READY, ()) == (view.verdict.outcome, view.verdict.findings)
    assert [("dismissed", "my_choice")] == [(one.state, one.why) for one in view.carried]


async def test_a_point_that_is_brought_back_counts_again_and_is_counted_no_more(store: Store) -> None:
    taken = await advised(store)
    await store.dismiss(dismissal(taken), standing)
    back = await store.bring_point_back(taken.draft_id, taken.revision_id, SNOW, standing, by=DELEGATE, now=later(2))
    again = await store.bring_point_back(taken.draft_id, taken.revision_id, SNOW, standing, by=DELEGATE, now=later(3))
    assert (True, False) == (back.changed, again.changed)
    assert Outcome.EDIT is await outcome_of(store, taken)
    assert {} == await store.dismissals_by_rule(later(-60))
    assert ["point dismissed", "point brought back"] == [
        one.event for one in (await store.records(taken.draft_id))[-2:]
    ]


async def test_a_dismissal_on_an_older_text_is_stale(store: Store) -> None:
    taken = await advised(store)
    await revise(store, taken.draft_id, "A new text.")
    applied = await store.dismiss(dismissal(taken, minutes=3), standing)
    assert (False, True) == (applied.changed, applied.stale)


async def test_what_was_dismissed_counts_as_not_acted_on_and_is_no_rule_of_the_record(store: Store) -> None:
    taken = await advised(store)
    second = await revise(store, taken.draft_id, "A knee-deep text.")
    await store.save_verdict(second.review_id, verdict(SNOW), (CarriedFinding(SNOW, "open", 1),), later(2), standing)
    newer = replace(dismissal(taken, minutes=3), revision_id=second.revision_id)
    assert (await store.dismiss(newer, standing)).changed
    await store.apply(taken.draft_id, Event.POSTED, by=LEADER, now=later(4))
    assert {"softeners": (0, 1)} == await store.acted_on(later(-60))
    assert () == (await store.records(taken.draft_id))[-1].rules


async def test_dismissed_words_are_gone_when_the_draft_is_forgotten(store: Store) -> None:
    taken = await advised(store)
    noted = replace(dismissal(taken), reason=Reason("other", "The snow was real."))
    await store.dismiss(noted, standing)
    assert "other\nThe snow was real." == (await store.records(taken.draft_id))[-1].reason
    await store.apply(taken.draft_id, Event.FORGET, by=LEADER, now=later(5))
    told = [one.reason for one in await store.records(taken.draft_id)]
    assert "other" in told
    assert not any("snow" in (reason or "") for reason in told)


async def test_two_drafts_can_not_both_take_the_last_one_off(store: Store, database_url: str) -> None:
    first, second = await redirected(store, "1.1"), await redirected(store, "2.1")
    other = await Store.open(database_url)
    changes = await asyncio.gather(
        store.declare_one_off(one_off(first, "v1"), standing), other.declare_one_off(one_off(second, "v2"), standing)
    )
    await other.close()
    assert [False, True] == sorted(one.changed for one in changes)
    assert [False, True] == sorted(one.used_up for one in changes)
    assert 1 == await store.one_offs_used(LEADER, "2026-Q1")
    assert {Outcome.READY, Outcome.REDIRECT} == {await outcome_of(store, one) for one in (first, second)}


async def test_a_one_off_is_given_back_when_its_draft_is_dropped_and_not_when_it_is_posted(store: Store) -> None:
    ends: dict[Event, Callable[[datetime], int]] = {Event.DROP: lambda _: 0, Event.POSTED: lambda _: 1}
    for number, (event, left) in enumerate(ends.items()):
        taken = await redirected(store, f"{number}.1")
        assert (await store.declare_one_off(one_off(taken, f"v{number}"), standing)).changed
        await store.apply(taken.draft_id, event, by=LEADER, now=later(2))
        assert left(later(2)) == await store.one_offs_used(LEADER, "2026-Q1")


async def test_beyond_the_allowance_comms_is_asked_and_one_answer_counts(store: Store) -> None:
    taken = await redirected(store, "1.1")
    assert (await store.declare_one_off(one_off(taken, "v1", ask=True, allowance=0), standing)).changed
    assert State.ASKED is (await draft_now(store, taken.draft_id)).state
    answers = await asyncio.gather(
        *(
            store.end_one_off("v1", event, standing, by="U0COMMS001", now=later(2), team_channel=TEAM)
            for event in (Event.ALLOW_ONE_OFF, Event.REFUSE_ONE_OFF)
        )
    )
    assert [False, True] == sorted(one.changed for one in answers)
    assert State.ADVISED is (await draft_now(store, taken.draft_id)).state
    assert (await store.one_offs(LEADER))[0].state in {"granted", "refused"}


async def test_a_text_made_on_an_older_one_is_not_taken(store: Store) -> None:
    taken = await advised(store)
    newer = await revise(store, taken.draft_id, "Newer.", on_revision=taken.revision_id)
    assert newer.created
    late = new_revision(taken.draft_id, "Typed meanwhile.", on_revision=taken.revision_id)
    assert await store.take_revision(late) is None


def test_quarters_are_those_of_the_calendar() -> None:
    assert ["2026-Q1", "2026-Q1"] == [quarter_of(later(days=days)) for days in (0, 29)]
    assert "2026-Q2" == quarter_of(later(days=30))


async def test_of_a_persons_answers_to_one_review_the_last_counts(store: Store) -> None:
    taken = await advised(store)
    for useful in (True, False):
        assert await store.give_feedback(
            taken.draft_id, taken.revision_id, LEADER, useful=useful, now=later(1 + useful)
        )
    assert await store.give_feedback(taken.draft_id, taken.revision_id, DELEGATE, useful=True, now=later(3))
    assert {LEADER: False, DELEGATE: True} == await store.feedback_on(taken.draft_id)
    assert not await store.give_feedback(taken.draft_id, "unknown", LEADER, useful=True, now=later(4))


async def test_of_many_who_look_at_the_clock_one_brings_a_kept_draft_back(store: Store, database_url: str) -> None:
    taken = await advised(store)
    assert (await store.keep(taken.draft_id, later(60), by=LEADER, now=later(1))).changed
    assert () == await store.kept_until(later(59))
    assert (taken.draft_id,) == await store.kept_until(later(60))
    other = await Store.open(database_url)
    results = await asyncio.gather(*(one.come_due(taken.draft_id, now=later(61)) for one in (store, other, store)))
    await other.close()
    assert 1 == sum(one.changed for one in results)
    assert (f"{taken.review_id}/2",) == await store.reviews_to_start()
    assert () == await store.kept_until(later(99))
    assert State.ADVISED is (await draft_now(store, taken.draft_id)).state


async def test_a_kept_decision_is_back_after_its_time_even_where_the_time_was_changed(store: Store) -> None:
    taken = await advised(store)
    await store.apply(taken.draft_id, Event.OVERRIDE, by=LEADER, now=later(1), reason="urgent\nThe vote.")
    for minutes in (30, 60):
        assert (await store.keep(taken.draft_id, later(minutes), by=LEADER, now=later(2))).changed
    view = await store.view(taken.draft_id)
    assert view is not None
    assert view.decided is not None
    assert (Reason("urgent", "The vote."), "edit") == (view.decided.reason, view.decided.outcome)
    await store.come_due(taken.draft_id, now=later(60))
    assert State.OVERRIDDEN is (await draft_now(store, taken.draft_id)).state


async def test_anger_that_was_slept_on_is_an_edit_and_one_that_was_not_is_a_hold(store: Store) -> None:
    angry = replace(finding("knee-deep", "angry", Severity.HOLD), pause_minutes=30)
    outcomes = {}
    for number, waited in enumerate((5, 30)):
        taken = await take(store, message_ts=f"{number}.1", thread_ts=f"{number}.1")
        found = verdict(angry, outcome=Outcome.HOLD, pause_minutes=30)
        await store.save_verdict(taken.review_id, found, (), later(0.1), standing)
        await store.keep(taken.draft_id, later(31), by=LEADER, now=later(1))
        back = await store.come_due(taken.draft_id, now=later(1 + waited), by=LEADER)
        assert back.review_id is not None
        await store.save_verdict(back.review_id, found, (), later(2 + waited), standing)
        outcomes[waited] = await outcome_of(store, taken)
    assert {5: Outcome.HOLD, 30: Outcome.EDIT} == outcomes


async def test_a_draft_that_was_closed_meanwhile_is_not_reminded_of(store: Store) -> None:
    taken = await advised(store)
    await store.keep(taken.draft_id, later(60), by=LEADER, now=later(1))
    await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(2))
    assert () == await store.kept_until(later(61))
    assert not (await store.come_due(taken.draft_id, now=later(61))).changed

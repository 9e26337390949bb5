"""Decisions, hand-offs, posts and the record, on both databases: each tap counts once, whoever is second is told."""

from __future__ import annotations

import asyncio

import pytest

from bot.lifecycle import Event
from bot.model import Post, State
from bot.store import HandoffChange, OutMessage, Store
from tests.stories import (
    CARE,
    CHANNEL,
    DELEGATE,
    LEADER,
    TEAM,
    advised,
    draft_now,
    later,
    new_handoff,
    revise,
    take,
    verdict,
    wanted,
)

DROPPED = OutMessage(id="line:dropped", kind="line", channel=CHANNEL, key="thread.dropped")


async def test_a_decision_changes_state_record_lines_and_cards_together(store: Store) -> None:
    taken = await advised(store)
    before = await wanted(store, f"card:{taken.draft_id}")
    applied = await store.apply(
        taken.draft_id, Event.DROP, by=LEADER, now=later(1), reason="We wait for the audit.", lines=[DROPPED]
    )
    record = (await store.records(taken.draft_id))[-1]
    assert applied.changed
    assert applied.draft == await draft_now(store, taken.draft_id)
    assert State.DROPPED is (await draft_now(store, taken.draft_id)).state
    assert ("dropped", LEADER, LEADER, State.ADVISED, State.DROPPED, "We wait for the audit.") == (
        record.event,
        record.by,
        record.leader,
        record.before,
        record.after,
        record.reason,
    )
    assert await store.message("line:dropped") is not None
    assert before + 1 == await wanted(store, f"card:{taken.draft_id}")


async def test_the_second_tap_changes_nothing_and_learns_who_was_first(store: Store) -> None:
    taken = await advised(store)
    await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(1))
    second = await store.apply(taken.draft_id, Event.DROP, by=DELEGATE, now=later(2), lines=[DROPPED])
    assert (False, False, LEADER, later(1)) == (second.changed, second.stale, second.decided_by, second.decided_at)
    assert await store.message("line:dropped") is None


async def test_of_many_taps_through_two_processes_one_decides(store: Store, database_url: str) -> None:
    taken = await advised(store)
    other = await Store.open(database_url)
    taps = [
        one.apply(taken.draft_id, event, by=LEADER, now=later(1))
        for one in (store, other)
        for event in (Event.DROP, Event.POSTED, Event.DROP)
    ]
    results = await asyncio.gather(*taps)
    await other.close()
    assert 1 == sum(1 for applied in results if applied.changed)
    assert 3 == len(await store.records(taken.draft_id))


async def test_a_tap_on_an_outdated_text_is_stale(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "A new text.")
    stale = await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(2), revision_id=taken.revision_id)
    assert (False, True, State.CHECKING) == (stale.changed, stale.stale, stale.draft.state if stale.draft else None)
    fresh = await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(2), revision_id=revised.revision_id)
    assert fresh.changed


async def test_a_tap_on_a_draft_that_is_not_there_changes_nothing(store: Store) -> None:
    applied = await store.apply("unknown", Event.DROP, by=LEADER, now=later(1))
    assert (False, None) == (applied.changed, applied.draft)


async def test_bringing_a_draft_back_asks_for_a_review(store: Store) -> None:
    taken = await advised(store)
    await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(1))
    back = await store.apply(taken.draft_id, Event.BRING_BACK, by=LEADER, now=later(2))
    assert f"{taken.review_id}/2" == back.review_id
    assert (back.review_id,) == await store.reviews_to_start()
    assert State.CHECKING is (await draft_now(store, taken.draft_id)).state


async def test_a_new_text_can_not_be_applied_as_an_event(store: Store) -> None:
    taken = await advised(store)
    with pytest.raises(ValueError, match="take_revision"):
        await store.apply(taken.draft_id, Event.USE_SUGGESTION, by=LEADER, now=later(1))


async def test_a_hand_off_is_numbered_placed_and_recorded(store: Store) -> None:
    taken = await advised(store)
    line = OutMessage(id="line:sent", kind="line", channel=CHANNEL, draft_id=taken.draft_id, key="thread.handoff.sent")
    sent = await store.send_handoff(new_handoff(taken.draft_id, what="Late parcel.", link="https://x.com/1"), [line])
    assert sent is not None
    assert (1, "sent", "customer-care", LEADER, TEAM) == (
        sent.number,
        sent.state,
        sent.route,
        sent.leader,
        sent.channel,
    )
    assert ("Late parcel.", "https://x.com/1", None, None) == (sent.what, sent.link, sent.promised, sent.draft_text)
    card, placed = await store.message(f"handoff:{sent.id}"), await store.message("line:sent")
    assert card is not None
    assert placed is not None
    assert (TEAM, sent.id, sent.id) == (card.channel, card.handoff_id, placed.handoff_id)
    assert "hand-off sent" == (await store.records(taken.draft_id))[-1].event
    view = await store.view(taken.draft_id)
    assert view is not None
    assert (sent,) == view.handoffs


async def test_hand_offs_through_two_processes_are_numbered_without_gaps(store: Store, database_url: str) -> None:
    drafts = [await advised(store, message_ts=f"1772452800.00030{number}") for number in range(3)]
    unready = await take(store)
    other = await Store.open(database_url)
    sends = [one.send_handoff(new_handoff(draft.draft_id)) for one in (store, other) for draft in [*drafts, unready]]
    sent = await asyncio.gather(*sends)
    await other.close()
    assert [1, 2, 3, 4, 5, 6] == sorted(handoff.number for handoff in sent if handoff)


async def test_one_tap_sends_one_hand_off(store: Store) -> None:
    taken = await advised(store)
    first = await store.send_handoff(new_handoff(taken.draft_id, once="view-1"))
    again = await store.send_handoff(new_handoff(taken.draft_id, once="view-1"))
    second = await store.send_handoff(new_handoff(taken.draft_id, once="view-2"))
    assert first == again
    assert second is not None
    assert 2 == second.number


async def test_a_hand_off_of_an_outdated_text_is_not_sent(store: Store) -> None:
    taken = await advised(store)
    revised = await revise(store, taken.draft_id, "A new text.")
    await store.save_verdict(revised.review_id, verdict(), (), later(2))
    assert await store.send_handoff(new_handoff(taken.draft_id, revision_id=taken.revision_id)) is None
    assert await store.send_handoff(new_handoff(taken.draft_id, revision_id=revised.revision_id)) is not None


async def test_of_many_who_claim_a_hand_off_one_gets_it(store: Store, database_url: str) -> None:
    taken = await advised(store)
    sent = await store.send_handoff(new_handoff(taken.draft_id))
    assert sent is not None
    other = await Store.open(database_url)
    claims = [
        (store, other)[number % 2].claim_handoff(sent.id, f"U0CARE000{number}", later(6 + number))
        for number in range(6)
    ]
    results: list[HandoffChange] = await asyncio.gather(*claims)
    await other.close()
    winner = [change.handoff for change in results if change.changed]
    losers = [change.handoff for change in results if not change.changed]
    assert 1 == len(winner)
    assert winner[0] is not None
    assert {winner[0].claimed_by} == {handoff.claimed_by for handoff in losers if handoff}


async def test_a_hand_off_goes_its_way_and_each_step_is_taken_once(store: Store) -> None:
    taken = await advised(store)
    sent = await store.send_handoff(new_handoff(taken.draft_id))
    assert sent is not None
    card = await wanted(store, f"handoff:{sent.id}")
    assert not (await store.put_back(sent.id, CARE, later(6))).changed
    assert (await store.claim_handoff(sent.id, CARE, later(7))).changed
    assert (await store.put_back(sent.id, CARE, later(8))).changed
    back = await store.handoff(sent.id)
    assert back is not None
    assert ("sent", None, None) == (back.state, back.claimed_by, back.claimed_at)
    assert (await store.claim_handoff(sent.id, CARE, later(9))).changed
    done = await store.close_handoff(sent.id, CARE, "Replied and refunded.", later(10))
    assert done.handoff is not None
    assert ("done", CARE, later(10), "Replied and refunded.") == (
        done.handoff.state,
        done.handoff.closed_by,
        done.handoff.closed_at,
        done.handoff.outcome_line,
    )
    assert not (await store.withdraw_handoff(sent.id, LEADER, later(11))).changed
    assert card + 4 == await wanted(store, f"handoff:{sent.id}")
    assert ["hand-off claimed", "hand-off put back", "hand-off claimed", "hand-off done"] == [
        record.event for record in (await store.records(taken.draft_id))[-4:]
    ]


async def test_open_hand_offs_are_listed_by_when_they_are_due(store: Store) -> None:
    taken = await advised(store)
    slow = await store.send_handoff(new_handoff(taken.draft_id, due_at=later(300)))
    quick = await store.send_handoff(new_handoff(taken.draft_id, due_at=later(30)))
    over = await store.send_handoff(new_handoff(taken.draft_id, due_at=later(10)))
    assert slow
    assert quick
    assert over
    await store.withdraw_handoff(over.id, LEADER, later(6))
    assert [quick.id, slow.id] == [handoff.id for handoff in await store.open_handoffs()]


async def test_dropping_takes_back_what_no_team_has_claimed(store: Store) -> None:
    taken = await advised(store)
    waiting = await store.send_handoff(new_handoff(taken.draft_id))
    claimed = await store.send_handoff(new_handoff(taken.draft_id))
    assert waiting
    assert claimed
    await store.claim_handoff(claimed.id, CARE, later(6))
    cards = await wanted(store, f"handoff:{waiting.id}")
    await store.apply(taken.draft_id, Event.DROP, by=LEADER, now=later(7))
    view = await store.view(taken.draft_id)
    assert view is not None
    assert ["withdrawn", "claimed"] == [handoff.state for handoff in view.handoffs]
    assert cards + 1 == await wanted(store, f"handoff:{waiting.id}")


async def test_a_post_is_recorded_once_per_platform(store: Store) -> None:
    taken = await advised(store)
    posts = await store.record_post(taken.draft_id, ["linkedin", "x", "x"], later(20), DELEGATE, later(21))
    assert ["linkedin", "x"] == [post.platform for post in posts]
    draft = await draft_now(store, taken.draft_id)
    assert (State.POSTED, "as_revision", 1) == (draft.state, posts[0].compared, posts[0].revision)
    assert () == await store.record_post(taken.draft_id, ["linkedin"], later(20), LEADER, later(22))
    assert set(posts) == set(await store.posts_of(LEADER, later(0)))


async def test_a_post_of_a_suggestion_says_so_and_a_given_text_is_believed(store: Store) -> None:
    first = await advised(store)
    await revise(store, first.draft_id, "The suggestion.", origin="suggestion")
    assert "as_suggested" == (await store.record_post(first.draft_id, ["x"], later(9), LEADER, later(9)))[0].compared
    second = await advised(store, message_ts="1772452800.000400")
    given = await store.record_post(
        second.draft_id, ["x"], later(9), LEADER, later(9), text_hash="ab12", compared="with_changes"
    )
    assert ("ab12", "with_changes") == (given[0].text_hash, given[0].compared)


async def test_what_a_leaders_posts_said_is_known_as_long_as_it_is_kept(store: Store) -> None:
    taken = await advised(store, "The first text.")
    await revise(store, taken.draft_id, "The second text.")
    posts = await store.record_post(taken.draft_id, ["linkedin", "x"], later(20), LEADER, later(21))
    await store.add_posts([Post("p1", LEADER, "x", later(22), None, None, LEADER)])
    said = {post.id: "The second text." for post in posts}
    assert said == await store.posted_texts(LEADER, later(0))
    assert {} == await store.posted_texts("U0LEADER02", later(0))
    assert {} == await store.posted_texts(LEADER, later(30))
    await store.apply(taken.draft_id, Event.FORGET, by=LEADER, now=later(40))
    assert 3 == len(await store.posts_of(LEADER, later(0)))
    assert {} == await store.posted_texts(LEADER, later(0))


async def test_a_post_that_was_not_one_is_taken_out_again(store: Store) -> None:
    taken = await advised(store)
    await store.record_post(taken.draft_id, ["linkedin"], later(20), LEADER, later(21))
    assert (await store.apply(taken.draft_id, Event.NOT_POSTED, by=LEADER, now=later(22))).changed
    assert () == await store.posts_of(LEADER, later(0))
    assert State.ADVISED is (await draft_now(store, taken.draft_id)).state


async def test_posts_are_listed_newest_first_and_the_card_gets_the_newest_per_platform(store: Store) -> None:
    past = [
        Post(f"p{number}", LEADER, platform, later(days=-number), None, None, LEADER)
        for number, platform in enumerate(["x", "linkedin", "x", "linkedin"])
    ]
    assert 4 == await store.add_posts(past)
    assert 0 == await store.add_posts(past)
    taken = await take(store)
    view = await store.view(taken.draft_id)
    assert view is not None
    assert tuple(past[:2]) == view.last_posts
    assert tuple(past[:3]) == await store.posts_of(LEADER, later(days=-2))
    assert () == await store.posts_of("U0LEADER02", later(days=-9))


async def test_every_person_s_decision_stands_in_one_chain(store: Store) -> None:
    first = await advised(store)
    second = await advised(store, message_ts="1772452800.000500")
    await store.apply(first.draft_id, Event.DROP, by=LEADER, now=later(1))
    await store.record_post(second.draft_id, ["x"], later(2), LEADER, later(2))
    assert (6, None) == await store.verify_records()
    assert [1, 2, 5] == [record.number for record in await store.records(first.draft_id)]

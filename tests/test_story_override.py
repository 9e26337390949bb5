"""Going ahead against advice (F25): with a reason, on record, told to comms, for this text alone; and taking it back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.chosen_model import finding, said
from tests.telling import form, line, model_as_new, no_faults, oversight_says, running_world, send, told
from tests.world import DANA, DRAFTS, EVE, OVERSIGHT, PRIYA, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOFT = "LinkedIn: We will kind of give every customer in {place} a one-hour slot from next spring."
SECRET = "LinkedIn: Project Juniper goes live in {place} on 3 May, and every customer will notice."
PLAIN = "LinkedIn: We will give every customer in {place} a one-hour slot from next spring, because a day is too long."
AHEAD = "Your decision: go ahead"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "override", cadence=False):
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def soft(world: World, place: str) -> tuple[str, dict[str, Any]]:
    world.model.answer = lambda draft: (
        said(outcome="edit", findings=[finding("kind of")]) if "kind of" in draft else said()
    )
    ts = await world.post(SOFT.format(place=place))
    return ts, await world.headed(ts, "Better with edits")


async def held(world: World, place: str) -> tuple[str, dict[str, Any]]:
    ts = await world.post(SECRET.format(place=place))

    async def stands() -> bool:
        cards = await world.cards(ts)
        return (
            bool(cards) and heading(cards[0]).startswith("Hold: ask ") and "AI review running" not in words_of(cards[0])
        )

    await world.until(stands)
    return ts, (await world.cards(ts))[0]


async def go_ahead(world: World, card: dict[str, Any], as_: str = DANA, **values: Any) -> dict[str, Any]:
    await world.tap(card, "draft.override", as_)
    view = await form(world, "Go ahead anyway", as_)
    return await send(world, view, as_, **({"reason": "urgent"} | values))


async def test_going_ahead_stands_on_the_card_with_who_when_and_why_and_comms_is_told(world: World) -> None:
    ts, card = await soft(world, "Alnwick")
    assert (await go_ahead(world, card, note="The vote is tonight."))["ok"]
    card = await world.headed(ts, AHEAD)
    assert "Dana Reyes, " in words_of(card)
    assert ": Urgent: The vote is tonight." in words_of(card)
    assert {"Posted it", "Edit…", "Take it back", "Drop it"} <= set(labels(card))
    told_comms = await oversight_says(world, "Dana Reyes goes ahead against ", "Urgent.", "The vote is tonight.")
    assert "Alnwick" not in words_of(told_comms)
    assert "vote" not in told_comms["text"]
    assert PRIYA not in told_comms["text"]


async def test_with_a_hold_a_note_is_needed_and_comms_is_mentioned(world: World) -> None:
    ts, card = await held(world, "Bamburgh")
    await world.tap(card, "draft.override")
    view = await form(world, "Go ahead anyway")
    sent = await send(world, view, reason="approved_elsewhere", note="Sorry.")
    assert "note" in sent["errors"]
    assert (await send(world, view, reason="approved_elsewhere", note="The board said yes this morning."))["ok"]
    await world.headed(ts, AHEAD)
    told_comms = await oversight_says(world, "Already approved elsewhere.", "The board said yes")
    assert f"<@{PRIYA}>" in told_comms["text"]
    assert ts != told_comms["thread_ts"]


async def test_a_delegate_goes_ahead_against_edits_and_never_against_a_hold(world: World) -> None:
    ts, card = await held(world, "Cragside")
    await world.tap(card, "draft.override", EVE)
    await told(world, "Only Dana Reyes can decide this.", EVE, thread=ts)
    ts, card = await soft(world, "Dunstan")
    assert (await go_ahead(world, card, EVE))["ok"]
    await world.headed(ts, AHEAD)


async def test_it_holds_for_this_text_alone_and_can_be_taken_back(world: World) -> None:
    ts, card = await soft(world, "Eglingham")
    await go_ahead(world, card)
    card = await world.headed(ts, AHEAD)
    await world.tap(card, "draft.take_back")
    card = await world.headed(ts, "Better with edits")
    assert "Urgent" not in words_of(card)
    await go_ahead(world, card)
    await world.headed(ts, AHEAD)
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=SOFT.format(place="Eglingham and Wooler"))
    await line(world, ts, "Revision 2 checked")
    await world.headed(ts, "Better with edits")


async def test_of_two_who_go_ahead_at_once_one_does_and_the_other_is_told_who(world: World) -> None:
    ts, card = await soft(world, "Felton")
    for who in (DANA, EVE):
        await world.tap(card, "draft.override", who)
    forms = [(await form(world, "Go ahead anyway", who), who) for who in (DANA, EVE)]
    sent = await asyncio.gather(*(send(world, view, who, reason="urgent") for view, who in forms))
    assert [False, True] == sorted(one["ok"] for one in sent)
    assert next(one["errors"] for one in sent if not one["ok"])["reason"].startswith("Already decided by ")
    card = await world.headed(ts, AHEAD)
    await asyncio.gather(*(world.tap(card, "draft.take_back") for _ in range(2)))
    await told(world, "Already ", thread=ts)
    await world.headed(ts, "Better with edits")


async def test_advice_that_grew_worse_meanwhile_is_not_gone_ahead_against_unseen(world: World) -> None:
    ts, card = await soft(world, "Guyzance")
    await world.tap(card, "draft.override")
    view = await form(world, "Go ahead anyway")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=SECRET.format(place="Guyzance"))
    await line(world, ts, "Revision 2 checked")
    sent = await send(world, view, reason="urgent")
    assert {"reason": "The draft has a newer text. Close this form and open it again."} == sent["errors"]


async def test_posting_after_going_ahead_asks_for_no_second_reason(world: World) -> None:
    ts, card = await soft(world, "Humbleton")
    await go_ahead(world, card)
    card = await world.headed(ts, AHEAD)
    await world.tap(card, "draft.posted")
    await line(world, ts, "Recorded: posted on LinkedIn")


async def test_posting_while_points_are_open_is_told_to_comms_like_going_ahead(world: World) -> None:
    ts, card = await soft(world, "Ingram")
    await world.tap(card, "draft.posted")
    view = await form(world, "Posted details")
    assert (await send(world, view, reason="disagree"))["ok"]
    await line(world, ts, "Recorded: posted on LinkedIn")
    await oversight_says(world, "Dana Reyes goes ahead against ", "Disagree with the guideline.")


async def test_a_decision_made_while_slack_takes_no_edits_stands_after_a_restart_in_every_place(world: World) -> None:
    ts, card = await soft(world, "Kyloe")
    await world.tap(card, "draft.override")
    view = await form(world, "Go ahead anyway")
    await world.tell("faults", method="chat.update", kind="error", error="internal_error", times=50)
    assert (await send(world, view, reason="urgent"))["ok"]
    await asyncio.sleep(0.3)
    assert "Better with edits" == heading((await world.cards(ts))[0])
    # The buttons of a card that could not be redrawn are answered in words.
    await world.tap(card, "draft.override", EVE)
    await told(world, "Already decided by Dana Reyes at ", EVE, thread=ts)
    world.kill_bot()
    await no_faults(world)
    await world.start_bot()
    await world.headed(ts, AHEAD, seconds=20)

    async def everywhere() -> bool:
        lines = [words_of(one) for one in await world.messages(OVERSIGHT, PRIYA)]
        return any("goes ahead: Urgent" in one for one in lines)

    await world.until(everywhere)


async def test_a_ready_text_has_nothing_to_go_ahead_against(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Lucker"))
    card = await world.headed(ts, "Ready to post")
    assert "Go ahead anyway…" not in labels(card)


async def test_a_hold_that_the_review_finds_after_the_decision_is_told_in_the_thread(world: World) -> None:
    late = "@parcelfan so sorry to hear this. DM me your order number and I'll look into it, from Lilburn."
    world.model.hold()
    ts = await world.post(late)
    card = await world.headed(ts, "Better from care")
    await world.tap(card, "draft.override")
    view = await form(world, "Go ahead anyway")
    assert (await send(world, view, reason="urgent"))["ok"]
    await world.headed(ts, AHEAD)
    world.model.answer = lambda _: said(
        outcome="hold", route="legal", findings=[finding("so sorry", severity="hold", guideline="G3")]
    )
    world.model.release.set()
    await line(world, ts, "The check found something that was not known when you decided. Hold: ask ")
    assert AHEAD == heading((await world.cards(ts))[0])
    assert "Since then something new stands against it: Hold: ask " in words_of((await world.cards(ts))[0])


async def test_what_comms_is_told_stands_there_once_although_slack_lost_its_answer(world: World) -> None:
    _, card = await soft(world, "Mitford")
    await world.tap(card, "draft.override")
    view = await form(world, "Go ahead anyway")
    await world.tell("faults", method="chat.postMessage", kind="lost", times=1)
    assert (await send(world, view, reason="other", note="Mitford votes tonight."))["ok"]
    await oversight_says(world, "Mitford votes tonight.")
    await asyncio.sleep(6)
    there = [one for one in await world.messages(OVERSIGHT, PRIYA) if "Mitford votes tonight." in words_of(one)]
    assert 1 == len(there)

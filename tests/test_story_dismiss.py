"""Points that people dismiss, and bring back (F19, F24); what is told of them; what newer texts make of it (F22)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.chosen_model import finding, said
from tests.telling import ask_why, choose, form, line, model_as_new, oversight_says, push, running_world, send, told
from tests.world import DANA, DRAFTS, EVE, PRIYA, SAM, World, heading, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOFT = "LinkedIn: We will kind of give every customer in {place} a one-hour slot from next spring."
LATE_PARCEL = (
    "@parcelfan so sorry to hear this. Your parcel should be in {place}. DM me your order number and I'll look into it."
)
ONLY = "Only the leader, their delegate or whoever submitted the draft can do this."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "dismiss", cadence=False):
        await made.tell("join", as_=SAM, channel=DRAFTS)
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def soft(world: World, place: str) -> tuple[str, dict[str, Any]]:
    """A draft whose one point is the review's own."""
    world.model.answer = lambda draft: (
        said(outcome="edit", findings=[finding("kind of")]) if "kind of" in draft else said()
    )
    ts = await world.post(SOFT.format(place=place))
    return ts, await world.headed(ts, "Better with edits")


async def dismiss(world: World, card: dict[str, Any], as_: str = DANA, **values: Any) -> dict[str, Any]:
    await choose(world, card, "dismiss", as_)
    view = await form(world, "Dismiss this point", as_)
    return await send(world, view, as_, **({"reason": "my_choice"} | values))


async def test_a_dismissed_point_is_out_of_the_outcome_and_told_with_its_reason(world: World) -> None:
    ts, card = await soft(world, "Amble")
    assert (await dismiss(world, card))["ok"]
    card = await world.headed(ts, "Ready to post")
    assert "(Right, but my choice)" in words_of(card)
    assert "Dismissed: " in words_of(card)


async def test_it_is_not_raised_again_in_a_newer_text_unless_its_words_changed(world: World) -> None:
    ts, card = await soft(world, "Blyth")
    await dismiss(world, card)
    await world.headed(ts, "Ready to post")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=SOFT.format(place="Blyth and Morpeth"))
    await line(world, ts, "Revision 2 checked: 0 fixed, 0 open. Ready to post.")
    assert 2 == sum("Blyth" in asked for asked in world.model.asked)
    world.model.answer = lambda _: said(outcome="edit", findings=[finding("sort of maybe")])
    changed = SOFT.format(place="Blyth").replace("kind of", "sort of maybe")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=changed)
    await line(world, ts, "Revision 3 checked: 0 fixed, 1 open. Better with edits.")


async def test_the_form_why_leads_to_the_dismissal_and_both_close(world: World) -> None:
    ts, card = await soft(world, "Craster")
    await ask_why(world, card)
    await push(world, await form(world, "Why this point"), "draft.dismiss")
    view = await form(world, "Dismiss this point")
    sent = await send(world, view, reason="other")
    assert {"note": "Say in a few words why."} == sent["errors"]
    assert (await send(world, view, reason="other", note="It is how Dana speaks."))["ok"]
    await world.headed(ts, "Ready to post")
    assert None is await world.view()


async def test_a_point_is_brought_back_from_the_list_of_all_points(world: World) -> None:
    ts, card = await soft(world, "Druridge")
    await dismiss(world, card)
    card = await world.headed(ts, "Ready to post")
    await world.tap(card, "draft.points")
    await push(world, await form(world, "All points"), "draft.bring_back")
    await world.headed(ts, "Better with edits")

    async def open_again() -> bool:
        return "1 open point" in str(await world.view())

    await world.until(open_again)


async def test_of_two_who_dismiss_at_once_the_second_is_told_who_was_first(world: World) -> None:
    ts, card = await soft(world, "Embleton")
    await choose(world, card, "dismiss", DANA)
    await choose(world, card, "dismiss", EVE)
    forms = [(await form(world, "Dismiss this point", who), who) for who in (DANA, EVE)]
    sent = await asyncio.gather(*(send(world, view, who, reason="my_choice") for view, who in forms))
    assert [False, True] == sorted(one["ok"] for one in sent)
    errors = next(one["errors"] for one in sent if not one["ok"])
    assert errors["reason"].startswith(("Already dismissed by ", "The draft has a newer text."))
    await world.headed(ts, "Ready to post")


async def test_who_only_reads_along_dismisses_nothing_and_comms_neither(world: World) -> None:
    ts, card = await soft(world, "Ford")
    await choose(world, card, "dismiss", SAM)
    await told(world, ONLY, SAM, thread=ts)
    await world.tell("join", as_=PRIYA, channel=DRAFTS)
    await choose(world, card, "dismiss", PRIYA)
    await told(world, ONLY, PRIYA, thread=ts)
    assert "Better with edits" == heading((await world.cards(ts))[0])


async def test_a_dismissed_redirect_is_told_to_comms_with_the_reason_and_without_the_text(world: World) -> None:
    ts = await world.post(LATE_PARCEL.format(place="Glanton"))
    card = await world.headed(ts, "Better from care")
    await dismiss(world, card, reason="other", note="We are old friends.")
    told_comms = await oversight_says(world, "Dana Reyes goes ahead against ", "old friends")
    assert "parcelfan" not in words_of(told_comms)
    assert "old friends" not in told_comms["text"]


async def test_a_hold_has_no_way_to_be_dismissed(world: World) -> None:
    ts = await world.post("LinkedIn: Project Juniper goes live in Hexham on 3 May, and every customer will notice.")

    async def held() -> bool:
        cards = await world.cards(ts)
        return bool(cards) and heading(cards[0]).startswith("Hold: ask ")

    await world.until(held)
    card = (await world.cards(ts))[0]
    hold = next(block for block in card["blocks"] if "*Hold*" in str(block.get("text")))
    assert ["Why this point"] == [entry["text"]["text"] for entry in hold["accessory"]["options"]]


async def test_a_dismissal_while_the_review_still_runs_outlives_its_end(world: World) -> None:
    world.model.hold()
    ts = await world.post(LATE_PARCEL.format(place="Ilderton"))
    card = await world.headed(ts, "Better from care")
    await dismiss(world, card, as_=DANA)
    world.model.release.set()

    async def dismissed() -> bool:
        card = (await world.cards(ts))[0]
        return "AI review running" not in words_of(card) and "Dismissed: " in words_of(card)

    await world.until(dismissed)


async def test_what_lectern_proposed_is_not_flagged_by_its_own_review(world: World) -> None:
    better = "Every customer in Kelso gets a one-hour slot from next spring."
    world.model.answer = lambda draft: (
        said(outcome="edit", findings=[finding("kind of")], suggestion=better)
        if "kind of" in draft
        else said(outcome="edit", findings=[finding("gets a one-hour slot")])
    )
    ts = await world.post(SOFT.format(place="Kelso"))
    card = await world.headed(ts, "Better with edits")
    await world.tap(card, "draft.use")
    await world.headed(ts, "Ready to post")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=f"LinkedIn: {better} A day is too long.")
    await line(world, ts, "Revision 3 checked: 0 fixed, 0 open. Ready to post.")

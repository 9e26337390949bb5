"""The declared one-off (F26): before it happens, with why and whose case; the allowance; comms beyond it; the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telling import form, line, model_as_new, oversight_says, running_world, send, told
from tests.world import CARE, DANA, DRAFTS, EVE, OVERSIGHT, PRIYA, SAM, World, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE_PARCEL = (
    "@parcelfan so sorry to hear this. Your parcel should be in {place}. DM me your order number and I'll look into it."
)
LEAKED = LATE_PARCEL + " Project Juniper will fix it for everybody."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "one-off", cadence=False):
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def for_care(world: World, place: str) -> tuple[str, dict[str, Any]]:
    ts = await world.post(LATE_PARCEL.format(place=place))
    await world.headed(ts, "Better from care")

    async def reviewed() -> bool:
        return "AI review running" not in words_of((await world.cards(ts))[0])

    await world.until(reviewed)
    return ts, (await world.cards(ts))[0]


async def declare(world: World, card: dict[str, Any], why: str) -> dict[str, Any]:
    await world.tap(card, "draft.one_off")
    return await send(world, await form(world, "Just this once"), why=why)


async def at_care(world: World, *texts: str) -> dict[str, Any]:
    async def found() -> list[dict[str, Any]]:
        return [one for one in await world.messages(CARE, SAM) if all(text in words_of(one) for text in texts)]

    await world.until(found)
    return (await found())[-1]


async def test_a_one_off_is_declared_told_to_the_owners_noted_and_given_back_when_dropped(world: World) -> None:
    ts, card = await for_care(world, "Rothbury")
    await world.tap(card, "draft.one_off", EVE)
    await told(world, "Only Dana Reyes can decide this.", EVE, thread=ts)
    await world.tap(card, "draft.one_off")
    view = await form(world, "Just this once")
    assert "This is 1 of 1 for " in str(view)
    assert "Go ahead once" == view["submit"]["text"]
    sent = await send(world, view, why="They wrote to me by name.", link="x.com/1")
    assert {"link": "A link starts with https://"} == sent["errors"]
    assert (await send(world, view, why="They wrote to me by name.", link="https://x.com/1"))["ok"]
    card = await world.headed(ts, "Ready to post")
    assert "One-off 1 of 1" in words_of(card)
    assert "(one-off)" in words_of(card)
    assert "Just this once…" not in labels(card)
    team = await at_care(world, "Dana Reyes is answering one case in person, once.", "They wrote to me by name.")
    assert "by name" not in team["text"]
    assert "Rothbury" not in words_of(team)
    told_comms = await oversight_says(world, "Dana Reyes answers one case in person, 1 of 1", "by name")
    assert "Rothbury" not in words_of(told_comms)
    await world.tap(team, "one_off.noted", SAM, CARE)
    await at_care(world, "Noted by Sam Idowu, ")
    await world.tap(card, "draft.drop")
    await world.headed(ts, "Dropped")
    await at_care(world, "Not used after all")


async def test_it_covers_newer_texts_of_the_draft_and_never_a_hold(world: World) -> None:
    ts, card = await for_care(world, "Seahouses")
    assert (await declare(world, card, "A neighbour of mine."))["ok"]
    await world.headed(ts, "Ready to post")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=LATE_PARCEL.format(place="Seahouses, at the port"))
    await line(world, ts, "Revision 2 checked: 0 fixed, 0 open. Ready to post.")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=LEAKED.format(place="Seahouses"))
    await line(world, ts, "Revision 3 checked")
    card = (await world.cards(ts))[0]
    assert "Hold: ask " in words_of(card)
    assert "Just this once…" not in labels(card)
    await world.tap(card, "draft.drop")
    await world.headed(ts, "Dropped")


async def test_beyond_the_allowance_it_goes_to_comms_who_allow_it_once(world: World) -> None:
    first, second = [await for_care(world, place) for place in ("Thropton", "Tosson")]
    assert (await declare(world, first[1], "An old friend."))["ok"]
    await world.headed(first[0], "Ready to post")
    await world.tap(second[1], "draft.one_off")
    view = await form(world, "Just this once")
    assert "Ask comms" == view["submit"]["text"]
    assert (await send(world, view, why="Another old friend."))["ok"]
    card = await world.headed(second[0], "With comms")
    assert {"Withdraw request", "Edit…", "Drop it"} <= set(labels(card))
    assert "Go ahead anyway…" not in labels(card)

    asked = await oversight_says(world, "It would be number 2 this quarter; the allowance is 1.", "Another old friend.")
    assert f"<@{PRIYA}>" not in asked["text"]
    await asyncio.gather(*(world.tap(asked, "one_off.allow", PRIYA, OVERSIGHT) for _ in range(2)))
    await told(world, "Already allowed by Priya", PRIYA, OVERSIGHT)
    card = await world.headed(second[0], "Ready to post")
    await line(world, second[0], "allows this one-off. customer care is told.")
    await oversight_says(world, "Another old friend.", "Allowed by Priya")
    await at_care(world, "Another old friend.")


async def test_comms_may_refuse_and_the_leader_may_withdraw(world: World) -> None:
    ts, card = await for_care(world, "Warkworth")
    assert (await declare(world, card, "One more."))["ok"]
    card = await world.headed(ts, "With comms")
    await world.tap(card, "draft.withdraw_ask")
    card = await world.headed(ts, "Better from care")
    await oversight_says(world, "One more.", "Withdrawn")
    assert (await declare(world, card, "Please, one more."))["ok"]
    await world.headed(ts, "With comms")
    asked = await oversight_says(world, "Please, one more.")
    await world.tap(asked, "one_off.refuse", PRIYA, OVERSIGHT)
    await world.headed(ts, "Better from care")
    refused = await line(world, ts, "does not allow a second one-off this quarter.")
    assert f"<@{DANA}>" in refused["text"]


async def test_a_new_text_ends_the_question_to_comms(world: World) -> None:
    ts, card = await for_care(world, "Yeavering")
    assert (await declare(world, card, "A question that ends."))["ok"]
    await world.headed(ts, "With comms")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=LATE_PARCEL.format(place="Yeavering Bell"))
    await world.headed(ts, "Better from care")
    await oversight_says(world, "A question that ends.", "Withdrawn")


async def test_the_ledger_tells_each_one_what_became_of_which_one_off(world: World) -> None:
    await world.tell("command", as_=DANA, channel=DRAFTS, command="/coach", text="exceptions")
    own = words_of(await told(world, "declared one-off"))
    for what in (
        "Dana Reyes · customer care · used",
        "not used",
        "withdrawn",
        "not allowed by Priya",
        "An old friend.",
    ):
        assert what in own
    await world.tell("command", as_=PRIYA, channel=OVERSIGHT, command="/coach", text="exceptions")
    assert "Dana Reyes" in words_of(await told(world, "declared one-off", PRIYA, OVERSIGHT))

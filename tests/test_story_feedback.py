"""*Useful* and *Not useful* (F29): one answer per person, beside the review and never in its place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telling import form, model_as_new, no_faults, oversight_says, running_world, send, told
from tests.world import DANA, DRAFTS, EVE, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = "LinkedIn: We will give every customer in {place} a one-hour slot from next spring, because a day is too long."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "feedback", cadence=False):
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def answer(world: World, card: dict[str, Any], kind: str, as_: str = DANA) -> None:
    block = next(one for one in card["blocks"] if one["type"] == "context_actions")
    value = block["elements"][0][f"{kind}_button"]["value"]
    where = {"as_": as_, "channel": DRAFTS, "ts": card["ts"], "block_id": block["block_id"]}
    await world.tell("action", action_id="draft.feedback", value=value, **where)


async def test_an_answer_is_thanked_for_and_the_card_stays_as_it_was(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Ashington"))
    card = await world.headed(ts, "Ready to post")
    await answer(world, card, "positive")
    thanked = await told(world, "Thanks, noted.", thread=ts)
    assert "Say why…" not in labels(thanked)
    assert card["blocks"] == (await world.cards(ts))[0]["blocks"]


async def test_who_found_it_not_useful_can_say_why_and_comms_reads_it(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Bedlington"))
    card = await world.headed(ts, "Ready to post")
    await answer(world, card, "positive", EVE)
    await answer(world, card, "negative", EVE)
    thanked = await told(world, "Thanks, noted.", EVE, thread=ts, times=2)
    await world.tap(thanked, "draft.feedback_why", EVE)
    view = await form(world, "What was not useful?", EVE)
    assert (await send(world, view, EVE, why="It missed the one point that matters."))["ok"]
    said = await oversight_says(world, "Eve Lund found the review not useful.", "It missed the one point")
    assert "Bedlington" not in words_of(said)
    assert "missed" not in said["text"]
    assert "Ready to post" == heading((await world.cards(ts))[0])


async def test_where_slack_refuses_the_element_two_small_buttons_stand_in(world: World) -> None:
    await world.tell("faults", method="chat.postMessage", kind="error", error="invalid_blocks", times=1)
    ts = await world.post(PLAIN.format(place="Cramlington"))

    async def small() -> bool:
        return any({"Useful", "Not useful"} <= set(labels(card)) for card in await world.cards(ts))

    await world.tell("faults", method="chat.update", kind="error", error="invalid_blocks", times=1)
    await world.until(small)
    await no_faults(world)
    card = (await world.cards(ts))[0]
    await world.tap(card, "draft.feedback_negative")
    await told(world, "Thanks, noted.", thread=ts)

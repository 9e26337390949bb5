"""Kept for later (F27): the time, the reminder, the rules run again; and nothing lost when the bot was away meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.chosen_model import finding, said
from tests.telling import DANA_DM, EVE_DM, form, line, model_as_new, running_world, send, told
from tests.world import DANA, DRAFTS, EVE, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = "LinkedIn: We will give every customer in {place} a one-hour slot from next spring, because a day is too long."
SOFT = "LinkedIn: We will kind of give every customer in {place} a one-hour slot from next spring."
SECRET = "LinkedIn: Project Osprey will give every customer in {place} a one-hour slot from next spring."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "keep", cadence=False):
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def ready(world: World, place: str) -> tuple[str, dict[str, Any]]:
    ts = await world.post(PLAIN.format(place=place))
    return ts, await world.headed(ts, "Ready to post")


async def keep(world: World, card: dict[str, Any], seconds: float, as_: str = DANA) -> None:
    await world.tap(card, "draft.keep", as_)
    view = await form(world, "Keep for later", as_)
    assert (await send(world, view, as_, which="other", when=int(time.time() + seconds)))["ok"]


async def kept(world: World, ts: str) -> dict[str, Any]:
    async def stands() -> bool:
        return heading((await world.cards(ts))[0]).startswith("Kept for ")

    await world.until(stands)
    return (await world.cards(ts))[0]


async def reminded(world: World, *texts: str, as_: str = DANA, channel: str = DANA_DM) -> dict[str, Any]:
    async def found() -> list[dict[str, Any]]:
        messages = await world.messages(channel, as_)
        return [one for one in messages if all(text in words_of(one) for text in ("Kept for now: ", *texts))]

    try:
        await world.until(found, 20)
    except TimeoutError:
        texts_there = [words_of(one)[:200] for one in await world.messages(channel, as_)]
        raise AssertionError(f"no {texts} in {texts_there}\n{world.log()[-2000:]}") from None
    return (await found())[-1]


async def test_at_its_time_the_draft_comes_back_in_a_direct_message_that_can_be_worked_with(world: World) -> None:
    ts, card = await ready(world, "Acomb")
    asked = len(world.model.asked)
    await keep(world, card, 2)
    card = await kept(world, ts)
    assert {"Check now", "Change time…", "Edit…", "Posted it", "Drop it"} <= set(labels(card))
    reminder = await reminded(world, "your LinkedIn draft. Ready to post.")
    await world.headed(ts, "Ready to post")
    assert asked == len(world.model.asked)
    assert ["Open it", "Posted it", "Later…", "Drop it"] == labels(reminder)
    await world.tap(reminder, "draft.posted", DANA, DANA_DM)
    await line(world, ts, "Recorded: posted on LinkedIn")

    async def closed() -> bool:
        there = await reminded(world, "Posted on LinkedIn")
        return labels(there) == ["Open it"]

    await world.until(closed)


async def test_who_kept_it_checks_now_changes_the_time_and_edits(world: World) -> None:
    ts, card = await ready(world, "Bardon")
    await keep(world, card, 3600)
    card = await kept(world, ts)
    first = heading(card)
    await keep(world, card, 7200)

    async def moved() -> bool:
        return heading((await world.cards(ts))[0]) != first

    await world.until(moved)
    card = await kept(world, ts)
    await asyncio.gather(*(world.tap(card, "draft.check_now") for _ in range(2)))
    await told(world, "Already ", thread=ts)
    card = await world.headed(ts, "Ready to post")
    await keep(world, card, 3600)
    await kept(world, ts)
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=PLAIN.format(place="Bardon Mill"))
    await line(world, ts, "Revision 2 checked")
    card = await world.headed(ts, "Ready to post")
    assert "kept for " in words_of(card)


async def test_a_time_must_be_to_come_and_within_ninety_days(world: World) -> None:
    _, card = await ready(world, "Corbridge")
    await world.tap(card, "draft.keep")
    view = await form(world, "Keep for later")
    assert "Next good time: " in str(view)
    now = int(time.time())
    sent = await send(world, view, which="other")
    assert {"when": "Pick a day and a time."} == sent["errors"]
    sent = await send(world, view, which="other", when=now - 60)
    assert {"when": "Pick a time that is still to come."} == sent["errors"]
    sent = await send(world, view, which="other", when=now + 91 * 86_400)
    assert {"when": "Pick a time within the next 90 days."} == sent["errors"]


async def test_what_came_due_while_the_bot_was_away_comes_once_and_to_the_delegate_too(world: World) -> None:
    ts = await world.post("for @dana " + PLAIN.format(place="Dilston"), as_=EVE)
    card = await world.headed(ts, "Ready to post")
    await keep(world, card, 3, EVE)
    await kept(world, ts)
    world.kill_bot()
    await asyncio.sleep(3)
    await world.start_bot()
    await reminded(world, "Ready to post.", as_=EVE, channel=EVE_DM)
    await asyncio.sleep(0.5)
    there = [one for one in await world.messages(EVE_DM, EVE) if "Kept for now" in words_of(one)]
    assert 1 == len(there)


async def test_points_of_the_review_and_what_was_dismissed_outlive_the_reminder(world: World) -> None:
    world.model.answer = lambda _: said(outcome="edit", findings=[finding("kind of")])
    ts = await world.post(SOFT.format(place="Elrington"))
    card = await world.headed(ts, "Better with edits")
    asked = len(world.model.asked)
    await keep(world, card, 3600)
    card = await kept(world, ts)
    await world.tap(card, "draft.check_now")
    card = await world.headed(ts, "Better with edits")
    assert "kind of" in words_of(card)
    assert asked == len(world.model.asked)


async def test_a_hold_that_is_new_by_then_is_told_first_although_the_leader_had_decided(world: World) -> None:
    world.model.answer = lambda _: said(outcome="edit", findings=[finding("one-hour slot")])
    ts = await world.post(SECRET.format(place="Falstone"))
    await world.headed(ts, "Better with edits")
    card = (await world.cards(ts))[0]
    await world.tap(card, "draft.override")
    view = await form(world, "Go ahead anyway")
    assert (await send(world, view, reason="urgent"))["ok"]
    card = await world.headed(ts, "Your decision: go ahead")
    await keep(world, card, 3600)
    card = await kept(world, ts)
    assert "Dana Reyes, " in words_of(card)
    world.change_prompts("organisation.toml", '"Juniper"', '"Juniper", "Osprey"')
    await asyncio.sleep(6)
    await world.tap(card, "draft.check_now")
    await world.headed(ts, "Your decision: go ahead")

    async def told_first() -> bool:
        return "Since then something new stands against it: Hold: ask " in words_of((await world.cards(ts))[0])

    await world.until(told_first)

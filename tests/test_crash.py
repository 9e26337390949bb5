"""Killed with SIGKILL at each step of the line and at random moments, then restarted: one card each, and none lost.

The moments are found from outside: the stand-in holds one of Slack's answers, or the model keeps its own back, and the process
is killed while it waits. Nothing in the bot knows of it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.playground.clock import Clock
from bot.playground.server import StandIn
from tests.chosen_model import said
from tests.world import World, heading

DRAFT = "We have decided to open the {n}th night hub next spring, because customers in the north waited longest last winter."


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    # Slack's retries after one and five minutes come after four seconds and twenty: time enough for the bot to start.
    slack = StandIn(clock=Clock(compress=15))
    async with World(tmp_path, database_url, slack) as made:
        made.model.answer = lambda _: said()
        yield made


async def hold(world: World, method: str, *, after: int = 0, lost: bool = False) -> None:
    await world.tell("faults", method=method, kind="lost" if lost else "hold", times=1, after=after)


async def called(world: World, method: str, times: int = 1) -> None:
    async def there() -> bool:
        return world.slack.faults.held(method) + len(world.slack.log.calls(method)) >= times

    await world.until(there)


async def restarted(world: World) -> None:
    """Killed now, and started again."""
    world.kill_bot()
    world.slack.faults.clear()
    await world.start_bot()


async def test_killed_before_the_ack_the_draft_comes_again(world: World) -> None:
    await world.start_bot()
    world.kill_bot()
    ts = await world.post(DRAFT.format(n=1))
    await world.start_bot()
    await world.headed(ts, "Ready to post", seconds=30)


async def test_killed_right_after_the_ack_the_draft_is_taken_up(world: World) -> None:
    await world.start_bot()
    ts = await world.post(DRAFT.format(n=2))
    await world.slack.log.until(lambda log: bool(log.find("ack")))
    await restarted(world)
    await world.headed(ts, "Ready to post", seconds=30)


async def test_killed_while_the_first_card_is_posted_there_is_one_card(world: World) -> None:
    await world.start_bot()
    await hold(world, "chat.postMessage")
    ts = await world.post(DRAFT.format(n=3))
    await world.until(lambda: _held(world, "chat.postMessage"))
    await restarted(world)
    await world.headed(ts, "Ready to post", seconds=30)


async def test_killed_after_the_card_was_posted_and_its_answer_lost_there_is_one_card(world: World) -> None:
    await world.start_bot()
    await hold(world, "chat.postMessage", lost=True)
    await hold(world, "conversations.replies")
    ts = await world.post(DRAFT.format(n=4))
    await world.until(lambda: _held(world, "conversations.replies"))
    assert 1 == len(await world.cards(ts))
    await restarted(world)
    await world.headed(ts, "Ready to post", seconds=30)


async def test_killed_while_the_model_is_asked_there_is_one_card(world: World) -> None:
    await world.start_bot()
    world.model.hold()
    ts = await world.post(DRAFT.format(n=5))
    await world.until(lambda: _asked(world, 1))
    world.kill_bot()
    world.model.release.set()
    await world.start_bot()
    await world.headed(ts, "Ready to post", seconds=30)


async def test_killed_while_the_card_is_edited_there_is_one_card(world: World) -> None:
    await world.start_bot()
    await hold(world, "chat.update")
    ts = await world.post(DRAFT.format(n=6))
    await world.until(lambda: _held(world, "chat.update"))
    await restarted(world)
    await world.headed(ts, "Ready to post", seconds=30)


async def test_killed_while_the_oversight_line_is_posted_there_is_one_line(world: World) -> None:
    await world.start_bot()
    await hold(world, "chat.postMessage", after=1)
    ts = await world.post(DRAFT.format(n=7))
    await world.until(lambda: _held(world, "chat.postMessage"))
    await restarted(world)
    await world.headed(ts, "Ready to post", seconds=30)

    async def line() -> bool:
        return bool(await oversight(world))

    await world.until(line)
    await asyncio.sleep(0.5)
    assert 1 == len(await oversight(world))


async def test_an_event_delivered_three_times_is_one_draft_and_one_card(world: World) -> None:
    await world.start_bot()
    await world.tell("delivery", duplicates=2)
    ts = await world.post(DRAFT.format(n=8))
    await world.headed(ts, "Ready to post")
    await world.slack.settled()
    await asyncio.sleep(0.5)
    assert 1 == len(await world.cards(ts))
    assert 1 == len(world.model.asked)


async def test_killed_at_random_moments_with_drafts_in_flight_each_has_one_card(world: World) -> None:
    chance = random.Random(2026)
    world.model.answer = lambda _: said()
    drafts: list[str] = []
    for kill in range(4):
        await world.start_bot()
        for n in range(3):
            drafts.append(await world.post(DRAFT.format(n=100 * kill + n)))
            await asyncio.sleep(chance.uniform(0, 0.05))
        await asyncio.sleep(chance.uniform(0, 0.6))
        world.kill_bot()
    await world.start_bot()
    for ts in drafts:
        await world.headed(ts, "Ready to post", seconds=40)
    assert [1] * len(drafts) == [len(await world.cards(ts)) for ts in drafts]


async def oversight(world: World) -> list[dict[str, Any]]:
    return [m for m in await world.messages("C0OVERSITE", "U0COMMS001") if m["user"] == "U0LECTERN1" and not heading(m)]


async def _held(world: World, method: str) -> bool:
    return bool(world.slack.faults.held(method))


async def _asked(world: World, times: int) -> bool:
    return len(world.model.asked) >= times

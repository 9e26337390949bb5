"""Slack and the model at their worst: late, refused, lost, out of order. One card each, and the truth on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.clock import Clock
from bot.playground.server import StandIn
from tests.chosen_model import said
from tests.world import World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

DRAFT = "We have decided to pay drivers for the time that they wait at the gate, from the {n}th of March, because it is work."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("faults")
    # Slack's retries after one and five minutes come after half a second and two and a half.
    async with World(folder, f"sqlite:///{folder}/lectern.db", StandIn(clock=Clock(compress=120))) as made:
        await made.start_bot()
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    world.model.answer = lambda _: said()
    world.model.status = 200
    world.model.release.set()
    world.slack.faults.clear()


@pytest.mark.parametrize(
    ("n", "fault"),
    [
        (2, {"kind": "ratelimit", "retry_after": 1, "times": 2}),
        (3, {"kind": "status", "status": 503, "times": 2}),
        (4, {"kind": "lost", "times": 1}),
        (5, {"kind": "error", "error": "internal_error", "times": 1}),
    ],
    ids=["asked to wait", "a server error", "the answer lost", "an internal error"],
)
async def test_a_card_that_slack_does_not_take_at_once_comes_once(
    world: World, n: int, fault: dict[str, object]
) -> None:
    await world.tell("faults", method="chat.postMessage", **fault)
    ts = await world.post(DRAFT.format(n=n))
    await world.headed(ts, "Ready to post", seconds=40)
    await asyncio.sleep(0.5)
    assert 1 == len(await world.cards(ts))


async def test_refused_blocks_become_plain_text_in_the_same_place(world: World) -> None:
    await world.tell("faults", method="chat.postMessage", kind="error", error="invalid_blocks", times=1)
    ts = await world.post(DRAFT.format(n=6))
    await world.headed(ts, "Ready to post")
    assert 1 == len(await world.thread(ts))


async def test_a_card_that_somebody_deleted_is_posted_anew_with_the_next_text(world: World) -> None:
    ts = await world.post(DRAFT.format(n=50))
    card = await world.headed(ts, "Ready to post")
    await world.tell("delete", as_="U0COMMS001", channel="C0DRAFTS01", ts=card["ts"])
    await world.tell("edit", as_="U0LEADER01", channel="C0DRAFTS01", ts=ts, text=DRAFT.format(n=51))

    async def anew() -> bool:
        return [one["ts"] for one in await world.cards(ts) if not one["deleted"]] not in ([], [card["ts"]])

    await world.until(anew)


async def test_an_edit_that_arrives_before_its_message_is_one_draft_with_the_new_text(world: World) -> None:
    await world.tell("delivery", reorder=True)
    ts = await world.post(DRAFT.format(n=7))
    await world.tell("edit", as_="U0LEADER01", channel="C0DRAFTS01", ts=ts, text=DRAFT.format(n=8))
    await world.slack.settled()
    await world.tell("delivery", reorder=False)

    async def newest_asked() -> bool:
        return world.model.asked[-1] == DRAFT.format(n=8)

    await world.until(newest_asked)
    await world.headed(ts, "Ready to post", seconds=30)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_connection_that_slack_ends_is_made_again(world: World, reason: str) -> None:
    await world.tell("delivery", disconnect=reason)
    ts = await world.post(DRAFT.format(n=10 + len(reason)))
    await world.headed(ts, "Ready to post", seconds=30)


async def test_a_deletion_before_the_card_leaves_no_card(world: World) -> None:
    async def held() -> bool:
        return bool(world.slack.faults.held("chat.postMessage"))

    await world.tell("faults", method="chat.postMessage", kind="hold", times=1)
    first = await world.post(DRAFT.format(n=30))
    await world.until(held)
    gone = await world.post(DRAFT.format(n=31))
    await world.tell("delete", as_="U0LEADER01", channel="C0DRAFTS01", ts=gone)
    await world.tell("release", method="chat.postMessage")
    await world.headed(first, "Ready to post", seconds=30)
    await world.slack.settled()
    assert all("Ready to post" != heading(card) for card in await world.cards(gone))


async def test_after_twenty_seconds_the_card_says_what_the_rules_found_and_the_thread_tells_of_the_end(
    world: World,
) -> None:
    world.model.hold()
    ts = await world.post(DRAFT.format(n=40))
    slow = await world.headed(ts, "Half a check so far", seconds=35)
    assert "Ready to post" not in words_of(slow)
    assert "Drop it" in labels(slow)
    world.model.release.set()
    ready = await world.headed(ts, "Ready to post")
    assert slow["ts"] == ready["ts"]

    async def told() -> bool:
        return any("Checked: Ready to post." in words_of(message) for message in await world.thread(ts))

    await world.until(told)

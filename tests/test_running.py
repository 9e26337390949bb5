"""A bot that runs: one broken rule does not stop it, Slack's moods lose nothing, and it ends when it is told to."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, words_of

GOOD = "We have decided to promise every customer a one-hour slot by the end of 2027, because a day is too long to wait in."

BROKEN = """
[[rule]]
number = "Z01"
name = "waits-for-a-comma"
title = "Waits for a comma"
kind = "phrase"
guideline = "G8"
severity = "warn"
reason = "It shows what a pattern may not hold."
message = "There is a comma."
fix = "Take it out."
source = "a test"
patterns = ['promise(?=,)']
flags = ["We promise, and we keep it."]
passes = ["We keep it."]
"""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with World(tmp_path, f"sqlite:///{tmp_path}/lectern.db") as made:
        yield made


def write_rule(folder: Path, text: str) -> None:
    (folder / "prompts" / "rules").mkdir(exist_ok=True)
    (folder / "prompts" / "rules" / "own.toml").write_text(text, encoding="utf-8")


async def end(world: World) -> tuple[int, float]:
    """SIGTERM; the exit code, and the seconds until it came."""
    process = world._process
    assert process is not None
    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(20):
        while process.poll() is None:
            await asyncio.sleep(0.05)
    return process.returncode, time.monotonic() - begin


async def test_a_broken_rule_is_left_out_and_told_and_a_refused_token_loses_no_draft(
    world: World, tmp_path: Path
) -> None:
    write_rule(tmp_path, BROKEN)
    await world.start_bot()
    assert "own.toml, line 13: the rule “Waits for a comma” is left out: " in world.log()

    await world.tell("faults", method="auth.test", kind="error", error="invalid_auth", times=-1)
    card = await world.headed(await world.post(GOOD), "Half a check: the rules found nothing")
    assert "1 rule left out" in words_of(card)

    code, seconds = await end(world)
    assert (0, True) == (code, seconds < 5), f"{seconds:.1f} s"
    assert "Traceback" not in world.log()
    assert world.slack.bot_token not in world.log()


async def test_it_ends_while_the_model_still_thinks_and_goes_on_after_the_next_start(world: World) -> None:
    await world.start_bot()
    world.model.hold()
    ts = await world.post(GOOD)
    await world.until(lambda: _asked(world))
    code, seconds = await end(world)
    assert (0, True) == (code, seconds < 10), f"{seconds:.1f} s"
    assert "Traceback" not in world.log()
    world.model.release.set()
    await world.start_bot()
    await world.headed(ts, "Ready to post")


async def test_it_ends_while_it_still_starts(world: World) -> None:
    await world.tell("faults", method="auth.test", kind="slow", seconds=30)
    starting = asyncio.create_task(world.start_bot())
    await world.until(lambda: _called(world, "auth.test"), 30)
    code, seconds = await end(world)
    starting.cancel()
    assert (0, True, "") == (code, seconds < 5, world.log())


async def _asked(world: World) -> bool:
    return bool(world.model.asked)


async def _called(world: World, method: str) -> bool:
    return any(entry.get("method") == method for entry in world.slack.log.entries)

"""What comms change in prompts/ while the bot runs is used for the next draft; what is faulty is told once and not used."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.world import World, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = (
    "We have decided to promise every customer a one-hour slot by the end of {n}, because a day is too long to wait in."
)
SECONDS = 20
"""The files are looked at every 5 s."""

RULE = """
[[rule]]
number = "Z01"
name = "one-hour"
title = "One hour"
kind = "phrase"
guideline = "G8"
severity = "warn"
reason = "It was promised before."
message = "{message}"
fix = "Say two hours."
source = "a test"
patterns = ['one-hour']
flags = ["A one-hour slot."]
passes = ["A slot."]
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("reload")
    async with World(folder, f"sqlite:///{folder}/lectern.db") as made:
        await made.start_bot()
        yield made


def own_rule(world: World) -> Path:
    path = world._folder / "prompts" / "rules" / "own.toml"
    path.parent.mkdir(exist_ok=True)
    return path


async def logged(world: World, words: str, times: int = 1) -> None:
    """Wait until the log holds these words so often."""

    async def there() -> bool:
        return world.log().count(words) >= times

    await world.until(there, SECONDS)


async def test_a_new_rule_is_used_for_the_next_draft(world: World) -> None:
    await world.headed(await world.post(GOOD.format(n=2027)), "Ready to post")
    own_rule(world).write_text(RULE.format(message="It was one hour before."), encoding="utf-8")
    await logged(world, "the playbook was read anew")
    card = await world.headed(await world.post(GOOD.format(n=2028)), "Better with edits")
    assert "It was one hour before." in words_of(card)


async def test_a_faulty_file_leaves_the_old_ones_in_use_is_told_once_and_can_be_taken_away(world: World) -> None:
    own_rule(world).write_text(RULE.format(message='No end."'), encoding="utf-8")
    await logged(world, "the changed files are faulty; the old ones stay in use")
    card = await world.headed(await world.post(GOOD.format(n=2029)), "Better with edits")
    assert "It was one hour before." in words_of(card)

    own_rule(world).unlink()
    await logged(world, "the playbook was read anew", times=2)
    await world.headed(await world.post(GOOD.format(n=2030)), "Ready to post")
    assert 1 == world.log().count("the changed files are faulty")
    assert "own.toml, line 10: " in world.log()

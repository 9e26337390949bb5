"""When the model is slow, gone or used up: half a check, and a whole one later; told through the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chosen_model import said
from tests.telling import line
from tests.world import DANA, DRAFTS, OVERSIGHT, PRIYA, TOM, World, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = (
    "We have decided to promise every customer a one-hour slot by the end of {n}, because a day is too long to wait in."
)
TOMS = "C0DRAFTS02"
HALF = "Half a check: the rules found nothing"
FEW = 6
"""Reviews of one leader in an hour, in these stories."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("model")
    async with World(folder, f"sqlite:///{folder}/lectern.db", LECTERN_LLM_PARALLEL="1") as made:
        own = folder / "prompts" / "organisation.toml"
        own.write_text(
            own.read_text("utf-8").replace("drafts_per_leader_hour = 100000", f"drafts_per_leader_hour = {FEW}")
        )
        await made.start_bot()
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    world.model.answer = lambda _: said()
    world.model.status = 200
    world.model.release.set()


async def oversight(world: World, text: str) -> list[str]:
    found = [words_of(message) for message in await world.messages(OVERSIGHT, PRIYA)]
    return [words for words in found if text in words]


async def test_a_half_check_becomes_whole_by_itself_and_the_leader_is_told_once(world: World) -> None:
    world.model.status = 500
    first = await world.post(PLAIN.format(n=2030))
    await world.headed(first, HALF, seconds=30)

    async def told_off() -> bool:
        return bool(await oversight(world, "AI review is off since"))

    await world.until(told_off, 15)
    world.model.status = 200
    second = await world.post(PLAIN.format(n=2031), as_=TOM, channel=TOMS)
    await world.headed(second, "Ready to post", TOMS, TOM)
    await world.headed(first, "Ready to post", seconds=20)
    await line(world, first, "Now fully checked: Ready to post.")

    async def told_back() -> bool:
        return bool(await oversight(world, "AI review is back. Drafts reviewed again: 1."))

    await world.until(told_back, 15)
    assert 1 == len(await oversight(world, "AI review is off since"))
    lines = [words_of(message) for message in await world.thread(first) if "fully checked" in words_of(message)]
    assert 1 == len(lines)


async def test_a_question_is_broken_off_when_a_newer_text_arrives(world: World) -> None:
    old, new = PLAIN.format(n=2032), PLAIN.format(n=2033)
    world.model.hold()
    ts = await world.post(old)

    async def asked() -> bool:
        return old in world.model.asked

    await world.until(asked)
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=new)

    async def asked_for_the_new_one() -> bool:
        # There is one place alone, so the question about the old text must have left it.
        return new in world.model.asked

    await world.until(asked_for_the_new_one, 10)
    world.model.release.set()
    await world.headed(ts, "Ready to post")


async def test_over_the_limit_of_the_hour_it_is_half_a_check_that_says_so(world: World) -> None:
    for number in range(FEW + 1):
        last = await world.post(PLAIN.format(n=2040 + number), as_=TOM, channel=TOMS)
    card = await world.headed(last, HALF, TOMS, TOM)
    assert "limit reached" in words_of(card)
    assert PLAIN.format(n=2040 + FEW) not in world.model.asked

"""A leader posts, and pastes nearly the same again on the same day: from the store to the card."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.telling import line, model_as_new, running_world
from tests.world import World, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


SAID = "LinkedIn: We pay for the wait at the gate now. Our drivers asked for it, and they were right to ask."
AGAIN = "LinkedIn: Our drivers asked for it, and they were right to ask: we now pay for the wait at the gate!"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "repeats"):
        model_as_new(made)
        yield made


async def test_a_draft_close_to_a_post_is_told_so_with_its_day(world: World) -> None:
    first = await world.post(SAID)
    card = await world.headed(first, "Ready to post")
    await world.tap(card, "draft.posted")
    await line(world, first, "Recorded: posted on LinkedIn")
    again = await world.post(AGAIN)

    async def told() -> bool:
        return any("Close to your post of" in words_of(card) for card in await world.cards(again))

    await world.until(told)

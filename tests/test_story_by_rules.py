"""A suggested version made by rules, from the card to the text to post: without a model, and beside one that fails."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.chosen_model import finding, said
from tests.telling import form
from tests.world import World, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

POINT = "From {month} on every driver is paid for the wait at the gate."
ASKS = POINT + " Thoughts? #universaldesign"
BETTER = POINT + " #UniversalDesign"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A bot that no model was set up for."""
    folder: Path = tmp_path_factory.mktemp("alone")
    async with World(folder, f"sqlite:///{folder}/lectern.db", OPENAI_API_KEY="", OPENAI_MODEL="") as made:
        await made.start_bot()
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A bot with a model."""
    folder: Path = tmp_path_factory.mktemp("story")
    async with World(folder, f"sqlite:///{folder}/lectern.db") as made:
        await made.start_bot()
        yield made


async def test_without_a_model_a_mechanical_fix_is_offered_and_taken(alone: World) -> None:
    ts = await alone.post(ASKS.format(month="May"))
    card = await alone.headed(ts, "Better with edits")
    better = BETTER.format(month="May")
    assert "Suggested version* · 1 small edit · no facts added · made by rules" in words_of(card)
    assert better in words_of(card)
    assert ["See what changes", "Use this version"] == [
        label for label in labels(card) if label in {"See what changes", "Use this version"}
    ]
    await alone.tap(card, "draft.changes")
    assert better in str(await form(alone, "What changes"))
    await alone.tap(card, "draft.use")
    card = await alone.headed(ts, "Half a check: the rules found nothing")
    assert f"Text to post* · revision 2 {better}" in words_of(card)
    assert "Suggested version" not in words_of(card)
    assert "Not checked: AI review (not set up)" in words_of(card)


async def test_a_hold_has_no_version_made_by_rules(alone: World) -> None:
    ts = await alone.post("We are in talks to acquire a parcel firm, and the term sheet is signed!! Thoughts?")
    card = await alone.headed(ts, "Hold: ask legal first")
    assert "Suggested version" not in words_of(card)
    assert "No suggested version" not in words_of(card)


async def test_the_models_version_takes_the_place_of_the_one_made_by_rules(world: World) -> None:
    own = "From June on no driver waits at a gate unpaid."
    world.model.answer = lambda _: "no JSON at all"
    ts = await world.post(ASKS.format(month="June"))
    card = await world.headed(ts, "Better with edits", seconds=40)
    assert "made by rules" in words_of(card)
    world.model.answer = lambda _: said(outcome="edit", findings=[finding("paid for the wait")], suggestion=own)
    await world.tap(card, "draft.retry")

    async def replaced() -> bool:
        return own in words_of((await world.cards(ts))[0])

    await world.until(replaced)
    card = (await world.cards(ts))[0]
    assert "made by rules" not in words_of(card)
    assert BETTER.format(month="June") not in words_of(card)


async def test_a_version_made_by_rules_is_reviewed_as_any_other_text_once_it_is_taken(world: World) -> None:
    world.model.answer = lambda _: "no JSON at all"
    ts = await world.post(ASKS.format(month="July"))
    card = await world.headed(ts, "Better with edits", seconds=40)
    world.model.answer = lambda _: said()
    asked = len(world.model.asked)
    await world.tap(card, "draft.use")
    card = await world.headed(ts, "Ready to post")
    assert asked + 1 == len(world.model.asked)
    assert f"Text to post* · revision 2 {BETTER.format(month='July')}" in words_of(card)
    assert "whose suggestion this is" not in words_of(card)

"""A wholly compromised model, through the real bot: whatever it answers, the cards are right and harmless."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.attacks import EDIT, HOLD
from tests.chosen_model import Said
from tests.hostile import ANSWERS, NEVER
from tests.world import OVERSIGHT, PRIYA, World, heading, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOFT = (
    "Just wanted to say I think we are maybe starting to see some kind of progress on safety at our depots, hopefully."
)
CARRIERS = {"hold": HOLD, "edit": EDIT, "soft": SOFT}
RIGHT = {"hold": ("Hold: ask",), "edit": ("Better with edits", "Better from", "Hold: ask")}
"""How a card may be headed; the soft draft only says that it was decided."""

MOST_CHARACTERS, MOST_BLOCKS = 9_000, 30


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    many = "drafts_per_leader_hour = 1000"
    async with World(folder, f"sqlite:///{folder}/lectern.db", LECTERN_LLM_DEADLINE_SECONDS="8") as made:
        own = folder / "prompts" / "organisation.toml"
        text = own.read_text("utf-8").replace("drafts_per_leader_hour = 30", many)
        own.write_text(text.replace("drafts_per_hour = 300", "drafts_per_hour = 10000"), "utf-8")
        await made.start_bot()
        yield made


def texts(value: Any) -> Iterator[tuple[str, str]]:
    """Each text of a message's blocks, with the type of what it stands in."""
    if isinstance(value, dict):
        for name in ("text", "value", "url", "alt_text"):
            if isinstance(value.get(name), str):
                yield str(value.get("type", "")), value[name]
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def kinds(value: Any) -> Iterator[str]:
    """Types of all elements in a message's blocks."""
    if isinstance(value, dict):
        yield str(value.get("type", ""))
        for inner in value.values():
            yield from kinds(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from kinds(inner)


@pytest.mark.parametrize("carrier", CARRIERS)
async def test_whatever_a_compromised_model_answers_the_card_is_right_and_harmless(world: World, carrier: str) -> None:
    draft = CARRIERS[carrier]
    by_text = {f"{draft} Depot {number}.": name for number, name in enumerate(ANSWERS)}

    def answer(text: str) -> Said | str:
        system = next(
            str(body["messages"][0]["content"])
            for body in reversed(world.model.bodies)
            if json.dumps(text, ensure_ascii=False) in body["messages"][-1]["content"]
        )
        return ANSWERS[by_text[text]](text, system)

    world.model.answer = answer
    posted = {name: await world.post(text) for text, name in by_text.items()}

    async def decided(ts: str) -> bool:
        cards = await world.cards(ts)
        return bool(cards) and "AI review running" not in words_of(cards[0]) and "Reading" not in heading(cards[0])

    for name, ts in posted.items():
        try:
            await world.until(partial(decided, ts), 20)
        except TimeoutError:
            found = [words_of(card) for card in await world.cards(ts)]
            raise AssertionError(f"{name}: {found}\n{world.log()[-6000:]}") from None
        cards = await world.cards(ts)
        assert 1 == len(cards), name
        _harmless(cards[0], name, draft)
        if carrier in RIGHT:
            assert heading(cards[0]).startswith(RIGHT[carrier]), f"{name}: {heading(cards[0])}"


def _harmless(card: dict[str, Any], name: str, draft: str) -> None:
    shown = words_of(card)
    for never in NEVER:
        assert never not in shown.replace(draft, ""), f"{name}: {never}"
    strange = set(kinds(card["blocks"])) & {"link", "user", "usergroup", "channel", "broadcast", "image", "emoji"}
    assert set() == strange, name
    for kind, text in texts(card["blocks"]):
        assert kind != "mrkdwn" or "<" not in text, f"{name}: {text}"
    assert len(card["blocks"]) <= MOST_BLOCKS, name
    assert len(shown) <= MOST_CHARACTERS, name


async def test_nothing_of_it_went_anywhere_else(world: World) -> None:
    await asyncio.sleep(0.5)
    for message in await world.messages(OVERSIGHT, PRIYA):
        for never in NEVER:
            assert never not in words_of(message)
    for method in ("chat.postMessage", "chat.update", "chat.postEphemeral"):
        for entry in world.slack.log.calls(method):
            told = json.dumps(entry["arguments"], ensure_ascii=False)
            assert "evil.example" not in told
            assert "<!channel" not in told
            assert entry["arguments"].get("unfurl_links") in {None, False, "false"}
    assert "evil" not in world.log()
    assert "Words that nobody wrote" not in world.log()

"""A wholly compromised model, through the real bot: whatever it answers, the cards are right and harmless."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from tests.attacks import EDIT, HOLD
from tests.chosen_model import Said
from tests.hostile import ANSWERS, harm_in
from tests.world import DANA, DRAFTS, OVERSIGHT, PRIYA, TOM, World, heading, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOFT = (
    "Just wanted to say I think we are maybe starting to see some kind of progress on safety at our depots, hopefully."
)
CARRIERS = {"hold": HOLD, "edit": EDIT, "soft": SOFT}
RIGHT = {
    "hold": ("Hold: ask",),
    "edit": ("Better with edits", "Better from", "Hold: ask"),
    # Nothing but what the model may settle stands in the way of this one.
    "soft": ("Better with edits", "Better from", "Hold: ask", "Ready to post", "Half a check", "Skip it"),
}
"""How a card may be headed."""

TOMS = "C0DRAFTS02"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    async with World(
        folder, f"sqlite:///{folder}/lectern.db", LECTERN_LLM_DEADLINE_SECONDS="8", OPENAI_LOG="debug"
    ) as made:
        await made.start_bot()
        yield made


async def test_whatever_a_compromised_model_answers_the_card_is_right_and_harmless(world: World) -> None:
    kinds = list(CARRIERS)
    drafts = {name: f"{CARRIERS[kinds[n % len(kinds)]]} Depot {n}." for n, name in enumerate(ANSWERS)}
    by_text = {text: name for name, text in drafts.items()}

    def answer(text: str) -> Said | str:
        asked = (body["messages"] for body in reversed(world.model.bodies))
        sent = json.dumps(text, ensure_ascii=False)
        system = next(str(messages[0]["content"]) for messages in asked if sent in messages[-1]["content"])
        return ANSWERS[by_text[text]](text, system)

    world.model.answer = answer
    whose = {name: (DANA, DRAFTS) if n % 2 else (TOM, TOMS) for n, name in enumerate(ANSWERS)}
    posted = {name: await world.post(text, *whose[name]) for name, text in drafts.items()}
    for n, (name, ts) in enumerate(posted.items()):
        as_, channel = whose[name]
        await world.until(partial(decided, world, ts, as_, channel), 40)
        cards = await world.cards(ts, channel, as_)
        assert 1 == len(cards), name
        assert [] == harm_in(cards[0]["blocks"], drafts[name]), name
        assert heading(cards[0]).startswith(RIGHT[kinds[n % len(kinds)]]), f"{name}: {heading(cards[0])}"


async def decided(world: World, ts: str, as_: str, channel: str) -> bool:
    cards = await world.cards(ts, channel, as_)
    return bool(cards) and "AI review running" not in words_of(cards[0]) and "Reading" not in heading(cards[0])


async def test_nothing_of_it_went_anywhere_else(world: World) -> None:
    for message in await world.messages(OVERSIGHT, PRIYA):
        assert [] == harm_in(message["blocks"], "")
    for method in ("chat.postMessage", "chat.update", "chat.postEphemeral"):
        for entry in world.slack.log.calls(method):
            told = json.dumps(entry["arguments"], ensure_ascii=False)
            assert "evil.example" not in told
            assert "<!channel" not in told
            assert entry["arguments"].get("unfurl_links") in {None, False, "false"}
    assert "evil" not in world.log()
    assert "parcel firm" not in world.log()
    assert "Words that nobody wrote" not in world.log()

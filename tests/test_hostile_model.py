"""A wholly compromised model, on each kind of draft: the outcome is never better than the rules', and the card harmless."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.llm.openai_model import OpenAIModel
from bot.model import Attachments, Draft, DraftView, Outcome, Revision, State, Verdict, text_hash
from bot.slack.cards.review import draw_review
from tests.attacks import CARRIERS
from tests.chosen_model import ChosenModel
from tests.examined import NOW, examined, served, shipped
from tests.hostile import ANSWERS, harm_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORST = {"hold": Outcome.HOLD, "redirect": Outcome.REDIRECT, "edit": Outcome.EDIT}
USELESS = (
    "nothing but invented quotes", "a huge quote", "white space",
    "the hidden word", "the hidden word spaced", "the hidden word in a quote",
    "the whole prompt", "keys that nobody asked for", "the wrong types", "no object", "deep nesting", "half an answer",
    "a page", "two answers", "half a character", "nothing but a null",
)  # fmt: skip
"""Answers of which nothing is kept."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both() -> AsyncIterator[tuple[ChosenModel, OpenAIModel]]:
    async with served(deadline_seconds=10) as made:
        yield made


def card_of(text: str, verdict: Verdict) -> list[dict[str, object]]:
    """The card's blocks, as Slack would get them."""
    draft = Draft("d1", "U1", "U1", "C1", "1.1", "1.1", ("linkedin",), True, State.ADVISED, NOW)
    view = DraftView(draft, Revision("r1", "d1", 1, text, text_hash(text), "message", Attachments(), NOW), verdict)
    return draw_review(view, shipped().playbook, now=NOW, timezone="UTC", names={"U1": "Dana Reyes"}).blocks


@pytest.mark.parametrize("name", ANSWERS)
async def test_no_answer_betters_an_outcome_or_harms_a_card(both: tuple[ChosenModel, OpenAIModel], name: str) -> None:
    server, model = both
    server.answer = lambda draft: ANSWERS[name](draft, str(server.bodies[-1]["messages"][0]["content"]))
    for carrier, text in CARRIERS.items():
        verdict = await examined(model, text)
        assert WORST[carrier].rank >= verdict.outcome.rank, carrier
        assert [] == harm_in(card_of(text, verdict), text), carrier
        assert (name in USELESS) == (not verdict.complete), f"{carrier}: {verdict.critique}"

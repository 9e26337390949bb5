"""One text from question to verdict: the repair try, the names that are known, and what the model is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.llm.openai_model import OpenAIModel
from tests.chosen_model import ChosenModel, Said, finding, said
from tests.examined import examined, served

SOFT = (
    "Just wanted to say I think we are maybe starting to see some kind of progress on safety at our depots, hopefully."
)
PLAIN = "We are starting to see progress on safety at our depots."
INVENTED = "Injuries at our depots fell by 47% last year."
USAGE = 2_000


@pytest.fixture
async def both() -> AsyncIterator[tuple[ChosenModel, OpenAIModel]]:
    async with served(deadline_seconds=20) as made:
        yield made


def one_after_another(server: ChosenModel, *answers: Said | str) -> None:
    left = list(answers)
    server.answer = lambda _: left.pop(0) if len(left) > 1 else left[0]


def edit(suggestion: str | None, **changes: Any) -> Said:
    return said(findings=[finding("maybe")], suggestion=suggestion, outcome="edit", **changes)


def told(server: ChosenModel, number: int = -1) -> str:
    """The user message of a question."""
    return str(server.bodies[number]["messages"][-1]["content"])


async def test_a_suggestion_that_stands_needs_no_second_question(both: tuple[ChosenModel, OpenAIModel]) -> None:
    server, model = both
    one_after_another(server, edit(PLAIN))
    verdict = await examined(model, SOFT)
    assert (PLAIN, None, 1) == (verdict.suggestion, verdict.withheld, len(server.asked))


async def test_a_suggestion_with_a_new_fact_is_mended_once_and_both_questions_are_counted(
    both: tuple[ChosenModel, OpenAIModel],
) -> None:
    server, model = both
    one_after_another(server, edit(INVENTED), edit(PLAIN))
    verdict = await examined(model, SOFT)
    assert (PLAIN, None, 2) == (verdict.suggestion, verdict.withheld, len(server.asked))
    assert 2 * USAGE == verdict.usage.tokens_in
    assert "47%" in told(server)
    assert "neither in the draft nor approved" in told(server)


@pytest.mark.parametrize(
    ("suggestion", "says"),
    [
        ("Progress on safety at our depots: https://elsewhere.example/safety", "a link, a mention"),
        ("Progress on safety at our depots. " * 40, "too long"),
        ("Just wanted to say: progress on safety at our depots.", "A rule found a point"),
    ],
    ids=["unsafe", "length", "rules"],
)
async def test_each_reason_is_told_in_words(both: tuple[ChosenModel, OpenAIModel], suggestion: str, says: str) -> None:
    server, model = both
    one_after_another(server, edit(suggestion), edit(PLAIN))
    assert PLAIN == (await examined(model, SOFT)).suggestion
    assert says in told(server)


async def test_a_second_suggestion_that_is_no_better_leaves_it_withheld(
    both: tuple[ChosenModel, OpenAIModel],
) -> None:
    server, model = both
    one_after_another(server, edit(INVENTED), edit("Now 48% fewer injuries at our depots."))
    verdict = await examined(model, SOFT)
    assert (None, "facts", 2) == (verdict.suggestion, verdict.withheld, len(server.asked))
    assert 2 * USAGE == verdict.usage.tokens_in


@pytest.mark.parametrize("second", ["no JSON at all", said(suggestion=None), said(suggestion=PLAIN, outcome="ready")])
async def test_a_second_answer_takes_nothing_from_the_first(
    both: tuple[ChosenModel, OpenAIModel], second: Said | str
) -> None:
    server, model = both
    one_after_another(server, edit(INVENTED, reason="It hedges."), second)
    verdict = await examined(model, SOFT)
    assert ("edit", "It hedges.", True) == (verdict.outcome.value, verdict.reason, verdict.complete)
    assert "maybe" in {one.quote for one in verdict.findings}


async def test_without_time_for_another_try_it_is_withheld_at_once() -> None:
    async with served(deadline_seconds=2.5) as (server, model):
        one_after_another(server, edit(INVENTED), edit(PLAIN))
        verdict = await examined(model, SOFT)
    assert ("facts", 1) == (verdict.withheld, len(server.asked))


async def test_a_colleagues_name_that_opens_a_sentence_is_a_new_fact(both: tuple[ChosenModel, OpenAIModel]) -> None:
    server, model = both
    one_after_another(server, edit("Wanjiru knows that we are starting to see progress on safety at our depots."))
    assert "facts" == (await examined(model, SOFT, known_names=("Wanjiru Mbeki",))).withheld


async def test_small_points_on_words_that_lectern_proposed_are_left_out(
    both: tuple[ChosenModel, OpenAIModel],
) -> None:
    server, model = both
    one_after_another(server, said(findings=[finding("progress on safety")], outcome="ready"))
    text = "We are starting to see progress on safety at our depots, and we will publish it each month."
    assert [] == [one for one in (await examined(model, text, proposed=(text,))).findings if one.source == "critique"]


async def test_the_provider_gets_a_stand_in_for_the_leader(both: tuple[ChosenModel, OpenAIModel]) -> None:
    server, model = both
    await examined(model, PLAIN, person="a1b2c3")
    assert "a1b2c3" == server.bodies[0]["safety_identifier"]

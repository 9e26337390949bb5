"""Drafts that command their reviewer, before a model that obeys them: what the rules found stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache

import pytest
import pytest_asyncio

from bot.llm.openai_model import OpenAIModel
from bot.model import Outcome, Verdict
from tests.attacks import ATTACKS, CARRIERS, PLACES
from tests.chosen_model import ChosenModel, said
from tests.examined import CONTEXT, examined, served, shipped
from tests.hostile import SETTLED

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALONE = {"hold": Outcome.HOLD, "redirect": Outcome.REDIRECT, "edit": Outcome.EDIT}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def obedient() -> AsyncIterator[tuple[ChosenModel, OpenAIModel]]:
    """A model that does whatever a draft tells it: it settles all, finds nothing, and says ready."""
    async with served() as (server, model):
        server.answer = lambda _: said(settled=SETTLED, outcome="ready")
        yield server, model


@cache
def warnings_settled() -> frozenset[str]:
    return frozenset(rule.name for rule in shipped().playbook.rules if rule.settled_by_critique)


def may_not_be_less(verdict: Verdict, text: str) -> None:
    """The outcome is as bad as that of the rules, but for what they leave to the critique."""
    found = shipped().rules.check(text, CONTEXT).findings
    bound = [one for one in found if one.rule not in warnings_settled() and not one.grey]
    kept = {(one.rule, one.start) for one in verdict.findings}
    assert [] == [(one.rule, one.quote) for one in bound if (one.rule, one.start) not in kept]


async def test_there_are_enough_attacks_and_no_two_are_the_same() -> None:
    assert 50 <= len(ATTACKS) == len(set(ATTACKS.values()))


@pytest.mark.parametrize("carrier", CARRIERS)
async def test_the_carriers_alone_have_the_outcome_that_they_are_named_after(
    obedient: tuple[ChosenModel, OpenAIModel], carrier: str
) -> None:
    assert ALONE[carrier] == (await examined(obedient[1], CARRIERS[carrier])).outcome


@pytest.mark.parametrize("attack", ATTACKS)
async def test_an_order_in_a_draft_lifts_nothing_that_the_rules_found(
    obedient: tuple[ChosenModel, OpenAIModel], attack: str
) -> None:
    for number, (name, carrier) in enumerate(CARRIERS.items()):
        places = list(PLACES)
        place = places[(number + list(ATTACKS).index(attack)) % len(places)]
        text = PLACES[place](carrier, ATTACKS[attack])
        verdict = await examined(obedient[1], text)
        assert ALONE[name].rank >= verdict.outcome.rank, f"{name}, {place}"
        may_not_be_less(verdict, text)


@pytest.mark.parametrize("place", PLACES)
async def test_wherever_the_order_stands_a_held_post_stays_held(
    obedient: tuple[ChosenModel, OpenAIModel], place: str
) -> None:
    for attack in list(ATTACKS.values())[:6]:
        text = PLACES[place](CARRIERS["hold"], attack)
        assert Outcome.HOLD is (await examined(obedient[1], text)).outcome


async def test_an_order_is_sent_as_the_drafts_words_between_its_markers(
    obedient: tuple[ChosenModel, OpenAIModel],
) -> None:
    server, model = obedient
    for name in ("false end", "false end with nonce", "role tags", "template braces", "tag characters"):
        await examined(model, PLACES["behind"](CARRIERS["hold"], ATTACKS[name]))
        system, user = (str(message["content"]) for message in server.bodies[-1]["messages"])
        assert 1 == len([line for line in user.splitlines() if line.startswith("<<<")])
        assert ATTACKS[name][:20] not in system
        assert "\U000e0061" not in user
        marked = user.splitlines()[-2]
        assert marked.startswith('"')
        assert marked.endswith('"')

"""A draft from paste to card, told through the stand-in with the bot as a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.chosen_model import finding, said
from tests.world import PRIYA, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = (
    "We have decided to promise every customer a one-hour slot by the end of {n}, because a day is too long to wait in."
)
SOFT = (
    "Just wanted to say I think we are maybe starting to see some kind of progress on safety at depot {n}, hopefully."
)
CARE = "@parcelfan{n} so sorry to hear this. Your parcel should have come on Tuesday. DM me your order number and I'll look into it."
DEAL = "We are in talks to acquire a parcel firm in Leeds, and the term sheet has {n} pages already."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("story")
    async with World(folder, f"sqlite:///{folder}/lectern.db") as made:
        await made.start_bot()
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    world.model.answer = lambda _: said()
    world.model.status = 200
    world.model.release.set()


async def test_a_pasted_draft_gets_one_card_that_ends_as_ready(world: World) -> None:
    ts = await world.post(PLAIN.format(n=2027))
    card = await world.headed(ts, "Ready to post")
    assert "Posted it…" in labels(card) or "Posted it" in labels(card)


async def test_the_first_card_stands_before_the_model_has_answered(world: World) -> None:
    world.model.hold()
    ts = await world.post(PLAIN.format(n=2028))
    first = await world.headed(ts, "Reading your draft")
    assert [] == labels(first)
    world.model.release.set()
    card = await world.headed(ts, "Ready to post")
    assert first["ts"] == card["ts"]


async def test_a_hold_of_the_rules_stands_at_once_and_the_model_cannot_lift_it(world: World) -> None:
    world.model.answer = lambda _: said(settled=[{"rule": "deal", "reason": "It is fine."}], outcome="ready")
    world.model.hold()
    ts = await world.post(DEAL.format(n=4))

    async def held() -> bool:
        return any(heading(card).startswith("Hold: ask") for card in await world.cards(ts))

    await world.until(held)
    world.model.release.set()
    await asyncio.sleep(1)
    cards = await world.cards(ts)
    assert 1 == len(cards)
    assert heading(cards[0]).startswith("Hold: ask")


async def test_a_reply_to_one_customer_is_better_from_care(world: World) -> None:
    world.model.answer = lambda _: said(outcome="redirect", route="customer-care", kind="reply to a customer")
    ts = await world.post(CARE.format(n=1))
    card = await world.headed(ts, "Better from care")
    assert "Send to care…" in labels(card)


async def test_an_edit_while_the_model_thinks_shows_only_the_new_texts_result(world: World) -> None:
    old, new = SOFT.format(n=7), PLAIN.format(n=2031)
    world.model.answer = lambda draft: (
        said(findings=[finding("Just wanted to say")], reason="The old text.", outcome="edit")
        if "depot 7" in draft
        else said(reason="The new text.")
    )
    world.model.hold()
    ts = await world.post(old)

    async def asked() -> bool:
        return old in world.model.asked

    await world.until(asked)
    await world.tell("edit", as_="U0LEADER01", channel="C0DRAFTS01", ts=ts, text=new)

    async def asked_again() -> bool:
        return new in world.model.asked

    await world.until(asked_again)
    world.model.release.set()
    card = await world.headed(ts, "Ready to post")
    await asyncio.sleep(1)
    assert "The new text." in words_of(card)
    seen = [
        entry["arguments"]
        for method in ("chat.postMessage", "chat.update")
        for entry in world.slack.log.calls(method)
        if "The old text." in str(entry.get("arguments"))
    ]
    assert [] == seen


async def test_an_edited_draft_gets_a_line_in_the_thread_and_the_same_card(world: World) -> None:
    world.model.answer = lambda draft: (
        said() if "decided" in draft else said(findings=[finding("maybe")], outcome="edit")
    )
    ts = await world.post(SOFT.format(n=8))
    before = await world.headed(ts, "Better with edits")
    await world.tell("edit", as_="U0LEADER01", channel="C0DRAFTS01", ts=ts, text=PLAIN.format(n=2032))
    after = await world.headed(ts, "Ready to post")
    assert before["ts"] == after["ts"]

    async def told() -> bool:
        return any("Revision 2 checked" in words_of(message) for message in await world.thread(ts))

    await world.until(told)


async def test_an_unfurled_link_is_no_new_text(world: World) -> None:
    ts = await world.post(
        "Our results are out today, and what matters most stands on page four: https://alder.example/report"
    )

    async def reviewed() -> bool:
        return any(heading(card) not in {"", "Reading your draft"} for card in await world.cards(ts))

    await world.until(reviewed)
    asked = len(world.model.asked)
    await world.tell("unfurl", channel="C0DRAFTS01", ts=ts)
    await world.slack.settled()
    await asyncio.sleep(0.5)
    assert asked == len(world.model.asked)
    assert not any("Revision 2" in words_of(message) for message in await world.thread(ts))


async def test_a_deleted_draft_loses_its_text_everywhere(world: World) -> None:
    text = "Zebrafinch is the word that must be gone from all of our cards once its message has been deleted by its author."
    world.model.answer = lambda _: said(findings=[finding("Zebrafinch")], suggestion=text, outcome="edit")
    ts = await world.post(text)
    await world.headed(ts, "Better with edits")
    await world.tell("delete", as_="U0LEADER01", channel="C0DRAFTS01", ts=ts)

    async def gone() -> bool:
        cards = await world.cards(ts)
        return len(cards) == 1 and "Zebrafinch" not in words_of(cards[0])

    await world.until(gone)
    assert "Zebrafinch" not in world.log()


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [(500, "", "not available"), (200, "no JSON at all", "not usable")],
    ids=["the server fails", "the answer is no JSON"],
)
async def test_without_a_critique_it_is_half_a_check_and_never_ready(
    world: World, status: int, answer: str, reason: str
) -> None:
    world.model.status = status
    world.model.answer = lambda _: answer
    ts = await world.post(PLAIN.format(n=2040 + status // 100))
    card = await world.headed(ts, "Half a check: the rules found nothing", seconds=40)
    assert reason in words_of(card)
    assert "Ready to post" not in words_of(card)


async def test_a_hostile_model_reaches_nobody(world: World) -> None:
    hostile: dict[str, Any] = said(
        findings=[
            finding("maybe", why="<!channel> see <https://evil.example/x|this> and @here", fix="<@U0COMMS001> *now*"),
            finding("words that were never written", why="An invented quote."),
            finding("hopefully", why="Go to https://evil.example/pixel.png"),
        ],
        suggestion="We cut injuries by 47% with Jane Fonda, see https://evil.example/a <!here>",
        reason="<!everyone> https://evil.example/b",
        outcome="edit",
    )
    world.model.answer = lambda _: hostile
    ts = await world.post(SOFT.format(n=66))
    card = await world.headed(ts, "Better with edits")
    shown = words_of(card)
    for never in (
        "evil.example",
        "47%",
        "Jane Fonda",
        "An invented quote",
        "words that were never written",
        "<!",
        "<@U0C",
    ):
        assert never not in shown
    assert "No suggested version" in shown
    sent = [
        entry["arguments"] for entry in world.slack.log.calls("chat.update") + world.slack.log.calls("chat.postMessage")
    ]
    assert not any("evil.example" in str(arguments) for arguments in sent)


async def test_oversight_sees_outcome_and_rules_and_never_the_text(world: World) -> None:
    await world.post("Quokkas in the yard: " + CARE.format(n=3))

    async def line() -> bool:
        return any("Dana Reyes" in words_of(message) for message in await world.messages("C0OVERSITE", PRIYA))

    await world.until(line)
    assert not any("Quokka" in words_of(message) for message in await world.messages("C0OVERSITE", PRIYA))


async def test_logs_and_metadata_hold_no_text_of_a_draft(world: World) -> None:
    text = "Numbat paragraph for the logs: we have decided to publish our delivery standard each month from now on."
    ts = await world.post(text)
    card = await world.headed(ts, "Ready to post")
    assert "Numbat" not in world.log()
    assert "Numbat" not in str(card["metadata"])

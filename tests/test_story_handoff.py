"""A hand-off from the leader's card to the team and back, told through the local workspace (F31)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telling import form, line, model_as_new, running_world, send, told
from tests.world import CARE, DANA, DRAFTS, EVE, PRIYA, SAM, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE_PARCEL = (
    "@parcelfan so sorry to hear this. Your parcel should be in {place}. DM me your order number and I'll look into it."
)
TO_CARE = "Better from care"
LINK = "https://social.example/parcelfan/1"
TITLE = "Hand-off from Dana Reyes: customer care"
FULL = "Send to another team"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "handoff"):
        await made.tell("join", as_=PRIYA, channel=CARE)
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def for_care(world: World, place: str) -> tuple[str, dict[str, Any]]:
    ts = await world.post(LATE_PARCEL.format(place=place))
    return ts, await world.headed(ts, TO_CARE)


async def sent(world: World, place: str, as_: str = DANA, **values: Any) -> tuple[str, dict[str, Any]]:
    """A draft whose hand-off has been sent: its ts, and the card in the team's channel."""
    ts, card = await for_care(world, place)
    await world.tap(card, "draft.handoff", as_)
    view = await form(world, FULL, as_)
    assert (await send(world, view, as_, **{"what": f"A late parcel in {place}."} | values))["ok"]
    return ts, await case(world, place)


async def case(world: World, place: str, status: str = "") -> dict[str, Any]:
    """The team's card that speaks of this place, as soon as `status` stands on it."""

    async def found() -> list[dict[str, Any]]:
        return [
            one
            for one in await world.messages(CARE, SAM)
            if heading(one) and f"in {place}" in words_of(one) and status in words_of(one)
        ]

    await world.until(found)
    assert 1 == len(await found())
    return (await found())[0]


async def test_a_hand_off_goes_to_its_team_and_every_step_comes_back_to_the_thread(world: World) -> None:
    ts, card = await sent(world, "Hull", link=LINK, promised="nothing", answered="no")
    assert TITLE == heading(card)
    for words in (
        "H-0001",
        "Please answer by",
        "sent by Dana Reyes",
        LINK,
        "Dana Reyes has answered no",
        "Promised nothing",
    ):
        assert words in " ".join(words_of(card).split())
    assert "so sorry" not in words_of(card)
    await line(world, ts, "Sent to customer care (H-0001). They aim to answer by")
    assert ["Claim", "Done…"] == labels(card)
    await world.tap(card, "handoff.claim", SAM, CARE)
    claimed = await line(world, ts, "Sam Idowu has it, 0 minutes after it was sent.")
    assert claimed["text"].startswith(f"<@{DANA}>")
    card = await case(world, "Hull", "Claimed by Sam Idowu")
    assert ["Done…", "Put back"] == labels(card)
    await world.tap(card, "handoff.put_back", SAM, CARE)
    await line(world, ts, "Sam Idowu put H-0001 back. It stays with customer care.")
    card = await case(world, "Hull", "Done…")
    await world.tap(card, "handoff.done", SAM, CARE)
    view = await form(world, "Close this hand-off", SAM)
    assert "line" in (await send(world, view, SAM, line="ok"))["errors"]
    assert (await send(world, view, SAM, line="Replied and refunded <!here>"))["ok"]
    done = await line(world, ts, "Done by Sam Idowu.")
    assert "“Replied and refunded <!here>”" in words_of(done)
    assert "<!here>" not in done["text"]
    card = await case(world, "Hull", "Done by Sam Idowu")
    assert [] == labels(card)
    card = (await world.cards(ts))[0]
    assert "H-0001 done by Sam Idowu, customer care" in words_of(card)
    assert "Send to care…" not in labels(card)


async def test_the_form_says_what_is_missing_and_loses_nothing(world: World) -> None:
    ts, card = await for_care(world, "Leeds")
    await world.tap(card, "draft.handoff")
    view = await form(world, FULL)
    team = next(block["element"] for block in view["blocks"] if block["block_id"] == "team")
    assert "customer-care" == team["initial_option"]["value"]
    answer = await send(world, view)
    assert {"what": "Give the team a link, a few words or the draft."} == answer["errors"]
    answer = await send(world, view, link="social.example/1", what="A late parcel in Leeds.", promised="a call")
    assert {"link": "A link starts with https://"} == answer["errors"]
    assert view["id"] == (await form(world, FULL))["id"]
    assert (await send(world, view, link=LINK))["ok"]
    card = await case(world, "Leeds")
    assert "Promised a call" in " ".join(words_of(card).split())
    await line(world, ts, "Sent to customer care")


async def test_a_team_whose_channel_lectern_is_not_in_is_refused_before_anything_is_sent(world: World) -> None:
    ts, card = await for_care(world, "Goole")
    await world.tap(card, "draft.handoff")
    view = await form(world, FULL)
    await world.tell("leave", as_="U0LECTERN1", channel="C0SALES001")
    answer = await send(world, view, what="A late parcel in Goole.", team="sales")
    assert {"team": "Lectern isn't in the channel of sales yet. Pick another team."} == answer["errors"]
    assert 1 == len(await world.thread(ts))


async def test_the_draft_travels_only_when_it_is_ticked(world: World) -> None:
    _, card = await sent(world, "Selby", include=["draft"], what="")
    assert "What Dana Reyes was about to say:" in words_of(card)
    assert "Your parcel should be in Selby." in words_of(card)


async def test_needed_by_brings_the_answer_forward(world: World) -> None:
    soon = int(time.time()) + 300
    _, card = await sent(world, "Thorne", needed_by=soon)
    assert f"Please answer by {time.strftime('%H:%M', time.gmtime(soon))}" in words_of(card)


async def test_of_two_who_claim_one_has_it_and_the_other_is_told(world: World) -> None:
    ts, card = await sent(world, "Ripon")
    await asyncio.gather(world.tap(card, "handoff.claim", SAM, CARE), world.tap(card, "handoff.claim", PRIYA, CARE))
    await case(world, "Ripon", "Claimed by")

    async def losers() -> list[str]:
        return [
            one["text"]
            for person in (SAM, PRIYA)
            for one in await world.messages(CARE, person)
            if one["ephemeral_for"] == person and one["text"].startswith("Already claimed by ")
        ]

    await world.until(losers)
    assert 1 == len(await losers())
    await line(world, ts, "has it,")
    lines = [one for one in await world.thread(ts) if "has it," in words_of(one) and not heading(one)]
    assert 1 == len(lines)


async def test_what_was_put_back_twice_says_who_put_it_back(world: World) -> None:
    _, card = await sent(world, "Otley")
    await world.tap(card, "handoff.claim", SAM, CARE)
    card = await case(world, "Otley", "Claimed by")
    await asyncio.gather(
        world.tap(card, "handoff.put_back", SAM, CARE), world.tap(card, "handoff.put_back", PRIYA, CARE)
    )

    async def one_is_told() -> bool:
        heard = [
            one["text"]
            for person in (SAM, PRIYA)
            for one in await world.messages(CARE, person)
            if one["ephemeral_for"] == person and one["text"].startswith("Already put back by ")
        ]
        return 1 == len(heard)

    await world.until(one_is_told)


async def test_a_delegate_sends_for_the_leader_and_withdraws_again(world: World) -> None:
    ts, card = await sent(world, "Filey", EVE, include=["draft"])
    assert "sent by Eve Lund for Dana Reyes" in words_of(card)
    told_of = await line(world, ts, "Sent to customer care")
    assert told_of["text"].startswith(f"<@{DANA}>")
    own = (await world.cards(ts))[0]
    await world.tap(own, "handoff.withdraw", PRIYA)
    await told(world, "Only the leader or their delegate can do this.", PRIYA, thread=ts)
    await asyncio.gather(world.tap(own, "handoff.withdraw", EVE), world.tap(own, "handoff.withdraw"))
    await line(world, ts, "Withdrawn: H-")

    async def emptied() -> bool:
        cards = [one for one in await world.messages(CARE, SAM) if one["ts"] == card["ts"]]
        return "The text of this hand-off is gone." in words_of(cards[0])

    await world.until(emptied)
    left = next(one for one in await world.messages(CARE, SAM) if one["ts"] == card["ts"])
    assert "Filey" not in words_of(left)
    assert [] == labels(left)
    assert "Send to care…" in labels((await world.cards(ts))[0])


async def test_a_dropped_draft_takes_back_what_nobody_has_claimed(world: World) -> None:
    ts, card = await sent(world, "Whitby")
    await world.tap((await world.cards(ts))[0], "draft.drop")

    async def withdrawn() -> bool:
        found = next(one for one in await world.messages(CARE, SAM) if one["ts"] == card["ts"])
        return "Withdrawn by Dana Reyes" in words_of(found)

    await world.until(withdrawn)


async def test_a_card_of_a_text_that_has_changed_sends_nothing(world: World) -> None:
    ts, card = await for_care(world, "Malton")
    await world.tap(card, "draft.handoff")
    view = await form(world, FULL)
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=LATE_PARCEL.format(place="Malton or Driffield"))
    await line(world, ts, "Revision 2 checked")
    answer = await send(world, view, what="A late parcel in Malton.")
    assert {"team": "The draft has a newer text. Close this form and open it again."} == answer["errors"]


async def test_who_has_left_the_team_does_not_close_its_cases(world: World) -> None:
    _, card = await sent(world, "Beverley")
    await world.tap(card, "handoff.done", SAM, CARE)
    view = await form(world, "Close this hand-off", SAM)
    await world.tell("leave", as_=SAM, channel=CARE)
    await asyncio.sleep(0.3)
    answer = await send(world, view, SAM, line="Replied to them")
    await world.tell("join", as_=SAM, channel=CARE)
    assert {"line": "Only the team that it went to, or comms, can do this."} == answer["errors"]


async def test_a_long_draft_goes_on_in_the_cards_thread_whole_and_once(world: World) -> None:
    sentences = [f"DM me your order number {n} and I will look into your parcel myself today." for n in range(200)]
    text = LATE_PARCEL.format(place="Hedon") + " " + " ".join(sentences)
    ts = await world.post(text)
    card = await world.headed(ts, TO_CARE)
    await world.tap(card, "draft.handoff")
    view = await form(world, FULL)
    assert (await send(world, view, what="A late parcel in Hedon.", include=["draft"]))["ok"]
    card = await case(world, "Hedon")

    async def whole() -> bool:
        return 2 == len(await world.thread(card["ts"], CARE, SAM))

    await world.until(whole)
    assert "The draft goes on in this thread." in words_of(card)
    rest = await world.thread(card["ts"], CARE, SAM)
    shown = "".join(preformatted(one) for one in [card, *rest])
    assert "".join(text.split()) == "".join(shown.split())
    await world.tell("action", as_=DANA, channel=DRAFTS, **withdraw_of((await world.cards(ts))[0]))

    async def gone() -> bool:
        return all(
            "The text of this hand-off is gone." in words_of(one) for one in await world.thread(card["ts"], CARE, SAM)
        )

    await world.until(gone)


def preformatted(message: dict[str, Any]) -> str:
    parts = [part for block in message["blocks"] for part in block.get("elements", []) if block["type"] == "rich_text"]
    return "".join(
        element["text"] for part in parts if part["type"] == "rich_text_preformatted" for element in part["elements"]
    )


def withdraw_of(card: dict[str, Any]) -> dict[str, Any]:
    block = next(one for one in card["blocks"] if one.get("accessory", {}).get("action_id") == "handoff.withdraw")
    return {
        "ts": card["ts"],
        "action_id": "handoff.withdraw",
        "block_id": block["block_id"],
        "value": block["accessory"]["value"],
    }

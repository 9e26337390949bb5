"""Every tap is answered: by the one who may, by somebody else, twice, too late, on an old card, after a restart (F48, F28)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.chosen_model import finding, said
from tests.telling import ask_why, form, line, model_as_new, no_faults, running_world, send, told
from tests.world import DANA, DRAFTS, EVE, GIL, PRIYA, SAM, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = "LinkedIn: We will give every customer in {place} a one-hour slot from next spring, because a day is too long."
ANYWHERE = PLAIN.removeprefix("LinkedIn: ")
SOFT = "LinkedIn: We will kind of give every customer in {place} a one-hour slot from next spring."
BETTER = "Every customer in {place} gets a one-hour slot from next spring."
LATE_PARCEL = (
    "@parcelfan so sorry to hear this. Your parcel should be in {place}. DM me your order number and I'll look into it."
)

ONLY = "Only the leader, their delegate or whoever submitted the draft can do this."
CHANGED = "The text changed since this card was drawn. It has been drawn again."
TO_CARE = "Better from care"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "taps", cadence=False):
        # Sam reads along in Dana's channel, and is nothing to her drafts. Gil is a guest there.
        for person in (SAM, GIL):
            await made.tell("join", as_=person, channel=DRAFTS)
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def ready(world: World, place: str, text: str = PLAIN, as_: str = DANA) -> tuple[str, dict[str, Any]]:
    ts = await world.post(text.format(place=place), as_=as_)
    return ts, await world.headed(ts, "Ready to post")


async def with_suggestion(world: World, place: str) -> tuple[str, dict[str, Any]]:
    better = BETTER.format(place=place)
    world.model.answer = lambda draft: (
        said(outcome="edit", findings=[finding("kind of")], suggestion=better) if "kind of" in draft else said()
    )
    ts = await world.post(SOFT.format(place=place))
    return ts, await world.headed(ts, "Better with edits")


async def for_care(world: World, place: str) -> tuple[str, dict[str, Any]]:
    ts = await world.post(LATE_PARCEL.format(place=place))
    return ts, await world.headed(ts, TO_CARE)


async def half(world: World, place: str) -> tuple[str, dict[str, Any]]:
    world.model.answer = lambda _: "no JSON at all"
    ts = await world.post(PLAIN.format(place=place))
    return ts, await world.headed(ts, "Half a check: the rules found nothing")


async def dropped(world: World, place: str) -> tuple[str, dict[str, Any]]:
    model_as_new(world)
    ts, card = await ready(world, place)
    await world.tap(card, "draft.drop")
    return ts, await world.headed(ts, "Dropped")


async def posted(world: World, place: str) -> tuple[str, dict[str, Any]]:
    ts, card = await ready(world, place)
    await world.tap(card, "draft.posted")
    await line(world, ts, "Recorded: posted on LinkedIn")

    async def shown() -> bool:
        return heading((await world.cards(ts))[0]).startswith("Posted on LinkedIn")

    await world.until(shown)
    return ts, (await world.cards(ts))[0]


# ---- the wrong person


async def test_somebody_who_only_reads_along_is_told_who_may(world: World) -> None:
    suggested = await with_suggestion(world, "Rhyl")
    cards = {
        "draft.use": suggested,
        "draft.edit": suggested,
        "draft.drop": suggested,
        "draft.posted": suggested,
        "draft.handoff": await for_care(world, "Rhos"),
        "draft.retry": await half(world, "Ruabon"),
        "draft.restore": await dropped(world, "Ruthin"),
        "draft.posted_details": await posted(world, "Rossett"),
    }
    for verb, (ts, card) in cards.items():
        await world.tap(card, verb, SAM)
        await told(world, ONLY, SAM, thread=ts)
    assert "Better with edits" == heading((await world.cards(suggested[0]))[0])
    await told(world, ONLY, SAM, thread=suggested[0], times=4)


async def test_comms_marks_as_posted_and_does_nothing_else_with_a_leaders_draft(world: World) -> None:
    ts, card = await ready(world, "Barry")
    await world.tap(card, "draft.drop", PRIYA)
    await told(world, ONLY, PRIYA, thread=ts)
    await world.tap(card, "draft.posted", PRIYA)
    recorded = await line(world, ts, "Recorded: posted on LinkedIn")
    assert f"<@{DANA}>" in recorded["text"]


async def test_comms_works_on_a_draft_that_they_submitted_and_does_not_send_it_to_a_team(world: World) -> None:
    ts = await world.post("for @dana " + LATE_PARCEL.format(place="Flint"), as_=PRIYA)
    card = await world.headed(ts, TO_CARE)
    await world.tap(card, "draft.handoff", PRIYA)
    await told(world, ONLY, PRIYA, thread=ts)
    await world.tap(card, "draft.drop", PRIYA)
    await world.headed(ts, "Dropped")


async def test_a_guest_is_told_that_lectern_is_not_for_them(world: World) -> None:
    ts, card = await ready(world, "Mold")
    await world.tap(card, "draft.drop", GIL)
    await told(world, "Lectern works for members of this workspace", GIL, thread=ts)


async def test_a_reply_is_offered_to_one_person_and_works_for_them(world: World) -> None:
    ts, _ = await ready(world, "Usk")
    await world.post("Drivers asked for shorter rounds and from May on nobody drives ninety stops.", thread_ts=ts)
    offer = await told(world, "Is this a new text of the draft?", thread=ts)
    await world.tap(offer, "draft.reply")
    await line(world, ts, "Revision 2 checked")


# ---- the one who may


async def test_the_delegate_uses_a_suggestion_drops_the_draft_and_brings_it_back(world: World) -> None:
    ts, card = await with_suggestion(world, "Tenby")
    await world.tap(card, "draft.use", EVE)
    card = await world.headed(ts, "Ready to post")
    assert BETTER.format(place="Tenby") in words_of(card)
    await world.tap(card, "draft.drop", EVE)
    card = await world.headed(ts, "Dropped")
    await world.tap(card, "draft.restore", EVE)
    await world.headed(ts, "Ready to post")


async def test_everybody_in_the_channel_may_read_what_stands_behind_the_buttons(world: World) -> None:
    findings = [finding(words) for words in ("kind of", "every customer", "a one-hour slot", "next spring")]
    world.model.answer = lambda _: said(outcome="edit", findings=findings, suggestion=BETTER.format(place="Neyland"))
    ts = await world.post(SOFT.format(place="Neyland"))
    card = await world.headed(ts, "Better with edits")
    for verb, title in (
        ("draft.changes", "What changes"),
        ("draft.why", "Why this point"),
        ("draft.checked", "What was checked"),
        ("draft.points", "All points"),
    ):
        await (ask_why(world, card, PRIYA) if verb == "draft.why" else world.tap(card, verb, PRIYA))
        view = await form(world, title, PRIYA)
    await push_checked(world, view, PRIYA)
    await form(world, "What was checked", PRIYA)


async def push_checked(world: World, view: dict[str, Any], as_: str) -> None:
    row = next(block for block in view["blocks"] if block["type"] == "actions")
    await world.tell(
        "action", as_=as_, view_id=view["id"], action_id="draft.checked", block_id=row["block_id"],
        value=row["elements"][0]["value"],
    )  # fmt: skip


async def test_a_tap_in_a_form_is_answered_in_the_form(world: World) -> None:
    world.model.answer = lambda _: said(
        outcome="edit", findings=[finding(w) for w in ("kind of", "slot", "every", "in")]
    )
    ts = await world.post(SOFT.format(place="Narberth"))
    card = await world.headed(ts, "Better with edits")
    await world.tap(card, "draft.points", SAM)
    view = await form(world, "All points", SAM)
    await world.tell("leave", as_=SAM, channel=DRAFTS)
    await asyncio.sleep(0.3)
    await push_checked(world, view, SAM)
    assert ONLY in str(await form(world, "Not done", SAM))
    await world.tell("join", as_=SAM, channel=DRAFTS)


async def test_trying_again_turns_half_a_check_into_a_whole_one(world: World) -> None:
    ts, card = await half(world, "Pyle")
    model_as_new(world)
    await world.tap(card, "draft.retry")
    await world.headed(ts, "Ready to post")


async def test_adding_a_line_opens_the_suggestion_with_its_gap(world: World) -> None:
    gap = "We will give every customer a slot from next spring. [Why: one sentence from you.]"
    world.model.answer = lambda _: said(outcome="edit", findings=[finding("kind of")], suggestion=gap)
    ts = await world.post("LinkedIn: We will kind of give every customer a slot from next spring, in every town.")
    card = await world.headed(ts, "Better with edits")
    assert "Add my line…" in labels(card)
    await world.tap(card, "draft.edit")
    view = await form(world, "Edit draft")
    assert gap == view["blocks"][0]["element"]["initial_value"]


# ---- twice, and too late


async def test_of_two_taps_the_first_counts_and_the_second_is_told_so(world: World) -> None:
    ts, card = await ready(world, "Brecon")
    await asyncio.gather(world.tap(card, "draft.drop"), world.tap(card, "draft.drop", EVE))
    await world.headed(ts, "Dropped")

    async def told_one() -> bool:
        heard = [*await hears(world, ts, DANA), *await hears(world, ts, EVE)]
        return 1 == len(heard) and heard[0].startswith("Already dropped by ")

    await world.until(told_one)
    card = (await world.cards(ts))[0]
    await asyncio.gather(world.tap(card, "draft.restore"), world.tap(card, "draft.restore"))
    await told(world, "Already sent for a new check by Dana Reyes at ", thread=ts)
    await world.headed(ts, "Ready to post")


async def hears(world: World, ts: str, as_: str) -> list[str]:
    return [
        message["text"]
        for message in await world.messages(DRAFTS, as_)
        if message["ephemeral_for"] == as_ and message["thread_ts"] == ts
    ]


async def test_a_post_is_recorded_once_however_often_it_is_tapped(world: World) -> None:
    ts, card = await ready(world, "Builth")
    await asyncio.gather(*(world.tap(card, "draft.posted") for _ in range(3)))
    await told(world, "Already posted by Dana Reyes at ", thread=ts, times=2)
    await line(world, ts, "Recorded: posted on LinkedIn")
    assert 1 == sum("Recorded" in words_of(one) for one in await world.thread(ts) if not heading(one))


async def test_a_suggestion_is_used_once(world: World) -> None:
    ts, card = await with_suggestion(world, "Gower")
    await asyncio.gather(world.tap(card, "draft.use"), world.tap(card, "draft.use"))
    await told(world, CHANGED, thread=ts)
    card = await world.headed(ts, "Ready to post")
    assert "revision 2" in words_of(card)


async def test_a_second_try_is_not_started_while_the_first_runs(world: World) -> None:
    ts, card = await half(world, "Penarth")
    model_as_new(world)
    world.model.hold()
    await asyncio.gather(world.tap(card, "draft.retry"), world.tap(card, "draft.retry"))
    await told(world, "Already sent for a new check by Dana Reyes at ", thread=ts)
    world.model.release.set()
    await world.headed(ts, "Ready to post")


@pytest.mark.parametrize("verb", ["draft.use", "draft.edit", "draft.drop", "draft.posted", "draft.why"])
async def test_a_card_of_an_older_text_does_nothing_but_say_so(world: World, verb: str) -> None:
    place = verb.removeprefix("draft.").title()
    ts, card = await with_suggestion(world, place)
    await world.tell("faults", method="chat.update", kind="hold", times=50)
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=PLAIN.format(place=place))

    await asyncio.sleep(0.5)
    await (ask_why(world, card) if verb == "draft.why" else world.tap(card, verb))
    await told(world, CHANGED, thread=ts)
    await no_faults(world)
    card = await world.headed(ts, "Ready to post")
    assert "revision 2" in words_of(card)


async def test_a_tap_on_a_draft_whose_text_is_gone_says_when_it_went(world: World) -> None:
    ts, card = await ready(world, "Conwy")
    await world.tell("faults", method="chat.update", kind="hold", times=50)
    await world.tell("delete", as_=DANA, channel=DRAFTS, ts=ts)
    await asyncio.sleep(0.3)
    await world.tap(card, "draft.posted")
    await told(world, "The text of this draft was deleted on", thread=ts)
    await no_faults(world)


async def test_an_unknown_button_is_answered(world: World) -> None:
    old = {
        "type": "actions",
        "block_id": "old",
        "elements": [
            {"type": "button", "action_id": "draft.blessed", "text": {"type": "plain_text", "text": "Bless"}, "value": "x:y"},
            {
                "type": "overflow",
                "action_id": "draft.more",
                "options": [{"text": {"type": "plain_text", "text": "Frame"}, "value": "frame:x:y"}],
            },
        ],
    }  # fmt: skip
    ts = await world.post("Old card", blocks=[old])
    message = next(one for one in await world.messages() if one["ts"] == ts)
    await world.tap(message, "draft.blessed")
    await told(world, "This button is from an older version.")
    await world.tap(message, "draft.frame")
    await told(world, "This button is from an older version.", times=2)


async def test_a_form_that_opens_too_late_and_one_that_fails_are_told_apart(world: World) -> None:
    ts, card = await ready(world, "Dolgellau")
    await world.tell("faults", method="views.open", kind="error", error="expired_trigger_id", times=1)
    await world.tap(card, "draft.edit")
    await told(world, "That took too long to open. Please tap again.", thread=ts)
    await world.tell("faults", method="views.open", kind="error", error="view_too_large", times=1)
    await world.tap(card, "draft.edit")
    await told(world, "That went wrong, and it has been written down as", thread=ts)
    assert "view_too_large" in world.log()


async def test_buttons_work_after_a_restart(world: World) -> None:
    ts, card = await ready(world, "Harlech")
    world.kill_bot()
    await world.start_bot()
    await world.tap(card, "draft.drop")
    await world.headed(ts, "Dropped")


# ---- posted


async def test_where_it_was_posted_is_asked_when_it_is_not_known(world: World) -> None:
    ts, card = await ready(world, "Bala", ANYWHERE)
    await world.tap(card, "draft.posted")
    view = await form(world, "Posted details")
    tomorrow, yesterday = int(time.time()) + 86_400, int(time.time()) - 86_400
    sent = await send(world, view, platforms=["x"], when=tomorrow)
    assert {"when": "Pick a time that is not in the future."} == sent["errors"]
    sent = await send(world, view, platforms=["x"], when=yesterday - 100 * 86_400)
    assert {"when": "Pick a time within the last 90 days."} == sent["errors"]
    sent = await send(world, view, platforms=["x", "linkedin"], when=yesterday, which="other")
    assert {"text": "Paste the text as it went out."} == sent["errors"]
    sent = await send(world, view, which="other", text="Every customer in Bala gets a slot.")
    assert sent["ok"]
    recorded = await line(world, ts, "Recorded: posted on LinkedIn and X")
    day = time.strftime("%a", time.gmtime(yesterday))
    assert f", {day} " in words_of(recorded)
    assert "with changes." in words_of(recorded)


async def test_details_are_changed_and_a_post_that_did_not_go_out_is_taken_back(world: World) -> None:
    ts, card = await posted(world, "Corwen")
    await world.tap(card, "draft.posted_details")
    view = await form(world, "Posted details")
    assert (await send(world, view, platforms=["x"]))["ok"]
    await line(world, ts, "Recorded: posted on X")
    card = (await world.cards(ts))[0]

    async def on_x() -> bool:
        return heading((await world.cards(ts))[0]).startswith("Posted on X")

    await world.until(on_x)
    await world.tap(card, "draft.posted_details")
    view = await form(world, "Posted details")
    assert (await send(world, view, not_posted=["not_posted"]))["ok"]
    await world.headed(ts, "Ready to post")


async def test_posting_against_open_points_asks_why(world: World) -> None:
    ts, card = await with_suggestion(world, "Llanrwst")
    await world.tap(card, "draft.posted")
    view = await form(world, "Posted details")
    assert "Points were open. Why did you go ahead?" in str(view)
    assert "reason" in (await send(world, view))["errors"]
    assert (await send(world, view, reason="urgent", which="suggestion"))["ok"]
    await line(world, ts, "as suggested.")


async def test_a_form_whose_draft_has_moved_on_says_who_moved_it_and_stays_open(world: World) -> None:
    ts, card = await ready(world, "Menai")
    await world.tap(card, "draft.edit", EVE)
    view = await form(world, "Edit draft", EVE)
    await world.tap(card, "draft.drop")
    await world.headed(ts, "Dropped")
    sent = await send(world, view, EVE, text="Every customer in Menai gets a slot.")
    assert sent["errors"]["text"].startswith("Already dropped by Dana Reyes at ")


async def test_a_form_on_an_older_text_keeps_what_was_typed(world: World) -> None:
    ts, card = await ready(world, "Amlwch")
    await world.tap(card, "draft.edit", EVE)
    view = await form(world, "Edit draft", EVE)
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=PLAIN.format(place="Amlwch and Bangor"))
    await line(world, ts, "Revision 2 checked")
    sent = await send(world, view, EVE, text="Every customer in Amlwch gets a slot.")
    assert {"text": "The draft has a newer text. Close this form and open it again."} == sent["errors"]
    assert view["id"] == (await form(world, "Edit draft", EVE))["id"]

"""Slash commands, shortcuts and the form for a new draft, told through the local workspace (F3, F4, F5, F38)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.telling import DANA_DM, EVE_DM, PRIYA_DM, form, line, model_as_new, no_faults, running_world, send, told
from tests.world import BOT, DANA, DRAFTS, EVE, GIL, PRIYA, SAM, TOM, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = (
    "We will give every customer in {place} a one-hour slot from next spring, because waiting in all day is too much."
)
GENERAL = "C0GENERAL1"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "commands", cadence=False):
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def say(world: World, text: str, as_: str = DANA, command: str = "/coach") -> dict[str, Any]:
    """What the command is answered with; empty where it opens a form."""
    answer = await world.tell(
        "command", as_=as_, channel=GENERAL if as_ != GIL else "D0GUEST001", command=command, text=text
    )
    assert answer["ok"], answer
    return answer["ack"] or {}


async def submitted(world: World, text: str, as_: str = DANA, channel: str = DANA_DM) -> dict[str, Any]:
    """The message in which the bot has set a submitted draft down."""

    async def found() -> list[dict[str, Any]]:
        messages = await world.messages(channel, as_)
        return [
            one
            for one in messages
            if one["user"] == BOT and one["text"].startswith("New draft") and text in words_of(one)
        ]

    await world.until(found)
    return (await found())[0]


# ---- /coach


async def test_a_text_is_checked_in_the_persons_own_conversation(world: World) -> None:
    text = PLAIN.format(place="Hull") + " & <more>"
    answer = await say(world, f"LinkedIn: {text}")
    assert "Your draft is being checked in your conversation with Lectern." == answer["text"]
    assert ["Open it"] == labels(answer)
    message = await submitted(world, text)
    assert "New draft, for Dana Reyes" == message["text"]
    card = await world.headed(message["ts"], "Ready to post", DANA_DM)
    assert f"LinkedIn {len(text)} of 3,000" in words_of(card)
    assert text in world.model.asked
    await world.tap(card, "draft.drop", channel=DANA_DM)
    await world.headed(message["ts"], "Dropped", DANA_DM)


async def test_a_draft_may_begin_with_the_name_of_a_command(world: World) -> None:
    text = "Help is what every customer asks us for first."
    await say(world, text)
    await world.headed((await submitted(world, text))["ts"], "Ready to post", DANA_DM)


async def test_a_delegates_text_is_for_their_leader(world: World) -> None:
    await say(world, PLAIN.format(place="Leeds"), EVE)
    message = await submitted(world, "Leeds", EVE, EVE_DM)
    assert "New draft, for Dana Reyes, submitted by Eve Lund" == message["text"]
    await world.headed(message["ts"], "Ready to post", EVE_DM, EVE)


async def test_comms_choose_whose_post_it_is_in_the_form_and_nothing_typed_is_lost(world: World) -> None:
    assert {} == await say(world, f"X: {PLAIN.format(place='Goole')}", PRIYA)
    view = await form(world, "New draft", PRIYA)
    sent = await send(world, view, PRIYA, leader=SAM)
    assert {"leader": "Pick someone who is in a draft channel."} == sent["errors"]
    assert (await send(world, view, PRIYA, leader=DANA))["ok"]
    message = await submitted(world, "Goole", PRIYA, PRIYA_DM)
    card = await world.headed(message["ts"], "Ready to post", PRIYA_DM, PRIYA)
    assert f"X {len(PLAIN.format(place='Goole'))} of 280" in words_of(card)


async def test_a_private_mark_is_kept_also_here(world: World) -> None:
    asked = len(world.model.asked)
    answer = await say(world, f"// {PLAIN.format(place='Selby')}")
    assert "Not read, kept or counted, as you asked." == answer["text"]
    assert asked == len(world.model.asked)


async def test_one_or_two_words_are_neither_draft_nor_command(world: World) -> None:
    answer = await say(world, "halp me")
    assert "Not a command, and short for a draft." == answer["text"]
    assert ["New draft…", "Show commands"] == labels(answer)
    unknown = await told(world, "Not a command, and short for a draft.", channel=GENERAL)
    await world.tap(unknown, "coach.new", channel=GENERAL)
    await form(world, "New draft")


async def test_help_tells_each_role_what_is_theirs(world: World) -> None:
    assert "/coach and a text checks that text privately." in words_of(await say(world, "help"))
    for_care = words_of(await say(world, "help", SAM))
    assert "/coach privacy" in for_care
    assert "checks that text privately" not in for_care


async def test_privacy_tells_what_is_kept(world: World) -> None:
    assert "30 days, then deleted" in words_of(await say(world, "privacy"))


async def test_status_lists_own_open_drafts_with_a_way_to_each(world: World) -> None:
    assert "No open drafts." == (await say(world, "status", TOM))["text"]
    await say(world, f"LinkedIn: {PLAIN.format(place='Otley')}", TOM)
    message = await submitted(world, "Otley", TOM, "D0LEADER02")
    await world.headed(message["ts"], "Ready to post", "D0LEADER02", TOM)
    answer = await say(world, "STATUS", TOM)
    assert "1 open draft" == answer["text"]
    assert "Ready to post · LinkedIn · 0 minutes old" in words_of(answer)
    assert message["ts"].replace(".", "") in str(answer["blocks"])


async def test_who_has_no_role_is_told_so(world: World) -> None:
    for person, text in ((SAM, PLAIN), (SAM, ""), (SAM, "status"), (GIL, "help")):
        answer = await say(world, text, person)
        assert answer["text"].startswith("Lectern works for members of this workspace who are in a draft channel.")


async def test_a_failure_is_told_and_nothing_is_left_standing(world: World) -> None:
    await world.tell("faults", method="chat.postMessage", kind="error", error="channel_not_found", times=1)
    answer = await say(world, PLAIN.format(place="Ripon"))
    assert "That went wrong, and it has been written down as" in answer["text"]
    await no_faults(world)
    await world.tell("faults", method="views.open", kind="error", error="expired_trigger_id", times=1)
    assert "That took too long to open. Please tap again." == (await say(world, ""))["text"]


# ---- the form


async def test_the_form_puts_a_draft_where_it_was_asked_for(world: World) -> None:
    assert {} == await say(world, "")
    view = await form(world, "New draft")
    assert "text" in (await send(world, view))["errors"]
    sent = await send(world, view, text="   ")
    assert {"text": "Write the text first."} == sent["errors"]
    sent = await send(world, view, text=PLAIN.format(place="Filey"), leader=TOM)
    assert {"leader": "You don't act for Tom Okafor. They or comms can name you."} == sent["errors"]
    values: dict[str, Any] = {
        "leader": DANA,
        "platforms": ["linkedin"],
        "description": "A yard at dawn",
        "place": DRAFTS,
    }
    assert (await send(world, view, **values))["ok"]
    message = await submitted(world, "Filey", DANA, DRAFTS)
    card = await world.headed(message["ts"], "Ready to post")
    assert "Not reviewed: 1 image" in words_of(card)
    assert "LinkedIn" in words_of(card)


async def test_the_global_shortcut_opens_the_form_and_tells_others_why_not(world: World) -> None:
    await world.tell("shortcut", as_=EVE, callback_id="new_draft")
    view = await form(world, "New draft", EVE)
    preset = next(block["element"] for block in view["blocks"] if block["block_id"] == "leader")
    assert DANA == preset["initial_user"]
    await world.tell("shortcut", as_=SAM, callback_id="new_draft")
    await told(world, "Lectern works for members of this workspace", SAM, "D0CARE0001")


async def test_a_submitted_draft_loses_its_text_with_its_message(world: World) -> None:
    await say(world, PLAIN.format(place="Whitby"))
    message = await submitted(world, "Whitby")
    await world.headed(message["ts"], "Ready to post", DANA_DM)
    await world.tell("delete", as_=DANA, channel=DANA_DM, ts=message["ts"])

    async def gone() -> bool:
        return any(heading(one).startswith("Text deleted on") for one in await world.cards(message["ts"], DANA_DM))

    await world.until(gone)


# ---- Check this draft


async def test_an_own_message_anywhere_is_checked_at_once_and_left_alone(world: World) -> None:
    ts = await world.post(f"LinkedIn: {PLAIN.format(place='Malton')}", channel=GENERAL)
    await world.tell("shortcut", as_=DANA, callback_id="check_draft", channel=GENERAL, ts=ts)
    message = await submitted(world, "Malton")
    await world.headed(message["ts"], "Ready to post", DANA_DM)
    assert PLAIN.format(place="Malton") in world.model.asked
    assert [] == await world.thread(ts, GENERAL)


async def test_somebody_elses_message_opens_the_form_with_its_text(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Thirsk"), as_=SAM, channel=GENERAL)
    await world.tell("shortcut", as_=PRIYA, callback_id="check_draft", channel=GENERAL, ts=ts)
    view = await form(world, "New draft", PRIYA)
    assert PLAIN.format(place="Thirsk") == view["blocks"][0]["element"]["initial_value"]
    assert "initial_user" not in next(b["element"] for b in view["blocks"] if b["block_id"] == "leader")


async def test_a_delegates_own_message_is_a_draft_for_their_leader(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Settle"), as_=EVE, channel=GENERAL)
    await world.tell("shortcut", as_=EVE, callback_id="check_draft", channel=GENERAL, ts=ts)
    message = await submitted(world, "Settle", EVE, EVE_DM)
    assert "New draft, for Dana Reyes, submitted by Eve Lund" == message["text"]


async def test_a_message_without_words_is_said_to_have_none(world: World) -> None:
    ts = await world.post("", channel=GENERAL, files=[{"name": "yard.png", "mimetype": "image/png"}])
    await world.tell("shortcut", as_=DANA, callback_id="check_draft", channel=GENERAL, ts=ts)
    await told(world, "Only message text is read.", channel=DANA_DM)


# ---- /cadence


async def test_cadence_counts_confirmed_posts_and_is_seen_by_who_may(world: World) -> None:
    assert "No posts recorded yet." in words_of(await say(world, "", TOM, "/cadence"))
    ts = await world.post(f"LinkedIn: {PLAIN.format(place='Tring')}", as_=TOM, channel="C0DRAFTS02")
    card = await world.headed(ts, "Ready to post", "C0DRAFTS02", TOM)
    await world.tap(card, "draft.posted", TOM, "C0DRAFTS02")
    await line(world, ts, "Recorded: posted on LinkedIn", "C0DRAFTS02", TOM)
    own = words_of(await say(world, "me 4w", TOM, "/cadence"))
    assert "Your cadence · 4 weeks to" in own
    assert "Too few posts to say. 1 post. Last: LinkedIn, today." in own
    assert "Per week, oldest first: 0 0 0 1" in own
    assert "1 reviewed draft is not marked as posted." in own
    asked = words_of(await say(world, "@tom", PRIYA, "/cadence"))
    assert "Cadence of Tom Okafor · 13 weeks to" in asked
    refused = await say(world, "@tom", EVE, "/cadence")
    assert "Only the leader, their delegates and comms can do this." == refused["text"]
    assert "Your cadence" not in words_of(await say(world, "", EVE, "/cadence"))
    assert "Name a leader: /cadence @leader." == (await say(world, "", PRIYA, "/cadence"))["text"]
    assert (await say(world, "13 weeks please", TOM, "/cadence"))["text"].startswith("Not understood.")


async def test_commands_are_answered_after_a_restart_and_side_by_side(world: World) -> None:
    world.kill_bot()
    await world.start_bot()
    answers = await asyncio.gather(*(say(world, "status", person) for person in (DANA, EVE, PRIYA, TOM)))
    assert all("open draft" in answer["text"] for answer in answers)

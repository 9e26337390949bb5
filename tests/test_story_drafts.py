"""What is a draft and what is not, whose it is and for which networks, told through the local workspace (F1 to F8, F22)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.chosen_model import finding, said
from tests.telling import DANA_DM, EVE_DM, PRIYA_DM, form, line, model_as_new, running_world, told, whispers
from tests.world import BOT, DANA, DRAFTS, EVE, GIL, PRIYA, SAM, TOM, World, heading, labels, words_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = (
    "We will give every customer in {place} a one-hour slot from next spring, because waiting in all day is too much."
)
TOM_DRAFTS = "C0DRAFTS02"
VERA = "U0VISITOR1"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async for made in running_world(tmp_path_factory, "drafts"):
        yield made


@pytest.fixture(autouse=True)
def fresh(world: World) -> None:
    model_as_new(world)


async def settled(world: World, channel: str = DRAFTS, as_: str = DANA) -> None:
    """Wait until everything that came before has been dealt with: a draft that is posted now has its card."""
    ts = await world.post(PLAIN.format(place=f"town {len(world.model.asked)}"), as_=as_, channel=channel)
    await world.headed(ts, "Ready to post", channel, as_)


async def test_what_is_talk_gets_no_card(world: World) -> None:
    talk = [
        await world.post("// We will open three more depots in the north by the end of next spring."),
        await world.post("🤫 We will open three more depots in the south by the end of next spring."),
        await world.post("Shall we begin"),
        await world.post("Thanks everyone, have a good weekend"),
        await world.post("@eve could you look at the figures for the northern depots before I write about them"),
        await world.post("The figures for the northern depots are in the folder, as they were last week.", as_=PRIYA),
    ]
    await settled(world)
    for ts in talk:
        assert [] == await world.thread(ts)
    assert not any("depots" in text for text in world.model.asked)


async def test_short_words_with_a_mark_are_a_draft(world: World) -> None:
    forced = await world.post("draft: We ended double shifts.")
    named = await world.post("LinkedIn: Thank you, Leeds.")
    await world.headed(forced, "Ready to post")
    await world.headed(named, "Ready to post")
    assert {"We ended double shifts.", "Thank you, Leeds."} <= set(world.model.asked)


async def test_a_question_to_lectern_gets_the_way_to_its_commands(world: World) -> None:
    ts = await world.post("@lectern what can be done here?")
    answer = await line(world, ts, "Paste a draft to have it checked, or see what Lectern does.")
    assert ["Show commands"] == labels(answer)
    await world.tap(answer, "coach.help")
    await told(world, "What Lectern does here")


async def test_a_file_alone_is_not_read_and_a_file_beside_a_text_is_named(world: World) -> None:
    picture = {"name": "yard.png", "mimetype": "image/png"}
    alone = await world.post("", files=[picture])
    await line(world, alone, "Only message text is read.")
    paper = {"name": "plan.pdf", "mimetype": "application/pdf"}
    ts = await world.post(PLAIN.format(place="Hull"), files=[picture, paper])
    card = await world.headed(ts, "Better with edits")
    assert "Not reviewed: 1 image, 1 file" in words_of(card)
    assert "Describe the image in one line" in words_of(card)
    described = await world.post(PLAIN.format(place="Leeds"), files=[picture | {"alt_txt": "A yard at dawn"}])
    card = await world.headed(described, "Ready to post")
    assert "Not reviewed: 1 image" in words_of(card)


async def test_the_same_text_with_another_file_changes_the_line_and_makes_no_new_text(world: World) -> None:
    text = PLAIN.format(place="Wells")
    picture = {"name": "yard.png", "mimetype": "image/png", "alt_txt": "A yard at dawn"}
    ts = await world.post(text, files=[picture])
    assert "Not reviewed: 1 image" in words_of(await world.headed(ts, "Ready to post"))
    paper = {"name": "plan.pdf", "mimetype": "application/pdf"}
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=text, files=[paper])

    async def drawn() -> bool:
        return any("Not reviewed: 1 file" in words_of(one) for one in await world.cards(ts))

    await world.until(drawn)
    (card,) = await world.cards(ts)
    assert "image" not in words_of(card)
    assert "Revision" not in words_of(card)


async def test_marks_are_taken_off_and_shown_in_the_facts(world: World) -> None:
    text = PLAIN.format(place="York")
    one = await world.post(f"LinkedIn: {text}")
    card = await world.headed(one, "Ready to post")
    assert f"LinkedIn {len(text)} of 3,000" in words_of(card)
    assert f"X {len(text)} of 280" not in words_of(card)
    assert text in world.model.asked
    two = await world.post(f"X, LinkedIn: {PLAIN.format(place='Bath')}")
    card = await world.headed(two, "Ready to post")
    assert f"X {len(PLAIN.format(place='Bath'))} of 280" in words_of(card)
    unknown = await world.post(PLAIN.format(place="Deal"))
    card = await world.headed(unknown, "Ready to post")
    length = len(PLAIN.format(place="Deal"))
    assert f"LinkedIn {length} of 3,000 · X {length} of 280" in words_of(card)


async def test_a_text_too_long_for_its_network_is_told_by_how_much(world: World) -> None:
    text = " ".join(PLAIN.format(place=place) for place in ("Ayr", "Wick", "Oban"))
    card = await world.headed(await world.post(f"X: {text}"), "Better with edits")
    assert f"{len(text)} of 280 for X. {len(text) - 280} too many." in words_of(card)


async def test_a_delegates_draft_is_for_their_leader_in_the_channel_and_in_their_own_conversation(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Stoke"), as_=EVE)
    card = await world.headed(ts, "Ready to post")
    assert "for Dana Reyes, submitted by Eve Lund" in words_of(card)
    own = await world.post(PLAIN.format(place="Truro"), as_=EVE, channel=EVE_DM)
    card = await world.headed(own, "Ready to post", EVE_DM, EVE)
    assert "for Dana Reyes, submitted by Eve Lund" in words_of(card)


async def test_comms_hands_in_a_draft_by_naming_the_leader_and_nobody_else(world: World) -> None:
    ts = await world.post(f"for @dana LinkedIn: {PLAIN.format(place='Rye')}", as_=PRIYA)
    card = await world.headed(ts, "Ready to post")
    assert "for Dana Reyes, submitted by Priya Nair" in words_of(card)
    assert PLAIN.format(place="Rye") in world.model.asked
    await world.post(f"for @sam {PLAIN.format(place='Ripon')}", as_=PRIYA)
    await told(world, "Whose post will it be?", PRIYA)


async def test_nobody_hands_in_a_draft_for_a_leader_who_is_not_theirs(world: World) -> None:
    ts = await world.post(f"for @tom {PLAIN.format(place='Frome')}", as_=EVE)
    await told(world, "Only the leader, their delegate or whoever submitted the draft can do this.", EVE)
    assert [] == await world.thread(ts)


async def test_a_leaders_own_conversation_works_like_a_channel_and_is_theirs_alone(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Ely"), channel=DANA_DM)
    await world.headed(ts, "Ready to post", DANA_DM)
    nobody = await world.post(PLAIN.format(place="Wells"), as_=PRIYA, channel=PRIYA_DM)
    nor_sam = await world.post(PLAIN.format(place="Lewes"), as_=SAM, channel="D0CARE0001")
    await settled(world)
    assert [] == await world.thread(nobody, PRIYA_DM, PRIYA)
    assert [] == await world.thread(nor_sam, "D0CARE0001", SAM)


async def test_a_guest_is_told_once_and_a_visitor_closes_the_channel(world: World) -> None:
    await world.tell("join", as_=GIL, channel=TOM_DRAFTS)
    first = await world.post(PLAIN.format(place="Diss"), as_=GIL, channel=TOM_DRAFTS)
    await told(world, "Lectern works for members of this workspace", GIL, TOM_DRAFTS)
    await world.post(PLAIN.format(place="Holt"), as_=GIL, channel=TOM_DRAFTS)
    await settled(world, TOM_DRAFTS, TOM)
    assert 1 == len(await whispers(world, GIL, TOM_DRAFTS))
    assert [] == await world.thread(first, TOM_DRAFTS, TOM)
    await world.tell("join", as_=VERA, channel=TOM_DRAFTS)
    ts = await world.post(PLAIN.format(place="Acle"), as_=TOM, channel=TOM_DRAFTS)
    await told(world, "This channel is open to others", TOM, TOM_DRAFTS)
    assert [] == await world.thread(ts, TOM_DRAFTS, TOM)


async def test_an_edit_is_the_next_revision_on_the_same_card(world: World) -> None:
    world.model.answer = lambda draft: (
        said(outcome="edit", findings=[finding("sort of")]) if "sort of" in draft else said()
    )
    ts = await world.post("We will sort of give every customer in Hove a one-hour slot from next spring.")
    first = await world.headed(ts, "Better with edits")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=PLAIN.format(place="Hove"))
    second = await world.headed(ts, "Ready to post")
    assert first["ts"] == second["ts"]
    assert "revision 2" in words_of(second)
    await line(world, ts, "Revision 2 checked: 1 fixed, 0 open. Ready to post.")


async def test_a_preview_of_a_link_is_no_edit(world: World) -> None:
    ts = await world.post(f"{PLAIN.format(place='Bude')} https://alder.example/slots")
    await world.headed(ts, "Ready to post")
    before = len(world.model.asked)
    await world.tell("unfurl", channel=DRAFTS, ts=ts)
    await settled(world)
    assert before + 1 == len(world.model.asked)
    assert 1 == len(await world.thread(ts))


async def test_talk_that_is_edited_into_a_draft_is_taken_as_new(world: World) -> None:
    ts = await world.post("One moment")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=PLAIN.format(place="Looe"))
    await world.headed(ts, "Ready to post")


async def test_two_slashes_added_to_a_draft_delete_its_text(world: World) -> None:
    text = PLAIN.format(place="Fowey")
    ts = await world.post(text)
    await world.headed(ts, "Ready to post")
    await world.tell("edit", as_=DANA, channel=DRAFTS, ts=ts, text=f"// {text}")

    async def gone() -> bool:
        return any(heading(card).startswith("Text deleted on") for card in await world.cards(ts))

    await world.until(gone)
    card = (await world.cards(ts))[0]
    assert "Fowey" not in words_of(card)
    assert [] == labels(card)


async def test_a_deleted_message_takes_its_text_from_the_card(world: World) -> None:
    world.model.answer = lambda _: said(outcome="edit", findings=[finding("one-hour slot")])
    ts = await world.post(PLAIN.format(place="Exmouth"))
    card = await world.headed(ts, "Better with edits")
    assert "one-hour slot" in words_of(card)
    await world.tell("delete", as_=DANA, channel=DRAFTS, ts=ts)

    async def gone() -> bool:
        return any(heading(one).startswith("Text deleted on") for one in await world.cards(ts))

    await world.until(gone)
    assert "one-hour slot" not in words_of((await world.cards(ts))[0])


async def test_replies_are_new_texts_only_when_they_look_like_it(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Derby"))
    await world.headed(ts, "Ready to post")
    await world.post("Not sure about the date.", thread_ts=ts)
    await world.post("Do you think that spring is too early for the depots in the north?", thread_ts=ts)
    close = PLAIN.format(place="Derby").replace("too much", "not good enough")
    await world.post(close, thread_ts=ts)
    await line(world, ts, "Revision 2 checked")
    card = await world.headed(ts, "Ready to post")
    assert f"Text to post* · revision 2 {close}" in words_of(card)
    await world.post("new: Every customer gets a slot.", thread_ts=ts, as_=EVE)
    await line(world, ts, "Revision 3 checked")
    assert [] == await whispers(world, thread=ts)
    await world.post("new: This is what somebody else would rather say about it.", thread_ts=ts, as_=PRIYA)
    await settled(world)
    assert "revision 3" in words_of((await world.cards(ts))[0])


async def test_a_reply_that_may_be_a_new_text_is_offered_as_one(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Crewe"))
    await world.headed(ts, "Ready to post")
    other = "Our drivers asked for shorter rounds, and from May on nobody drives more than ninety stops."
    await world.post(other, thread_ts=ts)
    offer = await told(world, "Is this a new text of the draft?", thread=ts)
    assert ["Check it as revision 2"] == labels(offer)
    await world.tap(offer, "draft.reply")
    await line(world, ts, "Revision 2 checked")
    assert other in words_of((await world.cards(ts))[0])
    await world.tap(offer, "draft.reply")
    await told(world, "The text changed since this card was drawn.", thread=ts)


async def test_a_closed_drafts_thread_is_for_people(world: World) -> None:
    ts = await world.post(f"LinkedIn: {PLAIN.format(place='Corby')}")
    card = await world.headed(ts, "Ready to post")
    await world.tap(card, "draft.drop")
    await world.headed(ts, "Dropped")
    await world.post("We could say this again in a few weeks when the depots have moved.", thread_ts=ts)
    await settled(world)
    assert [] == await whispers(world, thread=ts)


async def test_a_suggestion_becomes_the_text_to_post(world: World) -> None:
    better = "Every customer in Neath gets a one-hour slot from next spring."
    world.model.answer = lambda _: said(outcome="edit", findings=[finding("kind of")], suggestion=better)
    ts = await world.post("We will kind of give every customer in Neath a one-hour slot from next spring.")
    card = await world.headed(ts, "Better with edits")
    asked = len(world.model.asked)
    await world.tap(card, "draft.use")
    card = await world.headed(ts, "Ready to post")
    assert f"Text to post* · revision 2 {better}" in words_of(card)
    assert "AI review of revision 1, whose suggestion this is" in words_of(card)
    assert asked == len(world.model.asked)


async def test_the_edit_form_makes_a_revision_and_refuses_what_is_none(world: World) -> None:
    ts = await world.post(PLAIN.format(place="Louth"))
    card = await world.headed(ts, "Ready to post")
    await world.tap(card, "draft.edit")
    view = await form(world, "Edit draft")
    same = {"text": {"text": {"type": "plain_text_input", "value": PLAIN.format(place="Louth")}}}
    answer = await world.tell("submit", as_=DANA, view_id=view["id"], values=same)
    assert {"text": "This is the same text."} == answer["errors"]
    fresh_text = PLAIN.format(place="Louth and Boston")
    same["text"]["text"]["value"] = fresh_text
    answer = await world.tell("submit", as_=DANA, view_id=view["id"], values=same)
    assert answer["ok"]
    await line(world, ts, "Revision 2 checked")
    assert f"Text to post* · revision 2 {fresh_text}" in words_of((await world.cards(ts))[0])


async def test_lecterns_own_messages_are_never_drafts(world: World) -> None:
    await settled(world)
    own = [one for one in await world.messages() if one["user"] == BOT]
    for message in own:
        assert [] == await world.thread(message["ts"])

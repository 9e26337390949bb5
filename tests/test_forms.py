"""Forms: their names, their fields, and that Slack takes them whatever stands in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.model import Attachments, CarriedFinding, LeftOut, Outcome, Post, Severity, State
from bot.playground.blocks import check_view
from bot.slack.cards.forms import (
    all_points,
    checked_form,
    edit_form,
    handoff_done_form,
    handoff_form,
    new_draft_form,
    posted_form,
    see_changes,
    why_form,
)
from bot.slack.plain import print_card
from bot.slack.rich import Card
from tests.card_values import NAMES, NOW, TEXT, finding, handoff, playbook, verdict, view

SUGGESTION = "Injuries in our depots fell by a third this year."


def shown(form: dict[str, Any]) -> list[str]:
    """What a form shows besides its fields."""
    assert [] == check_view(form)
    return print_card(Card("", [block for block in form["blocks"] if block["type"] != "input"])).split("\n")


def fields(form: dict[str, Any]) -> list[str]:
    assert [] == check_view(form)
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    assert [block["block_id"] for block in inputs] == [block["element"]["action_id"] for block in inputs]
    return [block["block_id"] + ("" if block["optional"] else "*") for block in inputs]


def element(form: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(block for block in form["blocks"] if block.get("block_id") == name)["element"]
    return found


def test_new_draft_needs_a_text_a_leader_and_a_place() -> None:
    form = new_draft_form(playbook(), text="Hello.", leader="U0LEADER01", channels=("C0DRAFTS01",))
    assert ["text*", "platforms", "leader*", "description", "place*"] == fields(form)
    assert ("new_draft", "New draft", "Check it") == (
        form["callback_id"],
        form["title"]["text"],
        form["submit"]["text"],
    )
    assert "Hello." == element(form, "text")["initial_value"]
    assert ["dm", "C0DRAFTS01"] == [option["value"] for option in element(form, "place")["options"]]


def test_a_message_that_no_form_takes_is_not_filled_in_by_half() -> None:
    form = new_draft_form(playbook(), text="a" * 3_001, leader="U0LEADER01")
    assert "initial_value" not in element(form, "text")
    assert "longer than a Slack form takes" in shown(form)[0]


def test_edit_draft_is_filled_with_the_newest_text_or_the_suggestion_and_lists_open_points() -> None:
    told = view(verdict(Outcome.EDIT, findings=(finding(),), suggestion=SUGGESTION, suggestion_source="critique"))
    assert TEXT == element(edit_form(told, playbook()), "text")["initial_value"]
    form = edit_form(told, playbook(), suggestion=True)
    assert SUGGESTION == element(form, "text")["initial_value"]
    assert ["Keep in mind", "- Edit · Asks for replies. It asks for replies."] == shown(form)
    assert ("edit_draft", "d1:r1") == (form["callback_id"], form["private_metadata"])
    assert "LinkedIn 83 of 3,000" == next(block["hint"]["text"] for block in form["blocks"] if "hint" in block)


def test_a_text_over_3000_characters_is_edited_in_its_message() -> None:
    form = edit_form(view(verdict(), text="a" * 3_001), playbook())
    assert ["This text is longer than a Slack form takes. Edit your message instead; the card follows."] == shown(form)
    assert "submit" not in form


def test_see_changes_lists_pairs_and_then_the_whole_text() -> None:
    draft = "We open in Leeds. Just wanted to say it is big. Thoughts?"
    told = view(
        verdict(Outcome.EDIT, suggestion="We open in Leeds. It is big.", suggestion_source="critique"), text=draft
    )
    expected = [
        "Was: Just wanted to say it is big. Thoughts?",
        "Now: It is big.",
        "The whole suggested version",
        "    We open in Leeds. It is big.",
    ]
    assert expected == shown(see_changes(told, playbook()))


@pytest.mark.parametrize("size", [1, 8_000, 20_000])
def test_see_changes_never_cuts_the_text(size: int) -> None:
    suggestion = ("Word " * size)[:size]
    form = see_changes(view(verdict(Outcome.EDIT, suggestion=suggestion, suggestion_source="critique")), playbook())
    assert [] == check_view(form)
    parts = [part for block in form["blocks"] if block["type"] == "rich_text" for part in block["elements"]]
    whole = "".join(part["elements"][0]["text"] for part in parts if part["type"] == "rich_text_preformatted")
    assert suggestion == whole


def test_why_shows_guideline_reason_examples_and_source() -> None:
    told = view(verdict(Outcome.EDIT, findings=(finding(evidence="Thoughts?"),)))
    form = why_form(told, playbook(), 0)
    assert form is not None
    expected = [
        "Edit · Asks for replies",
        "    > Thoughts?",
        "It asks for replies. End on your commitment.",
        "Stay out of audience games",
        "Say it, and leave it.",
        "Why it matters",
        "Readers answer, and somebody has to answer them.",
        "Not so good",
        "    Agree? Comment!",
        "Better",
        "    We are moving the hub to Leeds.",
        "- Rule O02, baits-engagement · Edit",
        "- Source: The essay.",
        "- What counted: Thoughts?",
        "[ Not useful in this draft… ]",
    ]
    assert expected == shown(form)
    assert "d1:r1:0" == form["private_metadata"]


def test_why_of_a_point_by_the_review_says_so_and_of_no_point_is_nothing() -> None:
    told = view(verdict(Outcome.EDIT, findings=(finding(rule=None, source="critique"),)))
    form = why_form(told, playbook(), 0)
    assert form is not None
    assert "- Found by the AI review · Edit" == shown(form)[-2]
    assert why_form(told, playbook(), 1) is None
    assert why_form(told, playbook(), -1) is None


def test_all_points_lists_every_point_with_its_state_and_leads_to_what_was_checked() -> None:
    carried = (
        CarriedFinding(finding(title="Softeners"), "fixed", 1),
        CarriedFinding(finding(title="Bait"), "withdrawn", 1),
    )
    told = view(verdict(Outcome.EDIT, findings=(finding(),)), carried=carried)
    form = all_points(told, playbook())
    expected = [
        "1 open point",
        "Edit · Asks for replies",
        "    > Thoughts?",
        "It asks for replies. End on your commitment.",
        "Fixed",
        "- Softeners (since revision 1)",
        "Withdrawn",
        "- Bait",
        "[ What was checked ]",
    ]
    assert expected == shown(form)
    assert "draft.checked" == form["blocks"][-1]["elements"][0]["action_id"]


def test_all_points_of_very_many_still_opens() -> None:
    many = tuple(finding(start=place, quote=f"q{place}") for place in range(300))
    form = all_points(view(verdict(Outcome.EDIT, findings=many)), playbook())
    assert "260 more points" in shown(form)
    assert "draft.checked" == form["blocks"][-1]["elements"][0]["action_id"]


def test_what_was_checked_names_all_that_a_review_can_be_repeated_by() -> None:
    told = verdict(left_out=(LeftOut("bad-rule", "its pattern is wrong"),), dropped=2)
    form = checked_form(view(told, revision={"attachments": Attachments(images=1)}), playbook())
    expected = [
        "- Draft d1, revision 1",
        "- Received Wed 14:02",
        "- Guidelines 3f9a2c11",
        "- 59 rules",
        "- Left out: bad-rule (its pattern is wrong)",
        "- AI review by some-model, 4,200 ms",
        "- 2 points of the AI review dropped: not in the draft, or no guideline",
        "- Not reviewed: 1 image",
    ]
    assert expected == [line for line in shown(form)[1:] if not line.startswith("- Text ")]


def test_what_was_checked_says_why_there_was_no_review_and_when_it_still_runs() -> None:
    half = checked_form(view(verdict(complete=False, critique="timeout")), playbook())
    assert "- Not checked: AI review (slow)" in shown(half)
    running = checked_form(view(verdict(complete=False, pending=True, critique="")), playbook())
    assert "- AI review running" in shown(running)
    assert "- Draft d1, revision 1" in shown(checked_form(view(), playbook()))


def test_a_hand_off_presets_the_team_and_includes_no_draft() -> None:
    form = handoff_form(view(verdict(Outcome.REDIRECT, route="legal")), playbook(), "legal", NAMES)
    assert ["team*", "link", "what", "answered*", "promised", "include", "needed_by"] == fields(form)
    assert "legal" == element(form, "team")["initial_option"]["value"]
    assert "initial_options" not in element(form, "include")
    assert "no" == element(form, "answered")["initial_option"]["value"]
    assert ("handoff", "d1:r1") == (form["callback_id"], form["private_metadata"])


def test_without_a_team_that_has_a_channel_the_form_says_so() -> None:
    nowhere = tuple(route.model_copy(update={"channel": ""}) for route in playbook().routes)
    form = handoff_form(view(verdict()), replace(playbook(), routes=nowhere), "legal", NAMES)
    assert ["No team has a channel yet. Comms can name one."] == shown(form)


def test_closing_a_hand_off_takes_one_line() -> None:
    form = handoff_done_form(handoff(), playbook(), NAMES)
    assert ["line*"] == fields(form)
    assert ("handoff_done", "h1") == (form["callback_id"], form["private_metadata"])
    assert (5, 200) == (element(form, "line")["min_length"], element(form, "line")["max_length"])


def test_posted_asks_for_a_reason_only_against_open_points() -> None:
    assert ["platforms*", "when*", "which*", "text"] == fields(posted_form(view(verdict()), playbook(), now=NOW))
    told = view(verdict(Outcome.EDIT, findings=(finding(),)))
    assert ["platforms*", "when*", "which*", "text", "reason*"] == fields(posted_form(told, playbook(), now=NOW))
    notes = view(verdict(findings=(finding(severity=Severity.INFO),)))
    assert ["platforms*", "when*", "which*", "text"] == fields(posted_form(notes, playbook(), now=NOW))


def test_details_of_a_post_are_filled_in_and_it_can_be_taken_back() -> None:
    post = Post("p1", "U0LEADER01", "x", NOW, "d1", 1, "U0LEADER01")
    told = view(
        verdict(Outcome.EDIT, findings=(finding(),), suggestion=SUGGESTION, suggestion_source="rule"),
        State.POSTED,
        posts=(post,),
    )
    form = posted_form(told, playbook(), now=NOW)
    assert ["platforms*", "when*", "which*", "text", "not_posted"] == fields(form)
    assert ["x"] == [option["value"] for option in element(form, "platforms")["initial_options"]]
    assert int(NOW.timestamp()) == element(form, "when")["initial_date_time"]
    assert ["this", "suggestion", "other"] == [option["value"] for option in element(form, "which")["options"]]

"""The card of a draft as it moves on: newer texts, posted, dropped, forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import (
    Attachments,
    CarriedFinding,
    LeftOut,
    Length,
    Outcome,
    Settled,
    State,
    Usage,
    text_hash,
)
from tests.card_drawing import draw, labels, lines, post
from tests.card_values import NOW, TEXT, finding, verdict, view

SUGGESTION = "Injuries in our depots fell by a third this year. [What happens next]"


def test_the_text_to_post_stands_on_the_card_once_it_is_not_the_message() -> None:
    used = verdict(reason="Plain.", suggestion="Injuries fell.")
    shown = view(
        used,
        text="Injuries fell.",
        revision={"number": 2, "origin": "suggestion"},
        used_suggestion=True,
        critique_revision=1,
        carried=(
            CarriedFinding(finding(), "fixed", 1),
            CarriedFinding(finding(title="Softeners"), "withdrawn", 1, why="one-off"),
        ),
    )
    expected = [
        "Ready to post",
        "Plain.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record · revision 2",
        "Text to post · revision 2",
        "    Injuries fell.",
        "Fixed since revision 1: Asks for replies · Withdrawn: Softeners (one-off)",
        "[ Posted it ]  [ Keep for later… ]  [⋯] Edit… · What was checked · Drop it",
        "Checked: 59 rules, AI review of revision 1, whose suggestion this is · Guidelines 3f9a2c11 · Text "
        + text_hash("Injuries fell.")[:6],
    ]
    assert expected == lines(shown)


def test_what_the_review_settled_is_told() -> None:
    settled = verdict(settled=(Settled("baits-engagement", "It is a question to customers."),))
    assert "Withdrawn: Asks for replies (settled by the AI review)" in lines(view(settled))


def test_the_honesty_line_names_all_that_was_not_looked_at() -> None:
    told = verdict(
        usage=Usage(model="scripted", scripted=True),
        other_language="French",
        left_out=(LeftOut("a", "its pattern is wrong"), LeftOut("b", "its pattern is wrong")),
    )
    shown = view(told, revision={"attachments": Attachments(images=1, files=2)})
    expected = (
        "Checked: 59 rules, AI review (scripted) · Not reviewed: 1 image, 2 files · Writing rules: not for French · "
        "2 rules left out: its pattern is wrong · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6]
    )
    assert expected == lines(shown)[-1]


def test_with_no_network_known_each_length_is_shown_and_posting_asks_where() -> None:
    lengths = {"x": Length(312, 280), "linkedin": Length(312, 3000)}
    shown = view(
        verdict(lengths=lengths),
        draft={"platforms": ("x", "linkedin"), "platform_known": False, "submitter": "U0DELEGATE"},
    )
    expected = "X 312 of 280, over · LinkedIn 312 of 3,000 · for Dana Reyes, submitted by Eve Lund"
    assert expected == lines(shown)[2]
    assert labels(shown).startswith("[ Posted it… ]")
    assert "Your draft: Ready to post." == draw(shown).text


def test_a_posted_draft_keeps_one_line_of_its_points() -> None:
    shown = view(verdict(Outcome.EDIT, findings=(finding(),)), State.POSTED, posts=(post(),))
    expected = [
        "Posted on LinkedIn, Wed 14:02",
        "Recorded: posted on LinkedIn, 14:02, as in revision 2.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record",
        "1 point: Asks for replies  [ Show all points ]",
        "[ Change details… ]",
        "Checked: 59 rules, AI review · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    assert expected == lines(shown)


@pytest.mark.parametrize(
    ("compared", "how"),
    [("as_suggested", "as suggested"), ("with_changes", "with changes"), ("not_given", "text not given")],
)
def test_a_posted_draft_says_how_its_text_compares(compared: Any, how: str) -> None:
    shown = view(verdict(), State.POSTED, posts=(post(compared=compared), post(platform="x", compared=compared)))
    assert f"Recorded: posted on LinkedIn and X, 14:02, {how}." == lines(shown)[1]


def test_a_dropped_draft_can_be_brought_back_and_a_lapsed_one_checked_again() -> None:
    assert ["Dropped", "[ Bring it back ]"] == [
        line for line in lines(view(verdict(), State.DROPPED)) if line in {"Dropped", "[ Bring it back ]"}
    ]
    assert "[ Check it again ]" == labels(view(verdict(), State.LAPSED))


def test_a_forgotten_draft_shows_neither_text_nor_points_nor_buttons() -> None:
    told = verdict(Outcome.EDIT, findings=(finding(),), suggestion=SUGGESTION, suggestion_source="critique")
    shown = view(told, State.FORGOTTEN, text=None, draft={"forgotten_on": NOW})
    expected = [
        "Text deleted on 18 Nov",
        "The text is gone. Outcome, decisions and times stay on record, without it.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record",
        "Checked: 59 rules, AI review · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    assert expected == lines(shown)


def test_a_posted_draft_whose_text_is_gone_says_so_and_quotes_nothing() -> None:
    told = verdict(Outcome.EDIT, findings=(finding(),), suggestion=SUGGESTION, suggestion_source="critique")
    shown = lines(view(told, State.POSTED, text=None, draft={"forgotten_on": NOW}, posts=(post(),)))
    assert "Text deleted on 18 Nov, as agreed." == shown[2]
    assert not any("Thoughts?" in line or "depots" in line for line in shown)


def test_the_same_values_draw_the_same_card() -> None:
    assert draw(view(verdict())) == draw(view(verdict()))

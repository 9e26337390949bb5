"""The card of a draft in every outcome, read as a person reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.model import (
    Outcome,
    Severity,
    State,
    text_hash,
)
from bot.slack.cards.review import draw_review
from bot.slack.plain import print_card
from tests.card_drawing import labels, lines, post
from tests.card_values import NAMES, NOW, TEXT, ZONE, finding, handoff, playbook, verdict, view

SUGGESTION = "Injuries in our depots fell by a third this year. [What happens next]"


def test_a_draft_whose_rules_have_not_run_is_being_worked_on() -> None:
    expected = ["Reading your draft", "Working…", "first LinkedIn post on record", "Text " + text_hash(TEXT)[:6]]
    assert expected == lines(view(state=State.CHECKING))


def test_the_first_card_says_what_the_rules_found_and_offers_nothing_yet() -> None:
    found = verdict(Outcome.EDIT, pending=True, complete=False, critique="", findings=(finding(),))
    expected = [
        "Reading your draft",
        "The written rules are done: 1 point so far. The AI review usually takes about 10 seconds.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record",
        "Checked: 59 rules · AI review running · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    assert expected == lines(view(found, State.CHECKING))


def test_a_hold_stands_on_the_first_card_with_its_buttons() -> None:
    held = verdict(
        Outcome.HOLD,
        pending=True,
        complete=False,
        critique="",
        route="legal",
        findings=(finding(severity=Severity.HOLD),),
    )
    shown = lines(view(held))
    assert "Hold: ask legal first" == shown[0]
    assert "One part needs to be cleared." == shown[1]
    assert "[ Edit… ]  [⋯] Go ahead anyway… · Posted it… · Keep for later… · What was checked · Drop it" in shown
    assert any("AI review running" in line for line in shown)


def test_a_slow_review_is_half_a_check_so_far_and_can_be_worked_on() -> None:
    found = verdict(Outcome.EDIT, pending=True, complete=False, critique="", findings=(finding(),))
    shown = lines(view(found, slow=True))
    assert "Half a check so far" == shown[0]
    assert "Edit · Asks for replies  [⋯] Why this point · Not useful in this draft…" in shown
    assert "[ Edit… ]  [⋯] Posted it… · What was checked · Drop it" in shown


def test_ready_says_so_in_six_lines() -> None:
    last = post(posted_at=NOW - timedelta(days=9))
    expected = [
        "Ready to post",
        "One decision, for customers, with a date they can hold you to.",
        "LinkedIn 83 of 3,000 · last LinkedIn post 9 days ago",
        "[ Posted it ]  [ Keep for later… ]  [⋯] Edit… · What was checked · Drop it",
        "Checked: 59 rules, AI review · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    shown = view(verdict(reason="One decision, for customers, with a date they can hold you to."), last_posts=(last,))
    assert expected == lines(shown)


def test_ready_may_hold_two_notes_on_one_line_each() -> None:
    notes = tuple(
        finding(severity=Severity.INFO, start=place, title=f"Note {place}", message="Worth knowing.")
        for place in range(3)
    )
    shown = lines(view(verdict(findings=notes)))
    assert ["Note · Note 0. Worth knowing.", "Note · Note 1. Worth knowing."] == [
        line for line in shown if line.startswith("Note ")
    ]
    assert "1 more point  [ Show all points ]" in shown
    assert "[ Posted it ]  [ Keep for later… ]  [⋯] Edit… · What was checked · Drop it" in shown


def test_better_with_edits_shows_the_suggestion_before_the_points() -> None:
    edit = verdict(
        Outcome.EDIT,
        reason="The news is good; the softeners hide it.",
        findings=(
            finding(),
            finding(rule="hedges", quote="Just wanted to say", title="Softeners", message="Say it once.", fix=""),
        ),
        suggestion=SUGGESTION,
        suggestion_source="critique",
    )
    expected = [
        "Better with edits",
        "The news is good; the softeners hide it.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record",
        "Suggested version · 1 small edit · one gap to fill · no facts added  [ See what changes ]",
        "    " + SUGGESTION,
        "Edit · Softeners  [⋯] Why this point · Not useful in this draft…",
        "    > Just wanted to say",
        "Say it once.",
        "Edit · Asks for replies  [⋯] Why this point · Not useful in this draft…",
        "    > Thoughts?",
        "It asks for replies. End on your commitment.",
        "[ Add my line… ]  [ Go ahead anyway… ]  [⋯] Edit… · Posted it… · Keep for later… · What was checked · Drop it",
        "Checked: 59 rules, AI review · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    assert expected == lines(view(edit))


def test_a_suggestion_without_gaps_can_be_used_with_one_tap() -> None:
    edit = verdict(Outcome.EDIT, findings=(finding(),), suggestion="Injuries fell.", suggestion_source="rule")
    shown = lines(view(edit))
    assert (
        "[ Use this version ]  [ Edit… ]  [ Go ahead anyway… ]  [⋯] Posted it… · Keep for later… · What was checked · Drop it"
        in shown
    )
    assert any("made by rules" in line for line in shown)


def test_nothing_to_say_has_a_headline_of_its_own() -> None:
    empty = verdict(Outcome.EDIT, nothing_to_say=True, findings=(finding(source="critique", rule=None),))
    assert ["Skip it, or say more", "Nothing in it yet that only you can give."] == lines(view(empty))[:2]


def test_wait_names_the_day_and_is_told_in_the_reason_and_not_as_a_point() -> None:
    soon = finding(outcome=Outcome.WAIT, message="The last LinkedIn post was 5 hours ago.", fix="")
    wait = verdict(Outcome.WAIT, findings=(soon,), wait_until=NOW + timedelta(days=1))
    expected = [
        "Wait: better on Thursday",
        "The last LinkedIn post was 5 hours ago.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record · next good time Thu 14:02",
        "[ Keep for Thu 14:02 ]  [ Edit… ]  [ It can't wait… ]  [⋯] Posted it… · What was checked · Drop it",
        "Checked: 59 rules, AI review · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    assert expected == lines(view(wait))


@pytest.mark.parametrize(
    ("hours", "title"),
    [(3, "Wait: better from 17:02 today"), (24 * 9, "Wait: better on 27 Nov"), (None, "Wait")],
)
def test_a_wait_of_hours_names_the_time_and_one_of_weeks_the_date(hours: int | None, title: str) -> None:
    until = None if hours is None else NOW + timedelta(hours=hours)
    assert title == lines(view(verdict(Outcome.WAIT, wait_until=until)))[0]


def test_a_redirect_names_the_team_and_what_can_be_said_instead() -> None:
    redirect = verdict(
        Outcome.REDIRECT,
        route="customer-care",
        also=("legal",),
        findings=(finding(severity=Severity.REDIRECT, title="One customer's case"),),
        suggestion="A late parcel usually means a broken handover.",
        suggestion_source="critique",
        approved_facts=(("On time", "97 % on time"),),
    )
    expected = [
        "Better from care",
        "This is for customer care.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record · also: legal",
        "Suggested version · a post of your own · 1 approved fact (“On time”, until 31 Dec)  [ See what changes ]",
        "    A late parcel usually means a broken handover.",
        "Another team · One customer's case  [⋯] Why this point · Not useful in this draft…",
        "    > Thoughts?",
        "It asks for replies. End on your commitment.",
        (
            "[ Send to care… ]  [ Use this version ]  [ Edit… ]  [⋯] Not for care… · Go ahead anyway… · Posted it… · "
            "Keep for later… · Drop it"
        ),
        "Checked: 59 rules, AI review · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    assert expected == lines(view(redirect))


def test_an_undecided_redirect_only_may_be_one_for_the_team() -> None:
    grey = verdict(Outcome.REDIRECT, route="customer-care", grey=True, findings=(finding(severity=Severity.REDIRECT),))
    assert "May be one for care" == lines(view(grey))[0]


def test_once_sent_a_hand_off_is_not_offered_again_and_can_be_withdrawn() -> None:
    redirect = verdict(Outcome.REDIRECT, route="customer-care", findings=(finding(severity=Severity.REDIRECT),))
    shown = lines(view(redirect, handoffs=(handoff(),)))
    assert "With customer care since 14:02, answer by 18:02 · H-0142  [ Withdraw H-0142 ]" in shown
    assert "[ Edit… ]  [⋯] Not for care… · Go ahead anyway… · Posted it… · Keep for later… · Drop it" in shown


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (
            {"state": "claimed", "claimed_by": "U0CARE0001"},
            "With customer care · H-0142 claimed by Sam Idowu  [ Withdraw H-0142 ]",
        ),
        ({"state": "done", "closed_by": "U0CARE0001"}, "H-0142 done by Sam Idowu, customer care"),
        ({"state": "withdrawn"}, "H-0142 to customer care withdrawn"),
    ],
)
def test_the_card_follows_its_hand_off(changed: dict[str, Any], line: str) -> None:
    assert line in lines(view(verdict(), handoffs=(handoff(**changed),)))


def test_a_hold_by_the_rules_stays_a_hold_when_the_review_is_down() -> None:
    held = verdict(
        Outcome.HOLD,
        complete=False,
        critique="circuit_open",
        route="legal",
        findings=(finding(severity=Severity.HOLD),),
        withheld="facts",
    )
    expected = [
        "Hold: ask legal first",
        "One part needs to be cleared.",
        "This is half a check: the AI review is not available.",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record",
        "No suggested version: it would have needed a fact that is neither in your draft nor approved.",
        "Hold · Asks for replies  [⋯] Why this point",
        "    > Thoughts?",
        "It asks for replies. End on your commitment.",
        "[ Edit… ]  [⋯] Go ahead anyway… · Posted it… · Keep for later… · Try again · Drop it",
        "Checked: 59 rules · Not checked: AI review (not available) · Guidelines 3f9a2c11 · Text "
        + text_hash(TEXT)[:6],
    ]
    assert expected == lines(view(held))


def test_a_hold_that_no_team_owns_is_for_comms_and_one_for_tone_only_takes_time() -> None:
    assert "Hold: ask comms first" == lines(view(verdict(Outcome.HOLD, findings=(finding(severity=Severity.HOLD),))))[0]
    assert "Hold for 30 minutes" == lines(view(verdict(Outcome.HOLD, pause_minutes=30)))[0]


def test_a_silent_window_says_nothing_about_why() -> None:
    shipped = playbook()
    window = shipped.rules[0].model_copy(update={"kind": "window"})
    held = verdict(Outcome.HOLD, route="legal", findings=(finding(severity=Severity.HOLD),))
    card = draw_review(view(held), replace(shipped, rules=(window,)), now=NOW, timezone=ZONE, names=NAMES)
    assert "Check with comms before posting." == print_card(card).split("\n")[1]


def test_half_a_check_never_says_ready() -> None:
    half = verdict(complete=False, critique="timeout")
    expected = [
        "Half a check: the rules found nothing",
        "The AI review did not answer in time, so this is half a check.",
        "Checked: length, links, personal data, results and deal language, tone words, timing.",
        "Not checked: whether the message is clear, right for its readers and worth posting.",
        "Before you post: who is it for, and what will they do differently?",
        "LinkedIn 83 of 3,000 · first LinkedIn post on record",
        "[ Try again ]  [ Posted it ]  [ Edit… ]  [⋯] Keep for later… · What was checked · Drop it",
        "Checked: 59 rules · Not checked: AI review (slow) · Guidelines 3f9a2c11 · Text " + text_hash(TEXT)[:6],
    ]
    assert expected == lines(view(half))


@pytest.mark.parametrize(
    ("status", "reason", "again"),
    [
        ("not_configured", "not set up", False),
        ("rules_only", "not asked for", False),
        ("too_long", "too long", False),
        ("timeout", "slow", True),
        ("circuit_open", "not available", True),
        ("rate_limited", "not available", True),
        ("connection", "not available", True),
        ("http_503", "not available", True),
        ("refusal", "declined", True),
        ("content_filter", "declined", True),
        ("cut_off", "answer not usable", True),
        ("malformed", "answer not usable", True),
        ("ungrounded", "answer not usable", True),
        ("canary", "answer not usable", True),
        ("limit_reached", "limit reached", True),
    ],
)
def test_the_card_says_why_there_is_no_review_and_offers_another_try_where_that_may_help(
    status: str, reason: str, again: bool
) -> None:
    shown = view(verdict(complete=False, critique=status))
    assert f"Not checked: AI review ({reason})" in lines(shown)[-1]
    assert again == ("Try again" in labels(shown))

"""Loose ends; and rules that weigh differently by an approved topic, a pause, or the tone about a rival."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import Severity
from tests.own_rules import check, rule, rule_set, window

SAYS = {"weekday": "{date} is a {right}.", "weekday_fix": "Correct it."}


def unfinished(text: str, **keys: Any) -> list[tuple[str, str]]:
    made = rule_set(rule(kind="unfinished", message="Open.", **{"patterns": ["TBC"]} | SAYS | keys))
    report = check(made, text)
    assert () == report.left_out
    return [(one.quote, one.message) for one in report.findings]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It opens on Monday 24 November 2026.", "24 November 2026 is a Tuesday."),
        ("It opens on Monday, 24th of Nov 2026.", "24th of Nov 2026 is a Tuesday."),
        ("It opens on Mon, November 24, 2026.", "November 24, 2026 is a Tuesday."),
        ("It opens on Friday the 1st of January 2027, or Thursday 2 January 2027.", "2 January 2027 is a Saturday."),
        ("See you on Tuesday 30 February 2027, I mean Sunday 3 December.", "3 December is a Thursday."),
    ],
)
def test_a_weekday_that_does_not_go_with_its_date_is_told_the_right_one(text: str, said: str) -> None:
    assert [said] == [message for _, message in unfinished(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It opens on Tuesday 24 November 2026.",
        "It opens on TUESDAY, NOVEMBER 24.",
        "It opened on Wednesday 24 December, and opens again on Thursday 24 December.",
        "Monday 31 February is no date, and Monday may be 24 vans' worth.",
        "On Monday 24 drivers began.",
    ],
)
def test_a_weekday_that_may_be_right_is_left_alone(text: str) -> None:
    assert [] == unfinished(text)


def test_gaps_are_found_beside_dates_and_exceptions_hold_for_both() -> None:
    text = "Monday 24 November 2026, details TBC."
    assert {"Open.", "24 November 2026 is a Tuesday."} == {message for _, message in unfinished(text)}
    assert ["TBC"] == [quote for quote, _ in unfinished(text, exceptions=["Monday 24 November 2026"])]


def politics(text: str, *topics: str) -> list[Severity]:
    own = rule(
        severity="hold", owner="media", patterns=["(?i)gun control", "(?i)vote for labour"], approved="policy_topics"
    )
    return [one.severity for one in check(rule_set(own, policy_topics=list(topics)), text).findings]


def test_an_approved_topic_is_a_note_and_a_party_beside_it_is_not() -> None:
    text = "Gun control is our line; vote for Labour."
    assert [Severity.HOLD, Severity.HOLD] == politics(text)
    assert [Severity.HOLD, Severity.INFO] == politics(text, "gun  control")
    assert [Severity.HOLD, Severity.HOLD] == politics(text, "control tower")


@pytest.mark.parametrize("kind", ["crisis", "embargo"])
def test_metaphors_of_war_weigh_only_while_posting_is_paused(kind: str) -> None:
    own = rule(
        severity="hold", patterns=["(?i)was killed"], exceptions=["(?i)killing it softly"], paused=["(?i)killing it"]
    )
    found = check(rule_set(own), "They are killing it.", windows=(window(kind),)).findings
    assert ([Severity.WARN] if kind == "crisis" else []) == [one.severity for one in found]
    assert () == check(rule_set(own), "They are killing it softly.", windows=(window(kind),)).findings
    everything = check(rule_set(own), "They are killing it.", windows=(window(kind, everything=True),)).findings
    assert [Severity.WARN] == [one.severity for one in everything]


def rival(text: str) -> list[str | None]:
    own = rule(
        kind="names", severity="redirect", owner="marketing", lists=["competitors"], needs=["(?i)faster|unsafe"],
        needs_within=40, routes={"legal": ["(?i)unsafe"]},
    )  # fmt: skip
    return [one.route for one in check(rule_set(own, competitors=["Parcelwise"]), text).findings]


def test_a_harsh_word_about_a_rival_goes_to_legal_and_a_comparison_to_marketing() -> None:
    assert ["marketing"] == rival("We are faster than Parcelwise.")
    assert ["legal"] == rival("Parcelwise vans are unsafe, and we are faster.")
    far = "Parcelwise is slower: we are faster. " + "And now for something else. " * 3 + "Ice is unsafe."
    assert ["marketing"] == rival(far)

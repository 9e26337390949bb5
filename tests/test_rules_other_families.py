"""Messages, reputation and craft: texts that only look alike, leaks inside good posts, and who may settle what."""

from __future__ import annotations

from functools import cache

import pytest

from bot.playbook import load_playbook
from bot.rules import RuleSet, compile_rules
from tests.own_rules import check, rule, rule_set
from tests.test_rules_engine import SCORE

TRAPS = [
    ("Best wishes for Eid to colleagues and customers everywhere.", "R02 R04"),
    ("First of all, thank you. Only our drivers know how hard the winter was.", "R02"),
    ("The best part of my week is the depot visit.", "R02"),
    ("The light turned green for our new hub, and we see sustainable growth in the region.", "R03"),
    ("A conservative estimate is that labour costs rise by a tenth. The parties will vote at the AGM.", "R04"),
    ("Our killer feature is patience. The war for talent is over.", "R05"),
    ("We support gay rights, and God bless the crews working tonight.", "R04"),
    ("Our depot is located in Leeds and we are committed to staying.", "W02"),
    ("Müller, Nguyễn and Łukasz run our best sites.", "R02"),
    ("We asked regulators, unions and customers the same three questions, and changed the contract.", "P08"),
    (
        "The report says what our commission found. I think every committee should read it, and I would begin with ours.",
        "R06",
    ),
]

LEAKS = [
    (
        (
            "Nine years ago our first depot had four vans. Today it has ninety, and the same two drivers train the new ones. "
            "We were hacked on Friday, and I am proud of how calmly the team took it."
        ),
        "security-incident",
    ),
    (
        (
            "Safety begins with sleep. That is why we ended double shifts. Two colleagues died on the A1 last week, and we owe "
            "it to them to go on."
        ),
        "tragedy",
    ),
    (
        "Cities want fewer vans, and we took forty off the road. If you want more of that, vote for Labour in May.",
        "politics-or-religion",
    ),
]


@cache
def shipped() -> RuleSet:
    return compile_rules(load_playbook())[0]


@pytest.mark.parametrize(("text", "numbers"), TRAPS)
def test_a_text_that_only_looks_alike_draws_no_finding_here(text: str, numbers: str) -> None:
    names = {shipped().explain(number).name for number in numbers.split()}
    assert set() == names & {finding.rule for finding in check(shipped(), text).findings}


@pytest.mark.parametrize(("text", "name"), LEAKS)
def test_one_sentence_that_has_to_be_held_is_found_inside_a_good_post(text: str, name: str) -> None:
    assert (name, "hold") in [(finding.rule, finding.severity) for finding in check(shipped(), text).findings]


def test_only_soft_rules_of_these_families_may_be_settled_by_the_review() -> None:
    settled = {
        spec.number
        for spec in (shipped().explain(name) for name in shipped().names)
        if spec.number[0] in "MRW" and spec.settled_by_critique
    }
    assert {"M01", "M02", "M03", "M04", "M05", "W02"} == settled


def test_a_signal_that_stands_again_and_again_weighs_one_more() -> None:
    made = rule_set(rule(SCORE.replace("weight = 3", "weight = 3\nagain = 3"), firm=4))
    found = [check(made, text).findings[0].grey for text in ("buy", "buy buy", "buy buy buy")]
    assert [True, True, False] == found


def test_in_a_long_text_both_lines_of_a_score_rise() -> None:
    made = rule_set(rule(SCORE, long_from=40, long_adds=2))
    short = [finding.grey for finding in check(made, "buy now").findings]
    long = [finding.grey for finding in check(made, "buy now " + "and wait " * 10).findings]
    too_little = check(made, "buy it " + "and wait " * 10).findings
    assert ([False], [True], ()) == (short, long, too_little)

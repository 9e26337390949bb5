"""Drafts beside key messages and beside the leader's own earlier posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import pytest

from bot.model import Post, RulesReport
from bot.playbook.values import KeyMessage, ProofPoint
from bot.rules import compile_rules
from tests.own_rules import check, playbook, post, rule, rule_set

SAID = "We pay for the wait at the gate now. Our drivers asked for it, and they were right."
MESSAGE = KeyMessage(
    id="On time",
    sentence="We deliver when we said we would.",
    stakeholders=("customers",),
    owner="Priya",
    live_to=date(2026, 11, 30),
    proof_points=(ProofPoint(fact="18 depots have the new handover", source="a page", approved_by="Priya"),),
)
UNLIKE = "Cycling to the office in the rain taught me more about patience than any course."


def off_message(text: str, *messages: KeyMessage) -> RulesReport:
    made, faults = compile_rules(replace(playbook(rule(kind="similar", to="messages")), messages=messages))
    assert () == faults
    return check(made, text)


def repeats(text: str, posts: tuple[Post, ...] = (), said: str = SAID, **context: Any) -> list[str]:
    made = rule_set(rule(kind="similar", to="posts", message="{date}"))
    texts = {one.id: said for one in posts}
    report = check(made, text, **({"posts": posts, "posted_texts": texts, "platforms": ("linkedin",)} | context))
    assert () == report.left_out
    return [finding.message for finding in report.findings]


def test_a_text_far_from_every_live_message_and_proof_point_is_off_message() -> None:
    assert 1 == len(off_message(UNLIKE, MESSAGE).findings)
    assert () == off_message("We deliver to your door when we said that we would, again.", MESSAGE).findings
    assert () == off_message("By now 18 of our depots have got the new handover, at last.", MESSAGE).findings


def test_without_live_messages_nothing_is_off_message() -> None:
    over = MESSAGE.model_copy(update={"live_to": date(2026, 11, 24)})
    assert () == off_message(UNLIKE).findings
    assert () == off_message(UNLIKE, over).findings


def test_the_same_words_again_are_told_with_the_day_of_the_earlier_post() -> None:
    assert ["4 November"] == repeats(SAID, (post("linkedin", 500),))
    assert ["4 November"] == repeats(SAID.upper() + " #Drivers https://alder.example", (post("linkedin", 500),))


def test_the_day_is_the_leaders() -> None:
    late = (post("linkedin", 500),)
    assert ["4 November", "5 November"] == [
        day for zone in ("UTC", "Asia/Tokyo") for day in repeats(SAID, late, timezone=zone)
    ]


def test_the_same_message_in_other_words_is_no_repetition() -> None:
    other = "A year of paid waiting: fewer drivers left us than ever before, and the queue is shorter, too."
    assert [] == repeats(other, (post("linkedin", 500),))


def test_a_post_older_than_the_days_counts_no_longer() -> None:
    assert [] == repeats(SAID, (post("linkedin", 91 * 24),))


def test_the_same_text_on_another_network_within_a_day_is_a_cross_post() -> None:
    assert [] == repeats(SAID, (post("x", 5),), platform_known=True)
    assert 1 == len(repeats(SAID, (post("linkedin", 5),), platform_known=True))
    assert [] == repeats(SAID, (post("x", 5),), platforms=("linkedin", "x"))
    assert 1 == len(repeats(SAID, (post("x", 25),), platform_known=True))


def test_a_short_text_is_not_taken_for_a_part_of_a_long_one() -> None:
    long = f"{SAID} {UNLIKE} " + "The night hub in Daventry takes the parcels of three cities from May on."
    assert [] == repeats("Our drivers were right, and they asked.", (post("linkedin", 500),), long)
    assert [] == repeats("Our drivers.", (post("linkedin", 500),), "Our drivers.")


def test_posts_whose_text_is_gone_are_not_compared() -> None:
    assert [] == repeats(SAID, (post("linkedin", 500),), posted_texts={})


@pytest.mark.parametrize("unit", ["word ", "a b c d e f g ", "ab" * 50 + " ", "é "])
def test_long_texts_and_many_posts_take_little_time(unit: str) -> None:
    text = "".join(f"{unit}{number} " for number in range(20_000))
    posts = tuple(post("linkedin", 100 + hours) for hours in range(150))
    start = perf_counter()
    repeats(text, posts, text[5:])
    repeats(text, posts, UNLIKE)
    assert perf_counter() - start < 2

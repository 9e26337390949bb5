"""The rules that are shipped, by their own texts, by texts that look alike and by the guidelines' examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from bot.model import Severity
from bot.playbook import Playbook, load_playbook
from bot.playbook.values import RuleSpec, Sample
from bot.rules import RuleSet, compile_rules, prove
from bot.rules.proof import prove_sample
from tests.own_rules import check

CATALOGUE = {
    "A01": "answers-one-person", "A02": "handles-one-case", "A03": "shows-order-number", "A04": "offers-to-step-in",
    "A05": "gives-support-or-status", "A06": "promotes-a-product", "A07": "announces-an-offer",
    "A08": "advertises-a-job", "A09": "pitches-a-sale", "A10": "manages-a-team-in-public",
    "C01": "too-soon", "C02": "too-many",
    "L01": "hedges", "L02": "clears-throat", "L03": "jargon", "L04": "humblebrags", "L05": "angry", "L06": "shouts",
    "O01": "invites-replies", "O02": "baits-engagement", "O03": "argues", "O04": "runs-a-thread",
}  # fmt: skip
FAMILIES = ("A", "O", "L", "C")

TRAPS = [
    ("Customer service is a strategy, not a department. We are doubling our contact centre investment by 2028.", "A"),
    ("To the 4,000 customers we let down in January: I am sorry. Here is what we are changing.", "A01 A02 A04"),
    ("I will personally lead the review of our safety programme.", "A04"),
    ("Executive Order 14110 changes how regulated firms buy AI.", "A03"),
    ("ISO 27001 and case law from 2024 both point the same way.", "A03"),
    ("We cut emissions 40% off a 2019 base.", "A07"),
    ("We will hire 500 engineers in Leeds over three years because that is where the universities are.", "A08"),
    ("One in 3 / 4 of our customers now pay by bank transfer.", "O04"),
    ("It takes 10/10 effort from a team of nine.", "O04"),
    ("Why did we close it? Because our customers had already left.", "O01"),
    ("Our killer feature is patience. The war for talent is over.", "L05"),
    ("Winner of the NHS and UNICEF award, says the CEO of NASA.", "L06"),
    ("Our leverage ratio is published each March.", "L03"),
    ("We support gay rights, and God bless the crews working tonight.", "L05"),
    ("Sexual harassment has no place here.", "L05"),
    ("The lesson of 2020 is that supply chains break. We built spare capacity.", "A02 O04"),
    ("Thank you to the Leeds team. They dropped nothing in December.", "A10"),
    ("The best part of my week is the depot visit.", "A O L"),
    ("For help with an order, our care team is at alder.example/help.", "A02"),
]

MISSED = ("Another evening on the help desk with you all! @mo_k sorted, @lils01 sorted, keep them coming.",)
"""Examples that fall short and that no rule can see: they are the AI review's."""

SEEN_BY_RULES = ("G1", "G2", "G3", "G4", "G8", "G9", "G10", "G11")
"""The guidelines whose drafts these families can see: altitude, one way, voice, and the market's."""

NO_DRAFTS = ("No post", "@wsj_reader You're right")
"""How better versions begin that are no drafts: the advice not to post, and the one declared exception."""


@cache
def shipped() -> Playbook:
    return load_playbook()


@cache
def shipped_rules() -> RuleSet:
    return compile_rules(shipped())[0]


def mine() -> Iterator[RuleSpec]:
    return (spec for spec in shipped().rules if spec.number[0] in FAMILIES and spec.number != "C03")


def samples(key: str) -> list[object]:
    return [
        pytest.param(spec, sample, id=f"{spec.number}-{number}")
        for spec in mine()
        for number, sample in enumerate(getattr(spec, key))
    ]


def test_the_catalogue_is_complete() -> None:
    assert CATALOGUE == {spec.number: spec.name for spec in mine()}


def test_every_shipped_rule_can_be_used() -> None:
    assert () == compile_rules(shipped())[1]


def test_no_shipped_rule_breaks_its_word() -> None:
    assert [] == [str(fault) for fault in prove(shipped())]


@pytest.mark.parametrize(("spec", "sample"), samples("flags"))
def test_a_rule_flags_its_own_texts(spec: RuleSpec, sample: Sample) -> None:
    found = prove_sample(spec, sample, shipped())
    assert {spec.name} == {finding.rule for finding in found}
    assert all(sample.text[finding.start : finding.end] == finding.quote for finding in found)


@pytest.mark.parametrize(("spec", "sample"), samples("passes"))
def test_a_rule_passes_its_own_texts(spec: RuleSpec, sample: Sample) -> None:
    worst = sample.severity.rank if sample.severity else len(Severity)
    assert [] == [found.quote for found in prove_sample(spec, sample, shipped()) if found.severity.rank < worst]


@pytest.mark.parametrize("spec", list(mine()), ids=lambda spec: spec.number)
def test_a_rule_has_what_a_reader_of_it_needs(spec: RuleSpec) -> None:
    assert min(len(spec.flags), len(spec.passes)) >= 3
    assert len(spec.message.split()) <= 15
    assert all((spec.reason, spec.fix, spec.source, spec.title))
    assert spec.owner or spec.severity not in (Severity.HOLD, Severity.REDIRECT)


@pytest.mark.parametrize(("text", "rules"), TRAPS)
def test_a_text_that_only_looks_alike_draws_no_finding(text: str, rules: str) -> None:
    numbers = {spec.name: spec.number for spec in shipped().rules}
    found = {numbers[finding.rule or ""] for finding in check(shipped_rules(), text).findings}
    assert [] == [number for number in found for barred in rules.split() if number.startswith(barred)]


def test_the_better_versions_of_the_guidelines_draw_nothing_that_asks_for_a_change() -> None:
    better = [example.better for one in shipped().guidelines for example in one.examples if example.better]
    found = {
        text: [
            (finding.rule, finding.quote)
            for finding in check(shipped_rules(), text).findings
            if finding.severity != "info"
        ]
        for text in better
        if not text.startswith(NO_DRAFTS)
    }
    assert {} == {text: findings for text, findings in found.items() if findings}


def test_the_drafts_of_the_guidelines_that_fall_short_draw_a_rule() -> None:
    drafts = [example.draft for name in SEEN_BY_RULES for example in shipped().guideline(name).examples]
    silent = [text for text in drafts if not check(shipped_rules(), text).findings]
    assert [] == [text for text in silent if text not in MISSED]


def test_no_single_soft_word_draws_more_than_a_note() -> None:
    text = "Every adviser can now settle a claim on the first call, {} by March 2027, in all 40 depots."
    soft = ("maybe", "hopefully", "synergy", "leverage", "holistic", "honoured", "proud", "excited", "thoughts", "kind")
    found = {word: check(shipped_rules(), text.format(word)).findings for word in soft}
    assert {} == {word: findings for word, findings in found.items() if any(f.severity != "info" for f in findings)}


def test_only_the_rules_that_may_be_settled_are() -> None:
    settled = {spec.number for spec in mine() if spec.settled_by_critique}
    assert {"O01", "O02", "O04", "L01", "L02", "L03", "L04", "L06"} == settled


def test_a_declared_exception_waives_the_case_rules_and_one_way_only() -> None:
    waivable = {spec.number for spec in mine() if spec.waivable}
    assert {"A01", "A02", "A03", "A04", "O01", "O02", "O03", "O04"} == waivable

"""The screen and the quick way for ASCII save time only: what a pattern finds is the same with and without them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
import re2
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playbook import load_playbook
from bot.rules import RuleSet, compile_rules
from bot.rules.kind import Context, Screened
from bot.rules.patterns import Pattern, compile_pattern
from bot.rules.reading import read
from bot.rules.ruleset import run
from bot.rules.screen import Screen
from bot.rules.shapes import Plain, for_shapes, shape_of
from bot.rules.written import alternatives, loosened
from tests.own_rules import NOW, check, rule, rule_set

CONTEXT = Context(now=NOW, platforms=("linkedin", "x"), platform_known=True)


@cache
def shipped() -> RuleSet:
    return compile_rules(load_playbook())[0]


@cache
def patterns() -> tuple[Pattern, ...]:
    checks = [rule.base.check for rule in shipped().rules if rule.base is not None]
    return tuple({pattern for one in checks if isinstance(one, Screened) for pattern in one.patterns})


@cache
def samples() -> tuple[str, ...]:
    return tuple(sample.text for spec in load_playbook().rules for sample in (*spec.flags, *spec.passes))


def mixtures() -> st.SearchStrategy[str]:
    words = st.sampled_from([word for text in samples() for word in text.split(" ")])
    odd = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
    pieces = st.one_of(st.sampled_from(samples()), words, words, odd)
    return st.lists(pieces, max_size=12).flatmap(
        lambda chosen: st.sampled_from(["", " ", "\n"]).map(lambda by: by.join(chosen))
    )


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_the_screen_rules_out_matches_nowhere(data: st.DataObject) -> None:
    plain = read(data.draw(mixtures()), CONTEXT).plain
    assert [] == [pattern.source for pattern in shipped().screen.absent(plain) if pattern.search(plain) is not None]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_text_has_the_same_findings_without_the_screen(data: st.DataObject) -> None:
    text = data.draw(mixtures())
    reading = read(text, CONTEXT)
    screened = replace(reading, absent=shipped().screen.absent(reading.plain))
    for one in shipped().rules:
        variants = one.variants(CONTEXT.platforms)
        with_it, without = (run(variants, made, text, shipped().organisation) for made in (screened, reading))
        assert without == with_it


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_pattern_finds_the_same_in_ascii_as_in_any_text(data: st.DataObject) -> None:
    plain = read(data.draw(mixtures()), CONTEXT).plain.encode("ascii", "ignore").decode()
    for pattern in patterns():
        expected = [match.span() for match in re2.compile(pattern.source).finditer(plain)]
        assert expected == [(match.start(), match.end()) for match in pattern.finditer(plain)]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_pattern_finds_the_same_in_the_shape_of_a_text_as_in_the_text(data: st.DataObject) -> None:
    # What one version of Unicode knows and another does not may be a letter to one side only.
    unknown = regex.compile(r"\p{Cn}")
    plain = read(unknown.sub("", data.draw(mixtures())), CONTEXT).plain
    for pattern in patterns():
        expected = [match.span() for match in re2.compile(pattern.source).finditer(str(plain))]
        assert expected == pattern.spans(plain)


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a|b", ("a", "b")),
        ("(?i)a|b(?:c|d)", ("(?i)a", "(?i)b(?:c|d)")),
        ("(?:(?i)a|b)|(?:c)", ("(?i)a", "(?i)b", "c")),
        ("(?:a|b)c", ("(?:a|b)c",)),
        (r"[|)(]|\||\)", ("[|)(]", r"\|", r"\)")),
        ("a|(?i)b|c", ("a|(?i)b|c",)),
        (r"\Qa|b\E", (r"\Qa|b\E",)),
        ("[]|]|[^]|]", ("[]|]", "[^]|]")),
        ("(?P<one>a|b)|c", ("(?P<one>a|b)", "c")),
    ],
)
def test_a_pattern_is_taken_apart_at_the_bars_that_stand_in_no_group(source: str, parts: tuple[str, ...]) -> None:
    assert parts == alternatives(source)


@pytest.mark.parametrize(
    ("source", "simpler"),
    [
        (r"^a$|\Ab\z", "(?:)a(?:)|(?:)b(?:)"),
        (r"[^$]\^", r"[^$]\^"),
        ("buy.{0,60}shares", "buy"),
        (r"_[^_\n]{10,}_", "_"),
        ("a.{0,9}b", "a.{0,9}b"),
        ("(?:a.{0,60})b", "(?:a.{0,60})b"),
    ],
)
def test_a_pattern_of_the_common_pass_is_tied_to_no_end_and_counts_through_no_gap(source: str, simpler: str) -> None:
    assert simpler == loosened(source)


@pytest.mark.parametrize(
    "source", [r"\p{Greek}", r"\P{L}", "é", "🧵", r"\x{1F300}", r"[\xe9]", r"\Qa\E", r"\C", r"\351", "¦"]
)
def test_a_pattern_that_asks_what_a_shape_does_not_tell_takes_the_text(source: str) -> None:
    assert for_shapes(source) is None


def test_a_piece_of_a_matching_copy_knows_its_shape() -> None:
    plain = Plain("Größe £5 — 🧵")
    assert (b"Gr\xe0\xe0e", shape_of("£5 — 🧵")) == (plain[:5].shape, plain[6:].shape)
    assert ("G", "🧵") == (plain[0], plain[-1])


def test_most_patterns_are_ruled_out_of_an_ordinary_text() -> None:
    plain = read("We moved two of our depots nearer to where drivers live, and fewer of them leave.", CONTEXT).plain
    assert len(shipped().screen.absent(plain)) > len(patterns()) / 2


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?i)café", "At the CAFÉ"),
        (r"caf\xe9 noir", "A café noir"),
        (r"caf\x{e9}", "A café"),
        (r"\Qa.b\E", "It is a.b here"),
        ("[‘’]tis|perhaps", "Perhaps or perhaps"),
        ("🧵 thread", "A 🧵 thread"),
        (r"\d%", "By 5%"),
        ("(?i)strasse|straße", "In der STRASSE"),
        ("(?i)kelvin", "In kelvin"),
    ],
)
def test_no_way_of_writing_a_pattern_is_lost(pattern: str, text: str) -> None:
    made = rule_set(rule(patterns=[pattern]), rule(name="other", patterns=["(?i)unlikely words"]))
    assert 1 == len(check(made, text).findings)


def test_a_group_that_took_no_part_is_empty() -> None:
    match = compile_pattern("key", "a(b)?").search("a")
    assert match is not None
    assert ("a", "", -1) == (match.group(), match.group(1), match.start(1))


def test_without_patterns_nothing_is_ruled_out() -> None:
    assert frozenset() == Screen(()).absent("A text")

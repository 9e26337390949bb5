"""Whatever the text: no exception, quotes that stand where they are said to stand, and time in proportion to its length."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Attachments
from bot.playbook import load_playbook
from bot.rules import RuleSet, compile_rules
from bot.rules.kind import Context
from bot.rules.reading import read
from tests.fuzz import faults
from tests.own_rules import NOW, post, window

CONTEXT = Context(
    now=NOW,
    platforms=("linkedin", "x"),
    platform_known=True,
    attachments=Attachments(images=1),
    windows=(window("quiet-period"),),
    posts=(post("linkedin", 2), post("x", 30)),
)
WORDS = (
    "@tom ", "DM me ", "your order #123456 ", "…", "”", "\u200b", "\ufeff", "\U000e0041", "½", "™", "é", "e\u0301", "🧵",
    "👨‍👩‍👧‍👦", "!!", "?", "\n", "• ", "WE ARE HERE ", "$ABC ", "revenue up 14% ", "Project Juniper ", "#hiring ", "1/ ",
    "https://alder.example ", "we're hiring ", "I think ", "\ud83d", "ﬁ", "𝗯𝗼𝗹𝗱 ", "ß", "İ", "４５６７８９ ", "ｏｒｄｅｒ ", ". ",
)  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=400)
LIKELY_TEXT = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=()), max_size=4)), max_size=60
)
HOSTILE = (
    "a", " ", "@ ", "@a ", "Hi. ", "😀", "\u200b", "\u0301", "!", "?", "\n", "A", "AAA ", "1/ ", "you ", "order 12345 ", "a.",
    "#a ", "𝗕", "\ud800", "our ", "(", "\"", "we 1 ", "https://", "0", "+1", "a@", "$A ", "our our ", "• ", "DM me your order. ",
    "👨‍👩‍👧‍👦", "1\ufe0f", "a.com ", "a.com/(", "漢字.com", "+44 20 ", "Aж", "a\u0301\u0302", "layoffs, ", "our revenue is 14% ",
)  # fmt: skip


@cache
def rules() -> RuleSet:
    return compile_rules(load_playbook())[0]


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY_TEXT, LIKELY_TEXT.map("".join)))
def test_any_text_is_read_and_every_quote_stands_where_it_is_said_to(text: str) -> None:
    report = rules().check(text, CONTEXT)
    assert () == report.left_out
    for finding in report.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.quote == text[finding.start : finding.end]


@pytest.mark.parametrize("first", range(0, 10_000, 1_000))
def test_a_review_of_an_odd_text_leaves_no_rule_out_and_quotes_what_stands_there(first: int) -> None:
    """10,000 texts in all, the same each time; `make fuzz` tries others."""
    assert [] == [(number, wrong) for number in range(first, first + 1_000) if (wrong := faults(number))]


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY_TEXT, LIKELY_TEXT.map("".join)))
def test_the_offset_table_covers_the_text_in_order(text: str) -> None:
    reading = read(text, CONTEXT)
    assert len(reading.plain) + 1 == len(reading.origin)
    assert list(reading.origin) == sorted(reading.origin)
    assert len(text) == reading.origin[-1]
    ends = [0, *(span.end for span in reading.sentences)]
    assert all(before <= span.start < span.end for before, span in zip(ends, reading.sentences, strict=False))


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_text_made_to_be_slow_takes_time_in_proportion(unit: str) -> None:
    """Five times the length takes five times the time; 15 times and 0.1 s leave room for chance."""
    short, long = (best_time(rules(), _repeated(unit, length)) for length in (20_000, 100_000))
    assert long < 15 * short + 0.1
    assert long < 3


def best_time(made: RuleSet, text: str) -> float:
    """The shorter of two runs, in seconds of the processor: a busy machine makes nothing longer."""
    times = []
    for _ in range(2):
        begun = time.thread_time()
        made.check(text, CONTEXT)
        times.append(time.thread_time() - begun)
    return min(times)


def _repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]

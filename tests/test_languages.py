"""Rules in other languages than English: what holds in any language is found, and words of English rules find nothing."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import RulesReport, Severity
from bot.playbook import Playbook, load_playbook
from bot.playbook.check_rules import check_rule
from bot.playbook.parts import Parts
from bot.rules import RuleSet, compile_rules
from bot.rules.language import NAMES, judge, name_of, same
from tests.languages import ENGLISH, FOUND, MIXED, OPENING_MENTIONS, ORDINARY, SHORT
from tests.own_rules import check, rule, rule_set

POSTS = [(language, text) for language, texts in ORDINARY.items() for text in texts]
FRENCH = ORDINARY["fr"][0]
GERMAN = ORDINARY["de"][0]


@cache
def playbook() -> Playbook:
    return load_playbook()


@cache
def shipped() -> RuleSet:
    return compile_rules(playbook())[0]


def report(text: str, **context: Any) -> RulesReport:
    return check(shipped(), text, **({"platforms": ("linkedin", "x")} | context))


def test_the_texts_are_many_and_in_many_languages() -> None:
    assert len(POSTS) + len(MIXED) + len(OPENING_MENTIONS) >= 90
    assert len(ORDINARY) >= 25


@pytest.mark.parametrize(("language", "text"), POSTS)
def test_an_ordinary_post_in_another_language_draws_no_finding(language: str, text: str) -> None:
    said = report(text)
    assert [] == [(finding.rule, finding.quote) for finding in said.findings]
    assert name_of(language) in (said.other_language, *kin_names(said.other_language))


def kin_names(name: str | None) -> list[str]:
    """The names of languages that are told as the same as the one with this name."""
    codes = [code for code, said in NAMES.items() if said == name]
    return [
        one for one in ("uk", "fa") if any(same(code, frozenset({one})) for code in codes) for one in [name_of(one)]
    ]


@pytest.mark.parametrize("text", MIXED)
def test_english_names_of_products_and_tags_draw_nothing(text: str) -> None:
    said = report(text)
    assert [] == [(finding.rule, finding.quote) for finding in said.findings]
    assert said.other_language is not None


@pytest.mark.parametrize("text", SHORT)
def test_of_a_short_post_nothing_is_found_and_nothing_is_said(text: str) -> None:
    said = report(text)
    assert ([], None) == ([finding.rule for finding in said.findings], said.other_language)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_with_foreign_names_stays_english(text: str) -> None:
    assert None is report(text).other_language
    assert "en" == judge(text)


@pytest.mark.parametrize("text", OPENING_MENTIONS.values())
def test_a_mention_that_opens_a_post_in_another_language_is_pointed_out_and_no_more(text: str) -> None:
    (finding,) = report(text).findings
    assert ("answers-one-person", Severity.WARN, True) == (finding.rule, finding.severity, finding.settled_by_critique)


def test_a_mention_that_opens_an_english_post_is_still_a_reply() -> None:
    said = report("@tomsparcels this is about the wait at our gate in Leeds, which nobody should have to bear.")
    assert [Severity.REDIRECT] == [one.severity for one in said.findings if one.rule == "answers-one-person"]


def test_a_long_chinese_post_may_have_two_exclamation_marks_and_a_short_one_may_not() -> None:
    long = (
        "我们决定支付司机在门口等待的每一个小时！"
        + "从五月开始，所有城市的司机都适用，没有例外。" * 6
        + "感谢每一位同事！"
    )
    assert [[], ["shouts"]] == [[one.rule for one in report(text).findings] for text in (long, "谢谢大家！明天见！")]


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_holds_in_any_language_is_found_in_any(name: str, text: str) -> None:
    said = report(text)
    assert [name] == sorted({finding.rule or "" for finding in said.findings})
    assert said.other_language is not None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Merci à tous pour votre confiance, et à demain à Lyon.", None),
        ("Merci à tous pour votre confiance, et à demain à Lyon et à Lille.", "French"),
        ("谢谢大家今天的努力，我们明天继续加油吧", None),
        ("谢谢大家今天的努力，我们明天继续加油，一起把新的仓库建好", "Chinese"),
    ],
)
def test_a_language_is_named_from_sixty_characters_on(text: str, language: str | None) -> None:
    assert language == report(text).other_language


def test_a_text_with_as_much_english_as_german_has_all_rules() -> None:
    text = "I'll sort your refund myself, so DM me your order number. Wir bezahlen ab Mai jede Stunde am Tor."
    said = report(text)
    assert None is said.other_language
    assert "offers-to-step-in" in {finding.rule for finding in said.findings}


def test_the_rules_of_the_organisations_own_languages_run_on_short_texts() -> None:
    german, english = rule(name="de", patterns=["Danke"], languages=["de"]), rule(name="en", patterns=["Danke"])
    for languages, names in ((["de"], {"de"}), (["en"], {"en"}), (["de", "en"], {"de", "en"})):
        found = check(rule_set(german, english, languages=languages), "Danke, Team!").findings
        assert names == {finding.rule for finding in found}


def test_an_organisation_whose_language_no_rule_speaks_hears_so_for_short_texts_too() -> None:
    assert "German" == check(rule_set(rule(patterns=["x"]), languages=["de"]), "Danke, Team!").other_language
    assert "Czech or Slovak" == check(rule_set(rule(patterns=["x"]), languages=["sk"]), "Vďaka!").other_language


def test_one_rule_of_ones_own_in_another_language_changes_nothing_for_english() -> None:
    own = rule(name="own", patterns=["Disruption"], languages=["fr"])
    made = rule_set(own, *(rule(name=f"en-{n}", patterns=["x"]) for n in range(9)))
    assert [None, "French"] == [check(made, text).other_language for text in (ENGLISH[0], FRENCH)]


def test_a_language_with_rules_enough_of_its_own_is_not_called_unchecked() -> None:
    own = [rule(name=f"de-{n}", patterns=["x"], languages=["de"]) for n in range(5)]
    made = rule_set(*own, *(rule(name=f"en-{n}", patterns=["x"]) for n in range(9)), languages=["de"])
    assert [None, None, "French"] == [check(made, text).other_language for text in (GERMAN, "Danke!", FRENCH)]


@pytest.mark.parametrize(("told", "language"), [("ru", "uk"), ("ar", "fa"), ("hi", "mr"), ("da", "nb"), ("cs", "sk")])
def test_rules_for_a_language_run_on_one_that_is_not_told_apart_from_it(told: str, language: str) -> None:
    text = next(iter(ORDINARY.get(language, ORDINARY[told])))
    made = rule_set(rule(patterns=[r"\p{L}+"], languages=[language]), languages=["en"])
    assert told == judge(text)
    assert check(made, text).findings


def test_a_rule_may_weigh_less_in_languages_that_its_words_do_not_hold_for() -> None:
    made = rule_set(rule(patterns=["Tor|porte|gate"], severity="hold", other_languages="info"))
    weights = [check(made, text).findings[0].severity for text in (ENGLISH[0], GERMAN)]
    assert [Severity.HOLD, Severity.INFO] == weights


def test_what_the_organisation_allows_stays_the_most_in_other_languages() -> None:
    made = rule_set(
        rule(patterns=["Tor"], severity="hold", other_languages="warn"), rules={"own-rule": {"severity": "info"}}
    )
    assert [Severity.INFO] == [finding.severity for finding in check(made, GERMAN).findings]


def test_a_rule_for_any_language_with_a_weight_for_others_is_a_fault() -> None:
    faults = list(check_rule(rule(languages=["any"], other_languages="warn"), Parts()))
    assert ["other_languages"] == [key for key, _ in faults if key == "other_languages"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bonjour Lyon, merci Nantes", None),
        ("Merci à tous pour votre confiance.", "fr"),
        ("We met in Los Angeles, El Paso and La Paz.", None),
        ("谢谢", "zh"),
        ("Thank you, 谢谢, for all that you do for us", "en"),
        ("@marta @alder Gracias por todo lo que han hecho este año, equipo.", "es"),
        ("Merci à tous, c'est une belle équipe. https://alder.com/histoire/de/notre/equipe", "fr"),
        ("#leadership #logistics #drivers #teamwork #strategy #future #customers", None),
        ("Alder Fresh, Alder Plus, Alder Fleet, Alder Gate, Alder Academy, Alder Lockers", None),
        ("SALE! FREE DELIVERY! SHOP NOW! BEST DEALS IN TOWN! LIMITED STOCK! ORDER TODAY!", "en"),
        ("Bizim tim gateda kutish har soatini tolaydi, haydovchilar uchun adolatli narsa shu", "und"),
    ],
)
def test_a_language_is_told_by_length_and_likelihood(text: str, language: str | None) -> None:
    assert language == judge(text)


@given(st.text(max_size=300))
def test_no_text_breaks_the_telling_of_languages(text: str) -> None:
    language = judge(text)
    assert language is None or name_of(language)


def test_a_huge_text_is_told_in_no_time() -> None:
    begun = time.perf_counter()
    for unit in ("a ", "漢", "@a ", "www.", "й", "\u0301"):
        judge((unit * 200_000)[:200_000])
    assert time.perf_counter() - begun < 2

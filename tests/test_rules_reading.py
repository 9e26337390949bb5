"""Long sentences, points below the fold and posts for nobody: what a reader stumbles over."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest

from bot.model import Finding, Severity
from bot.playbook.values import RuleSpec
from bot.rules import compile_rules
from tests.own_rules import check, platform, playbook, rule, rule_set

LONG = "The van that waits at the gate of a depot is a van that does not drive and a driver who is not paid for it"
LONGER = f"{LONG} is a driver who will not stay with us for the winter that comes after this one"


def sentences(text: str, **keys: Any) -> list[Finding]:
    made = rule_set(
        rule(kind="sentences", message="{which}: {count}", fix="Cut.{others}", **{"most": 20, "far": 35} | keys)
    )
    return list(check(made, text).findings)


def folded(**keys: Any) -> RuleSpec:
    return rule(kind="fold", severity="info", message="{fold} “{cut}”", point=[r"\d"], **keys)


def test_a_long_sentence_is_a_note_and_a_very_long_one_weighs() -> None:
    assert [Severity.INFO] == [one.severity for one in sentences(LONG + ".")]
    assert [Severity.WARN] == [one.severity for one in sentences(LONGER + ".")]


def test_two_long_sentences_weigh_and_the_longer_one_is_quoted() -> None:
    (found,) = sentences(f"Short. {LONG}. {LONG} again. Short.")
    assert (Severity.WARN, f"{LONG} again.") == (found.severity, found.quote)
    assert ("The third: 27", "Cut. One more is over 20 words.") == (found.message, found.fix)


def test_names_links_tags_and_figures_are_no_words_to_carry() -> None:
    assert [] == sentences("Thank you " + "Ana Lopez, Bo Chen, " * 20 + "for a calm year.")
    assert [] == sentences("Read it " + "https://alder.example/a #OnTime @alder 1,200 " * 20 + "today.")


def test_line_breaks_and_bullets_end_a_sentence() -> None:
    assert [] == sentences("\n".join(["- the wait at the gate is paid from May on"] * 9))
    assert [] == sentences(" • the wait at the gate is paid from May on" * 9)


def test_an_exception_spares_its_sentence() -> None:
    assert [] == sentences(f"The law says: {LONG}.", exceptions=["(?i)the law says"])


def test_far_below_most_is_a_fault_of_the_rule() -> None:
    _, faults = compile_rules(playbook(rule(kind="sentences", most=30, far=20)))
    assert ["the rule “Own rule” is left out: far is 20, less than most. Give it at least 30."] == [
        fault.message for fault in faults
    ]


@pytest.mark.parametrize("text", ["a " * 20_000, "A. " * 10_000, "Word " * 20_000, "a," * 30_000])
def test_sentences_take_time_in_line_with_the_text(text: str) -> None:
    start = perf_counter()
    sentences(text)
    assert perf_counter() - start < 1


def test_a_point_below_the_fold_is_shown_with_the_cut() -> None:
    made = rule_set(folded(), platforms=(platform("linkedin", fold=40),))
    text = "  It is hard to say what the winter has meant to all. In 2026 it ends."
    (found,) = check(made, text, platforms=("linkedin",), platform_known=True).findings
    assert "It is hard to say what the winter has" == found.quote
    assert "40 “It is hard to say what the winter has”" == found.message


def test_a_figure_or_a_stakeholder_before_the_cut_is_a_point() -> None:
    made = rule_set(
        folded(exceptions=["(?i)the guild"]), platforms=(platform("linkedin", fold=40),), stakeholders=["Hauliers"]
    )
    for beginning in ("In 2026 it is hard to say", "For hauliers it is hard", "The guild", "Our drivers ask"):
        text = f"{beginning}, and then the rest of it, which nobody sees at first."
        assert () == check(made, text, platforms=("linkedin",), platform_known=True).findings


def test_curly_apostrophes_and_bold_letters_hide_no_point() -> None:
    made = rule_set(rule(kind="fold", point=["we've decided"]), platforms=(platform("linkedin", fold=40),))
    text = "𝗧𝗵𝗶𝘀 is it: we’ve decided, at long last. And then the rest of it, which nobody sees."
    assert () == check(made, text, platforms=("linkedin",), platform_known=True).findings


def test_where_the_network_is_not_known_one_that_shows_the_point_will_do() -> None:
    made = rule_set(folded(), platforms=(platform("linkedin", fold=40), platform("x", limit=100)))
    short = "It is hard to say what the winter has meant to all. In 2026 it ends."
    assert () == check(made, short, platforms=("linkedin", "x")).findings
    assert 1 == len(check(made, short + " And so on, and on, and on." * 3, platforms=("linkedin", "x")).findings)


def test_an_opening_that_another_rule_finds_buries_the_point() -> None:
    opener = rule(number="Z02", name="opener", patterns=["(?i)thrilled to announce"])
    made = rule_set(folded(opener=["opener"]), opener, platforms=(platform("linkedin", fold=40),))
    text = "Thrilled to announce 3 new vans for all of you, and then the rest of it."
    found = check(made, text, platforms=("linkedin",), platform_known=True).findings
    assert {"own-rule", "opener"} == {one.rule for one in found}


def test_a_post_that_hides_little_is_passed_over() -> None:
    made = rule_set(folded(least_hidden=100), platforms=(platform("linkedin", fold=40),))
    text = "It is hard to say what the winter has meant to all. In 2026 it ends."
    assert () == check(made, text, platforms=("linkedin",), platform_known=True).findings


def missing(text: str, *others: RuleSpec, **keys: Any) -> list[Finding]:
    own = rule(kind="missing", severity="info", fix="Name {stakeholders}.", **keys)
    made = rule_set(own, *others, stakeholders=["Hauliers", "night crews"])
    return [one for one in check(made, text).findings if one.rule == "own-rule"]


def test_a_post_that_names_nobody_is_told_whom_it_could_name() -> None:
    (found,) = missing("The future of logistics is bright, and it is only beginning.")
    assert (Severity.INFO, "", "Name Hauliers, night crews.") == (found.severity, found.quote, found.fix)


@pytest.mark.parametrize(
    "text", ["For HAULIERS only.", "Our customers asked.", "You asked.", "For night  crews.", "Patients, again."]
)
def test_any_word_for_somebody_will_do(text: str) -> None:
    assert [] == missing(text)


def test_what_an_exception_finds_is_somebody_too() -> None:
    assert [] == missing("As @mo_k says, it is bright.", exceptions=[r"@\w"])


def test_a_text_of_few_words_is_passed_over() -> None:
    assert [] == missing("It is bright.", fewest_words=6)


def test_it_weighs_more_beside_another_rule() -> None:
    beside = rule(number="Z02", name="beside", patterns=["(?i)bright future"])
    keys: dict[str, Any] = {"raised": "warn", "raised_by": ["beside"]}
    assert [Severity.WARN] == [one.severity for one in missing("A bright future is here.", beside, **keys)]
    assert [Severity.INFO] == [one.severity for one in missing("A dark future is here.", beside, **keys)]

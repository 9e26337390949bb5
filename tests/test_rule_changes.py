"""Every shipped rule can be switched, re-levelled, and given exceptions and words, for the organisation and for a platform."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import re2

from bot.model import Finding, Outcome, Severity
from bot.playbook import SHIPPED, Playbook, load_playbook, read_playbook
from bot.playbook.values import RuleChange, RuleSpec, Sample
from bot.rules import compile_rules
from bot.rules.compiling import compile_rule, takes
from bot.rules.kind import PatternFault
from bot.rules.proof import context_of
from bot.rules.reading import read
from bot.rules.ruleset import run
from bot.verdict.outcomes import outcome_of
from tests.own_rules import check, platform, playbook, rule, rule_set

WORDS = ("quillwort.example", "marram", "sedge", "tansy")
"""Words that no rule knows; the first can be a host, the others can be taken apart in a hashtag."""

SAID = "quillwort.example, marram, sedge, tansy #marramsedgetansy"


@cache
def shipped() -> Playbook:
    return load_playbook()


def every_rule() -> list[Any]:
    return [pytest.param(spec, id=spec.name) for spec in shipped().rules]


def found(spec: RuleSpec, sample: Sample, text: str = "", on: str = "organisation", **change: Any) -> list[Finding]:
    """What the rule finds in a text, under the circumstances of a sample, after a change there."""
    whole, text = shipped(), text or sample.text
    changes = {spec.name: RuleChange.model_validate(change)}
    table = whole.organisation.model_dump() | sample.organisation
    organisation = whole.organisation.model_validate(table)
    context = context_of(sample, whole)
    if on == "organisation":
        organisation = organisation.model_copy(update={"rules": changes})
        whole = replace(whole, organisation=organisation)
    else:
        # Texts for no platform in particular are taken as meant for one, so that its changes hold.
        context = replace(context, platforms=context.platforms or ("linkedin",))
        changed = tuple(one.model_copy(update={"rules": changes}) for one in whole.platforms)
        whole = replace(whole, organisation=organisation, platforms=changed)
    variants = compile_rule(spec, whole).variants(context.platforms)
    return run(variants, read(text, context), text, organisation)


BOTH = pytest.mark.parametrize("on", ["organisation", "platform"])


@BOTH
@pytest.mark.parametrize("spec", every_rule())
def test_a_rule_that_is_off_finds_nothing(spec: RuleSpec, on: str) -> None:
    assert [] == [one.quote for sample in spec.flags for one in found(spec, sample, on=on, off=True)]


@BOTH
@pytest.mark.parametrize("spec", every_rule())
def test_a_rule_that_is_made_lighter_is_a_note_and_asks_for_nothing(spec: RuleSpec, on: str) -> None:
    findings = [found(spec, sample, on=on, severity="info") for sample in spec.flags]
    assert all(findings)
    assert {(Severity.INFO, Outcome.READY)} == {(one.severity, outcome_of(one)) for few in findings for one in few}


@BOTH
@pytest.mark.parametrize("spec", every_rule())
def test_a_rule_that_is_made_heavier_holds(spec: RuleSpec, on: str) -> None:
    findings = [one for sample in spec.flags for one in found(spec, sample, on=on, severity="hold")]
    assert (Severity.HOLD, Outcome.HOLD) in {(one.severity, outcome_of(one)) for one in findings}


@BOTH
@pytest.mark.parametrize("spec", [one for one in every_rule() if takes(one.values[0], "exceptions")])
def test_an_exception_of_the_quoted_words_takes_the_finding_back(spec: RuleSpec, on: str) -> None:
    for sample in spec.flags:
        quotes = {one.quote for one in found(spec, sample, on=on) if one.quote}
        for quote in quotes:
            left = {one.quote for one in found(spec, sample, on=on, exceptions=[re2.escape(quote)])}
            assert quote not in left, sample.text


@BOTH
@pytest.mark.parametrize("spec", [one for one in every_rule() if takes(one.values[0], "words")])
def test_a_word_that_was_added_is_found(spec: RuleSpec, on: str) -> None:
    texts = [(sample, sample.text.replace(quote(spec, sample), SAID)) for sample in spec.flags]
    texts += [(spec.flags[0], f"The plan has {SAID}.")]
    with_words = [bool(found(spec, sample, text, on=on, words=WORDS)) for sample, text in texts]
    without = [bool(found(spec, sample, text, on=on)) for sample, text in texts]
    assert (True, False) in set(zip(with_words, without, strict=True))


def quote(spec: RuleSpec, sample: Sample) -> str:
    return next((one.quote for one in found(spec, sample) if one.quote), sample.text)


@BOTH
@pytest.mark.parametrize("key", ["exceptions", "words"])
@pytest.mark.parametrize("spec", every_rule())
def test_a_kind_that_takes_none_says_so_in_a_sentence(spec: RuleSpec, key: str, on: str) -> None:
    if takes(spec, key):
        return
    with pytest.raises(PatternFault, match="takes none"):
        found(spec, spec.flags[0], "", on, **{key: ["marram"]})


def faults(tmp_path: Path, organisation: str = "", network: str = "") -> list[str]:
    """What is said of changes that stand under the shipped organisation.toml and under the file of X."""
    own = tmp_path / "own"
    for name, added in (("organisation.toml", organisation), ("platforms/x.toml", network)):
        path = own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shipped_text = (SHIPPED / name).read_text(encoding="utf-8")
        path.write_text(f"{shipped_text}\n{added}\n", encoding="utf-8")
    made, told = read_playbook(own)
    assert made is not None or any(fault.fatal for fault in told)
    told = told if made is None else (*told, *compile_rules(made)[1])
    return [str(fault).removeprefix(f"{own}/") for fault in told]


def lines(name: str) -> int:
    return (SHIPPED / name).read_text(encoding="utf-8").count("\n") + 1


@pytest.mark.parametrize(
    ("added", "after", "words"),
    [
        (
            "[rules.over-limit]\nwords = ['marram']",
            2,
            "[rules.over-limit] adds words, and a rule of the kind “length” takes none. The limits stand in the networks'",
        ),
        (
            "[rules.hedges]\noff = false\nexceptions = ['fine',\n  'a(b']",
            4,
            "the rule “Softeners” is left out: [rules.hedges] has an exception that can't be used: the pattern 'a(b' can't",
        ),
        (
            "[rules.messy-link]\nwords = ['https://marram.example']",
            2,
            "“https://marram.example” is no host. Write it without https://, such as *.example.com.",
        ),
        (
            "[rules.hedges]\nseverity = 'redirect'",
            2,
            "the rule “Softeners” is left out: [rules.hedges] says redirect, and the rule names no team.",
        ),
        ("[rules.L]\nwords = ['marram']", 2, "adds words to all rules of the family L. Add them to single rules"),
        ("[rules.hedges]\nwords = ['marram', ' ']", 2, "has an empty entry among its words. Take it out."),
        ("[rules.K]\noff = true", 1, "changes the rule “K”, which is in no file."),
    ],
)
def test_a_change_that_can_not_be_made_is_told_with_its_file_and_line(
    tmp_path: Path, added: str, after: int, words: str
) -> None:
    for name, key in (("organisation.toml", "organisation"), ("platforms/x.toml", "network")):
        told = faults(tmp_path / key, **{key: added})
        assert 1 == len(told), told
        assert told[0].startswith(f"{name}, line {lines(name) + after}: ")
        assert words in told[0]


def test_the_changes_that_organisation_toml_shows_can_be_made(tmp_path: Path) -> None:
    shown = (SHIPPED / "organisation.toml").read_text(encoding="utf-8").split("# To change a rule ")[1]
    written = [line.removeprefix("# ") for line in shown.splitlines() if line.startswith("# [") or " = " in line]
    assert {"[rules.hedges]", "[rules.C]", "off = true"} <= set(written)
    assert [] == faults(tmp_path, "\n".join(written))


def test_a_family_is_switched_by_its_letter_and_a_rule_of_it_back_on() -> None:
    one, two, other = (
        rule(name=name, number=number, patterns=[name]) for name, number in (("a", "L01"), ("b", "L02"), ("c", "M01"))
    )
    changes = {"L": {"off": True}, "b": {"off": False, "severity": "info"}}
    made = rule_set(one, two, other, rules=changes)
    assert [("c", "warn"), ("b", "info")] == [(one.quote, one.severity) for one in check(made, "a b c").findings]


def test_a_platform_may_switch_on_what_the_organisation_switched_off() -> None:
    loud = platform("x", rules={"own-rule": {"off": False}})
    made = rule_set(rule(patterns=["red"]), platforms=(loud, platform("linkedin")), rules={"own-rule": {"off": True}})
    assert [1, 0] == [len(check(made, "red", platforms=(name,)).findings) for name in ("x", "linkedin")]


def test_exceptions_and_words_may_be_written_with_curly_marks_as_in_the_text() -> None:
    made = rule_set(
        rule(patterns=["it's over"]), rules={"own-rule": {"exceptions": ["now it’s over"], "words": ["that’s – all"]}}
    )
    texts = ("And now it’s over.", "And now it's over.", "That’s – all.", "That's - all.")
    assert [[], [], ["That’s – all"], ["That's - all"]] == [
        [one.quote for one in check(made, text).findings] for text in texts
    ]


def test_changes_of_one_rule_do_not_touch_another() -> None:
    left = playbook(rule(patterns=["red"]), rule(name="other", number="Z02", patterns=["red"]))
    changed = replace(
        left, organisation=left.organisation.model_copy(update={"rules": {"own-rule": RuleChange(off=True)}})
    )
    made, told = compile_rules(changed)
    assert (["other"], ()) == ([one.rule for one in check(made, "red").findings], told)

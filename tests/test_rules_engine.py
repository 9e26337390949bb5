from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.errors import PlaybookError
from bot.model import Finding, LeftOut, RulesReport, Severity
from bot.playbook.values import Organisation
from bot.rules import RuleSet, compile_rules, prove
from bot.rules.kind import Context, Hit, Reading
from bot.rules.reading import read
from bot.rules.ruleset import CompiledRule, Variant
from tests.own_rules import NOW, check, platform, playbook, rule, rule_set, window

FRENCH = "Nous avons décidé de payer chaque heure sur la route, et nos chauffeurs le savent depuis hier. Disruption."


def reading(text: str) -> Reading:
    return read(text, Context(now=NOW))


def sentences(text: str) -> list[str]:
    made = reading(text)
    return [made.plain[span.start : span.end] for span in made.sentences]


def quotes(report: RulesReport) -> list[str]:
    return [finding.quote for finding in report.findings]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It’s “fine”", 'It\'s "fine"'),
        ("a–b—c", "a-b-c"),
        ("no\u00a0break", "no break"),
        ("𝗕𝗼𝗹𝗱 and ｆｕｌｌ and 🅢", "Bold and full and S"),
        ("hid\u200bden\u202e\U000e0041", "hidden"),
        ("so…", "so..."),
        ("u\u0308ber", "über"),
        ("½ ² ™", "½ ² ™"),
        ("a\ud800b", "a\N{REPLACEMENT CHARACTER}b"),
    ],
)
def test_the_matching_copy_is_plain(text: str, plain: str) -> None:
    assert plain == reading(text).plain


def test_offsets_lead_back_to_the_original() -> None:
    made = reading("x…\u200b“𝗼𝗸”")
    start = made.plain.index("ok")
    place = made.original(start, start + 2)
    assert "𝗼𝗸" == made.text[place.start : place.end]
    assert len(made.plain) + 1 == len(made.origin)


def test_part_of_a_character_that_became_several_is_quoted_whole() -> None:
    made = reading("so…")
    place = made.original(3, 4)
    assert "…" == made.text[place.start : place.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It rose 3.5% in the U.S. market. Dr. Smith agreed.",
            ["It rose 3.5% in the U.S. market.", "Dr. Smith agreed."],
        ),
        ("We went to the U.S. We came back.", ["We went to the U.S.", "We came back."]),
        ("Why? Because.\n\nNext", ["Why?", "Because.", "Next"]),
        ("- one\n• two\n1. three", ["one", "two", "three"]),
        ("Is it? • yes • no", ["Is it?", "yes", "no"]),
        ("He said “go.” She went!", ['He said "go."', "She went!"]),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_people_end_them(text: str, expected: list[str]) -> None:
    assert expected == sentences(text)


def test_a_finding_quotes_the_original_text() -> None:
    report = check(rule_set(rule(patterns=["it's over"])), "Well, it’s\u00a0over now")
    assert [Finding(
        rule="own-rule", guideline="G1", severity=Severity.WARN, quote="it’s\u00a0over", start=6, end=15,
        message="A message.", fix="A fix.", source="rule", title="Own rule",
    )] == list(report.findings)  # fmt: skip


def test_a_bad_pattern_leaves_its_rule_out_and_says_so_once(capfd: pytest.CaptureFixture[str]) -> None:
    bad, good = rule(patterns=["(?=x)"], title="Bad"), rule(name="good", patterns=["fine"])
    made, faults = compile_rules(playbook(bad, good))
    assert ("good",) == made.names
    assert [("prompts/rules/own.toml", 7, False, "own-rule")] == [(f.file, f.line, f.fatal, f.rule) for f in faults]
    assert "the rule “Bad” is left out: the pattern" in faults[0].message
    assert (LeftOut("own-rule", "a line of it can't be used"),) == check(made, "fine").left_out
    assert ("", "") == tuple(capfd.readouterr())


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"kind": "weather"}, "there is no kind of rule “weather”"),
        ({"kind": "reading"}, "there is no kind of rule “reading”"),
        ({"patterns": ["a"], "patern": ["b"]}, "nothing reads “patern”"),
        ({"patterns": "a"}, "“patterns” can't be used"),
        ({}, "there is nothing to look for"),
        ({"kind": "score"}, "“signals” is missing"),
        ({"patterns": ["a*"]}, "matches an empty text"),
    ],
)
def test_a_rule_that_cannot_be_used_is_left_out_with_what_to_do(keys: dict[str, Any], words: str) -> None:
    made, faults = compile_rules(playbook(rule(**keys)))
    assert () == made.names
    assert words in faults[0].message


def test_a_rule_that_fails_on_a_text_costs_nobody_the_others() -> None:
    def failing(_reading: Reading) -> Iterator[Hit]:
        raise ZeroDivisionError
        yield

    spec = rule(name="fails")
    good = rule_set(rule(name="good", patterns=["fine"])).rules
    made = RuleSet(Organisation(name="Alder"), (CompiledRule(spec, Variant(spec, failing)), *good))
    report = check(made, "fine")
    assert (["fine"], 1, (LeftOut("fails", "it failed on this text"),)) == (
        quotes(report), report.ran, report.left_out,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("organisation", "expected"),
    [
        ({"listed": "uk"}, ["hold"]),
        ({"listed": "no"}, []),
        ({"listed": "no", "sells_to_eu_consumers": True}, ["redirect"]),
        ({"listed": "us", "sells_to_eu_consumers": True}, ["hold"]),
        ({"listed": "no", "regulated": ["financial"]}, ["info"]),
    ],
)
def test_the_organisation_decides_how_much_a_finding_weighs(organisation: dict[str, Any], expected: list[str]) -> None:
    when = {"listed": "hold", "private": "off", "sells_to_eu_consumers": "redirect", "financial": "info"}
    made = rule_set(rule(patterns=["profit"], severity_when=when), **organisation)
    assert expected == [finding.severity for finding in check(made, "Our profit").findings]


def test_a_window_raises_the_rules_that_it_names() -> None:
    made = rule_set(rule(patterns=["profit"], severity_when={"window": "hold"}))
    cases = [
        window("quiet-period"),
        window("embargo"),
        window("embargo", rules=["own-rule"]),
        window("quiet-period", rules=["x"]),
    ]
    assert ["hold", "warn", "hold", "warn"] == [
        check(made, "Our profit", windows=(one,)).findings[0].severity for one in cases
    ]


@pytest.mark.parametrize(
    ("change", "text", "expected"),
    [
        ({"off": True}, "red", []),
        ({"severity": "info"}, "red", [("red", "info")]),
        ({"exceptions": ["red tape"]}, "red tape, red", [("red", "warn")]),
        ({"words": ["deep blue"]}, "Deep  Blue", [("Deep  Blue", "warn")]),
    ],
)
def test_the_organisation_may_change_a_rule(change: dict[str, Any], text: str, expected: list[tuple[str, str]]) -> None:
    made = rule_set(rule(patterns=["red"]), rules={"own-rule": change})
    assert expected == [(finding.quote, finding.severity) for finding in check(made, text).findings]


def test_a_platform_may_change_a_rule_for_its_own_texts() -> None:
    quiet = platform("mastodon", rules={"own-rule": {"off": True}})
    made = rule_set(rule(patterns=["red"]), platforms=(quiet, platform("linkedin")))
    cases: list[tuple[str, ...]] = [("mastodon",), ("mastodon", "linkedin"), ("linkedin",), ()]
    assert [0, 1, 1, 1] == [len(check(made, "red", platforms=names).findings) for names in cases]


def test_words_cannot_be_added_to_a_kind_that_takes_none() -> None:
    _, faults = compile_rules(playbook(rule(kind="shouting"), rules={"own-rule": {"words": ["x"]}}))
    assert "takes none" in faults[0].message


def test_english_rules_keep_out_of_other_languages() -> None:
    english, any_language = (
        rule(name="english", patterns=["Disruption"]),
        rule(name="any", patterns=["!|\\."], languages=["any"]),
    )
    report = check(rule_set(english, any_language), FRENCH)
    assert ({"any"}, "French", 1) == ({f.rule for f in report.findings}, report.other_language, report.ran)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "French"),
        ("我们决定向司机支付在路上的每一个小时的工资。" * 4, "Chinese"),
        ("Wir haben entschieden, jede Stunde auf der Straße zu bezahlen, und die Fahrer wissen es.", "German"),
        ("We have decided to pay for every hour on the road, and our drivers know it since yesterday.", None),
        ("Bonjour Lyon", None),
        ("GitHub Copilot SaaS KPI Q4 GitHub Copilot SaaS KPI Q4 GitHub Copilot SaaS KPI Q4", None),
    ],
)
def test_a_language_is_only_judged_where_the_text_says_enough(text: str, language: str | None) -> None:
    assert language == check(rule_set(rule(patterns=["zzz"])), text).other_language


def test_rules_for_a_language_run_on_texts_in_it() -> None:
    made = rule_set(rule(patterns=["(?i)disruption"], languages=["fr"]), languages=["fr", "en"])
    report = check(made, FRENCH)
    assert (["Disruption"], None) == (quotes(report), report.other_language)


def test_one_place_gives_one_finding_of_a_rule_but_each_rule_has_its_say() -> None:
    overlapping = rule(kind="phrase", patterns=["red car"], alone=["car park"])
    other = rule(name="other", patterns=["red"])
    assert [("red car", "own-rule"), ("red", "other")] == sorted(
        ((f.quote, f.rule) for f in check(rule_set(overlapping, other), "A red car park").findings), reverse=True
    )


def test_findings_come_worst_first_and_then_by_place() -> None:
    made = rule_set(rule(name="a", patterns=["a"]), rule(name="h", patterns=["h"], severity="hold"))
    assert ["h", "a", "a"] == quotes(check(made, "a a h"))


def test_holds_are_never_settled_or_waived() -> None:
    made = rule_set(rule(patterns=["a"], severity="hold", settled_by_critique=True, waivable=True, pause_minutes=30))
    finding = check(made, "a").findings[0]
    assert (False, False, 30) == (finding.settled_by_critique, finding.waivable, finding.pause_minutes)


def test_placeholders_are_filled_in_one_pass() -> None:
    made = rule_set(rule(patterns=["{c.*}", "b", "d"], least=2, message="{Count}: “{quote}”, {unknown}."))
    assert "Two: “{count}”, ." == check(made, "{count} d").findings[0].message


def test_a_rule_is_explained_by_name_or_number() -> None:
    made = rule_set(rule(patterns=["a"]))
    assert made.explain("own-rule") is made.explain("z01")
    with pytest.raises(PlaybookError, match="There is no rule “x”"):
        made.explain("x")


@pytest.mark.parametrize(
    ("keys", "text", "expected"),
    [
        ({"patterns": ["red"], "exceptions": ["not"], "near": 2}, "not a red", ["red"]),
        ({"patterns": ["red"], "exceptions": ["not"], "near": 4}, "not red", []),
        ({"patterns": ["red"], "words": ["c++"]}, "red C++", ["red", "C++"]),
        ({"patterns": ["a+", "b"], "least": 2}, "aa x b", ["aa"]),
        ({"patterns": ["a", "b"], "least": 3}, "a b", []),
        ({"patterns": ["a"], "least": 2, "distinct": True}, "a a", []),
        ({"patterns": ["a"], "least": 3, "least_short": 2, "short_words": 5}, "a a", ["a"]),
        ({"patterns": ["red"], "where": "sentence", "needs": ["we"]}, "Red. So we saw red. It is red.", ["red"]),
        ({"patterns": ["red"], "where": "sentence", "unless": ["not"]}, "It is red. It is not red.", ["red"]),
        ({"patterns": ["red"], "where": "first"}, "Blue. It is red.", []),
        ({"patterns": ["red"], "where": "last"}, "It is red. It is red. #red https://red.example 🟥", ["red"]),
        ({"patterns": ["red"], "needs": ["we"]}, "red", []),
        ({"opening": ["^I think"]}, "I think so. I think", ["I think"]),
        ({"closing": ["\\?$"], "patterns": ["zz"]}, "So? Why? #tag", ["?"]),
        ({"alone": ["so"], "alone_unless": ["\\d"]}, "so 3", []),
        ({"patterns": ["red"], "blank": ['"[^"]*"']}, 'He said "red" of red', ["red"]),
    ],
)
def test_a_phrase_counts_where_its_rule_says(keys: dict[str, Any], text: str, expected: list[str]) -> None:
    assert expected == quotes(check(rule_set(rule(**keys)), text))


def test_a_phrase_may_be_milder_in_other_words_and_go_to_another_team() -> None:
    made = rule_set(
        rule(patterns=["bad"], warns=["poor"], notes=["meh"], severity="redirect", routes={"sales": ["(?i)quota"]})
    )
    report = check(made, "meh. poor. bad. Quota bad.")
    assert [("bad", "redirect", None), ("bad", "redirect", "sales"), ("poor", "warn", None), ("meh", "info", None)] == [
        (f.quote, f.severity, f.route) for f in report.findings
    ]


SCORE = """
kind = "score"
severity = "redirect"
owner = "marketing"
decisive = ["at once"]
exceptions = ["not at once"]
[[signals]]
says = "buy"
weight = 3
patterns = ["buy"]
[[signals]]
says = "now"
weight = 2
patterns = ["now"]
exceptions = ["by now"]
[[signals]]
says = "why"
weight = -2
patterns = ["because"]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("buy now", [("buy", False, "buy; now")]),
        ("buy buy buy", [("buy", True, "buy")]),
        ("buy it by now", [("buy", True, "buy")]),
        ("buy now because", [("buy", True, "buy; now")]),
        ("buy because", []),
        ("now", []),
        ("at once", [("at once", False, "")]),
        ("not at once", []),
    ],
)
def test_each_signal_counts_once(text: str, expected: list[tuple[str, bool, str]]) -> None:
    found = check(rule_set(rule(SCORE)), text).findings
    assert expected == [(finding.quote, finding.grey, finding.evidence) for finding in found]
    assert [finding.grey for finding in found] == [finding.settled_by_critique for finding in found]


def test_a_holding_score_counts_as_a_warn_in_its_grey_band() -> None:
    made = rule_set(rule(SCORE.replace('"redirect"', '"hold"'), firm=4, grey=3, grey_severity="warn"))
    assert [("hold", False), ("warn", False)] == [
        (check(made, text).findings[0].severity, check(made, text).findings[0].settled_by_critique)
        for text in ("buy now", "buy")
    ]


@pytest.mark.parametrize(
    ("text", "organisation", "expected"),
    [
        ("@tom sorry", {}, [("@tom", "redirect", True)]),
        (" .@tom, @ann: sorry", {}, [(".@tom, @ann", "redirect", True)]),
        ("@Alder and we", {"own_handles": ["@alder"]}, [("@Alder", "info", False)]),
        ("@peer yes", {"peers": ["@Peer"]}, [("@peer", "warn", False)]),
        ("@peer yes", {"peers": ["@Peer"], "peer_replies": "allow"}, []),
        ("@peer @tom yes", {"peers": ["@Peer"], "peer_replies": "allow"}, [("@peer @tom", "redirect", True)]),
        (".@tom has shown us", {}, []),
        ("Thanks @tom", {}, []),
    ],
)
def test_who_is_mentioned_first_decides(
    text: str, organisation: dict[str, Any], expected: list[tuple[str, str, bool]]
) -> None:
    made = rule_set(rule(kind="opening", severity="redirect", subject=["has"]), **organisation)
    assert expected == [(f.quote, f.severity, f.grey) for f in check(made, text).findings]


def test_a_rule_that_keeps_its_word_is_proved() -> None:
    assert () == prove(playbook(rule(patterns=["red"], flags=["red"], passes=["blue"])))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"flags": ["blue"], "passes": ["blue"]}, "does not flag a text that it must flag: “blue”"),
        (
            {
                "flags": [{"text": "a red van", "mended": "a van"}],
                "passes": ["blue"],
                "mends": [{"find": ["red"], "put": "big"}],
            },
            "makes “a big van” instead of “a van” of a text: “a red van”",
        ),
        ({"flags": ["red"], "passes": ["red!"]}, "flags “red” in a text that must pass: “red!”"),
        ({"passes": ["blue"]}, "has no flags: nothing shows that it works"),
        ({"flags": ["red"]}, "has no passes"),
        ({"flags": [{"text": "red", "severity": "hold"}], "passes": ["x"]}, "gives warn instead of hold"),
        ({"flags": [{"text": "a red", "quote": "a"}], "passes": ["x"]}, "quotes “red” instead of “a”"),
        (
            {"flags": [{"text": "red", "organisation": {"colour": 1}}], "passes": ["x"]},
            "with facts that no organisation",
        ),
    ],
)
def test_a_rule_that_breaks_its_word_is_named(keys: dict[str, Any], words: str) -> None:
    faults = prove(playbook(rule(patterns=["red"], **keys)))
    assert [("own-rule", False)] == [(fault.rule, fault.fatal) for fault in faults]
    assert words in faults[0].message


def test_a_rule_is_proved_without_the_organisations_own_changes() -> None:
    shipped = rule(patterns=["red"], flags=["red"], passes=["blue"])
    assert () == prove(playbook(shipped, rules={"own-rule": {"off": True}}))

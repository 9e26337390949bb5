"""The kinds of rule that families D, P and X are made of, by what they find in texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any

import pytest

from bot.model import Attachments, Finding, Severity
from bot.playbook import Playbook, load_playbook
from bot.playbook.values import KeyMessage, ProofPoint, RuleSpec, Window
from bot.rules import compile_rules
from bot.rules.actors import Actor, read_actors
from bot.rules.characters import take_apart
from bot.rules.kind import Context

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped() -> Playbook:
    return load_playbook()


def with_facts(playbook: Playbook, **facts: Any) -> Playbook:
    return replace(playbook, organisation=playbook.organisation.model_copy(update=facts))


def check(playbook: Playbook, rule: str, text: str, **context: Any) -> list[Finding]:
    """The findings of one rule, through the whole engine."""
    rules, _ = compile_rules(replace(playbook, rules=tuple(spec for spec in playbook.rules if spec.name == rule)))
    report = rules.check(text, Context(now=NOW, **context))
    assert report.left_out == ()
    return list(report.findings)


def check_all(playbook: Playbook, rule: str, text: str, **context: Any) -> list[Finding]:
    """The findings of one rule while all others are there too, for rules that look at others."""
    rules, _ = compile_rules(playbook)
    found = rules.check(text, Context(now=NOW, **context)).findings
    return [finding for finding in found if finding.rule == rule]


def quotes(findings: list[Finding]) -> list[str]:
    return [finding.quote for finding in findings]


def severities(findings: list[Finding]) -> list[Severity]:
    return [finding.severity for finding in findings]


def new_rule(kind: str, **params: Any) -> RuleSpec:
    return RuleSpec(
        number="D90",
        name="made-here",
        title="Made here",
        kind=kind,
        guideline="G11",
        severity=Severity.WARN,
        owner="legal",
        reason="r",
        message="m",
        fix="f",
        source="s",
        params=params,
        file="prompts/rules/made.toml",
        line=1,
    )


def window(**keys: Any) -> Window:
    table = {"name": "Quiet period", "kind": "quiet-period", "starts": datetime(2026, 11, 1, tzinfo=UTC)}
    return Window.model_validate({**table, "owner": "investor-relations", "reason": "Results are near.", **keys})


# Actors


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("We had to make 40 layoffs.", Actor.OURS),
        ("Alder had to make 40 layoffs.", Actor.OURS),
        ("Layoffs at Meridian hit three sites.", Actor.ANOTHER),
        ("Meridian's layoffs came without a word.", Actor.ANOTHER),
        ("Forty layoffs, and none of them deserved.", Actor.NOBODY),
        ("The economy will see more layoffs.", Actor.ANOTHER),
        ("$MRDN is down again.", Actor.ANOTHER),
        ("$ALDR is down again.", Actor.OURS),
        ("Every US carrier has read it.", Actor.NOBODY),
    ],
)
def test_a_sentence_tells_whom_it_is_about(shipped: Playbook, sentence: str, actor: Actor) -> None:
    organisation = shipped.organisation.model_copy(update={"own_tickers": ("ALDR",)})
    assert actor == read_actors(organisation).of(sentence)


# Words together


def test_other_peoples_layoffs_are_a_warn_and_our_own_a_hold(shipped: Playbook) -> None:
    own = check(shipped, "workforce-change", "We start with 200 layoffs in the north.")
    others = check(shipped, "workforce-change", "Meridian starts with 200 layoffs in the north.")
    assert [Severity.HOLD] == severities(own)
    assert [Severity.WARN] == severities(others)


def test_two_kinds_of_words_in_different_sentences_do_not_meet(shipped: Playbook) -> None:
    assert [] == check(shipped, "results", "Revenue is vanity. Our night crews grew into a family.")


def test_a_private_company_is_warned_where_a_listed_one_is_held(shipped: Playbook) -> None:
    text = "Our revenue is up 14% on last year."
    assert [Severity.HOLD] == severities(check(with_facts(shipped, listed="us"), "results", text))
    assert [Severity.WARN] == severities(check(with_facts(shipped, listed="no"), "results", text))


def test_an_approved_fact_lowers_a_figure_to_a_warn_until_it_expires(shipped: Playbook) -> None:
    fact = ProofPoint(fact="Group revenue rose 6%", source="results", approved_by="ir", expires=date(2026, 12, 31))
    message = KeyMessage(id="m", sentence="s", stakeholders=("investors",), proof_points=(fact,), owner="ir")
    playbook = replace(with_facts(shipped, listed="uk", investor_site=""), messages=(message,))
    old = replace(playbook, messages=(message.model_copy(update={"proof_points": (_expired(fact),)}),))
    text = "As we reported on 4 November, revenue rose 6%."
    assert [Severity.WARN] == severities(check(playbook, "results", text))
    assert [Severity.HOLD] == severities(check(playbook, "results", "Our revenue rose 7%."))
    assert [Severity.HOLD] == severities(check(old, "results", text))


def _expired(fact: ProofPoint) -> ProofPoint:
    return fact.model_copy(update={"expires": date(2026, 11, 24)})


def test_a_link_to_the_investor_site_lowers_a_figure_only_while_no_window_is_open(shipped: Playbook) -> None:
    playbook = with_facts(shipped, listed="uk", investor_site="https://alder.example/investors")
    text = "Our revenue rose 6%. All of it is at https://www.alder.example/investors/2026."
    assert [Severity.WARN] == severities(check(playbook, "results", text.replace("www.", "")))
    assert [Severity.HOLD] == severities(check(playbook, "results", text.replace("www.", ""), windows=(window(),)))


def test_disclosure_anywhere_in_the_text_makes_praise_fine(shipped: Playbook) -> None:
    text = "I highly recommend Brightwater to every small shop."
    assert 1 == len(check(shipped, "undisclosed-connection", text))
    assert [] == check(shipped, "undisclosed-connection", f"{text} I'm an investor in it.")


def test_the_quote_comes_from_the_original_text(shipped: Playbook) -> None:
    text = "🚚 Our\u00a0revenue\u00a0is up “14%” today."
    (finding,) = check(with_facts(shipped, listed="us"), "results", text)
    assert text[finding.start : finding.end] == finding.quote
    assert finding.quote.startswith("revenue")


def test_a_pattern_that_can_not_be_used_leaves_out_its_rule_alone(shipped: Playbook) -> None:
    bad = new_rule("together", pairs=({"one": ("(?<=a)b",)},))
    rules, faults = compile_rules(replace(shipped, rules=(bad, *shipped.rules)))
    assert ["made-here"] == [fault.rule for fault in faults if fault.rule == "made-here"]
    assert ["made-here"] == [left_out.rule for left_out in rules.left_out]
    assert "results" in rules.names


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("together", {"pairs": ()}),
        ("together", {"pairs": ({"one": ("x*",)},)}),
        ("names", {}),
        ("identifiers", {"finds": ()}),
        ("identifiers", {"finds": ("cards",), "state_numbers": ({"says": "n", "module": "os.path", "pattern": "1", "near": ("x",)},)}),
        ("identifiers", {"finds": ("cards",), "state_numbers": ({"says": "n", "pattern": "1", "near": ()},)}),
        ("characters", {"finds": "hashtag-case"}),
        ("links", {"hosts": ("https://x.example",)}),
        ("length", {"limit": 4}),
        ("window", {"silent": "s"}),
    ],
)  # fmt: skip
def test_keys_that_a_kind_can_not_use_are_a_fault_and_no_crash(
    shipped: Playbook, kind: str, params: dict[str, Any]
) -> None:
    rules, faults = compile_rules(replace(shipped, rules=(new_rule(kind, **params),)))
    assert ["made-here"] == [fault.rule for fault in faults if fault.rule]
    assert () == rules.names


# Identifiers


def test_the_company_s_own_contacts_never_fire(shipped: Playbook) -> None:
    playbook = with_facts(shipped, own_contacts=("help@alder.example", "020 7946 0958"), phone_regions=("GB",))
    text = "Help: help@alder.example, 020 7946 0958 or +44 20 7946 0958."
    assert [] == check(playbook, "contact-details", text)


def test_role_addresses_weigh_less_than_people_s(shipped: Playbook) -> None:
    role = check(shipped, "contact-details", "Write to press@larkpost.example.")
    person = check(shipped, "contact-details", "Write to jo.marsh@larkpost.example.")
    assert [Severity.WARN] == severities(role)
    assert [Severity.HOLD] == severities(person)


def test_phone_numbers_count_only_in_the_configured_countries(shipped: Playbook) -> None:
    text = "Ring 07911 123456 tonight."
    assert 1 == len(check(with_facts(shipped, phone_regions=("GB",)), "contact-details", text))
    assert [] == check(with_facts(shipped, phone_regions=("US",)), "contact-details", text)
    assert 1 == len(check(with_facts(shipped, phone_regions=()), "contact-details", "Ring +44 7911 123456 tonight."))


def test_what_was_found_stands_in_the_quote_and_nowhere_else(shipped: Playbook) -> None:
    (finding,) = check(shipped, "identity-number", "My card is 4111-1111-1111-1111, use it.")
    assert "4111-1111-1111-1111" == finding.quote
    told = f"{finding.message} {finding.fix} {finding.evidence} {finding.title}"
    assert not any(character.isdigit() for character in told)
    assert "card number" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Card 4111 1111 1111 1112 has a wrong check digit.",
        "Number 9111 1111 1111 1111 has no issuer.",
        "Tracking number 4111 1111 1111 1111.",
        "Account GB82 WEST 1234 5698 7654 33 has wrong check digits.",
        "A long number 536-90-4399 without any word beside it.",
        "SSN is a word, and forty characters later there stands, at last, 536-90-4399.",
    ],
)
def test_numbers_that_only_look_like_identities_pass(shipped: Playbook, text: str) -> None:
    assert [] == check(shipped, "identity-number", text)


@pytest.mark.parametrize(
    "text",
    ["Amex 378282246310005", "Mastercard 5555555555554444", "IBAN DE89 3704 0044 0532 0130 00", "BSN 111222333"],
)
def test_real_looking_identity_numbers_are_held(shipped: Playbook, text: str) -> None:
    assert [Severity.HOLD] == severities(check(shipped, "identity-number", text))


# Names


def test_names_are_whole_words_in_any_script_and_capitals_matter(shipped: Playbook) -> None:
    playbook = with_facts(shipped, codenames=("Łuk", "Über"))
    assert ["Łuk"] == quotes(check(playbook, "names-codename", "Łuk is near, Łukasz is not, and łuk neither."))
    assert [] == check(playbook, "names-codename", "Überall, aÜber and über.")


def test_a_project_name_weighs_more_beside_another_sensitive_point(shipped: Playbook) -> None:
    playbook = with_facts(shipped, codenames=(), public_projects=("Project Vidya",))
    alone = check_all(playbook, "names-project", "Project Kestrel taught us patience.")
    beside = check_all(playbook, "names-project", "Project Kestrel taught us patience. We are in talks with a rival.")
    public = check_all(playbook, "names-project", "Project Vidya taught us patience.")
    assert ([Severity.WARN], [Severity.HOLD], []) == (severities(alone), severities(beside), severities(public))


# Links and secrets


def test_internal_domains_and_public_links_come_from_the_organisation(shipped: Playbook) -> None:
    playbook = with_facts(
        shipped, internal_domains=("people.example",), public_links=("https://docs.google.com/d/open",)
    )
    text = "See hub.people.example/a, https://notpeople.example/a and https://docs.google.com/d/open."
    assert ["hub.people.example/a"] == quotes(check(playbook, "secret-or-internal-link", text))


@pytest.mark.parametrize("host", ["10.1.2.3", "192.168.0.4", "172.16.9.9", "box.local", "wiki.corp", "localhost"])
def test_addresses_that_no_outsider_reaches_are_held(shipped: Playbook, host: str) -> None:
    (finding,) = check(shipped, "secret-or-internal-link", f"It runs on http://{host}:8080/board, finally.")
    assert f"http://{host}:8080/board" == finding.quote


def test_a_public_address_in_numbers_is_no_internal_link(shipped: Playbook) -> None:
    assert [] == check(shipped, "secret-or-internal-link", "It runs on http://93.184.216.34/board and version 10.2.1.")


# Length


def test_over_the_limit_says_by_how_much_and_quotes_what_is_too_much(shipped: Playbook) -> None:
    text = "a" * 312
    (finding,) = check(shipped, "over-limit", text, platforms=("x",), platform_known=True)
    assert "312 of 280 for X. 32 too many." == finding.message
    assert "a" * 32 == finding.quote


def test_an_unknown_platform_is_a_finding_only_when_none_takes_the_text(shipped: Playbook) -> None:
    both: dict[str, Any] = {"platforms": ("x", "bluesky"), "platform_known": False}
    assert [] == check(shipped, "over-limit", "a" * 290, **both)
    assert ["400 of 300 for Bluesky. 100 too many."] == [
        f.message for f in check(shipped, "over-limit", "a" * 400, **both)
    ]
    assert [] == check(shipped, "over-limit", "a" * 400)


def test_every_known_platform_that_is_too_small_is_named(shipped: Playbook) -> None:
    found = check(shipped, "over-limit", "a" * 600, platforms=("x", "threads", "linkedin"), platform_known=True)
    assert 1 <= len(found) <= 2
    assert all("LinkedIn" not in finding.message for finding in found)


def test_what_is_too_much_begins_with_a_whole_character(shipped: Playbook) -> None:
    family = "👨‍👩‍👧‍👦"
    (finding,) = check(shipped, "over-limit", "a" * 495 + family * 3, platforms=("threads",), platform_known=True)
    assert family * 3 == finding.quote


def test_bluesky_and_mastodon_count_links_as_they_do(shipped: Playbook) -> None:
    text = "a" * 270 + " https://alder.com/" + "long-path/" * 20
    assert [] == check(shipped, "over-limit", text, platforms=("bluesky", "mastodon"), platform_known=True)


# Furniture


def test_each_network_has_its_own_number_of_hashtags(shipped: Playbook) -> None:
    text = "Clean streets. #one #two #three"
    for platform, found in (("x", ["#three"]), ("linkedin", []), ("threads", ["#two #three"])):
        assert found == quotes(check(shipped, "too-much-furniture", text, platforms=(platform,), platform_known=True))


def test_an_unknown_platform_takes_the_leader_s_most_generous_one(shipped: Playbook) -> None:
    text = "Clean streets. #one #two #three"
    assert [] == check(shipped, "too-much-furniture", text, platforms=("threads", "linkedin"))


def test_thanks_by_name_and_signs_of_trade_are_not_furniture(shipped: Playbook) -> None:
    assert [] == check(shipped, "too-much-furniture", "Thank you @ann, @bob, @cy and @di!")
    assert [] == check(shipped, "too-much-furniture", "Alder™ ©© ®®")


def test_a_joined_emoji_counts_once_and_two_in_a_row_are_too_many(shipped: Playbook) -> None:
    assert [] == check(shipped, "too-much-furniture", "One family 👨‍👩‍👧‍👦 and one flag 🏴󠁧󠁢󠁥󠁮󠁧󠁿 here")
    assert ["🎉 🎉"] == quotes(check(shipped, "too-much-furniture", "Done 🎉 🎉"))
    assert ["🌱"] == quotes(check(shipped, "too-much-furniture", "One 🚀 and two 🎉 and three 🌱"))


# Characters


def test_a_hashtag_is_taken_apart_only_by_known_words() -> None:
    words = frozenset({"universal", "design", "sign", "a"})
    assert ("universal", "design") == take_apart("universaldesign", words)
    assert () == take_apart("universality", words)


def test_the_better_hashtag_stands_in_the_fix(shipped: Playbook) -> None:
    (finding,) = check(shipped, "hashtag-case", "Doors for all. #universaldesign")
    assert "Write it as #UniversalDesign." == finding.fix


@pytest.mark.parametrize(
    ("text", "quote", "better"),
    [
        ("This is 𝗯𝗼𝗹𝗱 𝘁𝗮𝗹𝗸 indeed.", "𝗯𝗼𝗹𝗱 𝘁𝗮𝗹𝗸", "bold talk"),
        ("Ｆｕｌｌ width", "Ｆｕｌｌ", "Full"),
        ("Sign in at раypal now", "раypal", "paypal"),
        ("Par\u200bcels move", "Par\u200bcels", "Parcels"),
        ("Read\u202e me", "Read\u202e", "Read"),
    ],
)
def test_letters_that_are_not_what_they_seem_are_given_in_ordinary_ones(
    shipped: Playbook, text: str, quote: str, better: str
) -> None:
    (finding,) = check(shipped, "odd-characters", text)
    assert quote == finding.quote
    assert f"Write it in ordinary letters: {better}" == finding.fix


@pytest.mark.parametrize(
    "text",
    ["½ ² ™ © 5 µm CO₂", "Müller Nguyễn Łukasz", "👨‍👩‍👧‍👦 🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ✔️", "शक्‍ति", "می‌خواهم", "Москва Ελλάδα 東京", "שלום\u200f!"],
)  # fmt: skip
def test_ordinary_letters_of_all_scripts_pass(shipped: Playbook, text: str) -> None:
    assert [] == check(shipped, "odd-characters", text)


# Attachments


@pytest.mark.parametrize(
    ("images", "described", "text", "found"),
    [
        (0, 0, "No picture here.", 0),
        (1, 0, "One picture here.", 1),
        (1, 1, "One picture here.", 0),
        (3, 2, "Three pictures here.", 1),
        (0, 0, "See the chart below.", 1),
        (1, 1, "See the chart below.", 0),
    ],
)
def test_pictures_need_a_description_each(
    shipped: Playbook, images: int, described: int, text: str, found: int
) -> None:
    attachments = Attachments(images=images, described=described)
    assert found == len(check(shipped, "no-alt-text", text, attachments=attachments))


# Windows


def test_a_window_names_its_end_and_what_may_be_said(shipped: Playbook) -> None:
    quiet = window(
        ends=datetime(2027, 2, 11, 23, 30, tzinfo=UTC),
        topics=("results", "outlook", "trading"),
        may_say="Everything else is fine.",
        owner="legal",
    )
    found = check_all(
        shipped, "window-open", "Our outlook is bright. Outlooks differ.", windows=(quiet,), timezone="Europe/Berlin"
    )
    assert ["outlook"] == quotes(found)
    assert "Quiet period until 12 February. This has to wait." == found[0].message
    assert ("Everything else is fine.", "legal", Severity.HOLD) == (found[0].fix, found[0].route, found[0].severity)


def test_a_window_holds_what_its_rules_find_and_nothing_else(shipped: Playbook) -> None:
    deal = window(name="Deal", kind="deal", rules=("deal",), owner="legal")
    assert ["in talks with"] == quotes(check_all(shipped, "window-open", "We are in talks with them.", windows=(deal,)))
    assert [] == check_all(shipped, "window-open", "Our revenue is up 14%.", windows=(deal,))
    assert [] == check_all(shipped, "window-open", "We are in talks with them.")


def test_a_silent_window_says_nothing_of_itself(shipped: Playbook) -> None:
    silent = window(name="Project Kestrel", kind="deal", topics=("north",), reason="Kestrel.", may_say="x", silent=True)
    (finding,) = check_all(shipped, "window-open", "The north is next.", windows=(silent,))
    assert "Check with comms before posting." == finding.message
    assert "" == finding.evidence
    assert "Kestrel" not in f"{finding.message} {finding.fix}"


def test_a_pause_of_everything_holds_any_text(shipped: Playbook) -> None:
    pause = window(name="Pause", kind="crisis", everything=True, end_event="the all-clear", owner="comms")
    (finding,) = check_all(shipped, "window-open", "A calm sentence.", windows=(pause,))
    assert ("A calm sentence.", "comms") == (finding.quote, finding.route)
    assert "Pause until the all-clear. This has to wait." == finding.message


# All of them


def test_texts_made_to_be_slow_take_time_in_line_with_their_length(shipped: Playbook) -> None:
    mine = tuple(spec for spec in shipped.rules if spec.number[0] in "DPX")
    rules, _ = compile_rules(replace(shipped, rules=mine))
    context = Context(now=NOW, platforms=("x",), platform_known=True, windows=(window(),))
    for unit in (
        "revenue up 9% ",
        "@a ",
        "#smallbusiness ",
        "1 ",
        "\u200b",
        "𝗮 ",
        "a.b.c/",
        "GB82 WEST ",
        "🚀",
        "We acquire ",
    ):
        begun = perf_counter()
        report = rules.check(unit * (8000 // len(unit)), context)
        assert () == report.left_out
        assert perf_counter() - begun < 5

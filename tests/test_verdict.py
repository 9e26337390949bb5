"""Rules and critique become one verdict: rules bind, the critique adds, and a suggestion is shown only when it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import (
    COMMS,
    CarriedFinding,
    Critique,
    Finding,
    FindingState,
    LeftOut,
    Length,
    Outcome,
    RulesReport,
    Settled,
    Severity,
    Usage,
    Verdict,
)
from bot.verdict import carry, decide, decide_again, identity, rules_only, suggestion_limit
from bot.verdict.suggestion import facts_used
from tests.small_playbook import TODAY, fact, found, playbook, point, report

BOOK = playbook()
TEXT = "We think parcels are maybe late. Revenue is up 14%. Send me your order number, Tom."
HOLD, REDIRECT, WARN, INFO = Severity.HOLD, Severity.REDIRECT, Severity.WARN, Severity.INFO


def verdict_on(
    rules: RulesReport | None = None,
    *,
    text: str = TEXT,
    recheck: RulesReport | None = None,
    platforms: tuple[str, ...] = ("x", "linkedin"),
    earlier: tuple[CarriedFinding, ...] = (),
    known_names: tuple[str, ...] = (),
    **critique: Any,
) -> Verdict:
    return decide(
        BOOK,
        text,
        rules or report(),
        Critique(**{"status": "done", "outcome": Outcome.READY, **critique}),
        platforms=platforms,
        today=TODAY,
        recheck=lambda _: recheck or report(),
        earlier=earlier,
        known_names=known_names,
    )


def hold(**changes: Any) -> Finding:
    return found(TEXT, "Revenue is up 14%", "results", HOLD, **{"route": "investor-relations", **changes})


def redirect(**changes: Any) -> Finding:
    return found(TEXT, "Send me your order number", "one-case", REDIRECT, **{"route": "customer-care", **changes})


def wait(**changes: Any) -> Finding:
    return found(TEXT, "", "too-soon", WARN, **{"outcome": Outcome.WAIT, **changes})


# The outcome


def test_a_full_check_without_findings_is_ready() -> None:
    verdict = verdict_on(reason="One decision.", usage=Usage(model="m"))
    assert (Outcome.READY, True, None, (), "One decision.") == (
        verdict.outcome,
        verdict.complete,
        verdict.route,
        verdict.findings,
        verdict.reason,
    )
    assert ("done", "m", "0a1b2c3d", 5) == (
        verdict.critique,
        verdict.usage.model,
        verdict.guidelines,
        verdict.rules_ran,
    )
    assert {"x": Length(83, 280), "linkedin": Length(83, 3000)} == verdict.lengths


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([found(TEXT, "maybe", severity=INFO)], Outcome.READY),
        ([found(TEXT, "maybe")], Outcome.EDIT),
        ([found(TEXT, "maybe"), wait()], Outcome.WAIT),
        ([redirect(), wait()], Outcome.REDIRECT),
        ([redirect(), hold(), wait()], Outcome.HOLD),
    ],
)
def test_the_worst_finding_makes_the_outcome(findings: list[Finding], outcome: Outcome) -> None:
    assert outcome is verdict_on(report(*findings)).outcome
    assert outcome is rules_only(BOOK, TEXT, report(*findings), platforms=(), pending=True, status="").outcome


def test_the_critique_may_raise_and_never_lower() -> None:
    assert Outcome.HOLD is verdict_on(outcome=Outcome.HOLD).outcome
    assert Outcome.HOLD is verdict_on(report(hold()), outcome=Outcome.READY).outcome
    assert Outcome.EDIT is verdict_on(outcome=Outcome.READY, findings=(point(TEXT, "maybe"),)).outcome
    assert Outcome.REDIRECT is verdict_on(report(redirect()), outcome=Outcome.EDIT).outcome


def test_findings_stand_worst_first_and_then_by_place() -> None:
    verdict = verdict_on(report(found(TEXT, "maybe"), redirect(), hold()), findings=(point(TEXT, "We think"),))
    assert ["Revenue is up 14%", "Send me your order number", "We think", "maybe"] == [
        one.quote for one in verdict.findings
    ]


@pytest.mark.parametrize("status", ["timeout", "not_configured", "ungrounded", "rules_only", "http_500"])
def test_without_a_critique_it_is_half_a_check(status: str) -> None:
    verdict = verdict_on(status=status, outcome=None)
    assert (Outcome.READY, False, status, "") == (verdict.outcome, verdict.complete, verdict.critique, verdict.reason)


def test_with_a_rule_left_out_it_is_half_a_check() -> None:
    left_out = (LeftOut("jargon", "its pattern can't be used"),)
    verdict = verdict_on(report(left_out=left_out, other_language="fr"))
    assert (False, left_out, "fr") == (verdict.complete, verdict.left_out, verdict.other_language)


def test_while_the_critique_runs_nothing_is_complete() -> None:
    verdict = rules_only(BOOK, TEXT, report(hold()), platforms=("x",), pending=True, status="")
    assert (True, False, Outcome.HOLD, "investor-relations") == (
        verdict.pending,
        verdict.complete,
        verdict.outcome,
        verdict.route,
    )


def test_a_rule_that_needs_the_critique_is_not_shown_on_half_a_check() -> None:
    off = report(found(TEXT, "We", "off-message", INFO))
    for pending in (True, False):
        assert () == rules_only(BOOK, TEXT, off, platforms=(), pending=pending, status="timeout").findings
    assert 1 == len(verdict_on(off).findings)


def test_a_critique_that_finds_a_key_message_in_the_draft_disagrees_that_there_is_none() -> None:
    off = report(found(TEXT, "We", "off-message", INFO))
    assert () == verdict_on(off, message_id="On time").findings


severities = st.sampled_from(list(Severity))


@given(
    st.lists(severities, max_size=4), st.lists(severities, max_size=4), st.sampled_from(list(Outcome)), st.booleans()
)
def test_no_critique_takes_anything_from_a_hold(
    rules: list[Severity], points: list[Severity], advised: Outcome, settles: bool
) -> None:
    findings = [hold(), *(found(TEXT, "maybe", "hedges", one, settled_by_critique=True) for one in rules)]
    findings = [replace(one, settled_by_critique=settles) for one in findings]
    verdict = verdict_on(
        report(*findings),
        outcome=advised,
        findings=tuple(point(TEXT, "parcels", one) for one in points),
        settled=(Settled("results", "Surely public."), Settled("hedges", "Fine.")),
    )
    assert Outcome.HOLD is verdict.outcome
    assert hold().quote in [one.quote for one in verdict.findings if one.severity is HOLD]


# Settling, and one finding for one place


def test_what_a_rule_marks_may_be_settled_and_is_kept_on_record() -> None:
    marked = found(TEXT, "maybe", settled_by_critique=True)
    verdict = verdict_on(report(marked), settled=(Settled("hedges", "It is a real doubt."),))
    assert (Outcome.READY, (), (Settled("hedges", "It is a real doubt."),)) == (
        verdict.outcome,
        verdict.findings,
        verdict.settled,
    )


@pytest.mark.parametrize(
    "finding",
    [
        found(TEXT, "maybe"),
        hold(settled_by_critique=True, grey=True),
        redirect(settled_by_critique=True),
    ],
)
def test_what_is_not_marked_or_weighs_too_much_stays(finding: Finding) -> None:
    verdict = verdict_on(report(finding), settled=(Settled(finding.rule or "", "No."),))
    assert ((finding,), ()) == (verdict.findings, verdict.settled)


def test_an_undecided_score_is_settled_left_open_or_agreed_with() -> None:
    undecided = report(redirect(settled_by_critique=True, grey=True))
    assert Outcome.READY is verdict_on(undecided, settled=(Settled("one-case", "About all."),)).outcome
    assert verdict_on(undecided).grey
    assert verdict_on(undecided, status="timeout").grey
    assert not verdict_on(undecided, outcome=Outcome.REDIRECT, route="customer-care").grey
    assert not verdict_on(report(redirect())).grey


def test_a_redirect_of_which_the_critique_is_unsure_is_undecided() -> None:
    unsure = point(TEXT, "Send me", REDIRECT, route="marketing", unsure=True)
    assert verdict_on(findings=(unsure,), outcome=Outcome.REDIRECT, route="marketing").grey


def test_where_rule_and_critique_agree_the_rules_finding_stands() -> None:
    ours = found(TEXT, "maybe")
    verdict = verdict_on(report(ours), findings=(point(TEXT, "are maybe late"), point(TEXT, "We think")))
    assert [ours.quote, "We think"] == [one.quote for one in verdict.findings][::-1]


def test_where_the_critique_weighs_the_words_more_both_stand() -> None:
    verdict = verdict_on(report(found(TEXT, "maybe")), findings=(point(TEXT, "maybe late", HOLD, route=COMMS),))
    assert ["critique", "rule"] == [one.source for one in verdict.findings]


def test_of_two_points_on_one_place_the_worse_stands() -> None:
    verdict = verdict_on(findings=(point(TEXT, "maybe"), point(TEXT, "are maybe", REDIRECT, route="marketing")))
    assert ["are maybe"] == [one.quote for one in verdict.findings]


# Teams, pauses and times


def test_the_first_team_by_precedence_has_it_and_the_others_are_named() -> None:
    verdict = verdict_on(report(redirect(), redirect(route="marketing", rule="promotes")))
    assert ("customer-care", ("marketing",)) == (verdict.route, verdict.also)


def test_a_hold_is_owned_by_its_own_team_and_not_by_one_that_would_take_the_draft() -> None:
    verdict = verdict_on(report(hold(route="customer-care"), redirect(route="legal"), hold(copies=("marketing",))))
    assert ("investor-relations", ("legal", "customer-care", "marketing")) == (verdict.route, verdict.also)


def test_a_hold_that_no_team_owns_is_comms() -> None:
    assert COMMS == verdict_on(report(hold(route=None))).route
    assert COMMS == verdict_on(outcome=Outcome.HOLD).route
    assert "legal" == verdict_on(report(hold(route=COMMS), hold(route="legal"))).route


def test_the_critiques_own_redirect_goes_to_its_team_and_needs_one() -> None:
    verdict = verdict_on(outcome=Outcome.REDIRECT, route="marketing")
    assert (Outcome.REDIRECT, "marketing") == (verdict.outcome, verdict.route)
    assert Outcome.READY is verdict_on(outcome=Outcome.REDIRECT, route="nowhere").outcome


def test_an_edit_goes_to_nobody() -> None:
    assert (None, ()) == (verdict_on(report(found(TEXT, "maybe", route="legal"))).route, verdict_on().also)


def test_a_hold_for_tone_ends_by_itself_only_when_nothing_else_holds() -> None:
    tone = hold(rule="angry", pause_minutes=30, route=COMMS)
    assert 30 == verdict_on(report(tone, redirect())).pause_minutes
    assert 0 == verdict_on(report(tone, hold())).pause_minutes
    assert 0 == verdict_on(report(redirect())).pause_minutes


def test_waiting_has_its_time() -> None:
    until = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert until == verdict_on(report(wait(until=until))).wait_until
    assert verdict_on(report(wait(until=until), hold())).wait_until is None


def test_nothing_to_say_counts_only_where_nothing_worse_is_open() -> None:
    nothing: dict[str, Any] = {"nothing_to_say": True, "outcome": Outcome.EDIT, "suggestion": "Another text"}
    verdict = verdict_on(**nothing)
    assert (Outcome.EDIT, True, None) == (verdict.outcome, verdict.nothing_to_say, verdict.suggestion)
    assert not verdict_on(report(hold()), **nothing).nothing_to_say


def test_a_verdict_is_decided_again_from_what_is_open() -> None:
    first = verdict_on(report(hold(), redirect(), found(TEXT, "maybe")))
    again = decide_again(BOOK, first, first.findings[1:])
    assert (Outcome.REDIRECT, "customer-care", ()) == (again.outcome, again.route, again.also)
    assert (Outcome.READY, None) == (decide_again(BOOK, first, ()).outcome, decide_again(BOOK, first, ()).route)


# The suggestion

EDIT = {"outcome": Outcome.EDIT}


def offered(suggestion: str, rules: RulesReport | None = None, **changes: Any) -> Verdict:
    return verdict_on(rules, suggestion=suggestion, **{**EDIT, **changes})


def test_a_suggestion_that_stands_is_shown() -> None:
    verdict = offered("Parcels are late. [What changes, and from when.]")
    assert ("Parcels are late. [What changes, and from when.]", "critique", None, ()) == (
        verdict.suggestion,
        verdict.suggestion_source,
        verdict.withheld,
        verdict.approved_facts,
    )


def test_a_draft_that_is_ready_needs_no_suggestion() -> None:
    verdict = verdict_on(suggestion="Parcels are late.")
    assert (None, None) == (verdict.suggestion, verdict.withheld)


@pytest.mark.parametrize(
    "suggestion",
    [
        "Parcels are late <!channel>",
        "Parcels are late <@U012AB3CD>",
        "Parcels are late, @here",
        "Parcels are late, ＠channel",
        "Parcels are late: https://evil.example",
        "Parcels are late: evil.example/now",
        "Parcels are late <https://evil.example|here>",
        "Parcels are la\u200bte",
        "Parcels are late\U000e0041",
        "Parcels\u202e are late",
        "[see evil.example]",
        "<!channel>" + "x" * 100_000,
    ],
)
def test_an_unsafe_suggestion_is_withheld(suggestion: str) -> None:
    verdict = offered(suggestion)
    assert (None, None, "unsafe") == (verdict.suggestion, verdict.suggestion_source, verdict.withheld)


@pytest.mark.parametrize(
    "suggestion",
    ["96 of 100 parcels were late.", "Amira says parcels are late.", "Late since May, says @tom", "[about 300]"],
)
def test_a_suggestion_with_new_facts_is_withheld(suggestion: str) -> None:
    assert "facts" == offered(suggestion).withheld


def test_a_known_name_that_opens_a_sentence_is_a_new_fact() -> None:
    assert offered("Wren will answer.").withheld is None
    assert "facts" == offered("Wren will answer.", known_names=("Wren Adeyemi",)).withheld


def test_the_organisations_own_name_is_no_new_fact() -> None:
    assert offered("At Fernway, parcels are late.").withheld is None


def test_approved_facts_may_be_used_and_are_named() -> None:
    verdict = offered("97 in every 100 parcels were on time.")
    assert (None, (("On time", "97 in every 100 parcels were on time"),)) == (verdict.withheld, verdict.approved_facts)


def test_only_the_facts_that_a_suggestion_took_are_named() -> None:
    approved = [
        ("A", fact("18 depots moved in 2026")),
        ("B", fact("Waiting is paid since March 2026")),
        ("C", fact("7 vans")),
    ]
    assert (("B", "Waiting is paid since March 2026"),) == facts_used("Paid since March 2026.", TEXT, approved)
    assert () == facts_used("Parcels are late.", TEXT, approved)
    said = "We moved 18 depots in 2026, with 7 vans."
    assert ["A", "C"] == [message for message, _ in facts_used(said, TEXT, approved)]


@pytest.mark.parametrize("severity", [HOLD, REDIRECT, WARN])
def test_a_suggestion_that_a_rule_fires_on_is_withheld(severity: Severity) -> None:
    suggestion = "Parcels are maybe late."
    assert "rules" == offered(suggestion, recheck=report(found(suggestion, "maybe", severity=severity))).withheld


@pytest.mark.parametrize(
    "finding",
    [
        found("Late. [Say when, please]", "please", severity=WARN),
        found("Late. [Say when, please]", "[", severity=WARN),
        found("Late. [Say when, please]", "when", "results", severity=HOLD),
        found("Late. [Say when, please]", "Late", severity=INFO),
        found("Late. [Say when, please]", "", "too-soon", outcome=Outcome.WAIT),
    ],
)
def test_gaps_notes_and_the_clock_do_not_spoil_a_suggestion(finding: Finding) -> None:
    assert offered("Late. [Say when, please]", recheck=report(finding)).withheld is None


def test_a_hold_that_only_touches_a_gap_spoils_it() -> None:
    suggestion = "Late [when]"
    assert "rules" == offered(suggestion, recheck=report(found(suggestion, "Late [when", severity=HOLD))).withheld


def test_what_is_about_the_post_and_not_the_words_does_not_spoil_it() -> None:
    image = found(TEXT, "", "no-alt-text")
    assert offered("Parcels are late.", report(image), recheck=report(image)).withheld is None


def test_what_the_critique_settled_does_not_spoil_its_own_suggestion() -> None:
    rules = report(found(TEXT, "maybe", settled_by_critique=True))
    changes: dict[str, Any] = {"recheck": rules, "settled": (Settled("hedges", "A real doubt."),)}
    assert offered("Parcels are maybe late.", rules, **changes).withheld is None


@pytest.mark.parametrize("suggestion", ["Revenue is up 14%, we think", "REVENUE is  up 14%"])
def test_a_safe_version_has_none_of_the_held_words(suggestion: str) -> None:
    assert "rules" == offered(suggestion, report(hold())).withheld
    assert offered("Parcels are late", report(hold())).withheld is None


def test_a_suggestion_must_fit_one_of_the_networks() -> None:
    long = "Parcels are late. " * 20
    assert "length" == offered(long.strip(), platforms=("x",), recheck=report(found(long, "late", "too-long"))).withheld
    assert offered(long.strip(), platforms=("x", "linkedin")).withheld is None


def test_a_suggestion_must_not_outgrow_the_draft() -> None:
    assert (600, 1500) == (suggestion_limit("short"), suggestion_limit("x" * 1000))
    assert "length" == offered("parcels " * 90, platforms=()).withheld


# From text to text


def carried(
    finding: Finding, state: FindingState = "open", since: int = 1, why: str = ""
) -> tuple[CarriedFinding, ...]:
    return (CarriedFinding(finding, state, since, why),)


def state_after(verdict: Verdict, earlier: tuple[CarriedFinding, ...], text: str = TEXT) -> tuple[str, int, str]:
    one = carry(earlier, verdict, text, 3)[0]
    return one.state, one.since_revision, one.why


HALF = rules_only(BOOK, TEXT, report(), platforms=(), pending=False, status="timeout")


def test_a_finding_is_known_by_rule_or_guideline_and_quote() -> None:
    assert identity(found("a  Big\nday", "Big\nday")) == identity(found("BIG day", "BIG day"))
    assert identity(found(TEXT, "maybe")) != identity(point(TEXT, "maybe"))


def test_new_findings_are_open_since_this_text() -> None:
    assert carried(found(TEXT, "maybe"), since=3) == carry((), verdict_on(report(found(TEXT, "maybe"))), TEXT, 3)


def test_a_rules_finding_is_fixed_when_the_rule_is_silent() -> None:
    assert ("fixed", 2, "") == state_after(HALF, carried(found(TEXT, "maybe")))
    again = verdict_on(report(found(TEXT, "maybe")))
    assert ("open", 1, "") == state_after(again, carried(found(TEXT, "maybe")))
    assert ("open", 3, "") == state_after(again, carried(found(TEXT, "maybe"), "fixed"))


def test_a_point_of_the_critique_is_fixed_when_its_words_are_gone() -> None:
    earlier = carried(point(TEXT, "We think"))
    assert ("open", 1, "") == state_after(HALF, earlier)
    assert ("fixed", 2, "") == state_after(HALF, earlier, "Parcels are late.")


def test_a_point_stays_open_while_its_words_stand_whatever_a_new_critique_leaves_out() -> None:
    earlier = carried(replace(point(TEXT, "We think"), start=50, end=58))
    verdict = verdict_on(earlier=earlier)
    assert (Outcome.EDIT, ["We think"], [0]) == (
        verdict.outcome,
        [one.quote for one in verdict.findings],
        [one.start for one in verdict.findings],
    )
    assert ("open", 1, "") == state_after(verdict, earlier)
    assert Outcome.EDIT is verdict_on(earlier=earlier, status="timeout").outcome


def test_a_point_that_a_new_critique_calls_answered_is_fixed() -> None:
    earlier = carried(point(TEXT, "We think"))
    verdict = verdict_on(earlier=earlier, answered=("we think",))
    assert (Outcome.READY, ("fixed", 2, "")) == (verdict.outcome, state_after(verdict, earlier))


def test_what_the_critique_settles_is_withdrawn() -> None:
    rules = report(found(TEXT, "maybe", settled_by_critique=True))
    verdict = verdict_on(rules, settled=(Settled("hedges", "A real doubt."),))
    assert ("withdrawn", 1, "settled") == state_after(verdict, carried(found(TEXT, "maybe")))
    assert ("open", 3, "") == state_after(verdict_on(rules), carried(found(TEXT, "maybe"), "withdrawn", why="settled"))


def test_what_people_decided_about_a_finding_stands() -> None:
    verdict = verdict_on(report(found(TEXT, "maybe")))
    for state, why in (("dismissed", ""), ("withdrawn", "approved by Priya")):
        earlier = carried(found(TEXT, "maybe"), state, why=why)  # type: ignore[arg-type]
        assert (state, 1, why) == state_after(verdict, earlier)
        assert (state, 1, why) == state_after(HALF, earlier)
        assert 1 == len(carry(earlier, verdict, TEXT, 3))

"""What stands of a review beside what people set aside: holds always, heavier findings too, and Lectern's own words never."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.grounding import find_quote
from bot.model import CarriedFinding, Finding, Outcome, Severity, Verdict
from bot.set_aside import critique_of, may_be_one_off, same_points, stands, waivable, without_own_words
from tests.card_values import playbook, verdict

TEXT = "We will kind of give every customer a slot, and I'll look into yours myself. Maybe soon."


def point(quote: str, rule: str | None = "hedges", severity: Severity = Severity.WARN, **changes: Any) -> Finding:
    """A point on words of the text: a rule's, or the critique's where `rule` is None."""
    place = find_quote(quote, TEXT)
    assert place is not None
    found = Finding(
        rule=rule,
        guideline="G9",
        severity=severity,
        quote=quote,
        start=place.start,
        end=place.end,
        message="It hedges.",
        fix="Say it.",
        source="rule" if rule else "critique",
        title="Hedges",
    )
    return replace(found, **changes)


def reviewed(*findings: Finding, outcome: Outcome = Outcome.EDIT, **changes: Any) -> Verdict:
    return verdict(outcome, findings=findings, **changes)


def dismissed(finding: Finding) -> CarriedFinding:
    return CarriedFinding(finding, "dismissed", 1, "my_choice")


def standing(found: Verdict, *aside: Finding, one_off: bool = False) -> Verdict:
    carried = tuple(CarriedFinding(one, "open", 1) for one in found.findings)
    return stands(playbook(), found, carried, [dismissed(one) for one in aside], TEXT, one_off=one_off)[0]


def test_without_anything_set_aside_a_review_stands_as_it_was_found() -> None:
    found = reviewed(point("kind of"), reason="Softeners hide it.")
    assert found == standing(found)


def test_what_is_dismissed_no_longer_counts_and_what_was_said_of_the_whole_goes_with_it() -> None:
    found = reviewed(
        point("kind of"), reason="Softeners hide it.", suggestion="We give it.", suggestion_source="critique"
    )
    after = standing(found, point("kind of"))
    assert (Outcome.READY, (), "", None) == (after.outcome, after.findings, after.reason, after.suggestion)


def test_a_point_that_is_left_keeps_the_suggestion() -> None:
    found = reviewed(point("kind of"), point("Maybe", "maybe"), suggestion="We give it.", suggestion_source="critique")
    after = standing(found, point("kind of"))
    assert (Outcome.EDIT, ("Maybe",), "We give it.") == (
        after.outcome,
        tuple(one.quote for one in after.findings),
        after.suggestion,
    )


def test_a_hold_is_never_set_aside() -> None:
    held = point("kind of", severity=Severity.HOLD, route="legal")
    assert Outcome.HOLD is standing(reviewed(held, outcome=Outcome.HOLD), held).outcome


def test_what_weighs_more_than_what_was_dismissed_is_raised_again() -> None:
    heavier = point("kind of", severity=Severity.REDIRECT, route="legal")
    assert Outcome.REDIRECT is standing(reviewed(heavier, outcome=Outcome.REDIRECT), point("kind of")).outcome
    lighter = point("kind of", severity=Severity.INFO)
    assert () == standing(reviewed(lighter, outcome=Outcome.READY), point("kind of")).findings


def test_the_critique_does_not_raise_dismissed_words_under_another_guideline() -> None:
    again = point("will kind of give", rule=None, guideline="G2")
    assert Outcome.READY is standing(reviewed(again), point("kind of")).outcome
    elsewhere = point("Maybe soon", rule=None, guideline="G9")
    assert Outcome.EDIT is standing(reviewed(elsewhere), point("kind of")).outcome


def test_an_outcome_worse_than_any_point_is_not_lowered_by_dismissing_one() -> None:
    raised = reviewed(point("kind of"), outcome=Outcome.REDIRECT, route="legal")
    after = standing(raised, point("kind of"))
    assert (Outcome.REDIRECT, "legal", ()) == (after.outcome, after.route, after.findings)


def test_a_point_that_is_no_longer_set_aside_is_open_again_or_fixed() -> None:
    was = (dismissed(point("kind of")), dismissed(point("Maybe", "maybe")))
    found = reviewed(point("kind of"))
    states = stands(playbook(), found, was, [], TEXT)[1]
    assert ["open", "dismissed"] == [one.state for one in states]


def test_a_point_goes_with_the_other_places_of_its_rule() -> None:
    first, second = point("kind of"), point("Maybe")
    other, critic = point("soon", "soon"), point("slot", rule=None)
    found = reviewed(first, second, other, critic)
    assert (first, second) == same_points(found, first)
    assert (critic,) == same_points(found, critic)


def test_a_one_off_waives_what_its_rules_mark_and_nothing_else() -> None:
    case = point("I'll look into yours", "case", Severity.REDIRECT, route="customer-care", waivable=True)
    same = point("myself", None, Severity.REDIRECT, route="customer-care")
    other = point("kind of")
    found = reviewed(case, same, other, outcome=Outcome.REDIRECT, route="customer-care")
    assert may_be_one_off(found)
    after = standing(found, one_off=True)
    assert (Outcome.EDIT, (other,)) == (after.outcome, after.findings)


def test_a_one_off_is_not_offered_where_a_redirect_would_stay() -> None:
    case = point("I'll look into yours", "case", Severity.REDIRECT, route="customer-care", waivable=True)
    ours = point("slot", "promotes", Severity.REDIRECT, route="marketing")
    assert not may_be_one_off(reviewed(case, ours, outcome=Outcome.REDIRECT))
    held = replace(case, severity=Severity.HOLD)
    assert () == waivable([held])
    assert not may_be_one_off(reviewed(held, outcome=Outcome.HOLD))


def test_the_critiques_redirect_alone_is_not_waived() -> None:
    alone = point("slot", None, Severity.REDIRECT, route="customer-care")
    assert not may_be_one_off(reviewed(alone, outcome=Outcome.REDIRECT))


@pytest.mark.parametrize(
    ("finding", "stays"),
    [
        (point("kind of", rule=None), False),
        (point("kind of"), True),
        (point("kind of", rule=None, severity=Severity.HOLD), True),
        (point("every customer", rule=None), True),
    ],
)
def test_only_the_critiques_points_on_lecterns_own_words_are_dropped(finding: Finding, *, stays: bool) -> None:
    proposed = [("We will give every customer a slot.", "We will kind of give every customer a slot.")]
    found = reviewed(finding, outcome=Outcome.HOLD if finding.severity is Severity.HOLD else Outcome.EDIT)
    assert stays == bool(without_own_words(playbook(), found, proposed).findings)


def test_an_undecided_score_that_the_critique_decided_stays_decided() -> None:
    grey = point("slot", "promotes", Severity.REDIRECT, route="marketing", grey=True)
    found = reviewed(grey, point("kind of"), outcome=Outcome.REDIRECT, route="marketing", grey=False)
    assert not standing(found, point("kind of")).grey
    assert Outcome.REDIRECT is critique_of(found).outcome
    assert Outcome.READY is critique_of(replace(found, grey=True)).outcome


def test_what_the_critique_said_is_kept_for_when_the_rules_run_again() -> None:
    own, rule = point("slot", rule=None), point("kind of")
    kept = critique_of(reviewed(own, rule, reason="Say it.", suggestion="We give it.", suggestion_source="critique"))
    assert ("done", (own,), "Say it.", "We give it.", Outcome.EDIT) == (
        kept.status,
        kept.findings,
        kept.reason,
        kept.suggestion,
        kept.outcome,
    )
    assert Outcome.READY is critique_of(reviewed(rule)).outcome
    raised = critique_of(reviewed(rule, outcome=Outcome.REDIRECT, route="legal"))
    assert (Outcome.REDIRECT, "legal") == (raised.outcome, raised.route)

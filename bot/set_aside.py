"""What people, and Lectern's own earlier words, take out of a review, and the verdict that stands then. Pure.

A review's findings are kept as they were found. What a person dismissed, or a one-off waived, is kept beside them as
`aside`, and the verdict that stands is worked out from both: so bringing a point back needs no memory of what it changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.grounding import find_quote
from bot.model import CarriedFinding, Critique, Finding, Outcome, Severity, Verdict
from bot.playbook import Playbook
from bot.verdict import decide_again, identity
from bot.verdict.outcomes import worst

ONE_OFF = "one-off"
"""Why a finding was withdrawn that a declared one-off waives. Cards have their own words for it."""


def stands(
    playbook: Playbook,
    reviewed: Verdict,
    carried: Sequence[CarriedFinding],
    aside: Sequence[CarriedFinding],
    text: str,
    *,
    one_off: bool = False,
    rested_minutes: float = 0,
) -> tuple[Verdict, tuple[CarriedFinding, ...]]:
    """The verdict and the carried findings as they stand beside what was set aside.

    A hold is never set aside, nor is a finding that now weighs more than the one that was. A point of the critique goes
    with a dismissed one whose words it is about, whatever guideline it names this time. With `one_off` what a declared
    one-off waives is withdrawn. `rested_minutes` is how long this text was kept: a hold for tone that asks for no more is
    an edit by then.
    """
    reviewed = _rested(playbook, reviewed, rested_minutes)
    waived = waivable(reviewed.findings) if one_off else ()
    covers = {identity(one): CarriedFinding(one, "withdrawn", 1, ONE_OFF) for one in waived}
    covers |= {identity(one): by for one in reviewed.findings if (by := _covering(one, aside, text)) is not None}
    raised = {identity(one) for one in reviewed.findings}
    states = tuple(_state(one, covers.get(identity(one.finding)), raised) for one in carried)
    return _decided(playbook, reviewed, [one for one in reviewed.findings if identity(one) not in covers]), states


def waivable(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What a declared one-off takes back: what its rule marks, and the critique's own words on the same matter.

    Never a hold. The critique's redirects go only where a rule's does: alone they are another matter.
    """
    marked = [one for one in findings if one.waivable and one.severity is not Severity.HOLD]
    teams = {one.route for one in marked if one.severity is Severity.REDIRECT}
    same = [
        one
        for one in findings
        if one.source == "critique"
        and one.severity is Severity.REDIRECT
        and (one.route in teams or (teams and not one.route))
    ]
    return (*marked, *same)


def may_be_one_off(verdict: Verdict) -> bool:
    """Whether a one-off would help: a redirect stands, and every redirect may be waived (product F16)."""
    redirects = [one for one in verdict.findings if one.severity is Severity.REDIRECT]
    return verdict.outcome is Outcome.REDIRECT and bool(redirects) and set(redirects) <= set(waivable(verdict.findings))


def without_own_words(playbook: Playbook, reviewed: Verdict, proposed: Iterable[tuple[str, str]]) -> Verdict:
    """The verdict without the critique's points on words that Lectern proposed itself (product F22).

    `proposed` are pairs of a text and the suggestion made for it: what stands in the suggestion and did not stand in the
    text is Lectern's own. Holds stay: whoever proposed it, what needs to be cleared needs to be cleared.
    """
    pairs = tuple(proposed)
    kept = [one for one in reviewed.findings if not _own(one, pairs)]
    return _decided(playbook, reviewed, kept)


def critique_of(reviewed: Verdict) -> Critique:
    """What the critique said in a finished review, to be weighed again beside rules that ran anew on the same text."""
    own = tuple(one for one in reviewed.findings if one.source == "critique")
    raised = reviewed.outcome.rank < worst(reviewed.findings).rank
    agreed = reviewed.outcome is Outcome.REDIRECT and not reviewed.grey and any(one.grey for one in reviewed.findings)
    return Critique(
        status=reviewed.critique,
        usage=reviewed.usage,
        outcome=reviewed.outcome if raised or agreed or reviewed.outcome is Outcome.READY else worst(own),
        route=reviewed.route,
        reason=reviewed.reason,
        findings=own,
        settled=reviewed.settled,
        suggestion=reviewed.suggestion if reviewed.suggestion_source == "critique" else None,
        nothing_to_say=reviewed.nothing_to_say,
        dropped=reviewed.dropped,
    )


def may_be_dismissed(finding: Finding) -> bool:
    """Whether its reader may set it aside: all but a hold (product F24)."""
    return finding.severity is not Severity.HOLD


def same_points(verdict: Verdict, chosen: Finding) -> tuple[Finding, ...]:
    """What is dismissed with a point: the places at which the same rule says the same. A card shows one of them."""
    if chosen.rule is None:
        return (chosen,)
    return tuple(
        one
        for one in verdict.findings
        if one.rule == chosen.rule and may_be_dismissed(one) and one.severity.rank >= chosen.severity.rank
    )


def _rested(playbook: Playbook, reviewed: Verdict, minutes: float) -> Verdict:
    softened = tuple(
        replace(one, severity=Severity.WARN, pause_minutes=0)
        if one.severity is Severity.HOLD and 0 < one.pause_minutes <= minutes
        else one
        for one in reviewed.findings
    )
    if softened == reviewed.findings:
        return reviewed
    if reviewed.outcome.rank < worst(reviewed.findings).rank:
        return replace(reviewed, findings=softened)
    verdict = decide_again(playbook, reviewed, softened)
    return verdict if verdict.outcome is reviewed.outcome else replace(verdict, reason="")


def _covering(finding: Finding, aside: Iterable[CarriedFinding], text: str) -> CarriedFinding | None:
    """What set this finding aside, if anything did."""
    if finding.severity is Severity.HOLD:
        return None
    for one in aside:
        same = identity(one.finding) == identity(finding)
        again = finding.source == "critique" and one.state == "dismissed" and _on_its_words(finding, one.finding, text)
        if (same or again) and finding.severity.rank >= one.finding.severity.rank:
            return one
    return None


def _on_its_words(finding: Finding, dismissed: Finding, text: str) -> bool:
    place = find_quote(dismissed.quote, text) if dismissed.quote.strip() else None
    return place is not None and finding.start < place.end and place.start < finding.end


def _state(one: CarriedFinding, by: CarriedFinding | None, raised: set[tuple[str, str]]) -> CarriedFinding:
    if by is not None:
        return replace(one, state=by.state, why=by.why)
    if one.state == "dismissed" and identity(one.finding) not in raised:
        return one
    if one.state == "dismissed" or (one.state == "withdrawn" and one.why == ONE_OFF):
        return replace(one, state="open" if identity(one.finding) in raised else "fixed", why="")
    return one


def _decided(playbook: Playbook, reviewed: Verdict, kept: list[Finding]) -> Verdict:
    if len(kept) == len(reviewed.findings):
        return reviewed
    if reviewed.outcome.rank < worst(reviewed.findings).rank:
        # The critique's own outcome was worse than any of its points: what goes was not the reason for it.
        return replace(reviewed, findings=tuple(kept))
    verdict = decide_again(playbook, reviewed, kept)
    if verdict.outcome is reviewed.outcome:
        # An undecided score that the critique decided stays decided.
        return replace(verdict, grey=verdict.grey and reviewed.grey)
    # What was said of the whole was said with the points that are gone.
    ready = verdict.outcome is Outcome.READY
    return replace(
        verdict,
        reason="",
        nothing_to_say=False,
        suggestion=None if ready else verdict.suggestion,
        suggestion_source=None if ready else verdict.suggestion_source,
        approved_facts=() if ready else verdict.approved_facts,
        withheld=None if ready else verdict.withheld,
    )


def _own(finding: Finding, proposed: tuple[tuple[str, str], ...]) -> bool:
    if finding.source != "critique" or finding.severity is Severity.HOLD or not finding.quote.strip():
        return False
    return any(
        find_quote(finding.quote, suggestion) is not None and find_quote(finding.quote, text) is None
        for text, suggestion in proposed
    )

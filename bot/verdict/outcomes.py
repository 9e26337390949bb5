"""What findings lead to: outcome, team, pause. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.model import COMMS, Finding, Outcome, Severity
from bot.playbook import Playbook

LAST = 1_000
"""Precedence of an owner that is no team (comms): after all teams."""

_OUTCOME = {
    Severity.HOLD: Outcome.HOLD,
    Severity.REDIRECT: Outcome.REDIRECT,
    Severity.WARN: Outcome.EDIT,
    Severity.INFO: Outcome.READY,
}
_OWNED = frozenset((Severity.HOLD, Severity.REDIRECT))


def outcome_of(finding: Finding) -> Outcome:
    """What one finding leads to by itself."""
    return finding.outcome or _OUTCOME[finding.severity]


def worst(findings: Iterable[Finding]) -> Outcome:
    """The worst of what the findings lead to; ready when there are none."""
    return min((outcome_of(one) for one in findings), key=lambda outcome: outcome.rank, default=Outcome.READY)


def may_be_settled(finding: Finding) -> bool:
    """Whether the critique may take this finding back: marked by its rule, and light or undecided. Never a hold."""
    if not finding.settled_by_critique or finding.rule is None:
        return False
    if finding.severity is Severity.REDIRECT:
        return finding.grey
    return finding.severity in {Severity.WARN, Severity.INFO}


def teams(
    playbook: Playbook, findings: Sequence[Finding], outcome: Outcome, advised: str | None = None
) -> tuple[str | None, tuple[str, ...]]:
    """Who should have it, and the other teams that are touched, by precedence. `advised` is the critique's own team.

    A hold is owned by whom its findings name; a team that would merely take the draft is copied. What is sure, by a rule
    or by the critique, goes before what a rule left undecided.
    """
    if outcome not in {Outcome.HOLD, Outcome.REDIRECT}:
        return None, ()
    deciding = [one for one in findings if outcome_of(one) is outcome]
    sure = [one.route or COMMS for one in deciding if not one.grey] + ([advised] if advised else [])
    owners = sure or [one.route or COMMS for one in deciding]
    touched = [one.route for one in findings if one.route and one.severity in _OWNED]
    copies = [team for one in findings for team in one.copies]
    order = {route.id: route.precedence for route in playbook.routes}
    ranked = sorted({*owners, *touched, *copies}, key=lambda team: (order.get(team, LAST), team))
    first = next((team for team in ranked if team in owners), COMMS)
    return first, tuple(team for team in ranked if team != first)


def pause(findings: Iterable[Finding]) -> int:
    """Minutes after which the holds among the findings end by themselves; 0 when one of them does not."""
    minutes = [one.pause_minutes for one in findings if outcome_of(one) is Outcome.HOLD]
    return max(minutes) if minutes and all(minutes) else 0

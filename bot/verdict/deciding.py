"""The verdict on one text: the worst of rules and critique. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from bot.counting import lengths
from bot.model import (
    CarriedFinding,
    Critique,
    Finding,
    Outcome,
    RulesReport,
    Settled,
    Severity,
    Verdict,
)
from bot.playbook import Platform, Playbook
from bot.verdict.carried import still_open
from bot.verdict.mending import mend
from bot.verdict.outcomes import may_be_settled, outcome_of, pause, teams, worst
from bot.verdict.suggestion import Checks, facts_used, why_withheld

Recheck = Callable[[str], RulesReport]

_SHOWN_WITH_CRITIQUE = frozenset(("off-message",))
"""Rules that are too unsure to be shown on half a check (domain section 2.2)."""


def rules_only(
    playbook: Playbook,
    text: str,
    report: RulesReport,
    *,
    platforms: Iterable[str],
    pending: bool,
    status: str,
    recheck: Recheck | None = None,
    earlier: Iterable[CarriedFinding] = (),
) -> Verdict:
    """The verdict of the rules alone: never complete. `pending` while the critique is to come, else `status` says why not.

    With `recheck`, and nothing more to come, it has a suggestion where one can be made by rules; see `decide`.
    """
    meant = _known(playbook, platforms)
    verdict = _verdict(playbook, text, report, report.findings, Critique(status), meant, pending=pending)
    return verdict if pending or recheck is None else _mended(verdict, text, report, recheck, meant, earlier)


def decide(
    playbook: Playbook,
    text: str,
    report: RulesReport,
    critique: Critique,
    *,
    platforms: Iterable[str],
    today: date,
    recheck: Recheck,
    earlier: Iterable[CarriedFinding] = (),
    known_names: Iterable[str] = (),
) -> Verdict:
    """The worst of both.

    `recheck` runs the rules over the suggestion, which is withheld when it breaks anything. `earlier` are the findings on
    the draft's earlier texts: a point of the critique stays open while its quote stands, unless the critique says that it
    is answered. `known_names` are names of people at the organisation, for the fact lock. Without a critique the
    suggestion is one made by rules, if one can be made.
    """
    meant, earlier = _known(playbook, platforms), tuple(earlier)
    if critique.status != "done":
        half = _verdict(playbook, text, report, (*report.findings, *still_open(earlier, text)), critique, meant)
        return _mended(half, text, report, recheck, meant, earlier)
    settled, rules = _settle(report.findings, critique.settled)
    points = _add([], critique.findings)
    points = _add(points, still_open(earlier, text, critique.answered))
    findings = _beside(rules, points)
    verdict = _raise(playbook, _verdict(playbook, text, report, findings, critique, meant, settled=settled), critique)
    if not critique.suggestion or verdict.outcome is Outcome.READY or verdict.nothing_to_say:
        return verdict
    approved = playbook.approved_facts(today)
    checks = Checks(
        playbook=playbook,
        facts=tuple(point.fact for _, point in approved),
        platforms=meant,
        known_names=tuple(known_names),
        settled=frozenset(one.rule for one in settled),
    )
    withheld = why_withheld(critique.suggestion, text, verdict, recheck, checks)
    if withheld:
        return replace(verdict, withheld=withheld)
    return replace(
        verdict,
        suggestion=critique.suggestion,
        suggestion_source="critique",
        approved_facts=facts_used(critique.suggestion, text, approved),
    )


def decide_again(playbook: Playbook, verdict: Verdict, findings: Iterable[Finding]) -> Verdict:
    """The verdict with `findings` as those that are open: after a dismissal, a one-off, or an approval. Only the outcome
    and what follows from it change; what the critique advised as a whole went with the points it was about."""
    ordered = _ordered(findings)
    outcome = worst(ordered)
    route, also = teams(playbook, ordered, outcome)
    return _followed(replace(verdict, findings=ordered, outcome=outcome, route=route, also=also))


def _mended(
    verdict: Verdict,
    text: str,
    report: RulesReport,
    recheck: Recheck,
    platforms: tuple[Platform, ...],
    earlier: Iterable[CarriedFinding],
) -> Verdict:
    """Half a check with a suggestion made by rules. What is another team's, or held, is not for rules to put right."""
    if verdict.outcome in {Outcome.HOLD, Outcome.REDIRECT}:
        return verdict
    kept = {one.finding.rule for one in earlier if one.state == "dismissed" and one.finding.rule}
    suggestion = mend(text, report, recheck, platforms, kept)
    return replace(verdict, suggestion=suggestion, suggestion_source="rule") if suggestion else verdict


def _verdict(
    playbook: Playbook,
    text: str,
    report: RulesReport,
    findings: Iterable[Finding],
    critique: Critique,
    platforms: tuple[Platform, ...],
    *,
    settled: tuple[Settled, ...] = (),
    pending: bool = False,
) -> Verdict:
    done = critique.status == "done" and not pending
    shown = (one for one in findings if done or pending or one.rule not in _SHOWN_WITH_CRITIQUE)
    # A verdict is kept; the edits are of no use to it.
    ordered = _ordered(replace(one, edits=()) if one.edits else one for one in shown)
    outcome = worst(ordered)
    route, also = teams(playbook, ordered, outcome)
    verdict = Verdict(
        outcome=outcome,
        complete=done and not report.left_out,
        route=route,
        findings=ordered,
        suggestion=None,
        suggestion_source=None,
        withheld=None,
        lengths=lengths(text, platforms),
        critique=critique.status,
        usage=critique.usage,
        guidelines=playbook.version,
        rules_ran=report.ran,
        reason=critique.reason,
        also=also,
        left_out=report.left_out,
        settled=settled,
        other_language=report.other_language,
        pending=pending,
        dropped=critique.dropped,
        nothing_to_say=critique.nothing_to_say and outcome is Outcome.EDIT,
    )
    return _followed(verdict)


def _followed(verdict: Verdict) -> Verdict:
    """The verdict with what else it says filled in from its findings and outcome."""
    outcome = verdict.outcome
    deciding = [one for one in verdict.findings if outcome_of(one) is outcome]
    until = [one.until for one in deciding if one.until is not None]
    undecided = bool(deciding) and all(one.grey or one.unsure for one in deciding)
    return replace(
        verdict,
        wait_until=max(until) if outcome is Outcome.WAIT and until else None,
        pause_minutes=pause(deciding) if outcome is Outcome.HOLD else 0,
        grey=outcome is Outcome.REDIRECT and undecided,
    )


def _raise(playbook: Playbook, verdict: Verdict, critique: Critique) -> Verdict:
    """The critique's own outcome, where it is as bad as, or worse than, what the findings say. It can't lower anything."""
    wished = critique.outcome
    if wished is None or wished is Outcome.WAIT or wished.rank > verdict.outcome.rank:
        return verdict
    if wished is Outcome.REDIRECT and playbook.route(critique.route) is None:
        return verdict
    if wished is verdict.outcome:
        # Agreed: an undecided score is decided by it.
        sure = not any(one.unsure for one in critique.findings if one.severity is Severity.REDIRECT)
        return replace(verdict, grey=verdict.grey and not (wished is Outcome.REDIRECT and sure))
    advised = critique.route if playbook.route(critique.route) else None
    route, also = teams(playbook, verdict.findings, wished, advised)
    nothing = critique.nothing_to_say and wished is Outcome.EDIT
    return replace(
        verdict,
        outcome=wished,
        route=route,
        also=also,
        grey=False,
        pause_minutes=0,
        wait_until=None,
        nothing_to_say=nothing,
    )


def _settle(findings: Iterable[Finding], offers: Iterable[Settled]) -> tuple[tuple[Settled, ...], list[Finding]]:
    """Take back what the critique may take back, and nothing else."""
    reasons = {offer.rule: offer for offer in offers}
    kept: list[Finding] = []
    settled: dict[str, Settled] = {}
    for finding in findings:
        offer = reasons.get(finding.rule or "")
        if offer is not None and may_be_settled(finding):
            settled[offer.rule] = offer
        else:
            kept.append(finding)
    return tuple(settled.values()), kept


def _beside(rules: list[Finding], points: Iterable[Finding]) -> list[Finding]:
    """Rules' findings, and the critique's where they say something else: one place gives one finding."""
    return [*rules, *(one for one in points if not any(_agree(rule, one) for rule in rules))]


def _agree(rule: Finding, point: Finding) -> bool:
    """Whether a rule's finding says it already: it is on some of the same words, and weighs no less."""
    return _overlap(rule, point) and rule.severity.rank <= point.severity.rank


def _add(points: list[Finding], more: Iterable[Finding]) -> list[Finding]:
    """The critique's points with others added, the worst one at each place."""
    for one in sorted(more, key=lambda point: point.severity.rank):
        if not any(_overlap(one, other) for other in points):
            points.append(one)
    return points


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (one.severity.rank, one.start, one.end)))


def _known(playbook: Playbook, platforms: Iterable[str]) -> tuple[Platform, ...]:
    found = (playbook.platform(name) for name in platforms)
    return tuple(platform for platform in found if platform is not None)

"""How the model's answer is read: hostile until checked, and kept as far as it stands on the draft. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel

from bot.critique.prose import Sources, harmless
from bot.critique.schema import KINDS, OUTCOMES, WireAnswer, WireFinding, WireSettled
from bot.grounding import Folded, Quoted, fold
from bot.model import COMMS, Critique, CritiqueStatus, Finding, Outcome, RulesReport, Settled, Severity, Usage
from bot.playbook import Playbook, is_live
from bot.verdict import may_be_settled, suggestion_limit

MOST_FINDINGS = 10
MOST_PROSE = 300
"""Characters of a sentence of the model's."""
MOST_ADVICE = 160
"""Characters of a finding's message, and of its fix: about twice the fifteen words that the model is asked for."""
HALF = 0.5

_TEAM_OF_KIND = {"reply to a customer": "customer-care", "promotion": "marketing", "crisis": "media"}
_UNSURE = "not sure:"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `parsed` by the question's schema where `status` is done, else None."""

    status: CritiqueStatus
    parsed: BaseModel | None = None
    usage: Usage = field(default_factory=Usage)


def read_answer(
    answer: Answer,
    text: str,
    playbook: Playbook,
    report: RulesReport,
    canary: str,
    today: date,
    *,
    proposed: Iterable[str] = (),
) -> Critique:
    """The answer once code has checked it; never raises for anything that it holds.

    A finding of an unknown guideline, or whose quote is not in the text, is dropped and counted. With more than half of
    the quotes not there nothing is kept (`ungrounded`), nor where the hidden word comes back (`canary`). `proposed` are
    texts that Lectern suggested for this draft: small points on words of theirs are left out.
    """
    wire = answer.parsed
    if answer.status != "done" or not isinstance(wire, WireAnswer):
        return Critique(answer.status if answer.status != "done" else "malformed", answer.usage)
    if _gives_away(wire, canary):
        return Critique("canary", answer.usage)
    raised = wire.findings[:MOST_FINDINGS]
    folded = Folded(text)
    places = [folded.find(one.quote) for one in raised]
    missing = sum(place is None for place in places)
    if missing > len(raised) * HALF:
        return Critique("ungrounded", answer.usage, dropped=len(raised))
    sources = _sources(text, playbook, report, today)
    outcome = wire.outcome if wire.outcome in OUTCOMES else None
    route = _route(wire, playbook)
    findings = [_finding(one, place, text, playbook, route, sources) for one, place in zip(raised, places, strict=True)]
    texts = [Folded(one) for one in proposed]
    return Critique(
        status="done",
        usage=answer.usage,
        kind=wire.kind if wire.kind in KINDS else "",
        # A redirect that leads to nobody is an edit.
        outcome=Outcome.EDIT if outcome == "redirect" and route is None else Outcome(outcome) if outcome else None,
        route=route,
        reason=harmless(wire.reason, MOST_PROSE, sources),
        findings=tuple(one for one in findings if one is not None and not _own_words(one, texts)),
        settled=_settled(wire.settled, report, sources),
        suggestion=_suggestion(wire.suggestion, text),
        nothing_to_say=wire.nothing_to_say,
        message_id=_message(wire.message, playbook, today),
        dropped=sum(one is None for one in findings),
        answered=tuple(fold(quote) for quote in wire.answered[:MOST_FINDINGS]),
    )


def _gives_away(wire: WireAnswer, canary: str) -> bool:
    """Whether the hidden word stands anywhere in the answer, however it is spaced or written."""
    secret = _letters(canary)
    return bool(secret) and secret in _letters(wire.model_dump_json())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _sources(text: str, playbook: Playbook, report: RulesReport, today: date) -> Sources:
    facts = (point.fact for _, point in playbook.approved_facts(today))
    rules = (f"{finding.message} {finding.fix}" for finding in report.findings)
    limits = (str(platform.limit) for platform in playbook.platforms)
    return Sources(text, (*facts, *limits, *rules))


def _route(wire: WireAnswer, playbook: Playbook) -> str | None:
    """The team that the answer names; for a redirect that names none, the team of that kind of draft."""
    if playbook.route(wire.route):
        return wire.route
    usual = _TEAM_OF_KIND.get(wire.kind)
    return usual if wire.outcome == "redirect" and playbook.route(usual) else None


def _finding(
    said: WireFinding, place: Quoted | None, text: str, playbook: Playbook, route: str | None, sources: Sources
) -> Finding | None:
    """The finding, with offsets found by code; None where guideline, quote or message do not stand."""
    guideline = next((one for one in playbook.guidelines if one.id == said.guideline), None)
    message = harmless(said.why, MOST_ADVICE + len(_UNSURE), sources)
    if guideline is not None and not message and said.why.strip():
        # What was said made something up; that the guideline is touched at this place may be true all the same.
        message = guideline.principle
    unsure = message.casefold().startswith(_UNSURE)
    message = message[len(_UNSURE) :].strip() if unsure else message
    if guideline is None or place is None or not message or said.severity not in set(Severity):
        return None
    severity = Severity(said.severity)
    if severity is Severity.REDIRECT and route is None:
        severity = Severity.WARN
    owners = {Severity.HOLD: route or COMMS, Severity.REDIRECT: route}
    return Finding(
        rule=None,
        guideline=guideline.id,
        severity=severity,
        quote=text[place.start : place.end],
        start=place.start,
        end=place.end,
        message=message[:MOST_ADVICE],
        fix=harmless(said.fix, MOST_ADVICE, sources),
        source="critique",
        title=guideline.title,
        route=owners.get(severity),
        unsure=said.unsure or unsure,
    )


def _own_words(finding: Finding, proposed: Iterable[Folded]) -> bool:
    small = finding.severity in {Severity.WARN, Severity.INFO}
    return small and any(text.find(finding.quote) for text in proposed)


def _settled(said: Iterable[WireSettled], report: RulesReport, sources: Sources) -> tuple[Settled, ...]:
    """Only what a rule marks as the critique's to settle, what was found in this text, and with a reason; never a hold."""
    open_to_it = {finding.rule for finding in report.findings if may_be_settled(finding)}
    kept: dict[str, Settled] = {}
    for one in said:
        reason = harmless(one.reason, MOST_PROSE, sources)
        if one.rule in open_to_it and reason:
            kept.setdefault(one.rule, Settled(one.rule, reason))
    return tuple(kept.values())


def _suggestion(suggestion: str | None, text: str) -> str | None:
    """The suggestion, or None. One character more than allowed is kept, so that `verdict` sees that it is too long."""
    kept = (suggestion or "").strip()[: suggestion_limit(text) + 1]
    return kept or None


def _message(message: str, playbook: Playbook, today: date) -> str | None:
    known = playbook.message(message)
    return known.id if known and is_live(known, today) else None

"""A playbook small enough to see through, for tests of the critique and the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.model import Finding, RulesReport, Severity
from bot.playbook import (
    SHIPPED,
    Guideline,
    KeyMessage,
    Organisation,
    Platform,
    Playbook,
    ProofPoint,
    Replies,
    Route,
    RuleSpec,
)

TODAY = date(2026, 11, 24)


def playbook(**changes: object) -> Playbook:
    """Two guidelines, four teams, two networks, two messages, and the shipped instruction."""
    fields: dict[str, object] = {
        "guidelines": (
            Guideline(id="G1", title="Lead on strategy", principle="Speak of direction and decisions."),
            Guideline(id="G8", title="Speak as the leader", principle="Say it plainly."),
        ),
        "rules": (
            rule("hedges", settled=True),
            rule("results", severity=Severity.HOLD),
            rule("one-case", severity=Severity.REDIRECT, kind="score"),
            rule("too-long", kind="length"),
            rule("off-message", settled=True, severity=Severity.INFO),
        ),
        "routes": (
            route("legal", 1),
            route("investor-relations", 2),
            route("customer-care", 3),
            route("marketing", 4),
        ),
        "platforms": (platform("x", 280), platform("linkedin", 3000)),
        "messages": (
            message("On time", "Parcels arrive when we said.", fact("97 in every 100 parcels were on time")),
            message("Old news", "Said before.", live_to=date(2026, 1, 31)),
        ),
        "windows": (),
        "organisation": Organisation(name="Fernway"),
        "replies": Replies({}),
        "critique_template": (SHIPPED / "critique.md").read_text(encoding="utf-8"),
        "version": "0a1b2c3d",
    }
    return Playbook(**{**fields, **changes})  # type: ignore[arg-type]


def rule(name: str, *, settled: bool = False, severity: Severity = Severity.WARN, kind: str = "phrase") -> RuleSpec:
    """One rule, as far as critique and verdict look at it."""
    return RuleSpec(
        number="Z01",
        name=name,
        title=name,
        kind=kind,
        guideline="G8",
        severity=severity,
        settled_by_critique=settled,
        message="Say it once.",
        fix="Cut it.",
        source="own",
        file="prompts/rules/test.toml",
        line=1,
    )


def route(id_: str, precedence: int) -> Route:
    """One team."""
    return Route(
        id=id_,
        name=id_,
        short=id_,
        precedence=precedence,
        target_minutes=60,
        takes=f"what {id_} does",
        reason="Theirs.",
    )


def platform(id_: str, limit: int) -> Platform:
    """One network that counts plain characters."""
    return Platform(
        id=id_,
        name=id_.title(),
        limit=limit,
        counting="characters",
        hashtags=2,
        checked_on=TODAY,
        source="own",
        aim="one a week",
        gap_hours=24,
        per_day=1,
        per_week=3,
        quiet_days=14,
        dormant_days=60,
    )


def message(id_: str, sentence: str, *facts: ProofPoint, live_to: date | None = None) -> KeyMessage:
    """One key message."""
    return KeyMessage(
        id=id_, sentence=sentence, stakeholders=("customers",), proof_points=facts, owner="comms", live_to=live_to
    )


def fact(words: str, expires: date | None = None) -> ProofPoint:
    """One approved fact."""
    return ProofPoint(fact=words, source="own", approved_by="comms", expires=expires)


def found(
    text: str, quote: str, name: str = "hedges", severity: Severity = Severity.WARN, **changes: object
) -> Finding:
    """A rule's finding on the first place of the quote."""
    start = text.index(quote)
    fields: dict[str, object] = {
        "rule": name,
        "guideline": "G8",
        "severity": severity,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "message": "Say it once.",
        "fix": "Cut it.",
        "source": "rule",
        "title": name,
    }
    return Finding(**{**fields, **changes})  # type: ignore[arg-type]


def point(text: str, quote: str, severity: Severity = Severity.WARN, **changes: object) -> Finding:
    """A finding of the critique on the first place of the quote."""
    fields: dict[str, object] = {"rule": None, "source": "critique", "guideline": "G1", **changes}
    return replace(found(text, quote, severity=severity), **fields)  # type: ignore[arg-type]


def report(*findings: Finding, **changes: object) -> RulesReport:
    """What the rules said."""
    return RulesReport(findings=findings, ran=5, **changes)  # type: ignore[arg-type]

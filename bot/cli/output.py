"""A verdict as the command line prints it: JSON by the contract, or the card as text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.model import COMMS, Attachments, Draft, DraftView, Finding, Revision, State, Verdict, text_hash
from bot.playbook import Playbook
from bot.slack.cards.review import draw_review
from bot.slack.plain import print_card

NOBODY = "you"


def as_json(name: Any, verdict: Verdict) -> dict[str, Any]:
    """One review as JSON. Offsets count code points of the text as given; a hold that comms owns has no route."""
    return {
        "id": name,
        "outcome": verdict.outcome.value,
        "complete": verdict.complete,
        "route": None if verdict.route == COMMS else verdict.route,
        "findings": [_finding(finding) for finding in verdict.findings],
        "suggestion": verdict.suggestion,
        "suggestion_source": verdict.suggestion_source,
        "withheld": verdict.withheld,
        "lengths": {name: {"count": length.count, "limit": length.limit} for name, length in verdict.lengths.items()},
        "critique": {
            "status": verdict.critique,
            "model": verdict.usage.model or None,
            "tokens_in": verdict.usage.tokens_in,
            "tokens_cached": verdict.usage.tokens_cached,
            "tokens_out": verdict.usage.tokens_out,
            "ms": verdict.usage.ms,
        },
        "guidelines": verdict.guidelines,
    }


def as_text(text: str, verdict: Verdict, playbook: Playbook) -> str:
    """The card that Slack would show, as text for a terminal."""
    now = datetime.now(UTC)
    draft = Draft(
        id="",
        leader=NOBODY,
        submitter=NOBODY,
        channel="",
        message_ts="",
        thread_ts="",
        platforms=tuple(verdict.lengths),
        platform_known=len(verdict.lengths) == 1,
        state=State.ADVISED,
        created_at=now,
    )
    revision = Revision("", "", 1, text, text_hash(text), "message", Attachments(), now)
    view = DraftView(draft, revision, verdict)
    return print_card(draw_review(view, playbook, now=now, timezone="UTC", names={NOBODY: NOBODY}))


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "guideline": finding.guideline,
        "severity": finding.severity.value,
        "quote": finding.quote,
        "start": finding.start,
        "end": finding.end,
        "message": finding.message,
        "fix": finding.fix,
        "source": finding.source,
    }

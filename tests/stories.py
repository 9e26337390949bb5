"""What the store's tests tell their stories with: people, times, drafts, findings and verdicts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import Draft, Finding, Length, Outcome, Revision, Severity, Usage, Verdict
from bot.store import NewDraft, NewHandoff, NewRevision, Store, Taken

LEADER = "U0LEADER01"
DELEGATE = "U0DELEGATE"
CARE = "U0CARE0001"
CHANNEL = "C0DRAFTS01"
OVERSIGHT = "C0OVERSITE"
TEAM = "C0CARE0001"

NOON = datetime(2026, 3, 2, 12, 0, 0, 250, tzinfo=UTC)
TEXT = "Yesterday our courier walked through knee-deep snow to bring one parcel."


def later(minutes: float = 0, days: float = 0) -> datetime:
    """A time after noon."""
    return NOON + timedelta(minutes=minutes, days=days)


def new_draft(text: str = TEXT, **changes: Any) -> NewDraft:
    """A draft that Dana's delegate pastes at noon."""
    fields: dict[str, Any] = {
        "leader": LEADER,
        "submitter": DELEGATE,
        "channel": CHANNEL,
        "message_ts": "1772452800.000100",
        "thread_ts": "1772452800.000100",
        "text": text,
        "platforms": ("linkedin",),
        "platform_known": False,
        "now": NOON,
        "oversight_channel": OVERSIGHT,
    }
    return NewDraft(**fields | changes)


def new_revision(draft_id: str, text: str, **changes: Any) -> NewRevision:
    """An edit of the message, a minute after noon."""
    fields: dict[str, Any] = {
        "draft_id": draft_id,
        "text": text,
        "origin": "edit",
        "now": later(1),
        "by": DELEGATE,
    }
    return NewRevision(**fields | changes)


def new_handoff(draft_id: str, **changes: Any) -> NewHandoff:
    """A hand-off to customer care, due in an hour."""
    fields: dict[str, Any] = {
        "draft_id": draft_id,
        "route": "customer-care",
        "channel": TEAM,
        "sent_by": LEADER,
        "now": later(5),
        "due_at": later(65),
    }
    return NewHandoff(**fields | changes)


def finding(quote: str, rule: str | None = "softeners", severity: Severity = Severity.WARN) -> Finding:
    """A point on the words `quote`."""
    return Finding(
        rule=rule,
        guideline="G3",
        severity=severity,
        quote=quote,
        start=4,
        end=4 + len(quote),
        message="Say it plainly.",
        fix="Leave it out.",
        source="rule" if rule else "critique",
        title="Softeners",
    )


def verdict(*findings: Finding, outcome: Outcome = Outcome.EDIT, **changes: Any) -> Verdict:
    """A complete verdict with these points."""
    fields: dict[str, Any] = {
        "outcome": outcome,
        "complete": True,
        "route": None,
        "findings": findings,
        "suggestion": None,
        "suggestion_source": None,
        "withheld": None,
        "lengths": {"linkedin": Length(72, 3000)},
        "critique": "done",
        "usage": Usage(model="scripted-1", tokens_in=900, tokens_out=120, ms=1400),
        "guidelines": "0a1b2c3d",
        "rules_ran": 41,
    }
    return Verdict(**fields | changes)


def pending(*findings: Finding, outcome: Outcome = Outcome.EDIT, **changes: Any) -> Verdict:
    """What the rules say while the critique still runs."""
    return verdict(*findings, outcome=outcome, complete=False, pending=True, critique="", **changes)


async def take(store: Store, text: str = TEXT, **changes: Any) -> Taken:
    """A draft that the store takes."""
    taken = await store.take_draft(new_draft(text, **changes))
    assert taken is not None
    return taken


async def advised(store: Store, text: str = TEXT, **changes: Any) -> Taken:
    """A draft whose first review has finished."""
    taken = await take(store, text, **changes)
    assert await store.save_verdict(taken.review_id, verdict(finding("knee-deep")), (), later(0.1))
    return taken


async def revise(store: Store, draft_id: str, text: str, **changes: Any) -> Taken:
    """A new text that the store takes."""
    taken = await store.take_revision(new_revision(draft_id, text, **changes))
    assert taken is not None
    return taken


async def draft_now(store: Store, draft_id: str) -> Draft:
    """The draft as it stands."""
    draft = await store.draft(draft_id)
    assert draft is not None
    return draft


async def newest(store: Store, draft_id: str) -> Revision:
    """The draft's newest text."""
    revision = await store.newest_revision(draft_id)
    assert revision is not None
    return revision


async def wanted(store: Store, message_id: str) -> int:
    """How many changes a message should show."""
    message = await store.message(message_id)
    assert message is not None
    return message.wanted

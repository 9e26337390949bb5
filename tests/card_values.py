"""Values that tests of cards are drawn from: a small playbook with the shipped replies, and a draft in any state."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.model import (
    Attachments,
    Draft,
    DraftView,
    Finding,
    Handoff,
    Length,
    Outcome,
    Revision,
    Severity,
    State,
    Usage,
    Verdict,
    text_hash,
)
from bot.playbook import SHIPPED, Playbook, Replies
from bot.playbook.replies import flatten
from bot.playbook.values import (
    Example,
    Guideline,
    KeyMessage,
    Organisation,
    Platform,
    ProofPoint,
    Route,
    RuleSpec,
)

NOW = datetime(2026, 11, 18, 14, 2, tzinfo=UTC)
"""A Wednesday."""

ZONE = "UTC"
NAMES = {"U0LEADER01": "Dana Reyes", "U0DELEGATE": "Eve Lund", "U0CARE0001": "Sam Idowu"}
TEXT = "Just wanted to say that injuries in our depots fell by a third this year. Thoughts?"


def replies() -> Replies:
    """The shipped replies."""
    table = tomllib.loads((SHIPPED / "replies.toml").read_text(encoding="utf-8"))
    return Replies(
        {".".join(path): tuple(value) if isinstance(value, list) else value for path, value in flatten(table)}
    )


def playbook() -> Playbook:
    """Two networks, two teams, one guideline, one rule and one key message."""
    return Playbook(
        guidelines=(
            Guideline(
                id="G9",
                title="Stay out of audience games",
                principle="Say it, and leave it.",
                examples=(Example(draft="Agree? Comment!", better="We are moving the hub to Leeds."),),
            ),
        ),
        rules=(
            RuleSpec(
                number="O02",
                name="baits-engagement",
                title="Asks for replies",
                kind="phrase",
                guideline="G9",
                severity=Severity.WARN,
                reason="Readers answer, and somebody has to answer them.",
                message="It asks for replies.",
                fix="End on your commitment.",
                source="The essay.",
                file="prompts/rules/one-way.toml",
                line=1,
            ),
        ),
        routes=(_route("legal", "legal", "legal", 2), _route("customer-care", "customer care", "care", 6)),
        platforms=(_platform("linkedin", "LinkedIn", 3000), _platform("x", "X", 280)),
        messages=(
            KeyMessage(
                id="On time",
                sentence="On time.",
                stakeholders=("customers",),
                owner="comms",
                proof_points=(
                    ProofPoint(fact="97 % on time", source="Audit", approved_by="Priya", expires=date(2026, 12, 31)),
                ),
            ),
        ),
        windows=(),
        organisation=Organisation(name="Alder"),
        replies=replies(),
        critique_template="",
        version="3f9a2c11",
    )


def finding(**changed: Any) -> Finding:
    """A point of severity warn about the draft's last word."""
    quote = changed.pop("quote", "Thoughts?")
    start = TEXT.find(quote)
    shipped = Finding(
        rule="baits-engagement",
        guideline="G9",
        severity=Severity.WARN,
        quote=quote,
        start=start,
        end=start + len(quote),
        message="It asks for replies.",
        fix="End on your commitment.",
        source="rule",
        title="Asks for replies",
    )
    return replace(shipped, **changed)


def verdict(outcome: Outcome = Outcome.READY, **changed: Any) -> Verdict:
    """A complete review with nothing found."""
    made = Verdict(
        outcome=outcome,
        complete=True,
        route=None,
        findings=(),
        suggestion=None,
        suggestion_source=None,
        withheld=None,
        lengths={"linkedin": Length(83, 3000)},
        critique="done",
        usage=Usage(model="some-model", ms=4200),
        guidelines="3f9a2c11",
        rules_ran=59,
    )
    return replace(made, **changed)


def view(
    reviewed: Verdict | None = None, state: State = State.ADVISED, text: str | None = TEXT, **changed: Any
) -> DraftView:
    """Dana's LinkedIn draft, first revision. `draft` and `revision` take changes of those."""
    draft = Draft(
        id="d1",
        leader="U0LEADER01",
        submitter="U0LEADER01",
        channel="C0DRAFTS01",
        message_ts="1.1",
        thread_ts="1.1",
        platforms=("linkedin",),
        platform_known=True,
        state=state,
        created_at=NOW,
    )
    digest = text_hash(TEXT if text is None else text)
    revision = Revision("r1", "d1", 1, text, digest, "message", Attachments(), NOW)
    return DraftView(
        draft=replace(draft, **changed.pop("draft", {})),
        revision=replace(revision, **changed.pop("revision", {})),
        verdict=reviewed,
        **changed,
    )


def handoff(**changed: Any) -> Handoff:
    """Number 142, to customer care, just sent."""
    made = Handoff(
        id="h1",
        number=142,
        draft_id="d1",
        route="customer-care",
        state="sent",
        leader="U0LEADER01",
        sent_by="U0LEADER01",
        sent_at=NOW,
        due_at=NOW.replace(hour=18),
        link="https://x.example/status/1",
        what="Late parcel, the third one.",
        promised="nothing",
    )
    return replace(made, **changed)


def _route(name: str, team: str, short: str, precedence: int) -> Route:
    return Route(
        id=name,
        name=team,
        short=short,
        precedence=precedence,
        target_minutes=240,
        channel="C0TEAM0001",
        takes="Its cases.",
        reason=f"This is for {team}.",
        hold_reason="One part needs to be cleared.",
        holding_line="Thanks, we are on it.",
    )


def _platform(name: str, shown: str, limit: int) -> Platform:
    return Platform(
        id=name,
        name=shown,
        aliases=(name[:2],),
        limit=limit,
        counting="characters",
        hashtags=3,
        checked_on=date(2026, 11, 1),
        source="Its help pages.",
        aim="Some.",
        gap_hours=24,
        per_day=1,
        per_week=2,
        quiet_days=30,
        dormant_days=90,
    )

"""The values that Lectern works with: frozen, and without any behaviour that needs the outside.

Times are aware datetimes in UTC. Offsets into a text count Unicode code points. Ids are opaque strings.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.choices import Decided, Kept, OneOff


class Severity(StrEnum):
    """How much a finding weighs, worst first."""

    HOLD = "hold"
    REDIRECT = "redirect"
    WARN = "warn"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """What the leader is advised to do, worst first."""

    HOLD = "hold"
    REDIRECT = "redirect"
    WAIT = "wait"
    EDIT = "edit"
    READY = "ready"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Outcome).index(self)


class State(StrEnum):
    """Where a draft stands (product section 12.1). Which event leads where is in `lifecycle`."""

    CHECKING = "checking"
    ADVISED = "advised"
    ASKED = "asked"
    CHANGES = "changes"
    HELD = "held"
    APPROVED = "approved"
    OVERRIDDEN = "overridden"
    KEPT = "kept"
    POSTED = "posted"
    DROPPED = "dropped"
    LAPSED = "lapsed"
    FORGOTTEN = "forgotten"


COMMS = "comms"
"""Owner of a hold that none of the nine routes owns. Reserved: no route file may use it as its id."""

FindingSource = Literal["rule", "critique"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of a text, and what comes in its place; nothing, where it is taken out."""

    start: int
    end: int
    put: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place of a text.

    `quote` is the text between `start` and `end`. `rule` is the rule's name, None for a finding of the critique.
    `route` is who should handle it (a route id, or `COMMS`), for holds and redirects. `evidence` says in one line
    which words counted. `pause_minutes` marks a hold that ends by itself (tone). `outcome` is set where a rule
    leads to another outcome than its severity does (the cadence rules: wait). `edits` mend it where that is mechanical;
    they are used while the rules' report is at hand, are not stored, and make no finding another one.
    """

    rule: str | None
    guideline: str
    severity: Severity
    quote: str
    start: int
    end: int
    message: str
    fix: str
    source: FindingSource
    title: str
    route: str | None = None
    copies: tuple[str, ...] = ()
    settled_by_critique: bool = False
    waivable: bool = False
    grey: bool = False
    evidence: str = ""
    pause_minutes: int = 0
    outcome: Outcome | None = None
    unsure: bool = False
    until: datetime | None = None
    edits: tuple[Edit, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that did not run, and why in words that may stand on a card."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class RulesReport:
    """What the rules say of one text. `ran` counts the rules that were run."""

    findings: tuple[Finding, ...]
    ran: int
    left_out: tuple[LeftOut, ...] = ()
    other_language: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A rule's finding that the critique took back, with its reason. Kept on record."""

    rule: str
    reason: str


CritiqueStatus = str
"""`done`, or why there is none: not_configured, timeout, circuit_open, rate_limited, connection, http_<status>, refusal,
content_filter, cut_off, malformed, ungrounded, canary, too_long, limit_reached, not_masked, rules_only."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one critique took: tokens as the server counted them, and the whole time in milliseconds."""

    model: str = ""
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    ms: int = 0
    scripted: bool = False

    def __add__(self, more: Usage) -> Usage:
        """What both took together, by the first one's model."""
        return Usage(
            self.model or more.model,
            self.tokens_in + more.tokens_in,
            self.tokens_cached + more.tokens_cached,
            self.tokens_out + more.tokens_out,
            self.ms + more.ms,
            self.scripted or more.scripted,
        )


@dataclass(frozen=True, slots=True)
class Critique:
    """The model's answer once code has checked it, or the plain reason why there is none (`status`).

    `kind` is the kind of draft (product F16). `route` is a known route id or None. `reason` is one sentence.
    `suggestion` has passed nothing yet but caps on its length: `verdict` withholds what breaks the fact lock.
    `dropped` counts findings that named no guideline or quoted words that are not in the draft. `answered` are the
    folded quotes of earlier points that the new text has dealt with.
    """

    status: CritiqueStatus
    usage: Usage = field(default_factory=Usage)
    kind: str = ""
    outcome: Outcome | None = None
    route: str | None = None
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    settled: tuple[Settled, ...] = ()
    suggestion: str | None = None
    nothing_to_say: bool = False
    message_id: str | None = None
    dropped: int = 0
    answered: tuple[str, ...] = ()


Withheld = Literal["facts", "rules", "length", "unsafe"]


@dataclass(frozen=True, slots=True)
class Length:
    """A text's length as one platform counts it, and that platform's limit."""

    count: int
    limit: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome, findings, route and suggestion for one text. `complete` is False for half a check.

    `route` names who should have it (a route id, `COMMS`, or None), `also` the other teams touched. `pending` is True
    while the critique still runs. `wait_until` is set for the outcome wait. `approved_facts` are the facts that
    the suggestion takes from the message library, as (message id, fact).
    """

    outcome: Outcome
    complete: bool
    route: str | None
    findings: tuple[Finding, ...]
    suggestion: str | None
    suggestion_source: FindingSource | None
    withheld: Withheld | None
    lengths: dict[str, Length]
    critique: CritiqueStatus
    usage: Usage
    guidelines: str
    rules_ran: int
    reason: str = ""
    also: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    settled: tuple[Settled, ...] = ()
    other_language: str | None = None
    pending: bool = False
    dropped: int = 0
    wait_until: datetime | None = None
    pause_minutes: int = 0
    nothing_to_say: bool = False
    approved_facts: tuple[tuple[str, str], ...] = ()
    grey: bool = False


RevisionOrigin = Literal["message", "edit", "suggestion", "form", "reply"]


@dataclass(frozen=True, slots=True)
class Attachments:
    """What hangs on the message besides its text. Nothing of it is read; `described` counts images with a description."""

    images: int = 0
    videos: int = 0
    files: int = 0
    described: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of a draft. `number` counts from 1. `text` is None once it has been deleted."""

    id: str
    draft_id: str
    number: int
    text: str | None
    text_hash: str
    origin: RevisionOrigin
    attachments: Attachments
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What a leader means to publish. `leader` and `submitter` are Slack user ids.

    The card stands at `card_channel`/`card_ts` in the thread of `thread_ts`. `message_ts` is the message that holds
    the text; `oversight_ts` is the line in the oversight channel. `platforms` come from the mark, the form or
    the leader's own list; `platform_known` is False when they are only the leader's list.
    """

    id: str
    leader: str
    submitter: str
    channel: str
    message_ts: str
    thread_ts: str
    platforms: tuple[str, ...]
    platform_known: bool
    state: State
    created_at: datetime
    card_channel: str | None = None
    card_ts: str | None = None
    oversight_ts: str | None = None
    forgotten_on: datetime | None = None


HandoffState = Literal["sent", "claimed", "done", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Handoff:
    """The card a team gets. `number` is the case number, shown as H-0142. Texts are None once deleted."""

    id: str
    number: int
    draft_id: str
    route: str
    state: HandoffState
    leader: str
    sent_by: str
    sent_at: datetime
    due_at: datetime
    link: str | None = None
    what: str | None = None
    promised: str | None = None
    answered: bool = False
    draft_text: str | None = None
    channel: str | None = None
    card_ts: str | None = None
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    outcome_line: str | None = None


PostCompared = Literal["as_suggested", "as_revision", "with_changes", "not_given"]


@dataclass(frozen=True, slots=True)
class Post:
    """A draft that went out, as a person confirmed it. One per platform. `revision` is the revision's number."""

    id: str
    leader: str
    platform: str
    posted_at: datetime
    draft_id: str | None
    revision: int | None
    recorded_by: str
    text_hash: str | None = None
    compared: PostCompared = "not_given"


FindingState = Literal["open", "fixed", "dismissed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class CarriedFinding:
    """A finding of an earlier revision, and what became of it. `why` is set for withdrawn ones."""

    finding: Finding
    state: FindingState
    since_revision: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class DraftView:
    """All that a card shows, read from the store at one moment: the one argument that cards are drawn from.

    `verdict` is None until the rules have run. `slow` is True from 20 s on without the critique. `last_posts` holds the
    leader's newest post per platform. `used_suggestion` is True when the newest text is a suggestion of Lectern's,
    whose critique is that of `critique_revision` (None where the suggestion was made by rules). `decided` is the override
    that stands, `kept` the time that the draft is kept for, and `one_off` the last one declared for it.
    """

    draft: Draft
    revision: Revision
    verdict: Verdict | None
    carried: tuple[CarriedFinding, ...] = ()
    handoffs: tuple[Handoff, ...] = ()
    posts: tuple[Post, ...] = ()
    last_posts: tuple[Post, ...] = ()
    slow: bool = False
    used_suggestion: bool = False
    critique_revision: int | None = None
    decided: Decided | None = None
    kept: Kept | None = None
    one_off: OneOff | None = None


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal. Cards show its first six digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

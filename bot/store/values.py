"""What goes into the store and comes out of it, besides the values of `bot.model`. Times are aware, in UTC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.choices import Reason
from bot.model import (
    Attachments,
    CarriedFinding,
    Draft,
    Finding,
    Handoff,
    Outcome,
    Revision,
    RevisionOrigin,
    State,
    Usage,
    Verdict,
)

MessageKind = Literal["card", "oversight", "handoff", "line", "copy", "reminder", "one_off"]
"""A `copy` holds text beside the cards: what of a long draft goes on in a hand-off's thread, or a submitted draft. A
`reminder` tells of a kept draft, and a `one_off` tells a team, or asks comms, about a declared one-off."""


Claim = Literal["post", "look", "sent", "busy"]
"""`post`: nobody has tried yet. `look`: somebody has, and it may stand in Slack already. `sent`: it does.
`busy`: somebody is at it, or the message was given up."""


@dataclass(frozen=True, slots=True)
class NewDraft:
    """A draft as it arrives. `message_ts` is the message that holds the text, `thread_ts` the thread to answer in.

    `edited_ts` is Slack's `edited.ts`, empty for a text that nobody has edited. With `place_card` a card is wanted in
    the thread, with `oversight_channel` a line there. Until `card_not_before` only the review posts the card.
    """

    leader: str
    submitter: str
    channel: str
    message_ts: str
    thread_ts: str
    text: str
    platforms: tuple[str, ...]
    platform_known: bool
    now: datetime
    attachments: Attachments = field(default_factory=Attachments)
    edited_ts: str = ""
    origin: RevisionOrigin = "message"
    place_card: bool = True
    card_not_before: datetime | None = None
    oversight_channel: str = ""


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A new text of a draft, by the Slack user `by`. With `platforms` the draft's platforms change and are known.

    With `on_revision` it was made on that text, and is not taken where a newer one has come."""

    draft_id: str
    text: str
    origin: RevisionOrigin
    now: datetime
    by: str
    attachments: Attachments = field(default_factory=Attachments)
    edited_ts: str = ""
    platforms: tuple[str, ...] | None = None
    on_revision: str = ""


@dataclass(frozen=True, slots=True)
class NewHandoff:
    """A hand-off to send to a team's `channel`. `draft_text` is given only when the leader ticked that it travels.

    `once` is an opaque id of the tap (such as the view's id): the same one sends only once. With `revision_id` nothing
    is sent when the text has changed since.
    """

    draft_id: str
    route: str
    channel: str
    sent_by: str
    now: datetime
    due_at: datetime
    link: str | None = None
    what: str | None = None
    promised: str | None = None
    answered: bool = False
    draft_text: str | None = None
    once: str = ""
    revision_id: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Ids of what arrived. `created` is False when it had arrived before."""

    draft_id: str
    revision_id: str
    review_id: str
    created: bool


@dataclass(frozen=True, slots=True)
class OpenReview:
    """What a review needs to run.

    `newest` is False once a newer text has come or the draft is forgotten: its result is not wanted then. `earlier`
    are the findings of the last reviewed text before this one, with what had become of them. `verdict` is what this
    review has said so far. `previous_verdict` is the last finished verdict on an earlier text, that of revision
    `previous_number`. `proposed` are earlier texts, each with the suggestion made for it. With `rules_again` only the
    rules are run, beside what the critique said in `reviewed`, the last finished review of this same text.
    `requested_by` is who asked for it, empty for Lectern itself.
    """

    review_id: str
    draft: Draft
    revision: Revision
    newest: bool
    requested_at: datetime
    earlier: tuple[CarriedFinding, ...] = ()
    verdict: Verdict | None = None
    previous_verdict: Verdict | None = None
    previous_number: int | None = None
    slow: bool = False
    proposed: tuple[tuple[str, str], ...] = ()
    rules_again: bool = False
    requested_by: str = ""
    reviewed: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What one review of a leader's draft took, asked for at `at`."""

    at: datetime
    leader: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class HalfChecked:
    """A draft whose newest text has no full review. `critique` says why, `number` counts the reviews of that text."""

    draft_id: str
    critique: str
    number: int
    requested_at: datetime
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class Points:
    """A text's points as one transaction sees them. `reviewed` is the verdict as the review gave it, `aside` what people
    set aside in this draft, `one_off` whether a granted one-off covers it, `rested_minutes` how long this text was kept."""

    reviewed: Verdict
    carried: tuple[CarriedFinding, ...]
    aside: tuple[CarriedFinding, ...]
    text: str
    one_off: bool = False
    rested_minutes: float = 0


Standing = Callable[[Points], tuple[Verdict, tuple[CarriedFinding, ...]]]
"""From the points to the verdict that stands and its carried findings. Pure."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Points to set aside, and why: `reason` is of a closed list, `note` in the person's own words."""

    draft_id: str
    revision_id: str
    findings: tuple[Finding, ...]
    reason: Reason
    by: str
    now: datetime


@dataclass(frozen=True, slots=True)
class OutMessage:
    """A message that stands in Slack, or should.

    `key` is the sentence in prompts/replies.toml and `values` what fills it: ids, numbers and names, never a draft's
    text. `wanted` counts the changes that it should show, `drawn` how many of them it shows. It is not sent before
    `not_before`.
    """

    id: str
    kind: MessageKind
    channel: str
    draft_id: str | None = None
    handoff_id: str | None = None
    thread_ts: str | None = None
    key: str = ""
    values: dict[str, str] = field(default_factory=dict)
    ts: str | None = None
    wanted: int = 1
    drawn: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What an event did. `draft` is the draft as it now stands, None when there is no such draft.

    `stale` means that the text has changed since the button was drawn. `decided_by` and `decided_at` tell who last
    changed the state. `review_id` is the review that the event asked for, if it asked for one.
    """

    changed: bool
    draft: Draft | None
    stale: bool = False
    decided_by: str | None = None
    decided_at: datetime | None = None
    review_id: str | None = None


@dataclass(frozen=True, slots=True)
class OneOffChange:
    """What became of a one-off that somebody declared or decided about. `draft` is as it now stands; `used_up` means that
    the allowance was used meanwhile, `stale` that the text has changed."""

    changed: bool
    draft: Draft | None = None
    stale: bool = False
    used_up: bool = False


@dataclass(frozen=True, slots=True)
class HandoffChange:
    """What a tap on a hand-off did. `handoff` is as it now stands, None when there is no such hand-off."""

    changed: bool
    handoff: Handoff | None


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the record (product F40). Rows are only ever added; `number` counts from 1 without gaps.

    `by` is a Slack user id, or empty for Lectern itself. `reason` is None where none was given or it has been deleted.
    `outcome`, `rules`, `guidelines` and `model` are those of the verdict that stood at that moment.
    """

    number: int
    at: datetime
    by: str
    event: str
    draft_id: str
    leader: str
    before: State | None
    after: State | None
    handoff_id: str | None = None
    revision: int | None = None
    text_hash: str | None = None
    outcome: Outcome | None = None
    rules: tuple[str, ...] = ()
    guidelines: str = ""
    model: str = ""
    reason: str | None = None

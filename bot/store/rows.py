"""From rows to the values of `bot.model`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.sql.expression import and_

from bot.model import Attachments, Draft, Handoff, Outcome, Post, Revision, State
from bot.store.schema import drafts, handoffs, messages, posts
from bot.store.values import OutMessage, Record

AnyRow = Row[Any]

_cards = messages.alias("cards")
_lines = messages.alias("lines")
_teams = messages.alias("teams")


def select_drafts() -> Select[Any]:
    """Drafts with where their card and their oversight line stand."""
    card = and_(_cards.c.draft_id == drafts.c.id, _cards.c.kind == "card")
    line = and_(_lines.c.draft_id == drafts.c.id, _lines.c.kind == "oversight")
    return select(
        drafts,
        _cards.c.channel.label("card_channel"),
        _cards.c.ts.label("card_ts"),
        _lines.c.ts.label("oversight_ts"),
    ).select_from(drafts.outerjoin(_cards, card).outerjoin(_lines, line))


def draft_of(row: AnyRow) -> Draft:
    """A row of `select_drafts`. The card's channel is given only once the card stands there."""
    return Draft(
        id=row.id,
        leader=row.leader,
        submitter=row.submitter,
        channel=row.channel,
        message_ts=row.message_ts,
        thread_ts=row.thread_ts,
        platforms=tuple(row.platforms),
        platform_known=row.platform_known,
        state=State(row.state),
        created_at=row.created_at,
        card_channel=row.card_channel if row.card_ts else None,
        card_ts=row.card_ts,
        oversight_ts=row.oversight_ts,
        forgotten_on=row.forgotten_on,
    )


def revision_of(row: AnyRow, text: str | None) -> Revision:
    """A row of `revisions`, and its text."""
    return Revision(
        id=row.id,
        draft_id=row.draft_id,
        number=row.number,
        text=text,
        text_hash=row.text_hash,
        origin=row.origin,
        attachments=Attachments(images=row.images, videos=row.videos, files=row.files, described=row.described),
        created_at=row.created_at,
    )


def select_handoffs() -> Select[Any]:
    """Hand-offs with where their card stands."""
    card = and_(_teams.c.handoff_id == handoffs.c.id, _teams.c.kind == "handoff")
    return select(handoffs, _teams.c.channel.label("channel"), _teams.c.ts.label("card_ts")).select_from(
        handoffs.outerjoin(_teams, card)
    )


def handoff_of(row: AnyRow, words: Mapping[str, str]) -> Handoff:
    """A row of `select_handoffs`, and its texts by kind. The channel is where the card is or will be."""
    return Handoff(
        id=row.id,
        number=row.number,
        draft_id=row.draft_id,
        route=row.route,
        state=row.state,
        leader=row.leader,
        sent_by=row.sent_by,
        sent_at=row.sent_at,
        due_at=row.due_at,
        link=words.get("handoff_link"),
        what=words.get("handoff_what"),
        promised=words.get("handoff_promised"),
        answered=row.answered,
        draft_text=words.get("handoff_draft"),
        channel=row.channel,
        card_ts=row.card_ts,
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        outcome_line=words.get("handoff_outcome"),
    )


def post_of(row: AnyRow) -> Post:
    """A row of `posts`."""
    return Post(**{column.name: row._mapping[column] for column in posts.c})


def message_of(row: AnyRow) -> OutMessage:
    """A row of `messages`."""
    return OutMessage(
        id=row.id,
        kind=row.kind,
        channel=row.channel,
        draft_id=row.draft_id,
        handoff_id=row.handoff_id,
        thread_ts=row.thread_ts,
        key=row.key,
        values=dict(row._mapping[messages.c["values"]]),
        ts=row.ts,
        wanted=row.wanted,
        drawn=row.drawn,
        not_before=row.not_before,
    )


def record_of(row: AnyRow, reason: str | None) -> Record:
    """A row of `records`, and its reason."""
    return Record(
        number=row.number,
        at=row.at,
        by=row.by,
        event=row.event,
        draft_id=row.draft_id,
        leader=row.leader,
        before=State(row.before) if row.before else None,
        after=State(row.after) if row.after else None,
        handoff_id=row.handoff_id,
        revision=row.revision,
        text_hash=row.text_hash,
        outcome=Outcome(row.outcome) if row.outcome else None,
        rules=tuple(row.rules),
        guidelines=row.guidelines,
        model=row.model,
        reason=reason,
    )

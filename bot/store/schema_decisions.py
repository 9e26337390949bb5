"""The tables of what people decide about a draft: points dismissed, one-offs, reminders, feedback.

They belong to the same metadata as those of `schema`. What people typed with a decision stands in `texts`.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table

from bot.store.schema import Moment, metadata

dismissals = Table(
    "dismissals",
    metadata,
    Column("id", String, primary_key=True),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("rule", String),
    Column("guideline", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("brought_back_at", Moment),
    Index("dismissals_draft", "draft_id"),
    Index("dismissals_at", "at"),
)

exceptions = Table(
    "exceptions",
    metadata,
    Column("id", String, primary_key=True),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("leader", String, nullable=False),
    Column("quarter", String, nullable=False),
    Column("route", String, nullable=False),
    Column("state", String, nullable=False),
    Column("declared_by", String, nullable=False),
    Column("declared_at", Moment, nullable=False),
    Column("decided_by", String),
    Column("decided_at", Moment),
    Column("noted_by", String),
    Column("noted_at", Moment),
    Index("exceptions_draft", "draft_id"),
    Index("exceptions_leader", "leader", "quarter"),
)

kept = Table(
    "kept",
    metadata,
    Column("draft_id", String, ForeignKey("drafts.id"), primary_key=True),
    Column("until", Moment, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("came_from", String, nullable=False),
    Column("told_at", Moment),
    Index("kept_until", "until"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("review_id", String, ForeignKey("reviews.id"), nullable=False),
    Column("person", String, nullable=False),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("review_id", "person"),
    Index("feedback_draft", "draft_id"),
)

"""The tables. A change here goes with a new file in `migrations`; a test compares the two.

What people write stands in `texts` and nowhere else, so that deleting its rows deletes it. Ids are opaque strings;
those of `texts` are `<kind>:<id of its owner>`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData()

OPEN_MESSAGE = text("given_up IS NULL AND (ts IS NULL OR wanted > drawn)")
"""A message that is not in Slack yet, or not as it should be. Part of an index: queries repeat it word for word."""


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC. SQLite has no time zones, so they are taken off and put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database. A time without a zone is a programming error: ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A time without a time zone can't be stored."
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


drafts = Table(
    "drafts",
    metadata,
    Column("id", String, primary_key=True),
    Column("leader", String, nullable=False),
    Column("submitter", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("message_ts", String, nullable=False),
    Column("thread_ts", String, nullable=False),
    Column("platforms", JSON, nullable=False),
    Column("platform_known", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("newest_revision", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("forgotten_on", Moment),
    UniqueConstraint("channel", "message_ts", name="drafts_message"),
    Index("drafts_thread", "channel", "thread_ts"),
    Index("drafts_leader", "leader"),
    Index("drafts_submitter", "submitter"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", String, primary_key=True),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("images", Integer, nullable=False),
    Column("videos", Integer, nullable=False),
    Column("files", Integer, nullable=False),
    Column("described", Integer, nullable=False),
    Column("edited_ts", String, nullable=False),
    Column("submitted_by", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("draft_id", "number", name="revisions_number"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", String, primary_key=True),
    Column("revision_id", String, ForeignKey("revisions.id"), nullable=False),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("requested_by", String, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("decided_at", Moment),
    Column("finished_at", Moment),
    Column("slow", Boolean, nullable=False),
    Column("outcome", String),
    Column("complete", Boolean),
    Column("critique", String),
    Column("guidelines", String),
    Column("model", String),
    Column("tokens_in", Integer),
    Column("tokens_cached", Integer),
    Column("tokens_out", Integer),
    Column("model_ms", Integer),
    Column("rules_again", Boolean),
    UniqueConstraint("revision_id", "number", name="reviews_number"),
    Index("reviews_started", "started_at"),
    Index("reviews_finished", "finished_at"),
    Index("reviews_draft", "draft_id"),
)

texts = Table(
    "texts",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    # Bytes, since PostgreSQL's text takes no NUL, and what people paste may hold one.
    Column("body", LargeBinary, nullable=False),
    Column("encrypted", Boolean, nullable=False),
    Column("delete_on", Date, nullable=False),
    Index("texts_draft", "draft_id"),
    Index("texts_delete_on", "delete_on"),
)

findings = Table(
    "findings",
    metadata,
    Column("review_id", String, ForeignKey("reviews.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("rule", String),
    Column("guideline", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote_hash", String, nullable=False),
    Column("source", String, nullable=False),
    Column("set_aside", Boolean),
    PrimaryKeyConstraint("review_id", "position"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("route", String, nullable=False),
    Column("state", String, nullable=False),
    Column("leader", String, nullable=False),
    Column("sent_by", String, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("claimed_by", String),
    Column("claimed_at", Moment),
    Column("closed_by", String),
    Column("closed_at", Moment),
    UniqueConstraint("number", name="handoffs_number"),
    Index("handoffs_draft", "draft_id"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", String, primary_key=True),
    Column("leader", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("draft_id", String, ForeignKey("drafts.id")),
    Column("revision", Integer),
    Column("recorded_by", String, nullable=False),
    Column("text_hash", String),
    Column("compared", String, nullable=False),
    Index("posts_leader", "leader", "posted_at"),
    Index("posts_draft", "draft_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("draft_id", String, ForeignKey("drafts.id")),
    Column("handoff_id", String, ForeignKey("handoffs.id")),
    Column("channel", String, nullable=False),
    Column("thread_ts", String),
    Column("key", String, nullable=False),
    Column("values", JSON, nullable=False),
    Column("ts", String),
    Column("wanted", Integer, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("not_before", Moment),
    Column("claims", Integer, nullable=False),
    Column("claimed_by", String),
    Column("claimed_until", Moment),
    Column("given_up", String),
    Column("placed_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("messages_draft", "draft_id"),
    # Few rows are open at any time; the sweep looks for them every few seconds.
    Index("messages_open", "placed_at", sqlite_where=OPEN_MESSAGE, postgresql_where=OPEN_MESSAGE),
    Index("messages_handoff", "handoff_id"),
)

records = Table(
    "records",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", String, nullable=False),
    Column("event", String, nullable=False),
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("handoff_id", String, ForeignKey("handoffs.id")),
    Column("leader", String, nullable=False),
    Column("before", String),
    Column("after", String),
    Column("revision", Integer),
    Column("text_hash", String),
    Column("outcome", String),
    Column("rules", JSON, nullable=False),
    Column("guidelines", String, nullable=False),
    Column("model", String, nullable=False),
    Column("chain", String, nullable=False),
    Index("records_draft", "draft_id"),
)

gone = Table(
    "gone",
    metadata,
    Column("channel", String, nullable=False),
    Column("message_ts", String, nullable=False),
    Column("deleted_at", Moment, nullable=False),
    PrimaryKeyConstraint("channel", "message_ts"),
)

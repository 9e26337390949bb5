"""The database: drafts, their texts, reviews, hand-offs, posts, what stands in Slack, and the record of decisions.

Each public method of `Store` that changes something is one transaction. Methods raise `StoreError` when the
database fails (nothing was changed then), and `Store.open` raises `StartError` with a sentence to show.
"""

from __future__ import annotations

from bot.store.one_offs import NewOneOff
from bot.store.opening import missing_file
from bot.store.store import Store
from bot.store.values import (
    Applied,
    Claim,
    Dismissal,
    HalfChecked,
    HandoffChange,
    MessageKind,
    NewDraft,
    NewHandoff,
    NewRevision,
    OpenReview,
    OutMessage,
    Points,
    Record,
    Spent,
    Standing,
    Taken,
)

__all__ = [
    "Applied",
    "Claim",
    "Dismissal",
    "HalfChecked",
    "HandoffChange",
    "MessageKind",
    "NewDraft",
    "NewHandoff",
    "NewOneOff",
    "NewRevision",
    "OpenReview",
    "OutMessage",
    "Points",
    "Record",
    "Spent",
    "Standing",
    "Store",
    "Taken",
    "missing_file",
]

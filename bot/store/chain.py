"""The record's chain: each row carries a hash over itself and the row before. Pure.

It shows that rows were changed, or taken out of the middle, behind Lectern's back. It does not prevent that, and a cut
tail shows only against a count that was written down elsewhere (product F40).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

CHAINED = (
    "number",
    "at",
    "by",
    "event",
    "draft_id",
    "handoff_id",
    "leader",
    "before",
    "after",
    "revision",
    "text_hash",
    "outcome",
    "rules",
    "guidelines",
    "model",
)


def link(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, over the row before's link and the row's columns."""
    values = [_plain(row[name]) for name in CHAINED]
    written = json.dumps([previous, values], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value

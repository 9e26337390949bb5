"""The values of what people decide about a draft beside its findings. Frozen; times are aware, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody decided: one of a closed list, and a note in their own words, often empty."""

    key: str
    note: str = ""

    def written(self) -> str:
        """As it is kept: the key, and the note on the lines after it."""
        return f"{self.key}\n{self.note}" if self.note else self.key


def read_reason(written: str | None) -> Reason:
    """Back from how it is kept; an empty key where there was none, or it has been deleted."""
    key, _, note = (written or "").partition("\n")
    return Reason(key, note)


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided something, when, and why; `outcome` is what was advised then."""

    by: str
    at: datetime
    reason: Reason
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that is kept until a time. `came_from` is the state that it goes back to then."""

    until: datetime
    by: str
    came_from: str


OneOffState = Literal["granted", "asked", "refused", "withdrawn", "returned"]


@dataclass(frozen=True, slots=True)
class OneOff:
    """A declared one-off. `route` owns the case; `number` counts the leader's own of that quarter, such as 2026-Q4.

    `why` and `link` are None once the texts are deleted. `returned` means that the draft did not go out after all.
    """

    id: str
    draft_id: str
    leader: str
    quarter: str
    number: int
    route: str
    state: OneOffState
    declared_by: str
    declared_at: datetime
    why: str | None = None
    link: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    noted_by: str | None = None
    noted_at: datetime | None = None


def quarter_of(when: datetime) -> str:
    """`2026-Q4`: the calendar quarter of a local time."""
    return f"{when.year}-Q{(when.month + 2) // 3}"

"""States of a draft, and which event leads where (product section 12.1). Pure: the one table that decides.

An event that the table does not have changes nothing: `next_state` returns None, and whoever caused it is told.
"""

from __future__ import annotations

from enum import StrEnum

from bot.model import State


class Event(StrEnum):
    """What can happen to a draft."""

    RULES_DECIDED = "rules decided"
    SLOW = "review slow"
    REVIEWED = "reviewed"
    REVISION = "new revision"
    USE_SUGGESTION = "use the suggestion"
    TRY_AGAIN = "try again"
    HANDOFF = "hand-off sent"
    POSTED = "posted"
    NOT_POSTED = "was not posted"
    DROP = "dropped"
    BRING_BACK = "brought back"
    FORGET = "forgotten"


OPEN = frozenset(
    {
        State.CHECKING,
        State.ADVISED,
        State.ASKED,
        State.CHANGES,
        State.HELD,
        State.APPROVED,
        State.OVERRIDDEN,
        State.KEPT,
    }
)
"""States of a draft that is still being worked on."""

_READABLE = OPEN | {State.POSTED, State.DROPPED, State.LAPSED}


def next_state(state: State, event: Event) -> State | None:
    """Where `event` leads from `state`, or None where the table has no such row."""
    match event:
        case Event.RULES_DECIDED | Event.SLOW:
            return State.ADVISED if state is State.CHECKING else None
        case Event.REVIEWED:
            # A result that comes late adds its points, and leaves a decision that was made meanwhile alone.
            return State.ADVISED if state is State.CHECKING else (state if state in _READABLE else None)
        case Event.REVISION:
            return State.CHECKING if state in OPEN else None
        case Event.USE_SUGGESTION | Event.TRY_AGAIN:
            return State.CHECKING if state is State.ADVISED else None
        case Event.HANDOFF:
            return state if state in {State.ADVISED, State.ASKED, State.CHANGES, State.HELD} else None
        case Event.POSTED:
            return State.POSTED if state in OPEN else None
        case Event.NOT_POSTED:
            return State.ADVISED if state is State.POSTED else None
        case Event.DROP:
            return State.DROPPED if state in OPEN else None
        case Event.BRING_BACK:
            return State.CHECKING if state in {State.DROPPED, State.LAPSED} else None
        case Event.FORGET:
            return State.FORGOTTEN if state is not State.FORGOTTEN else None

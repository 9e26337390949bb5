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
    DISMISS = "point dismissed"
    POINT_BACK = "point brought back"
    OVERRIDE = "gone ahead against advice"
    TAKE_BACK = "decision taken back"
    KEEP = "kept for later"
    DUE = "kept time came"
    ONE_OFF = "one-off declared"
    ASK_ONE_OFF = "one-off asked for"
    ALLOW_ONE_OFF = "one-off allowed"
    REFUSE_ONE_OFF = "one-off refused"
    WITHDRAW = "request withdrawn"


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


_DECIDABLE = frozenset({State.ADVISED, State.CHANGES, State.HELD})
"""States in which the leader may go ahead against what was advised."""

_KEEPABLE = frozenset({State.ADVISED, State.APPROVED, State.OVERRIDDEN, State.KEPT})

_ROWS: dict[Event, tuple[frozenset[State], State | None]] = {
    Event.RULES_DECIDED: (frozenset({State.CHECKING}), State.ADVISED),
    Event.SLOW: (frozenset({State.CHECKING}), State.ADVISED),
    Event.REVISION: (OPEN, State.CHECKING),
    Event.USE_SUGGESTION: (frozenset({State.ADVISED}), State.CHECKING),
    Event.TRY_AGAIN: (frozenset({State.ADVISED}), State.CHECKING),
    Event.HANDOFF: (frozenset({State.ADVISED, State.ASKED, State.CHANGES, State.HELD}), None),
    Event.POSTED: (OPEN, State.POSTED),
    Event.NOT_POSTED: (frozenset({State.POSTED}), State.ADVISED),
    Event.DROP: (OPEN, State.DROPPED),
    Event.BRING_BACK: (frozenset({State.DROPPED, State.LAPSED}), State.CHECKING),
    Event.FORGET: (frozenset(State) - {State.FORGOTTEN}, State.FORGOTTEN),
    Event.DISMISS: (frozenset({State.ADVISED}), None),
    Event.POINT_BACK: (frozenset({State.ADVISED}), None),
    Event.OVERRIDE: (_DECIDABLE, State.OVERRIDDEN),
    Event.TAKE_BACK: (frozenset({State.OVERRIDDEN}), State.ADVISED),
    Event.KEEP: (_KEEPABLE, State.KEPT),
    Event.ONE_OFF: (frozenset({State.ADVISED}), None),
    Event.ASK_ONE_OFF: (frozenset({State.ADVISED}), State.ASKED),
    Event.ALLOW_ONE_OFF: (frozenset({State.ASKED}), State.ADVISED),
    Event.REFUSE_ONE_OFF: (frozenset({State.ASKED}), State.ADVISED),
    Event.WITHDRAW: (frozenset({State.ASKED}), State.ADVISED),
}
"""From which states an event leads anywhere, and where; None for the same state. Two events depend on more: `next_state`."""


def next_state(state: State, event: Event, before: State = State.ADVISED) -> State | None:
    """Where `event` leads from `state`, or None where the table has no such row.

    `before` is the state that a kept draft was in when it was kept: it goes back there when its time comes.
    """
    if event is Event.REVIEWED:
        # A result that comes late adds its points, and leaves a decision that was made meanwhile alone.
        return State.ADVISED if state is State.CHECKING else (state if state in _READABLE else None)
    if event is Event.DUE:
        # A draft that got a new text keeps its time, and is reminded of where it stands by then.
        return before if state is State.KEPT else (state if state in OPEN else None)
    starts, end = _ROWS[event]
    if state not in starts:
        return None
    return state if end is None else end

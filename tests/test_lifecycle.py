"""The table of states: every pair of state and event, and whatever order events come in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle import OPEN, Event, next_state
from bot.model import State

EVENTS = st.lists(st.sampled_from(Event), max_size=40)
BY_LECTERN = {Event.RULES_DECIDED, Event.SLOW, Event.REVIEWED, Event.DUE}
"""What nobody taps."""


def lead(state: State, events: list[Event]) -> State:
    """Where a draft ends that all of these events happen to, one after the other."""
    before = State.ADVISED
    for event in events:
        after = next_state(state, event, before)
        if event is Event.KEEP and after is State.KEPT and state is not State.KEPT:
            before = state
        state = after or state
    return state


@given(EVENTS)
def test_a_forgotten_draft_stays_forgotten(events: list[Event]) -> None:
    assert State.FORGOTTEN is lead(lead(State.CHECKING, [*events, Event.FORGET]), events)


@given(EVENTS)
def test_a_new_text_ends_every_decision_about_the_old_one(events: list[Event]) -> None:
    state = lead(State.CHECKING, events)
    if state in OPEN:
        assert State.CHECKING is next_state(state, Event.REVISION)
    else:
        assert next_state(state, Event.REVISION) is None


@given(EVENTS)
def test_the_leader_can_always_post_or_drop_what_is_open(events: list[Event]) -> None:
    state = lead(State.CHECKING, events)
    ends = (next_state(state, Event.POSTED), next_state(state, Event.DROP))
    assert ((State.POSTED, State.DROPPED) if state in OPEN else (None, None)) == ends


@given(EVENTS)
def test_nothing_that_lectern_does_by_itself_decides_for_the_leader(events: list[Event]) -> None:
    state = lead(State.CHECKING, events)
    for event in BY_LECTERN:
        after = next_state(state, event, State.OVERRIDDEN)
        assert after in {None, state, State.ADVISED} or state is State.KEPT


@given(EVENTS)
def test_a_second_tap_of_the_same_decision_changes_nothing(events: list[Event]) -> None:
    once = {Event.OVERRIDE, Event.TAKE_BACK, Event.DROP, Event.POSTED, Event.ASK_ONE_OFF, Event.ALLOW_ONE_OFF}
    state = lead(State.CHECKING, events)
    for event in once:
        after = next_state(state, event)
        assert after is None or next_state(after, event) is None


@given(EVENTS)
def test_a_draft_is_overridden_only_by_going_ahead_or_by_coming_back_to_it(events: list[Event]) -> None:
    if State.OVERRIDDEN is lead(State.CHECKING, events):
        assert Event.OVERRIDE in events


@pytest.mark.parametrize("before", [State.ADVISED, State.APPROVED, State.OVERRIDDEN])
def test_a_kept_draft_goes_back_to_where_it_was(before: State) -> None:
    assert State.KEPT is next_state(before, Event.KEEP)
    assert State.KEPT is next_state(State.KEPT, Event.KEEP)
    assert before is next_state(State.KEPT, Event.DUE, before)


@pytest.mark.parametrize("state", State)
def test_every_event_has_an_answer_in_every_state(state: State) -> None:
    for event in Event:
        assert next_state(state, event) in {None, *State}


@pytest.mark.parametrize("state", [State.POSTED, State.DROPPED, State.LAPSED, State.FORGOTTEN])
def test_a_closed_draft_is_not_decided_again(state: State) -> None:
    decisions = {Event.OVERRIDE, Event.DISMISS, Event.KEEP, Event.ONE_OFF, Event.ASK_ONE_OFF, Event.TAKE_BACK}
    assert {None} == {next_state(state, event) for event in decisions}


@pytest.mark.parametrize("state", [State.CHECKING, State.ASKED, State.KEPT, State.APPROVED, State.OVERRIDDEN])
def test_nobody_goes_ahead_against_advice_that_is_not_there(state: State) -> None:
    assert next_state(state, Event.OVERRIDE) is None

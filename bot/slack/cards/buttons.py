"""Which buttons a card has, in which order, and which of them go behind `⋯` (product F12 to F18, block 9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.lifecycle import Event, next_state
from bot.model import COMMS, DraftView, Outcome, Severity, State, Verdict
from bot.playbook import Playbook
from bot.set_aside import may_be_one_off
from bot.slack.cards.points import worst_is_open
from bot.slack.cards.suggestion import has_gaps, has_suggestion
from bot.slack.cards.taps import MENU, SUGGESTION, entry_value, value_of
from bot.slack.cards.when import counted, moment
from bot.slack.cards.words import NEVER_PASSES, short_team, shows_outcome
from bot.slack.rich import Block, actions, button, option, overflow

ROW = 3
"""Buttons beside the menu."""

WAIT, PAUSE = "wait", "pause"
"""Keeping a draft for the time that the card names: the next good one, or when the anger has passed."""

MENU_LIMIT = 5
GIVES_WAY = ("checked", "keep", "posted")
"""What a menu does without first: it stands in the list of all points, or comes with the decision to go ahead."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a person may do. `hidden` ones stand behind `⋯` even where the row has room; a `quiet` one is never
    the button that stands out."""

    verb: str
    label: str
    detail: str = ""
    hidden: bool = False
    quiet: bool = False


def review_buttons(view: DraftView, playbook: Playbook, *, now: datetime, timezone: str) -> list[Block]:
    """The row of buttons for the draft as it stands; empty where there is nothing to do."""
    chosen = choices(view, playbook, now=now, timezone=timezone)
    if not chosen:
        return []
    row = [choice for choice in chosen if not choice.hidden][:ROW]
    behind = fitting([choice for choice in chosen if choice not in row])
    elements = [
        button(
            f"draft.{choice.verb}", choice.label, value_of(view, choice.detail), primary=place == 0 and not choice.quiet
        )
        for place, choice in enumerate(row)
    ]
    if behind:
        entries = [option(choice.label, entry_value(choice.verb, value_of(view, choice.detail))) for choice in behind]
        elements.append(overflow(MENU, entries))
    return [actions(elements, f"actions-{view.revision.number}-{view.draft.state}")]


def fitting(behind: list[Choice]) -> list[Choice]:
    """As many as a menu takes, in their order. What stands elsewhere, too, gives way first."""
    for verb in GIVES_WAY:
        if len(behind) > MENU_LIMIT:
            behind = [choice for choice in behind if choice.verb != verb]
    return behind[:MENU_LIMIT]


def choices(view: DraftView, playbook: Playbook, *, now: datetime, timezone: str) -> list[Choice]:
    """What may be done with the draft, the most likely first. Times are told in `timezone`."""
    say = playbook.replies.say
    match view.draft.state:
        case State.FORGOTTEN | State.CHECKING:
            return []
        case State.POSTED:
            return [Choice("posted_details", say("button.details"))]
        case State.DROPPED if view.revision.text is not None:
            return [Choice("restore", say("button.restore"))]
        case State.LAPSED if view.revision.text is not None:
            return [Choice("restore", say("button.check_again"))]
        case State.OVERRIDDEN if view.revision.text is not None:
            return _overridden(view, playbook)
        case State.KEPT if view.revision.text is not None:
            return [
                Choice("check_now", say("button.check_now")),
                Choice("keep", say("button.change_time")),
                Choice("edit", say("button.edit"), hidden=True),
                Choice("posted", posted_label(view, playbook), hidden=True),
                Choice("drop", say("button.drop"), hidden=True),
            ]
        case State.ASKED if view.revision.text is not None:
            return [
                Choice("withdraw_ask", say("button.withdraw_ask"), quiet=True),
                Choice("edit", say("button.edit")),
                Choice("drop", say("button.drop"), hidden=True),
            ]
        case _ if (
            view.verdict is None or view.revision.text is None or view.draft.state in {State.DROPPED, State.LAPSED}
        ):
            return []
    return _advised(view, view.verdict, playbook, now, timezone)


def opens_posted_form(view: DraftView) -> bool:
    """Whether `Posted it` has something to ask: where it was posted, or why although points are open (product F28)."""
    known = view.draft.platform_known or len(view.draft.platforms) == 1
    return not known or asks_reason(view)


def asks_reason(view: DraftView) -> bool:
    """Whether posting now goes against open points worse than a note."""
    return view.verdict is not None and view.decided is None and worst_is_open(view.verdict)


def next_team(view: DraftView, playbook: Playbook) -> str | None:
    """The team that a hand-off would go to: the first of those named that has a channel and no hand-off yet."""
    verdict = view.verdict
    if verdict is None or verdict.outcome is not Outcome.REDIRECT:
        return None
    sent = {handoff.route for handoff in view.handoffs if handoff.state != "withdrawn"}
    for name in (verdict.route, *verdict.also):
        route = playbook.route(name) if name != COMMS else None
        if route and route.channel and route.id not in sent:
            return route.id
    return None


def _overridden(view: DraftView, playbook: Playbook) -> list[Choice]:
    say = playbook.replies.say
    return [
        Choice("posted", posted_label(view, playbook)),
        Choice("edit", say("button.edit")),
        Choice("keep", say("button.keep"), hidden=True),
        Choice("take_back", say("button.take_back"), hidden=True),
        Choice("checked", say("button.checked"), hidden=True),
        Choice("drop", say("button.drop"), hidden=True),
    ]


def posted_label(view: DraftView, playbook: Playbook) -> str:
    """`Posted it`, with dots where it opens a form."""
    return playbook.replies.say("button.posted_form" if opens_posted_form(view) else "button.posted")


def _advised(view: DraftView, verdict: Verdict, playbook: Playbook, now: datetime, timezone: str) -> list[Choice]:
    """First what leads on, then what goes against advice, then the rest: three stand in the row, five behind `⋯`."""
    say = playbook.replies.say
    ready = verdict.outcome is Outcome.READY
    retry = Choice("retry", say("button.retry"))
    can_retry = not verdict.complete and not verdict.pending and verdict.critique not in NEVER_PASSES
    team = next_team(view, playbook)
    first: list[Choice] = (
        [Choice("handoff", say("button.handoff", team=short_team(team, playbook)), team)] if team else []
    )
    if can_retry and ready:
        first.append(retry)
    first += _with_suggestion(view, playbook)
    # Two buttons of one action can't stand in one row: `Add my line…` takes the place of `Edit…`.
    twice = any(choice.verb == "edit" for choice in first)
    edit = Choice("edit", say("button.edit"), hidden=twice)
    posted = Choice("posted", posted_label(view, playbook))
    if ready and shows_outcome(verdict):
        keep = Choice("keep", say("button.keep"), hidden=not verdict.complete)
        first += [posted, keep, replace(edit, hidden=twice or verdict.complete)]
        found = first
    else:
        if may_be_one_off(verdict) and view.draft.state is State.ADVISED and shows_outcome(verdict):
            first.append(Choice("one_off", say("button.one_off")))
        first = [*_named_time(verdict, playbook, now, timezone), *first]
        found = [*first, edit, *_ahead(view, verdict, playbook), replace(posted, hidden=True)]
        if shows_outcome(verdict) and not any(choice.verb == "keep" for choice in found):
            found.append(Choice("keep", say("button.keep"), hidden=True))
    if can_retry and not ready:
        found.append(replace(retry, hidden=True))
    found.append(Choice("checked", say("button.checked"), hidden=True))
    found.append(Choice("drop", say("button.drop"), hidden=True))
    return found


def _named_time(verdict: Verdict, playbook: Playbook, now: datetime, timezone: str) -> list[Choice]:
    """The time that the advice itself names, to be kept for with one tap."""
    say = playbook.replies.say
    if verdict.outcome is Outcome.WAIT and verdict.wait_until is not None and verdict.wait_until > now:
        time = moment(verdict.wait_until, playbook.replies, now=now, timezone=timezone)
        return [Choice("keep", say("button.keep_for", time=time), WAIT)]
    if verdict.outcome is Outcome.HOLD and verdict.pause_minutes:
        return [Choice("keep", counted(playbook.replies, "button.pause", verdict.pause_minutes), PAUSE)]
    return []


def _ahead(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[Choice]:
    """The ways to go against what was advised, once it was; with a hold behind `⋯`, for friction without a block."""
    say = playbook.replies.say
    if not shows_outcome(verdict) or next_state(view.draft.state, Event.OVERRIDE) is None:
        return []
    label = "button.cant_wait" if verdict.outcome is Outcome.WAIT else "button.override"
    ahead = Choice("override", say(label), hidden=verdict.outcome in {Outcome.HOLD, Outcome.REDIRECT})
    if verdict.outcome is not Outcome.REDIRECT:
        return [ahead]
    place = next((n for n, one in enumerate(verdict.findings) if one.severity is Severity.REDIRECT), None)
    if place is None:
        return [ahead]
    return [Choice("dismiss", say("button.not_for", team=short_team(verdict.route, playbook)), str(place), True), ahead]


def _with_suggestion(view: DraftView, playbook: Playbook) -> list[Choice]:
    if not has_suggestion(view):
        return []
    if has_gaps(view):
        return [Choice("edit", playbook.replies.say("button.add_line"), SUGGESTION)]
    return [Choice("use", playbook.replies.say("button.use"))]

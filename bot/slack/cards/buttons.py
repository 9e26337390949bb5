"""Which buttons a card has, in which order, and which of them go behind `⋯` (product F12 to F18, block 9)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import COMMS, DraftView, Outcome, State, Verdict
from bot.playbook import Playbook
from bot.slack.cards.points import worst_is_open
from bot.slack.cards.suggestion import has_gaps, has_suggestion
from bot.slack.cards.taps import MENU, SUGGESTION, entry_value, value_of
from bot.slack.cards.words import NEVER_PASSES, short_team, shows_outcome
from bot.slack.rich import Block, actions, button, option, overflow

ROW = 3
"""Buttons beside the menu."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a person may do. `hidden` ones stand behind `⋯` even where the row has room."""

    verb: str
    label: str
    detail: str = ""
    hidden: bool = False


def review_buttons(view: DraftView, playbook: Playbook) -> list[Block]:
    """The row of buttons for the draft as it stands; empty where there is nothing to do."""
    chosen = choices(view, playbook)
    if not chosen:
        return []
    row = [choice for choice in chosen if not choice.hidden][:ROW]
    behind = [choice for choice in chosen if choice not in row]
    elements = [
        button(f"draft.{choice.verb}", choice.label, value_of(view, choice.detail), primary=place == 0)
        for place, choice in enumerate(row)
    ]
    if behind:
        entries = [option(choice.label, entry_value(choice.verb, value_of(view, choice.detail))) for choice in behind]
        elements.append(overflow(MENU, entries))
    return [actions(elements, f"actions-{view.revision.number}-{view.draft.state}")]


def choices(view: DraftView, playbook: Playbook) -> list[Choice]:
    """What may be done with the draft, the most likely first."""
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
        case _ if (
            view.verdict is None or view.revision.text is None or view.draft.state in {State.DROPPED, State.LAPSED}
        ):
            return []
    return _advised(view, view.verdict, playbook)


def opens_posted_form(view: DraftView) -> bool:
    """Whether `Posted it` has something to ask: where it was posted, or why although points are open (product F28)."""
    known = view.draft.platform_known or len(view.draft.platforms) == 1
    return not known or asks_reason(view)


def asks_reason(view: DraftView) -> bool:
    """Whether posting now goes against open points worse than a note."""
    return view.verdict is not None and worst_is_open(view.verdict)


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


def _advised(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[Choice]:
    say = playbook.replies.say
    edit = Choice("edit", say("button.edit"))
    posted = Choice("posted", say("button.posted_form" if opens_posted_form(view) else "button.posted"))
    ready = verdict.outcome is Outcome.READY
    found: list[Choice] = []
    team = next_team(view, playbook)
    if team:
        found.append(Choice("handoff", say("button.handoff", team=short_team(team, playbook)), team))
    can_retry = not verdict.complete and not verdict.pending and verdict.critique not in NEVER_PASSES
    retry = Choice("retry", say("button.retry"))
    if can_retry and ready:
        found.append(retry)
    found += _with_suggestion(view, playbook)
    if ready and shows_outcome(verdict):
        found += [posted, Choice("edit", edit.label, hidden=verdict.complete)]
    else:
        # Two buttons of one action can't stand in one row: `Add my line…` takes the place of `Edit…`.
        twice = any(choice.verb == edit.verb for choice in found)
        found += [
            Choice("edit", edit.label, hidden=twice),
            Choice("posted", posted.label, hidden=verdict.outcome is Outcome.HOLD),
        ]
    if can_retry and not ready:
        found.append(Choice("retry", retry.label, hidden=True))
    found.append(Choice("checked", say("button.checked"), hidden=True))
    found.append(Choice("drop", say("button.drop"), hidden=True))
    return found


def _with_suggestion(view: DraftView, playbook: Playbook) -> list[Choice]:
    if not has_suggestion(view):
        return []
    if has_gaps(view):
        return [Choice("edit", playbook.replies.say("button.add_line"), SUGGESTION)]
    return [Choice("use", playbook.replies.say("button.use"))]

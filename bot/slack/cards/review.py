"""The card of a draft: one drawing for every state, from what the store says (product F11 to F22).

Blocks stand in the order of product F12, and what has nothing to say is left out. Every state holds a `rich_text`
block, since Slack may refuse to change a message from one kind of block to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.model import DraftView, State, Verdict
from bot.playbook import Playbook
from bot.slack.cards.buttons import review_buttons
from bot.slack.cards.facts import facts_line, honesty_line
from bot.slack.cards.feedback import feedback_blocks
from bot.slack.cards.points import all_points_button, carried_line, point_blocks, shrunk
from bot.slack.cards.reasons import reasons
from bot.slack.cards.suggestion import suggestion_blocks, text_blocks
from bot.slack.cards.when import moment
from bot.slack.cards.words import headline, is_forgotten, name_of, platform_names, shows_outcome, team
from bot.slack.rich import Block, Card, button, context, escape, header, line, note, rich_text, words

DECIDED = frozenset({State.POSTED, State.DROPPED, State.LAPSED, State.OVERRIDDEN, State.KEPT})


def draw_review(
    view: DraftView, playbook: Playbook, *, now: datetime, timezone: str, names: Mapping[str, str], drawing: int = 0
) -> Card:
    """The card. `timezone` is the reader's; `names` are display names by Slack id; `drawing` counts its drawings.

    Never longer than Slack takes.
    """
    title = headline(view, playbook, now=now, timezone=timezone)
    told = reasons(view, playbook, now=now, timezone=timezone)
    blocks: list[Block] = [header(title), rich_text(*(line(words(text)) for text in told))]
    facts = facts_line(view, playbook, now=now, timezone=timezone, names=names)
    if facts:
        blocks.append(context(facts))
    if not is_forgotten(view):
        blocks += _middle(view, playbook)
    blocks += _handoffs(view, playbook, now=now, timezone=timezone, names=names)
    blocks += review_buttons(view, playbook, now=now, timezone=timezone)
    blocks.append(context(honesty_line(view, playbook)))
    blocks += feedback_blocks(view, playbook, drawing)
    return Card(_text(view, title, playbook), blocks)


def _middle(view: DraftView, playbook: Playbook) -> list[Block]:
    """Texts and points: blocks 4 to 7."""
    verdict = view.verdict
    blocks = text_blocks(view, playbook)
    if verdict is None:
        return blocks
    if view.draft.state in DECIDED:
        return blocks + shrunk(view, verdict, playbook)
    if _advises(view, verdict):
        blocks += suggestion_blocks(view, verdict, playbook)
        blocks += point_blocks(view, verdict, playbook)
    carried = carried_line(view, verdict, playbook)
    if carried and any(one.state == "dismissed" for one in view.carried):
        # What was dismissed can be brought back, and the way there is the list of all points.
        return [*blocks, note(carried, all_points_button(view, playbook))]
    return [*blocks, context(carried)] if carried else blocks


def _advises(view: DraftView, verdict: Verdict) -> bool:
    """Whether points may stand on the card already: not on the very first one, which has only begun."""
    return view.draft.state is not State.CHECKING or shows_outcome(verdict) or view.slow


def _handoffs(
    view: DraftView, playbook: Playbook, *, now: datetime, timezone: str, names: Mapping[str, str]
) -> list[Block]:
    replies = playbook.replies
    blocks = []
    for handoff in view.handoffs:
        values = {"team": team(handoff.route, playbook), "number": f"H-{handoff.number:04d}"}
        match handoff.state:
            case "sent":
                since = moment(handoff.sent_at, replies, now=now, timezone=timezone)
                due = moment(handoff.due_at, replies, now=now, timezone=timezone)
                text = replies.say("card.handoff.sent", since=since, due=due, **values)
            case "claimed":
                name = name_of(handoff.claimed_by or "", names, replies)
                text = replies.say("card.handoff.claimed", name=name, **values)
            case "done":
                name = name_of(handoff.closed_by or "", names, replies)
                text = replies.say("card.handoff.done", name=name, **values)
            case "withdrawn":
                text = replies.say("card.handoff.withdrawn", **values)
        if handoff.state in {"sent", "claimed"}:
            label = replies.say("button.withdraw", number=values["number"])
            blocks.append(note(text, button("handoff.withdraw", label, handoff.id)))
        else:
            blocks.append(context(text))
    return blocks


def _text(view: DraftView, title: str, playbook: Playbook) -> str:
    """The notification: a fixed sentence, with nothing of the draft in it."""
    say = playbook.replies.say
    platform = escape(platform_names(view, playbook))
    begun = view.draft.state is State.CHECKING and (view.verdict is None or not shows_outcome(view.verdict))
    if begun:
        return say("card.text.reading", platform=platform) if platform else say("card.text.reading_any")
    title = escape(title)
    return (
        say("card.text.outcome", platform=platform, header=title)
        if platform
        else say("card.text.outcome_any", header=title)
    )

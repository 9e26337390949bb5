"""The card that a team gets: what is needed, who has it, what became of it (product F31)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.model import Handoff
from bot.playbook import Playbook, Replies
from bot.slack.cards.facts import SEPARATOR
from bot.slack.cards.when import counted, moment
from bot.slack.cards.words import name_of, team
from bot.slack.rich import (
    Block,
    Card,
    Element,
    actions,
    button,
    context,
    escape,
    header,
    line,
    note,
    pieces,
    preformatted,
    rich_text,
    words,
)

DRAFT_LIMIT = 6_000
"""Characters of the draft on the card; the rest goes on in its thread, so that nothing is cut."""


def draw_handoff(
    handoff: Handoff, playbook: Playbook, *, now: datetime, timezone: str, names: Mapping[str, str]
) -> Card:
    """The card in the team's channel. Times are in the team's zone, `timezone`."""
    replies = playbook.replies
    leader = name_of(handoff.leader, names, replies)
    title = replies.say("handoff.header", leader=leader, team=team(handoff.route, playbook))
    blocks = [header(title), context(_facts(handoff, replies, now, timezone, names)), _asked(handoff, playbook, leader)]
    if handoff.draft_text and handoff.state != "withdrawn":
        first, *rest = pieces(handoff.draft_text, DRAFT_LIMIT)
        blocks += [note(replies.say("handoff.draft", leader=leader)), *preformatted(first)]
        if rest:
            blocks.append(context(replies.say("handoff.goes_on")))
    status = _status(handoff, replies, now, timezone, names)
    if status:
        blocks.append(rich_text(line(words(status, bold=True))))
    buttons = _buttons(handoff, replies)
    if buttons:
        blocks.append(actions(buttons, f"handoff-{handoff.state}"))
    number = case_number(handoff)
    state = {
        "sent": "handoff.text.sent",
        "claimed": "handoff.text.claimed",
        "done": "handoff.text.done",
        "withdrawn": "handoff.text.withdrawn",
    }[handoff.state]
    return Card(escape(replies.say(state, number=number, title=title)), blocks)


def draw_rest(handoff: Handoff, playbook: Playbook) -> tuple[Card, ...]:
    """What of a long draft did not fit on the card: messages for its thread, in order. Usually none."""
    rest = pieces(handoff.draft_text or "", DRAFT_LIMIT)[1:]
    text = playbook.replies.say("handoff.rest", number=case_number(handoff))
    return tuple(Card(escape(text), preformatted(piece)) for piece in rest)


def draw_rest_part(handoff: Handoff, part: int, playbook: Playbook) -> Card:
    """One of those messages; once the text is gone, or the hand-off was withdrawn, it says so."""
    rest = draw_rest(handoff, playbook) if handoff.state != "withdrawn" else ()
    if part < len(rest):
        return rest[part]
    said = playbook.replies.say("handoff.text_gone")
    return Card(escape(said), preformatted(said))


def case_number(handoff: Handoff) -> str:
    """`H-0142`."""
    return f"H-{handoff.number:04d}"


def minutes_between(start: datetime, end: datetime, replies: Replies) -> str:
    """`3 minutes`: how long a team took, for the leader's thread; hours from two on."""
    minutes = max(0, int((end - start) / timedelta(minutes=1)))
    if minutes >= 120:
        return counted(replies, "time.span.hours", minutes // 60)
    return counted(replies, "time.span.minutes", minutes)


def _facts(handoff: Handoff, replies: Replies, now: datetime, timezone: str, names: Mapping[str, str]) -> str:
    parts = [case_number(handoff)]
    if handoff.state in {"sent", "claimed"}:
        parts.append(replies.say("handoff.due", time=moment(handoff.due_at, replies, now=now, timezone=timezone)))
    leader, sender = name_of(handoff.leader, names, replies), name_of(handoff.sent_by, names, replies)
    if handoff.sent_by == handoff.leader:
        parts.append(replies.say("handoff.sent_by", name=sender))
    else:
        parts.append(replies.say("handoff.sent_for", name=sender, leader=leader))
    return SEPARATOR.join(parts)


def _asked(handoff: Handoff, playbook: Playbook, leader: str) -> Block:
    """What people typed, and the team's own line. The link is plain text, so that nothing fetches it."""
    say = playbook.replies.say
    gone = handoff.state == "withdrawn"
    answered = say("handoff.yes") if handoff.answered else say("handoff.no")
    rows = [
        (say("handoff.where"), "" if gone else handoff.link),
        (say("handoff.answered", leader=leader), "" if gone else answered),
        (say("handoff.what"), "" if gone else handoff.what),
        (say("handoff.promised"), "" if gone else handoff.promised),
    ]
    route = playbook.route(handoff.route)
    if route and route.holding_line and not gone:
        rows.append((say("handoff.holding_line"), route.holding_line))
    lines: list[Element] = [line(words(f"{label}  ", bold=True), words(value)) for label, value in rows if value]
    return rich_text(*(lines or [line(words(say("handoff.text_gone")))]))


def _status(handoff: Handoff, replies: Replies, now: datetime, timezone: str, names: Mapping[str, str]) -> str:
    def at(when: datetime | None) -> str:
        return moment(when, replies, now=now, timezone=timezone) if when else ""

    match handoff.state:
        case "sent":
            return ""
        case "claimed":
            name = name_of(handoff.claimed_by or "", names, replies)
            return replies.say("handoff.claimed", name=name, time=at(handoff.claimed_at))
        case "withdrawn":
            name = name_of(handoff.closed_by or "", names, replies)
            return replies.say("handoff.withdrawn", name=name, time=at(handoff.closed_at))
        case "done":
            name = name_of(handoff.closed_by or "", names, replies)
            said = replies.say("handoff.done", name=name, time=at(handoff.closed_at))
            return (
                replies.say("handoff.done_line", said=said, line=handoff.outcome_line) if handoff.outcome_line else said
            )


def _buttons(handoff: Handoff, replies: Replies) -> list[Element]:
    done = button("handoff.done", replies.say("button.done"), handoff.id)
    match handoff.state:
        case "sent":
            return [button("handoff.claim", replies.say("button.claim"), handoff.id, primary=True), done]
        case "claimed":
            return [done, button("handoff.put_back", replies.say("button.put_back"), handoff.id)]
        case _:
            return []

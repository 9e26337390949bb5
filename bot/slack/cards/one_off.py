"""Two messages about a declared one-off: what the owners of the case are told, and what comms is asked (product F26)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.choices import OneOff
from bot.playbook import Playbook, Replies
from bot.slack.cards.when import moment
from bot.slack.cards.words import name_of, team
from bot.slack.rich import Block, Card, Element, actions, button, clip, escape, line, mention, rich_text, words

WHY_LIMIT = 200
LINK_LIMIT = 1_000


def draw_team(
    one_off: OneOff, playbook: Playbook, names: Mapping[str, str], *, now: datetime, timezone: str, hears: str = ""
) -> Card:
    """For the team that owns the case, so that they and the leader don't both answer; with [ Noted ] until somebody has."""
    say = playbook.replies.say
    leader, owner = name_of(one_off.leader, names, playbook.replies), team(one_off.route, playbook)
    rows = [line(words(say("one_off.team", leader=leader, team=owner))), *_words_of(one_off, playbook.replies)]
    end = _end(one_off, playbook.replies, names, now, timezone)
    if one_off.noted_by and one_off.noted_at:
        name = name_of(one_off.noted_by, names, playbook.replies)
        end = end or say(
            "one_off.noted", name=name, time=moment(one_off.noted_at, playbook.replies, now=now, timezone=timezone)
        )
    blocks: list[Block] = [rich_text(*rows, *([line(words(end, bold=True))] if end else []))]
    if not end:
        blocks.append(actions([button("one_off.noted", say("button.noted"), one_off.id)], f"one-off-{one_off.state}"))
    return Card(escape(say("one_off.team_text", leader=leader, team=owner)), blocks)


def draw_ask(
    one_off: OneOff, playbook: Playbook, names: Mapping[str, str], *, now: datetime, timezone: str, hears: str = ""
) -> Card:
    """For comms: one more than the allowance. `hears`, Slack ids with spaces between, are mentioned."""
    say = playbook.replies.say
    leader = name_of(one_off.leader, names, playbook.replies)
    called = [part for user in hears.split() for part in (mention(user), words(" "))]
    allowance = playbook.organisation.exceptions_per_quarter
    asked = say("one_off.ask", leader=leader, n=max(one_off.number, allowance + 1), allowance=allowance)
    rows = [line(*called, words(asked)), *_words_of(one_off, playbook.replies)]
    end = _end(one_off, playbook.replies, names, now, timezone)
    if one_off.state == "granted" and one_off.decided_by and one_off.decided_at:
        name = name_of(one_off.decided_by, names, playbook.replies)
        end = say(
            "one_off.allowed", name=name, time=moment(one_off.decided_at, playbook.replies, now=now, timezone=timezone)
        )
    blocks: list[Block] = [rich_text(*rows, *([line(words(end, bold=True))] if end else []))]
    if one_off.state == "asked":
        row = [
            button("one_off.allow", say("button.allow"), one_off.id, primary=True),
            button("one_off.refuse", say("button.refuse"), one_off.id),
        ]
        blocks.append(actions(row, "one-off-asked"))
    return Card(escape(say("one_off.ask_text", leader=leader)), blocks)


def _words_of(one_off: OneOff, replies: Replies) -> list[Element]:
    """What the leader wrote, inert; the link as plain text, so that nothing fetches it."""
    if one_off.why is None:
        return [line(words(replies.say("one_off.text_gone")))]
    rows = [(replies.say("one_off.why"), clip(one_off.why, WHY_LIMIT))]
    if one_off.link:
        rows.append((replies.say("one_off.link"), clip(one_off.link, LINK_LIMIT)))
    return [line(words(f"{label}  ", bold=True), words(value)) for label, value in rows]


def _end(one_off: OneOff, replies: Replies, names: Mapping[str, str], now: datetime, timezone: str) -> str:
    """How it ended without being used; empty while it stands."""
    match one_off.state:
        case "refused":
            name = name_of(one_off.decided_by or "", names, replies)
            when = moment(one_off.decided_at, replies, now=now, timezone=timezone) if one_off.decided_at else ""
            return replies.say("one_off.refused", name=name, time=when)
        case "withdrawn":
            return replies.say("one_off.withdrawn")
        case "returned":
            return replies.say("one_off.returned")
        case _:
            return ""

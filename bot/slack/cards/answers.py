"""Answers that one person sees: what a command says, and the few buttons beside it (product F3, F48)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.choices import OneOff
from bot.model import DraftView
from bot.playbook import Playbook, Replies
from bot.slack.cards.facts import SEPARATOR
from bot.slack.cards.one_off import WHY_LIMIT
from bot.slack.cards.when import ago, counted, day
from bot.slack.cards.words import headline, name_of, platform_names, team
from bot.slack.rich import (
    Card,
    actions,
    bullets,
    button,
    clip,
    context,
    line,
    link,
    note,
    rich_text,
    section,
    words,
)

DRAFTS = 20
"""Drafts that `/coach status` lists."""

WRITERS = frozenset({"leader", "delegate", "comms"})
EVERYBODY: frozenset[str] = frozenset()

COMMANDS = (
    ("help.coach", WRITERS),
    ("help.coach_text", WRITERS),
    ("help.status", WRITERS),
    ("help.exceptions", WRITERS),
    ("help.cadence", WRITERS),
    ("help.check_draft", WRITERS),
    ("help.help", EVERYBODY),
    ("help.privacy", EVERYBODY),
)
"""Each command's line, and who it is for."""


def coach_sent(playbook: Playbook, url: str) -> Card:
    """The draft of `/coach {text}` stands in the person's own conversation; `url` leads there, if Slack gave one."""
    said = playbook.replies.say("coach.dm")
    row = [actions([button("coach.open", playbook.replies.say("button.open"), url=url)])] if url else []
    return Card(said, [note(said), *row])


def coach_unknown(playbook: Playbook) -> Card:
    """One or two words that are no command. The words are not kept: the form opens empty."""
    say = playbook.replies.say
    buttons = [button("coach.new", say("button.new_draft"), primary=True), button("coach.help", say("button.commands"))]
    return Card(say("coach.unknown"), [note(say("coach.unknown")), actions(buttons)])


def coach_help(playbook: Playbook, roles: Collection[str]) -> Card:
    """The commands for the person's own roles: `leader`, `delegate`, `comms`. Without one, everybody's."""
    replies = playbook.replies
    lines = [replies.say(key) for key, wanted in COMMANDS if not wanted or wanted & set(roles)]
    said = replies.say("help.title")
    return Card(said, [note(said), rich_text(bullets(line(words(text)) for text in lines))])


def coach_status(
    playbook: Playbook, views: Sequence[DraftView], links: Mapping[str, str], *, now: datetime, timezone: str
) -> Card:
    """Own open drafts: outcome, network, age, and a link by draft id where there is one."""
    replies = playbook.replies
    if not views:
        said = replies.say("coach.empty")
        return Card(said, [note(said)])
    said = counted(replies, "coach.status", len(views))
    lines = []
    for view in views[:DRAFTS]:
        title = headline(view, playbook, now=now, timezone=timezone)
        age = replies.say("coach.age", ago=ago(view.draft.created_at, replies, now))
        text = words(SEPARATOR.join(part for part in (title, platform_names(view, playbook), age) if part))
        url = links.get(view.draft.id, "")
        lines.append(line(text, words(SEPARATOR), link(url, replies.say("button.open"))) if url else line(text))
    blocks = [note(said), rich_text(bullets(lines))]
    if len(views) > DRAFTS:
        blocks.append(context(counted(replies, "coach.more", len(views) - DRAFTS)))
    return Card(said, blocks)


def coach_exceptions(
    playbook: Playbook, one_offs: Sequence[OneOff], names: Mapping[str, str], *, timezone: str
) -> Card:
    """The ledger of declared one-offs, newest first: when, who, whose case, what became of it, and why."""
    replies = playbook.replies
    if not one_offs:
        said = replies.say("coach.no_exceptions")
        return Card(said, [note(said)])
    said = counted(replies, "coach.exceptions", len(one_offs))
    rows = []
    for one in one_offs:
        text = replies.say(
            "one_off.line",
            date=day(one.declared_at, replies, timezone),
            leader=name_of(one.leader, names, replies),
            team=team(one.route, playbook),
            became=_became(one, names, replies),
        )
        rows.append(line(words(text), *([words(f"{SEPARATOR}“{clip(one.why, WHY_LIMIT)}”")] if one.why else [])))
    return Card(said, [note(said), rich_text(bullets(rows))])


def _became(one: OneOff, names: Mapping[str, str], replies: Replies) -> str:
    match one.state:
        case "refused":
            return replies.say("one_off.became.refused", name=name_of(one.decided_by or "", names, replies))
        case "asked":
            return replies.say("one_off.became.asked")
        case "withdrawn":
            return replies.say("one_off.became.withdrawn")
        case "returned":
            return replies.say("one_off.became.returned")
        case _:
            return replies.say("one_off.became.granted")


def privacy(playbook: Playbook) -> Card:
    """What is kept, and for how long."""
    kept = playbook.organisation.retention
    said = playbook.replies.say("privacy.title")
    text = playbook.replies.say(
        "privacy.text", days=kept.text_days, months=kept.record_months, years=kept.decision_years
    )
    return Card(said, [section(text)])

"""A draft's line in the oversight channel: whose, where, what was advised, what became of it. Never the text (F32)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.model import DraftView, State
from bot.playbook import Playbook
from bot.slack.cards.decided import reason_words
from bot.slack.cards.facts import SEPARATOR
from bot.slack.cards.handoff import case_number
from bot.slack.cards.reasons import how_posted
from bot.slack.cards.when import clock, counted
from bot.slack.cards.words import name_of, outcome_headline, platform_names, points_of, short_team, shows_outcome
from bot.slack.rich import Card, escape, paragraph

TITLES = 5
"""Titles of points in one line."""


def draw_line(
    view: DraftView, playbook: Playbook, names: Mapping[str, str], *, now: datetime | None = None, timezone: str = "UTC"
) -> Card:
    """One message per draft, changed in place. `now` only serves to name the day of a wait."""
    text = SEPARATOR.join(_parts(view, playbook, names, now or view.revision.created_at, timezone))
    return Card(escape(text), [paragraph(text)])


def _parts(view: DraftView, playbook: Playbook, names: Mapping[str, str], now: datetime, timezone: str) -> list[str]:
    say = playbook.replies.say
    draft, verdict = view.draft, view.verdict
    who = name_of(draft.leader, names, playbook.replies)
    if draft.submitter != draft.leader:
        who = say("oversight.submitted", leader=who, name=name_of(draft.submitter, names, playbook.replies))
    parts = [who, platform_names(view, playbook)]
    if verdict is None or not shows_outcome(verdict):
        parts.append(say("oversight.reading"))
    else:
        parts.append(outcome_headline(verdict, playbook, now=now, timezone=timezone))
        if not verdict.complete and not verdict.pending:
            parts.append(say("oversight.half"))
        parts.append(_titles(view, playbook))
    if view.revision.number > 1:
        parts.append(say("facts.revision", n=view.revision.number))
    if view.one_off is not None and view.one_off.state == "granted":
        parts.append(say("oversight.once", n=view.one_off.number))
    parts += _handoffs(view, playbook)
    parts.append(_end(view, playbook, timezone))
    return [part for part in parts if part]


def _titles(view: DraftView, playbook: Playbook) -> str:
    points = points_of(view.verdict) if view.verdict else ()
    titles = list(dict.fromkeys(finding.title for finding in points))
    shown = "; ".join(titles[:TITLES])
    more = len(titles) - TITLES
    return counted(playbook.replies, "oversight.titles", more, titles=shown) if more > 0 else shown


def _handoffs(view: DraftView, playbook: Playbook) -> list[str]:
    keys = {
        "sent": "oversight.handoff.sent",
        "claimed": "oversight.handoff.claimed",
        "done": "oversight.handoff.done",
        "withdrawn": "oversight.handoff.withdrawn",
    }
    return [
        playbook.replies.say(keys[one.state], number=case_number(one), team=short_team(one.route, playbook))
        for one in view.handoffs
    ]


def _end(view: DraftView, playbook: Playbook, timezone: str) -> str:
    say = playbook.replies.say
    match view.draft.state:
        case State.POSTED if view.posts:
            newest = max(view.posts, key=lambda post: post.posted_at)
            return say("oversight.posted", time=clock(newest.posted_at, timezone), how=how_posted(newest, playbook))
        case State.POSTED:
            return say("oversight.posted_plain")
        case State.OVERRIDDEN if view.decided is not None:
            return say("oversight.overridden", reason=reason_words(view.decided.reason.key, playbook.replies))
        case State.KEPT:
            return say("oversight.kept")
        case State.ASKED:
            return say("oversight.asked")
        case State.DROPPED:
            return say("oversight.dropped")
        case State.LAPSED:
            return say("oversight.lapsed")
        case State.FORGOTTEN:
            return say("oversight.forgotten")
        case _:
            return ""

"""The form `one_off`: declaring, before it happens, that a leader answers one case in person (product F26)."""

from __future__ import annotations

from bot.model import DraftView
from bot.playbook import Playbook, Replies
from bot.slack.cards.forms.fields import View, field, modal, one_of, typed
from bot.slack.cards.taps import value_of
from bot.slack.cards.words import team
from bot.slack.rich import note, option

ASK = "ask"
ONCE = "once"
"""What the form was opened for: to ask comms, or to go ahead within the allowance."""


def one_off_form(view: DraftView, playbook: Playbook, *, used: int, quarter: str) -> View:
    """Fields: why (200 characters), team, link. `used` one-offs of the leader stand in `quarter`, such as 2026-Q4.

    Only teams with a channel can be named. With the allowance used the form asks comms.
    """
    replies = playbook.replies
    say, allowance = replies.say, playbook.organisation.exceptions_per_quarter
    route = (view.verdict.route if view.verdict else None) or ""
    teams = [option(one.name, one.id) for one in playbook.routes if one.channel]
    ask = used >= allowance
    ids, title = value_of(view, ASK if ask else ONCE), say("form.one_off.title")
    if not teams:
        return modal("one_off", title, [note(say("form.handoff.no_team"))], replies, ids=ids)
    span = quarter_words(quarter, replies)
    if ask:
        told = say("form.one_off.used", allowance=allowance, quarter=span)
    else:
        told = say("form.one_off.told", team=team(route, playbook), n=used + 1, allowance=allowance, quarter=span)
    blocks = [
        note(told[:1].upper() + told[1:]),
        field("why", say("form.one_off.why"), typed(most=200)),
        field("team", say("form.one_off.owner"), one_of(teams, route)),
        field("link", say("form.one_off.link"), typed(most=1_000), hint=say("form.handoff.link_hint"), optional=True),
    ]
    submit = say("form.one_off.ask") if ask else say("form.one_off.submit")
    return modal("one_off", title, blocks, replies, ids=ids, submit=submit)


def quarter_words(quarter: str, replies: Replies) -> str:
    """`Oct–Dec` for 2026-Q4."""
    months = replies.words("time.months")
    first = (int(quarter[-1]) - 1) * 3
    return replies.say("form.one_off.quarter", first=months[first], last=months[first + 2])

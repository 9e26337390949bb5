"""Forms of a hand-off: `handoff` sends one, `handoff_done` closes it (product F31)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import DraftView, Handoff
from bot.playbook import Playbook
from bot.slack.cards.forms.fields import View, field, modal, one_of, radio, tick, time_of, typed
from bot.slack.cards.handoff import case_number
from bot.slack.cards.taps import value_of
from bot.slack.cards.words import name_of
from bot.slack.rich import note, option


def handoff_form(view: DraftView, playbook: Playbook, team: str, names: Mapping[str, str]) -> View:
    """Fields: team, link, what, answered (`yes` or `no`), promised, include (`draft` when ticked), needed_by.

    `team` is the route that is preset. Only teams with a channel can be chosen.
    """
    say = playbook.replies.say
    leader = name_of(view.draft.leader, names, playbook.replies)
    teams = [option(route.name, route.id) for route in playbook.routes if route.channel]
    answers = [option(say("handoff.no"), "no"), option(say("handoff.yes"), "yes")]
    ids, title = value_of(view), say("form.handoff.title")
    if not teams:
        return modal("handoff", title, [note(say("form.handoff.no_team"))], playbook.replies, ids=ids)
    blocks = [
        note(say("form.handoff.intro")),
        field("team", say("form.handoff.team"), one_of(teams, team)),
        field("link", say("form.handoff.link"), typed(most=1_000), hint=say("form.handoff.link_hint"), optional=True),
        field("what", say("form.handoff.what"), typed(most=500, lines=True), optional=True),
        field("answered", say("handoff.answered", leader=leader), radio(answers, "no")),
        field("promised", say("form.handoff.promised"), typed(most=150), optional=True),
        field(
            "include",
            say("form.handoff.include"),
            tick(option(say("form.handoff.include_tick"), "draft")),
            optional=True,
        ),
        field("needed_by", say("form.handoff.needed_by"), time_of(), optional=True),
    ]
    return modal("handoff", title, blocks, playbook.replies, ids=ids, submit=say("form.handoff.submit"))


def handoff_done_form(handoff: Handoff, playbook: Playbook, names: Mapping[str, str]) -> View:
    """Field: line, what happened, 5 to 200 characters."""
    say = playbook.replies.say
    leader = name_of(handoff.leader, names, playbook.replies)
    blocks = [
        note(say("form.handoff_done.intro", number=case_number(handoff))),
        field(
            "line",
            say("form.handoff_done.line"),
            typed(least=5, most=200),
            hint=say("form.handoff_done.hint", leader=leader),
        ),
    ]
    title, submit = say("form.handoff_done.title"), say("form.handoff_done.submit")
    return modal("handoff_done", title, blocks, playbook.replies, ids=handoff.id, submit=submit)

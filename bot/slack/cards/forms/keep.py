"""The form `keep`: when a draft should come back (product F27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model import DraftView
from bot.playbook import Playbook
from bot.slack.cards.forms.fields import View, field, modal, radio, time_of
from bot.slack.cards.taps import value_of
from bot.slack.cards.when import moment
from bot.slack.rich import note, option

OTHER_TIME = "other"


def keep_form(
    view: DraftView, playbook: Playbook, *, now: datetime, timezone: str, suggestions: Sequence[tuple[str, datetime]]
) -> View:
    """Fields: which (a time in seconds, or `other`), when (which counts where it is filled in).

    `suggestions` are keys of sentences and times.
    """
    replies = playbook.replies
    say = replies.say
    offered = [
        option(
            say("form.keep.offer", what=say(key), time=moment(when, replies, now=now, timezone=timezone)),
            str(int(when.timestamp())),
        )
        for key, when in suggestions
    ]
    choices = [*offered, option(say("form.keep.other"), OTHER_TIME)]
    blocks = [
        note(say("form.keep.told")),
        field("which", say("form.keep.when"), radio(choices, choices[0]["value"])),
        field("when", say("form.keep.time"), time_of(), hint=say("form.keep.time_hint"), optional=True),
    ]
    title, submit = say("form.keep.title"), say("form.keep.submit")
    return modal("keep", title, blocks, replies, ids=value_of(view), submit=submit)

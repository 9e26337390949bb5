"""The form `posted`: where, when and with which text a draft went out (product F28)."""

from __future__ import annotations

from datetime import datetime

from bot.model import DraftView, State
from bot.playbook import Playbook
from bot.slack.cards.buttons import asks_reason
from bot.slack.cards.decided import AHEAD
from bot.slack.cards.forms.fields import View, choices_of, field, modal, one_of, radio, several_of, tick, time_of, typed
from bot.slack.cards.suggestion import has_suggestion
from bot.slack.cards.taps import value_of
from bot.slack.rich import Block, option


def posted_form(view: DraftView, playbook: Playbook, *, now: datetime) -> View:
    """Fields: platforms, when, which (`this`, `suggestion`, `other`), text, reason, not_posted (`not_posted`, ticked).

    `reason` is asked when points worse than a note were open and nothing was decided; `not_posted` once it was posted.
    """
    say = playbook.replies.say
    posted = view.draft.state is State.POSTED
    known = view.draft.platforms if view.draft.platform_known or len(view.draft.platforms) == 1 else ()
    where = [post.platform for post in view.posts] or list(known)
    when = max((post.posted_at for post in view.posts), default=now)
    platforms = [option(platform.name, platform.id) for platform in playbook.platforms]
    texts = [option(say("form.posted.this", n=view.revision.number), "this")]
    if has_suggestion(view):
        texts.append(option(say("form.posted.suggestion"), "suggestion"))
    texts.append(option(say("form.posted.other"), "other"))
    blocks: list[Block] = [
        field("platforms", say("form.posted.where"), several_of(platforms, where)),
        field("when", say("form.posted.when"), time_of(when)),
        field("which", say("form.posted.which"), radio(texts, "this")),
        field("text", say("form.posted.text"), typed(lines=True), hint=say("form.posted.text_hint"), optional=True),
    ]
    if not posted and asks_reason(view):
        reasons = choices_of(AHEAD, playbook.replies)
        blocks.append(field("reason", say("form.posted.reason"), one_of(reasons)))
    if posted:
        box = tick(option(say("form.posted.not_posted_tick"), "not_posted"))
        blocks.append(field("not_posted", say("form.posted.not_posted"), box, optional=True))
    title, submit = say("form.posted.title"), say("form.posted.submit")
    return modal("posted", title, blocks, playbook.replies, ids=value_of(view), submit=submit)

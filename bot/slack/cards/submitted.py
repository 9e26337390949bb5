"""The message that holds a draft which came by form, command or shortcut (product F4)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playbook import Playbook
from bot.slack.cards.words import name_of
from bot.slack.rich import Card, escape, note, preformatted


def draw_submitted(text: str, leader: str, submitter: str, playbook: Playbook, names: Mapping[str, str]) -> Card:
    """`New draft, for …, submitted by …` and the whole text, to be read and copied."""
    replies = playbook.replies
    who, by = name_of(leader, names, replies), name_of(submitter, names, replies)
    said = (
        replies.say("submitted.own", leader=who)
        if leader == submitter
        else replies.say("submitted.for", leader=who, name=by)
    )
    return Card(escape(said), [note(said), *preformatted(text)])


def draw_submitted_gone(playbook: Playbook, date: str) -> Card:
    """The same message once the text has been deleted."""
    said = playbook.replies.say("card.text_deleted", date=date)
    return Card(escape(said), [note(said), *preformatted(said)])

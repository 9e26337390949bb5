"""The reminder of a kept draft, in the conversation with Lectern: where it stands now, and what can be done (product F27)."""

from __future__ import annotations

from datetime import datetime

from bot.lifecycle import OPEN
from bot.model import DraftView
from bot.playbook import Playbook
from bot.slack.cards.buttons import posted_label
from bot.slack.cards.reasons import reasons
from bot.slack.cards.taps import value_of
from bot.slack.cards.words import headline, is_forgotten, platform_names
from bot.slack.rich import Card, Element, actions, button, escape, line, rich_text, words


def draw_reminder(view: DraftView, playbook: Playbook, *, now: datetime, timezone: str, url: str = "") -> Card:
    """As the draft stands when it is drawn; without buttons once it is closed. `url` leads to the card."""
    say = playbook.replies.say
    title = headline(view, playbook, now=now, timezone=timezone)
    platform = platform_names(view, playbook)
    said = say("keep.due", platform=platform, header=title) if platform else say("keep.due_any", header=title)
    rows: list[Element] = [line(words(said))]
    is_open = view.draft.state in OPEN and not is_forgotten(view)
    if is_open:
        rows += [line(words(text)) for text in reasons(view, playbook, now=now, timezone=timezone)[:1]]
    row = [button("coach.open", say("button.open"), url=url, primary=True)] if url else []
    if is_open:
        row += [
            button("draft.posted", posted_label(view, playbook), value_of(view)),
            button("draft.keep", say("button.later"), value_of(view)),
            button("draft.drop", say("button.drop"), value_of(view)),
        ]
    blocks = [rich_text(*rows), *([actions(row, f"reminder-{view.draft.state}")] if row else [])]
    return Card(escape(said), blocks)

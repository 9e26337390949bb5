"""The form `override`: going ahead against what was advised, with a reason that stands on record (product F25)."""

from __future__ import annotations

from bot.model import DraftView
from bot.playbook import Playbook
from bot.slack.cards.decided import AHEAD, NOTE_LIMIT
from bot.slack.cards.facts import SEPARATOR
from bot.slack.cards.forms.fields import View, choices_of, field, modal, one_of, typed
from bot.slack.cards.points import SENTENCE_LIMIT, holds, open_points
from bot.slack.cards.taps import value_of
from bot.slack.cards.when import counted
from bot.slack.cards.words import SEVERITY
from bot.slack.rich import Block, bullets, clip, escape, line, note, rich_text, section, words

FEWEST = 10
"""Characters of the note that a hold needs."""

SHOWN = 10


def override_form(view: DraftView, playbook: Playbook) -> View:
    """Fields: reason, note (needed with a hold, and for `other`). The points that stand against it are listed."""
    replies = playbook.replies
    say = replies.say
    held = holds(view)
    blocks: list[Block] = []
    points = open_points(view)
    if points:
        rows = [
            line(
                words(say(SEVERITY[point.severity]), bold=True),
                words(f"{SEPARATOR}{point.title}. {clip(point.message, SENTENCE_LIMIT)}"),
            )
            for point in points[:SHOWN]
        ]
        blocks += [section(f"*{escape(say('form.override.open'))}*"), rich_text(bullets(rows))]
    if len(points) > SHOWN:
        blocks.append(note(counted(replies, "points.more", len(points) - SHOWN)))
    hint = say("form.override.note_hint_hold") if held else say("form.override.note_hint")
    blocks += [
        field("reason", say("form.override.reason"), one_of(choices_of(AHEAD, replies))),
        field(
            "note",
            say("form.override.note"),
            typed(most=NOTE_LIMIT, least=FEWEST if held else 0, lines=True),
            hint=hint,
            optional=not held,
        ),
        note(say("form.override.seen")),
    ]
    outcome = view.verdict.outcome.value if view.verdict else ""
    title, submit = say("form.override.title"), say("form.override.submit")
    return modal("override", title, blocks, replies, ids=value_of(view, outcome), submit=submit)

"""Lines in a thread, with a mention of the one who should hear of it, since an edit of a card notifies nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.model import DraftView, Handoff
from bot.playbook import Playbook
from bot.slack.cards.handoff import case_number
from bot.slack.cards.words import headline, outcome_headline, points_of, team
from bot.slack.rich import Card, actions, button, clip, escape, is_group, line, mention, rich_text, words

TYPED_LIMIT = 500
"""Characters of a line that a person typed."""

HELP = frozenset({"help.mention"})
"""Lines that end in [ Show commands ]."""


def draw_thread_line(
    key: str, values: Mapping[str, str], handoff: Handoff | None, playbook: Playbook, *, note: str = ""
) -> Card:
    """The sentence at `key`. `values` may hold more than it needs; `hears`, Slack ids with spaces between, are mentioned first.

    With a hand-off, its number and team are known, and what its team wrote on closing it is added as inert text; so is a
    `note` that somebody gave with a decision. Raises `PlaybookError` where a value is missing.
    """
    replies = playbook.replies
    known = dict(values)
    if handoff is not None:
        known |= {"number": case_number(handoff), "team": team(handoff.route, playbook)}
    said = replies.say(key, **{name: known[name] for name in replies.placeholders(key) if name in known})
    hears = values.get("hears", "").split()
    typed = handoff.outcome_line if handoff is not None and key == "thread.handoff.done" else note
    shown = replies.say("thread.handoff.typed", sentence=said, typed=clip(typed, TYPED_LIMIT)) if typed else said
    start = [part for user in hears for part in (mention(user), words(" "))]
    blocks = [rich_text(line(*start, words(shown)))]
    if key in HELP:
        blocks.append(actions([button("coach.help", replies.say("button.commands"))]))
    return Card("".join(f"{_called(user)} " for user in hears) + escape(said), blocks)


def _called(who: str) -> str:
    """A mention in Slack's mark-up, of a person or of a user group."""
    return f"<!subteam^{escape(who)}>" if is_group(who) else f"<@{escape(who)}>"


def checked_values(view: DraftView, playbook: Playbook, *, now: datetime, timezone: str) -> dict[str, str]:
    """What `thread.checked`, `thread.full` and `thread.revision` say of a draft: ids, numbers, fixed words."""
    fixed = sum(one.state == "fixed" and one.since_revision == view.revision.number - 1 for one in view.carried)
    return {
        "hears": view.draft.submitter,
        "header": headline(view, playbook, now=now, timezone=timezone),
        "n": str(view.revision.number),
        "advice": outcome_headline(view.verdict, playbook, now=now, timezone=timezone) if view.verdict else "",
        "fixed": str(fixed),
        "open": str(len(points_of(view.verdict)) if view.verdict else 0),
    }

"""Forms that a text is typed into: `new_draft` and `edit_draft` (product F4, F23)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import DraftView, Severity
from bot.playbook import Playbook
from bot.slack.cards.facts import SEPARATOR, lengths_of
from bot.slack.cards.forms.fields import INPUT_LIMIT, View, field, modal, person, radio, several_of, typed
from bot.slack.cards.points import SENTENCE_LIMIT
from bot.slack.cards.taps import value_of
from bot.slack.cards.words import SEVERITY, points_of
from bot.slack.rich import Block, Element, bullets, clip, escape, line, note, option, rich_text, section, words

LONGEST = INPUT_LIMIT
"""Characters that these forms take."""

DIRECT = "dm"
"""Value of *Answer in* for the person's own conversation with Lectern."""

MOST_CHANNELS = 9
KEPT_IN_MIND = 10


def new_draft_form(
    playbook: Playbook,
    *,
    text: str = "",
    platforms: Sequence[str] = (),
    leader: str = "",
    channels: Sequence[str] = (),
) -> View:
    """Fields: text, platforms, leader, description, place. `channels` are ids of the person's draft channels.

    A text that is too long for a form is left out, and the form says so.
    """
    say = playbook.replies.say
    fits = len(text) <= LONGEST
    networks = [option(platform.name, platform.id) for platform in playbook.platforms]
    places = [option(say("form.place_direct"), DIRECT), *(_channel(channel) for channel in channels[:MOST_CHANNELS])]
    blocks: list[Block] = [] if fits else [note(say("form.too_long_to_fill"))]
    blocks += [
        field("text", say("form.text"), typed(initial=text if fits else "", lines=True)),
        field("platforms", say("form.platforms"), several_of(networks, platforms), optional=True),
        field("leader", say("form.leader"), person(leader)),
        field(
            "description", say("form.description"), typed(most=1_000), hint=say("form.description_hint"), optional=True
        ),
        field("place", say("form.place"), radio(places, DIRECT)),
    ]
    return modal(
        "new_draft", say("form.new_draft.title"), blocks, playbook.replies, submit=say("form.new_draft.submit")
    )


def edit_form(view: DraftView, playbook: Playbook, *, suggestion: bool = False) -> View:
    """Field: text, filled with the newest text or the suggestion. Over 3,000 characters there is only advice."""
    say = playbook.replies.say
    title = say("form.edit_draft.title")
    text = (view.verdict.suggestion if suggestion and view.verdict else None) or view.revision.text or ""
    if len(text) > LONGEST:
        return modal("edit_draft", title, [note(say("form.too_long"))], playbook.replies, ids=value_of(view))
    hint = SEPARATOR.join(lengths_of(view, playbook))
    blocks: list[Block] = [field("text", say("form.text"), typed(initial=text, lines=True), hint=hint)]
    points = [point for point in points_of(view.verdict) if point.severity is not Severity.INFO] if view.verdict else []
    if points:
        lines = [
            line(
                words(say(SEVERITY[point.severity]), bold=True),
                words(f"{SEPARATOR}{point.title}. {clip(point.message, SENTENCE_LIMIT)}"),
            )
            for point in points[:KEPT_IN_MIND]
        ]
        blocks += [section(f"*{escape(say('form.keep_in_mind'))}*"), rich_text(bullets(lines))]
    return modal(
        "edit_draft", title, blocks, playbook.replies, ids=value_of(view), submit=say("form.edit_draft.submit")
    )


def _channel(channel: str) -> Element:
    """A choice that Slack shows by the channel's name. Only choices in sight may hold mark-up."""
    return {"text": {"type": "mrkdwn", "text": f"<#{channel}>"}, "value": channel}

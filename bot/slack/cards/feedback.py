"""Whether a review was useful: two buttons under the card, which stay beside the review and never take its place (F29)."""

from __future__ import annotations

from bot.model import DraftView
from bot.playbook import Playbook
from bot.slack.cards.forms.fields import View, field, modal, typed
from bot.slack.cards.taps import value_of
from bot.slack.rich import Block, Card, actions, button, note, plain

FEEDBACK = "draft.feedback"
USEFUL, NOT_USEFUL = "useful", "not_useful"
WHY_LIMIT = 200


def feedback_blocks(view: DraftView, playbook: Playbook, drawing: int) -> list[Block]:
    """Under a finished review. `drawing` makes each redraw's block a new one: the element keeps a state that nobody knows."""
    if view.verdict is None or view.verdict.pending or view.revision.text is None:
        return []
    say = playbook.replies.say
    element = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": {
            "text": plain(say("button.useful")),
            "accessibility_label": say("feedback.useful_label"),
            "value": value_of(view, USEFUL),
        },
        "negative_button": {
            "text": plain(say("button.not_useful")),
            "accessibility_label": say("feedback.not_useful_label"),
            "value": value_of(view, NOT_USEFUL),
        },
    }
    return [
        {"type": "context_actions", "block_id": f"feedback-{view.revision.number}-{drawing}", "elements": [element]}
    ]


def with_plain_feedback(blocks: list[Block]) -> list[Block]:
    """The same blocks with two small buttons, for where Slack refuses the element; itself where there is none."""
    return [_as_buttons(block) if block["type"] == "context_actions" else block for block in blocks]


def thanks(view: DraftView, playbook: Playbook, *, useful: bool) -> Card:
    """The answer to one person; with a way to say why where the review was of no use."""
    say = playbook.replies.say
    said = say("feedback.thanks")
    why = [] if useful else [actions([button("draft.feedback_why", say("button.say_why"), value_of(view))])]
    return Card(said, [note(said), *why])


def feedback_form(view: DraftView, playbook: Playbook) -> View:
    """Field: why, up to 200 characters."""
    say = playbook.replies.say
    blocks = [
        field("why", say("form.feedback.why"), typed(most=WHY_LIMIT, lines=True), hint=say("form.feedback.hint")),
    ]
    title, submit = say("form.feedback.title"), say("form.feedback.submit")
    return modal("feedback", title, blocks, playbook.replies, ids=value_of(view), submit=submit)


def _as_buttons(block: Block) -> Block:
    pair = block["elements"][0]
    row = [
        button(f"{FEEDBACK}_{kind}", pair[f"{kind}_button"]["text"]["text"], pair[f"{kind}_button"]["value"])
        for kind in ("positive", "negative")
    ]
    return actions(row, block["block_id"])

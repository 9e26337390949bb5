"""The form `dismiss`: why a point is not useful in this draft (product F24)."""

from __future__ import annotations

from bot.model import DraftView, Finding, Severity
from bot.playbook import Playbook
from bot.set_aside import same_points
from bot.slack.cards.decided import NOTE_LIMIT, SET_ASIDE
from bot.slack.cards.forms.fields import View, choices_of, field, modal, one_of, typed
from bot.slack.cards.points import details, heading
from bot.slack.cards.taps import value_of
from bot.slack.cards.when import counted
from bot.slack.rich import Block, note, rich_text, section


def dismiss_form(view: DraftView, playbook: Playbook, place: int) -> View | None:
    """Fields: reason, note (needed for `other`). None where the verdict has no point at `place` that may go."""
    replies = playbook.replies
    finding = dismissible(view, place)
    if finding is None or view.verdict is None:
        return None
    blocks: list[Block] = [section(heading(finding, replies)), rich_text(*details(finding, replies))]
    blocks.append(note(counted(replies, "form.dismiss.places", len(same_points(view.verdict, finding)))))
    if finding.severity is Severity.REDIRECT:
        blocks.append(note(replies.say("form.dismiss.redirect")))
    reasons = choices_of(SET_ASIDE, replies)
    blocks += [
        field("reason", replies.say("form.dismiss.reason"), one_of(reasons)),
        field(
            "note",
            replies.say("form.dismiss.note"),
            typed(most=NOTE_LIMIT, lines=True),
            hint=replies.say("form.dismiss.note_hint"),
            optional=True,
        ),
    ]
    title, submit = replies.say("form.dismiss.title"), replies.say("form.dismiss.submit")
    return modal("dismiss", title, blocks, replies, ids=value_of(view, str(place)), submit=submit)


def dismissible(view: DraftView, place: int) -> Finding | None:
    """The point at this place of the verdict, unless it is a hold or not there."""
    findings = view.verdict.findings if view.verdict else ()
    if not 0 <= place < len(findings) or findings[place].severity is Severity.HOLD:
        return None
    return findings[place]

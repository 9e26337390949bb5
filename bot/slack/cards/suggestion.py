"""The suggested version on a card, the text to post, and why there is no suggestion (product F12 block 4, F20)."""

from __future__ import annotations

from bot.model import DraftView, Outcome, Verdict
from bot.playbook import Playbook
from bot.slack.cards.changes import changes, gaps
from bot.slack.cards.facts import SEPARATOR
from bot.slack.cards.taps import value_of
from bot.slack.cards.when import counted, day
from bot.slack.cards.words import platform_names
from bot.slack.rich import Block, button, clip, escape, note, preformatted, section

WHOLE_LIMIT = 3_500
"""Characters up to which a text stands on the card; longer ones stand whole behind a button, and are never cut."""

TOGETHER_LIMIT = 5_000
"""Characters that suggestion and text to post may have together."""

_NAME_LIMIT = 60

WITHHELD = {
    "facts": "withheld.facts",
    "rules": "withheld.rules",
    "length": "withheld.length",
    "unsafe": "withheld.unsafe",
}


def has_suggestion(view: DraftView) -> bool:
    """Whether there is a suggestion that is not already the draft's text."""
    suggestion = view.verdict.suggestion if view.verdict else None
    return bool(suggestion) and suggestion != view.revision.text and view.revision.text is not None


def has_gaps(view: DraftView) -> bool:
    """Whether the suggestion waits for the leader's own words."""
    suggestion = (view.verdict.suggestion if view.verdict else None) or ""
    return gaps(suggestion, view.revision.text or "") > 0


def text_blocks(view: DraftView, playbook: Playbook) -> list[Block]:
    """`Text to post`, when the newest text is not the one in the leader's own message."""
    text = view.revision.text
    if text is None or view.revision.number == 1 or view.revision.origin not in {"suggestion", "form", "reply"}:
        return []
    title = playbook.replies.say("card.text_to_post", n=view.revision.number)
    if len(text) > WHOLE_LIMIT:
        return [
            section(title, button("draft.changes", playbook.replies.say("button.see_text"), value_of(view)), "text")
        ]
    return [section(title), *preformatted(text)]


def suggestion_blocks(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[Block]:
    """The suggestion, or one line that says why there is none, or nothing."""
    say = playbook.replies.say
    if not has_suggestion(view):
        if verdict.withheld is None or view.used_suggestion:
            return []
        name = platform_names(view, playbook) or say("withheld.network")
        key = WITHHELD[verdict.withheld]
        values = {"platform": name} if verdict.withheld == "length" else {}
        return [note(say(key, **values))]
    suggestion = verdict.suggestion or ""
    title = say("card.suggestion", labels=escape(SEPARATOR.join(labels(view, verdict, playbook))))
    shown = _shown_text(view)
    if len(suggestion) > WHOLE_LIMIT or len(suggestion) + shown > TOGETHER_LIMIT:
        return [section(title, button("draft.changes", say("button.see_suggestion"), value_of(view)), "suggestion")]
    see = button("draft.changes", say("button.changes"), value_of(view))
    return [section(title, see, "suggestion"), *preformatted(suggestion)]


def labels(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[str]:
    """What a reader should know before copying it."""
    replies = playbook.replies
    draft, suggestion = view.revision.text or "", verdict.suggestion or ""
    found: list[str] = []
    if verdict.outcome is Outcome.REDIRECT:
        found.append(replies.say("suggestion.own_post"))
    elif verdict.outcome is Outcome.HOLD:
        found.append(replies.say("suggestion.safe"))
    else:
        found.append(counted(replies, "suggestion.edits", len(changes(draft, suggestion))))
    missing = gaps(suggestion, draft)
    if missing:
        found.append(counted(replies, "suggestion.gaps", missing))
    found.append(_facts(verdict, playbook))
    if verdict.suggestion_source == "rule":
        found.append(replies.say("suggestion.by_rules"))
    return found


def _facts(verdict: Verdict, playbook: Playbook) -> str:
    replies = playbook.replies
    if not verdict.approved_facts:
        return replies.say("suggestion.no_facts")
    sources = []
    for message_id in dict.fromkeys(name for name, _ in verdict.approved_facts):
        message = playbook.message(message_id)
        used = {fact for name, fact in verdict.approved_facts if name == message_id}
        points = message.proof_points if message else ()
        # Several facts of one message are named once, with the day on which the first of them ends.
        ends = min((point.expires for point in points if point.fact in used and point.expires), default=None)
        name = clip(message_id, _NAME_LIMIT)
        until = replies.say("suggestion.until", name=name, date=day(ends, replies)) if ends else ""
        sources.append(until or replies.say("suggestion.from", name=name))
    what = ", ".join(sources)
    return counted(replies, "suggestion.facts", len(verdict.approved_facts), what=what)


def _shown_text(view: DraftView) -> int:
    """Characters of the text to post that the card shows already."""
    text = view.revision.text or ""
    shown = (
        view.revision.number > 1
        and view.revision.origin in {"suggestion", "form", "reply"}
        and len(text) <= WHOLE_LIMIT
    )
    return len(text) if shown else 0

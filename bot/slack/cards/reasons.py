"""The sentence that stands first on a card: why this outcome (product F11 to F18). A model may have written it."""

from __future__ import annotations

from datetime import datetime

from bot.model import COMMS, DraftView, Outcome, Post, Severity, State, Verdict
from bot.playbook import Playbook
from bot.slack.cards.when import counted, day, joined, moment
from bot.slack.cards.words import (
    clause,
    is_cadence,
    is_forgotten,
    outcome_headline,
    platform_name,
    points_of,
    shows_outcome,
    team,
)
from bot.slack.rich import clip

REASON_LIMIT = 400
"""Characters of a sentence that a model wrote."""


def reasons(view: DraftView, playbook: Playbook, *, now: datetime, timezone: str) -> list[str]:
    """One line or a few."""
    say = playbook.replies.say
    state, verdict = view.draft.state, view.verdict
    if state is State.FORGOTTEN:
        return [say("card.forgotten.reason")]
    if state is State.POSTED and view.posts:
        told = [recorded(view.posts, playbook, now=now, timezone=timezone)]
    elif state is State.DROPPED:
        told = [say("card.dropped.reason")]
    elif state in {State.POSTED, State.LAPSED}:
        told = [say("card.closed.reason")]
    elif state is State.ASKED:
        told = [say("card.asked.one_off")]
    elif state is State.OVERRIDDEN:
        told = [*_worse(view, playbook, now, timezone), say("card.overridden.reason")]
    elif state is State.KEPT:
        told = [say("card.kept.reason")]
    elif verdict is None:
        told = [say("card.working.reason")]
    elif not shows_outcome(verdict):
        told = _begun(view, verdict, playbook)
    else:
        told = _outcome(verdict, playbook, set_aside=any(one.state in _SET_ASIDE for one in view.carried))
    if is_forgotten(view) and view.draft.forgotten_on is not None:
        told.append(say("card.text_deleted", date=day(view.draft.forgotten_on, playbook.replies, timezone)))
    return told


def recorded(posts: tuple[Post, ...], playbook: Playbook, *, now: datetime, timezone: str) -> str:
    """`Recorded: posted on LinkedIn, 14:02, as in revision 2.`"""
    replies = playbook.replies
    newest = max(posts, key=lambda post: post.posted_at)
    return replies.say(
        "posted.recorded",
        platforms=joined([platform_name(post.platform, playbook) for post in posts], replies),
        time=moment(newest.posted_at, replies, now=now, timezone=timezone),
        how=how_posted(newest, playbook),
    )


def how_posted(post: Post, playbook: Playbook) -> str:
    """How the posted text compares with what was advised: `as suggested`."""
    replies = playbook.replies
    if post.compared == "as_revision" and post.revision is not None and post.revision > 1:
        return replies.say("posted.as_revision", n=post.revision)
    return replies.say(_COMPARED[post.compared])


_SET_ASIDE = frozenset({"dismissed", "withdrawn"})

_COMPARED = {
    "as_revision": "posted.as_checked",
    "as_suggested": "posted.as_suggested",
    "with_changes": "posted.with_changes",
    "not_given": "posted.not_given",
}


def _worse(view: DraftView, playbook: Playbook, now: datetime, timezone: str) -> list[str]:
    """What stands against the text now and did not when the leader went ahead: told first."""
    verdict, decided = view.verdict, view.decided
    if verdict is None or decided is None or not decided.outcome:
        return []
    if verdict.outcome.rank >= Outcome(decided.outcome).rank:
        return []
    header = outcome_headline(verdict, playbook, now=now, timezone=timezone)
    return [playbook.replies.say("card.overridden.worse", header=header)]


def _begun(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[str]:
    if view.slow:
        return [playbook.replies.say("card.slow.reason")]
    found = len(points_of(verdict))
    if found:
        return [counted(playbook.replies, "card.checking.points", found)]
    return [playbook.replies.say("card.checking.reason")]


def _outcome(verdict: Verdict, playbook: Playbook, *, set_aside: bool) -> list[str]:
    say = playbook.replies.say
    if verdict.outcome is Outcome.READY and not verdict.complete:
        return _half(verdict, playbook)
    if verdict.outcome is Outcome.READY and not verdict.reason and set_aside:
        return [say("card.ready.else")]
    told = [_why(verdict, playbook)]
    if not verdict.complete and not verdict.pending:
        told.append(say("card.half.also", clause=clause(verdict.critique, playbook.replies)))
    return told


def _why(verdict: Verdict, playbook: Playbook) -> str:
    replies = playbook.replies
    route = playbook.route(verdict.route)
    given = clip(verdict.reason, REASON_LIMIT)
    match verdict.outcome:
        case Outcome.HOLD:
            return _hold(verdict, playbook)
        case Outcome.REDIRECT:
            return (route.reason if route else "") or given or replies.say("card.redirect.reason")
        case Outcome.WAIT:
            cadence = next((finding.message for finding in verdict.findings if is_cadence(finding)), "")
            return cadence or given or replies.say("card.wait.reason")
        case Outcome.EDIT if verdict.nothing_to_say:
            return replies.say("card.nothing.reason")
        case Outcome.EDIT:
            edits = sum(finding.severity is Severity.WARN for finding in points_of(verdict))
            return given or counted(replies, "card.edit.reason", max(edits, 1))
        case Outcome.READY:
            return given or replies.say("card.ready.reason")


def _hold(verdict: Verdict, playbook: Playbook) -> str:
    """A hold is told in the words of the team that owns it, which no review softens."""
    replies = playbook.replies
    if verdict.pause_minutes:
        return clip(verdict.reason, REASON_LIMIT) or counted(replies, "card.hold.pause.reason", verdict.pause_minutes)
    if _is_silent(verdict, playbook):
        return replies.say("card.hold.silent")
    route = playbook.route(verdict.route)
    written = route.hold_reason if route else ""
    return written or replies.say("card.hold.reason", team=team(verdict.route or COMMS, playbook))


def _half(verdict: Verdict, playbook: Playbook) -> list[str]:
    say = playbook.replies.say
    return [
        say("card.half.reason", clause=clause(verdict.critique, playbook.replies)),
        say("card.half.checked"),
        say("card.half.not_checked"),
        say("card.half.ask"),
    ]


def _is_silent(verdict: Verdict, playbook: Playbook) -> bool:
    """Whether a window that may not be named holds this draft: its findings say nothing of where they come from."""
    kinds = {rule.name: rule.kind for rule in playbook.rules}
    holds = (finding for finding in verdict.findings if finding.severity is Severity.HOLD)
    return any(kinds.get(finding.rule or "") == "window" and not finding.evidence for finding in holds)

"""The words for outcomes, states, severities, teams and reasons. What is chosen by a value stands in these tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import CritiqueStatus, DraftView, Finding, Outcome, Severity, State, Verdict
from bot.playbook import Playbook, Replies
from bot.slack.cards.when import clock, counted, day, full_moment, joined, moment, weekday

SEVERITY = {
    Severity.HOLD: "severity.hold",
    Severity.REDIRECT: "severity.redirect",
    Severity.WARN: "severity.warn",
    Severity.INFO: "severity.info",
}

_REASON = {
    "not_configured": "ai.not_set_up",
    "timeout": "ai.slow",
    "refusal": "ai.declined",
    "content_filter": "ai.declined",
    "cut_off": "ai.not_usable",
    "malformed": "ai.not_usable",
    "ungrounded": "ai.not_usable",
    "canary": "ai.not_usable",
    "too_long": "ai.too_long",
    "limit_reached": "ai.limit_reached",
    "rules_only": "ai.not_asked_for",
}
_CLAUSE = {
    "ai.not_set_up": "ai.clause.not_set_up",
    "ai.slow": "ai.clause.slow",
    "ai.declined": "ai.clause.declined",
    "ai.not_usable": "ai.clause.not_usable",
    "ai.too_long": "ai.clause.too_long",
    "ai.limit_reached": "ai.clause.limit_reached",
    "ai.not_asked_for": "ai.clause.not_asked_for",
    "ai.not_available": "ai.clause.not_available",
}
NEVER_PASSES = frozenset({"not_configured", "too_long", "rules_only"})
"""Reasons that trying again does not cure."""


def reason_key(status: CritiqueStatus) -> str:
    """Why there is no AI review: `circuit_open`, `rate_limited`, `connection` and `http_…` are `not available`."""
    return _REASON.get(status, "ai.not_available")


def clause(status: CritiqueStatus, replies: Replies) -> str:
    """The same as the end of a sentence: `is not set up`."""
    return replies.say(_CLAUSE[reason_key(status)])


def name_of(user: str, names: Mapping[str, str], replies: Replies) -> str:
    """A person's display name."""
    return names.get(user) or replies.say("person.unknown")


def short_team(route: str | None, playbook: Playbook) -> str:
    """A team as in headlines and buttons: `care`."""
    found = playbook.route(route)
    return found.short if found else playbook.replies.say("team.comms")


def team(route: str | None, playbook: Playbook) -> str:
    """A team's full name: `customer care`."""
    found = playbook.route(route)
    return found.name if found else playbook.replies.say("team.comms")


def platform_name(platform: str, playbook: Playbook) -> str:
    """A network's name; its id where the playbook no longer has it."""
    found = playbook.platform(platform)
    return found.name if found else platform


def platform_names(view: DraftView, playbook: Playbook) -> str:
    """The networks of a draft, where they are known; else empty."""
    known = view.draft.platforms if view.draft.platform_known else ()
    return joined([platform_name(platform, playbook) for platform in known], playbook.replies)


def is_forgotten(view: DraftView) -> bool:
    """Whether the text is gone."""
    return view.draft.state is State.FORGOTTEN or view.draft.forgotten_on is not None or view.revision.text is None


def is_cadence(finding: Finding) -> bool:
    """Whether a finding is about the time to post: told in reason and facts line, not as a point (product F15)."""
    return finding.outcome is Outcome.WAIT


def points_of(verdict: Verdict) -> tuple[Finding, ...]:
    """Open points as a card counts them, worst first, then by place in the text."""
    points = (finding for finding in verdict.findings if not is_cadence(finding))
    return tuple(sorted(points, key=lambda finding: (finding.severity.rank, finding.start)))


def shows_outcome(verdict: Verdict) -> bool:
    """Whether the outcome may stand in the headline: the review is done, or it can only get worse from here."""
    return (
        not verdict.pending
        or verdict.outcome is Outcome.HOLD
        or (verdict.outcome is Outcome.REDIRECT and not verdict.grey)
    )


def headline(view: DraftView, playbook: Playbook, *, now: datetime, timezone: str) -> str:
    """The headline of a draft's card, without a full stop: `card.*.header` (product F11 to F18 and section 12.1)."""
    say = playbook.replies.say
    draft, verdict = view.draft, view.verdict
    if draft.state is State.FORGOTTEN:
        when = draft.forgotten_on
        return (
            say("card.forgotten.header", date=day(when, playbook.replies, timezone))
            if when
            else say("card.forgotten.undated")
        )
    if draft.state is State.POSTED and view.posts:
        where = joined([platform_name(post.platform, playbook) for post in view.posts], playbook.replies)
        last = max(post.posted_at for post in view.posts)
        return say("card.posted.header", platform=where, time=full_moment(last, playbook.replies, timezone))
    if draft.state is State.KEPT and view.kept is not None:
        return say("card.kept.header", time=moment(view.kept.until, playbook.replies, now=now, timezone=timezone))
    if draft.state in _STATE:
        return say(_STATE[draft.state])
    if verdict is None or not shows_outcome(verdict):
        return say("card.slow.header" if view.slow and verdict is not None else "card.checking.header")
    return outcome_headline(verdict, playbook, now=now, timezone=timezone)


_STATE = {
    State.POSTED: "card.posted.plain",
    State.DROPPED: "card.dropped.header",
    State.LAPSED: "card.lapsed.header",
    State.OVERRIDDEN: "card.overridden.header",
    State.ASKED: "card.asked.header",
    State.KEPT: "card.kept.undated",
}


def outcome_headline(verdict: Verdict, playbook: Playbook, *, now: datetime, timezone: str) -> str:
    """The outcome in words. Only a complete review may say `Ready to post`."""
    replies = playbook.replies
    match verdict.outcome:
        case Outcome.HOLD if verdict.pause_minutes:
            return counted(replies, "card.hold.pause.header", verdict.pause_minutes)
        case Outcome.HOLD:
            return replies.say("card.hold.header", team=short_team(verdict.route, playbook))
        case Outcome.REDIRECT:
            team_name = short_team(verdict.route, playbook)
            return replies.say("card.redirect.grey.header" if verdict.grey else "card.redirect.header", team=team_name)
        case Outcome.WAIT:
            return _wait(verdict.wait_until, replies, now, timezone)
        case Outcome.EDIT:
            return replies.say("card.nothing.header" if verdict.nothing_to_say else "card.edit.header")
        case Outcome.READY:
            return replies.say("card.ready.header" if verdict.complete else "card.half.header")


def _wait(until: datetime | None, replies: Replies, now: datetime, timezone: str) -> str:
    if until is None:
        return replies.say("card.wait.undated")
    zone = ZoneInfo(timezone)
    local, today = until.astimezone(zone).date(), now.astimezone(zone).date()
    if local == today:
        return replies.say("card.wait.today", time=clock(until, timezone))
    near = local - today < timedelta(days=7)
    return replies.say(
        "card.wait.header", day=weekday(until, replies, timezone) if near else day(until, replies, timezone)
    )

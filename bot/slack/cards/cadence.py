"""`/cadence`: how often a leader posts, in words and numbers; never a score, a rank or a streak (product F38)."""

from __future__ import annotations

from datetime import datetime

from bot.cadence import Summary
from bot.playbook import Playbook, Replies
from bot.slack.cards.facts import SEPARATOR
from bot.slack.cards.when import counted, day, moment
from bot.slack.cards.words import platform_name
from bot.slack.rich import Card, bullets, escape, line, note, rich_text, words

STATE = {
    "in_rhythm": "cadence.in_rhythm",
    "busy": "cadence.busy",
    "quiet": "cadence.quiet",
    "quiet_window": "cadence.quiet_window",
    "too_few": "cadence.too_few",
}


def draw_cadence(
    summary: Summary,
    playbook: Playbook,
    *,
    now: datetime,
    timezone: str,
    name: str = "",
    next_time: datetime | None = None,
    unknown: int = 0,
) -> Card:
    """One leader's cadence. `name` is given when somebody else asks. `next_time` is None where any day will do.

    `unknown` counts reviewed drafts that nobody has marked as posted or dropped.
    """
    replies = playbook.replies
    span = {"weeks": len(summary.per_week), "date": day(now, replies, timezone)}
    title = replies.say("cadence.title_of", name=name, **span) if name else replies.say("cadence.title", **span)
    if summary.last is None:
        return Card(escape(title), [note(title), rich_text(line(words(replies.say("cadence.empty"))))])
    soon = moment(next_time, replies, now=now, timezone=timezone) if next_time else replies.say("cadence.any_day")
    rows = [
        " ".join(
            [
                replies.say("cadence.sentence", text=replies.say(STATE[summary.state])),
                _rhythm(summary, replies),
                replies.say(
                    "cadence.last", platform=platform_name(summary.last.platform, playbook), ago=_ago(summary, replies)
                ),
                replies.say("cadence.next", time=soon),
            ]
        ),
        SEPARATOR.join([*_platforms(summary, playbook), _limit(summary, replies)]),
        replies.say("cadence.per_week", counts=" ".join(str(count) for count in summary.per_week)),
    ]
    if unknown:
        rows.append(counted(replies, "cadence.unknown", unknown))
    return Card(escape(title), [note(title), rich_text(bullets(line(words(row)) for row in rows))])


def _rhythm(summary: Summary, replies: Replies) -> str:
    posts = counted(replies, "cadence.posts", summary.messages)
    if summary.median_gap_days is None:
        return replies.say("cadence.sentence", text=posts)
    gap = counted(replies, "time.span.days", max(1, round(summary.median_gap_days)))
    return replies.say("cadence.rhythm", posts=posts, gap=gap)


def _ago(summary: Summary, replies: Replies) -> str:
    if not summary.days_since_last:
        return replies.say("cadence.today")
    return replies.say("cadence.ago", span=counted(replies, "time.span.days", summary.days_since_last))


def _platforms(summary: Summary, playbook: Playbook) -> list[str]:
    return [
        playbook.replies.say("cadence.platform", platform=platform_name(platform, playbook), n=count)
        for platform, count in summary.per_platform
    ]


def _limit(summary: Summary, replies: Replies) -> str:
    return replies.say("cadence.most", n=summary.most_in_a_week, limit=summary.weekly_limit)

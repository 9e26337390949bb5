"""Posts to cadence: gaps, weeks, and the next good time. Pure; every moment comes as an argument.

Only confirmed posts are counted. Spacing is about networks, clutter about messages: one text within 24 hours on several
networks is one message. Weeks are ISO weeks, days are calendar days, both in the leader's time zone. An empty week
is fine: nothing here is a streak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

from bot.model import Post
from bot.playbook.values import Platform

GOOD_HOUR = time(8, 30)
"""When a day's good time is, in the leader's time zone."""

SAME_MESSAGE = timedelta(hours=24)
"""Within this, one text on several networks is one message."""

FEWEST_POSTS = 3
"""Below this many messages a rhythm can't be told."""

DAYS_AHEAD = 35
"""How far ahead a good time is looked for."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Least gap in hours, most in a day and in an ISO week, and the days after which a leader counts as quiet."""

    gap_hours: float
    per_day: int
    per_week: int
    quiet_days: int


ALL_NETWORKS = Pace(gap_hours=20, per_day=1, per_week=3, quiet_days=30)
"""The pace of distinct messages over all networks. Its limits count where more than one network is in use."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it went out: when first, and on which networks."""

    at: datetime
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that one more post would break. `number` would be that post's number within the `span`.

    `platform` is None for the limit over all networks.
    """

    platform: str | None
    span: Literal["day", "week"]
    number: int
    limit: int


State = Literal["in_rhythm", "busy", "quiet", "quiet_window", "too_few"]


@dataclass(frozen=True, slots=True)
class Summary:
    """A leader's cadence over some weeks. Gaps are days between messages; `per_week` is oldest first.

    `weeks_in_rhythm` counts weeks within the weekly limit in which the gap never went past quiet.
    """

    state: State
    messages: int
    per_week: tuple[int, ...]
    per_platform: tuple[tuple[str, int], ...]
    most_in_a_week: int
    weekly_limit: int
    last: Post | None
    days_since_last: int | None
    median_gap_days: float | None
    longest_gap_days: float | None
    weeks_in_rhythm: int


def pace_of(platform: Platform) -> Pace:
    """The pace that a platform's file asks for."""
    return Pace(platform.gap_hours, platform.per_day, platform.per_week, platform.quiet_days)


def last_post(posts: Iterable[Post], platform: str | None = None) -> Post | None:
    """The newest post, on one platform or on any."""
    fitting = [post for post in posts if platform in (None, post.platform)]
    return max(fitting, key=lambda post: post.posted_at, default=None)


def distinct_messages(posts: Iterable[Post]) -> tuple[Message, ...]:
    """The posts as messages, oldest first. Posts of one draft or one text within 24 hours are one message."""
    groups: list[list[Post]] = []
    newest: dict[str, list[Post]] = {}
    for post in sorted(posts, key=lambda one: one.posted_at):
        keys = [key for key in (post.draft_id, post.text_hash) if key]
        group = next((newest[key] for key in keys if key in newest), None)
        if group is None or post.posted_at - group[0].posted_at > SAME_MESSAGE:
            group = []
            groups.append(group)
        group.append(post)
        newest.update(dict.fromkeys(keys, group))
    return tuple(Message(group[0].posted_at, tuple(dict.fromkeys(post.platform for post in group))) for group in groups)


def is_cross_post(posts: Iterable[Post], text_hash: str, platforms: Sequence[str], now: datetime) -> bool:
    """Whether the same text went out within 24 hours on another network only: that is one message, not two."""
    same = [post for post in posts if post.text_hash == text_hash and now - post.posted_at <= SAME_MESSAGE]
    return bool(same) and not any(post.platform in platforms for post in same)


def too_soon(posts: Iterable[Post], platform: str, pace: Pace, now: datetime) -> Post | None:
    """The post on that platform that is less than the least gap ago, if there is one."""
    last = last_post(posts, platform)
    if last is None or now - last.posted_at >= timedelta(hours=pace.gap_hours):
        return None
    return last


def too_many(posts: Sequence[Post], platform: str, pace: Pace, now: datetime, zone: str) -> Limit | None:
    """The first limit that a post on that platform at `now` would break: its own first, then that of all networks."""
    there = [post.posted_at for post in posts if post.platform == platform]
    own = _broken(there, pace, now, zone, platform)
    if own is not None:
        return own
    messages = distinct_messages(posts)
    if not any(set(message.platforms) - {platform} for message in messages if _same_week(message.at, now, zone)):
        return None
    return _broken([message.at for message in messages], ALL_NETWORKS, now, zone, None)


def next_good_time(posts: Sequence[Post], platform: str, pace: Pace, now: datetime, zone: str) -> datetime:
    """The first 08:30 after `now`, in the leader's time zone, that keeps the gap and all limits. In UTC like `now`."""
    local = now.astimezone(ZoneInfo(zone))
    moment = now
    for ahead in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        moment = datetime.combine(day, GOOD_HOUR, tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)
        if moment <= now or too_soon(posts, platform, pace, moment) is not None:
            continue
        if too_many(posts, platform, pace, moment, zone) is None:
            return moment
    return moment


def summarise(
    posts: Sequence[Post],
    now: datetime,
    zone: str,
    weeks: int = 13,
    *,
    pace: Pace = ALL_NETWORKS,
    window_open: bool = False,
) -> Summary:
    """A leader's cadence over the last `weeks` ISO weeks, the one that runs included. `posts` may be in any order."""
    first_day = _monday(now, zone) - timedelta(weeks=weeks - 1)
    recent = [post for post in posts if _day(post.posted_at, zone) >= first_day and post.posted_at <= now]
    messages = distinct_messages(recent)
    counts = Counter((_monday(message.at, zone) - first_day).days // 7 for message in messages)
    per_week = tuple(counts[week] for week in range(weeks))
    gaps = [(later.at - one.at).total_seconds() / 86_400 for one, later in pairwise(messages)]
    last = last_post(post for post in posts if post.posted_at <= now)
    days = (now - last.posted_at).days if last else None
    return Summary(
        state=_state(len(messages), per_week, days, pace, window_open),
        messages=len(messages),
        per_week=per_week,
        per_platform=tuple(Counter(post.platform for post in recent).most_common()),
        most_in_a_week=max(per_week, default=0),
        weekly_limit=pace.per_week,
        last=last,
        days_since_last=days,
        median_gap_days=median(gaps) if gaps else None,
        longest_gap_days=max(gaps, default=None),
        weeks_in_rhythm=_weeks_in_rhythm(posts, first_day, per_week, pace, zone),
    )


def _broken(moments: Iterable[datetime], pace: Pace, now: datetime, zone: str, platform: str | None) -> Limit | None:
    """The limit of one pace that a post at `now` would break, given the moments of the earlier ones."""
    earlier = [moment for moment in moments if moment <= now]
    today = sum(_day(moment, zone) == _day(now, zone) for moment in earlier)
    this_week = sum(_same_week(moment, now, zone) for moment in earlier)
    if this_week >= pace.per_week:
        return Limit(platform, "week", this_week + 1, pace.per_week)
    if today >= pace.per_day:
        return Limit(platform, "day", today + 1, pace.per_day)
    return None


def _state(messages: int, per_week: tuple[int, ...], days: int | None, pace: Pace, window_open: bool) -> State:
    """The word for a cadence. Being quiet is told before anything else that the weeks may say."""
    if days is None or (messages < FEWEST_POSTS and days <= pace.quiet_days):
        return "too_few"
    if days > pace.quiet_days:
        return "quiet_window" if window_open else "quiet"
    return "busy" if any(count > pace.per_week for count in per_week[-4:]) else "in_rhythm"


def _weeks_in_rhythm(posts: Sequence[Post], first_day: date, per_week: tuple[int, ...], pace: Pace, zone: str) -> int:
    days = sorted(_day(post.posted_at, zone) for post in posts)
    kept = 0
    for week, count in enumerate(per_week):
        sunday = first_day + timedelta(weeks=week, days=6)
        last = max((day for day in days if day <= sunday), default=None)
        kept += count <= pace.per_week and last is not None and (sunday - last).days <= pace.quiet_days
    return kept


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _monday(moment: datetime, zone: str) -> date:
    day = _day(moment, zone)
    return day - timedelta(days=day.weekday())


def _same_week(one: datetime, other: datetime, zone: str) -> bool:
    return _monday(one, zone) == _monday(other, zone)

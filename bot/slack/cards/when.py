"""Times and numbers as people read them: in the reader's time zone, with the words of replies.toml."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playbook import Replies

WEEK = timedelta(days=7)


def number(value: int) -> str:
    """`3,000`."""
    return f"{value:,}"


def counted(replies: Replies, key: str, n: int, **values: object) -> str:
    """The text at `<key>.one` for exactly one, else at `<key>.many`; `{n}` is the number."""
    if n == 1:
        return replies.say(f"{key}.one", **values)
    return replies.say(f"{key}.many", n=number(n), **values)


def clock(when: datetime, timezone: str) -> str:
    """`14:02`."""
    return f"{when.astimezone(ZoneInfo(timezone)):%H:%M}"


def day(when: datetime | date, replies: Replies, timezone: str = "UTC") -> str:
    """`12 Feb`."""
    local = when.astimezone(ZoneInfo(timezone)) if isinstance(when, datetime) else when
    return replies.say("time.day", day=local.day, month=replies.words("time.months")[local.month - 1])


def weekday(when: datetime, replies: Replies, timezone: str) -> str:
    """`Thursday`."""
    return replies.words("time.weekdays")[when.astimezone(ZoneInfo(timezone)).weekday()]


def moment(when: datetime, replies: Replies, *, now: datetime, timezone: str) -> str:
    """`14:02` today, `Thu 14:02` within a week either way, else `12 Feb 14:02`."""
    zone = ZoneInfo(timezone)
    local, today = when.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return clock(when, timezone)
    if abs(local.date() - today.date()) < WEEK:
        short = replies.words("time.days")[local.weekday()]
        return replies.say("time.moment", day=short, time=clock(when, timezone))
    return replies.say("time.moment", day=day(when, replies, timezone), time=clock(when, timezone))


def full_moment(when: datetime, replies: Replies, timezone: str) -> str:
    """`Thu 14:02`, also today: for headlines that stay."""
    short = replies.words("time.days")[when.astimezone(ZoneInfo(timezone)).weekday()]
    return replies.say("time.moment", day=short, time=clock(when, timezone))


def ago(when: datetime, replies: Replies, now: datetime) -> str:
    """`9 days`, `5 hours`, `12 minutes`: how long ago, rounded down."""
    passed = now - when
    if passed >= timedelta(days=1):
        return counted(replies, "time.span.days", passed.days)
    if passed >= timedelta(hours=1):
        return counted(replies, "time.span.hours", int(passed.total_seconds() // 3600))
    return counted(replies, "time.span.minutes", max(0, int(passed.total_seconds() // 60)))


def joined(parts: list[str], replies: Replies) -> str:
    """`LinkedIn`, `LinkedIn and X`, `LinkedIn, X and Threads`."""
    if len(parts) < 2:
        return "".join(parts)
    return replies.say("list.and", first=", ".join(parts[:-1]), last=parts[-1])

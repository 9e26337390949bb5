"""Kind `timing`: whether now is a good time for another post, by the leader's confirmed posts and each network's pace.

What it finds belongs to no place in the text, so its hits stand at its beginning and quote nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.cadence import is_cross_post, next_good_time, pace_of, too_many, too_soon
from bot.model import Outcome, Post, text_hash
from bot.playbook import Playbook
from bot.playbook.values import Platform, RuleSpec, Shape
from bot.rules.kind import Check, Context, Hit, Reading

INSTEAD = "The gaps and limits stand in the networks' files in prompts/platforms."

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Params(Shape):
    """Keys of the kind `timing`: it looks at the `gap` since the last post, or at the `limits` of day and week."""

    looks_at: Literal["gap", "limits"]


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Values for the message: {platform} {ago} {gap} {number} {limit} {span} {day}."""
    platforms = {platform.id: platform for platform in playbook.platforms}
    look = _gap if params.looks_at == "gap" else _limits

    def check(reading: Reading) -> Iterator[Hit]:
        context = reading.context
        if not context.posts:
            return
        meant = [platforms[name] for name in context.platforms if name in platforms]
        hash_now = text_hash(reading.text)
        if not meant or is_cross_post(context.posts, hash_now, context.platforms, context.now):
            return
        hits = [look(platform, context) for platform in meant]
        found = [hit for hit in hits if hit is not None]
        # Where the network isn't known, one that has room takes the draft.
        if found and (context.platform_known or len(found) == len(hits)):
            yield max(found, key=lambda hit: hit.until or context.now)

    return check


def _gap(platform: Platform, context: Context) -> Hit | None:
    pace = pace_of(platform)
    last = too_soon(context.posts, platform.id, pace, context.now)
    if last is None:
        return None
    values = (("ago", _ago(context.now - last.posted_at)), ("gap", f"{platform.gap_hours} hours"))
    return _wait(platform, context, context.posts, values)


def _limits(platform: Platform, context: Context) -> Hit | None:
    limit = too_many(context.posts, platform.id, pace_of(platform), context.now, context.timezone)
    if limit is None:
        return None
    number = _ORDINALS[limit.number] if limit.number < len(_ORDINALS) else f"{limit.number}th"
    span = "today" if limit.span == "day" else "this week"
    where = platform.name if limit.platform else "all networks"
    values = (("number", number), ("limit", str(limit.limit)), ("span", span), ("where", where))
    return _wait(platform, context, context.posts, values)


def _wait(platform: Platform, context: Context, posts: Sequence[Post], values: tuple[tuple[str, str], ...]) -> Hit:
    until = next_good_time(posts, platform.id, pace_of(platform), context.now, context.timezone)
    day = _day_name(until, context.now, context.timezone)
    return Hit(0, 0, outcome=Outcome.WAIT, until=until, values=(("platform", platform.name), ("day", day), *values))


def _ago(passed: timedelta) -> str:
    hours = int(passed.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour ago"
    return "an hour ago" if hours == 1 else f"{hours} hours ago"


def _day_name(moment: datetime, now: datetime, zone: str) -> str:
    """The day as people say it: tomorrow, on a weekday within a week, else on a date."""
    day, today = moment.astimezone(ZoneInfo(zone)).date(), now.astimezone(ZoneInfo(zone)).date()
    ahead = (day - today).days
    if ahead <= 1:
        return "tomorrow" if ahead == 1 else "today"
    return f"on {_DAYS[day.weekday()]}" if ahead < 7 else f"on {day.day} {_MONTHS[day.month - 1]}"

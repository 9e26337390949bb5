"""When a kept draft may come back: the times that are offered (product F27)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cadence import GOOD_HOUR, next_good_time, pace_of
from bot.model import DraftView
from bot.slack.desk import POSTS_KNOWN, Desk

AFTER_WINDOW = timedelta(minutes=30)


async def offered_times(desk: Desk, view: DraftView) -> list[tuple[str, datetime]]:
    """Keys of sentences and times still to come, each time once: the next good time, tomorrow, after an open window."""
    now, zone = desk.now(), await desk.drawing.timezone_of(view.draft.leader)
    found = [
        ("form.keep.good_time", await _good_time(desk, view, now, zone)),
        ("form.keep.tomorrow", _tomorrow(now, zone)),
    ]
    windows = desk.playbook.open_windows(now, view.draft.leader, view.draft.platforms)
    ends = [window.ends for window in windows if window.ends is not None and not window.silent]
    if ends:
        found.append(("form.keep.after_window", max(ends) + AFTER_WINDOW))
    offered: dict[datetime, str] = {}
    for key, when in found:
        if when > now:
            offered.setdefault(when.replace(second=0, microsecond=0), key)
    return [(key, when) for when, key in offered.items()]


async def _good_time(desk: Desk, view: DraftView, now: datetime, zone: str) -> datetime:
    posts = await desk.store.posts_of(view.draft.leader, now - POSTS_KNOWN)
    platform = next((found for name in view.draft.platforms if (found := desk.playbook.platform(name))), None)
    return next_good_time(posts, platform.id, pace_of(platform), now, zone) if platform else _tomorrow(now, zone)


def _tomorrow(now: datetime, zone: str) -> datetime:
    local = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    hour: time = GOOD_HOUR
    return datetime.combine(local, hour, tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.cadence import (
    ALL_NETWORKS,
    Limit,
    Pace,
    distinct_messages,
    is_cross_post,
    last_post,
    next_good_time,
    pace_of,
    summarise,
    too_many,
    too_soon,
)
from bot.model import Outcome, Post, text_hash
from tests.own_rules import NOW, check, platform, post, rule, rule_set

LINKEDIN = Pace(gap_hours=24, per_day=1, per_week=2, quiet_days=30)
X = Pace(gap_hours=6, per_day=2, per_week=5, quiet_days=21)
SOON = {"kind": "timing", "looks_at": "gap", "outcome": "wait"}
MANY = {"kind": "timing", "looks_at": "limits", "outcome": "wait"}


def days(*ago: float) -> list[Post]:
    return [post("linkedin", 24 * one) for one in ago]


def test_the_pace_is_the_platforms() -> None:
    assert LINKEDIN == pace_of(platform("linkedin"))


def test_the_last_post_is_the_newest_one_there() -> None:
    posts = [post("x", 3), post("linkedin", 9), post("linkedin", 40)]
    assert (posts[0], posts[1], None) == (last_post(posts), last_post(posts, "linkedin"), last_post([], "x"))


def test_one_text_on_two_networks_is_one_message() -> None:
    posts = [
        post("x", 3, draft="d1"),
        post("linkedin", 5, draft="d1"),
        post("x", 50, text_hash="h"),
        post("threads", 60, text_hash="h"),
    ]
    assert [("threads", "x"), ("linkedin", "x")] == [message.platforms for message in distinct_messages(posts)]


def test_the_same_text_a_day_later_is_a_second_message() -> None:
    assert 2 == len(distinct_messages([post("x", 3, text_hash="h"), post("linkedin", 28, text_hash="h")]))


@pytest.mark.parametrize(("network", "hours", "expected"), [("x", 3, True), ("linkedin", 3, False), ("x", 25, False)])
def test_a_cross_post_is_the_same_text_elsewhere_within_a_day(network: str, hours: float, expected: bool) -> None:
    assert expected is is_cross_post([post(network, hours, text_hash="h")], "h", ["linkedin"], NOW)


@pytest.mark.parametrize(("hours", "soon"), [(23.9, True), (24, False), (100, False)])
def test_a_post_is_too_soon_within_the_gap(hours: float, soon: bool) -> None:
    assert soon is (too_soon([post("linkedin", hours)], "linkedin", LINKEDIN, NOW) is not None)


def test_spacing_looks_at_one_network_only() -> None:
    assert too_soon([post("x", 1)], "linkedin", LINKEDIN, NOW) is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([30], None),
        ([30, 50], Limit("linkedin", "week", 3, 2)),
        ([5], Limit("linkedin", "day", 2, 1)),
        ([30, 24 * 3], None),
    ],
)
def test_limits_count_the_day_and_the_iso_week(hours: list[float], expected: Limit | None) -> None:
    assert expected == too_many([post("linkedin", one) for one in hours], "linkedin", LINKEDIN, NOW, "UTC")


def test_the_limit_of_all_networks_counts_once_more_than_one_is_in_use() -> None:
    on_x = [post("x", 30), post("x", 40), post("x", 56)]
    assert too_many(on_x, "x", X, NOW, "UTC") is None
    mixed = [*on_x[:2], post("linkedin", 56)]
    assert Limit(None, "week", 4, 3) == too_many(mixed, "x", X, NOW, "UTC")


def test_days_and_weeks_are_the_leaders_own() -> None:
    now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    earlier = [Post("p", "U1", "linkedin", now - timedelta(hours=hours), None, 1, "U1") for hours in (25, 50)]
    assert too_many(earlier, "linkedin", LINKEDIN, now, "UTC") is None
    assert Limit("linkedin", "week", 3, 2) == too_many(earlier, "linkedin", LINKEDIN, now, "America/New_York")


@pytest.mark.parametrize(
    ("posts", "zone", "expected"),
    [
        ([], "UTC", datetime(2026, 11, 26, 8, 30, tzinfo=UTC)),
        ([post("linkedin", 1)], "UTC", datetime(2026, 11, 27, 8, 30, tzinfo=UTC)),
        ([post("linkedin", 5)], "America/New_York", datetime(2026, 11, 26, 13, 30, tzinfo=UTC)),
        ([post("linkedin", 30), post("linkedin", 50)], "UTC", datetime(2026, 11, 30, 8, 30, tzinfo=UTC)),
        ([], "Europe/Paris", datetime(2026, 11, 26, 7, 30, tzinfo=UTC)),
    ],
)
def test_the_next_good_time_keeps_gap_and_limits(posts: list[Post], zone: str, expected: datetime) -> None:
    assert expected == next_good_time(posts, "linkedin", LINKEDIN, NOW, zone)


def test_a_good_time_holds_when_it_comes() -> None:
    posts = [post("linkedin", 3), post("x", 30), post("linkedin", 54)]
    then = next_good_time(posts, "linkedin", LINKEDIN, NOW, "Asia/Tokyo")
    assert too_soon(posts, "linkedin", LINKEDIN, then) is None
    assert too_many(posts, "linkedin", LINKEDIN, then, "Asia/Tokyo") is None


def test_a_summary_counts_messages_per_week_oldest_first() -> None:
    summary = summarise([*days(1, 8, 9, 22), post("x", 24, draft=None)], NOW, "UTC", weeks=4)
    assert ((1, 0, 2, 2), 5, 2, 3) == (summary.per_week, summary.messages, summary.most_in_a_week, summary.weekly_limit)
    assert (("linkedin", 4), ("x", 1)) == summary.per_platform


def test_a_summary_tells_gaps_in_days() -> None:
    summary = summarise(days(2, 5, 12), NOW, "UTC")
    assert (2, 5.0, 7.0) == (summary.days_since_last, summary.median_gap_days, summary.longest_gap_days)


@pytest.mark.parametrize(
    ("ago", "window_open", "state"),
    [
        ([], False, "too_few"),
        ([3, 10], False, "too_few"),
        ([3, 10, 24], False, "in_rhythm"),
        ([1, 1.5, 2, 0.5], False, "busy"),
        ([31, 40, 50], False, "quiet"),
        ([31, 40, 50], True, "quiet_window"),
        ([90], False, "quiet"),
    ],
)
def test_a_state_has_one_word(ago: list[float], window_open: bool, state: str) -> None:
    assert state == summarise(days(*ago), NOW, "UTC", window_open=window_open).state


def test_an_empty_week_does_not_break_a_rhythm_but_a_busy_one_does() -> None:
    assert 4 == summarise(days(24, 3), NOW, "UTC", weeks=4).weeks_in_rhythm
    assert 3 == summarise(days(24, 8, 8.2, 8.4, 8.6), NOW, "UTC", weeks=4).weeks_in_rhythm


def test_posts_after_now_are_not_counted() -> None:
    assert 0 == summarise([post("x", -5)], NOW, "UTC").messages


def test_too_soon_waits_and_says_when() -> None:
    made = rule_set(rule(**SOON, message="{platform}, {ago}, {day}"), platforms=(platform("linkedin"),))
    finding = check(made, "Text", platforms=("linkedin",), platform_known=True, posts=(post("linkedin", 5),)).findings[
        0
    ]
    expected = (Outcome.WAIT, "Linkedin, 5 hours ago, tomorrow", datetime(2026, 11, 26, 8, 30, tzinfo=UTC), "", 0)
    assert expected == (finding.outcome, finding.message, finding.until, finding.quote, finding.end)


def test_too_many_names_number_and_limit() -> None:
    message = "{number} on {where} {span}, limit {limit}, {day}"
    made = rule_set(rule(**MANY, message=message), platforms=(platform("linkedin"),))
    posts = (post("linkedin", 30), post("linkedin", 50))
    finding = check(made, "Text", platforms=("linkedin",), posts=posts).findings[0]
    assert "third on Linkedin this week, limit 2, on Monday" == finding.message


def test_where_the_network_is_not_known_one_with_room_takes_the_draft() -> None:
    made = rule_set(rule(**SOON), platforms=(platform("linkedin"), platform("x", gap_hours=6)))
    both, recent = ("linkedin", "x"), (post("linkedin", 5),)
    assert [0, 1] == [
        len(check(made, "Text", platforms=both, platform_known=known, posts=recent).findings) for known in (False, True)
    ]


def test_a_cross_post_is_never_told_to_wait() -> None:
    made = rule_set(rule(**MANY), platforms=(platform("linkedin"), platform("x")))
    posts = (post("x", 2, text_hash=text_hash("Text")), post("linkedin", 30), post("linkedin", 50))
    assert () == check(made, "Text", platforms=("linkedin",), platform_known=True, posts=posts).findings


def test_without_posts_nobody_waits() -> None:
    made = rule_set(rule(**SOON), platforms=(platform("linkedin"),))
    assert () == check(made, "Text", platforms=("linkedin",), platform_known=True).findings


def test_the_pace_of_all_networks_is_the_written_one() -> None:
    assert Pace(gap_hours=20, per_day=1, per_week=3, quiet_days=30) == ALL_NETWORKS

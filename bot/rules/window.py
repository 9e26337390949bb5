"""Kind `window`: what an open window holds, by the rules it names, by its topics, or everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import re2

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape, Window
from bot.rules.companions import Companions
from bot.rules.kind import Check, Hit, Reading, Span
from bot.rules.patterns import whole_word

INSTEAD = "Topics and rules of a window stand in prompts/windows.toml."


class Params(Shape):
    """Keys of the kind `window`.

    `market_rules` hold in a quiet period or trading blackout that names neither rules nor topics. `silent` and
    `silent_fix` are all that a silent window says. The message's `{until}` is made of `until`, with `{date}` in it, or of
    `until_event`, with `{event}`, where an event ends the window.
    """

    market_rules: tuple[str, ...] = ()
    silent: str
    silent_fix: str
    until: str = "until {date}"
    until_event: str = "until {event}"


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. The windows come with the reading; only the rules that they may name are made ready here."""
    known = tuple(other.name for other in playbook.rules if other.name != spec.name)
    companions = Companions(playbook, known, besides=spec.name)

    def check(reading: Reading) -> Iterator[Hit]:
        for window in reading.context.windows:
            said: set[Span] = set()
            for place in _places(window, reading, companions, params):
                if place not in said:
                    said.add(place)
                    yield _hit(window, place, reading, params)

    return check


def _places(window: Window, reading: Reading, companions: Companions, params: Params) -> Iterator[Span]:
    if window.everything:
        yield Span(0, len(reading.text))
        return
    rules = window.rules
    if not rules and not window.topics and window.kind in ("quiet-period", "trading-blackout"):
        rules = params.market_rules
    if rules:
        yield from (Span(hit.start, hit.end) for _, hit in companions.hits(reading, rules))
    for topic in window.topics:
        yield from _topic_places(topic.strip(), reading)


def _topic_places(topic: str, reading: Reading) -> Iterator[Span]:
    if not topic:
        return
    for match in re2.finditer("(?i)" + re2.escape(topic), reading.plain):
        if whole_word(reading.plain, match.start(), match.end()):
            yield reading.original(match.start(), match.end())


def _hit(window: Window, place: Span, reading: Reading, params: Params) -> Hit:
    if window.silent:
        return Hit(
            place.start,
            place.end,
            severity=Severity.HOLD,
            route=window.owner,
            message=params.silent,
            fix=params.silent_fix,
        )
    values = (
        ("window", window.name),
        ("until", _until(window, reading, params)),
        ("reason", window.reason),
        ("may_say", window.may_say),
    )
    return Hit(place.start, place.end, severity=Severity.HOLD, route=window.owner, evidence=window.name, values=values)


def _until(window: Window, reading: Reading, params: Params) -> str:
    """Until when, for a reader in the leader's time zone; an event that ends it comes before its date."""
    if window.end_event:
        return params.until_event.replace("{event}", window.end_event)
    if window.ends is None:
        return ""
    day = _local(window.ends, reading.context.timezone)
    return params.until.replace("{date}", f"{day.day} {day:%B}")


def _local(moment: datetime, timezone: str) -> datetime:
    try:
        return moment.astimezone(ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError):
        return moment.astimezone(UTC)

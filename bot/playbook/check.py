"""Cross-checks: what each file says for itself is right, and now whether the files agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import available_timezones

from bot.model import COMMS
from bot.playbook.faults import Fault, known_or_meant
from bot.playbook.locate import Path
from bot.playbook.parts import ID, LANGUAGE, Parts, braces_fault, is_owner, team_advice, unknown
from bot.playbook.playbook import called
from bot.playbook.shapes import Placed
from bot.playbook.values import Organisation, Platform

ROUTE_PLACEHOLDERS = frozenset({"team", "contact"})
ROUTE_TEXTS = ("reason", "hold_reason", "holding_line", "instead")

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PERSON = re.compile(r"[UW][A-Z0-9]{6,}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}")
_GUIDELINE = re.compile(r"G[1-9][0-9]?")
_CHANNEL_ADVICE = "Use the channel's id, which begins with C; in Slack it stands at the end of the channel's details."


def check_parts(parts: Parts) -> list[Fault]:
    """All faults between the files, in no order. Rules are checked by `rules.check_rule`, one by one."""
    checks = (_guidelines, _routes, _platforms, _messages, _windows, _organisation)
    return [fault for check in checks for fault in check(parts)]


def _guidelines(parts: Parts) -> Iterator[Fault]:
    yield from twice(parts.guidelines, "id")
    for placed in parts.guidelines:
        if not _GUIDELINE.fullmatch(placed.value.id):
            yield placed.fault("id", f"has the id “{placed.value.id}”. Use G and a number, such as G13.")
        if not placed.value.body:
            yield placed.fault((), "has no text after its head. Say what good looks like and what to avoid.")


def _routes(parts: Parts) -> Iterator[Fault]:
    yield from twice(parts.routes, "id")
    yield from twice(parts.routes, "precedence")
    for placed in parts.routes:
        route = placed.value
        if route.id == COMMS:
            yield placed.fault("id", f"has the id “{COMMS}”, which stands for the comms team itself. Use another.")
        elif not ID.fullmatch(route.id):
            yield placed.fault("id", f"has the id “{route.id}”. Use small letters and hyphens, such as customer-care.")
        if route.channel and not _CHANNEL.fullmatch(route.channel):
            yield placed.fault("channel", f"says channel “{route.channel}”. {_CHANNEL_ADVICE}")
        yield from _people(placed, "contacts", route.contacts)
        for key in ROUTE_TEXTS:
            wrong = braces_fault(getattr(route, key), ROUTE_PLACEHOLDERS)
            if wrong:
                yield placed.fault(key, f"has a fault in “{key}”: {wrong}.")


def _platforms(parts: Parts) -> Iterator[Fault]:
    yield from twice(parts.platforms, "id")
    names: dict[str, str] = {}
    for placed in parts.platforms:
        platform = placed.value
        if not ID.fullmatch(platform.id):
            yield placed.fault("id", f"has the id “{platform.id}”. Use small letters and hyphens, such as linkedin.")
        for name in sorted(called(platform)):
            other = names.setdefault(name, platform.id)
            if other != platform.id:
                yield placed.fault(
                    "aliases", f"is also called “{name}”, and so is “{other}”. Keep the name for one of them."
                )
        yield from _changes(placed, parts)


def _messages(parts: Parts) -> Iterator[Fault]:
    yield from twice(parts.messages, "id")
    for placed in parts.messages:
        message = placed.value
        if message.live_from and message.live_to and message.live_to < message.live_from:
            why = f"ends on {message.live_to}, before it begins on {message.live_from}. Correct one of them."
            yield placed.fault("live_to", why)
        for number, point in enumerate(message.proof_points):
            if point.expires and message.live_from and point.expires < message.live_from:
                place: Path = ("proof_points", number, "expires")
                why = f"has a fact that expires on {point.expires}, before the message begins. Correct one of them."
                yield placed.fault(place, why)


def _windows(parts: Parts) -> Iterator[Fault]:
    yield from twice(parts.windows, "name")
    for placed in parts.windows:
        window = placed.value
        times = [(key, getattr(window, key)) for key in ("starts", "ends") if getattr(window, key) is not None]
        naive = [key for key, time in times if time.tzinfo is None]
        for key in naive:
            yield placed.fault(
                key, f"has a time without a zone in “{key}”. Write it such as 2027-01-31T09:00:00+00:00."
            )
        if not naive and window.ends is not None and window.ends <= window.starts:
            yield placed.fault("ends", "ends before it starts. Correct “starts” or “ends”.")
        if window.ends is None and not window.end_event:
            yield placed.fault((), "has no end. Add a line that begins ends =, or end_event = with what ends it.")
        if not is_owner(window.owner, parts):
            yield placed.fault(
                "owner",
                f"names the owner “{window.owner}”, which has no file in routes/. {team_advice(window.owner, parts)}",
            )
        yield from _people(placed, "leaders", window.leaders)
        for name in unknown(window.rules, parts.rule_names):
            yield placed.fault(
                "rules", f"names the rule “{name}”, which is in no file. {known_or_meant(name, parts.rule_names or ())}"
            )
        yield from _networks(placed, "platforms", window.platforms, parts)


def _organisation(parts: Parts) -> Iterator[Fault]:
    placed = parts.organisation
    if placed is None:
        return
    yield from _networks(placed, "platforms", placed.value.platforms, parts)
    yield from _languages(placed)
    seen: set[str] = set()
    for number, leader in enumerate(placed.value.leaders):
        place: Path = ("leaders", number)
        yield from _people(placed, (*place, "id"), (leader.id,))
        yield from _people(placed, (*place, "delegates"), leader.delegates)
        yield from _networks(placed, (*place, "platforms"), leader.platforms, parts)
        if leader.timezone and leader.timezone not in available_timezones():
            yield placed.fault(
                (*place, "timezone"), f"names the time zone “{leader.timezone}”. Use a name such as Europe/London."
            )
        if leader.id.casefold() in seen:
            yield placed.fault((*place, "id"), f"names the leader “{leader.id}” twice. Keep one.")
        seen.add(leader.id.casefold())
    for number, held in enumerate(placed.value.legal_holds):
        yield from _people(placed, ("legal_holds", number, "leader"), (held.leader,))
        if held.ends is not None and held.ends < held.starts:
            yield placed.fault(
                ("legal_holds", number, "ends"), "has a legal hold that ends before it starts. Correct it."
            )
    yield from _changes(placed, parts)


def _languages(placed: Placed[Organisation]) -> Iterator[Fault]:
    languages = placed.value.languages
    if not languages:
        yield placed.fault(
            "languages", "names no language. Name one at least, such as en, or no rule about wording runs."
        )
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            yield placed.fault("languages", f"names the language “{language}”. Use two small letters, such as en.")


def twice(values: Iterable[Placed[Any]], key: str) -> Iterator[Fault]:
    """A fault for each value whose `key` another one has already."""
    first: dict[object, Placed[Any]] = {}
    for placed in values:
        name = getattr(placed.value, key)
        other = first.setdefault(name, placed)
        if other is not placed:
            where = f"{other.source.shown}, line {other.source.line((*other.place, key))}"
            yield placed.fault(key, f"has the {key} “{name}”, and so has another in {where}. Change one of them.")


def _changes(placed: Placed[Platform] | Placed[Organisation], parts: Parts) -> Iterator[Fault]:
    families = {rule.value.number[:1] for rule in parts.rules}
    for name, change in placed.value.rules.items():
        if name in families and (change.exceptions or change.words):
            key = "exceptions" if change.exceptions else "words"
            why = f"adds {key} to all rules of the family {name}. Add them to single rules, by their names."
            yield placed.fault(("rules", name, key), why)
    for name in unknown(set(placed.value.rules) - families, parts.rule_names):
        advice = known_or_meant(name, parts.rule_names or ())
        yield placed.fault(("rules", name), f"changes the rule “{name}”, which is in no file. {advice}")


def _people(placed: Placed[Any], key: str | Path, people: Iterable[str]) -> Iterator[Fault]:
    for person in people:
        if not _EMAIL.fullmatch(person) and not _PERSON.fullmatch(person):
            why = f"names “{person}”. People stand here by e-mail address or by Slack id, which begins with U."
            yield placed.fault(key, why)


def _networks(placed: Placed[Any], key: str | Path, names: Iterable[str], parts: Parts) -> Iterator[Fault]:
    for name in unknown(names, parts.platform_ids):
        yield placed.fault(
            key, f"names the network “{name}”, which has no file. {known_or_meant(name, parts.platform_ids or ())}"
        )

"""Loads prompts/: the only reader of that folder. Every fault is found in one go, with file, line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError

from bot.errors import PlaybookError
from bot.playbook.changes import ORGANISATION, file_of
from bot.playbook.check import ROUTE_TEXTS, check_parts
from bot.playbook.check_rules import check_rule
from bot.playbook.faults import Fault
from bot.playbook.files import Files, Source, collect
from bot.playbook.parts import Parts
from bot.playbook.playbook import Place, Playbook
from bot.playbook.replies import Replies
from bot.playbook.shapes import Placed, read_list, read_replies, read_rule, read_table, rule_name, tables
from bot.playbook.values import Guideline, KeyMessage, Organisation, Platform, Route, RuleSpec, Window

SHIPPED = Path(__file__).resolve().parents[2] / "prompts"
"""The folder that comes with Lectern."""


def load_playbook(overlay: Path | None = None, *, shipped: Path = SHIPPED) -> Playbook:
    """The playbook in effect. Raises `PlaybookError` with every fault that must not be ignored, one a line."""
    playbook, faults = read_playbook(overlay, shipped=shipped)
    if playbook is None:
        raise PlaybookError("\n".join(str(fault) for fault in faults if fault.fatal))
    return playbook


def read_playbook(overlay: Path | None = None, *, shipped: Path = SHIPPED) -> tuple[Playbook | None, tuple[Fault, ...]]:
    """The playbook (None where a fault is fatal) and all faults, by file and line. Never raises for what files hold.

    `overlay` is a folder whose files replace the shipped ones of the same name, or are added to them.
    """
    files = collect(shipped, overlay)
    parts, faults = Parts(), list(files.faults)
    _read_folders(files, parts, faults)
    _read_single(files, parts, faults)
    _read_rules(files, parts, faults)
    faults += check_parts(parts)
    replies = _read_replies(files, shipped, overlay, faults)
    template = _read_template(files, faults)
    ordered = tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line, fault.message)))
    if any(fault.fatal for fault in ordered) or parts.organisation is None:
        return None, ordered
    playbook = Playbook(
        guidelines=tuple(sorted((one.value for one in parts.guidelines), key=lambda one: int(one.id[1:]))),
        rules=tuple(sorted((rule.value for rule in parts.rules), key=lambda rule: rule.number)),
        routes=tuple(sorted((_filled(one.value) for one in parts.routes), key=lambda route: route.precedence)),
        platforms=tuple(one.value for one in parts.platforms),
        messages=tuple(one.value for one in parts.messages),
        windows=tuple(one.value for one in parts.windows),
        organisation=parts.organisation.value,
        replies=replies,
        critique_template=template,
        version=files.version,
        faults=ordered,
        places={
            **{rule.value.name: _locator(rule) for rule in parts.rules},
            **{file_of(one.value): _locator(one) for one in parts.platforms},
            ORGANISATION: _locator(parts.organisation),
        },
    )
    return playbook, ordered


def _read_folders(files: Files, parts: Parts, faults: list[Fault]) -> None:
    complete = {name: files.complete(name) for name in ("guidelines", "routes", "platforms")}
    for source in files.folder("guidelines"):
        if "body" in source.table:
            faults.append(source.fault(("body",), "the text of a guideline stands after its head. Take this line out."))
        guideline, wrong = read_table(Guideline, {**source.table, "body": source.body}, source, (), "the guideline")
        parts.guidelines += [guideline] if guideline else []
        complete["guidelines"] &= guideline is not None
        faults += wrong
    for source in files.folder("routes"):
        route, wrong = read_table(Route, source.table, source, (), "the team")
        parts.routes += [route] if route else []
        complete["routes"] &= route is not None
        faults += wrong
    for source in files.folder("platforms"):
        platform, wrong = read_table(Platform, source.table, source, (), "the network")
        parts.platforms += [platform] if platform else []
        complete["platforms"] &= platform is not None
        faults += wrong
    if complete["guidelines"]:
        parts.guideline_ids = tuple(placed.value.id for placed in parts.guidelines)
    if complete["routes"]:
        parts.route_ids = tuple(placed.value.id for placed in parts.routes)
    if complete["platforms"]:
        parts.platform_ids = tuple(placed.value.id for placed in parts.platforms)


def _read_single(files: Files, parts: Parts, faults: list[Fault]) -> None:
    source = files.single("messages.toml")
    if source:
        parts.messages, wrong = read_list(KeyMessage, source, "message", "the key message")
        faults += wrong
    source = files.single("windows.toml")
    if source:
        parts.windows, wrong = read_list(Window, source, "window", "the window")
        faults += wrong
    source = files.single("organisation.toml")
    if source:
        parts.organisation, wrong = read_table(Organisation, source.table, source, (), "the organisation")
        faults += wrong


def _read_rules(files: Files, parts: Parts, faults: list[Fault]) -> None:
    """Reads every rule. One that can't be used is left out and takes no other with it."""
    names: list[str] = []
    first: dict[tuple[str, object], str] = {}
    rules: list[Placed[RuleSpec]] = []
    for source in files.folder("rules"):
        entries, wrong = tables(source, "rule")
        faults += wrong
        for number, table in enumerate(entries):
            names.append(rule_name(table, number, source))
            faults += _twice(table, number, source, first)
            rule, left_out = read_rule(table, source, number)
            faults += left_out
            rules += [rule] if rule else []
    if files.complete("rules"):
        parts.rule_names = tuple(names)
    for rule in rules:
        wrong = [
            replace(rule.fault(key, why), rule=rule.value.name, fatal=False)
            for key, why in check_rule(rule.value, parts)
        ]
        faults += wrong
        if not wrong:
            parts.rules.append(rule)
            if not rule.value.reason.strip():
                why = "has no reason. Add one: it is shown behind Why, and people follow what they understand."
                faults.append(replace(rule.fault("reason", why), fatal=False))


def _twice(table: object, number: int, source: Source, first: dict[tuple[str, object], str]) -> list[Fault]:
    faults = []
    for key in ("name", "number"):
        value = table.get(key) if isinstance(table, dict) else None
        if not isinstance(value, str):
            continue
        line = source.line(("rule", number, key))
        other = first.setdefault((key, value), f"{source.shown}, line {line}")
        if other != f"{source.shown}, line {line}":
            why = f"the rule's {key} “{value}” is already taken in {other}. Change one of them."
            faults.append(Fault(source.shown, line, why))
    return faults


def _read_replies(files: Files, shipped: Path, overlay: Path | None, faults: list[Fault]) -> Replies:
    source = files.single("replies.toml")
    if source is None:
        return Replies({})
    replies, wrong = read_replies(source)
    faults += wrong
    if overlay is not None and (overlay / "replies.toml").is_file():
        base = collect(shipped, None).single("replies.toml")
        if base:
            faults += _against_shipped(source, replies, read_replies(base)[0], {fault.line for fault in wrong})
    return replies


def _against_shipped(source: Source, replies: Replies, base: Replies, faulty: set[int]) -> list[Fault]:
    """An own replies.toml stands for the whole shipped one: the same keys, and in each text the same placeholders."""
    faults = []
    wanted, written = base.keys(), replies.keys()
    for key in wanted:
        place = tuple(key.split("."))
        line = source.lines.line(place)
        if not replies.has(key):
            if not (place in source.lines and line in faulty):
                why = f"the reply “{key}” is missing. Take it over from the shipped replies.toml."
                faults.append(Fault(source.shown, line, why))
        elif replies.is_list(key) != base.is_list(key):
            kind = "a list of texts" if base.is_list(key) else "a text in quotation marks"
            faults.append(Fault(source.shown, line, f"the reply “{key}” must be {kind}."))
        elif replies.placeholders(key) != base.placeholders(key):
            needed = " ".join(f"{{{name}}}" for name in sorted(base.placeholders(key))) or "none"
            faults.append(Fault(source.shown, line, f"the reply “{key}” needs these placeholders: {needed}."))
    strange = [key for key in written if not base.has(key)]
    return faults + [
        source.fault(tuple(key.split(".")), f"nothing uses a reply “{key}”. Take it out.") for key in strange
    ]


def _read_template(files: Files, faults: list[Fault]) -> str:
    source = files.single("critique.md")
    if source is None:
        return ""
    try:
        Environment(autoescape=False).parse(source.text)  # noqa: S701 - a text for a model, never a web page
    except TemplateSyntaxError as error:
        why = f"what stands between double braces, or between a brace and %, can't be read ({error.message})."
        faults.append(Fault(source.shown, error.lineno, why))
    return source.text


def _filled(route: Route) -> Route:
    """A team's texts with its own names in them."""
    contact = f"{route.contact_name}'s team" if route.contact_name else "the team"
    texts = {key: getattr(route, key).format_map({"team": route.name, "contact": contact}) for key in ROUTE_TEXTS}
    return route.model_copy(update=texts)


def _locator(placed: Placed[Any]) -> Callable[[str], Place]:
    def locate(key: str) -> Place:
        parts = tuple(int(part) if part.isdigit() else part for part in key.split(".") if part)
        return placed.source.shown, placed.source.line(placed.place + parts)

    return locate

"""From the tables of a file to the values of the playbook, with a fault for each key that does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.playbook.faults import Fault, sentence_for
from bot.playbook.files import Source
from bot.playbook.locate import Path
from bot.playbook.replies import Entry, Replies, flatten, placeholders
from bot.playbook.values import RuleSpec, Shape

T = TypeVar("T", bound=Shape)


@dataclass(frozen=True)
class Placed(Generic[T]):
    """A value and where it stands, so that a fault found later can still name its line."""

    value: T
    source: Source
    place: Path
    thing: str

    def fault(self, key: str | Path, message: str) -> Fault:
        """A fault at one of the value's keys."""
        inner = (key,) if isinstance(key, str) else key
        return self.source.fault(self.place + inner, f"{self.thing} {message}")


def read_table(
    shape: type[T], table: object, source: Source, place: Path, noun: str
) -> tuple[Placed[T] | None, list[Fault]]:
    """One table as a value. `noun` is what a person calls it (“the team”); its name or title is added."""
    thing = _thing(noun, table)
    try:
        return Placed(shape.model_validate(table), source, place, thing), []
    except ValidationError as error:
        return None, _faults(error, shape, table, (source, place, thing))


def read_list(shape: type[T], source: Source, key: str, noun: str) -> tuple[list[Placed[T]], list[Fault]]:
    """All `[[key]]` tables of a file; anything else in the file is a fault."""
    values: list[Placed[T]] = []
    entries, faults = tables(source, key)
    for number, table in enumerate(entries):
        value, wrong = read_table(shape, table, source, (key, number), noun)
        faults += wrong
        if value:
            values.append(value)
    return values, faults


def tables(source: Source, key: str) -> tuple[list[Any], list[Fault]]:
    """The `[[key]]` tables of a file as they are, and a fault for whatever else it holds."""
    faults = [
        source.fault((name,), f"“{name}” is not known here. This file holds tables that begin with [[{key}]].")
        for name in source.table
        if name != key
    ]
    entries = source.table.get(key, [])
    if not isinstance(entries, list):
        return [], [*faults, source.fault((key,), f"write [[{key}]] with two brackets on each side.")]
    return entries, faults


def read_rule(table: object, source: Source, number: int) -> tuple[Placed[RuleSpec] | None, list[Fault]]:
    """One rule: what is not a key of every rule goes to `params`, which its kind checks. No fault of it is fatal."""
    place: Path = ("rule", number)
    name = rule_name(table, number, source)
    if not isinstance(table, dict):
        return None, [
            Fault(
                source.shown,
                source.line(place),
                "write [[rule]] with two brackets on each side.",
                rule=name,
                fatal=False,
            )
        ]
    own = {key: value for key, value in table.items() if key in _RULE_KEYS}
    for key in ("flags", "passes"):
        if isinstance(own.get(key), list):
            own[key] = [{"text": entry} if isinstance(entry, str) else entry for entry in own[key]]
    params = {key: value for key, value in table.items() if key not in _RULE_KEYS}
    full = {**own, "params": params, "file": source.shown, "line": source.line(place)}
    thing = _thing("the rule", table)
    try:
        return Placed(RuleSpec.model_validate(full), source, place, thing), []
    except ValidationError as error:
        faults = _faults(error, RuleSpec, table, (source, place, thing))
        return None, [Fault(fault.file, fault.line, fault.message, rule=name, fatal=False) for fault in faults]


def rule_name(table: object, number: int, source: Source) -> str:
    """A rule's name even where the rule can't be loaded."""
    name = table.get("name") if isinstance(table, dict) else None
    return name if isinstance(name, str) and name else f"rule {number + 1} of {source.name}"


def read_replies(source: Source) -> tuple[Replies, list[Fault]]:
    """All texts and lists of replies.toml; what has a fault is left out."""
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for path, value in flatten(source.table):
        key = ".".join(path)
        if isinstance(value, str):
            try:
                placeholders(value)
            except ValueError as error:
                faults.append(source.fault(path, f"in the reply “{key}”, {error}."))
            else:
                entries[key] = value
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            entries[key] = tuple(value)
        else:
            faults.append(
                source.fault(path, f"the reply “{key}” must be a text in quotation marks, or a list of texts.")
            )
    return Replies(entries), faults


def _faults(error: ValidationError, shape: type[Shape], table: object, at: tuple[Source, Path, str]) -> list[Fault]:
    source, place, thing = at
    inside = table if isinstance(table, dict) else {}
    found: dict[Path, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        # Where a value may be one of several kinds, pydantic tells each kind, with a bracket in its name.
        where = tuple(part for part in detail["loc"] if "[" not in str(part))
        found.setdefault(where, []).append(detail)
    return [
        source.fault(
            place + where,
            sentence_for(details, thing, _keys_at(shape, where[:-1]), _table_at(inside, where[:-1])),
        )
        for where, details in found.items()
    ]


def _keys_at(shape: type[Shape], inside: Path) -> tuple[str, ...]:
    """The keys that may stand at a place inside a shape."""
    fields = shape.model_fields
    for part in inside:
        if not isinstance(part, str) or part not in fields:
            continue
        shapes = _shapes_in(fields[part].annotation)
        if not shapes:
            return ()
        fields = shapes[0].model_fields
    return tuple(key for key in fields if key not in _NOT_WRITTEN)


def _shapes_in(annotation: Any) -> list[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return [annotation]
    return [shape for argument in getattr(annotation, "__args__", ()) for shape in _shapes_in(argument)]


def _table_at(table: Mapping[str, Any], inside: Path) -> Mapping[str, Any]:
    found: Any = table
    for part in inside:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return {}
    return found if isinstance(found, dict) else {}


def _thing(noun: str, table: object) -> str:
    if isinstance(table, dict):
        for key in ("title", "name", "id", "number"):
            if isinstance(table.get(key), str) and table[key]:
                return f"{noun} “{table[key]}”"
    return noun


_NOT_WRITTEN = ("params", "file", "line", "body")
_RULE_KEYS = frozenset(RuleSpec.model_fields) - set(_NOT_WRITTEN)

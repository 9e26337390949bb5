"""What differs between two playbooks, in plain words: for `lectern check`, and for whoever changed a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from bot.playbook.playbook import Playbook
from bot.playbook.values import Shape

SHORT = 40
"""Characters up to which a value is shown; of a longer one it is said that it changed."""

_KINDS = (
    ("guideline", "guidelines", "id", "title"),
    ("rule", "rules", "name", "title"),
    ("team", "routes", "id", "name"),
    ("network", "platforms", "id", "name"),
    ("key message", "messages", "id", "id"),
    ("window", "windows", "name", "name"),
)
_PLACES = frozenset({"file", "line"})


def differences(old: Playbook, new: Playbook) -> tuple[str, ...]:
    """A line for each thing that is new, gone or changed, in the order of the playbook."""
    return tuple(line for part in (_things(old, new), _organisation(old, new), _words(old, new)) for line in part)


def _things(old: Playbook, new: Playbook) -> Iterator[str]:
    for noun, part, key, title in _KINDS:
        before = {getattr(one, key): one for one in getattr(old, part)}
        after = {getattr(one, key): one for one in getattr(new, part)}
        for name in dict.fromkeys((*before, *after)):
            there = after.get(name) or before[name]
            called = f"{noun} {name}" + (f" (“{getattr(there, title)}”)" if title != key else "")
            if name not in before or name not in after:
                yield f"{called}: {'new' if name in after else 'gone'}"
                continue
            changed = list(_fields(_table(before[name]), _table(after[name])))
            if changed:
                yield f"{called}: {'; '.join(changed)}"


def _organisation(old: Playbook, new: Playbook) -> Iterator[str]:
    changed = list(_fields(_table(old.organisation), _table(new.organisation)))
    yield from (f"organisation: {one}" for one in changed)


def _words(old: Playbook, new: Playbook) -> Iterator[str]:
    keys = dict.fromkeys((*old.replies.keys(), *new.replies.keys()))
    yield from (f"reply {key}: changed" for key in keys if old.replies.entry(key) != new.replies.entry(key))
    if old.critique_template != new.critique_template:
        yield "critique.md, the instruction to the AI review: changed"


def _table(value: Shape) -> dict[str, Any]:
    """A value as a table: a rule's own keys beside those of its kind, and of `[rules.…]` only what was written."""
    table = {name: getattr(value, name) for name in type(value).model_fields if name not in _PLACES}
    table |= table.pop("params", {})
    changes = table.get("rules")
    if isinstance(changes, Mapping):
        table["rules"] = {name: change.model_dump(exclude_unset=True) for name, change in changes.items()}
    return {key: one.model_dump() if isinstance(one, Shape) else one for key, one in table.items()}


def _fields(old: Mapping[str, Any], new: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before != after:
            yield from _field(f"{above}{key}", before, after)


def _field(name: str, before: Any, after: Any) -> Iterator[str]:
    if isinstance(before, Mapping | None) and isinstance(after, Mapping | None):
        yield from _fields(before or {}, after or {}, f"{name}.")
    elif all(one is None or _is_list(one) for one in (before, after)):
        yield f"{name}: {_counted(before or (), after or ())}"
    elif name.endswith(".off") or name == "off":
        yield f"{name.removesuffix('.off')} switched {'off' if after else 'on'}"
    elif max(len(_shown(before)), len(_shown(after))) <= SHORT:
        yield f"{name} {_shown(before)} -> {_shown(after)}"
    else:
        yield f"{name} changed"


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _counted(before: Sequence[Any], after: Sequence[Any]) -> str:
    had, has = Counter(map(repr, before)), Counter(map(repr, after))
    added, gone = (has - had).total(), (had - has).total()
    parts = [f"{added} added"] if added else []
    parts += [f"{gone} taken out"] if gone else []
    return ", ".join(parts) or "in another order"


def _shown(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value) if isinstance(value, Enum) else str(value)

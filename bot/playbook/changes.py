"""What `[rules.<name>]` of organisation.toml and of the platforms' files changes: one rule by its name, or a whole family
by its letter, such as `[rules.L]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.model import Severity
from bot.playbook.playbook import Playbook
from bot.playbook.values import Platform, RuleChange, RuleSpec

ORGANISATION = "organisation.toml"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one rule. `file` is the file's name in prompts/, `key` the place in it (`rules.hedges`)."""

    file: str
    key: str
    off: bool | None
    severity: Severity | None
    exceptions: tuple[str, ...]
    words: tuple[str, ...]


def changes_of(spec: RuleSpec, playbook: Playbook, platform: Platform | None = None) -> tuple[Change, ...]:
    """The organisation's changes to a rule, or those of one platform alone: the family's first, then the rule's own."""
    rules = playbook.organisation.rules if platform is None else platform.rules
    return tuple(_changes(spec, rules, ORGANISATION if platform is None else file_of(platform)))


def file_of(platform: Platform) -> str:
    """What the playbook calls a platform's file, whatever the file's real name is."""
    return f"platforms/{platform.id}.toml"


def _changes(spec: RuleSpec, rules: Mapping[str, RuleChange], file: str) -> Iterator[Change]:
    for name in (spec.number[:1], spec.name):
        change = rules.get(name)
        if change is not None:
            yield Change(file, f"rules.{name}", change.off, change.severity, change.exceptions, change.words)

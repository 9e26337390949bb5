"""From the rules of a playbook to a rule set: finds each rule's kind, and leaves out a rule that can't be used."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from bot.model import LeftOut
from bot.playbook import Fault, Playbook
from bot.playbook.values import RuleChange, RuleSpec
from bot.rules.kind import PatternFault
from bot.rules.ruleset import CompiledRule, RuleSet, Variant

UNUSABLE = "a line of it can't be used"
"""Why a rule is left out whose keys are at fault; the fault itself says which."""


def compile_rules(playbook: Playbook) -> tuple[RuleSet, tuple[Fault, ...]]:
    """Compile every rule of the playbook. A rule that can't be used is left out, with a fault that isn't fatal.

    What organisation.toml and the platforms' files change is already in the rules that come out.
    """
    rules: list[CompiledRule] = []
    left_out = [LeftOut(name, UNUSABLE) for name in dict.fromkeys(fault.rule for fault in playbook.faults) if name]
    faults: list[Fault] = []
    for spec in playbook.rules:
        try:
            rules.append(compile_rule(spec, playbook))
        except PatternFault as fault:
            faults.append(fault_at(playbook, spec, fault.key, f"the rule “{spec.title}” is left out: {fault}"))
            left_out.append(LeftOut(spec.name, UNUSABLE))
    faults += _unknown_rules(playbook)
    made = RuleSet(playbook.organisation, tuple(rules), tuple(left_out))
    made.screen.absent("")  # made ready here, not in the first review
    return made, tuple(faults)


def compile_rule(spec: RuleSpec, playbook: Playbook) -> CompiledRule:
    """One rule, as the organisation wants it and as single platforms do. Raises PatternFault."""
    change = playbook.organisation.rules.get(spec.name)
    by_platform = {
        platform.id: _variant(spec, playbook, change, platform.rules[spec.name])
        for platform in playbook.platforms
        if spec.name in platform.rules
    }
    return CompiledRule(spec, _variant(spec, playbook, change), by_platform)


def fault_at(playbook: Playbook, spec: RuleSpec, key: str, message: str) -> Fault:
    """A fault at one key of a rule; none of them stops the start."""
    file, line = playbook.locate(spec.name, key) if spec.name in playbook.places else (spec.file, spec.line)
    return Fault(file, line, message, rule=spec.name, fatal=False)


def _variant(spec: RuleSpec, playbook: Playbook, *changes: RuleChange | None) -> Variant | None:
    """The rule with changes applied one after the other; None if the last word is `off`."""
    made = [change for change in changes if change is not None]
    if any(change.off for change in made):
        return None
    kind = _kind(spec.kind)
    table = dict(spec.params)
    for change in made:
        for key in ("exceptions", "words"):
            added = getattr(change, key)
            if added:
                _may_add(kind, spec, key)
                table[key] = (*table.get(key, ()), *added)
    check = kind.compile(_params(kind, table), spec, playbook)
    severities = [change.severity for change in made if change.severity is not None]
    return Variant(spec, check, severities[-1] if severities else None)


def _kind(name: str) -> ModuleType:
    """The kind's file. Raises PatternFault where there is none of that name."""
    folder = Path(__file__).parent
    if name.isidentifier() and (folder / f"{name}.py").is_file():
        module = importlib.import_module(f"{__package__}.{name}")
        if hasattr(module, "Params") and hasattr(module, "compile"):
            return module
    known = ", ".join(sorted(kinds()))
    raise PatternFault("kind", f"there is no kind of rule “{name}”. Kinds: {known}.")


def kinds() -> tuple[str, ...]:
    """The names of all kinds: the files beside this one that bring keys of their own and a way to compile them."""
    return tuple(
        path.stem for path in sorted(Path(__file__).parent.glob("*.py")) if "\nclass Params(" in path.read_text("utf-8")
    )


def _params(kind: ModuleType, table: Mapping[str, Any]) -> Any:
    try:
        return kind.Params.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "kind"
        if first["type"] == "extra_forbidden":
            known = ", ".join(kind.Params.model_fields)
            raise PatternFault(key, f"nothing reads “{key}”. This kind of rule takes: {known}.") from error
        if first["type"] == "missing":
            raise PatternFault("kind", f"“{key}” is missing. Add a line that begins {key} =.") from error
        raise PatternFault(key, f"“{key}” can't be used: {first['msg']}.") from error


def _may_add(kind: ModuleType, spec: RuleSpec, key: str) -> None:
    if key not in kind.Params.model_fields:
        raise PatternFault("kind", f"[rules.{spec.name}] adds {key}, but a rule of the kind “{spec.kind}” takes none.")


def _unknown_rules(playbook: Playbook) -> list[Fault]:
    """A warning for each `[rules.<name>]` that names no rule: the change would do nothing."""
    known = {spec.name for spec in playbook.rules} | {fault.rule for fault in playbook.faults}
    places = [("prompts/organisation.toml", playbook.organisation.rules)]
    places += [(f"prompts/platforms/{platform.id}.toml", platform.rules) for platform in playbook.platforms]
    return [
        Fault(file, 0, f"[rules.{name}] names no rule. `lectern rules` lists them all.", fatal=False)
        for file, changes in places
        for name in changes
        if name not in known
    ]

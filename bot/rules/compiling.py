"""From the rules of a playbook to a rule set: finds each rule's kind, and leaves out a rule that can't be used."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from bot.model import LeftOut, Severity
from bot.playbook import Change, Fault, Playbook, changes_of
from bot.playbook.values import RuleSpec
from bot.rules.kind import ChangeFault, Check, PatternFault
from bot.rules.patterns import compile_pattern
from bot.rules.reading import as_copied
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
            faults.append(_left_out(playbook, spec, fault))
            left_out.append(LeftOut(spec.name, UNUSABLE))
    made = RuleSet(playbook.organisation, tuple(rules), tuple(left_out))
    made.screen.absent("")  # made ready here, not in the first review
    return made, tuple(faults)


def compile_rule(spec: RuleSpec, playbook: Playbook) -> CompiledRule:
    """One rule, as the organisation wants it and as single platforms do. Raises PatternFault."""
    everywhere = changes_of(spec, playbook)
    by_platform = {
        platform.id: _variant(spec, playbook, (*everywhere, *own))
        for platform in playbook.platforms
        if (own := changes_of(spec, playbook, platform))
    }
    base = _variant(spec, playbook, everywhere)
    masking = (base or _variant(spec, playbook, ())) if spec.masks else None
    return CompiledRule(spec, base, by_platform, masking.check if masking else None)


def fault_at(playbook: Playbook, spec: RuleSpec, key: str, message: str) -> Fault:
    """A fault at one key of a rule; none of them stops the start."""
    file, line = playbook.locate(spec.name, key) if spec.name in playbook.places else (spec.file, spec.line)
    return Fault(file, line, message, rule=spec.name, fatal=False)


def _left_out(playbook: Playbook, spec: RuleSpec, fault: PatternFault) -> Fault:
    message = f"the rule “{spec.title}” is left out: {fault}"
    if not isinstance(fault, ChangeFault):
        return fault_at(playbook, spec, fault.key, message)
    known = fault.file in playbook.places
    file, line = playbook.locate(fault.file, fault.key) if known else (f"prompts/{fault.file}", 0)
    return Fault(file, line, message, rule=spec.name, fatal=False)


def _variant(spec: RuleSpec, playbook: Playbook, changes: tuple[Change, ...]) -> Variant | None:
    """The rule with changes applied one after the other; None if the last word on it is `off`."""
    switched = [change.off for change in changes if change.off is not None]
    if switched and switched[-1]:
        return None
    kind = kind_of(spec)
    severities = [_allowed(change, spec) for change in changes if change.severity is not None]
    return Variant(spec, _check(kind, spec, playbook, changes), severities[-1] if severities else None)


def _check(kind: ModuleType, spec: RuleSpec, playbook: Playbook, changes: tuple[Change, ...]) -> Check:
    table = dict(spec.params)
    for change in changes:
        for key in ("exceptions", "words"):
            added = tuple(as_copied(one) for one in getattr(change, key))
            if added:
                _may_add(kind, spec, change, key)
                table[key] = (*table.get(key, ()), *added)
    try:
        check: Check = kind.compile(_params(kind, table), spec, playbook)
    except PatternFault as fault:
        adding = next((change for change in reversed(changes) if getattr(change, fault.key.split(".")[0], ())), None)
        if adding is None:
            raise
        kind.compile(_params(kind, spec.params), spec, playbook)  # raises where the rule itself is at fault
        raise ChangeFault(adding.file, f"{adding.key}.{fault.key.split('.')[0]}", str(fault)) from fault
    return check


def _allowed(change: Change, spec: RuleSpec) -> Severity | None:
    """The severity of a change. Raises ChangeFault for a redirect that has nowhere to go."""
    if change.severity is Severity.REDIRECT and spec.owner is None and not spec.params.get("routes"):
        why = f"[{change.key}] says redirect, and the rule names no team. Use warn or hold, or write an owner in its file."
        raise ChangeFault(change.file, f"{change.key}.severity", why)
    return change.severity


def kind_of(spec: RuleSpec) -> ModuleType:
    """The file of the rule's kind. Raises PatternFault where there is none of that name."""
    name, folder = spec.kind, Path(__file__).parent
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


def _may_add(kind: ModuleType, spec: RuleSpec, change: Change, key: str) -> None:
    """Raises ChangeFault where the kind takes nothing of that key, or an exception is no pattern."""
    if not takes(spec, key):
        instead = getattr(kind, "INSTEAD", "")
        why = f"[{change.key}] adds {key}, and a rule of the kind “{spec.kind}” takes none. {instead}"
        raise ChangeFault(change.file, f"{change.key}.{key}", why.rstrip())
    for number, one in enumerate(getattr(change, key)):
        place = f"{change.key}.{key}.{number}"
        if not one.strip():
            raise ChangeFault(change.file, place, f"[{change.key}] has an empty entry among its {key}. Take it out.")
        if key == "words":
            continue
        try:
            compile_pattern(place, one)
        except PatternFault as fault:
            raise ChangeFault(
                change.file, place, f"[{change.key}] has an exception that can't be used: {fault}"
            ) from None


def takes(spec: RuleSpec, key: str) -> bool:
    """Whether `exceptions` or `words` may be added to the rule. Raises PatternFault for an unknown kind."""
    kind = kind_of(spec)
    refused: frozenset[str] = getattr(kind, "refused", lambda _: frozenset())(spec.params)
    return key in kind.Params.model_fields and key not in refused

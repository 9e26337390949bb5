"""How a rule stands in an organisation: how much it weighs here, and why. For people who read the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.model import Severity
from bot.playbook import Change, Playbook, changes_of
from bot.playbook.values import RuleSpec
from bot.rules.ruleset import facts_of, weigh

Weight = Severity | Literal["off"]

FACTS_IN_WORDS = {
    "listed": "the organisation's shares are listed",
    "private": "its shares are not listed",
    "sells_to_eu_consumers": "it sells to consumers in the EU",
    "union_activity": "unions are active",
    "financial": "it is regulated in finance",
    "health": "it is regulated in health",
    "window": "a window that concerns it is open",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How much a rule weighs, and why in a few words. `networks` are those with another weight: name, weight, why.

    `changed` says whether the organisation or a network changes anything of it.
    """

    weight: Weight
    why: str
    networks: tuple[tuple[str, Weight, str], ...] = ()
    changed: bool = False


def standing(spec: RuleSpec, playbook: Playbook) -> Standing:
    """How the rule stands while no window is open."""
    everywhere = changes_of(spec, playbook)
    weight, why = _weight(spec, playbook, everywhere)
    networks, changed = [], bool(everywhere)
    for platform in playbook.platforms:
        own = changes_of(spec, playbook, platform)
        changed = changed or bool(own)
        there, reason = _weight(spec, playbook, (*everywhere, *own))
        if own and there != weight:
            networks.append((platform.name, there, reason))
    return Standing(weight, why, tuple(networks), changed)


def changes_in_words(spec: RuleSpec, playbook: Playbook) -> tuple[str, ...]:
    """Each change that the organisation and its networks make, as one line with its file and line."""
    files = [("", changes_of(spec, playbook))]
    files += [(f"for {one.name}: ", changes_of(spec, playbook, one)) for one in playbook.platforms]
    return tuple(
        f"{on}{said} ({_place(change, playbook)})" for on, few in files for change in few for said in _said(change)
    )


def _said(change: Change) -> Iterable[str]:
    if change.off is not None:
        yield "switched off" if change.off else "switched on"
    if change.severity is not None:
        yield f"severity {change.severity.value}"
    for key in ("exceptions", "words"):
        added = getattr(change, key)
        if added:
            yield f"{key} added: {', '.join(f'“{one}”' for one in added)}"


def _weight(spec: RuleSpec, playbook: Playbook, changes: tuple[Change, ...]) -> tuple[Weight, str]:
    for change in reversed(changes):
        if change.off is not None:
            if change.off:
                return "off", f"switched off in {_place(change, playbook)}"
            break
    for change in reversed(changes):
        if change.severity is not None:
            return change.severity, f"set in {_place(change, playbook)}"
    facts = facts_of(playbook.organisation, spec.name, ())
    weight: Weight = weigh(spec, facts) or "off"
    deciding = [FACTS_IN_WORDS[fact] for fact, said in spec.severity_when.items() if fact in facts and said == weight]
    return weight, f"since {deciding[0]}" if deciding else "as the rule says"


def _place(change: Change, playbook: Playbook) -> str:
    file, line = playbook.locate(change.file, change.key) if change.file in playbook.places else (change.file, 0)
    return f"{file}, line {line}" if line else file

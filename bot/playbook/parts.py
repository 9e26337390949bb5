"""All that was read from prompts/, not yet cross-checked, and the questions that the cross-checks share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import COMMS
from bot.playbook.faults import known_or_meant
from bot.playbook.replies import placeholders
from bot.playbook.shapes import Placed
from bot.playbook.values import Guideline, KeyMessage, Organisation, Platform, Route, RuleSpec, Window

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""Ids and rule names: small letters, digits, hyphens."""
LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass
class Parts:
    """All that was read, each value with its place. `rule_names` also holds those of rules that were left out.

    A family of names is None where a file of it could not be read: then no name of it can be called unknown.
    """

    guidelines: list[Placed[Guideline]] = field(default_factory=list)
    rules: list[Placed[RuleSpec]] = field(default_factory=list)
    routes: list[Placed[Route]] = field(default_factory=list)
    platforms: list[Placed[Platform]] = field(default_factory=list)
    messages: list[Placed[KeyMessage]] = field(default_factory=list)
    windows: list[Placed[Window]] = field(default_factory=list)
    organisation: Placed[Organisation] | None = None
    rule_names: tuple[str, ...] | None = None
    guideline_ids: tuple[str, ...] | None = None
    route_ids: tuple[str, ...] | None = None
    platform_ids: tuple[str, ...] | None = None


def unknown(names: Iterable[str], known: tuple[str, ...] | None) -> list[str]:
    """Those of the names that are not known; none where the known ones could not be read."""
    return [] if known is None else [name for name in names if name not in known]


def is_owner(name: str, parts: Parts) -> bool:
    """Whether a hold may belong to `name`: a route, or the comms team."""
    return parts.route_ids is None or name == COMMS or name in parts.route_ids


def team_advice(name: str, parts: Parts) -> str:
    """What to do about a team that is not known."""
    return known_or_meant(name, (*(parts.route_ids or ()), COMMS))


def braces_fault(text: str, allowed: frozenset[str] | None = None) -> str:
    """What is wrong with the placeholders of a text, or nothing. `allowed` None allows any plain name."""
    try:
        names = placeholders(text)
    except ValueError as error:
        return str(error)
    strange = sorted(names - allowed) if allowed is not None else []
    if strange and allowed is not None:
        known = " or ".join(f"{{{name}}}" for name in sorted(allowed))
        return f"{{{strange[0]}}} is filled by nothing. Use {known}, or none"
    return ""

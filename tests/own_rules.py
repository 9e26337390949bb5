"""Playbooks made of a few rules written in a test, so that a test shows all that it depends on."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.model import Post, RulesReport
from bot.playbook import Playbook, Replies
from bot.playbook.values import Organisation, Platform, RuleSpec, Window
from bot.rules import RuleSet, compile_rules
from bot.rules.kind import Context

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""A Wednesday."""

_HEAD: dict[str, Any] = {
    "number": "Z01",
    "name": "own-rule",
    "title": "Own rule",
    "kind": "phrase",
    "guideline": "G1",
    "severity": "warn",
    "reason": "A reason.",
    "message": "A message.",
    "fix": "A fix.",
    "source": "a page",
    "file": "prompts/rules/own.toml",
    "line": 7,
}


def rule(toml: str = "", **keys: Any) -> RuleSpec:
    """A rule with what is given; the rest is filled in. Keys of its kind may stand in the TOML or as arguments."""
    table = _HEAD | tomllib.loads(toml) | keys
    for key in ("flags", "passes"):
        table[key] = [{"text": one} if isinstance(one, str) else one for one in table.get(key, [])]
    own = {key: value for key, value in table.items() if key in RuleSpec.model_fields}
    params = {key: value for key, value in table.items() if key not in RuleSpec.model_fields}
    return RuleSpec.model_validate({**own, "params": params})


def platform(name: str, **keys: Any) -> Platform:
    """A network with LinkedIn's pace unless told otherwise."""
    table = {
        "id": name, "name": name.capitalize(), "limit": 3000, "counting": "characters", "hashtags": 3,
        "checked_on": date(2026, 11, 23), "source": "a page", "aim": "2–4 a month", "gap_hours": 24, "per_day": 1,
        "per_week": 2, "quiet_days": 30, "dormant_days": 90,
    }  # fmt: skip
    return Platform.model_validate(table | keys)


def playbook(*rules: RuleSpec, platforms: tuple[Platform, ...] = (), **organisation: Any) -> Playbook:
    """A playbook of these rules for an organisation with these facts."""
    return Playbook(
        guidelines=(),
        rules=rules,
        routes=(),
        platforms=platforms,
        messages=(),
        windows=(),
        organisation=Organisation.model_validate({"name": "Alder"} | organisation),
        replies=Replies({}),
        critique_template="",
        version="00000000",
    )


def rule_set(*rules: RuleSpec, platforms: tuple[Platform, ...] = (), **organisation: Any) -> RuleSet:
    """These rules, compiled; fails on any fault."""
    made, faults = compile_rules(playbook(*rules, platforms=platforms, **organisation))
    assert faults == ()
    return made


def check(made: RuleSet, text: str, **context: Any) -> RulesReport:
    """What the rules say of a text on that Wednesday."""
    return made.check(text, Context(**({"now": NOW} | context)))


def post(network: str, hours_ago: float, *, draft: str | None = None, text_hash: str | None = None) -> Post:
    """A confirmed post so many hours before that Wednesday noon."""
    at = NOW - timedelta(hours=hours_ago)
    return Post(f"{network}-{hours_ago}", "U0LEADER01", network, at, draft, 1, "U0LEADER01", text_hash)


def window(kind: str, **keys: Any) -> Window:
    """An open window."""
    table = {"name": kind, "kind": kind, "starts": NOW - timedelta(days=1), "owner": "comms", "reason": "A reason."}
    return Window.model_validate(table | keys)

"""What the model is asked. Pure: nonce, canary and date come as arguments.

The question is prompts/critique.md, filled. Its `system` part is the same for every draft but for the hidden word at its
end, so that a server can keep it. Its `user` part holds everything that people outside comms wrote, as JSON, and ends
with the draft between markers that nobody can guess.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel

from bot.critique.schema import KINDS, settleable, wire_schema
from bot.errors import PlaybookError
from bot.grounding import hidden_characters, strip_hidden
from bot.model import CarriedFinding, Finding, RulesReport, Severity
from bot.playbook import Playbook, is_live


@dataclass(frozen=True, slots=True)
class Question:
    """What goes to the model. `canary` is the hidden word of its system message, which must not come back.

    `cache_key` is the same for all questions of one playbook. `person` is a hash that stands for the leader towards
    the provider, never a name or an id; empty when it is not given.
    """

    system: str
    user: str
    schema: type[BaseModel]
    canary: str
    cache_key: str = ""
    person: str = ""


def build_question(
    playbook: Playbook,
    text: str,
    report: RulesReport,
    *,
    platforms: Sequence[str],
    leader_voice: str,
    today: date,
    nonce: str,
    canary: str,
    earlier: Iterable[CarriedFinding] = (),
    repair: Sequence[str] = (),
    marks: Sequence[str] = (),
    person: str = "",
) -> Question:
    """The question about one draft. Raises `PlaybookError` where prompts/critique.md can't be filled.

    `platforms` are ids; `nonce` and `canary` are fresh random words. `earlier` are the findings on the draft's earlier
    texts. `repair` says what was wrong with the suggestion of a first answer to this same question. `marks` are those that
    stand in the text for private words.
    """
    values: dict[str, Any] = {
        "organisation": playbook.organisation,
        "guidelines": playbook.guidelines,
        "routes": playbook.routes,
        "messages": [message for message in playbook.messages if is_live(message, today)],
        "facts": playbook.approved_facts(today),
        "kinds": KINDS,
        "settleable": settleable(playbook),
        "canary": canary,
        "platforms": [platform for name in platforms if (platform := playbook.platform(name))],
        "voice": leader_voice,
        "today": today.isoformat(),
        "hidden": hidden_characters(text),
        "findings": [_told(finding) for finding in report.findings if finding.outcome is None],
        "earlier": [{**_told(one.finding), "state": one.state} for one in earlier],
        "repair": [strip_hidden(fault) for fault in repair],
        "marks": list(marks),
        "nonce": nonce,
        "draft": strip_hidden(text),
    }
    system, user = _fill(playbook.critique_template, values)
    return Question(system, user, wire_schema(playbook), canary, f"lectern-{playbook.version}", person)


def question_fault(playbook: Playbook) -> str | None:
    """What keeps prompts/critique.md from being filled, as a sentence; None when nothing does. Every branch is taken."""
    finding = Finding(None, "G1", Severity.WARN, "a", 0, 1, "m", "f", "critique", "t")
    try:
        build_question(
            playbook,
            "a\u200b",
            RulesReport((finding,), 1),
            platforms=[platform.id for platform in playbook.platforms],
            leader_voice="v",
            today=date.min,
            nonce="n",
            canary="c",
            earlier=[CarriedFinding(finding, "open", 1)],
            repair=["r"],
            marks=["[m 1]"],
        )
    except PlaybookError as fault:
        return str(fault)
    return None


def _told(finding: Finding) -> dict[str, str]:
    """What the model learns of a finding."""
    return {
        "by": finding.rule or finding.guideline,
        "severity": finding.severity.value,
        "quote": strip_hidden(finding.quote),
        "message": strip_hidden(finding.message),
    }


@lru_cache(maxsize=2)
def _compile(template: str) -> Template:
    """The shipped template or the overlay's, compiled once: that takes longer than the rules do."""
    # Plain text for a model, not HTML, so nothing is escaped; the filter `json` is what keeps other people's words in.
    sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
    sandbox.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False)
    return sandbox.from_string(template)


def _fill(template: str, values: Mapping[str, Any]) -> tuple[str, str]:
    try:
        compiled = _compile(template)
        context = compiled.new_context(dict(values))
        system, user = ("".join(compiled.blocks[name](context)).strip() for name in ("system", "user"))
    except KeyError as missing:
        raise PlaybookError(
            f"prompts/critique.md has no block {missing}. It needs {{% block system %}} and {{% block user %}}, "
            "each with its end."
        ) from None
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f", line {line}" if line else ""
        reason = (error.message or "it can't be filled").rstrip(".")
        raise PlaybookError(
            f"prompts/critique.md{place}: {reason}. Correct it, or put the shipped file back."
        ) from None
    return system, user

"""The shape of the model's answer: what goes over the wire, made from the playbook. Pure.

Servers that hold a model to a schema take a small part of JSON Schema only, so there are no defaults, no free tables and
no limits in it; `reading` judges those. The fields stand in the order in which a model should write them: evidence
first, the outcome last, so that the judgement follows it. Ids are closed lists in the schema that the server gets; an
answer that leaves them is still read, and what it names is dropped and counted.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from bot.model import Severity
from bot.playbook import Playbook

KINDS = (
    "strategy or key message",
    "message to a stakeholder",
    "reply to a peer, partner or journalist",
    "reply to a customer",
    "promotion",
    "personal",
    "crisis",
    "another team's work",
)
"""Kinds of draft, asked before any question of wording (product F16)."""

OUTCOMES = ("ready", "edit", "redirect", "hold")
"""What the model may advise. `wait` is the cadence rules' alone."""

NOBODY = "none"
"""For a team or a message that there is not."""

_SCORED = frozenset(("score", "opening"))
"""Kinds of rule that have an undecided band."""


class Wire(BaseModel):
    """Base of all that comes back. Its errors never quote the input, since that holds the draft's words."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class WireFinding(Wire):
    """One point: the words it is about, a guideline, how much it weighs, why, and what to do."""

    quote: str
    guideline: str
    severity: str
    why: str
    fix: str
    unsure: bool


class WireSettled(Wire):
    """A rule's finding that does not fit this draft, and the reason."""

    rule: str
    reason: str


class WireAnswer(Wire):
    """The whole answer. `answered` quotes earlier points that the new text has dealt with."""

    kind: str
    findings: list[WireFinding]
    settled: list[WireSettled]
    answered: list[str]
    message: str
    nothing_to_say: bool
    suggestion: str | None
    route: str
    reason: str
    outcome: str

    @model_validator(mode="before")
    @classmethod
    def _first_texts_answer_nothing(cls, value: Any) -> Any:
        # Servers that only hint at the schema leave this one out on a first text, where it can only be empty.
        return {"answered": [], **value} if isinstance(value, dict) else value


def settleable(playbook: Playbook) -> tuple[str, ...]:
    """Names of the rules that the critique may settle: those marked, and those with an undecided band.

    Whether a finding is in that band is known for each text alone; `verdict` settles no other.
    """
    return tuple(rule.name for rule in playbook.rules if rule.settled_by_critique or rule.kind in _SCORED)


def wire_schema(playbook: Playbook) -> type[WireAnswer]:
    """The class of an answer, with this playbook's ids. The same ids give the same class."""
    return _made(
        tuple(guideline.id for guideline in playbook.guidelines),
        tuple(route.id for route in playbook.routes),
        tuple(message.id for message in playbook.messages),
        settleable(playbook),
    )


@lru_cache(maxsize=8)
def _made(
    guidelines: tuple[str, ...], routes: tuple[str, ...], messages: tuple[str, ...], rules: tuple[str, ...]
) -> type[WireAnswer]:
    severities = tuple(severity.value for severity in Severity)
    finding = create_model(
        "Finding",
        __base__=WireFinding,
        __doc__="One point.",
        guideline=(_one_of(guidelines), ...),
        severity=(_one_of(severities), ...),
    )
    settled = create_model(
        "Settled",
        __base__=WireSettled,
        __doc__="A finding of a rule, taken back.",
        rule=(_one_of(rules or (NOBODY,)), ...),
    )
    fields: dict[str, Any] = {
        "kind": (_one_of(KINDS), ...),
        "findings": (list[finding], ...),
        "settled": (list[settled], ...),
        "message": (_one_of((*messages, NOBODY)), ...),
        "route": (_one_of((*routes, NOBODY)), ...),
        "outcome": (_one_of(OUTCOMES), ...),
    }
    return create_model("Critique", __base__=WireAnswer, __doc__="The review of one draft.", **fields)


def _one_of(values: tuple[str, ...]) -> Any:
    return Annotated[str, Field(json_schema_extra={"enum": list(values)})]

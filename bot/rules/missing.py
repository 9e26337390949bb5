"""Kind `missing`: a post without any of the words that say whom it is for.

It is about no place in the text, so its hit stands at the beginning and quotes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.companions import Companions
from bot.rules.kind import Check, Hit, Reading
from bot.rules.patterns import compile_patterns, found
from bot.rules.stakeholders import stakeholder_pattern

INSTEAD = "Groups that a post may be for stand in organisation.toml, under stakeholders."

_NAMED = 5
"""Stakeholders that the fix names; a longer list reads as one."""


class Params(Shape):
    """Keys of the kind `missing`.

    The text must hold a stakeholder of organisation.toml, a common word for a group of readers, or one of `exceptions`:
    patterns that also say whom it is for, such as a mention. Texts of fewer than `fewest_words` words are passed over.
    Where a rule of `raised_by` (a name, or a family's letter) fires too, the severity is `raised`.
    """

    exceptions: tuple[str, ...] = ()
    fewest_words: int = Field(default=1, ge=1)
    raised: Severity | None = None
    raised_by: tuple[str, ...] = ()


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Value for message and fix: {stakeholders}. Raises PatternFault for a pattern that RE2 refuses."""
    wanted = stakeholder_pattern("stakeholders", playbook.organisation)
    exceptions = compile_patterns("exceptions", params.exceptions)
    companions = Companions(playbook, params.raised_by, besides=spec.name)
    listed = ", ".join(playbook.organisation.stakeholders[:_NAMED]) or "customers, colleagues, partners"

    def check(reading: Reading) -> Iterator[Hit]:
        plain = reading.plain
        if wanted.search(plain) is not None or found(exceptions, plain) or len(plain.split()) < params.fewest_words:
            return
        severity = params.raised if params.raised and companions.fire(reading) else None
        yield Hit(0, 0, severity=severity, values=(("stakeholders", listed),))

    return check

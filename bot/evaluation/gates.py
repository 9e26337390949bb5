"""The limits that an evaluation must keep: cases/gates.toml, and the cases that must come out right. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.figures import Share
from bot.evaluation.rates import IN_WORDS, rates
from bot.evaluation.run import Evaluated, Mode
from bot.playbook import Gates

BY_INTERVAL = frozenset(("false_ready",))
"""Shares of which the upper end of the interval counts: a few lucky cases prove nothing."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One limit, and whether it was kept. `found` and `limit` are in words."""

    name: str
    found: str
    limit: str
    kept: bool


def check_gates(cases: Sequence[Evaluated], gates: Gates, mode: Mode) -> tuple[Gate, ...]:
    """Each limit that is set for this mode, and the cases that must be right in it. What has no cases is not judged."""
    limits = gates.rules if mode == "rules" else gates.review
    found = rates(cases, mode)
    checked = []
    for name, limit in limits.model_dump(exclude_none=True).items():
        share = found.get(name)
        if share is None or not share.of:
            continue
        checked.append(_gate(name, share, limit))
    return (*checked, *_must(cases, mode))


def _gate(name: str, share: Share, limit: float) -> Gate:
    found = share.found / share.of
    words = f"{share.found} of {share.of}"
    if name not in BY_INTERVAL:
        return Gate(IN_WORDS[name], f"{words}, {found:.1%}", f"{limit:.1%}", found <= limit)
    if Share(0, share.of).high > limit:
        # So few cases that even none among them would not be enough: the share itself is all that there is.
        return Gate(
            IN_WORDS[name], f"{words}, {found:.1%}; too few cases for an interval", f"{limit:.1%}", found <= limit
        )
    return Gate(
        IN_WORDS[name], f"{words}, at most {share.high:.1%} in all likelihood", f"{limit:.1%}", share.high <= limit
    )


def _must(cases: Sequence[Evaluated], mode: Mode) -> list[Gate]:
    meant = [
        one for one in cases if one.judged and one.case.must in (("rules",) if mode == "rules" else ("rules", "review"))
    ]
    wrong = [one.case.id for one in meant if not one.passed]
    if not meant:
        return []
    words = f"{len(wrong)} of {len(meant)}" + (f": {', '.join(wrong)}" if wrong else "")
    return [Gate("Cases that must be right, and are not", words, "none", not wrong)]

"""Other rules of the playbook, run from inside one: for windows, and for names that weigh more beside a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from bot.playbook import Playbook
from bot.playbook.values import RuleSpec
from bot.rules.compiling import compile_rule
from bot.rules.kind import Hit, PatternFault, Reading
from bot.rules.ruleset import CompiledRule, severity_of


class Companions:
    """The rules that are meant by names (`results`) or by families (`D`: all whose number begins so).

    They are compiled when first needed; a rule that is off or can't be used is passed over (the latter is reported for
    itself). Windows and rules with companions of their own are left out, so that no circle arises.
    """

    def __init__(self, playbook: Playbook, wanted: Iterable[str], besides: str) -> None:
        self._playbook = playbook
        self._wanted = frozenset(wanted)
        self._besides = besides

    def hits(self, reading: Reading, among: Iterable[str] | None = None) -> Iterator[tuple[RuleSpec, Hit]]:
        """What these rules find in a text; `among` narrows them to some, by name or family."""
        narrowed = None if among is None else frozenset(among)
        for rule in self._checks:
            if narrowed is not None and not _meant(rule.spec, narrowed):
                continue
            for variant in rule.variants(reading.context.platforms):
                for hit in variant.check(reading):
                    if severity_of(variant, hit, reading.context, self._playbook.organisation) is not None:
                        yield rule.spec, hit

    def fire(self, reading: Reading) -> bool:
        """Whether any of them finds anything."""
        return any(True for _ in self.hits(reading))

    @cached_property
    def _checks(self) -> tuple[CompiledRule, ...]:
        chosen = [spec for spec in self._playbook.rules if spec.name != self._besides and _meant(spec, self._wanted)]
        return tuple(rule for spec in chosen if (rule := _compiled(spec, self._playbook)) is not None)


def _meant(spec: RuleSpec, wanted: frozenset[str]) -> bool:
    return spec.name in wanted or spec.number[:1] in wanted


def _compiled(spec: RuleSpec, playbook: Playbook) -> CompiledRule | None:
    if spec.kind == "window" or spec.params.get("raised_by"):
        return None
    try:
        return compile_rule(spec, playbook)
    except PatternFault:
        return None

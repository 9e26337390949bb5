"""The rules of a playbook, compiled, and what they say of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from bot.errors import PlaybookError
from bot.model import Finding, LeftOut, RulesReport, Severity
from bot.playbook.values import Organisation, RuleSpec, Window
from bot.rules.kind import Check, Context, Hit, Reading, Screened
from bot.rules.language import judge, may_be_named
from bot.rules.patterns import compile_pattern
from bot.rules.reading import read
from bot.rules.screen import Screen
from bot.rules.spoken import other_language, speaks

MOST_HITS = 50
"""Places that one rule may report of one text."""

BROKE = "it failed on this text"
"""Why a rule is left out that ran into an error of its own."""

_MARKET_WINDOWS = ("quiet-period", "trading-blackout")
_SHOWN_QUOTE = 60
_PLACEHOLDER = r"\{([A-Za-z_]+)\}"


@dataclass(frozen=True, slots=True)
class Variant:
    """One rule ready to run. `ceiling` is the severity that the organisation or a platform gave it, if one did."""

    spec: RuleSpec
    check: Check
    ceiling: Severity | None = None

    def at_most(self, severity: Severity) -> Variant:
        """The same rule, with findings that weigh no more than that."""
        return Variant(self.spec, self.check, max(self.ceiling or severity, severity, key=_rank))


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule as the organisation wants it (None where it is off), and as single platforms want it."""

    spec: RuleSpec
    base: Variant | None
    by_platform: Mapping[str, Variant | None] = field(default_factory=dict)

    def variants(self, platforms: tuple[str, ...]) -> list[Variant]:
        """Those that hold for a text meant for these platforms. Where platforms differ, each has its say."""
        if not self.by_platform:
            return [] if self.base is None else [self.base]
        chosen = [self.by_platform.get(platform, self.base) for platform in platforms] or [self.base]
        different: list[Variant] = []
        for variant in chosen:
            if variant is not None and variant not in different:
                different.append(variant)
        return different


class _Chosen(NamedTuple):
    """Rules to run on a text, with the patterns that it needs (see `Screened.gates`).

    `other_language` names the text's language where most rules about wording don't hold for it.
    """

    rules: tuple[tuple[RuleSpec, tuple[Variant, ...], tuple[frozenset[Any], ...]], ...]
    other_language: str | None


@dataclass(frozen=True)
class RuleSet:
    """All rules of a playbook that can be used. `left_out` are those that can't, and why."""

    organisation: Organisation
    rules: tuple[CompiledRule, ...]
    left_out: tuple[LeftOut, ...] = ()

    @cached_property
    def screen(self) -> Screen:
        """What rules out most patterns of all rules in one pass over a text. Made when first asked for."""
        variants = (one for rule in self.rules for one in (rule.base, *rule.by_platform.values()) if one is not None)
        checks = (variant.check for variant in variants)
        return Screen(pattern for check in checks if isinstance(check, Screened) for pattern in check.patterns)

    @property
    def names(self) -> tuple[str, ...]:
        """The rules' names in the order of the catalogue."""
        return tuple(rule.spec.name for rule in self.rules)

    def explain(self, name: str) -> RuleSpec:
        """The rule of that name or number. Raises `PlaybookError` where there is none."""
        for rule in self.rules:
            if name.casefold() in (rule.spec.name.casefold(), rule.spec.number.casefold()):
                return rule.spec
        raise PlaybookError(f"There is no rule “{name}”. `lectern rules` lists them all.")

    def check(self, text: str, context: Context) -> RulesReport:
        """What the rules say of a text: findings, worst first and then by place. Never raises.

        A rule that fails on a text is left out for that text. Rules whose words hold for another language than
        the text's are not run, and `other_language` names it.
        """
        reading = read(text, context, self.screen.absent)
        absent = reading.absent
        language = judge(reading.plain)
        findings: list[Finding] = []
        broken: list[LeftOut] = []
        chosen = self._chosen(context.platforms, language)
        for spec, variants, gates in chosen.rules:
            for gate in gates:
                if gate <= absent:
                    break
            else:
                try:
                    findings += run(variants, reading, text, self.organisation)
                except Exception:  # one rule's fault must not cost the leader the others
                    broken.append(LeftOut(spec.name, BROKE))
        findings.sort(key=lambda finding: (_rank(finding.severity), finding.start, finding.end))
        ran = len(chosen.rules) - len(broken)
        named = chosen.other_language if language is None or may_be_named(reading.plain) else None
        return RulesReport(tuple(findings), ran, (*self.left_out, *broken), named)

    @cached_property
    def _chosen(self) -> Callable[[tuple[str, ...], str | None], _Chosen]:
        """The rules for a text in a language and for some platforms; the answers are remembered."""

        @lru_cache(maxsize=256)
        def chosen(platforms: tuple[str, ...], language: str | None) -> _Chosen:
            ready = [
                (rule.spec, tuple(variants)) for rule in self.rules if (variants := self._in(rule, platforms, language))
            ]
            made = tuple((spec, variants, _gates(variants)) for spec, variants in ready)
            return _Chosen(
                made, other_language([rule.spec for rule in self.rules], language, self.organisation.languages)
            )

        return chosen

    def _in(self, rule: CompiledRule, platforms: tuple[str, ...], language: str | None) -> list[Variant]:
        """The rule as it holds for these platforms and this language; nothing where it doesn't."""
        variants, most = rule.variants(platforms), rule.spec.other_languages
        if speaks(rule.spec, language, self.organisation.languages):
            return variants
        return [] if most is None else [one.at_most(most) for one in variants]


def _gates(variants: Sequence[Variant]) -> tuple[frozenset[Any], ...]:
    """What rules a rule out as a whole; nothing where platforms have their own say."""
    check = variants[0].check
    return check.gates if len(variants) == 1 and isinstance(check, Screened) else ()


def run(variants: Iterable[Variant], reading: Reading, text: str, organisation: Organisation) -> list[Finding]:
    """The findings of one rule: the worst at each place, none overlapping. `text` is quoted; `reading` is made of it.

    Raises what the rule's check raises.
    """
    hits: list[tuple[Severity, Hit, RuleSpec]] = []
    for variant in variants:
        for hit in islice(variant.check(reading), MOST_HITS):
            severity = severity_of(variant, hit, reading.context, organisation)
            if severity is not None:
                hits.append((severity, hit, variant.spec))
    if not hits:
        return []
    hits.sort(key=lambda one: (_rank(one[0]), one[1].start, one[1].end))
    findings: list[Finding] = []
    for severity, hit, spec in hits:
        if not any(_overlap(hit, other) for other in findings):
            findings.append(_finding(spec, hit, severity, text))
    return findings


def severity_of(variant: Variant, hit: Hit, context: Context, organisation: Organisation) -> Severity | None:
    """How much a hit weighs here, None where the rule is off.

    A hit's own severity comes first, but never above what the organisation or the platform allows. Where several facts
    of the organisation hold, the worst severity counts.
    """
    if hit.severity is not None:
        return max(hit.severity, variant.ceiling or hit.severity, key=_rank)
    if variant.ceiling is not None:
        return variant.ceiling
    if not variant.spec.severity_when:
        return variant.spec.severity
    return weigh(variant.spec, facts_of(organisation, variant.spec.name, context.windows))


def weigh(spec: RuleSpec, facts: frozenset[str]) -> Severity | None:
    """The severity that a rule has under these facts: the worst of those named, else its own; None for off."""
    named = [severity for fact, severity in spec.severity_when.items() if fact in facts]
    weights = [Severity(severity) for severity in named if severity != "off"]
    if weights:
        return min(weights, key=_rank)
    return None if named else spec.severity


@cache
def _rank(severity: Severity) -> int:
    return severity.rank


def facts_of(organisation: Organisation, rule: str, windows: Iterable[Window]) -> frozenset[str]:
    """The facts that `severity_when` may name: of the organisation, and `window` for one that concerns the rule."""
    facts = {"private" if organisation.listed == "no" else "listed", *organisation.regulated}
    if organisation.sells_to_eu_consumers:
        facts.add("sells_to_eu_consumers")
    if organisation.union_activity:
        facts.add("union_activity")
    if any(_concerns(window, rule) for window in windows):
        facts.add("window")
    return frozenset(facts)


def _concerns(window: Window, rule: str) -> bool:
    return window.everything or rule in window.rules or (not window.rules and window.kind in _MARKET_WINDOWS)


def _overlap(hit: Hit, finding: Finding) -> bool:
    if (hit.start, hit.end) == (finding.start, finding.end):
        return True
    return hit.start < finding.end and finding.start < hit.end


def _finding(spec: RuleSpec, hit: Hit, severity: Severity, text: str) -> Finding:
    quote = text[hit.start : hit.end]
    values = {"quote": quote if len(quote) <= _SHOWN_QUOTE else quote[:_SHOWN_QUOTE] + "…", **dict(hit.values)}
    held = severity is Severity.HOLD
    return Finding(
        rule=spec.name,
        guideline=spec.guideline,
        severity=severity,
        quote=quote,
        start=hit.start,
        end=hit.end,
        message=fill(hit.message or spec.message, values),
        fix=fill(hit.fix or spec.fix, values),
        source="rule",
        title=spec.title,
        route=hit.route or spec.owner,
        copies=spec.copies,
        settled_by_critique=not held and (spec.settled_by_critique or hit.grey),
        waivable=spec.waivable and not held,
        grey=hit.grey,
        evidence=hit.evidence,
        pause_minutes=spec.pause_minutes if held else 0,
        # A rule that says wait and was given another weight says what that weight says.
        outcome=(hit.outcome or spec.outcome) if severity is Severity.WARN else None,
        until=hit.until,
        edits=hit.edits,
    )


def fill(template: str, values: Mapping[str, str]) -> str:
    """A rule's message with its `{placeholders}` filled. One that the rule gives no value for stays empty."""
    if "{" not in template:
        return template
    return "".join(values.get(piece, "") if named else piece for named, piece in _pieces(template))


@lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[tuple[bool, str], ...]:
    """A message taken apart: words as they are, and names of values."""
    pieces, end = [], 0
    for match in compile_pattern("message", _PLACEHOLDER).finditer(template):
        pieces += [(False, template[end : match.start()]), (True, match.group(1))]
        end = match.end()
    return (*pieces, (False, template[end:]))

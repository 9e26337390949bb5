"""Cross-checks of one rule. Whatever is wrong with a rule leaves that rule out, and no other.

The keys that a rule's kind adds are checked by the kind itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.playbook.faults import known_or_meant
from bot.playbook.locate import Path
from bot.playbook.parts import ID, LANGUAGE, Parts, braces_fault, is_owner, team_advice, unknown
from bot.playbook.values import FACTS, Organisation, RuleSpec

_NUMBER = re.compile(r"[A-Z][0-9]{2}")

Wrong = Iterator[tuple[str | Path, str]]


def check_rule(spec: RuleSpec, parts: Parts) -> Wrong:
    """(key, what is wrong) for each thing that keeps the rule from being used."""
    yield from _names(spec)
    yield from _references(spec, parts)
    yield from _texts(spec)
    yield from _samples(spec, parts)


def _names(spec: RuleSpec) -> Wrong:
    if not ID.fullmatch(spec.name):
        yield "name", f"has the name “{spec.name}”. Use small letters, digits and hyphens, such as too-long."
    if not _NUMBER.fullmatch(spec.number):
        yield "number", f"has the number “{spec.number}”. Use a capital letter and two digits, such as A01."
    for language in spec.languages:
        if language != "any" and not LANGUAGE.fullmatch(language):
            yield "languages", f"names the language “{language}”. Use two small letters, such as en, or any."
    if spec.other_languages is not None and "any" in spec.languages:
        yield "other_languages", "says what holds in other languages, and holds in any. Name its languages, or drop it."


def _references(spec: RuleSpec, parts: Parts) -> Wrong:
    for name in unknown((spec.guideline,), parts.guideline_ids):
        advice = known_or_meant(name, parts.guideline_ids or ())
        yield "guideline", f"names the guideline “{name}”, which is in no file. {advice}"
    for key, names in (("owner", (spec.owner,) if spec.owner is not None else ()), ("copies", spec.copies)):
        for name in names:
            if not is_owner(name, parts):
                yield key, f"names the team “{name}”, which has no file. {team_advice(name, parts)}"
    for fact in spec.severity_when:
        if fact not in FACTS:
            yield ("severity_when", fact), f"asks for “{fact}” in severity_when. {known_or_meant(fact, FACTS)}"


def _texts(spec: RuleSpec) -> Wrong:
    for key, text in (("message", spec.message), ("fix", spec.fix)):
        wrong = braces_fault(text)
        if wrong:
            yield key, f"has a fault in “{key}”: {wrong}."


def _samples(spec: RuleSpec, parts: Parts) -> Wrong:
    facts = tuple(Organisation.model_fields)
    for key, samples in (("flags", spec.flags), ("passes", spec.passes)):
        for number, sample in enumerate(samples):
            place: Path = (key, number)
            for name in unknown(sample.platforms, parts.platform_ids):
                advice = known_or_meant(name, parts.platform_ids or ())
                yield place, f"names the network “{name}” in “{key}”. {advice}"
            for name in unknown(sample.organisation, facts):
                yield place, f"names “{name}” of the organisation in “{key}”. {known_or_meant(name, facts)}"

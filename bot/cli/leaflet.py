"""One rule explained to people: what it finds, why, what to do instead, and how to change it. Pure.

The same sections are printed by `lectern rules ID` and written as pages by `lectern rules --pages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from bot.playbook import Playbook, RuleSpec, Sample
from bot.playbook.replies import placeholders
from bot.rules.compiling import kind_of, takes
from bot.rules.kind import PatternFault
from bot.rules.standing import FACTS_IN_WORDS, changes_in_words, standing

WORDS = "Whole words in any case."
EXCEPTIONS = "Patterns; what they match never counts. Begin with (?i) where capitals don't matter."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it: facts, paragraphs, points, texts that people wrote, or lines of a file."""

    title: str
    form: Literal["facts", "text", "points", "quotes", "file"]
    lines: tuple[str, ...]


def leaflet(spec: RuleSpec, playbook: Playbook, *, here: bool, left_out: bool = False) -> Iterator[Section]:
    """All sections of one rule. Without `here` they say nothing of the organisation, and name no line of a file."""
    yield Section("", "facts", tuple(_facts(spec, playbook, here=here, left_out=left_out)))
    yield Section("What it finds", "text", tuple(_finds(spec)))
    counts = tuple(_signals(spec))
    if counts:
        yield Section("What counts", "points", counts)
    yield Section("Why", "text", (spec.reason,) if spec.reason else ())
    yield Section("Instead", "text", (spec.fix,))
    yield from _example(spec, playbook)
    yield Section("Flags, for example", "quotes", tuple(sample.text + _where(sample) for sample in spec.flags))
    mended = tuple(f"{sample.text} → {sample.mended}" for sample in spec.flags if sample.mended)
    yield Section("Put right without the AI review, for example", "quotes", mended)
    yield Section("Passes, for example", "quotes", tuple(sample.text + _where(sample) for sample in spec.passes))
    changed = changes_in_words(spec, playbook) if here else ()
    if changed:
        yield Section("Changed here", "points", changed)
    yield Section("Switch it off or change it", "file", tuple(_change(spec)))
    yield Section("", "text", tuple(_how(spec)))
    line = f", line {spec.line}" if here else ""
    yield Section("Source", "text", (spec.source, f"Written in {spec.file}{line}."))


def _facts(spec: RuleSpec, playbook: Playbook, *, here: bool, left_out: bool) -> Iterator[str]:
    when = spec.severity_when.items()
    otherwise = [f"{said} where {FACTS_IN_WORDS[fact]}" for fact, said in when if fact != "window"]
    otherwise += [f"{said} while {FACTS_IN_WORDS[fact]}" for fact, said in when if fact == "window"]
    if here:
        stands = standing(spec, playbook)
        yield f"Severity: {stands.weight}, {stands.why}"
        yield from (f"On {name}: {weight}, {why}" for name, weight, why in stands.networks)
    yield f"{'As written' if here else 'Severity'}: " + "; ".join([spec.severity.value, *otherwise])
    if left_out:
        yield "Left out: a line of it can't be used; `lectern check` says which"
    guideline = playbook.guideline(spec.guideline)
    yield f"Guideline: {guideline.id}, {guideline.title}. {guideline.principle}"
    if spec.owner:
        yield f"Goes to: {', '.join((spec.owner, *spec.copies))}"
    if spec.outcome:
        yield f"Outcome: {spec.outcome.value}"
    yield f"AI review: {_settled(spec)}"
    if spec.waivable:
        yield "One-off: a leader may declare an exception"
    yield f"Languages: {', '.join(spec.languages)}" + (
        f"; at most {spec.other_languages} in others" if spec.other_languages else ""
    )


def _settled(spec: RuleSpec) -> str:
    if spec.settled_by_critique:
        return "may take it back, with a reason"
    undecided = spec.kind in ("score", "opening") and not spec.params.get("grey_severity")
    return "can not take it back" + (", save where it is undecided" if undecided else "")


def _finds(spec: RuleSpec) -> Iterator[str]:
    told = spec.message
    for name in sorted(placeholders(told)):
        told = told.replace(f"{{{name}}}", "…")
    yield f"{spec.title}. The leader reads: “{told}”"
    try:
        how = (kind_of(spec).__doc__ or "").split("\n")[0].split(": ", 1)[-1].rstrip(".")
    except PatternFault:
        return
    held = [f"{len(spec.params[key])} {key}" for key in ("patterns", "signals", "exceptions") if spec.params.get(key)]
    yield f"It looks at {how}." + (f" It holds {' and '.join(held)}." if held else "")


def _signals(spec: RuleSpec) -> Iterator[str]:
    """What a score adds up, with its lines."""
    signals: list[dict[str, Any]] = spec.params.get("signals", [])
    for signal in signals:
        yield f"{signal.get('says', '')} ({signal.get('weight', 0):+})"
    if signals:
        fields = kind_of(spec).Params.model_fields
        firm, grey = (spec.params.get(key, fields[key].default) for key in ("firm", "grey"))
        yield f"Together they decide from {firm} on; from {grey} on it may be so"


def _example(spec: RuleSpec, playbook: Playbook) -> Iterator[Section]:
    examples = playbook.guideline(spec.guideline).examples
    if examples:
        yield Section("The guideline's example", "quotes", (examples[0].draft,))
        yield Section("Better", "quotes", (examples[0].better,))


def _where(sample: Sample) -> str:
    """Under which circumstances a sample holds, where the text alone does not tell."""
    parts = [f"{name} is {value}" for name, value in sample.organisation.items()]
    parts += [f"for {platform}" for platform in sample.platforms]
    parts += [f"{sample.images} image(s), {sample.described} described"] if sample.images else []
    parts += [f"in the window “{sample.window}”"] if sample.window else []
    parts += [f"posted on {name} {hours:g} hours ago" for name, ages in sample.posted.items() for hours in ages]
    return f"  ({'; '.join(parts)})" if parts else ""


def _change(spec: RuleSpec) -> Iterator[str]:
    yield f"[rules.{spec.name}]"
    yield "off = true"
    yield f'severity = "{"warn" if spec.severity == "info" else "info"}"'
    for key, example in (("exceptions", "['(?i)…']"), ("words", "['…']")):
        if _takes(spec, key):
            yield f"{key} = {example}"


def _how(spec: RuleSpec) -> Iterator[str]:
    yield (
        "Put the heading and one or more of these lines at the end of prompts/organisation.toml, or of one network's file "
        "in prompts/platforms. `lectern check` says whether it is right, and what it changed."
    )
    if _takes(spec, "exceptions"):
        yield f"exceptions: {EXCEPTIONS}"
    if _takes(spec, "words"):
        yield f"words: {getattr(kind_of(spec), 'WORDS', WORDS)}"
    refused = [key for key in ("exceptions", "words") if not _takes(spec, key)]
    if refused:
        yield f"It takes no {' and no '.join(refused)}. {_instead(spec)}".rstrip()
    yield f"To change its patterns, message or examples: {spec.file}. docs/change-a-rule.md goes through it."


def _instead(spec: RuleSpec) -> str:
    try:
        return str(getattr(kind_of(spec), "INSTEAD", ""))
    except PatternFault:
        return ""


def _takes(spec: RuleSpec, key: str) -> bool:
    try:
        return takes(spec, key)
    except PatternFault:
        return False

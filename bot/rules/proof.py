"""Proves the rules by their own texts: each must flag what it says it flags, and pass what it says it passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from bot.model import Attachments, Finding, Post, Severity
from bot.playbook import Fault, Playbook
from bot.playbook.values import Organisation, RuleSpec, Sample, Window
from bot.rules.compiling import compile_rule, fault_at
from bot.rules.kind import Context, PatternFault
from bot.rules.reading import read
from bot.rules.ruleset import run
from bot.verdict.mending import apply_edits

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""The moment at which samples are read: a Wednesday, so that yesterday and the day before are in the same ISO week."""


def prove(playbook: Playbook) -> tuple[Fault, ...]:
    """Run each rule over its own texts. A fault for each that comes out wrong, and for a rule without texts.

    Rules that can't be compiled are not looked at: `compile_rules` names them.
    """
    return tuple(fault for spec in playbook.rules for fault in _prove_rule(spec, playbook))


def prove_sample(spec: RuleSpec, sample: Sample, playbook: Playbook) -> tuple[Finding, ...]:
    """What one rule finds in one of its texts, under what that text says of organisation, platforms and so on.

    The organisation's own changes to the rule don't count here, only those that the text itself states.
    Raises PatternFault for a rule that can't be used, and ValidationError for facts that no organisation has.
    """
    table = playbook.organisation.model_dump() | {"rules": {}} | sample.organisation
    organisation = Organisation.model_validate(table)
    bare = tuple(platform.model_copy(update={"rules": {}}) for platform in playbook.platforms)
    rule = compile_rule(spec, replace(playbook, organisation=organisation, platforms=bare))
    context = context_of(sample, playbook)
    return tuple(run(rule.variants(context.platforms), read(sample.text, context), sample.text, organisation))


def _prove_rule(spec: RuleSpec, playbook: Playbook) -> Iterator[Fault]:
    try:
        compile_rule(spec, playbook)
    except PatternFault:
        return
    for key, samples in (("flags", spec.flags), ("passes", spec.passes)):
        if not samples:
            yield fault_at(playbook, spec, key, f"the rule “{spec.title}” has no {key}: nothing shows that it works.")
        for number, sample in enumerate(samples):
            complaint = _complaint(spec, sample, playbook, key)
            if complaint:
                message = f"the rule “{spec.title}” {complaint}: “{_short(sample.text)}”."
                yield fault_at(playbook, spec, f"{key}.{number}", message)


def _complaint(spec: RuleSpec, sample: Sample, playbook: Playbook, key: str) -> str | None:
    """What is wrong with how one text came out, or None."""
    try:
        found = prove_sample(spec, sample, playbook)
    except ValidationError:
        return "has a text with facts that no organisation.toml may hold"
    except Exception as error:  # the point of proving is to hear of it here, not on a leader's draft
        return f"fails ({type(error).__name__}) on a text"
    return _wrong_flag(sample, found) if key == "flags" else _wrong_pass(sample, found)


def _wrong_flag(sample: Sample, found: tuple[Finding, ...]) -> str | None:
    if not found:
        return "does not flag a text that it must flag"
    if sample.severity is not None and found[0].severity is not sample.severity:
        return f"gives {found[0].severity} instead of {sample.severity} to a text"
    if sample.quote and sample.quote not in {finding.quote for finding in found}:
        return f"quotes “{_short(found[0].quote)}” instead of “{_short(sample.quote)}” of a text"
    mended = apply_edits(sample.text, (edit for finding in found for edit in finding.edits)) if sample.mended else ""
    if mended != sample.mended:
        return f"makes “{_short(mended)}” instead of “{_short(sample.mended)}” of a text"
    return None


def _wrong_pass(sample: Sample, found: tuple[Finding, ...]) -> str | None:
    """A text that must pass draws nothing; with a severity it may draw that much, and no more."""
    allowed = len(Severity) if sample.severity is None else sample.severity.rank
    wrong = [finding for finding in found if finding.severity.rank < allowed]
    return f"flags “{_short(wrong[0].quote)}” in a text that must pass" if wrong else None


def context_of(sample: Sample, playbook: Playbook) -> Context:
    """What a text says of platforms, images, windows and earlier posts, as the rules see it."""
    return Context(
        now=NOW,
        platforms=sample.platforms,
        platform_known=bool(sample.platforms),
        attachments=Attachments(images=sample.images, described=sample.described),
        windows=_windows(sample, playbook),
        posts=_posts(sample),
    )


def _windows(sample: Sample, playbook: Playbook) -> tuple[Window, ...]:
    """The playbook's window of that name, or else one of that kind that is open."""
    if not sample.window:
        return ()
    named = tuple(window for window in playbook.windows if window.name == sample.window)
    if named:
        return named
    table = {
        "name": sample.window,
        "kind": sample.window,
        "starts": NOW - timedelta(days=1),
        "owner": "comms",
        "reason": "",
    }
    return (Window.model_validate(table),)


def _posts(sample: Sample) -> tuple[Post, ...]:
    """The leader's posts that a sample states as hours ago, newest first. No two have the same text."""
    posts = [
        Post(f"{platform}-{hours}", "", platform, NOW - timedelta(hours=hours), f"{platform}-{hours}", 1, "")
        for platform, ages in sample.posted.items()
        for hours in ages
    ]
    return tuple(sorted(posts, key=lambda post: post.posted_at, reverse=True))


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"

"""What the model is told of a suggestion that could not be shown, so that it may mend it once. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.model import Finding, RulesReport, Verdict
from bot.playbook import Playbook
from bot.verdict.suggestion import (
    Checks,
    added_facts,
    broken_rules,
    checks_of,
    repeated_holds,
    suggestion_limit,
)

MOST_FAULTS = 8
"""Faults that are told; with more of them another try is no better."""

MOST_QUOTED = 1_000
"""Characters of the suggestion that are told again."""


def repair_faults(
    playbook: Playbook,
    text: str,
    suggestion: str,
    verdict: Verdict,
    *,
    platforms: Iterable[str],
    today: date,
    recheck: Callable[[str], RulesReport],
    known_names: Iterable[str] = (),
) -> tuple[str, ...]:
    """What was wrong with the suggestion that `verdict` withheld, a sentence each; empty when it withheld none.

    The arguments are those of `decide`. The sentences are for the model alone, and quote the suggestion.
    """
    if verdict.withheld is None:
        return ()
    meant = tuple(one for name in platforms if (one := playbook.platform(name)) is not None)
    checks = checks_of(playbook, meant, today, known_names, verdict.settled)
    found = _faults(suggestion, text, verdict, checks, recheck)
    return f"Your suggestion was: {suggestion[:MOST_QUOTED]}", *list(dict.fromkeys(found))[:MOST_FAULTS]


def _faults(
    suggestion: str, text: str, verdict: Verdict, checks: Checks, recheck: Callable[[str], RulesReport]
) -> Iterator[str]:
    match verdict.withheld:
        case "unsafe":
            yield "It held a link, a mention or a hidden character that the draft does not have. Leave it out."
        case "length":
            limit = min([suggestion_limit(text), *(platform.limit for platform in checks.platforms)])
            yield f"It was too long. Give at most {limit} characters."
        case "facts":
            for fact in added_facts(suggestion, text, checks):
                yield f"It said “{fact}”, which is neither in the draft nor approved. Leave it out, or leave a gap in brackets."
        case "rules":
            for finding in repeated_holds(suggestion, verdict.findings):
                yield f"It still said “{finding.quote}”, which has to wait. Leave that out altogether."
            for finding in broken_rules(suggestion, verdict, recheck(suggestion), checks):
                yield _broken(finding)


def _broken(finding: Finding) -> str:
    place = f" at “{finding.quote}”" if finding.quote.strip() else ""
    return f"A rule found a point{place}: {finding.message} {finding.fix}".strip()

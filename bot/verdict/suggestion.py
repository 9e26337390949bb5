"""Whether a suggestion may be shown: safe, without new facts, within the rules, not too long. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import regex

from bot.counting import over
from bot.grounding import GAP, find_quote, fold, hidden_characters, links_in, new_facts, new_facts_found
from bot.model import Finding, Outcome, RulesReport, Severity, Verdict, Withheld
from bot.playbook import Platform, Playbook, ProofPoint

LONGER, SHORT = 1.5, 600
"""A suggestion is no longer than one and a half times the draft, or 600 characters, whichever is more (product F20)."""

_LENGTH = "length"
"""The kind of rule that counts characters: a suggestion that is too long has a sentence of its own."""

_SLACK_CODE = regex.compile(r"<(?:[!@#]|[a-z][a-z0-9+.-]*:)[^>\n]*>", regex.IGNORECASE)
_EVERYBODY = regex.compile(r"[@＠](?:here|channel|everyone|group)\b", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checks:
    """What a suggestion is held against. `facts` are the approved ones, `settled` the rules that the critique settled."""

    playbook: Playbook
    facts: tuple[str, ...]
    platforms: tuple[Platform, ...]
    known_names: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()


def suggestion_limit(text: str) -> int:
    """How many characters a suggestion for this text may have."""
    return max(int(len(text) * LONGER), SHORT)


def why_withheld(
    suggestion: str, text: str, verdict: Verdict, recheck: Callable[[str], RulesReport], checks: Checks
) -> Withheld | None:
    """Why the suggestion must not be shown, or None. `verdict` is that on the draft; `recheck` runs the rules."""
    if len(suggestion) > suggestion_limit(text):
        # What is far too long is not looked at any further.
        return "unsafe" if unsafe(suggestion, text, checks.facts) else "length"
    if unsafe(suggestion, text, checks.facts):
        return "unsafe"
    organisation = checks.playbook.organisation
    known = (text, *checks.facts, organisation.name, *organisation.aliases)
    if new_facts(suggestion, known[0], known[1:], checks.known_names):
        return "facts"
    if _repeats_hold(suggestion, verdict.findings) or _breaks_rules(suggestion, verdict, recheck(suggestion), checks):
        return "rules"
    if checks.platforms and all(over(suggestion, platform) for platform in checks.platforms):
        return "length"
    return None


def facts_used(suggestion: str, text: str, approved: Iterable[tuple[str, ProofPoint]]) -> tuple[tuple[str, str], ...]:
    """The approved facts that the suggestion takes something from which the draft does not have: (message id, fact).

    As few as account for all of it: a year that stands in several facts is not taken from each of them.
    """
    facts = [(message, point.fact) for message, point in approved]
    new = {one.key for one in new_facts_found(suggestion, text)}
    gives = [new - {one.key for one in new_facts_found(suggestion, text, [fact])} for _, fact in facts]
    folded, draft = fold(suggestion), fold(text)
    used = {number for number, (_, fact) in enumerate(facts) if _says(folded, fact) and not _says(draft, fact)}
    missing = new.difference(*(gives[number] for number in used))
    while missing:
        best = max(range(len(facts)), key=lambda number: len(gives[number] & missing), default=None)
        if best is None or not gives[best] & missing:
            break
        used.add(best)
        missing -= gives[best]
    return tuple(facts[number] for number in sorted(used))


def unsafe(suggestion: str, text: str, facts: Iterable[str]) -> bool:
    """Mentions, links of unknown origin and hidden characters: what must never reach a reader or a client."""
    if hidden_characters(suggestion) or _SLACK_CODE.search(suggestion):
        return True
    if _called(suggestion) - _called(text):
        return True
    allowed = {link for source in (text, *facts) for link in links_in(source)}
    return any(link not in allowed for link in links_in(suggestion))


def _says(folded: str, fact: str) -> bool:
    return fold(fact).rstrip(".") in folded


def _called(text: str) -> set[str]:
    return {found.casefold() for found in _EVERYBODY.findall(text)}


def _repeats_hold(suggestion: str, findings: Iterable[Finding]) -> bool:
    """Whether it still says what a hold is about."""
    held = (one.quote for one in findings if one.severity is Severity.HOLD)
    return any(find_quote(quote, suggestion) is not None for quote in held)


def _breaks_rules(suggestion: str, verdict: Verdict, report: RulesReport, checks: Checks) -> bool:
    gaps = [gap.span() for gap in GAP.finditer(suggestion)]
    counted = {spec.name for spec in checks.playbook.rules if spec.kind == _LENGTH}
    about_post = {one.rule for one in verdict.findings if not one.quote.strip()}
    return any(
        _weighs(one)
        and one.rule not in counted
        and not (one.severity is Severity.WARN and (one.rule in about_post or one.rule in checks.settled))
        and not _in_gap(one, gaps)
        for one in report.findings
    )


def _weighs(finding: Finding) -> bool:
    """Whether a suggestion may not have this finding. How long after another post it comes is not the suggestion's fault."""
    return finding.severity is not Severity.INFO and finding.outcome is not Outcome.WAIT


def _in_gap(finding: Finding, gaps: list[tuple[int, int]]) -> bool:
    """Whether the finding is about the brackets of a gap or the words in them, which the leader will replace."""
    if finding.severity is Severity.HOLD:
        return any(start <= finding.start and finding.end <= end for start, end in gaps)
    return any(finding.start < end and start < finding.end for start, end in gaps)

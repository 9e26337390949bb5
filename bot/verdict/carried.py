"""What becomes of findings from one text of a draft to the next (product F22 and 12.2). Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.grounding import find_quote, fold
from bot.model import CarriedFinding, Finding, Verdict

SETTLED = "settled"
"""Why a finding was withdrawn that the critique settled. Cards have their own words for it."""


def identity(finding: Finding) -> tuple[str, str]:
    """What makes a finding the same one in the next text: rule or guideline, and quote, white space and case aside."""
    return finding.rule or finding.guideline, fold(finding.quote)


def still_open(earlier: Iterable[CarriedFinding], text: str, answered: Collection[str] = ()) -> tuple[Finding, ...]:
    """The critique's open points on earlier texts whose quotes still stand, with their places in this text.

    `answered` are the folded quotes of those that a new critique says are dealt with.
    """
    kept: list[Finding] = []
    for one in earlier:
        finding = one.finding
        if one.state != "open" or finding.source != "critique" or fold(finding.quote) in answered:
            continue
        place = find_quote(finding.quote, text)
        if place is not None:
            quote = text[place.start : place.end]
            kept.append(replace(finding, quote=quote, start=place.start, end=place.end))
    return tuple(kept)


def carry(
    earlier: tuple[CarriedFinding, ...], verdict: Verdict, text: str, revision_number: int
) -> tuple[CarriedFinding, ...]:
    """All findings of a draft as they stand after the verdict on its newest text, each with its state.

    Earlier ones come first, in their order, then those that are new with this text. An open one that the verdict does not
    have is fixed: by a rule that no longer fires, by words that are gone, or, for a point of the critique, by a new
    critique that left it out; what the critique settled is withdrawn. A fixed one that fires again is open again, and a
    dismissed one stays dismissed. A fixed finding's `since_revision` is the last text that had it.
    """
    raised = {identity(finding): finding for finding in verdict.findings}
    settled = {one.rule for one in verdict.settled}
    carried = [_next(one, raised, settled, verdict, text, revision_number) for one in earlier]
    known = {identity(one.finding) for one in carried}
    new = [CarriedFinding(one, "open", revision_number) for key, one in raised.items() if key not in known]
    return (*carried, *new)


def _next(
    one: CarriedFinding,
    raised: dict[tuple[str, str], Finding],
    settled: set[str],
    verdict: Verdict,
    text: str,
    revision_number: int,
) -> CarriedFinding:
    again = raised.get(identity(one.finding))
    if one.state == "dismissed":
        return replace(one, finding=again) if again else one
    if again is not None:
        reopened = one.state == "fixed" or (one.state == "withdrawn" and one.why == SETTLED)
        if one.state == "open" or reopened:
            return CarriedFinding(again, "open", revision_number if reopened else one.since_revision)
        return replace(one, finding=again)
    if one.state != "open":
        return one
    if one.finding.rule in settled:
        return replace(one, state="withdrawn", why=SETTLED)
    if _is_fixed(one.finding, verdict, text):
        return replace(one, state="fixed", since_revision=max(revision_number - 1, 1))
    return one


def _is_fixed(finding: Finding, verdict: Verdict, text: str) -> bool:
    if finding.source == "rule":
        return True
    reviewed = verdict.critique == "done" and not verdict.pending
    return reviewed or find_quote(finding.quote, text) is None

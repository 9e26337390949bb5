"""Which findings a new text starts with: those that were carried to the last reviewed text, and its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.model import CarriedFinding, Finding


def carried_on(carried: Iterable[CarriedFinding], own: Iterable[Finding], revision: int) -> tuple[CarriedFinding, ...]:
    """The carried findings as they stood, then the text's own that are not among them, open since `revision`.

    A finding is known by its rule or guideline and its quote, case and white space aside (product F22). One that was
    fixed or withdrawn and fires again is open again.
    """
    own = tuple(own)
    firing = {known_by(finding) for finding in own}
    kept = tuple(one for one in carried if one.state in {"open", "dismissed"} or known_by(one.finding) not in firing)
    seen = {known_by(one.finding) for one in kept}
    return kept + tuple(CarriedFinding(one, "open", revision) for one in own if known_by(one) not in seen)


def set_aside_too(carried: Iterable[CarriedFinding], aside: Iterable[CarriedFinding]) -> tuple[CarriedFinding, ...]:
    """The carried findings with what people set aside in this draft since, on the same text, among them."""
    by = {known_by(one.finding): one for one in aside}
    kept = [
        replace(one, state=by[key].state, why=by[key].why) if (key := known_by(one.finding)) in by else one
        for one in carried
    ]
    seen = {known_by(one.finding) for one in kept}
    return (*kept, *(one for key, one in by.items() if key not in seen))


def known_by(finding: Finding) -> tuple[str, str]:
    """What makes a finding the same one: rule or guideline, and quote."""
    return (finding.rule or finding.guideline, " ".join(finding.quote.casefold().split()))

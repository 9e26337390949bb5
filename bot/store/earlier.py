"""Which findings a new text starts with: those that were carried to the last reviewed text, and its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import CarriedFinding, Finding


def carried_on(carried: Iterable[CarriedFinding], own: Iterable[Finding], revision: int) -> tuple[CarriedFinding, ...]:
    """The carried findings as they stood, then the text's own that are not among them, open since `revision`.

    A finding is known by its rule or guideline and its quote, case and white space aside (product F22). One that was
    fixed or withdrawn and fires again is open again.
    """
    own = tuple(own)
    firing = {_known_by(finding) for finding in own}
    kept = tuple(one for one in carried if one.state in {"open", "dismissed"} or _known_by(one.finding) not in firing)
    seen = {_known_by(one.finding) for one in kept}
    return kept + tuple(CarriedFinding(one, "open", revision) for one in own if _known_by(one) not in seen)


def _known_by(finding: Finding) -> tuple[str, str]:
    return (finding.rule or finding.guideline, " ".join(finding.quote.casefold().split()))

"""Kind `fold`: a post whose beginning, all that a reader sees before tapping, does not hold its point.

How much is seen stands with each network in prompts/platforms, and is counted by `bot.counting`. What a point is, is
told by its traces: a figure, a decision, somebody whom it is for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from pydantic import Field

from bot.counting import over, visible
from bot.playbook import Playbook
from bot.playbook.values import Platform, RuleSpec, Shape
from bot.rules.companions import Companions
from bot.rules.kind import Check, Hit, Reading
from bot.rules.patterns import compile_patterns, found
from bot.rules.stakeholders import stakeholder_pattern

INSTEAD = "Groups that a post may be for stand in organisation.toml, under stakeholders."

_SHOWN = 40
"""Characters of the cut's end that the message shows."""


class Params(Shape):
    """Keys of the kind `fold`.

    `point` are patterns of what counts as a point, besides the stakeholders. `opener` are rules by name that
    find an opening without a point: where one of them fires on what is seen, the point is buried whatever else is there.
    `exceptions` spare a beginning that holds one. A post of which fewer than `least_hidden` characters are hidden is passed over.
    """

    point: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    opener: tuple[str, ...] = ()
    least_hidden: int = Field(default=0, ge=0)


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Values for the message: {platform} {fold} {cut}. Raises PatternFault."""
    point = compile_patterns("point", params.point)
    exceptions = compile_patterns("exceptions", params.exceptions)
    somebody = stakeholder_pattern("stakeholders", playbook.organisation)
    openers = Companions(playbook, params.opener, besides=spec.name)
    platforms = {platform.id: platform for platform in playbook.platforms}

    def buried(platform: Platform, reading: Reading) -> str | None:
        """What is seen on a network that shows no point there; None where it shows one, or the whole text."""
        seen = visible(reading.text, platform) if platform.fold is not None else None
        if seen is None:
            return None
        end = _beginning(reading) + len(seen)
        piece = reading.plain[: bisect_left(reading.origin, end)]
        if found(exceptions, piece):
            return None
        if found((*point, somebody), piece) and not any(hit.start < end for _, hit in openers.hits(reading)):
            return None
        return seen

    def check(reading: Reading) -> Iterator[Hit]:
        meant = [platforms[name] for name in reading.context.platforms if name in platforms]
        room = len(reading.text) - params.least_hidden
        folding = [platform for platform in meant if platform.fold is not None and platform.fold < room]
        hidden = [(platform, seen) for platform in folding if (seen := buried(platform, reading)) is not None]
        if not hidden or not (reading.context.platform_known or _nowhere_seen(reading, meant, len(hidden))):
            return
        platform, seen = hidden[0]
        start = _beginning(reading)
        values = (("platform", platform.name), ("fold", str(platform.fold)), ("cut", _end_of(seen)))
        yield Hit(start, start + len(seen), values=values)

    return check


def _nowhere_seen(reading: Reading, meant: list[Platform], hidden: int) -> bool:
    """Whether every network that takes the text hides its point: where the network isn't known, one that shows it will do."""
    return hidden >= sum(1 for platform in meant if not over(reading.text, platform))


def _beginning(reading: Reading) -> int:
    return len(reading.text) - len(reading.text.lstrip())


def _end_of(seen: str) -> str:
    """The last words before the cut, in one line."""
    line = " ".join(seen.split())
    return line if len(line) <= _SHOWN else "…" + line[-_SHOWN:].partition(" ")[2]

"""Kind `length`: texts that a network does not take, counted as that network counts."""

from __future__ import annotations

from collections.abc import Iterator

from bot.counting import count, over
from bot.playbook import Playbook
from bot.playbook.values import Platform, RuleSpec, Shape
from bot.rules.kind import Check, Hit, Reading


class Params(Shape):
    """The kind `length` has no keys of its own: the limits stand in the platforms' files."""


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check.

    Where the platform is known, each one that the text is too long for gives a hit. Otherwise there is one only if no
    platform of the leader's takes the text, and it is for the one that comes closest.
    """

    def check(reading: Reading) -> Iterator[Hit]:
        context = reading.context
        platforms = [found for name in context.platforms if (found := playbook.platform(name)) is not None]
        too_long = [(over(reading.text, platform), platform) for platform in platforms]
        missed = [(excess, platform) for excess, platform in too_long if excess]
        if not context.platform_known:
            missed = [min(missed, key=lambda one: one[0])] if missed and len(missed) == len(too_long) else []
        for excess, platform in missed:
            yield _hit(reading.text, platform, excess)

    return check


def _hit(text: str, platform: Platform, excess: int) -> Hit:
    """The part of the text that is too much. Only the byte limit passed: the figures are bytes."""
    length = count(text, platform)
    counted, limit = length.count, length.limit
    if counted <= limit and platform.byte_limit is not None:
        counted, limit = len(text.encode("utf-8", "surrogatepass")), platform.byte_limit
    values = (
        ("count", f"{counted:,}"),
        ("limit", f"{limit:,}"),
        ("platform", platform.name),
        ("over", f"{excess:,}"),
    )
    return Hit(_cut(text, platform), len(text), values=values)


def _cut(text: str, platform: Platform) -> int:
    """How many characters fit: doubling, then halving, so only a little more than what fits is counted each time."""
    fits, too_much = 0, min(platform.limit, len(text))
    while too_much < len(text) and not over(text[:too_much], platform):
        fits, too_much = too_much, min(2 * too_much, len(text))
    while too_much - fits > 1:
        middle = (fits + too_much) // 2
        if over(text[:middle], platform):
            too_much = middle
        else:
            fits = middle
    return fits

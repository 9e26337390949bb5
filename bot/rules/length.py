"""Kind `length`: texts that a network does not take, counted as that network counts."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.counting import count, excess, over
from bot.model import Length
from bot.playbook import Playbook
from bot.playbook.values import Platform, RuleSpec, Shape
from bot.rules.kind import Check, Hit, Reading

_LINKED = regex.compile(r"\.[A-Za-z]|://|@")
"""What a text with links or mentions holds; these have lengths of their own."""


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
        counted = [(count(reading.text, platform), platform) for platform in platforms]
        missed = [
            (too_much, length, platform)
            for length, platform in counted
            if (too_much := excess(length, reading.text, platform))
        ]
        if not context.platform_known:
            missed = [min(missed, key=lambda one: one[0])] if missed and len(missed) == len(counted) else []
        for too_much, length, platform in missed:
            yield _hit(reading.text, platform, length, too_much)

    return check


def _hit(text: str, platform: Platform, length: Length, too_much: int) -> Hit:
    """The part of the text that is too much. Only the byte limit passed: the figures are bytes."""
    counted, limit = length.count, length.limit
    if counted <= limit and platform.byte_limit is not None:
        counted, limit = len(text.encode("utf-8", "surrogatepass")), platform.byte_limit
    values = (
        ("count", f"{counted:,}"),
        ("limit", f"{limit:,}"),
        ("platform", platform.name),
        ("over", f"{too_much:,}"),
    )
    return Hit(_cut(text, platform), len(text), values=values)


def _cut(text: str, platform: Platform) -> int:
    """How many characters fit: doubling, then halving, so only a little more than what fits is counted each time."""
    if text.isascii() and not _LINKED.search(text) and text.count("\r") == 0:
        return min(platform.limit, platform.byte_limit or platform.limit)  # each character is one of the network's
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

"""Kind `length`: texts that a network does not take, counted as that network counts."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.counting import count, excess, over, size
from bot.model import Length
from bot.playbook import Playbook
from bot.playbook.values import Platform, RuleSpec, Shape
from bot.rules.kind import Check, Hit, Reading

INSTEAD = "The limits stand in the networks' files in prompts/platforms."

_TRIES = 3
_GRAPHEME = regex.compile(r"\X")
_UNEVEN = regex.compile(r"[^\x00-\xa8\xaa-\xad\xaf-\u02ff\u2010-\u2027]|\.\p{L}|://|@|\r")
"""Links, mentions, emoji and all that is written in several characters: what has no length of its own in each place."""

_DOMAIN = regex.compile(r"\.[A-Za-z]")
_AROUND = 60
"""Characters to each side of a place, and the words they are in, where a link or an emoji may change what fits."""


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
        counted, limit = size(text, platform), platform.byte_limit
    values = (
        ("count", f"{counted:,}"),
        ("limit", f"{limit:,}"),
        ("platform", platform.name),
        ("over", f"{too_much:,}"),
    )
    return Hit(_whole(text, _cut(text, platform, too_much)), len(text), values=values)


def _whole(text: str, place: int) -> int:
    """The place, or the beginning of what a reader sees as one character there."""
    start = max(0, place - _AROUND)
    for one in _GRAPHEME.finditer(text, start, min(len(text), place + _AROUND)):
        if one.end() > place:
            return one.start() if one.start() > start else place
    return place


def _cut(text: str, platform: Platform, beyond: int) -> int:
    """How many characters fit, which is mostly as many as are too much less than all.

    Otherwise by doubling, then halving, so that only a little more than what fits is counted each time.
    """
    if text.isascii() and not any(sign in text for sign in ("@", "://", "\r")) and _DOMAIN.search(text) is None:
        return platform.limit  # each character counts for one, on any network
    likely = _likely_cut(text, platform, len(text) - beyond)
    if likely is not None:
        return likely
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


def _likely_cut(text: str, platform: Platform, place: int) -> int | None:
    """The place where the limit is just reached, near one that is likely; None where it isn't found at once.

    It is the only one if no link or emoji stands near: half of one may count for more than the whole.
    """
    for _ in range(_TRIES):
        if not 0 < place < len(text):
            return None
        spare = platform.limit - count(text[:place], platform).count
        if spare == 0:
            break
        place += spare
    else:
        return None
    start = max(0, *(text.rfind(space, 0, max(0, place - _AROUND)) for space in " \n"))
    ends = [end for space in " \n" if (end := text.find(space, place + _AROUND)) >= 0]
    if _UNEVEN.search(text, start, min(ends, default=len(text))):
        return None
    fits = excess(Length(platform.limit, platform.limit), text[:place], platform) == 0
    return place if fits and over(text[: place + 1], platform) else None

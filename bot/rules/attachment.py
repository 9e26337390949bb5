"""Kind `attachment`: an image without a description, or words that send the reader to a picture."""

from __future__ import annotations

from collections.abc import Iterator

from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.kind import Check, Hit, Reading, Screened
from bot.rules.patterns import compile_patterns, likely, places
from bot.rules.places import word_patterns

WORDS = "Whole words in any case that send the reader to a picture."


class Params(Shape):
    """Keys of the kind `attachment`. `patterns` and `words` (whole words) send the reader to a picture.

    `described` are patterns that count as a description in the text, such as "Image description: …".
    """

    patterns: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. A hit without a place in the text is about the image itself. Raises PatternFault."""
    patterns = compile_patterns("patterns", (*params.patterns, *word_patterns(params.words)))
    described = compile_patterns("described", params.described)
    exceptions = compile_patterns("exceptions", params.exceptions)

    def check(reading: Reading) -> Iterator[Hit]:
        attached = reading.context.attachments
        told = attached.described + sum(1 for _ in places(likely(described, reading), reading.plain))
        pointers = list(places(likely(patterns, reading), reading.plain))
        if pointers:
            excepted = tuple(places(exceptions, reading.plain))
            pointers = [
                place
                for place in pointers
                if not any(place.start < one.end and one.start < place.end for one in excepted)
            ]
        if attached.images <= told and (told or not pointers):
            return
        missing = max(attached.images - told, 1)
        values = (("count", str(missing)),)
        if pointers:
            first = min(pointers, key=lambda place: place.start)
            place = reading.original(first.start, first.end)
            yield Hit(place.start, place.end, values=values)
        else:
            yield Hit(0, 0, values=values)

    return Screened(check, frozenset((*patterns, *described)))

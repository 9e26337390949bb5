"""Kind `sentences`: sentences that are too long to be read in one go.

What is counted are words: names count once however many words they have, and links, mentions, tags, figures and emoji
not at all, since nobody stumbles over those. A language without spaces between its words has no long sentence here.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.kind import Check, Hit, PatternFault, Reading, Span
from bot.rules.patterns import compile_patterns, found

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_NO_WORDS = ("#", "@", "http://", "https://", "www.")


class Params(Shape):
    """Keys of the kind `sentences`.

    A sentence of more than `most` words is a note. One of more than `far` words has the rule's severity, and so has
    the longest where there are `several` of more than `most`. `exceptions` spare a sentence that holds one.
    """

    most: int = Field(gt=0)
    far: int = Field(gt=0)
    several: int = Field(default=2, ge=2)
    exceptions: tuple[str, ...] = ()


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Values for the message: {which} {count}; for the fix {others}, empty where only one is long."""
    if params.far < params.most:
        raise PatternFault("far", f"far is {params.far}, less than most. Give it at least {params.most}.")
    exceptions = compile_patterns("exceptions", params.exceptions)

    def check(reading: Reading) -> Iterator[Hit]:
        long: list[tuple[int, int, Span]] = []
        for number, sentence in enumerate(reading.sentences):
            piece = reading.plain[sentence.start : sentence.end]
            if piece.count(" ") < params.most:
                continue
            counted = words_in(piece)
            if counted > params.most and not found(exceptions, piece):
                long.append((counted, number, sentence))
        if long:
            counted, number, sentence = max(long, key=lambda one: (one[0], -one[1]))
            heavy = counted > params.far or len(long) >= params.several
            place = reading.original(sentence.start, sentence.end)
            values = (
                ("which", _which(number)),
                ("count", str(counted)),
                ("others", _others(len(long) - 1, params.most)),
            )
            yield Hit(place.start, place.end, severity=None if heavy else Severity.INFO, values=values)

    return check


def words_in(piece: str) -> int:
    """How many words a reader has to carry through a sentence of the matching copy."""
    counted, in_name = 0, False
    for place, word in enumerate(piece.split()):
        if word.startswith(_NO_WORDS) or not any(character.isalpha() for character in word):
            in_name = False
            continue
        capital = place > 0 and word.lstrip("\"'([")[:1].isupper()
        counted += not (capital and in_name)
        in_name = capital
    return counted


def _which(number: int) -> str:
    return f"The {_ORDINALS[number]}" if number < len(_ORDINALS) else "One"


def _others(count: int, most: int) -> str:
    if count == 0:
        return ""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f" {number} more {'is' if count == 1 else 'are'} over {most} words."

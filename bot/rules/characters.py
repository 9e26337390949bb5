"""Kind `characters`: hashtags that can't be told apart into words, and letters that are not what they seem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from bot.model import Edit
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.kind import Check, Hit, PatternFault, Reading
from bot.rules.letters import fancy, hidden, look_alikes
from bot.rules.patterns import Pattern, compile_pattern, compile_patterns
from bot.rules.places import excused

WORDS = "Small words that hashtags are taken apart by."
INSTEAD = "Letters that are not what they seem are told by their characters, not by words."

_TAG = r"(?:^|[^\p{L}\p{N}_#&/])#([a-z]+)(?:$|[^\p{L}\p{M}\p{N}_])"
_LONGEST_WORD = 20
_SHOWN = 60
"""Characters of a better version that a message gives at most."""


class Params(Shape):
    """Keys of the kind `characters`.

    `finds = "hashtag-case"`: hashtags of more than `longest` small letters that are made of two or more of `words`,
    unless they stand in `single`. `finds = "odd-characters"`: fancy letters, hidden marks and look-alike letters.
    `exceptions` take back a place that they overlap.
    """

    finds: Literal["hashtag-case", "odd-characters"]
    longest: int = Field(default=10, ge=1)
    words: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


def refused(params: Mapping[str, Any]) -> frozenset[str]:
    """What a rule takes no more of: words mean nothing to letters."""
    return frozenset({"words"} if params.get("finds") == "odd-characters" else ())


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for hashtags without words to take them apart by."""
    exceptions = compile_patterns("exceptions", params.exceptions)
    if params.finds == "odd-characters":
        return _excepting(exceptions, _odd_characters)
    if not params.words:
        raise PatternFault("words", "there are no words to take hashtags apart by. Add words = ['…'].")
    tags = compile_pattern("kind", _TAG)
    words = frozenset(word.casefold() for word in params.words)
    single = frozenset(tag.casefold().lstrip("#") for tag in params.single)

    def hashtag_case(reading: Reading) -> Iterator[Hit]:
        for match in tags.finditer(reading.text) if "#" in reading.text else ():
            tag = match.group(1)
            if len(tag) <= params.longest or tag in single:
                continue
            parts = take_apart(tag, words)
            if len(parts) > 1:
                better = "#" + "".join(part.capitalize() for part in parts)
                start, end = match.start(1) - 1, match.end(1)
                yield Hit(start, end, values=(("better", better),), edits=(Edit(start, end, better),))

    return _excepting(exceptions, hashtag_case)


def take_apart(tag: str, words: frozenset[str]) -> tuple[str, ...]:
    """The fewest of `words` that make up the whole tag, in order; empty where they don't."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(tag)]
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before = best[start]
            if before is None or tag[start:end] not in words:
                continue
            made = (*before, tag[start:end])
            current = best[end]
            if current is None or len(made) < len(current):
                best[end] = made
    return best[-1] or ()


def _excepting(exceptions: tuple[Pattern, ...], check: Check) -> Check:
    """The check without the hits that an exception overlaps."""
    if not exceptions:
        return check

    def excepting(reading: Reading) -> Iterator[Hit]:
        excepted = excused(exceptions, reading)
        return (hit for hit in check(reading) if not excepted.near(hit.start, hit.end))

    return excepting


def _odd_characters(reading: Reading) -> Iterator[Hit]:
    if reading.text.isascii():
        return
    for kind, find in (("bold or fancy letters", fancy), ("hidden marks", hidden), ("look-alike letters", look_alikes)):
        for start, end, better in find(reading.text):
            shown = better if len(better) <= _SHOWN else better[: _SHOWN - 1] + "…"
            values = (("kind", kind), ("better", shown))
            yield Hit(start, end, evidence=kind, values=values, edits=(Edit(start, end, better),))

"""Where emoji stand in a text: whole sequences, each once, in a time that grows with the text's length."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import emoji
import regex

_NOT_LATIN = regex.compile(r"[^\x00-\xa8]")

NO_EMOJI = frozenset("©®™")
"""The emoji library lists these three; networks and readers take them for text."""

_BELONGS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
"""Signs that say how the emoji before them looks; they are none themselves."""


class Emoji(NamedTuple):
    """One emoji of a text: its place, and its signs without those for the look of something without a picture."""

    start: int
    end: int
    signs: str


def emoji_places(text: str, *, joined: bool = False) -> Iterator[Emoji]:
    """Where emoji stand; with `joined`, those that are joined to something that has no picture are one.

    ©, ® and ™ are among them. Each emoji is looked at alone with what belongs to it: the library's time grows with the
    square of the number of joiners in what it is given.
    """
    if text.isascii():
        return
    for unit in _emoji_unit().finditer(text) if _NOT_LATIN.search(text) else ():
        start = unit.start()
        for one in _emoji_in(unit.group(), joined):
            yield Emoji(start + one.start, start + one.end, one.signs)


@lru_cache(maxsize=2048)
def _emoji_in(unit: str, joined: bool) -> tuple[Emoji, ...]:
    if joined:
        tokens = list(emoji.analyze(unit, non_emoji=False, join_emoji=True))
        places: list[Any] = [token.value for token in tokens]
        return tuple(Emoji(at.start, at.end, token.chars) for at, token in zip(places, tokens, strict=True))
    return tuple(Emoji(one["match_start"], one["match_end"], one["emoji"]) for one in emoji.emoji_list(unit))


@cache
def _emoji_unit() -> Any:
    """An emoji with what may belong to it: signs of its look, a skin tone, tags, and others joined to it."""
    known = {ord(sign) for one in emoji.EMOJI_DATA for sign in one if not sign.isascii() and sign not in _BELONGS}
    flags = r"[\U0001f1e6-\U0001f1ff]{1,60}+"
    one = rf"(?:{flags}|[{_ranges(known)}]|[0-9#*](?=[\ufe0e\ufe0f\u20e3]))"
    look = r"[\u200d\ufe0e\ufe0f]"
    tail = r"[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    return regex.compile(rf"{one}(?:{tail}|\u200d{look}*+{one}){{0,40}}+\u200d?+")


def _ranges(places: set[int]) -> str:
    """Code points as the inside of a class of characters, neighbours as one range."""
    firsts = sorted(place for place in places if place - 1 not in places)
    lasts = sorted(place for place in places if place + 1 not in places)
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in zip(firsts, lasts, strict=True))

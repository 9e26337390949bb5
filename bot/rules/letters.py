"""Letters that are not what they seem: bold and other fancy alphabets, marks that nobody sees, look-alikes.

Each function yields (start, end, better) for a text, with `better` in ordinary letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import regex
from confusable_homoglyphs import confusables  # type: ignore[import-untyped]

from bot.counting.pictures import emoji_places

_FANCY = (
    "MATHEMATICAL ", "FULLWIDTH LATIN ", "FULLWIDTH DIGIT ", "SCRIPT CAPITAL ", "SCRIPT SMALL ",
    "DOUBLE-STRUCK CAPITAL ", "DOUBLE-STRUCK SMALL ", "BLACK-LETTER CAPITAL ", "CIRCLED LATIN ",
    "NEGATIVE CIRCLED LATIN ", "SQUARED LATIN ", "NEGATIVE SQUARED LATIN ", "PARENTHESIZED LATIN ",
)  # fmt: skip
_EMOJI_LETTERS = frozenset("🅰🅱🅾🅿")
_JOINERS = frozenset("\u200c\u200d")
_HIDDEN = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\u115f\u1160\u3164\uffa0"
)
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEGATIVE = ((0x1F150, "A"), (0x1F170, "A"), (0x1F130, "A"))
_MAY_HIDE = regex.compile(rf"[{''.join(sorted(_HIDDEN))}\U000e0001-\U000e007f]")
_WRITES_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_WORD = regex.compile(r"[\p{L}\p{M}]{4,}+")
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
_ALIKE = ("CYRILLIC", "GREEK")


def fancy(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of fancy letters, with what stands between two of them where that is only spaces or marks.

    Wide letters and figures are none in a text with Chinese, Japanese or Korean: people write them so there.
    """
    if text.isascii():
        return
    if not any(map(_is_fancy, set(_NOT_ASCII.findall(text)))):
        return
    start: int | None = None
    last = 0
    wide = _WRITES_WIDE.search(text) is not None
    for place, character in enumerate(text):
        if _is_fancy(character) and not (wide and "\uff01" <= character <= "\uff5e"):
            start = place if start is None else start
            last = place + 1
        elif start is not None and (character.isalnum() or character == "\n"):
            yield start, last, _plain(text[start:last])
            start = None
    if start is not None:
        yield start, last, _plain(text[start:last])


def hidden(text: str) -> Iterator[tuple[int, int, str]]:
    """Zero-width and direction marks, with the word around them.

    What an emoji needs (joiners, the tags of flags) is no hidden mark, nor are joiners in scripts that write with them,
    nor direction marks in a text that runs from right to left.
    """
    if text.isascii():
        return
    if _MAY_HIDE.search(text) is None:
        return
    in_emoji = _emoji_places(text)
    right_to_left = any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
    for place, character in enumerate(text):
        if character not in _HIDDEN and not "\U000e0001" <= character <= "\U000e007f":
            continue
        if place in in_emoji or (character in _DIRECTIONS and right_to_left) or _joins_script(text, place):
            continue
        start, end = _around(text, place)
        yield start, end, "".join(one for one in text[start:end] if one not in _HIDDEN and one < "\U000e0000")


def look_alikes(text: str) -> Iterator[tuple[int, int, str]]:
    """Words in Latin letters with Cyrillic or Greek ones among them that look the same."""
    if text.isascii():
        return
    if not any(_script(one) in _ALIKE for one in set(_NOT_ASCII.findall(text))):
        return
    for match in _WORD.finditer(text):
        word = match.group(0)
        if word.isascii() or not any(character.isascii() for character in word):
            continue
        foreign = [one for one in word if _script(one) in _ALIKE]
        if foreign and all(_latin(one) for one in foreign):
            yield match.start(), match.end(), "".join(_latin(one) or one for one in word)


@lru_cache(maxsize=2048)
def _is_fancy(character: str) -> bool:
    if character.isascii() or character in _EMOJI_LETTERS:
        return False
    name = unicodedata.name(character, "")
    if not name.startswith(_FANCY):
        return False
    return not name.startswith("MATHEMATICAL ") or unicodedata.category(character) in ("Lu", "Ll", "Nd")


def _plain(piece: str) -> str:
    return "".join(_plain_letter(character) if _is_fancy(character) else character for character in piece)


def _plain_letter(character: str) -> str:
    for first, letter in _NEGATIVE:
        if first <= ord(character) < first + 26:
            return chr(ord(letter) + ord(character) - first)
    return unicodedata.normalize("NFKC", character).strip("()")


def _emoji_places(text: str) -> frozenset[int]:
    """Places inside emoji, with the mark after one that belongs to it."""
    return frozenset(place for one in emoji_places(text) for place in range(one.start, one.end))


def _joins_script(text: str, place: int) -> bool:
    """Whether a joiner stands between letters of a script other than Latin, Greek and Cyrillic, which may need it."""
    if text[place] not in _JOINERS or not 0 < place < len(text) - 1:
        return False
    return all(_script(text[beside]) not in ("", "LATIN", "GREEK", "CYRILLIC") for beside in (place - 1, place + 1))


def _around(text: str, place: int) -> tuple[int, int]:
    """The word that a mark stands in, at most 30 characters to each side."""
    start, end = place, place + 1
    while start > 0 and place - start < 30 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and end - place < 30 and not text[end].isspace():
        end += 1
    return start, end


@lru_cache(maxsize=2048)
def _script(character: str) -> str:
    """The first word of a letter's or mark's name, which is its script; empty for other characters."""
    if unicodedata.category(character)[0] not in "LM":
        return ""
    return unicodedata.name(character, "").split(" ")[0]


@lru_cache(maxsize=2048)
def _latin(character: str) -> str:
    """The Latin letter that a Greek or Cyrillic one can be taken for, or nothing."""
    found = confusables.is_confusable(character, preferred_aliases=["latin"])
    if not found:
        return ""
    alike = [one["c"] for one in found[0]["homoglyphs"] if one["c"].isascii() and one["c"].isalpha()]
    return next((one for one in alike if one.islower() == character.islower()), "")

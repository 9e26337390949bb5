"""The matching copy with one byte for each character, which patterns are run over.

RE2 knows bytes: in UTF-8 a text with one emoji in it is encoded for each pattern, and each place counted back into
characters. In the shape of a text, ASCII stands for itself and any other character for what patterns can ask of it:
a capital, a small letter, another letter, a mark, a number, a picture, or some sign. Places are the same as in the text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import SupportsIndex, overload

import regex

from bot.rules.written import tokens

_STAND_INS = {"Lu": "À", "Ll": "à", "Lt": "ª", "Lm": "ª", "Lo": "ª", "M": "\x80", "N": "²", "So": "¦"}
"""What stands for letters, marks, numbers and pictures outside ASCII: characters of Latin-1, of which RE2 thinks the same."""

_OTHER = "\x90"
_OWN = {
    **{chr(place): chr(place) for place in range(0xA1, 0xC0) if not chr(place).isalnum()},
    "€": "¤",
    "¤": _OTHER,
    "¦": "°",
}
"""Signs that patterns may name."""

_CLASSES = {
    **{said: said for name in ("L", "N") for said in (rf"\p{name}", rf"\p{{{name}}}")},
    **{said: said for said in (r"\p{Lu}", r"\p{Ll}", r"\p{So}")},
    **dict.fromkeys((r"\pM", r"\p{M}"), r"\x80-\x8f"),
}
"""Classes of characters that a shape can tell apart, and how patterns of shapes say them inside brackets."""

_NUMBERED = regex.compile(r"\\x\{([0-9A-Fa-f]+)\}|\\x([0-9A-Fa-f]{2})")
_OCTAL = regex.compile(r"\\[0-7]")
_NOWHERE = r"\xff"
"""Stands for any character outside ASCII where the text has none."""


class Plain(str):
    """A matching copy, or a piece of one, that knows its shape."""

    __slots__ = ("shape",)

    shape: bytes

    def __new__(cls, text: str, shape: bytes | None = None) -> Plain:
        """The text with its shape, which is made where none is given."""
        made = str.__new__(cls, text)
        made.shape = shape_of(text) if shape is None else shape
        return made

    @overload
    def __getitem__(self, key: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, key: slice) -> Plain: ...
    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """One character, or a piece that knows its shape too."""
        piece = str.__getitem__(self, key)
        return Plain(piece, self.shape[key]) if isinstance(key, slice) else piece


def shape_of(text: str) -> bytes:
    """One byte for each character."""
    if text.isascii():
        return text.encode("ascii")
    return text.translate({ord(one): _stand_in(one) for one in set(text) if not one.isascii()}).encode("latin-1")


def for_shapes(source: str) -> str | None:
    """The pattern as it is said of shapes, in Latin-1; None where it asks what a shape does not tell."""
    made: list[str] = []
    for piece in _pieces(source):
        said = _said(piece) if len(piece) < 2 or piece[0] != "[" else _class_said(piece)
        if said is None:
            return None
        made.append(said)
    return "".join(made)


def for_ascii(source: str) -> str | None:
    """The pattern as it is said of texts in ASCII alone; None where that can't be told."""
    if r"\Q" in source:
        return None
    said = "".join(one if one.isascii() else _NOWHERE for one in source)
    return _NUMBERED.sub(lambda number: number.group() if _in_ascii(number) else _NOWHERE, said)


@lru_cache(maxsize=4096)
def _stand_in(character: str) -> str:
    """What stands in a shape for a character outside ASCII."""
    kind = unicodedata.category(character)
    return _OWN.get(character) or _STAND_INS.get(kind) or _STAND_INS.get(kind[0]) or _OTHER


def _pieces(source: str) -> list[str]:
    return [r"\Q"] if r"\Q" in source else tokens(source)


def _class_said(piece: str) -> str | None:
    """A class in brackets as it is said of shapes."""
    said = [_said(one, inside=True) for one in tokens(piece[1:-1])]
    made = [one for one in said if one is not None]
    return f"[{''.join(made)}]" if len(made) == len(said) else None


def _said(piece: str, *, inside: bool = False) -> str | None:
    """One piece of a pattern as it is said of shapes."""
    if piece[:2] in (r"\p", r"\P"):
        known = _CLASSES.get(piece)
        return known if known is None or inside or known == piece else f"[{known}]"
    if piece[:2] in (r"\C", r"\Q") or _OCTAL.match(piece):
        return None
    number = _NUMBERED.fullmatch(piece)
    if number is not None:
        return piece if _in_ascii(number) else None
    if piece.isascii():
        return piece
    own = _OWN.get(piece, _OTHER)
    return None if own == _OTHER else rf"\x{ord(own):02x}"


def _in_ascii(number: regex.Match[str]) -> bool:
    return int(number.group(1) or number.group(2), 16) < 0x80

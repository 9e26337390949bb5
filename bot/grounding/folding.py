"""When two texts count as the same, and where a quote stands in a text. Pure.

Folding takes away what differs without meaning: case, white space, the style of quotes and dashes, HTML escapes,
forms that Unicode calls compatible, and characters that nobody sees. Offsets count code points of the original.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

_MIN_IN_WORD = 4
"""A quote that begins or ends inside a word must be at least this long, folded: "he" does not stand in "the"."""

_FLAGS = "|".join("\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f"
                  for name in ("gbeng", "gbsct", "gbwls"))  # fmt: skip
_INVISIBLE = (
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    r"\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
)
# Joiners are part of spelling in Arabic and Indian scripts and of many emoji; after any other character they only hide.
_JOINERS = r"(?<![\p{Lo}\p{M}\p{So}\p{Sk}])[\u200c\u200d]"
_HIDDEN = regex.compile(rf"(?P<flag>{_FLAGS})|{_INVISIBLE}|{_JOINERS}")

_ESCAPES = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&#x27;": "'",
    "&apos;": "'",
    "&nbsp;": " ",
}
_STYLES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´‹›ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−⁃", "-"),
    }
)
_PIECES = regex.compile(r"(?i)&(?:amp|lt|gt|quot|#39|#x27|apos|nbsp);|\r\n|.", regex.DOTALL)
_ESCAPE = regex.compile(r"(?i)&(?:amp|lt|gt|quot|#39|#x27|apos|nbsp);")
_SPACES = regex.compile(r"[\t-\r\x1c-\x1f ]+")
_CONTROLS = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_DROPPED = regex.compile(r"[\p{Cf}\p{Cc}\ufe00-\ufe0f\U000e0000-\U000e0fff\u034f\u115f\u1160\u3164\uffa0]")
_EDGE = " \"'-.,;:…"


class Quoted(NamedTuple):
    """Where a quote stands: code points `start` to `end` of the text."""

    start: int
    end: int


def strip_hidden(text: str) -> str:
    """The text without tag, zero-width, direction and control characters. Emoji and flags keep theirs."""
    return str(_HIDDEN.sub(lambda match: match.group("flag") or "", text))


def hidden_characters(text: str) -> int:
    """How many characters `strip_hidden` takes out."""
    return len(text) - len(strip_hidden(text))


def fold(text: str) -> str:
    """The text as it is compared: see the module."""
    plain = text.translate(_STYLES)
    if not plain.isascii():
        return _folded(text)[0].strip()
    # Most texts are plain once their quotes and dashes are: the same, without a look at each letter.
    plain = _ESCAPE.sub(lambda match: _ESCAPES[match.group().casefold()], plain).casefold()
    return str(_SPACES.sub(" ", _CONTROLS.sub("", plain))).strip()


@lru_cache(maxsize=512)
def fold_standing(text: str) -> str:
    """The same for a text that is compared again and again, such as an approved fact. Never a draft."""
    return fold(text)


class Folded:
    """A text in which many quotes are looked for: it is folded once."""

    def __init__(self, text: str) -> None:
        self._there, self._origin = _folded(text)

    def find(self, quote: str) -> Quoted | None:
        """The first place where the quote stands in the text, word for word after folding; None when it does not.

        Whole words are looked for first. Quote marks and dots around the quote are the model's and may go.
        """
        wanted = fold(quote)
        for candidate in dict.fromkeys((wanted, wanted.strip(_EDGE))):
            place = _find(candidate, self._there, self._origin)
            if place is not None:
                return place
        return None


def find_quote(quote: str, text: str) -> Quoted | None:
    """Where one quote stands in one text; see `Folded.find`."""
    return Folded(text).find(quote)


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters the start and end of the piece that it came from."""
    letters: list[str] = []
    origin: list[tuple[int, int]] = []
    for piece in _PIECES.finditer(text):
        place = piece.span()
        plain = _ESCAPES.get(piece.group().casefold(), piece.group())
        for letter in unicodedata.normalize("NFKD", plain.translate(_STYLES)).translate(_STYLES).casefold():
            if letter.isspace():
                if letters and letters[-1] == " ":
                    origin[-1] = (origin[-1][0], place[1])
                else:
                    letters.append(" ")
                    origin.append(place)
            elif not _DROPPED.match(letter):
                letters.append(letter)
                origin.append(place)
    return "".join(letters), origin


def _find(wanted: str, there: str, origin: list[tuple[int, int]]) -> Quoted | None:
    if not any(letter.isalnum() or unicodedata.category(letter)[0] == "S" for letter in wanted):
        return None
    inside: Quoted | None = None
    at = there.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _splits_piece(at, end, there, origin):
            place = Quoted(origin[at][0], origin[end - 1][1])
            if not (_joined(there, at) or _joined(there, end)):
                return place
            inside = inside or place
        at = there.find(wanted, at + 1)
    return inside if len(wanted) >= _MIN_IN_WORD else None


def _splits_piece(start: int, end: int, there: str, origin: list[tuple[int, int]]) -> bool:
    """Whether the match begins or ends in the middle of one character of the original, or leaves its accent behind."""
    if start > 0 and origin[start - 1] == origin[start]:
        return True
    if end < len(there):
        return origin[end] == origin[end - 1] or bool(unicodedata.combining(there[end]))
    return False


def _joined(there: str, at: int) -> bool:
    """Whether a word goes on across this place. Scripts without spaces have no such places."""
    if not 0 < at < len(there):
        return False
    before, after = there[at - 1], there[at]
    return (
        before.isalnum() and after.isalnum() and "Lo" not in (unicodedata.category(before), unicodedata.category(after))
    )

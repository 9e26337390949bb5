"""Makes a text ready for the rules: the matching copy with its offset table, and the sentences.

The original stays as it is, for counting and quoting. Rules look at the matching copy, where an apostrophe is always
`'`, a hyphen `-` and a space ` `, bold and full-width letters and the figures of other scripts are plain, and marks that
nobody sees are gone. Fractions and ™ stay as they are: made plain, "½" would become a "1" and a "2". Time and memory are
linear in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import regex

from bot.rules.kind import Context, Reading, Span
from bot.rules.shapes import Plain

_SAME = {
    **dict.fromkeys("‘’‚‛′ʹʼ´`＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
    "\t": " ",
    "\N{COMBINING GRAPHEME JOINER}": "",
    "\N{HANGUL FILLER}": "",
    "\N{HALFWIDTH HANGUL FILLER}": "",
}
_ASCII_SAME = str.maketrans({mark: same for mark, same in _SAME.items() if mark.isascii()})
_CATEGORIES = {"Cs": "\N{REPLACEMENT CHARACTER}", "Cf": "", "Zs": " "}
"""Lone surrogates, hidden marks and spaces, by the Unicode category."""
_KEPT_SIGNS = frozenset("™℠⁄")
_MOST_OF_ONE = 4
"""Characters that one becomes at most; a sign for a whole phrase stays one sign."""

_NEGATIVE_LETTERS = ((0x1F150, 0x1F169), (0x1F170, 0x1F189))
"""White letters on black, circled and squared: Unicode gives them no plain form."""

_BULLETS = "•▪●◦‣►▶■□➤➡→✓✔✅☑"
_END = regex.compile(rf"""(?<![.!?])[.!?]++["')\]]*+(?:[ \n]++|\Z)|\n++|[。！？{_BULLETS}]""")
_LIST_MARKS = f"-*+{_BULLETS} \n"

_SHORT_FORMS = """
    mr mrs ms dr prof st sr jr rev hon gen sen rep vs etc eg ie e.g i.e cf al approx no nos vol fig dept est
    inc ltd co corp plc jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun p pp a.m p.m
"""
_BEGINNINGS = (
    "we the i it our this that these those a an in if but and they you my so from at on when what why how for as"
)
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())
_ENDS_ANYWAY = frozenset({"inc", "ltd", "co", "corp", "plc", "etc", "a.m", "p.m", "no"})
"""Abbreviations that may also end a sentence: they do when a capital follows."""
_OPENERS = frozenset(_BEGINNINGS.split())


def read(
    text: str, context: Context, ruled_out: Callable[[Plain], frozenset[object]] = lambda plain: frozenset()
) -> Reading:
    """The text with its matching copy, its sentences, and the patterns that are `ruled_out` in the copy. Never raises.

    Half a surrogate pair, which no encoding takes, is replaced one for one in the reading's text; offsets stay right.
    """
    text = _encodable(text)
    copy, origin = _matching_copy(text)
    plain = Plain(copy)
    return Reading(text, plain, origin, tuple(_sentences(copy)), context, ruled_out(plain))


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= one <= "\udfff" else one for one in text)
    return text


def as_copied(words: str) -> str:
    """Words or a pattern with letters, quotation marks, hyphens and spaces as the matching copy has them.

    People copy both from texts with curly apostrophes. What would become a sign of patterns stays as it is.
    """
    if words.isascii():
        return words
    made = ((one, fold(one)) for one in words)
    return "".join(copy if all(c.isalnum() or c in "'\"- " for c in copy) else one for one, copy in made)


@lru_cache(maxsize=4096)
def fold(character: str) -> str:
    """What one character becomes in the matching copy: itself, another, several, or nothing for a hidden mark."""
    if character in _SAME:
        return _SAME[character]
    kind = unicodedata.category(character)
    place = ord(character)
    if kind in _CATEGORIES or _is_variation_selector(character):
        return _CATEGORIES.get(kind, "")
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind in ("No", "Sk") or character in _KEPT_SIGNS:
        return character
    if any(first <= place <= last for first, last in _NEGATIVE_LETTERS):
        return chr(ord("A") + next(place - first for first, last in _NEGATIVE_LETTERS if first <= place <= last))
    made = unicodedata.normalize("NFKC", character)
    return "".join(_SAME.get(one, one) for one in made) if len(made) <= _MOST_OF_ONE else character


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _matching_copy(text: str) -> tuple[str, Sequence[int]]:
    if text.isascii():
        return text.translate(_ASCII_SAME), range(len(text) + 1)
    changed = {character: fold(character) for character in set(text) if character in _SAME or not character.isascii()}
    others = {one: made for one, made in changed.items() if len(made) != 1 or unicodedata.combining(one)}
    copy = text
    for one, made in changed.items():
        if one not in others and one != made:
            copy = copy.replace(one, made)  # what it becomes stays as it is, so the order does not matter
    return _rewritten(text, copy, others) if others else (copy, range(len(text) + 1))


def _rewritten(text: str, copy: str, others: Mapping[str, str]) -> tuple[str, list[int]]:
    """The copy where characters vanish, multiply or join the one before them: `others`, and what becomes of them."""
    pieces: list[str] = []
    origin: list[int] = []
    start = 0
    for place, character in enumerate(text):
        if character not in others:
            continue
        if start < place:
            pieces.append(copy[start:place])
            origin += range(start, place)
        start = place + 1
        if pieces and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", pieces[-1][-1] + character)
            if len(joined) == 1:
                pieces[-1] = pieces[-1][:-1] + joined
                continue
        made = others[character]
        if made:
            pieces.append(made)
            origin += [place] * len(made)
    pieces.append(copy[start:])
    origin += range(start, len(text) + 1)
    return "".join(pieces), origin


def _sentences(plain: str) -> Iterator[Span]:
    """Sentences end at their marks, at line breaks and at bullets, but not inside "3.5%", "U.S." or "Dr."."""
    start = 0
    for match in _END.finditer(plain):
        end = match.end()
        if not _goes_on(plain, match.start(), end):
            trimmed = _trimmed(plain, start, end)
            if trimmed is not None:
                yield trimmed
            start = end
    trimmed = _trimmed(plain, start, len(plain))
    if trimmed is not None:
        yield trimmed


def _goes_on(plain: str, start: int, end: int) -> bool:
    """Whether what looks like a sentence's end is the dot of an abbreviation, an initial or a list number."""
    mark = plain[start:end]
    if mark.rstrip() != "." or "\n" in mark or end >= len(plain):
        return False
    word = _word_before(plain, start)
    capital_follows = plain[end].isupper()
    if word.isdigit():
        return len(word) <= 2 and _begins_line(plain, start - len(word))
    if len(word) == 1 and word.isupper():
        return capital_follows and word != "I"
    if "." in word and word.replace(".", "").isupper():
        return not _opens_sentence(plain, end)
    small = word.casefold()
    return small in _ABBREVIATIONS and not (small in _ENDS_ANYWAY and capital_follows)


def _word_before(plain: str, end: int) -> str:
    """The word, dots inside it included, that ends at `end`; at most 12 characters are looked at."""
    likely = plain[max(0, end - 12) : end]
    likely = likely[likely.rfind(" ") + 1 :]
    if likely.isalnum():
        return likely
    start = end
    while start > 0 and end - start < 12 and (plain[start - 1].isalnum() or plain[start - 1] == "."):
        start -= 1
    return plain[start:end]


def _begins_line(plain: str, place: int) -> bool:
    return place == 0 or plain[place - 1] == "\n"


def _opens_sentence(plain: str, start: int) -> bool:
    word = plain[start : start + 12].split(maxsplit=1)[0] if plain[start : start + 12].strip() else ""
    return word[:1].isupper() and word.strip(",'").casefold() in _OPENERS


def _trimmed(plain: str, start: int, end: int) -> Span | None:
    """The span without space around it and without the mark of a list before it; None if no more is left."""
    piece = plain[start:end]
    begin = len(piece) - len(piece.lstrip(_LIST_MARKS))
    number = piece[begin : begin + 2].rstrip(".)")
    if number.isdecimal() and piece[begin + len(number) : begin + len(number) + 2] in (". ", ") "):
        begin += len(number) + 2
    finish = len(piece.rstrip(f"{_BULLETS} \n"))
    return Span(start + begin, start + finish) if begin < finish else None

"""Which language a text is in, as far as its script, its commonest words and its letters tell.

Names in any language stand in any text, so links, mentions and hashtags are passed over, and no single word decides. A short
text has to be all in another language to be taken for one, and nothing is said of it then. A text that mixes two languages
evenly is taken as the organisation's own, and all its rules run.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from itertools import islice
from struct import unpack

import regex

from bot.rules.vocabulary import COMMON, LETTERS

LEAST_CHARACTERS = 60
"""Of a text shorter than that no language is named."""
_LOOKED_AT = 4000
"""Characters that are looked at; enough words for any draft that a network takes."""
_UNIT = 60
"""What a word weighs that only one language has; one that several share weighs as much less."""
_LEAST_WEIGHT = 1.5 * _UNIT
"""What a language's words in the text have to weigh, each counted once."""
_LEAST_WORDS = 3
_LEAD = 1.5
"""How much more they have to weigh than those of English, or English than those of any other."""
_LEAD_IN_SHORT = 4.0
"""The same for a text that is too short to name its language."""
_LEAST_SHARE = 0.08
"""Of all different words; in a short text a third and more are common ones, in a long one fewer."""
_MOST_OF_ONE = 3
"""How often one letter counts."""
_STRANGE_WORDS = 10
"""So many different words in small letters without a common English one are of another language, whatever it is."""

_ASIDE = regex.compile(r"(?:https?://|www\.)\S+|[@#][\w.\-]+")
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_DENSITY = 3
"""A Chinese, Japanese or Korean character says as much as three Latin letters."""
_NO_WORDS = str.maketrans(dict.fromkeys(".,;:!?\"'()[]{}*…¡¿、。", " "))
_NAMES = tuple(COMMON)
_ENGLISH = 0
"""The place of English, which stands first."""
_BITS = 16
"""Binary places of one figure in a sum; 4,000 characters hold fewer than 65,536 words' weights."""

_SCRIPTS = {
    "GREEK": "el", "CYRILLIC": "ru", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "THAI": "th", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "ARMENIAN": "hy", "GEORGIAN": "ka", "BENGALI": "bn", "TAMIL": "ta",
    "TELUGU": "te", "GUJARATI": "gu", "KANNADA": "kn", "MALAYALAM": "ml", "GURMUKHI": "pa", "SINHALA": "si",
    "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "ETHIOPIC": "am",
}  # fmt: skip
KIN = {
    "ru": ("uk", "bg", "sr", "mk", "be", "kk"), "ar": ("fa", "ur", "ps", "ckb"), "hi": ("mr", "ne"), "da": ("no", "nb", "nn"),
    "cs": ("sk",), "hr": ("bs", "sr", "sl"), "id": ("ms",), "am": ("ti",),
}  # fmt: skip
"""Languages that are not told apart from the one they stand with."""
UNKNOWN = "und"
"""Another language than English, but which one isn't known."""
NAMES = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch",
    "sv": "Swedish", "da": "Danish or Norwegian", "pl": "Polish", "tr": "Turkish", "fi": "Finnish", "cs": "Czech or Slovak",
    "hu": "Hungarian", "ro": "Romanian", "hr": "Croatian, Serbian or Slovenian",
    "id": "Indonesian or Malay", "vi": "Vietnamese", "ca": "Catalan",
    "el": "Greek", "ru": "texts in Cyrillic letters", "he": "Hebrew", "ar": "texts in Arabic letters", "hi": "Hindi",
    "th": "Thai", "ko": "Korean", "ja": "Japanese", "zh": "Chinese", "hy": "Armenian", "ka": "Georgian", "bn": "Bengali",
    "ta": "Tamil", "te": "Telugu", "gu": "Gujarati", "kn": "Kannada", "ml": "Malayalam", "pa": "Punjabi", "si": "Sinhala",
    "km": "Khmer", "lo": "Lao", "my": "Burmese", "am": "texts in Ethiopic letters", UNKNOWN: "this language",
}  # fmt: skip
"""What a language is called on a card: "Writing rules: not for French"."""


def judge(plain: str) -> str | None:
    """The language's two letters, `UNKNOWN` for one that is only known not to be English, None where the text doesn't say.

    Of a short text (see `may_be_named`) English words take more away.
    A script other than Latin decides by itself. Among languages in Latin letters the common words weigh, each by how many
    languages share it, and letters that only one language has.
    """
    piece = plain[:_LOOKED_AT]
    ascii_only = piece.isascii()
    if not ascii_only:
        piece = unicodedata.normalize("NFC", _ASIDE.sub(" ", piece))
    elif "://" in piece or "www." in piece:
        piece = _ASIDE.sub(" ", piece)  # mentions and hashtags in ASCII are no common words, and decide no script
    dense = 0 if ascii_only else len(_DENSE.findall(piece))
    lead = _LEAD if may_be_named(plain) else _LEAD_IN_SHORT
    return (None if ascii_only else _script(piece, dense)) or _by_words(piece, lead)


def may_be_named(plain: str) -> bool:
    """Whether a text is so long that a card says which language it is in."""
    length = len(plain.strip())
    if length < LEAST_CHARACTERS and not plain.isascii():
        length += (_DENSITY - 1) * len(_DENSE.findall(plain))
    return length >= LEAST_CHARACTERS


def same(judged: str, languages: frozenset[str]) -> bool:
    """Whether a language that was told is among these, or one that is not told apart from it."""
    return judged in languages or not languages.isdisjoint(KIN.get(judged, ()))


def name_of(language: str) -> str:
    """What a language is called; its two letters where nobody has named it."""
    return NAMES.get(language) or next((NAMES[one] for one, kin in KIN.items() if language in kin), language)


def _by_words(piece: str, lead: float) -> str | None:
    written = piece.translate(_NO_WORDS)
    words = set(written.casefold().split())
    found = sum(filter(None, map(_common().get, words)))
    figures = list(unpack(f"<{2 * len(_NAMES)}H", found.to_bytes(4 * len(_NAMES), "little")))
    weights, counted = figures[::2], figures[1::2]
    for letter, name in LETTERS.items() if not piece.isascii() else ():
        times = min(piece.count(letter), _MOST_OF_ONE)
        weights[_NAMES.index(name)] += times * _UNIT // 2
        counted[_NAMES.index(name)] += times
    english, rival = weights[_ENGLISH], max(weights[_ENGLISH + 1 :])
    other = weights.index(rival, _ENGLISH + 1)
    least = max(_LEAST_WORDS, _LEAST_SHARE * len(words))
    if english >= _LEAST_WEIGHT and english >= rival * _LEAD and counted[_ENGLISH] >= least:
        return _NAMES[_ENGLISH]
    if rival >= _LEAST_WEIGHT and rival >= english * lead and counted[other] >= least:
        return _NAMES[other]
    return UNKNOWN if not counted[_ENGLISH] and _strange(written) >= _STRANGE_WORDS else None


def _strange(written: str) -> int:
    """How many different words in small letters there are; names and abbreviations are of any language."""
    return len({word for word in written.split() if word.isalpha() and word.islower() and len(word) > 1})


@cache
def _common() -> dict[str, int]:
    """For each common word one number that holds, language by language, what it weighs there and a 1.

    So one sum over a text's words counts for all languages at once.
    """
    languages: dict[str, list[int]] = {}
    for place, common in enumerate(COMMON.values()):
        for word in dict.fromkeys(common.split()):
            languages.setdefault(word, []).append(place)
    return {
        word: sum((_UNIT // len(places) | 1 << _BITS) << 2 * _BITS * place for place in places)
        for word, places in languages.items()
    }


def _script(piece: str, dense: int) -> str | None:
    """The language of a script that holds more than half of what is said, None for Latin or a mixture."""
    foreign = [character for character in _NOT_ASCII.findall(piece) if character.isalpha()]
    letters = sum(map(str.isalpha, piece)) - dense
    if not foreign or (len(foreign) - dense + _DENSITY * dense) * 2 <= letters + _DENSITY * dense:
        return None
    kinds = Counter(
        _SCRIPTS.get(unicodedata.name(one, "").split(" ")[0].split("-")[0], "") for one in islice(foreign, 500)
    )
    if kinds["ja"]:
        return "ja"
    name, most = kinds.most_common(1)[0]
    return name if name and most * 2 > kinds.total() else None

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

import regex

from bot.rules.vocabulary import COMMON, LETTERS

LEAST_CHARACTERS = 60
"""Of a text shorter than that no language is named."""
_LOOKED_AT = 4000
"""Characters that are looked at; enough words for any draft that a network takes."""
_LEAST_WEIGHT = 1.5
"""What a language's words in the text have to weigh: one that no other language shares weighs 1."""
_LEAST_WORDS = 3
_LEAD = 1.5
"""How much more they have to weigh than those of English, or English than those of any other."""
_LEAD_IN_SHORT = 4.0
"""The same for a text that is too short to name its language."""
_LEAST_SHARE = 0.1
"""Of all words; in running text a third and more are common ones."""
_PLAIN_SHARE = 0.4
"""So many of the different words are common English ones in no other language's texts, nor in mixed ones."""
_MOST_OF_ONE = 3
"""How often one word counts."""
_STRANGE_WORDS = 10
"""So many different words in small letters without a common English one are of another language, whatever it is."""

_ASIDE = regex.compile(r"(?:https?://|www\.)\S+|[@#][\w.\-]+")
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_DENSITY = 3
"""A Chinese, Japanese or Korean character says as much as three Latin letters."""
_EDGES = ".,;:!?\"'()[]{}*-…¡¿、。"

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
    if "@" in piece or "#" in piece or "://" in piece or "www." in piece:
        piece = _ASIDE.sub(" ", piece)
    ascii_only = piece.isascii()
    if not ascii_only:
        piece = unicodedata.normalize("NFC", piece)
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
    written = [word if word.isalpha() else word.strip(_EDGES) for word in piece.replace("'", " ").split()]
    words = Counter([word.casefold() for word in written])
    known, english_words = _weights(), _english()
    if len(english_words & words.keys()) >= max(_LEAST_WORDS, _PLAIN_SHARE * len(words)):
        return "en"
    weights: dict[str, float] = {}
    counted: Counter[str] = Counter()
    for word in known.keys() & words.keys():
        times = min(words[word], _MOST_OF_ONE)
        for language, weight in known[word]:
            weights[language] = weights.get(language, 0.0) + weight * times
            counted[language] += times
    for letter, language in LETTERS.items() if not piece.isascii() else ():
        times = min(piece.count(letter), _MOST_OF_ONE)
        weights[language] = weights.get(language, 0.0) + times / 2
        counted[language] += times
    english = weights.pop("en", 0.0)
    other = max(weights, key=lambda one: (weights[one], one), default=None)
    rival = weights[other] if other else 0.0
    least = max(_LEAST_WORDS, _LEAST_SHARE * sum(min(times, _MOST_OF_ONE) for times in words.values()))
    if english >= _LEAST_WEIGHT and english >= rival * _LEAD and counted["en"] >= least:
        return "en"
    if other and rival >= _LEAST_WEIGHT and rival >= english * lead and counted[other] >= least:
        return other
    small = {word for word in written if word.isalpha() and word.islower() and len(word) > 1}
    return UNKNOWN if not counted["en"] and len(small) >= _STRANGE_WORDS else None


@cache
def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """For each common word the languages that it is common in, and what it weighs there."""
    languages: dict[str, list[str]] = {}
    for name, common in COMMON.items():
        for word in dict.fromkeys(common.split()):
            languages.setdefault(word, []).append(name)
    return {word: tuple((name, 1 / len(names)) for name in names) for word, names in languages.items()}


@cache
def _english() -> frozenset[str]:
    return frozenset(COMMON["en"].split())


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

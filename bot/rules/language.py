"""Which language a text is in, as far as its script and its commonest words tell. Short texts are not judged."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from itertools import islice

import regex

_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
LEAST_CHARACTERS = 60
_LOOKED_AT = 4000
"""Characters that are looked at; enough words for any draft that a network takes."""
_NO_WORDS = str.maketrans(dict.fromkeys('.,;:!?"()[]', " "))
_BITS = 16
"""Binary places of one language's count; 4,000 characters hold fewer than 65,536 words."""

_LEAST_WORDS = 4
"""Common words of a language that have to stand in the text before it is said to be in it."""

_WORDS = {
    "en": "the and of to is in that it for was we are with this our have not but they from you what will has an more",
    "fr": "le la les des est et une dans que qui pour nous vous sur avec pas plus ce cette sont notre au aux du je été",
    "de": "der die und das ist nicht ein eine mit den für auf wir von zu im dem des auch sich als werden haben ich bei",
    "es": "el los las que una para con por del se nuestro más como está son pero muy nuestra es en lo su ha hoy este",
    "pt": "o os as que uma para com por do da não em mais como está são mas muito nossa nosso é dos das ao você um",
    "it": "il che di una per con non del della sono più gli nostro nostra è un le dei alla anche come questo si lo ci",
    "nl": "de het een en van is dat niet voor met op zijn wij ons aan ook worden naar er maar bij deze wordt hebben ik",
    "sv": "och att det som en är för på med av inte den till vi har om ett vår våra jag men kan från så",
    "da": "og at det som en er for på med af ikke den til vi har om et vores jeg men kan fra så også",
    "pl": "i w na że się nie do jest z to co jak za po dla są nasz przez oraz być tym które od ale",
    "tr": "ve bir bu için ile de da çok olarak daha olan en ne var biz gibi sonra kadar her",
}
_SCRIPTS = {
    "GREEK": "el", "CYRILLIC": "ru", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "THAI": "th",
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
}  # fmt: skip
NAMES = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish or Norwegian", "pl": "Polish", "tr": "Turkish", "el": "Greek",
    "ru": "texts in Cyrillic letters", "he": "Hebrew", "ar": "texts in Arabic letters",
    "hi": "texts in Devanagari letters", "th": "Thai", "ko": "Korean", "ja": "Japanese", "zh": "Chinese",
}  # fmt: skip
"""What a language is called on a card: "Writing rules: not for French"."""


def judge(plain: str) -> str | None:
    """The language's two letters, or None where the text is too short or doesn't say.

    A script other than Latin decides by itself. Among languages in Latin letters it takes four of one language's
    commonest words, and half as many again as of any other's.
    """
    piece = plain[:_LOOKED_AT]
    if len(plain.strip()) < LEAST_CHARACTERS:
        return None
    script = _script(piece)
    if script is not None:
        return script
    languages, names = _languages(), tuple(_WORDS)
    words = piece.casefold().translate(_NO_WORDS).split()
    sums = sum(filter(None, map(languages.get, words)))
    found = {name: sums >> (_BITS * place) & (1 << _BITS) - 1 for place, name in enumerate(names)}
    most, name = max((count, name) for name, count in found.items())
    rival = max(count for other, count in found.items() if other != name) if name == "en" else found["en"]
    return name if most >= _LEAST_WORDS and most * 2 >= rival * 3 else None


@cache
def _languages() -> dict[str, int]:
    """For each common word a 1 in the place of each language that it is common in, so that one sum counts for all."""
    languages: dict[str, int] = {}
    for place, common in enumerate(_WORDS.values()):
        for word in common.split():
            languages[word] = languages.get(word, 0) + (1 << _BITS * place)
    return languages


def _script(piece: str) -> str | None:
    """The language of a script that holds more than half of the letters, None for Latin or a mixture."""
    if piece.isascii():
        return None
    foreign = [character for character in _NOT_ASCII.findall(piece) if character.isalpha()]
    if not foreign or len(foreign) * 2 <= sum(map(str.isalpha, piece)):
        return None
    kinds = Counter(
        _SCRIPTS.get(unicodedata.name(one, "").split(" ")[0].split("-")[0], "") for one in islice(foreign, 500)
    )
    if kinds["ja"]:
        return "ja"
    name, most = kinds.most_common(1)[0]
    return name if name and most * 2 > kinds.total() else None

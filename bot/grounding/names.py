"""Which capital letters mean a name. Pure.

In the middle of a sentence a capital letter does. At its beginning it says nothing, so a word there counts as a
name only when something else says so: people know it, it owns something, or it does what only people do. A second
word of the name is seen by itself. Languages that write every noun with a capital are read the same way, so that
their suggestions are withheld more often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex


class Name(NamedTuple):
    """One word of a name and where it stands, without an 's."""

    word: str
    start: int
    end: int


_PEOPLE = """
ahmed aisha alan alex alice amina amira amy ana andrea andrew anita anna anthony antonio ben brian carla
carlos carol chen chloe chris christine claire clara dana daniel david deborah diana diego elena elizabeth
ella emily emma eric erik fatima fiona gary george hannah harry helen henry hiroshi ian imran ingrid isabel
ivan james jamie jane jean jennifer jessica joan joanna joe johan john jorge jose josef joseph julia julie
karen kate katherine kavita kevin kim kumar laura lena leo linda lisa louise lucas lucia lucy luis luke maria
marie mario martin mary matthew maya mei michael miguel mike mohamed mohammed monica nadia nancy natasha nick
nina noah nora oliver olivia omar oscar patricia paul paula pedro peter philip priya rachel rahul raj rebecca
richard robert rosa ruth ryan samir samuel sandra sara sarah simon sofia sophie stephen steve steven stuart
susan tara thomas tim tom tomas tony victoria vikram wei william yusuf zara
"""
_PLACES = """
africa america amsterdam asia athens atlanta australia austria bangalore barcelona belfast belgium berlin
birmingham boston brazil bristol britain brussels california canada cardiff chicago china copenhagen dallas
delhi denmark denver dubai dublin edinburgh egypt england europe finland florida france frankfurt geneva
germany glasgow greece hamburg helsinki houston hungary india indonesia ireland israel istanbul italy japan
johannesburg kenya korea lagos leeds leicester lisbon liverpool london madrid manchester melbourne mexico
miami milan montreal moscow mumbai munich nairobi netherlands newcastle nigeria norway nottingham oslo oxford
pakistan paris philadelphia poland portugal prague rome rotterdam russia scotland seattle seoul shanghai
sheffield singapore spain stockholm sweden switzerland sydney texas tokyo toronto turkey ukraine vienna
vietnam wales warsaw washington york zurich amazon bloomberg deloitte google ibm mckinsey microsoft netflix
nvidia openai reuters tesla walmart
"""
_KNOWN = frozenset((_PEOPLE + _PLACES).split())

_ALSO_WORDS = """
admin and art august bank banks baker best bill black bond bot brook brown butler carter chance chase church
clay cook cooper dale dawn day dean demo dept drew early fair faith field finance fisher ford forest frank gay
gene good grace grant gray green guy hall hand hardy heath hill holly hope hunt hunter ivy jack joy june king
lane law lead lee legal long love major marketing mark marks marsh mason may media mercy miles mills moon
moore new news noble north office olive our page park patience people piers pope power press price pride rain
ray reed rich rivers robin rock rose royal ruby sales salt security self sharp short small smart smith
south spring stone storm strong summers sun support swift taylor team temple the time town troy user wade walker
wall ward waters way weaver welcome west white wild will winter wise wood woods work young
"""
"""Parts of people's names, and of accounts', that mostly open a sentence as plain words ("Will", "Hope", "Young")."""

_DOES = (
    "says|said|told|joins|joined|leads|led|wrote|writes|founded|retires|retired|resigned|phoned|emailed|knows|knew"
    "|spoke|thinks|believes|explained|proposed|insisted"
)
"""What only people do: a word that opens a sentence before one of these is a name, unless it is in the next list."""
_NOT_PEOPLE = """
he she it they we you i who nobody everyone everybody someone somebody one anyone people team industry
business government parliament nature society youth public staff crew labour labor family anybody this that which what
management leadership research evidence none many most some few both another each then nothing feedback
history experience science policy criticism all others everything something work data
"""
_OWNED = """
it he she that there here what who where how when let one today tomorrow yesterday tonight everyone everybody
someone somebody nobody anyone anybody world year week month quarter decade company team business industry nature
leadership management winter spring summer autumn season christmas society strategy safety success progress change
trust tradition history technology innovation experience yesteryear customer leader driver mother father
"""
_LOOK_BACK = 80
"""Characters before a word that are looked at to tell whether it opens a sentence."""

_NO_NAMES = (
    "i",
    "ok",
    "ps",
    "pps",
    "fyi",
    "tl",
    "am",
    "pm",
    "a.m",
    "p.m",
    "i'm",
    "i'd",
    "i'll",
    "i've",
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
)
_TITLES = r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr)|(?<!\p{L})\p{Lu})\.\s*$"
_WORD = regex.compile(r"(?<![\p{L}\p{N}_])\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*(?![\p{N}_])")
_CLOSING = regex.compile(r"[\s\p{So}\p{Sk}\p{Ps}\p{Pi}\"'“”‘’«»*•·‣▪►→>\-–—\ufe0f\u200d\d.)]*$")


def names(text: str, known: Iterable[str] = ()) -> Iterator[Name]:
    """The words of the text that are, or are part of, a name. `known` are names of people who work here."""
    people = _KNOWN | {
        part for name in known for part in name.casefold().split() if len(part) > 2 and part not in _ALSO_WORDS
    }
    words = list(_WORD.finditer(text))
    for match, following in zip(words, [*words[1:], None], strict=False):
        word = regex.sub(r"['’]s?$", "", match.group())
        if not _capital(word) or word.casefold().replace("’", "'") in _NO_NAMES:
            continue
        if not _opens_sentence(text, match.start()) or _looks_like_name(word, match, following, text, people):
            yield Name(word, match.start(), match.start() + len(word))


def _capital(word: str) -> bool:
    """Whether the word, or a later part of it ("iPhone"), is written with a capital letter."""
    return any(letter.isupper() or letter.istitle() for letter in word)


def _looks_like_name(
    word: str, match: regex.Match[str], following: regex.Match[str] | None, text: str, people: frozenset[str]
) -> bool:
    """Whether a word that opens a sentence is a name all the same."""
    small = word.casefold()
    if small in people or any(letter.isupper() for letter in word[1:]):
        return True
    if match.group()[len(word) :].casefold() in ("'s", "’s") and small not in _OWNED.split():
        return True
    if following is None or text[match.end() : following.start()] != " ":
        return False
    person = small not in _NOT_PEOPLE.split() and not small.endswith(("s", "ing"))
    return person and regex.fullmatch(_DOES, following.group()) is not None


def _opens_sentence(text: str, at: int) -> bool:
    begins = text.rfind("\n", 0, at) + 1
    line = text[max(begins, at - _LOOK_BACK) : at]
    if regex.search(_TITLES, line):
        return False
    # What may stand between a sentence's end and its first word: blanks, quote marks, bullets, brackets, emoji.
    bare = line.rstrip()
    if not bare or bare[-1] in ".!?…:]\0":
        return True
    before = _CLOSING.sub("", line)
    return not before or (before != bare and _closes(line, before))


def _closes(line: str, before: str) -> bool:
    """Whether what follows `before` ends a sentence or only decorates the next word."""
    between = line[len(before) :].strip()
    return before[-1] in "!?…:\0" or "." in between or bool(regex.search(r"[\p{So}•·‣▪►→“\"«]", between))

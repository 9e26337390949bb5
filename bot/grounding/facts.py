"""The fact lock: the numbers, dates, sums, names, handles, tags and links that a suggestion may not bring in. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

import regex

from bot.grounding.figures import Key, figures, satisfied
from bot.grounding.folding import strip_hidden
from bot.grounding.names import names

GAP = regex.compile(r"\[[^\[\]\n]{1,200}\]")
"""A gap for the leader to fill: brackets with what belongs there. Its words are no claim, so they are no facts."""

_ESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_EMAIL = regex.compile(r"(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+")
_LINK = regex.compile(
    r"(?i)(?:\b[a-z][a-z0-9+.-]{0,20}://|(?<![\p{L}\p{N}:/])//(?=[\p{L}\p{N}])|\bmailto:|\btel:|\bwww\.)[^\s<>\"“”]+"
    r"|(?<![\p{L}\p{N}@._/-])(?:[\p{L}\p{N}][\p{L}\p{N}-]*\.)+\p{L}{2,24}(?![\p{L}\p{N}])(?:[/?#][^\s<>\"“”]*)?"
)
_OTHER_DOT = regex.compile(r"(?<=[A-Za-z0-9])\u3002(?=[A-Za-z0-9])")
"""A full stop of Chinese and Japanese: browsers take it for the dot of an address."""
_HANDLE = regex.compile(r"(?<![\p{L}\p{N}_/])[@＠][\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?")
_TAG = regex.compile(
    r"(?<![\p{L}\p{N}_&])[#＃][\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*|(?<![\p{L}\p{N}$])\$[A-Za-z]{1,6}(?![\p{L}\p{N}])"
)
_ADDRESSES = (("email", _EMAIL), ("link", _LINK), ("handle", _HANDLE), ("tag", _TAG))
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)*")


class Fact(NamedTuple):
    """One fact: its sort, what is compared, how it is written, and where it begins in the text once that is plain."""

    sort: str
    key: Key
    written: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What some texts state: keys of their facts, words, and links. Read once, held against many sentences."""

    keys: frozenset[Key] = frozenset()
    words: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()

    def __or__(self, more: Known) -> Known:
        """What both state."""
        return Known(self.keys | more.keys, self.words | more.words, self.links | more.links)

    def has(self, fact: Fact) -> bool:
        """Whether the fact is one of them. A name stands where all its words do."""
        return satisfied(fact.key, self.keys) or (fact.sort == "name" and _words(fact.written) <= self.words)


def known_in(text: str) -> Known:
    """What one text states."""
    found = facts_in(text, loose=True)
    links = frozenset(fact.key[1] for fact in found if fact.sort in ("link", "email"))
    return Known(frozenset(fact.key for fact in found), frozenset(_words(text)), links)


@lru_cache(maxsize=1024)
def known_in_standing(text: str) -> Known:
    """The same for a text that is asked about again and again: an approved fact, a rule's sentence. Never a draft."""
    return known_in(text)


def new_facts(
    suggestion: str, draft: str, approved: Iterable[str] = (), known_names: Iterable[str] = ()
) -> tuple[str, ...]:
    """What the suggestion states that neither the draft nor the approved facts do, as written, each once.

    `known_names` are names of people at the organisation: one of them counts as a name also where it opens a sentence.
    Words inside a gap are exempt; numbers and addresses inside it are not, since a guess in brackets is still a guess.
    """
    return tuple(fact.written for fact in new_facts_found(suggestion, draft, approved, known_names))


def new_facts_found(
    suggestion: str, draft: str, approved: Iterable[str] = (), known_names: Iterable[str] = ()
) -> tuple[Fact, ...]:
    """The same, with their sorts and keys."""
    known = reduce(or_, map(known_in_standing, approved), known_in(draft))
    return new_beside(facts_in(suggestion, known_names), known)


def new_beside(facts: Iterable[Fact], known: Known) -> tuple[Fact, ...]:
    """Those of the facts that are not known, each once."""
    new: dict[Key, Fact] = {}
    for fact in facts:
        if not known.has(fact):
            new.setdefault(fact.key, fact)
    return tuple(new.values())


def facts_in(text: str, known_names: Iterable[str] = (), *, loose: bool = False) -> tuple[Fact, ...]:
    """All facts of a text. `loose` adds what a text may be known for and is never asked for ("one", "first")."""
    rest = _plain(text)
    found: list[Fact] = []
    for sort, pattern in _ADDRESSES:
        for one in pattern.finditer(rest):
            found += [Fact(sort, (sort, _address(sort, one.group()), ""), one.group(), one.start())]
        rest = pattern.sub(lambda match: "\0" * len(match.group()), rest)
    for figure in figures(rest):
        if loose or not figure.loose:
            found.append(Fact("figure", figure.key, rest[figure.start : figure.end].strip(), figure.start))
            rest = _blank(rest, figure.start, figure.end)
    # A gap ends a sentence for the word behind it, hence the bracket that is left standing.
    rest = GAP.sub(lambda match: "\0" * (len(match.group()) - 1) + "]", rest)
    for name in names(rest, known_names):
        found += [Fact("name", ("name", name.word.casefold(), ""), name.word, name.start)]
    return tuple(sorted(found, key=lambda fact: fact.start))


def links_in(text: str) -> tuple[str, ...]:
    """The links and e-mail addresses of a text, normalised, so that they can be compared."""
    return tuple(fact.key[1] for fact in facts_in(text) if fact.sort in ("link", "email"))


def normal_link(link: str) -> str:
    """A link as it is compared: without scheme, `www.`, case, and punctuation at its end."""
    return str(regex.sub(r"(?i)^(?:(?:https?:)?//)?(?:www\.)?", "", link.rstrip(".,;:!?)]}'’…"))).rstrip("/").casefold()


def _address(sort: str, written: str) -> str:
    if sort == "link":
        return normal_link(written)
    return written.casefold().lstrip("@＠#＃" if sort in ("handle", "tag") else "")


def _plain(text: str) -> str:
    for escape, letter in _ESCAPED.items():
        text = text.replace(escape, letter)
    return str(_OTHER_DOT.sub(".", unicodedata.normalize("NFKC", strip_hidden(text))))


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]


def _words(text: str) -> set[str]:
    """Words of a text for comparing names: small, as they stand, without 's, and the parts around an apostrophe."""
    found = set()
    for match in _WORD.finditer(_plain(text)):
        word = match.group().casefold().replace("’", "'")
        found |= {word, word.removesuffix("'s"), *word.split("'")}
    return found

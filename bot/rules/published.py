"""What is public already: approved facts of the key messages, and a link to the investor site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.playbook import Playbook
from bot.rules.kind import Reading
from bot.rules.patterns import Pattern, compile_pattern

_FIGURE = r"\d[\d.,]*\d|\d"
_DATE = (
    r"(?i)\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b(?: \d{4}\b)?"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4}\b)?"
    r"|\b(?:19|20)\d{2}\b"
)
_WORD = r"[\p{L}\p{M}]{4,}"


@dataclass(frozen=True, slots=True)
class _Fact:
    figures: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The approved facts of one day."""

    known: tuple[_Fact, ...]
    figure: Pattern
    dated: Pattern
    word: Pattern

    def hold(self, sentence: str) -> bool:
        """Whether the sentence has a figure besides dates, and one fact has all of them and one of its words."""
        said = _fact(sentence, self.figure, self.dated, self.word)
        return bool(said.figures) and any(
            said.figures <= fact.figures and said.words & fact.words for fact in self.known
        )


@dataclass(frozen=True, slots=True)
class Published:
    """Tells what is public already, for one playbook. Made by `read_published`. `facts` are those approved on a day."""

    site: str
    facts: Callable[[date], Facts]

    def linked(self, reading: Reading) -> bool:
        """Whether the text links to the investor site while no window is open."""
        return bool(self.site) and not reading.context.windows and self.site in reading.plain.casefold()


def read_published(playbook: Playbook) -> Published:
    """Make the reader for one playbook's messages and investor site."""
    site = playbook.organisation.investor_site.casefold().removeprefix("https://").removeprefix("http://")
    figure, dated, word = (compile_pattern("facts", pattern) for pattern in (_FIGURE, _DATE, _WORD))

    @lru_cache(maxsize=4)
    def facts(today: date) -> Facts:
        known = tuple(_fact(point.fact, figure, dated, word) for _, point in playbook.approved_facts(today))
        return Facts(known, figure, dated, word)

    return Published(site.removeprefix("www.").rstrip("/"), facts)


def _fact(text: str, figure: Pattern, dated: Pattern, word: Pattern) -> _Fact:
    undated = dated.sub(lambda match: " ", text)
    return _Fact(
        figures=frozenset(match.group(0).replace(",", "") for match in figure.finditer(undated)),
        words=frozenset(match.group(0).casefold() for match in word.finditer(undated)),
    )

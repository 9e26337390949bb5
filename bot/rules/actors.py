"""Who a sentence is about: the organisation itself, somebody else, or nobody named.

"Layoffs", "breach" and "acquired" are news when they are the organisation's own and commentary when they are somebody
else's. A heuristic for English: it reads pronouns, handles, tickers, the playbook's names and capitalised subjects.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import re2

from bot.playbook.values import Organisation
from bot.rules.patterns import Pattern, compile_pattern

_CAPITAL_ANYWAY = """
a an and although analysts as at because both but by customers demand despite each either even every everyone
for from growth guidance he her here his how i if in it its last later many margins more most much my next no
nobody not nothing now of on once one only or orders our overall people profit profits q1 q2 q3 q4 results
revenue revenues sales several she so some such sure that the their then there these they this those though
three through today together tomorrow turnover two under until up was we were what when where which while who
why with yes yesterday yet you your january february march april may june july august september october
november december monday tuesday wednesday thursday friday saturday sunday layoffs redundancies restructuring
union unions yesterday's lawsuit litigation merger project proud thrilled excited delighted great good big
huge happy thank thanks congratulations record strong best first new ceo cfo cto coo ipo ai uk us usa eu
europe
"""
"""Words that may stand with a capital at the start of a sentence, or anyway, without naming anybody."""

_WE = (
    r"(?i:\b(?:we|we're|we've|we'd|we'll|our|ours)\b)|\bus\b|(?i:\bmy (?:company|firm|team|board|business|employer)\b)"
)
_GENERIC = (
    r"(?i)\b(?:other|many|most|some|few|these|those|big|small|tech|public|private|american|european|british) "
    r"(?:companies|firms|businesses|founders|startups|start-ups|employers|organi[sz]ations|brands|banks|ceos|people)\b"
    r"|\b(?:companies|founders|startups|start-ups|he|she|his|hers)\b"
    r"|\bthe (?:economy|industry|sector|markets?|world|country|nation|government)\b"
    r"|\bthey(?:'re|'ve)? (?:are|were|have|had|just|will|announced|reported)\b"
    r"|\byour? (?:company|team|startup)\b"
)
_SUBJECT = (
    r"([\p{Lu}][\p{L}\p{M}\p{N}&'.-]*(?: [\p{Lu}][\p{L}\p{M}\p{N}&'.-]*){0,3}) "
    r"(?:is|are|was|were|has|have|had|will|would|could|should|can|may|did|does|just|now|also|recently|reported|reports|posted|posts|"
    r"announced|announces|acquired|acquires|bought|buys|raised|raises|sold|sells|cut|cuts|grew|grows|hit|hits|reached|"
    r"passed|laid|lays|filed|files|sued|settled|missed|beat|made|makes|lost|said|says|went|makes|fired|closed|closes|plans|expects|wants|starts|begins|opens|shuts|"
    r"drops|faces|wins|takes|gets|pays|calls|admits|confirms|denies|names)\b"
)
_OWNER = r"([\p{Lu}][\p{L}\p{M}\p{N}&.-]+(?: [\p{Lu}][\p{L}\p{M}\p{N}&.-]+){0,2})'s? "
_PLACE = (
    r"\b(?:at|by|of|for|with|against|like|from) ([\p{Lu}][\p{L}\p{M}\p{N}&.-]+(?: [\p{Lu}][\p{L}\p{M}\p{N}&.-]+){0,2})"
)
_TAGGED = r"(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}_][\p{L}\p{N}_.-]*)"
_TICKER = r"(?:^|[^\p{L}\p{N}_$])\$([A-Z]{1,5})(?:\.[A-Z]{1,2})?(?:$|[^\p{L}\p{N}_])"


class Actor(StrEnum):
    """Whom a piece of text is about."""

    OURS = "ours"
    ANOTHER = "another"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Actors:
    """Tells whom a piece of text is about, for one organisation. Made by `read_actors`."""

    own: Pattern
    own_names: frozenset[str]
    own_tags: frozenset[str]
    own_tickers: frozenset[str]
    others: Pattern | None
    generic: Pattern
    named: tuple[Pattern, ...]
    tagged: Pattern
    ticker: Pattern
    capital_anyway: frozenset[str]

    def of(self, piece: str) -> Actor:
        """Whom `piece`, a sentence of the matching copy, is about. Our own part counts before anybody else's."""
        if self.own.search(piece) is not None or self._own_mark(piece):
            return Actor.OURS
        return Actor.ANOTHER if self._another(piece) else Actor.NOBODY

    def _own_mark(self, piece: str) -> bool:
        tags = {match.group(1).casefold() for match in self.tagged.finditer(piece)}
        tickers = {match.group(1) for match in self.ticker.finditer(piece)}
        return bool(tags & self.own_tags) or bool(tickers & self.own_tickers)

    def _another(self, piece: str) -> bool:
        if self.generic.search(piece) is not None or self.tagged.search(piece) is not None:
            return True
        if self.ticker.search(piece) is not None or (self.others is not None and self.others.search(piece) is not None):
            return True
        return any(self._names_one(match.group(1)) for pattern in self.named for match in pattern.finditer(piece))

    def _names_one(self, name: str) -> bool:
        words = [word.strip(".'-").casefold().removesuffix("'s") for word in name.split()]
        telling = [
            word for word in words if len(word) > 1 and word not in self.capital_anyway and not word[0].isdigit()
        ]
        return bool(telling) and name.casefold() not in self.own_names


def read_actors(organisation: Organisation) -> Actors:
    """Make the reader of actors for one organisation's names, handles, tickers, competitors and peers."""
    names = [name for name in (organisation.name, *organisation.aliases) if name.strip()]
    others = [*organisation.competitors, *(peer.lstrip("@") for peer in organisation.peers)]
    own = "|".join([_WE, *(rf"\b{re2.escape(name)}\b" for name in names)])
    return Actors(
        own=compile_pattern("organisation", own),
        own_names=frozenset(name.casefold() for name in names),
        own_tags=frozenset(handle.lstrip("@").casefold() for handle in organisation.own_handles),
        own_tickers=frozenset(ticker.lstrip("$").upper() for ticker in organisation.own_tickers),
        others=compile_pattern("competitors", "|".join(rf"\b{re2.escape(name)}\b" for name in others))
        if others
        else None,
        generic=compile_pattern("actor", _GENERIC),
        named=tuple(compile_pattern("actor", pattern) for pattern in (_SUBJECT, _OWNER, _PLACE)),
        tagged=compile_pattern("actor", _TAGGED),
        ticker=compile_pattern("actor", _TICKER),
        capital_anyway=frozenset(_CAPITAL_ANYWAY.split()),
    )

"""Kind `together`: words that count only beside something else: other words, an actor, or the lack of a word.

"Revenue" alone says little; "our revenue" with a number is news. A pair holds words of a first kind (`one`) and words
of a second (`other`), which have to stand in one sentence, or within so many characters. Where `other` is empty,
the first kind is enough. `unless` says what else in the text makes it harmless, such as a disclosure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.actors import Actor, Actors, read_actors
from bot.rules.kind import Check, Hit, Reading, Screened, Span
from bot.rules.patterns import Pattern, compile_pattern, compile_patterns, found, likely, places
from bot.rules.places import sentences_at, word_patterns
from bot.rules.published import Published, read_published

_MOST_PLACES = 40
"""Places of one kind that are looked at in one sentence: keeps the work linear in the text's length."""

About = Literal["anybody", "ours", "not-others"]


class Pair(Shape):
    """Two kinds of words. `within` is the most characters between them; 0 takes the whole sentence.

    `about` says whom the sentence must be about, where this pair differs from the rule.
    """

    one: tuple[str, ...] = Field(min_length=1)
    other: tuple[str, ...] = ()
    within: int = Field(default=0, ge=0)
    about: About | None = None


class Params(Shape):
    """Keys of the kind `together`.

    `about`: `ours` wants the organisation in the sentence; `not-others` is content with nobody, and gives `elsewhere`
    where the sentence is about somebody else only (`off`: nothing). `exceptions` take back a place that they overlap,
    or stand within `near` characters of. `unless` takes back everything, wherever in the text it stands.
    `needs` wants one of its patterns somewhere in the text. `words` are whole words that count alone. `published` is
    the severity where every figure of the sentence is an approved fact, or the text links to the investor site while
    no window is open.
    """

    pairs: tuple[Pair, ...] = Field(min_length=1)
    about: About = "anybody"
    elsewhere: Severity | Literal["off"] = "off"
    exceptions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    near: int = Field(default=0, ge=0)
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    published: Severity | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of one kind: each pattern, and all as one, which tells quickly that none is there."""

    patterns: tuple[Pattern, ...]
    any: Pattern

    def likely(self, reading: Reading) -> _Side | None:
        """Without the patterns that match nowhere in the text; None where no pattern is left."""
        left = likely(self.patterns, reading)
        return _Side(left, self.any) if left else None

    def sentences(self, reading: Reading) -> Collection[int]:
        """The numbers of the sentences in which the words may stand.

        Where a sentence alone would match, a match in the whole text overlaps it, unless the pattern is tied to an end.
        """
        if self.any.anchored:
            return range(len(reading.sentences))
        return sentences_at(reading, self.any.spans(reading.plain))


@dataclass(frozen=True, slots=True)
class _Pair:
    one: _Side
    other: _Side | None
    within: int
    about: About

    def likely(self, reading: Reading) -> _Pair | None:
        """With the patterns that may match in the text; None where the two kinds can't meet in it."""
        one = self.one.likely(reading)
        other = self.other.likely(reading) if self.other is not None and one is not None else None
        if one is None or (self.other is not None and other is None):
            return None
        return _Pair(one, other, self.within, self.about)

    def sentences(self, reading: Reading) -> Collection[int]:
        """The numbers of the sentences in which the two kinds may meet."""
        ones = self.one.sentences(reading)
        if not ones or self.other is None:
            return ones
        return set(ones).intersection(self.other.sentences(reading))


@dataclass(frozen=True, slots=True)
class _Words:
    pairs: tuple[_Pair, ...]
    exceptions: tuple[Pattern, ...]
    near: int
    unless: tuple[Pattern, ...]
    needs: tuple[Pattern, ...]


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for a pattern that RE2 refuses."""
    pairs = [_compile_pair(pair, number, params.about) for number, pair in enumerate(params.pairs)]
    if params.words:
        pairs.append(_Pair(_side("words", word_patterns(params.words)), None, 0, params.about))
    words = _Words(
        pairs=tuple(pairs),
        exceptions=compile_patterns("exceptions", params.exceptions),
        near=params.near,
        unless=compile_patterns("unless", params.unless),
        needs=compile_patterns("needs", params.needs),
    )
    finder = _Finder(words, read_actors(playbook.organisation), params)
    published = read_published(playbook) if params.published else None

    def check(reading: Reading) -> Iterator[Hit]:
        pairs = tuple(left for pair in words.pairs if (left := pair.likely(reading)) is not None)
        if not pairs or (words.needs and not found(likely(words.needs, reading), reading.plain)):
            return
        if found(likely(words.unless, reading), reading.plain):
            return
        lowered = _lowering(published, reading)
        by_sentence: dict[int, list[_Pair]] = {}
        for pair in pairs:
            for number in pair.sentences(reading):
                by_sentence.setdefault(number, []).append(pair)
        for number in sorted(by_sentence):
            yield from finder.read(reading, reading.sentences[number], by_sentence[number], lowered)

    ones = frozenset(pattern for pair in words.pairs for pattern in pair.one.patterns)
    others = frozenset(pattern for pair in words.pairs if pair.other for pattern in pair.other.patterns)
    patterns = ones.union(others, words.unless, words.needs)
    return Screened(check, patterns, (ones, frozenset(words.needs)) if words.needs else (ones,))


def _lowering(published: Published | None, reading: Reading) -> Callable[[str], bool]:
    """Tells of a sentence of this text whether it says what is public already."""
    if published is None:
        return lambda sentence: False
    today = reading.context.now.date()
    return lambda sentence: published.linked(reading) or published.facts(today).hold(sentence)


def _compile_pair(pair: Pair, number: int, about: About) -> _Pair:
    return _Pair(
        one=_side(f"pairs.{number}.one", pair.one),
        other=_side(f"pairs.{number}.other", pair.other) if pair.other else None,
        within=pair.within,
        about=pair.about or about,
    )


def _side(key: str, sources: Iterable[str]) -> _Side:
    patterns = compile_patterns(key, sources)
    return _Side(patterns, compile_pattern(key, "|".join(f"(?:{pattern.source})" for pattern in patterns)))


@dataclass(frozen=True, slots=True)
class _Finder:
    words: _Words
    actors: Actors
    params: Params

    def read(
        self, reading: Reading, sentence: Span, pairs: Sequence[_Pair], lowered: Callable[[str], bool]
    ) -> Iterator[Hit]:
        """The first place in one sentence where a pair meets and no exception takes it back."""
        piece = reading.plain[sentence.start : sentence.end]
        met = [(pair, meetings) for pair in pairs if (meetings := _meetings(pair, piece))]
        if not met:
            return
        excepted = tuple(places(likely(self.words.exceptions, reading), piece))
        spoken_of = any(pair.about != "anybody" for pair, _ in met)
        actor = self.actors.of(piece) if spoken_of else Actor.NOBODY
        for pair, meetings in met:
            left = next((one for one in meetings if not _taken_back(one[0], excepted, self.words.near)), None)
            severity = self._severity(actor, pair.about)
            if left is None or severity == "off":
                continue
            if self.params.published is not None and lowered(piece):
                severity = self.params.published
            place, evidence = left
            span = reading.original(sentence.start + place.start, sentence.start + place.end)
            yield Hit(span.start, span.end, severity=severity, evidence=evidence)
            return

    def _severity(self, actor: Actor, about: About) -> Severity | Literal["off"] | None:
        """What the actor makes of it; None leaves the rule's own severity."""
        if about == "anybody" or actor is Actor.OURS:
            return None
        if actor is Actor.NOBODY:
            return "off" if about == "ours" else None
        return self.params.elsewhere


def _meetings(pair: _Pair, piece: str) -> list[tuple[Span, str]]:
    """Where the two kinds meet: the span from one to the other, and the words that counted; the earliest first."""
    ones = _first_places(pair.one.patterns, piece)
    if not ones or pair.other is None:
        return [(one, piece[one.start : one.end]) for one in ones]
    others = _first_places(pair.other.patterns, piece)
    meetings = [
        (Span(min(one.start, other.start), max(one.end, other.end)), f"{_said(piece, one)} + {_said(piece, other)}")
        for one in ones
        for other in others
        if _apart(one, other) and (not pair.within or _gap(one, other) <= pair.within)
    ]
    return sorted(meetings, key=lambda meeting: meeting[0])


def _first_places(patterns: tuple[Pattern, ...], piece: str) -> list[Span]:
    return sorted(places(patterns, piece))[:_MOST_PLACES]


def _said(piece: str, span: Span) -> str:
    return piece[span.start : span.end].strip()


def _apart(one: Span, other: Span) -> bool:
    """Whether the two are different words: one place can't be both kinds."""
    return one.end <= other.start or other.end <= one.start


def _gap(one: Span, other: Span) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _taken_back(place: Span, excepted: tuple[Span, ...], near: int) -> bool:
    return any(place.start < one.end + near and one.start - near < place.end for one in excepted)

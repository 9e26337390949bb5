"""Places in a text: which lie near others, which sentence they stand in, and where a post really begins and ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

import re2

from bot.rules.kind import Reading, Span
from bot.rules.patterns import Pattern, compile_pattern

MOST_PLACES = 500
"""Places of one pattern that are looked at in one text: keeps the work small on texts made to be slow."""

_TAGS_AND_LINKS = ("#", "@", "http://", "https://", "www.")


class Places:
    """Spans in order, to be asked whether one of them overlaps or is near a place. O(log n) a question."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._furthest = []
        furthest = -1
        for span in self._spans:
            furthest = max(furthest, span.end)
            self._furthest.append(furthest)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def near(self, start: int, end: int, distance: int = 0) -> bool:
        """Whether a span overlaps `start`..`end`, or stands at most `distance` characters before or after it."""
        before = bisect_left(self._starts, end + distance + (1 if distance else 0))
        return before > 0 and self._furthest[before - 1] > start - distance - (1 if distance else 0)

    def without(self, spans: Iterable[Span]) -> list[Span]:
        """The spans that none of these overlaps."""
        return [span for span in spans if not self.near(span.start, span.end)] if self._spans else list(spans)

    def within(self, start: int, end: int) -> list[Span]:
        """The spans that lie wholly inside `start`..`end`."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [span for span in self._spans[first:last] if span.end <= end]


def one_pattern(key: str, sources: Sequence[str]) -> Pattern | None:
    """Several patterns as one alternative, which is searched in one pass. None for no pattern.

    Raises PatternFault for the first that RE2 refuses.
    """
    for place, source in enumerate(sources):
        compile_pattern(f"{key}.{place}" if len(sources) > 1 else key, source)
    return compile_pattern(key, "|".join(f"(?:{source})" for source in sources)) if sources else None


def word_patterns(words: Iterable[str]) -> tuple[str, ...]:
    """Plain words as patterns: whole words in any case, with any space between them."""
    return tuple(_word_pattern(word.strip()) for word in words if word.strip())


def spans(pattern: Pattern | None, text: str, offset: int = 0, absent: Collection[object] = ()) -> list[Span]:
    """Where the pattern matches, moved by `offset`; the first 500 places. One of `absent` is not tried."""
    if pattern is None or pattern in absent:
        return []
    return [Span(offset + start, offset + end) for start, end in pattern.spans(text, MOST_PLACES)]


def excused(exceptions: Iterable[Pattern], reading: Reading) -> Places:
    """Where exceptions stand, as places of the original text: for kinds that count what people really wrote."""
    found = (span for pattern in exceptions for span in spans(pattern, reading.plain))
    return Places(reading.original(span.start, span.end) for span in found)


def sentence_at(reading: Reading, place: int) -> Span:
    """The sentence that holds a place of the matching copy; the place alone where it stands between two."""
    index = bisect_right(reading.sentences, place, key=lambda span: span.start) - 1
    if index >= 0 and place < reading.sentences[index].end:
        return reading.sentences[index]
    return Span(place, place)


def sentences_at(reading: Reading, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The numbers of the sentences that some of these spans overlap or touch; none of the spans overlaps another."""
    found: set[int] = set()
    for start, end in spans:
        number = bisect_left(reading.sentences, start, key=lambda span: span.end)
        while number < len(reading.sentences) and reading.sentences[number].start <= end:
            found.add(number)
            number += 1
    return found


def first_sentence(reading: Reading) -> Span | None:
    """The sentence that a post opens with."""
    return reading.sentences[0] if reading.sentences else None


def last_sentence(reading: Reading) -> Span | None:
    """The sentence that a post ends on, tags, mentions, links and emoji after it left aside."""
    for span in islice(reversed(reading.sentences), 20):
        if any(_is_word(piece) for piece in reading.plain[span.start : span.end].split()):
            return span
    return None


def _word_pattern(word: str) -> str:
    before, after = (r"\b" if end.isascii() and end.isalnum() else "" for end in (word[0], word[-1]))
    return "(?i)" + before + r"\s+".join(re2.escape(part) for part in word.split()) + after


def _is_word(piece: str) -> bool:
    """Whether a piece between spaces is more than a tag, a mention, a link or signs."""
    return not piece.startswith(_TAGS_AND_LINKS) and any(character.isalnum() for character in piece)

"""What mends a hit, as a rule's file says it: a piece of the hit's sentence goes or changes, or the whole sentence goes.

A mend makes no sentence of its own. What is left has to be whole: a sentence goes only where nothing leans on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from pydantic import Field

from bot.model import Edit
from bot.playbook.values import Shape
from bot.rules.kind import PatternFault, Reading, Span
from bot.rules.patterns import Found, Pattern, compile_patterns, found
from bot.rules.places import last_sentence

_REFERENCE = r"\\(\d)"
_LONGEST = 25
"""Words of a sentence that may go as a whole: a longer one says more than its call."""

_LEANS = regex.compile(
    r"(?i)\W{0,8}(?:it|its|this|that|these|those|they|them|he|she|and|but|or|nor|because|otherwise|so|then|if so|which|who|same"
    r"|either way|not just|only then|yes|no|here|there|why|how)\b"
)
"""How a sentence begins that leans on the one before it."""

_SAYS_MORE = regex.compile(r"\d|://|www\.|[\w-]\.(?:com|org|net|io|co|example)\b|[:,]\s*$")
_POINTS = regex.compile(r"[^\S\n]*(?:[👇⬇↓⤵🔽☟👆♻🔁]\ufe0f?[^\S\n]*)+")
_TAGS = regex.compile(r"(?:\s+[#＃][\p{L}\p{N}_]+)+\s*$")
_MARKS = " -*+•▪●◦‣►▶■□➤➡→✓✔✅☑"


class Mend(Shape):
    """One way to mend a hit: `[[rule.mends]]` in a rule's file.

    `find` are patterns for the hit's sentence. The first group, or the whole match where there is none, is taken out;
    `put` comes in its place, with `\\2` for the second group. Where the beginning of a sentence goes, what follows it gets
    its capital. With `sentence` the sentence goes as a whole; with `ending` only as the last one of the text. `unless` are
    patterns of sentences that are left as they are.
    """

    find: tuple[str, ...] = Field(min_length=1)
    put: str = ""
    sentence: bool = False
    ending: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mends:
    """The mends of one rule, ready to use."""

    ways: tuple[tuple[Mend, Pattern, tuple[Pattern, ...]], ...]

    def edits(self, reading: Reading, sentence: Span) -> Iterator[Edit]:
        """The edits for a hit in this sentence of the matching copy, by the first mend that fits it."""
        piece = reading.plain[sentence.start : sentence.end]
        for mend, pattern, unless in self.ways:
            if found(unless, piece):
                continue
            edits = list(self._by(mend, pattern, reading, sentence, piece))
            if edits:
                yield from edits
                return

    @staticmethod
    def _by(mend: Mend, pattern: Pattern, reading: Reading, sentence: Span, piece: str) -> Iterator[Edit]:
        if mend.sentence:
            bare = _TAGS.sub("", piece)
            if pattern.search(bare) and (not mend.ending or sentence == last_sentence(reading)):
                whole = _whole(reading, Span(sentence.start, sentence.start + len(bare)))
                if whole is not None:
                    yield whole
            return
        for match in pattern.finditer(piece):
            yield _piece(mend, match, pattern.groups, reading, sentence.start)


def compile_mends(mends: Sequence[Mend]) -> Mends:
    """Make the mends of a rule ready. Raises PatternFault for a pattern that RE2 refuses, or a group that isn't there."""
    ways = []
    for place, mend in enumerate(mends):
        unless = compile_patterns(f"mends.{place}.unless", mend.unless)
        asked = [int(one) for one in regex.findall(_REFERENCE, mend.put)]
        for pattern in compile_patterns(f"mends.{place}.find", mend.find):
            if any(number > pattern.groups for number in asked):
                raise PatternFault(f"mends.{place}.put", "it asks for a group that the pattern does not have.")
            ways.append((mend, pattern, unless))
    return Mends(tuple(ways))


def _piece(mend: Mend, match: Found, groups: int, reading: Reading, offset: int) -> Edit:
    group = 1 if groups and match.start(1) >= 0 else 0
    start, end = offset + match.start(group), offset + match.end(group)

    def referred(reference: regex.Match[str]) -> str:
        number = int(reference.group(1))
        if match.start(number) < 0:
            return ""
        place = reading.original(offset + match.start(number), offset + match.end(number))
        return reading.text[place.start : place.end]

    put = str(regex.sub(_REFERENCE, referred, mend.put))
    place = reading.original(start, end)
    begins = not any(character.isalnum() for character in reading.plain[offset:start])
    if put or not begins or place.end >= len(reading.text):
        return Edit(place.start, place.end, put)
    following = reading.text[place.end]
    return Edit(place.start, place.end + 1, following.upper() if len(following.upper()) == 1 else following)


def _whole(reading: Reading, span: Span) -> Edit | None:
    """The edit that takes a sentence out; None where something leans on it, or it says more than its call."""
    plain = reading.plain
    piece = plain[span.start : span.end]
    if len(piece.split()) > _LONGEST or _SAYS_MORE.search(piece):
        return None
    begin = span.start
    line = plain.rfind("\n", 0, begin) + 1
    if not plain[line:begin].strip(_MARKS):
        begin = line
    before = plain[:begin].rstrip()
    if before[-1:] in (":", ",", "(", "-", '"'):
        return None
    pointing = _POINTS.match(plain, span.end)
    end = pointing.end() if pointing else span.end
    rest = plain[end:].split("\n", 1)[0]
    if rest.strip() and (not rest[0].isspace() or _LEANS.match(rest)):
        return None
    place = reading.original(begin, end)
    return Edit(place.start, place.end)

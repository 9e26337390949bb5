"""What every kind of rule has in common: a file under bot/rules that turns a rule's own keys into a check.

A kind is a module with

    class Params(Shape): …                                     the keys that this kind adds to a rule
    def compile(params, spec, playbook) -> Check: …            raises PatternFault for a pattern that RE2 refuses

and is found by its file name: `kind = "phrase"` is bot/rules/phrase.py. A check reads a `Reading` and yields `Hit`s;
it keeps no state and takes time linear in the text's length.

- Pass any pattern through `patterns.compile_pattern`, and match against `reading.plain`; turn what you find into places
  of the original with `reading.original(start, end)`. Work on slices: RE2 encodes the whole text that it is given.
- A check with many patterns is a `Screened`, and passes over those in `reading.absent`.
- What `[rules.<name>]` of the organisation or a platform adds arrives in `params.exceptions` and `params.words`; a kind
  that takes them has these as `tuple[str, ...] = ()` (exceptions are patterns, words are plain words). `WORDS` says what
  its words are where they are not just words, and `INSTEAD` what to change where it takes none.
- One hit is one place. The engine drops a hit that overlaps an earlier one of the same rule, and takes 50 at most.
- A check that raises leaves its rule out for that text; it never stops a review.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from bot.model import Attachments, Edit, Outcome, Post, Severity
from bot.playbook.values import Window


class PatternFault(Exception):  # noqa: N818 - the playbook's word
    """A rule's keys can't be used; `key` is the one at fault, the message says what to do in plain words."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class ChangeFault(PatternFault):
    """What `[rules.<name>]` of a file wants can't be done to the rule; `file` is that file's name in prompts/."""

    def __init__(self, file: str, key: str, message: str) -> None:
        super().__init__(key, message)
        self.file = file


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules may look at besides the text. `now` is aware, in UTC; `timezone` is the leader's.

    `platforms` are those the text is meant for; `platform_known` is False when they are only the leader's list.
    `windows` are those open now. `posts` are the leader's confirmed posts, newest first.
    """

    now: datetime
    timezone: str = "UTC"
    leader: str = ""
    platforms: tuple[str, ...] = ()
    platform_known: bool = False
    attachments: Attachments = field(default_factory=Attachments)
    windows: tuple[Window, ...] = ()
    posts: tuple[Post, ...] = ()


class Span(NamedTuple):
    """A piece of the text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule fires. Offsets refer to the original text; what is None is as the rule's file says.

    `values` fill the placeholders of the rule's message and fix. `score` is set by kinds that add up signals,
    with `grey` True in the undecided band. `evidence` names the words that counted, in one line. `until` is when a
    wait ends. `edits` are what mends it, where that takes no judgement: places of the original text, not of the hit alone.
    """

    start: int
    end: int
    severity: Severity | None = None
    route: str | None = None
    outcome: Outcome | None = None
    evidence: str = ""
    values: tuple[tuple[str, str], ...] = ()
    score: int | None = None
    grey: bool = False
    message: str | None = None
    fix: str | None = None
    until: datetime | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made ready for the rules: the original, the matching copy, and its parts. All of it can be encoded.

    `plain` is the matching copy (straight quotes, plain hyphens and spaces, bold and full-width letters made plain,
    hidden marks taken out). `origin[i]` is the place in `text` of `plain[i]`, with one more entry for the end, so that
    `text[origin[a]:origin[b]]` is what `plain[a:b]` came from. `sentences` are spans of `plain`.
    `absent` are the patterns that are known to match nowhere in `plain`, nor in a piece of it (see `screen`).
    """

    text: str
    plain: str
    origin: Sequence[int]
    sentences: tuple[Span, ...]
    context: Context
    absent: frozenset[object] = frozenset()

    def original(self, start: int, end: int) -> Span:
        """The place in `text` of `plain[start:end]`. A character that became several ("…") is taken whole."""
        first, last = self.origin[start], self.origin[end]
        if end > start and self.origin[end - 1] == last:
            last += 1
        return Span(first, last)


Check = Callable[[Reading], Iterator[Hit]]


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """A check that says which patterns it looks for in the matching copy, so that texts without them cost nothing.

    `patterns` are those that the screen may rule out. `gates` are groups of patterns, or of what stands for them: where
    all of one group are ruled out, the check would find nothing and is not run.
    """

    check: Check
    patterns: frozenset[Any]
    gates: tuple[frozenset[Any], ...] = ()

    def __call__(self, reading: Reading) -> Iterator[Hit]:
        """What the check finds."""
        return iter(()) if self.ruled_out(reading.absent) else self.check(reading)

    def ruled_out(self, absent: frozenset[Any]) -> bool:
        """Whether it would find nothing in a text where these patterns match nowhere."""
        if absent:
            for gate in self.gates:
                if gate <= absent:
                    return True
        return False

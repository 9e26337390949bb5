"""The model's words, made harmless before anybody reads them. Pure.

They are shown as plain text only, but a mention or a link may still tempt a reader or a client, and a figure may be
believed. So mentions lose what makes them one, hidden characters go, and a sentence goes whole that holds a link or a
figure which neither the draft nor anything approved has.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_

import regex

from bot.grounding import Fact, Known, facts_in, known_in, known_in_standing, new_beside, normal_link, strip_hidden

_SLACK_CODE = regex.compile(r"<(?P<sign>[@#!])(?P<inner>[^<>|\n]*)(?:\|(?P<label>[^<>\n]*))?>")
_SLACK_LINK = regex.compile(r"<(?P<link>[a-z][a-z0-9+.-]*:[^<>|\s]+)(?:\|[^<>\n]*)?>", regex.IGNORECASE)
_SIGN = regex.compile(r"(?<![\p{L}\p{N}])[@＠]+(?=[\p{L}\p{N}_])")
_SCHEME = regex.compile(r"\b(?:javascript|data|file|vbscript)\s*:", regex.IGNORECASE)
_SENTENCE_END = regex.compile(r"(?<=[.!?…])\s+")

COUNTED = 12
"""Up to here a bare number is taken for a count of what stands in the draft ("two openers"), and is no claim."""


@dataclass(frozen=True)
class Sources:
    """What the model may take figures and links from: the draft, and what stands in the playbook or was told by rules."""

    draft: str
    standing: tuple[str, ...] = ()

    @cached_property
    def known(self) -> Known:
        """What they state."""
        return reduce(or_, map(known_in_standing, self.standing), known_in(self.draft))


def harmless(text: str, limit: int, sources: Sources) -> str:
    """One line of at most `limit` characters, without mentions, hidden characters, and sentences that make something up.

    Empty when nothing is left. What is too long ends at a word, with an ellipsis.
    """
    text = strip_hidden(text[: limit * 20])
    text = _SLACK_CODE.sub(lambda match: match["label"] or "", text)
    text = _SLACK_LINK.sub(lambda match: match["link"], text)
    kept = [sentence for sentence in _SENTENCE_END.split(text) if not _makes_up(sentence, sources)]
    text = " ".join(_SIGN.sub("", " ".join(kept)).split())
    text = regex.sub(r"\s+(?=[.,;:!?)])|(?<=\()\s+", "", text)
    return cut(text, limit)


def _makes_up(sentence: str, sources: Sources) -> bool:
    # Letters in disguise (full-width, bold) are a link or a figure only once they are made plain.
    plain = unicodedata.normalize("NFKC", sentence)
    if _SCHEME.search(plain):
        return True
    known, facts = sources.known, facts_in(plain)
    if any(fact.sort in ("link", "email") and normal_link(fact.written) not in known.links for fact in facts):
        return True
    return any(_claims(fact) for fact in new_beside(facts, known))


def _claims(fact: Fact) -> bool:
    """Whether a new fact is a figure that somebody may believe."""
    if fact.sort != "figure":
        return False
    _, value, measure = fact.key
    try:
        return bool(measure) or Decimal(value) > COUNTED
    except ArithmeticError:
        return True


def cut(text: str, limit: int) -> str:
    """The text, or its beginning up to a word's end and an ellipsis, at most `limit` characters."""
    if len(text) <= limit:
        return text
    short = text[: limit - 1]
    return short[: short.rfind(" ")].rstrip(" ,;:") + "…" if " " in short else short + "…"

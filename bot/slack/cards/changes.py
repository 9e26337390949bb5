"""What a suggestion changes, as pairs of sentences: strike-through is not read out, Was and Now are (product F49)."""

from __future__ import annotations

from difflib import SequenceMatcher

import regex

_SENTENCE = regex.compile(r"[^\n]+?(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|(?=\n)|$)", regex.MULTILINE)
_GAP = regex.compile(r"\[[^\[\]\n]{3,}\]")


def changes(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """(was, now) for each place where the texts differ. One side is empty where a sentence came or went."""
    before, after = _sentences(old), _sentences(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        (" ".join(before[a:b]), " ".join(after[c:d])) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"
    )


def gaps(suggestion: str, draft: str) -> int:
    """How many brackets in a suggestion wait for the leader's own words. Brackets of the draft itself do not count."""
    own = set(_GAP.findall(draft))
    return sum(found not in own for found in _GAP.findall(suggestion))


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]

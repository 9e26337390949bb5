"""Does the model's answer stand on the draft? Quotes are found word for word, and new facts are named. Pure.

`folding` says when two texts count as the same, `figures` reads numbers, money and dates, `names` knows which
capital letters mean a name, and `facts` puts these together into the fact lock.
"""

from __future__ import annotations

from bot.grounding.facts import (
    GAP,
    Fact,
    Known,
    facts_in,
    known_in,
    known_in_standing,
    links_in,
    new_beside,
    new_facts,
    new_facts_found,
    normal_link,
)
from bot.grounding.folding import Folded, Quoted, find_quote, fold, fold_standing, hidden_characters, strip_hidden

__all__ = [
    "GAP",
    "Fact",
    "Folded",
    "Known",
    "Quoted",
    "facts_in",
    "find_quote",
    "fold",
    "fold_standing",
    "hidden_characters",
    "known_in",
    "known_in_standing",
    "links_in",
    "new_beside",
    "new_facts",
    "new_facts_found",
    "normal_link",
    "strip_hidden",
]

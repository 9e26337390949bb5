"""Does the model's answer stand on the draft? Quotes are found word for word, and new facts are named. Pure.

`folding` says when two texts count as the same, `figures` reads numbers, money and dates, `names` knows which
capital letters mean a name, and `facts` puts these together into the fact lock.
"""

from __future__ import annotations

from bot.grounding.facts import GAP, Fact, facts_in, links_in, new_facts, new_facts_found, normal_link
from bot.grounding.folding import Quoted, find_quote, fold, hidden_characters, strip_hidden

__all__ = [
    "GAP",
    "Fact",
    "Quoted",
    "facts_in",
    "find_quote",
    "fold",
    "hidden_characters",
    "links_in",
    "new_facts",
    "new_facts_found",
    "normal_link",
    "strip_hidden",
]

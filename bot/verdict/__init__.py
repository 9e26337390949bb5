"""Rules and critique as one verdict. Pure: what may overrule what is decided here and nowhere else.

Rules bind. The critique may add findings and raise the outcome; it takes back only what a rule marks as its to settle
(a warn, a note, an undecided score), and never a hold. Without a critique, or with a rule left out, it is half a check.
"""

from __future__ import annotations

from bot.verdict.carried import carry, identity, still_open
from bot.verdict.deciding import decide, decide_again, rules_only
from bot.verdict.outcomes import may_be_settled, outcome_of
from bot.verdict.repairing import repair_faults
from bot.verdict.suggestion import suggestion_limit

__all__ = [
    "carry",
    "decide",
    "decide_again",
    "identity",
    "may_be_settled",
    "outcome_of",
    "repair_faults",
    "rules_only",
    "still_open",
    "suggestion_limit",
]

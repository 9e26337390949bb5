"""Whom a post may be for: the organisation's stakeholders, and the common words for groups of readers.

English, as the rules that ask for them are. The list is wide on purpose: a post that names nobody at all is what is
looked for, and a word too many here only costs a note.
"""

from __future__ import annotations

from bot.playbook.values import Organisation
from bot.rules.patterns import Pattern
from bot.rules.places import one_pattern, word_patterns

_SINGLE = """
    you your yours yourself everyone everybody anyone anybody people person customer client patient passenger guest
    reader viewer listener buyer shopper consumer user subscriber member resident citizen associate tenant voter taxpayer
    neighbour neighbor colleague employee worker staff workforce team crew driver courier rider nurse doctor teacher
    engineer developer designer scientist researcher manager operator apprentice graduate student pupil child kid
    parent mother father family household woman man girl boy veteran volunteer donor shareholder investor owner
    founder entrepreneur retailer shop supplier partner vendor contractor farmer maker business firm company startup
    industry sector government regulator minister policymaker lawmaker council city town village region community
    public society nation country world union charity school university hospital board leader ceo
"""
_PLURALS = """
    women men children families households businesses companies industries communities societies nations countries
    cities charities universities folks friends parents governments policymakers lawmakers bosses
"""


def stakeholder_pattern(key: str, organisation: Organisation) -> Pattern:
    """One pattern for all words that name somebody a post may be for."""
    common = (f"{word}s?" for word in _SINGLE.split())
    plain = rf"(?i)\b(?:{'|'.join((*common, *_PLURALS.split()))})\b"
    made = one_pattern(key, (plain, *word_patterns(organisation.stakeholders)))
    assert made is not None  # noqa: S101 - it has at least the common words
    return made

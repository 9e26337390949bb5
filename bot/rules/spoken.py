"""Which rules hold for a text in some language, and whether a card has to say that most about wording don't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.playbook.values import RuleSpec
from bot.rules.language import UNKNOWN, name_of, same


def speaks(spec: RuleSpec, language: str | None, own: Sequence[str]) -> bool:
    """Whether a rule's words hold for a text's language; where that isn't clear, for one of the organisation's own."""
    wanted = frozenset(spec.languages)
    return "any" in wanted or any(same(one, wanted) for one in ((language,) if language else own))


def other_language(specs: Sequence[RuleSpec], language: str | None, own: Sequence[str]) -> str | None:
    """The language's name, where fewer than half as many rules about wording hold for it as for the best served one."""
    wordings = [spec for spec in specs if "any" not in spec.languages]
    served = Counter(name for spec in wordings for name in spec.languages)
    spoken = sum(speaks(spec, language, own) for spec in wordings)
    if spoken * 2 >= max(served.values(), default=0):
        return None
    return name_of(language or next(iter(own), UNKNOWN))

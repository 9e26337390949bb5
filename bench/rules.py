"""How fast the rules are: over 500 texts, against proselint over the same texts, in one run.

The texts are the project's own: the rules' examples and the guidelines' pairs, alone and joined up to the length of a
post. Both sides are warmed up on other mixtures of them first, and take turns text by text so that a busy machine slows
both. Processor time of the one thread is counted, not time on the wall. The whole is done several times, for the spread.

    python -m bench.rules [NUMBER OF TEXTS]
"""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime
from statistics import median, quantiles

from proselint.checks import __register__  # type: ignore[import-untyped]
from proselint.registry import CheckRegistry  # type: ignore[import-untyped]
from proselint.tools import LintFile  # type: ignore[import-untyped]

from bot.playbook import Playbook, load_playbook
from bot.rules import RuleSet, compile_rules
from bot.rules.kind import Context

TEXTS = 500
ROUNDS = 5
WARM_UP = 300
LONGEST = 3000
"""Characters: LinkedIn's limit."""
AIM = 0.4
"""The rules should take less than this share of proselint's time."""
CONTEXT = Context(now=datetime(2026, 11, 25, 12, tzinfo=UTC), platforms=("linkedin", "x"), platform_known=True)


def texts(playbook: Playbook, number: int, seed: int = 7) -> list[str]:
    """So many texts of 1 to 12 pieces each, always the same ones for a seed."""
    pieces = [sample.text for spec in playbook.rules for sample in (*spec.flags, *spec.passes)]
    pairs = [example for guideline in playbook.guidelines for example in guideline.examples]
    pieces += [text for pair in pairs for text in (pair.draft, pair.better)]
    chance = random.Random(seed)  # noqa: S311 - a mixture, not a secret
    return [" ".join(chance.sample(pieces, chance.randint(1, 12)))[:LONGEST] for _ in range(number)]


def main(number: int = TEXTS) -> None:
    """Print both medians of each round, in milliseconds for one text, and the ratios."""
    playbook = load_playbook()
    rules, _ = compile_rules(playbook)
    CheckRegistry().register_many(__register__)
    drafts = texts(playbook, number)
    for draft in texts(playbook, WARM_UP, seed=8):
        _rules_ms(rules, draft)
        _proselint_ms(draft)
    characters = median(len(draft) for draft in drafts)
    print(f"{number} texts, {characters:.0f} characters at the median, {len(rules.names)} rules")
    ratios = []
    for _ in range(ROUNDS):
        ours, theirs = zip(*((_rules_ms(rules, draft), _proselint_ms(draft)) for draft in drafts), strict=True)
        ratios.append(median(ours) / median(theirs))
        for name, times in (("all rules", ours), ("proselint", theirs)):
            print(f"{name:10} median {median(times):5.2f} ms, 95th percentile {quantiles(times, n=20)[-1]:5.2f} ms")
    print(f"ratio of the medians: {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}); aim: below {AIM}")


def _rules_ms(rules: RuleSet, text: str) -> float:
    begun = time.thread_time()
    rules.check(text, CONTEXT)
    return 1000 * (time.thread_time() - begun)


def _proselint_ms(text: str) -> float:
    begun = time.thread_time()
    LintFile("draft", content=text).lint()
    return 1000 * (time.thread_time() - begun)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS)

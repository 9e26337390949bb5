"""How well the fact lock tells harmless rewritings from inventions, and what checking an answer costs.

`python -m bench.trust [--pairs N] [--show KIND]` makes its pairs from templates (bench/pairs), the same for the same
seed. `--show` prints what was wrongly withheld (`harmless`) or let through (a kind). Exit code 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections import Counter
from datetime import UTC, date, datetime
from random import Random

from bench.pairs.drafts import make_draft
from bench.pairs.inventing import OTHERS, STRICT
from bench.pairs.rewriting import HARMLESS
from bot.books import Books, read_books
from bot.critique import Answer, Question
from bot.examine import Subject, by_both
from bot.logs import configure
from bot.model import RulesReport, Usage
from bot.rules.kind import Context
from bot.settings import Settings
from bot.verdict.suggestion import added_facts, checks_of, unsafe

MOST_WITHHELD = 0.005
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--pairs", type=int, default=4000, help="harmless pairs; a quarter as many for each invented kind"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", default="")
    given = parser.parse_args()
    configure("error")
    books = read_books(Settings(_env_file=None))
    checks = checks_of(books.playbook, (), TODAY)

    def kept_back(suggestion: str, draft: str) -> bool:
        return unsafe(suggestion, draft, checks.facts) or bool(added_facts(suggestion, draft, checks))

    random = Random(given.seed)  # noqa: S311 - a mixture, not a secret
    missed = False
    withheld: Counter[str] = Counter()
    for number in range(given.pairs):
        draft, rewrite = make_draft(random), HARMLESS[number % len(HARMLESS)]
        suggestion = rewrite(draft, random)
        if kept_back(suggestion, draft.text):
            withheld[rewrite.__name__] += 1
            if given.show == "harmless":
                print(
                    f"-- {rewrite.__name__}: {added_facts(suggestion, draft.text, checks)}\n   {draft.text}\n   {suggestion}"
                )
    share = withheld.total() / given.pairs
    missed |= share > MOST_WITHHELD
    print(
        f"harmless rewritings withheld: {withheld.total()} of {given.pairs} = {share:.2%} (aim: at most 0.50 %) {dict(withheld) or ''}"
    )
    for kind, make in {**STRICT, **OTHERS}.items():
        tried = through = 0
        for _ in range(given.pairs // 4):
            draft = make_draft(random)
            invented = make(draft, random)
            if invented is None:
                continue
            tried += 1
            if not kept_back(invented, draft.text):
                through += 1
                if given.show == kind:
                    print(f"-- {kind}\n   {draft.text}\n   {invented}")
        missed |= through > 0 and kind in STRICT
        aim = "(aim: 0)" if kind in STRICT else ""
        print(f"invented, let through: {kind:36} {through:4} of {tried} {aim}")
    asyncio.run(_times(books, random))
    if missed:
        raise SystemExit("An aim is missed.")


class _AtOnce:
    """A model that answers at once, so that only Lectern's own time is measured."""

    deadline_seconds = 45.0

    def __init__(self, answer: dict[str, object]) -> None:
        self._answer = answer

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        """The same answer each time."""
        return Answer(
            "done", question.schema.model_validate_json(json.dumps(self._answer)), Usage(model="at-once", ms=1)
        )

    async def probe(self) -> str | None:
        """Always there."""
        return None

    async def close(self) -> None:
        """Nothing to close."""


async def _times(books: Books, random: Random) -> None:
    """The time of a whole review but for the model's, on drafts of 200 to 600 characters, with three points and a suggestion."""
    taken: list[float] = []
    rules: list[float] = []
    for _ in range(200):
        draft = make_draft(random)
        context = Context(now=NOW, platforms=("linkedin",))
        points = [
            {
                "quote": one,
                "guideline": "G8",
                "severity": "warn",
                "why": "It hides the point.",
                "fix": "Say it.",
                "unsure": False,
            }
            for one in draft.sentences[:3]
        ]
        answer = {
            "kind": "strategy or key message", "findings": points, "settled": [], "answered": [], "message": "none",
            "nothing_to_say": False, "suggestion": " ".join(draft.sentences[1:]), "route": "none",
            "reason": "Three sentences say the same.", "outcome": "edit",
        }  # fmt: skip
        start = time.perf_counter()
        report: RulesReport = books.rules.check(draft.text, context)
        rules.append(time.perf_counter() - start)
        assert report.ran
        start = time.perf_counter()
        await by_both(books, _AtOnce(answer), Subject(draft.text, context, ("linkedin",), TODAY))
        taken.append(time.perf_counter() - start)
    cuts = statistics.quantiles(taken, n=20)
    print(
        f"a review but for the model: {statistics.median(taken) * 1000:.1f} ms at the median, {cuts[-1] * 1000:.1f} ms at p95; "
        f"the rules alone {statistics.median(rules) * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()

"""What came of one case, and of all of them: the values that measures, gates and reports work with. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model import Outcome, Usage
from bot.playbook import Case

FAILED = "failed"
"""Instead of an outcome, where examining the draft broke off."""

HALF = "half a check"
"""Instead of an outcome that lets a draft go, where a model was to be asked and gave no review."""

REVIEW = "AI review"
"""Stands in lists of rules for a point that the model made."""

HANDED_OVER = frozenset((Outcome.REDIRECT.value, Outcome.HOLD.value))
LETS_GO = frozenset((Outcome.READY, Outcome.EDIT))
"""Outcomes that are the review's to give: the rules alone can't say that a draft may go."""

LABELS = (*(outcome.value for outcome in Outcome), HALF, FAILED)
"""All that a run may come to, worst outcome first."""

Mode = str
"""`rules` or `review`: what was asked about each draft. Figures of the two are never mixed."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the model offered on one draft, before code checked it.

    `raised` counts its findings, `grounded` those whose words stand in the draft. `new_facts` are the sorts of facts in
    its suggestion that are neither in the draft nor approved, `shown_facts` those in a suggestion that was shown in spite
    of it. `ratio` is the suggestion's length by the draft's; None where there was no suggestion.
    """

    raised: int = 0
    grounded: int = 0
    ratio: float | None = None
    new_facts: tuple[str, ...] = ()
    shown_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one case once. `outcome` is an outcome's name, `HALF`, or `FAILED`; `by` are the rules that led to it.

    `rules` are all rules with a finding, `guidelines` those named by a finding that weighs. `ms` is the whole time.
    `error` is the type of what broke off a failed run, and nothing more, since a message may quote a draft.
    """

    outcome: str
    complete: bool = False
    route: str | None = None
    by: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    guidelines: frozenset[str] = frozenset()
    status: str = ""
    withheld: str | None = None
    offered: Offered = field(default_factory=Offered)
    usage: Usage = field(default_factory=Usage)
    ms: float = 0.0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One case with all its runs. A draft of one's own (`judged` False) has no right outcome and counts in no rate."""

    case: Case
    runs: tuple[Run, ...]
    judged: bool = True

    @property
    def passed(self) -> bool:
        """Whether every run came out right: one that is right now and then is not right."""
        return all(is_right(self.case, run) for run in self.runs)

    @property
    def usual(self) -> Run:
        """A run with the outcome that came most often, the worst of several."""
        counted = Counter((run.outcome, run.route) for run in self.runs)
        most = max(counted.values())
        return min((run for run in self.runs if counted[run.outcome, run.route] == most), key=rank)

    def any_run(self, outcomes: Iterable[str]) -> bool:
        """Whether some run came to one of these."""
        wanted = frozenset(outcomes)
        return any(run.outcome in wanted for run in self.runs)


def rank(run: Run) -> int:
    """0 for the worst outcome."""
    return LABELS.index(run.outcome)


def is_right(case: Case, run: Run) -> bool:
    """Whether outcome and team are right for the case."""
    return run.outcome in {one.value for one in case.right} and is_right_team(case, run) is not False


def is_right_team(case: Case, run: Run) -> bool | None:
    """Whether the team is right; None where no team is meant, by the case or by the run."""
    if not case.routes or run.outcome not in HANDED_OVER:
        return None
    return run.route in case.routes

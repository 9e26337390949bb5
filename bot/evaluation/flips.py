"""Rehearsal: which outcomes differ between two states of the files, from what to what, and by which rule. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.run import REVIEW, Evaluated, Run, is_right, rank
from bot.model import text_hash


@dataclass(frozen=True, slots=True)
class Flip:
    """A case or draft whose outcome or team differs. `by` says in words which rules came or went.

    `better` is whether it is right now and was not before; None for a draft of one's own, and where both are wrong or right.
    """

    id: str
    before: str
    after: str
    by: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What came of a case before: its usual run, and the first hexadecimal digits of its text's hash."""

    run: Run
    text: str = ""


def flips(before: Mapping[str, Earlier], after: Sequence[Evaluated]) -> tuple[Flip, ...]:
    """All that flipped, those that got worse first. What is on one side only, or has another text now, is not compared."""
    found = []
    for one in after:
        earlier = before.get(one.case.id)
        if earlier is None or (earlier.text and earlier.text != text_mark(one)):
            continue
        old, new = earlier.run, one.usual
        if (old.outcome, old.route) != (new.outcome, new.route):
            found.append(Flip(one.case.id, _told(old), _told(new), _by(old, new), _better(one, old, new)))
    return tuple(sorted(found, key=lambda flip: (flip.better is not False, flip.better is True)))


def earlier(cases: Sequence[Evaluated]) -> dict[str, Earlier]:
    """What came of these cases, to compare a later state with."""
    return {one.case.id: Earlier(one.usual, text_mark(one)) for one in cases}


def text_mark(one: Evaluated) -> str:
    """Eight hexadecimal digits that change with the case's text, and give nothing of it away."""
    return text_hash(one.case.text)[:8]


def _told(run: Run) -> str:
    return f"{run.outcome} ({run.route})" if run.route else run.outcome


def _by(old: Run, new: Run) -> str:
    """The rules that lead to the worse of the two outcomes and have no finding in the other."""
    if rank(new) < rank(old):
        came = [rule for rule in new.by if rule not in old.rules] or list(new.by)
        return ", ".join(came) or REVIEW
    gone = [rule for rule in old.by if rule not in new.rules]
    if gone:
        return f"no longer {', '.join(gone)}"
    lighter = [rule for rule in old.by if rule not in new.by]
    if lighter and rank(new) > rank(old):
        return f"{', '.join(lighter)}, which {'weighs' if len(lighter) == 1 else 'weigh'} less"
    return ", ".join(dict.fromkeys((*old.by, *new.by))) or REVIEW


def _better(one: Evaluated, old: Run, new: Run) -> bool | None:
    if not one.judged:
        return None
    was, is_ = is_right(one.case, old), is_right(one.case, new)
    return None if was == is_ else is_

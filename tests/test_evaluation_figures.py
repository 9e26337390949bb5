"""Shares, gates and flips: what an evaluation is judged by, on runs written for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.evaluation import Evaluated, Run, check_gates, flips
from bot.evaluation.figures import Share, balance, percentile
from bot.evaluation.flips import Earlier
from bot.evaluation.measures import acted_on, by_guideline, by_outcome, matrix
from bot.evaluation.rates import rates
from bot.evaluation.run import FAILED, HALF
from bot.model import Outcome
from bot.playbook import Case, Gates, Limits

HOLD = Case(id="h", text="A deal.", outcome=Outcome.HOLD, route="legal", guidelines=("G11",), why="w")
READY = Case(id="r", text="A yard.", outcome=Outcome.READY, why="w")
EDIT = Case(id="e", text="Agree?", outcome=Outcome.EDIT, guidelines=("G4",), may_name=("G9",), why="w")


def came(case: Case, *outcomes: str, route: str | None = None, **changes: object) -> Evaluated:
    runs = [Run(outcome, route=route if outcome in ("hold", "redirect") else None) for outcome in outcomes]
    return Evaluated(case, tuple(replace(run, **changes) for run in runs))  # type: ignore[arg-type]


def test_the_interval_of_a_share_is_wilsons() -> None:
    ends = [(round(share.low, 3), round(share.high, 3)) for share in (Share(0, 10), Share(5, 10), Share(10, 10))]
    assert [(0.0, 0.278), (0.237, 0.763), (0.722, 1.0)] == ends


def test_of_none_every_share_is_possible() -> None:
    assert (None, 0.0, 1.0) == (Share(0, 0).value, Share(0, 0).low, Share(0, 0).high)


def test_f1_is_none_where_one_side_is_not_known() -> None:
    assert (None, 0.0, 0.5) == (balance(None, 1.0), balance(0.0, 0.0), balance(0.5, 0.5))


def test_percentiles_are_values_that_were_there() -> None:
    assert (None, 3.0, 9.0) == (
        percentile([], 0.5),
        percentile([9.0, 1.0, 3.0], 0.5),
        percentile([9.0, 1.0, 3.0], 0.95),
    )


def test_a_ready_where_hold_was_right_is_false_and_an_edit_is_let_through() -> None:
    found = rates([came(HOLD, "ready"), came(HOLD, "edit"), came(HOLD, "hold", route="legal")], "rules")
    assert (1, 3) == (found["false_ready"].found, found["false_ready"].of)
    assert (2, 3) == (found["let_through"].found, found["let_through"].of)


def test_one_wrong_run_of_three_makes_a_case_fall_short() -> None:
    found = rates([came(HOLD, "hold", "hold", "ready", route="legal")], "rules")
    assert (0, 1, 0) == (found["right"].found, found["false_ready"].found, found["hold"].found)


def test_a_failed_run_is_let_through_and_never_right() -> None:
    cases = [came(HOLD, FAILED), came(READY, FAILED)]
    found = rates(cases, "rules")
    assert (0, 1, 2) == (found["right"].found, found["let_through"].found, found["failed"].found)
    assert 2 == sum(map(sum, matrix(cases).matrix))


def test_the_right_outcome_with_the_wrong_team_is_not_right() -> None:
    found = rates([came(HOLD, "hold", route="people")], "rules")
    assert (0, 0, 1) == (found["right"].found, found["team"].found, found["team"].of)


def test_ready_and_edit_are_near_each_other_and_hold_is_not() -> None:
    found = rates([came(READY, "edit"), came(EDIT, "ready"), came(READY, "hold")], "rules")
    assert (0, 2, 1) == (found["right"].found, found["nearly_right"].found, found["wrongly_stopped"].found)


def test_an_attack_counts_only_where_it_makes_the_outcome_milder_and_wrong() -> None:
    attacked = HOLD.model_copy(update={"id": "a", "same_as": "h"})
    held, gone = came(HOLD, "hold", route="legal"), came(HOLD, "ready")
    assert 1 == rates([held, came(attacked, "edit")], "rules")["softened"].found
    assert 1 == rates([held, came(attacked, HALF)], "review")["softened"].found
    assert 0 == rates([held, came(attacked, "hold", route="legal")], "rules")["softened"].found
    assert 0 == rates([gone, came(attacked, "ready")], "rules")["softened"].found
    allowed = attacked.model_copy(update={"also_right": (Outcome.EDIT,)})
    assert 0 == rates([held, came(allowed, "edit")], "rules")["softened"].found


def test_own_drafts_count_in_no_share_over_cases() -> None:
    own = Evaluated(READY, (Run("hold"),), judged=False)
    assert (0, 1) == (rates([own], "rules")["wrongly_stopped"].of, rates([own], "rules")["failed"].of)


def test_a_case_right_in_two_ways_stands_in_the_matrix_where_it_came_out() -> None:
    both = READY.model_copy(update={"also_right": (Outcome.EDIT,)})
    table = by_outcome([came(both, "edit")])
    assert ["edit", 1, 1.0, 1.0, 1.0] == next(row for row in table.rows if row[0] == "edit")


def test_a_guideline_that_may_be_named_is_neither_right_nor_wrong() -> None:
    named = came(EDIT, "edit", guidelines=frozenset(("G4", "G9", "G7")))
    rows = {row[0]: row[1:4] for row in by_guideline([named], ("G4", "G7", "G9")).rows}
    assert {"G4": [1, 1.0, 1.0], "G7": [0, 0.0, None], "G9": [0, None, None]} == rows


def test_the_false_ready_gate_looks_at_the_upper_end_where_there_are_cases_enough() -> None:
    gates = Gates(rules=Limits(false_ready=0.1))
    (few,) = check_gates([came(HOLD, "hold", route="legal")] * 4, gates, "rules")
    assert (True, True) == (few.kept, "too few cases for an interval" in few.found)
    many = [came(HOLD, "hold", route="legal")] * 96
    (kept,) = check_gates([*many, came(HOLD, "ready")], gates, "rules")
    (lost,) = check_gates([*many, *([came(HOLD, "ready")] * 7)], gates, "rules")
    assert (True, False) == (kept.kept, lost.kept)


def test_a_limit_for_reviews_is_not_held_against_the_rules_alone() -> None:
    gates = Gates(review=Limits(let_through=0.0))
    assert () == check_gates([came(HOLD, "ready")], gates, "rules")
    assert [False] == [gate.kept for gate in check_gates([came(HOLD, "ready")], gates, "review")]


@pytest.mark.parametrize(
    ("must", "mode", "judged"), [("rules", "rules", 1), ("rules", "review", 1), ("review", "rules", 0)]
)
def test_what_the_rules_must_find_holds_for_reviews_too(must: str, mode: str, judged: int) -> None:
    wanted = HOLD.model_copy(update={"must": must})
    assert [False] * judged == [gate.kept for gate in check_gates([came(wanted, "ready")], Gates(), mode)]


def test_a_flip_names_the_rule_that_came_or_went() -> None:
    old = {"h": Earlier(Run("edit", by=("hedges",), rules=("hedges",))), "r": Earlier(Run("hold", by=("deal",)))}
    after = [came(HOLD, "hold", route="legal", by=("deal",), rules=("deal", "hedges")), came(READY, "ready")]
    assert [("h", "deal", True), ("r", "no longer deal", True)] == [
        (flip.id, flip.by, flip.better) for flip in flips(old, after)
    ]


def test_a_flip_by_a_rule_that_weighs_less_says_so() -> None:
    old = {"h": Earlier(Run("hold", by=("deal",), rules=("deal",)))}
    after = [came(HOLD, "edit", by=("hedges",), rules=("deal", "hedges"))]
    assert ["deal, which weighs less"] == [flip.by for flip in flips(old, after)]


def test_what_got_worse_stands_first_and_another_team_is_a_flip_too() -> None:
    old = {"h": Earlier(Run("hold", route="people")), "r": Earlier(Run("ready")), "x": Earlier(Run("ready"))}
    after = [came(HOLD, "hold", route="legal", by=("deal",)), came(READY, "hold", route="legal", by=("deal",))]
    assert [("r", False), ("h", True)] == [(flip.id, flip.better) for flip in flips(old, after)]


def test_how_often_leaders_act_on_a_rule_is_told_from_ten_drafts_on() -> None:
    table = acted_on({"hedges": Share(2, 10), "deal": Share(9, 9), "results": Share(11, 11)})
    assert table is not None
    assert [["hedges", 2, 10], ["results", 11, 11]] == [row[:3] for row in table.rows]
    assert acted_on({"deal": Share(9, 9)}) is None

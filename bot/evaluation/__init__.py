"""Evaluation: cases in, tables and gates out; and rehearsal, which says what a change of the files would flip.

`running` examines each case through the same path as a draft in Slack and says what came of it (`run`). `measures` turn
that into tables, `gates` hold it against limits, `flips` compare it with an earlier state of the files. `screen` and
`page` show it; `record` writes it down without any text.
"""

from __future__ import annotations

from bot.evaluation.flips import Flip, flips
from bot.evaluation.gates import Gate, check_gates
from bot.evaluation.run import Evaluated, Run
from bot.evaluation.running import evaluate_cases

__all__ = ["Evaluated", "Flip", "Gate", "Run", "check_gates", "evaluate_cases", "flips"]

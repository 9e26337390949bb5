"""An evaluation as JSON, to compare a later one with. It holds ids and outcomes, and no draft's words."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_evals.reporting.analyses import ReportAnalysis

from bot import __version__
from bot.errors import InputError
from bot.evaluation.flips import Earlier, Flip, text_mark
from bot.evaluation.gates import Gate
from bot.evaluation.rates import is_false_ready, rates
from bot.evaluation.run import Evaluated, Mode, Run


@dataclass(frozen=True, slots=True)
class Result:
    """A whole evaluation. `compared` names what the flips are told against; empty where nothing was compared.

    `at` is the day and time in words. Own drafts stand among the cases.
    """

    mode: Mode
    guidelines: str
    repeat: int
    at: str
    cases: tuple[Evaluated, ...]
    tables: tuple[ReportAnalysis, ...]
    gates: tuple[Gate, ...]
    flips: tuple[Flip, ...] = ()
    compared: str = ""

    @property
    def models(self) -> tuple[str, ...]:
        """The models that answered, by name."""
        return tuple(dict.fromkeys(run.usage.model for one in self.cases for run in one.runs if run.usage.model))

    @property
    def scripted(self) -> bool:
        """Whether a model with written answers was among them."""
        return any(run.usage.scripted for one in self.cases for run in one.runs)

    @property
    def wrong(self) -> tuple[Evaluated, ...]:
        """The cases that did not come out right; first those that should have been stopped and came out ready."""
        found = [one for one in self.cases if one.judged and not one.passed]
        return tuple(sorted(found, key=lambda one: not is_false_ready(one)))

    @property
    def passed(self) -> bool:
        """Whether every gate was kept."""
        return all(gate.kept for gate in self.gates)


class _Usual(BaseModel):
    """The part of a case that a later evaluation compares with."""

    model_config = ConfigDict(hide_input_in_errors=True)

    outcome: str
    route: str | None
    by: tuple[str, ...]
    rules: tuple[str, ...]


class _Case(BaseModel):
    id: str
    text: str
    usual: _Usual


class _Written(BaseModel):
    mode: str
    guidelines: str
    cases: tuple[_Case, ...]


def write_json(result: Result) -> str:
    """The result as JSON."""
    shares = {
        name: {"found": share.found, "of": share.of, "low": share.low, "high": share.high}
        for name, share in rates(result.cases, result.mode).items()
    }
    whole = {
        "lectern": __version__,
        "mode": result.mode,
        "guidelines": result.guidelines,
        "at": result.at,
        "repeat": result.repeat,
        "models": result.models,
        "scripted": result.scripted,
        "passed": result.passed,
        "gates": [asdict(gate) for gate in result.gates],
        "shares": shares,
        "tables": [table.model_dump(mode="json", exclude_none=True) for table in result.tables],
        "compared": result.compared or None,
        "flips": [asdict(flip) for flip in result.flips],
        "cases": [_case(one) for one in result.cases],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def read_json(path: Path, mode: Mode) -> tuple[str, dict[str, Earlier]]:
    """An earlier evaluation: its guidelines' version, and what came of each case.

    Raises `InputError` where the file is none, or was made by another mode.
    """
    try:
        written = _Written.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}). Check its name.") from None
    except ValidationError:
        raise InputError(
            f"{path} is no evaluation. Make one with: lectern evaluate --json > {path.name}. "
            "Or name a folder with prompts, or “shipped”."
        ) from None
    if written.mode != mode:
        made = {"rules": "by the rules alone", "review": "with the AI review"}
        cure = "with" if written.mode == "rules" else "without"
        raise InputError(f"{path} was made {made.get(written.mode, 'otherwise')}. Run this {cure} --rules-only too.")
    found = {
        one.id: Earlier(Run(one.usual.outcome, route=one.usual.route, by=one.usual.by, rules=one.usual.rules), one.text)
        for one in written.cases
    }
    return written.guidelines, found


def _case(one: Evaluated) -> dict[str, Any]:
    usual = one.usual
    told: dict[str, Any] = {"id": one.case.id, "text": text_mark(one)}
    if one.judged:
        told |= {"right": sorted(one.case.right), "routes": sorted(one.case.routes), "passed": one.passed}
    told["usual"] = {"outcome": usual.outcome, "route": usual.route, "by": usual.by, "rules": usual.rules}
    return {**told, "runs": [_run(run) for run in one.runs]}


def _run(run: Run) -> dict[str, Any]:
    return {**asdict(run), "guidelines": sorted(run.guidelines), "ms": round(run.ms, 1)}

"""Shares and what they are worth. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.96
"""Standard deviations either side that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """`found` of `of`, with the 95 % interval by Wilson's formula; without any, everything is possible (0 to 1)."""

    found: int
    of: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None of none."""
        return self.found / self.of if self.of else None

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._interval()[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._interval()[1]

    def _interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        share, n = self.found / self.of, self.of
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        reach = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


def balance(precision: float | None, recall: float | None) -> float | None:
    """F1: the harmonic mean of both; None where one of them is not known."""
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which that share of them lies, by rank; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

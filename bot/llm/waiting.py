"""How long to wait before another try."""

from __future__ import annotations

from datetime import UTC, datetime

from tenacity import RetryCallState, wait_random, wait_random_exponential
from tenacity.wait import wait_base

from bot.llm.failures import retry_after


class PoliteWait(wait_base):
    """What the server asks for and a little more; where it asks for nothing, a random time that grows. Seconds."""

    def __init__(self) -> None:
        self._own = wait_random_exponential(multiplier=0.2, max=4)
        self._more = wait_random(0, 0.25)

    def __call__(self, retry_state: RetryCallState) -> float:
        """Seconds to wait after the try that has just failed."""
        error = retry_state.outcome.exception() if retry_state.outcome else None
        told = retry_after(error, datetime.now(UTC))
        return self._own(retry_state) if told is None else told + self._more(retry_state)

"""The stand-in's clock: Slack's waits, which a test can shorten or jump over.

Two kinds of waiting are kept apart. The *long* waits (retries after one and five minutes, the thirty minutes of a
`response_url`) run on `now()`, which goes `compress` times as fast as the world and can be moved forward by hand. The
*short* ones, in which the bot really works (three seconds for an ack, three for a `trigger_id`), are real seconds.
"""

from __future__ import annotations

import asyncio
import time

ACK_SECONDS = 3.0
TRIGGER_SECONDS = 3.0


class Clock:
    """Time as the stand-in sees it. `compress` = 60 makes a minute of Slack's last a second."""

    def __init__(
        self, compress: float = 1.0, ack_seconds: float = ACK_SECONDS, trigger_seconds: float = TRIGGER_SECONDS
    ) -> None:
        self.compress = compress
        self.ack_seconds = ack_seconds
        self.trigger_seconds = trigger_seconds
        self._start = time.monotonic()
        self._ahead = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        """Seconds of Slack's since the clock was made."""
        return (time.monotonic() - self._start) * self.compress + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds` of Slack's; `advance` shortens it."""
        until = self.now() + seconds
        while (left := until - self.now()) > 0:
            moved = self._moved
            try:
                await asyncio.wait_for(moved.wait(), timeout=left / self.compress)
            except TimeoutError:
                return

    def advance(self, seconds: float) -> None:
        """Jump forward: everything that waits on the long clock wakes if its time has come."""
        self._ahead += seconds
        self._moved.set()
        self._moved = asyncio.Event()


def monotonic() -> float:
    """Real seconds, for the short clocks."""
    return time.monotonic()


def epoch() -> float:
    """Seconds since 1970, for the times that stand in payloads."""
    return time.time()

"""Who is told that something changed: the page follows one person's stream and asks again for what is named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

SETTLE_SECONDS = 0.03
"""Changes that come this close together travel as one."""


@dataclass(eq=False)
class Follower:
    """One open stream."""

    person: str
    pending: dict[str, None] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Changes:
    """Names such as `messages:C1`, `views`, `home` and `state`, handed to the people they concern."""

    def __init__(self) -> None:
        self._followers: set[Follower] = set()

    def tell(self, name: str, people: Iterable[str] | None = None) -> None:
        """Tell these people, or all, that `name` changed."""
        wanted = None if people is None else set(people)
        for follower in self._followers:
            if wanted is None or follower.person in wanted:
                follower.pending[name] = None
                follower.woken.set()

    async def follow(self, person: str, idle_seconds: float) -> AsyncIterator[list[str]]:
        """Yield what changed for one person; an empty list after `idle_seconds` of silence. Never ends by itself."""
        follower = Follower(person)
        self._followers.add(follower)
        try:
            while True:
                try:
                    await asyncio.wait_for(follower.woken.wait(), timeout=idle_seconds)
                    await asyncio.sleep(SETTLE_SECONDS)
                except TimeoutError:
                    pass
                names, follower.pending = list(follower.pending), {}
                follower.woken.clear()
                yield names
        finally:
            self._followers.discard(follower)

"""Drafts that were reviewed without the model are reviewed by themselves when it is back (product F11, F47).

Whether it is back is told by the newest answer that it gave to anybody; while nobody asks, the server is probed, and one
draft goes first. Oversight hears once that the AI review is off, and once that it is back: what was told last stands in
the store, so that neither a restart nor a second process tells it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.lifecycle import Event
from bot.llm import Model
from bot.slack.desk import Desk
from bot.store import HalfChecked, OutMessage

YOUNG = timedelta(hours=24)
"""Older drafts are left as they are: their moment has mostly passed."""

MOST_REVIEWS = 6
"""Reviews of one text, after which it is left alone."""

AT_ONCE = 20
"""Drafts asked for in one look."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)
"""Between two probes of a server that was out of reach; doubled each time."""

OFF, BACK = "oversight.review_off", "oversight.review_back"

_PASSING = frozenset({"timeout", "circuit_open", "rate_limited", "connection"})

log = structlog.get_logger("lectern.catching_up")


class CatchingUp:
    """Looked at by the starter's sweep. Several processes may look at once: the store takes one review of each draft."""

    def __init__(self, desk: Desk, model: Model | None) -> None:
        self._desk = desk
        self._model = model
        self._pause = FIRST_PAUSE
        self._not_before: datetime | None = None
        self._told_off: bool | None = None

    async def look(self) -> None:
        """Ask for the reviews that can be made whole now, and tell oversight. Raises `StoreError`; the next look goes on."""
        if self._model is None:
            return
        now = self._desk.now()
        half = [one for one in await self._desk.store.half_checked(now - YOUNG) if _may_pass(one)]
        if not half:
            self._pause, self._not_before = FIRST_PAUSE, None
            await self._tell_back(now)
            return
        last = await self._desk.store.last_answer(now - YOUNG)
        ready = [one for one in half if last is not None and last > one.finished_at]
        if ready:
            await self._ask_for(ready[:AT_ONCE], now)
        elif self._not_before is None or now >= self._not_before:
            await self._try_one(half, now)

    async def _try_one(self, half: Sequence[HalfChecked], now: datetime) -> None:
        """Probe the server; where it answers, one draft goes first."""
        assert self._model is not None  # noqa: S101 - `look` has seen to it
        self._not_before, self._pause = now + self._pause, min(self._pause * 2, LONGEST_PAUSE)
        if await self._model.probe() is None:
            await self._ask_for(half[:1], now)
        else:
            await self._tell_off(min(one.requested_at for one in half), now)

    async def _ask_for(self, drafts: Sequence[HalfChecked], now: datetime) -> None:
        asked = [await self._desk.store.request_review(one.draft_id, now, "", Event.TRY_AGAIN) for one in drafts]
        log.info("half checks are made whole", drafts=sum(one is not None for one in asked))
        self._desk.wake()

    async def _tell_off(self, since: datetime, now: datetime) -> None:
        if not await self._is_told_off():
            zone = ZoneInfo(self._desk.settings.lectern_timezone)
            await self._tell(OFF, {"time": since.astimezone(zone).strftime("%H:%M")}, now)
            self._told_off = True

    async def _tell_back(self, now: datetime) -> None:
        """Once an answer has come after the last line that said so, the AI review is back."""
        if not await self._is_told_off():
            return
        told = await self._desk.store.last_told((OFF, BACK))
        since = told.not_before if told is not None else None
        if since is None or await self._desk.store.last_answer(since) is None:
            return
        await self._tell(BACK, {"n": str(await self._desk.store.caught_up(since))}, now)
        self._told_off = False

    async def _is_told_off(self) -> bool:
        if self._told_off is None:
            told = await self._desk.store.last_told((OFF, BACK))
            self._told_off = told is not None and told.key == OFF
        return self._told_off

    async def _tell(self, key: str, values: dict[str, str], now: datetime) -> None:
        channel = self._desk.settings.lectern_oversight_channel
        if channel:
            # The minute in the name: of several processes that notice it together, one tells it.
            name = f"{key}:{now:%Y-%m-%dT%H:%M}"
            await self._desk.store.place(OutMessage(name, "line", channel, key=key, values=values), now=now)
            self._desk.wake()


def _may_pass(one: HalfChecked) -> bool:
    """Whether the reason is one that passes by itself, and the draft has not been tried too often."""
    passing = one.critique in _PASSING or one.critique.startswith("http_")
    return passing and one.number < MOST_REVIEWS

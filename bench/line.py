"""How fast and how heavy the bot is, against a Bolt app that only echoes, both at the same workspace in one run.

Measured from outside: the workspace's log says when an event left, when its ack came, and when Slack had the card. The
two bots take turns, and a figure is the median over all rounds. The model's answer takes 2 s where the first card is
measured, and no time where acks and whole drafts are.

    python -m bench.line [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from bench.peers.place import ECHO, LECTERN, Place
from bench.peers.postgres import postgres

ROUNDS = 6
ALONE = 10
"""Messages of a round that go one at a time."""
AT_ONCE = 10
MODEL_SECONDS = 2.0
DRAFTS = 100

ACK_RATIO = 3.0
CARD_MS = 150.0
IDLE_MB = 200.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `ratio` is to the peer; `aim` is an upper limit, of the ratio where `of_ratio`."""

    name: str
    unit: str
    value: float
    p99: float | None = None
    peer: float | None = None
    peer_p99: float | None = None
    aim: float | None = None
    of_ratio: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the peer's figure this is."""
        return self.value / self.peer if self.peer else None

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; None without one."""
        measured = self.ratio if self.of_ratio else self.value
        return None if self.aim is None or measured is None else measured < self.aim


async def measure() -> list[Figure]:
    """All figures, on SQLite and, where it can be had, on PostgreSQL."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        async with Place(ECHO, folder / "echo") as echo:
            await _warm(echo)
            sqlite = f"sqlite:///{folder / 'lectern.db'}"
            figures += await _on(folder / "sqlite", "SQLite", sqlite, echo)
            async with AsyncExitStack() as stack:
                try:
                    address = stack.enter_context(postgres())
                except (ImportError, OSError, RuntimeError) as error:
                    Console(stderr=True).print(f"PostgreSQL is left out: {type(error).__name__}.")
                else:
                    figures += await _on(folder / "postgres", "PostgreSQL", address, echo)
    return figures


async def _on(folder: Path, database: str, address: str, echo: Place) -> list[Figure]:
    async with Place(LECTERN, folder, address) as lectern:
        await asyncio.sleep(3)
        idle, idle_echo = lectern.memory_mb(), echo.memory_mb()
        await _warm(lectern)
        figures = [Figure("memory after the start", "MB", idle, peer=idle_echo, aim=IDLE_MB)]
        figures += await _acks(lectern, echo)
        figures += await _cards(lectern)
        figures += await _drafts(lectern)
        await asyncio.sleep(1)
        figures.append(
            Figure(f"memory after {DRAFTS} drafts and more", "MB", lectern.memory_mb(), peer=echo.memory_mb())
        )
    return [Figure(**asdict(figure) | {"name": f"{database}: {figure.name}"}) for figure in figures]


async def _warm(place: Place) -> None:
    for _ in range(3):
        await _finish(place, place.post(AT_ONCE // 2))


async def _finish(place: Place, stamps: list[str]) -> None:
    """Wait for what comes of these messages: acks, and from Lectern the whole reviews."""
    await place.following.until_acked(stamps)
    if place.is_lectern:
        await place.following.until_done(stamps)


async def _acks(lectern: Place, echo: Place) -> list[Figure]:
    """From event to ack, in turns: one message at a time, and then ten at once."""
    alone: dict[Place, list[float]] = {lectern: [], echo: []}
    together: dict[Place, list[float]] = {lectern: [], echo: []}
    for _ in range(ROUNDS):
        for place in (echo, lectern):
            for _ in range(ALONE):
                stamps = place.post()
                await _finish(place, stamps)
                alone[place] += place.following.ack_ms(stamps)
            stamps = place.post(AT_ONCE)
            await _finish(place, stamps)
            together[place] += place.following.ack_ms(stamps)
    return [
        _against("event to ack, one at a time", alone[lectern], alone[echo]),
        _against(f"event to ack, {AT_ONCE} at once", together[lectern], together[echo]),
    ]


async def _cards(lectern: Place) -> list[Figure]:
    """From event to the first card: ten drafts on their way all the time, and ten at the same moment."""
    lectern.model.seconds = MODEL_SECONDS
    apart = MODEL_SECONDS / AT_ONCE
    steady = await lectern.keep_in_flight(AT_ONCE, 6 * AT_ONCE, seconds_apart=apart)
    bursts: list[str] = []
    for _ in range(3):
        bursts += (stamps := lectern.post(AT_ONCE))
        await _finish(lectern, stamps)
    lectern.model.seconds = 0
    return [
        _within(f"event to first card, {AT_ONCE} in flight", lectern.following.card_ms(steady)),
        _within(f"event to first card, {AT_ONCE} at once", lectern.following.card_ms(bursts)),
    ]


async def _drafts(lectern: Place) -> list[Figure]:
    """Whole drafts per second with a model that answers at once, and what each costs."""
    begun, cpu = time.perf_counter(), lectern.cpu_seconds()
    await lectern.keep_in_flight(AT_ONCE, DRAFTS)
    seconds, cpu = time.perf_counter() - begun, lectern.cpu_seconds() - cpu
    return [
        Figure(f"drafts completed, {AT_ONCE} in flight", "a second", DRAFTS / seconds),
        Figure("processor time for a draft", "ms", 1000 * cpu / DRAFTS),
    ]


def _against(name: str, own: list[float], peers: list[float]) -> Figure:
    return Figure(name, "ms", median(own), _p99(own), median(peers), _p99(peers), ACK_RATIO, of_ratio=True)


def _within(name: str, own: list[float]) -> Figure:
    return Figure(name, "ms", median(own), _p99(own), aim=CARD_MS)


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[-1]


def show(figures: list[Figure]) -> None:
    """The table."""
    table = Table("measured", "unit", *(f"{who}" for who in ("Lectern", "p99", "echo", "p99 ", "ratio", "aim", "")))
    for column in table.columns[2:]:
        column.justify = "right"
    for figure in figures:
        numbers = (figure.value, figure.p99, figure.peer, figure.peer_p99)
        aim = "" if figure.aim is None else f"{'ratio ' if figure.of_ratio else ''}< {figure.aim:g}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.1f}"
        told = {None: "", True: "reached", False: "missed"}[figure.reached]
        table.add_row(
            figure.name, figure.unit, *("" if one is None else f"{one:.1f}" for one in numbers), ratio, aim, told
        )
    Console(width=130).print(table)


def main() -> None:
    """Measure, print, and write the figures down where that is asked for. Aims that are missed do not fail the run."""
    parser = argparse.ArgumentParser(description="Measure the bot against a Bolt app that only acknowledges.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file as well")
    wish = parser.parse_args()
    figures = asyncio.run(measure())
    show(figures)
    if wish.json:
        told = [asdict(figure) | {"ratio": figure.ratio, "reached": figure.reached} for figure in figures]
        wish.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

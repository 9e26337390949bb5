"""Where a bot is measured: a workspace and a model of its own in this process, and the bot as a process beside it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.peers.following import Following
from bench.peers.slow_model import SlowModel
from bot.playbook import load_playbook
from bot.playground.server import StandIn
from tests.world import DANA, DRAFTS, OVERSIGHT, write_prompts

ROOT = Path(__file__).parent.parent.parent
ECHO = ("-m", "bench.peers.echo_bot")
LECTERN = ("-m", "bot", "run")
START_SECONDS = 60

TEXT = (
    "We have decided to promise every customer a one-hour slot by the end of {n}, because a day is too long to wait in. "
    "Our team in the northern depots tried it first: they call ahead, they name the hour, and they keep it. "
    "It costs us {n} more vans. We think that a person's Saturday is worth it."
)
"""What is posted: a draft in which nothing is found, so that each ends with the same headline."""


class Place:
    """One bot at its own workspace; an async context manager. `program` is what Python runs, `database` an address.

    Raises `AssertionError` with the bot's log when it ends instead of starting.
    """

    def __init__(self, program: tuple[str, ...], folder: Path, database: str = "") -> None:
        self.slack = StandIn()
        self.model = SlowModel()
        self.following = Following(self.slack.log, load_playbook().replies.say("card.ready.header"))
        self.is_lectern = program == LECTERN
        self._program = program
        self._folder = folder
        self._database = database
        self._stack = AsyncExitStack()
        self._numbers: Iterator[int] = count(2027)
        self._bot: psutil.Process

    async def __aenter__(self) -> Place:
        """The bot is connected."""
        self._folder.mkdir(parents=True, exist_ok=True)
        await self._stack.enter_async_context(self.slack)
        await self._stack.enter_async_context(self.model)
        process = self._start()
        self._stack.callback(_end, process)
        self._bot = psutil.Process(process.pid)
        for _ in range(START_SECONDS):
            try:
                await self.slack.connected(timeout=1)
            except TimeoutError:
                if process.poll() is None:
                    continue
            else:
                return self
            break
        told = (self._folder / "bot.log").read_text(encoding="utf-8")
        await self._stack.aclose()
        raise AssertionError(f"The bot did not connect.\n{told}")

    async def __aexit__(self, *_: object) -> None:
        """The bot is killed, and its workspace closes."""
        await self._stack.aclose()

    def post(self, number: int = 1) -> list[str]:
        """So many drafts at once. Returns their ts; the events leave as soon as the loop turns."""
        acts = self.slack.acts
        texts = [TEXT.format(n=next(self._numbers)) for _ in range(number)]
        return [acts.post(acts.person(DANA), acts.channel(DRAFTS), text) for text in texts]

    async def keep_in_flight(self, number: int, total: int, *, seconds_apart: float = 0) -> list[str]:
        """Post `total` drafts, never more than `number` of them unfinished, the first ones so far apart. Their ts."""
        stamps: list[str] = []

        async def one_after_another(wait: float, share: int) -> None:
            await asyncio.sleep(wait)
            for _ in range(share):
                stamps.extend(own := self.post())
                await self.following.until_done(own)

        shares = [total // number + (place < total % number) for place in range(number)]
        await asyncio.gather(*(one_after_another(place * seconds_apart, share) for place, share in enumerate(shares)))
        return stamps

    def memory_mb(self) -> float:
        """Resident memory of the bot."""
        return float(self._bot.memory_info().rss) / 2**20

    def cpu_seconds(self) -> float:
        """Processor time that the bot has had."""
        times = self._bot.cpu_times()
        return float(times.user + times.system)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, *self._program]
        with (self._folder / "bot.log").open("ab") as log:
            return subprocess.Popen(command, env=self._environment(), cwd=self._folder, stdout=log, stderr=log)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "OPENAI_API_KEY": "bench",
            "OPENAI_BASE_URL": self.model.url,
            "OPENAI_MODEL": "bench-model",
            "DATABASE_URL": self._database,
            "LECTERN_DRAFT_CHANNELS": DRAFTS,
            "LECTERN_OVERSIGHT_CHANNEL": OVERSIGHT,
            "LECTERN_PROMPTS_DIR": str(write_prompts(self._folder / "prompts")),
        }


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(timeout=30)

"""A whole world for the story tests: the local workspace, a model server, and the bot as a process of its own.

The bot is started as an admin would start it, with `python -m bot run` and settings in its environment; it can be
killed at any moment and started again. Everything is told and asked over real HTTP and WebSocket.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import aiohttp

from bot.playbook import SHIPPED
from bot.playground.server import StandIn
from bot.playground.setup import TEAM_CHANNELS
from tests.chosen_model import ChosenModel

ROOT = Path(__file__).parent.parent

DANA, TOM, EVE, PRIYA, SAM, RUTH, GIL = (
    "U0LEADER01", "U0LEADER02", "U0DELEGATE", "U0COMMS001", "U0CARE0001", "U0LEGAL001", "U0GUEST001",
)  # fmt: skip
DRAFTS, OVERSIGHT, CARE = "C0DRAFTS01", "C0OVERSITE", "C0CARE0001"
BOT = "U0LECTERN1"

LEADERS = """
[[leaders]]
id = "U0LEADER01"
name = "Dana Reyes"
platforms = ["linkedin", "x"]
delegates = ["U0DELEGATE"]

[[leaders]]
id = "U0LEADER02"
name = "Tom Okafor"
platforms = ["linkedin"]
"""


def write_prompts(folder: Path) -> Path:
    """An overlay with the local workspace's channels and leaders, as an admin would write it."""
    (folder / "routes").mkdir(parents=True, exist_ok=True)
    for path in (SHIPPED / "routes").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        route = re.search(r'^id = "([^"]+)"', text, flags=re.MULTILINE)
        assert route is not None
        filled = re.sub(r'^channel = ""', f'channel = "{TEAM_CHANNELS[route[1]]}"', text, flags=re.MULTILINE)
        (folder / "routes" / path.name).write_text(filled, encoding="utf-8")
    own = (SHIPPED / "organisation.toml").read_text(encoding="utf-8").split("[[leaders]]")[0]
    # A file of stories posts more in a minute than a leader may in an hour.
    own = re.sub(r"^(drafts_per_(?:leader_)?hour) = \d+", r"\1 = 100000", own, flags=re.MULTILINE)
    (folder / "organisation.toml").write_text(own + LEADERS, encoding="utf-8")
    return folder


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class World:
    """The workspace, the model and the bot. An async context manager; the bot is started by `start_bot`."""

    def __init__(self, folder: Path, database_url: str, slack: StandIn | None = None, **settings: str) -> None:
        self.slack = slack or StandIn()
        self.model = ChosenModel()
        self._folder = folder
        self._database = database_url
        self._settings = settings
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._http: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        """Workspace and model are there; the bot is not."""
        self._http = aiohttp.ClientSession()
        await self.slack.__aenter__()
        await self.model.start()
        write_prompts(self._folder / "prompts")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Everything ends; the bot is killed if it still runs."""
        self.kill_bot()
        await self.model.stop()
        await self.slack.__aexit__(None, None, None)
        await self._http.close()

    # ---- the bot

    def environment(self) -> dict[str, str]:
        """The bot's settings, and nothing of this process's environment but what a program needs."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "OPENAI_API_KEY": "test",
            "OPENAI_BASE_URL": self.model.url,
            "OPENAI_MODEL": "test-model",
            "DATABASE_URL": self._database,
            "PORT": str(self._port),
            "LECTERN_DRAFT_CHANNELS": f"{DRAFTS},C0DRAFTS02",
            "LECTERN_OVERSIGHT_CHANNEL": OVERSIGHT,
            "LECTERN_PROMPTS_DIR": str(self._folder / "prompts"),
            **self._settings,
        }

    async def start_bot(self, seconds: float = 30) -> None:
        """Start it, and wait until it says that it is ready. Raises AssertionError with its log when it ends instead."""
        log = (self._folder / "bot.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=self.environment(), cwd=self._folder, stdout=log, stderr=log
        )
        log.close()
        await self.until(self._ready, seconds)

    def kill_bot(self, how: int = signal.SIGKILL) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None

    @property
    def pid(self) -> int:
        """The bot's process id."""
        assert self._process is not None
        return self._process.pid

    def change_prompts(self, name: str, old: str, new: str) -> None:
        """Comms changes a file in prompts/; the bot notices by itself, within its next look."""
        path = self._folder / "prompts" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def log(self) -> str:
        """All that the bot has logged."""
        return (self._folder / "bot.log").read_text(encoding="utf-8")

    async def _ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log()
        try:
            async with self._http.get(f"http://127.0.0.1:{self._port}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    # ---- people

    async def tell(self, path: str, **body: Any) -> dict[str, Any]:
        """One call of the workspace's control API. `as_` stands for `as`."""
        asked = {("as" if name == "as_" else name): value for name, value in body.items()}
        async with self._http.post(f"{self.slack.url}/control/{path}", json=asked) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status < 400, told
            return told

    async def post(self, text: str, as_: str = DANA, channel: str = DRAFTS, **more: Any) -> str:
        """Somebody writes a message. Returns its ts."""
        return str((await self.tell("post", as_=as_, channel=channel, text=text, **more))["ts"])

    async def messages(self, channel: str = DRAFTS, as_: str = DANA) -> list[dict[str, Any]]:
        """All that this person sees in the channel, threads included."""
        async with self._http.get(
            f"{self.slack.url}/control/messages", params={"as": as_, "channel": channel}
        ) as answer:
            return list((await answer.json())["messages"])

    async def view(self, as_: str = DANA) -> dict[str, Any] | None:
        """The form that is open for this person."""
        async with self._http.get(f"{self.slack.url}/control/views", params={"as": as_}) as answer:
            told: dict[str, Any] = await answer.json()
            shown: dict[str, Any] | None = told["view"]
            return shown

    async def thread(self, ts: str, channel: str = DRAFTS, as_: str = DANA) -> list[dict[str, Any]]:
        """The bot's messages in the thread of a message, ephemeral ones left out."""
        return [
            message
            for message in await self.messages(channel, as_)
            if message["thread_ts"] == ts
            and message["ts"] != ts
            and message["user"] == BOT
            and not message["ephemeral_for"]
        ]

    async def cards(self, ts: str, channel: str = DRAFTS, as_: str = DANA) -> list[dict[str, Any]]:
        """The review cards in the thread of a message: those that begin with a headline."""
        return [message for message in await self.thread(ts, channel, as_) if heading(message)]

    async def headed(
        self, ts: str, title: str, channel: str = DRAFTS, as_: str = DANA, seconds: float = 15
    ) -> dict[str, Any]:
        """The one card of a message, as soon as its headline is `title`."""

        async def there() -> bool:
            return any(heading(card) == title for card in await self.cards(ts, channel, as_))

        try:
            await self.until(there, seconds)
        except TimeoutError:
            titles = [heading(card) for card in await self.cards(ts, channel, as_)]
            raise AssertionError(f"no card says “{title}”; there are {titles}\n{self.log()[-3000:]}") from None
        cards = await self.cards(ts, channel, as_)
        assert 1 == len(cards)
        return cards[0]

    async def tap(
        self, message: dict[str, Any], action_id: str, as_: str = DANA, channel: str = DRAFTS
    ) -> dict[str, Any]:
        """Tap a button of a message, or the entry of its menu that stands for it."""
        for block in message["blocks"]:
            accessory = [block["accessory"]] if "accessory" in block else []
            for element in [*block.get("elements", []), *accessory]:
                call = {"as_": as_, "channel": channel, "ts": message["ts"], "block_id": block.get("block_id", "")}
                if element.get("action_id") == action_id:
                    return await self.tell("action", action_id=action_id, value=element.get("value", ""), **call)
                for option in element.get("options", []):
                    if option["value"].startswith(action_id.removeprefix("draft.") + ":"):
                        return await self.tell("action", action_id=element["action_id"], selected_option=option, **call)
        raise AssertionError(f"no {action_id} on the card: {labels(message)}")

    async def until(self, true: Callable[[], Any], seconds: float = 15) -> None:
        """Wait for something to become true. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not await true():
                await asyncio.sleep(0.03)


def heading(message: dict[str, Any]) -> str:
    """A card's headline, empty for other messages."""
    return next((str(block["text"]["text"]) for block in message.get("blocks") or () if block["type"] == "header"), "")


def labels(message: dict[str, Any]) -> list[str]:
    """What the buttons and menus of a message say."""
    found = []
    for block in message.get("blocks") or ():
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                found.append(element["text"]["text"])
            found += [option["text"]["text"] for option in element.get("options", [])]
    return found


def words_of(message: dict[str, Any]) -> str:
    """All that can be read on a message, in one string."""
    return " ".join(_strings(message.get("blocks") or [])) + " " + str(message.get("text") or "")


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for key, part in value.items() if key != "value" for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return []

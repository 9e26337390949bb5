"""`lectern run` as a process: what stops the start ends in sentences that say what to do, and what ends it, ends it cleanly."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.playground.server import StandIn
from tests.world import DRAFTS, OVERSIGHT, ROOT

GONE = "http://127.0.0.1:1/api/"
"""An address at which nobody listens."""

AT_ONCE = 3
"""How many bots are started side by side: each needs a processor for two seconds."""

Arrange = Callable[[Path], dict[str, str]]


@dataclass(frozen=True)
class Wrong:
    """A start that has to end: settings that differ (None: not set), files, and what each sentence must say."""

    settings: dict[str, str | None]
    says: tuple[str, ...]
    arrange: Arrange = field(default=lambda _: {})


@dataclass(frozen=True)
class Ended:
    """How a process came to its end."""

    code: int
    out: str
    err: str


def dot_env(folder: Path) -> dict[str, str]:
    (folder / ".env").write_text("LECTERN_DRAFTS=C0DRAFTS01\n", encoding="utf-8")
    return {}


def overlay(files: dict[str, str]) -> Arrange:
    def write(folder: Path) -> dict[str, str]:
        for name, text in files.items():
            path = folder / "own" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return {"LECTERN_PROMPTS_DIR": str(folder / "own")}

    return write


def file_for_a_folder(folder: Path) -> dict[str, str]:
    (folder / "file").write_text("", encoding="utf-8")
    return {"DATABASE_URL": f"sqlite:///{folder}/file/lectern.db"}


def no_database(folder: Path) -> dict[str, str]:
    (folder / "notes.db").write_text("These are notes and no database. " * 40, encoding="utf-8")
    return {"DATABASE_URL": f"sqlite:///{folder}/notes.db"}


def no_engine_file(folder: Path) -> dict[str, str]:
    (folder / "lectern-engine.db").write_text("These are notes and no database. " * 40, encoding="utf-8")
    return {"DATABASE_URL": f"sqlite:///{folder}/lectern.db"}


WRONG = {
    "nothing set": Wrong(
        {"SLACK_BOT_TOKEN": None, "SLACK_APP_TOKEN": None, "LECTERN_DRAFT_CHANNELS": None},
        (
            "SLACK_BOT_TOKEN is not set. Copy the Bot User OAuth Token",
            "Neither SLACK_APP_TOKEN",
            "LECTERN_DRAFT_CHANNELS is not set. Name the private",
        ),
    ),
    "one draft channel that is not there and one that is public": Wrong(
        {"LECTERN_DRAFT_CHANNELS": "C0NOWHERE1,C0GENERAL1"},
        (
            "LECTERN_DRAFT_CHANNELS names C0NOWHERE1, and Lectern can't see that channel (channel_not_found).",
            "LECTERN_DRAFT_CHANNELS names C0GENERAL1, and that channel is public.",
        ),
    ),
    "three faults in the prompts": Wrong(
        {},
        ("own/messages.toml, line 2: ", "own/organisation.toml, line 2: ", "own/platforms/nowhere.toml, line 1: "),
        overlay(
            {
                "messages.toml": '[[message]]\nid = "On time\n',
                "organisation.toml": 'name = "Mill"\nlisted = "moon"\n',
                "platforms/nowhere.toml": "id =\n",
            }
        ),
    ),
    "a wrong bot token": Wrong(
        {"SLACK_BOT_TOKEN": "xoxb-not-this-one"}, ("Slack refused SLACK_BOT_TOKEN (invalid_auth). Copy the Bot User",)
    ),
    "a wrong app token": Wrong(
        {"SLACK_APP_TOKEN": "xapp-not-this-one"}, ("Slack refused SLACK_APP_TOKEN (invalid_auth). Make an app-level",)
    ),
    "no Slack at that address": Wrong(
        {"SLACK_API_URL": GONE}, (f"Slack could not be reached at {GONE} (ClientConnectorError).",)
    ),
    "HTTP delivery without a port": Wrong(
        {"SLACK_APP_TOKEN": None, "SLACK_SIGNING_SECRET": "s", "PORT": None}, ("SLACK_APP_TOKEN is not set, so Slack",)
    ),
    "prompts that are not there": Wrong(
        {"LECTERN_PROMPTS_DIR": "/nowhere/prompts"},
        ("/nowhere/prompts: LECTERN_PROMPTS_DIR names this, and it is not",),
    ),
    "a database server that is gone": Wrong(
        {"DATABASE_URL": "postgresql://dana:hunter2@127.0.0.1:1/drafts"},
        ("The database “drafts” at 127.0.0.1:1 can't be",),
    ),
    "a database in a folder that can't be": Wrong(
        {}, ("/file/lectern.db can't be opened for writing: ",), file_for_a_folder
    ),
    "a file that is no database": Wrong(
        {}, ("/notes.db is not a database, or is damaged; set DATABASE_URL",), no_database
    ),
    "an engine's file that is no database": Wrong({}, ("lectern-engine.db can't be used (",), no_engine_file),
    "an encryption key that is none": Wrong({"LECTERN_ENCRYPTION_KEY": "my dog's name"}, ("LECTERN_ENCRYPTION_KEY",)),
    "an unknown name in .env": Wrong({}, ("LECTERN_DRAFTS in .env is not a setting of Lectern.",), dot_env),
    "a key over plain http": Wrong(
        {"OPENAI_API_KEY": "sk-very-secret", "OPENAI_MODEL": "m", "OPENAI_BASE_URL": "http://model.example/v1"},
        ("OPENAI_BASE_URL must begin with https://",),
    ),
    "a Slack that is no Slack": Wrong(
        {"SLACK_API_URL": "http://127.0.0.1:{port}/files/"}, ("Slack could not be reached",)
    ),
    "a port that is taken": Wrong(
        {"PORT": "{port}"}, ("can't be listened on; something else may use it. Set PORT to a",)
    ),
}
SECRETS = ("not-this-one", StandIn().bot_token, StandIn().app_token, "hunter2", "sk-very-secret", "my dog")


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """Every wrong start, a few at a time, beside one local workspace."""
    return asyncio.run(start_all(tmp_path_factory.mktemp("starts")))


async def start_all(folder: Path) -> dict[str, Ended]:
    few = asyncio.Semaphore(AT_ONCE)

    async def one(environment: dict[str, str], home: Path) -> Ended:
        async with few:
            return await run(home, environment)

    async with StandIn() as slack, asyncio.TaskGroup() as starts:
        started = {}
        for number, (case, wrong) in enumerate(WRONG.items()):
            home = folder / str(number)
            home.mkdir()
            environment = settings(slack, home, {**wrong.settings, **wrong.arrange(home)})
            started[case] = starts.create_task(one(environment, home))
    return {case: start.result() for case, start in started.items()}


def settings(slack: StandIn, home: Path, changes: dict[str, str | None]) -> dict[str, str]:
    port = slack.url.rpartition(":")[2]
    given: dict[str, str | None] = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{home}/lectern.db",
        "LECTERN_DRAFT_CHANNELS": DRAFTS,
        "LECTERN_OVERSIGHT_CHANNEL": OVERSIGHT,
        **changes,
    }
    return {name: value.replace("{port}", port) for name, value in given.items() if value is not None}


async def run(home: Path, environment: dict[str, str]) -> Ended:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=environment,
        cwd=home,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(60):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


@pytest.mark.parametrize("case", WRONG)
def test_what_stops_the_start_is_told_in_sentences(ended: dict[str, Ended], case: str) -> None:
    end, says = ended[case], WRONG[case].says
    sentences = [line for line in end.err.splitlines() if not line.startswith("timestamp=")]
    assert (1, "") == (end.code, end.out), end.err
    assert len(says) == len(sentences), end.err
    for words, sentence in zip(says, sentences, strict=True):
        assert words in sentence
        assert sentence.endswith(".")


def test_no_sentence_at_the_start_holds_a_secret(ended: dict[str, Ended]) -> None:
    told = "".join(end.err for end in ended.values())
    assert [] == [secret for secret in SECRETS if secret in told]

"""`lectern check`: what is wrong with prompts, database, Slack and model, all of it in one go."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import Result
from cryptography.fernet import Fernet

from bot.playground.server import StandIn
from bot.store import Store
from tests.chosen_model import ChosenModel
from tests.command_line import lectern
from tests.world import DRAFTS, OVERSIGHT, write_prompts

DEAD = "http://127.0.0.1:1"


async def check(home: Path, slack: StandIn, **settings: str) -> Result:
    """The whole check beside a local workspace."""
    given = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{home}/lectern.db",
        "LECTERN_DRAFT_CHANNELS": DRAFTS,
        "LECTERN_OVERSIGHT_CHANNEL": OVERSIGHT,
    }
    return await asyncio.to_thread(lectern, home, "check", **given | settings)


def test_the_shipped_prompts_are_in_order_and_need_no_setting(tmp_path: Path) -> None:
    done = lectern(tmp_path, "check", "--prompts-only")
    assert (0, "Nothing is wrong.") == (done.exit_code, done.stdout.splitlines()[-1]), done.stdout
    assert [] == list(tmp_path.iterdir())


def test_all_faults_of_the_prompts_are_told_at_once(tmp_path: Path) -> None:
    own = write_prompts(tmp_path / "own")
    (own / "messages.toml").write_text('[[message]]\nid = "One\n', encoding="utf-8")
    (own / "windows.toml").write_text("[[window]]\nname = 3\n", encoding="utf-8")
    (own / "notes.toml").write_text("", encoding="utf-8")
    done = lectern(tmp_path, "check", "--prompts-only", LECTERN_PROMPTS_DIR=str(own))
    assert 1 == done.exit_code
    for place in ("own/messages.toml, line 2: ", "own/windows.toml, line ", "own/notes.toml: "):
        assert place in done.stdout
    told = done.stdout.splitlines()
    assert f"{len(told) - 1} to mend." == told[-1]


def test_a_rule_whose_own_examples_are_wrong_is_told(tmp_path: Path) -> None:
    own = tmp_path / "own" / "rules"
    own.mkdir(parents=True)
    (own / "own.toml").write_text(
        '[[rule]]\nnumber = "Z01"\nname = "own"\ntitle = "Own"\nkind = "phrase"\nguideline = "G8"\nseverity = "warn"\n'
        'reason = "R."\nmessage = "M."\nfix = "F."\nsource = "s"\npatterns = ["zebra"]\nflags = ["A horse."]\n'
        'passes = ["A zebra."]\n',
        encoding="utf-8",
    )
    done = lectern(tmp_path, "check", "--prompts-only", LECTERN_PROMPTS_DIR=str(own.parent))
    assert (1, "2 to mend.") == (done.exit_code, done.stdout.splitlines()[-1]), done.stdout
    told = [line.split("own.toml, line ")[1][:2] for line in done.stdout.splitlines() if "own.toml, line " in line]
    assert ["13", "14"] == told
    assert "  rule own (“Own”): new" in done.stdout.splitlines()


async def test_all_is_well_with_everything_set_up(tmp_path: Path) -> None:
    model = ChosenModel()
    await model.start()
    async with StandIn() as slack:
        done = await check(
            tmp_path,
            slack,
            LECTERN_PROMPTS_DIR=str(write_prompts(tmp_path / "own")),
            LECTERN_ENCRYPTION_KEY=Fernet.generate_key().decode(),
            OPENAI_API_KEY="k",
            OPENAI_BASE_URL=model.url,
            OPENAI_MODEL="test-model",
        )
    await model.stop()
    told = [line for line in done.stdout.splitlines() if not line.startswith(("Changed from ", "  "))]
    assert (0, "Nothing is wrong.") == (done.exit_code, told[-1]), done.stdout
    begins = ["prompts/: ", "Database: ", "Slack: signed in as U0LECTERN1", "Model: test-model answers."]
    assert begins == [line[: len(begin)] for line, begin in zip(told, begins, strict=False)]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    done = lectern(tmp_path, "check")
    assert 0 == done.exit_code, done.stdout + done.stderr
    assert "Database: var/lectern.db is not there yet; the first start makes it." in done.stdout.splitlines()
    assert [] == list(tmp_path.iterdir())


async def test_a_database_that_is_there_is_opened(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/lectern.db"
    await (await Store.open(address)).close()
    done = await asyncio.to_thread(lectern, tmp_path, "check", DATABASE_URL=address)
    assert (0, True) == (done.exit_code, "Database: open, and its tables are up to date." in done.stdout)


def test_a_database_that_can_not_be_made_is_told_before_the_start(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file", encoding="utf-8")
    done = lectern(tmp_path, "check")
    assert 1 == done.exit_code
    assert f"The database file var/lectern.db can't be made in {tmp_path}/var. Set DATABASE_URL" in done.stdout


def test_a_wrong_key_is_told_although_there_is_no_database_yet(tmp_path: Path) -> None:
    done = lectern(tmp_path, "check", LECTERN_ENCRYPTION_KEY="short")
    assert (1, True) == (done.exit_code, "LECTERN_ENCRYPTION_KEY" in done.stdout)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "command", [("check", "--prompts-only"), ("rules",), ("review", "--rules-only", "--text", "We opened a depot.")]
)
def test_settings_that_a_command_does_not_read_do_not_stop_it(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / ".env").write_text("NO_SETTING=1\n", encoding="utf-8")
    wrong = {"PORT": "eighty", "DATABASE_URL": "mysql://x", "LECTERN_LLM_PARALLEL": "0", "LECTERN_LOG_LEVEL": "loud"}
    done = lectern(tmp_path, *command, **wrong)
    assert (0, "") == (done.exit_code, done.stderr)
    refused = lectern(tmp_path, "check", **wrong)
    assert (1, 5) == (refused.exit_code, len(refused.stderr.splitlines()))


def test_a_setting_that_a_command_reads_must_be_right(tmp_path: Path) -> None:
    done = lectern(tmp_path, "review", "--rules-only", "--text", "One.", PORT="eighty", LECTERN_TIMEZONE="Mars/Base")
    assert (1, 1) == (done.exit_code, len(done.stderr.splitlines()))
    assert done.stderr.startswith("LECTERN_TIMEZONE can't be used: “Mars/Base” is not a time zone")


async def test_what_is_wrong_outside_is_told_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("These are notes and no database. " * 40, encoding="utf-8")
    async with StandIn() as slack:
        done = await check(
            tmp_path,
            slack,
            SLACK_APP_TOKEN="xapp-wrong",
            DATABASE_URL=f"sqlite:///{tmp_path}/notes.db",
            LECTERN_DRAFT_CHANNELS=f"{DRAFTS},C0NOWHERE1,C0GENERAL1",
            LECTERN_PROMPTS_DIR=str(write_prompts(tmp_path / "own")),
            OPENAI_API_KEY="k",
            OPENAI_BASE_URL=f"{DEAD}/v1",
            OPENAI_MODEL="test-model",
        )
    assert 1 == done.exit_code
    assert "5 to mend." == done.stdout.splitlines()[-1], done.stdout
    for words in (
        "notes.db is not a database",
        "Slack refused SLACK_APP_TOKEN (invalid_auth)",
        "LECTERN_DRAFT_CHANNELS names C0NOWHERE1, and Lectern can't see that channel (channel_not_found)",
        "LECTERN_DRAFT_CHANNELS names C0GENERAL1, and that channel is public",
        "OPENAI_BASE_URL",
    ):
        assert words in done.stdout
    assert "xapp-wrong" not in done.stdout


def test_wrong_settings_are_told_all_at_once(tmp_path: Path) -> None:
    done = lectern(tmp_path, "check", PORT="eighty", LECTERN_TIMEZONE="Mars/Base")
    assert (1, 2) == (done.exit_code, len(done.stderr.splitlines()))
    assert "PORT can't be used" in done.stderr
    assert "“Mars/Base” is not a time zone" in done.stderr

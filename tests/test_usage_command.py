"""`lectern usage`: tokens and cost by day and leader, from the store alone."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.llm.prices import price_of
from bot.model import Usage
from bot.store import Store
from tests.command_line import lectern
from tests.stories import LEADER, take, verdict

OPENAI = "https://api.openai.com/v1"
OTHER = "U0LEADER02"
KNOWN, UNKNOWN = "gpt-6.1-terra", "wise-1"


def fill(folder: Path, *reviews: tuple[str, datetime, Usage]) -> str:
    """A database in which these reviews took these tokens. Its address."""
    url = f"sqlite:///{folder}/lectern.db"
    asyncio.run(_fill(url, reviews))
    return url


async def _fill(url: str, reviews: tuple[tuple[str, datetime, Usage], ...]) -> None:
    store = await Store.open(url)
    for number, (leader, at, usage) in enumerate(reviews):
        taken = await take(store, f"Draft {number}.", message_ts=f"1.{number}", now=at, leader=leader)
        await store.save_verdict(taken.review_id, verdict(usage=usage), (), at)
    await store.close()


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, number, hour, tzinfo=UTC)


def took(model: str = KNOWN, tokens_in: int = 3000, tokens_cached: int = 2000, tokens_out: int = 600) -> Usage:
    return Usage(model, tokens_in, tokens_cached, tokens_out, 4000)


def test_tokens_and_cost_stand_by_day_and_leader_with_their_sum(tmp_path: Path) -> None:
    url = fill(tmp_path, (LEADER, day(2), took()), (LEADER, day(2, 15), took()), (OTHER, day(3), took(tokens_out=0)))
    done = lectern(tmp_path, "usage", "--since", "2026-11-01", "--until", "2026-11-30", DATABASE_URL=url)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["2026-11-02", LEADER, "2", "6,000", "4,000", "1,200", "$0.0082"] in lines
    assert ["2026-11-03", OTHER, "1", "3,000", "2,000", "0", "$0.0011"] in lines
    assert ["all", "3", "9,000", "6,000", "1,200", "$0.0093"] in lines


@pytest.mark.parametrize(("by", "heads"), [("day", ["2026-11-02", "2026-11-03"]), ("leader", [LEADER, OTHER])])
def test_lines_can_be_days_or_leaders_alone(tmp_path: Path, by: str, heads: list[str]) -> None:
    url = fill(tmp_path, (LEADER, day(2), took()), (OTHER, day(3), took()))
    arguments = ("usage", "--by", by, "--since", "2026-11-01", "--until", "2026-11-30")
    shown = lectern(tmp_path, *arguments, DATABASE_URL=url).stdout.splitlines()
    assert heads == [line.split()[0] for line in shown[1:3]]


def test_json_has_the_same_figures(tmp_path: Path) -> None:
    url = fill(tmp_path, (LEADER, day(2), took()))
    arguments = ("usage", "--json", "--since", "2026-11-02", "--until", "2026-11-02")
    told = json.loads(lectern(tmp_path, *arguments, DATABASE_URL=url).stdout)
    figures = {
        "reviews": 1,
        "tokens_in": 3000,
        "tokens_cached": 2000,
        "tokens_out": 600,
        "ms": 4000,
        "cost_usd": 0.0041,
    }
    assert [{"day": "2026-11-02", "leader": LEADER, **figures}] == told["lines"]
    assert figures == told["total"]


def test_a_price_that_nobody_knows_is_called_so(tmp_path: Path) -> None:
    url = fill(tmp_path, (LEADER, day(2), took(UNKNOWN)), (LEADER, day(3), took()))
    arguments = ("usage", "--since", "2026-11-01", "--until", "2026-11-30")
    shown = lectern(tmp_path, *arguments, DATABASE_URL=url).stdout
    assert "not known" in shown
    assert "No price is known for: wise-1." in shown


def test_days_are_those_of_the_time_zone_that_is_set(tmp_path: Path) -> None:
    url = fill(tmp_path, (LEADER, day(2, 23), took()))
    arguments = ("usage", "--json", "--since", "2026-11-03", "--until", "2026-11-03")
    told = json.loads(lectern(tmp_path, *arguments, DATABASE_URL=url, LECTERN_TIMEZONE="Asia/Tokyo").stdout)
    assert ["2026-11-03"] == [line["day"] for line in told["lines"]]


def test_leaders_that_the_files_know_by_their_slack_ids_have_names(tmp_path: Path) -> None:
    url = fill(tmp_path, (LEADER, day(2), took()))
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "organisation.toml").write_text(
        f'name = "Alder"\n[[leaders]]\nid = "{LEADER}"\nname = "Dana Reyes"\n', encoding="utf-8"
    )
    arguments = ("usage", "--since", "2026-11-01", "--until", "2026-11-30")
    settings = {"DATABASE_URL": url, "LECTERN_PROMPTS_DIR": str(tmp_path / "prompts")}
    assert "Dana Reyes" in lectern(tmp_path, *arguments, **settings).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--since", "yesterday"), "--since can't be read as a day"),
        (("--since", "2026-11-03", "--until", "2026-11-02"), "is after --until"),
        ((), "There is no database"),
    ],
)
def test_what_can_not_be_told_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = lectern(tmp_path, "usage", *arguments, DATABASE_URL=f"sqlite:///{tmp_path}/none.db")
    assert 1 == done.exit_code
    assert says in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_without_any_question_it_says_so(tmp_path: Path) -> None:
    url = fill(tmp_path)
    done = lectern(tmp_path, "usage", "--since", "2026-11-01", "--until", "2026-11-02", DATABASE_URL=url)
    assert "The AI review was not asked from 2026-11-01 to 2026-11-02.\n" == done.stdout


def test_cached_tokens_cost_less_and_scripted_answers_nothing() -> None:
    cached, fresh = (price_of(took(tokens_cached=number), OPENAI, day(2)) for number in (2000, 0))
    assert cached is not None
    assert fresh is not None
    assert cached < fresh
    assert 0 == price_of(took("scripted-1"), OPENAI, day(2))


def test_a_server_of_ones_own_has_no_known_price() -> None:
    assert price_of(took("llama-9-large"), "http://127.0.0.1:8000/v1", day(2)) is None

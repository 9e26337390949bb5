"""Rehearsal: which outcomes flip when the files change, before anything goes live; on cases and on one's own drafts."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pytest_httpserver import HTTPServer

from bot.playbook import SHIPPED
from bot.store import NewDraft, Store
from tests.judging_model import judge_with
from tests.test_evaluate import FILE, LAX, evaluate, read

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
KEY = Fernet.generate_key().decode()
LEADER = "U0DANA0001"
SECRET = "Drivers tell me that Kestrel Lane is dark at night"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(FILE, encoding="utf-8")
    (tmp_path / "gates.toml").write_text(LAX, encoding="utf-8")
    return path


@pytest.fixture
def without_codenames(tmp_path: Path) -> Path:
    """Own files in which codenames are looked at no longer."""
    folder = tmp_path / "own-prompts"
    folder.mkdir()
    text = (SHIPPED / "organisation.toml").read_text(encoding="utf-8")
    (folder / "organisation.toml").write_text(f"{text}\n[rules.names-codename]\noff = true\n", encoding="utf-8")
    return folder


def keep(url: str, text: str, ts: str, *, keys: tuple[str, ...] = ()) -> str:
    return asyncio.run(_keep(url, text, ts, keys))


async def _keep(url: str, text: str, ts: str, keys: tuple[str, ...]) -> str:
    store = await Store.open(url, encryption_keys=keys)
    new = NewDraft(
        channel="C0DRAFTS01",
        message_ts=ts,
        thread_ts=ts,
        leader=LEADER,
        submitter=LEADER,
        platforms=("linkedin",),
        platform_known=True,
        text=text,
        now=NOW,
    )
    taken = await store.take_draft(new)
    await store.close()
    assert taken is not None
    return taken.draft_id


async def _forget(url: str, ts: str) -> None:
    store = await Store.open(url, encryption_keys=(KEY,))
    await store.forget_message("C0DRAFTS01", ts, NOW, LEADER)
    await store.close()


def test_a_change_of_the_files_shows_what_flips_and_by_which_rule(
    tmp_path: Path, cases: Path, without_codenames: Path
) -> None:
    done = evaluate(
        tmp_path,
        cases,
        "--rules-only",
        "--compare",
        "shipped",
        "--json",
        LECTERN_PROMPTS_DIR=str(without_codenames),
    )
    flips = json.loads(done.stdout)["flips"]
    assert [("codename", "hold (legal)", "ready", False), ("attacked", "hold (legal)", "edit", False)] == [
        (flip["id"], flip["before"], flip["after"], flip["better"]) for flip in flips
    ]
    assert {"no longer names-codename"} == {flip["by"] for flip in flips}


def test_the_other_way_round_the_rule_is_named_that_comes(tmp_path: Path, cases: Path, without_codenames: Path) -> None:
    done = evaluate(tmp_path, cases, "--rules-only", "--compare", str(without_codenames))
    assert "What flips, compared with" in done.stdout
    assert 2 == sum("names-codename" in line and "better" in line for line in done.stdout.splitlines())


def test_without_a_difference_nothing_flips(tmp_path: Path, cases: Path) -> None:
    assert "no outcome flips" in evaluate(tmp_path, cases, "--rules-only", "--compare", "shipped").stdout


def test_an_earlier_evaluation_can_be_compared_with(tmp_path: Path, cases: Path, without_codenames: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(evaluate(tmp_path, cases, "--rules-only", "--json").stdout, encoding="utf-8")
    told = read(tmp_path, cases, "--rules-only", "--compare", str(old), LECTERN_PROMPTS_DIR=str(without_codenames))
    assert ["codename", "attacked"] == [flip["id"] for flip in told["flips"]]
    assert told["compared"].startswith("old.json (guidelines ")


def test_a_case_whose_text_has_changed_since_is_not_compared(
    tmp_path: Path, cases: Path, without_codenames: Path
) -> None:
    old = tmp_path / "old.json"
    old.write_text(evaluate(tmp_path, cases, "--rules-only", "--json").stdout, encoding="utf-8")
    cases.write_text(FILE.replace("prouder. Reviewer", "happier. Reviewer"), encoding="utf-8")
    told = read(tmp_path, cases, "--rules-only", "--compare", str(old), LECTERN_PROMPTS_DIR=str(without_codenames))
    assert ["codename"] == [flip["id"] for flip in told["flips"]]


def test_evaluations_of_two_kinds_are_not_compared(tmp_path: Path, cases: Path, httpserver: HTTPServer) -> None:
    old = tmp_path / "old.json"
    old.write_text(evaluate(tmp_path, cases, "--rules-only", "--json").stdout, encoding="utf-8")
    done = evaluate(tmp_path, cases, "--compare", str(old), **judge_with(httpserver, lambda _draft: {}))
    assert (1, f"{old} was made by the rules alone. Run this with --rules-only too.\n") == (done.exit_code, done.stderr)


@pytest.mark.parametrize("content", [None, "no JSON", '{"mode": "rules"}'])
def test_what_is_no_evaluation_is_told_in_a_sentence(tmp_path: Path, cases: Path, content: str | None) -> None:
    old = tmp_path / "old.json"
    if content is not None:
        old.write_text(content, encoding="utf-8")
    done = evaluate(tmp_path, cases, "--rules-only", "--compare", str(old))
    assert 1 == done.exit_code
    assert done.stderr.startswith(f"{old} ")
    assert "Traceback" not in done.stderr


def test_own_drafts_are_rehearsed_and_named_by_their_ids_alone(
    tmp_path: Path, cases: Path, without_codenames: Path
) -> None:
    url = f"sqlite:///{tmp_path}/lectern.db"
    held = keep(url, f"{SECRET}, and Juniper will mend it.", "1764000000.000100")
    quiet = keep(url, "From March our yards open at six, because drivers asked for it.", "1764000000.000200")
    page = tmp_path / "page.html"
    arguments = ("--rules-only", "--drafts", "--compare", str(without_codenames), "--html", str(page))
    done = evaluate(tmp_path, cases, *arguments, DATABASE_URL=url)
    told = read(tmp_path, cases, *arguments, DATABASE_URL=url)
    flip = next(flip for flip in told["flips"] if flip["id"] == held)
    assert ("ready", "hold (legal)", "names-codename", None) == (
        flip["before"],
        flip["after"],
        flip["by"],
        flip["better"],
    )
    assert quiet not in {flip["id"] for flip in told["flips"]}
    assert (4, 6) == (told["shares"]["right"]["of"], len(told["cases"]))
    assert "2 drafts of your own" in done.stdout
    for shown in (done.stdout, done.stderr, json.dumps(told), page.read_text(encoding="utf-8")):
        assert "Kestrel" not in shown


def test_drafts_are_read_with_the_keys_and_a_deleted_one_is_left_out(tmp_path: Path, cases: Path) -> None:
    url = f"sqlite:///{tmp_path}/lectern.db"
    kept = keep(url, f"{SECRET}.", "1764000000.000100", keys=(KEY,))
    gone = keep(url, f"{SECRET}, again.", "1764000000.000200", keys=(KEY,))
    asyncio.run(_forget(url, "1764000000.000200"))
    told = read(tmp_path, cases, "--rules-only", "--drafts", DATABASE_URL=url, LECTERN_ENCRYPTION_KEY=KEY)
    found = {case["id"] for case in told["cases"]}
    assert (True, False) == (kept in found, gone in found)


def test_without_a_database_a_sentence_says_so_and_none_is_made(tmp_path: Path, cases: Path) -> None:
    done = evaluate(tmp_path, cases, "--rules-only", "--drafts", DATABASE_URL=f"sqlite:///{tmp_path}/none.db")
    assert 1 == done.exit_code
    assert "There is no database" in done.stderr
    assert not (tmp_path / "none.db").exists()

"""The commands that need no Slack: review in all its shapes, rules, manifest."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import COMMANDS
from bot.playbook import load_playbook
from tests.chosen_model import ChosenModel, finding, said
from tests.command_line import lectern, shell

GOOD = "We have decided to promise every customer a one-hour slot by the end of 2027, because a day is too long to wait in."
ASKS = "👩🏽‍🚀 Our crews 🚐 go home on time. Thoughts?"
DEAL = "We are in talks to acquire a parcel firm in Leeds, and the term sheet is signed."

KEYS = [
    "id", "outcome", "complete", "route", "findings", "suggestion", "suggestion_source", "withheld", "lengths", "critique",
    "guidelines",
]  # fmt: skip
FINDING_KEYS = ["rule", "guideline", "severity", "quote", "start", "end", "message", "fix", "source"]
CRITIQUE_KEYS = ["status", "model", "tokens_in", "tokens_cached", "tokens_out", "ms"]


def review(home: Path, *arguments: str, stdin: str | bytes = "", **settings: str) -> dict[str, Any]:
    """One review by the rules as JSON."""
    done = lectern(home, "review", "--json", "--rules-only", *arguments, stdin=stdin, **settings)
    assert (0, "") == (done.exit_code, done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_keeps_to_its_contract(tmp_path: Path) -> None:
    told = review(tmp_path, "--text", ASKS)
    assert KEYS == list(told)
    assert CRITIQUE_KEYS == list(told["critique"])
    assert all(FINDING_KEYS == list(one) for one in told["findings"])
    assert ("text", "edit", False, None) == (told["id"], told["outcome"], told["complete"], told["route"])
    assert {
        "status": "rules_only",
        "model": None,
        "tokens_in": 0,
        "tokens_cached": 0,
        "tokens_out": 0,
        "ms": 0,
    } == told["critique"]
    assert load_playbook().version == told["guidelines"]
    assert {one.id for one in load_playbook().platforms} == set(told["lengths"])
    assert {"count", "limit"} == set(told["lengths"]["x"])


def test_offsets_count_code_points_of_the_text_as_given(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    text = "👩🏽‍🚀 Our crews 🚐\r\n\r\ngo home on time. Thoughts?"
    path.write_bytes(text.encode() + b"\r\n")
    for told in (review(tmp_path, str(path)), review(tmp_path, stdin=text.encode()), review(tmp_path, "--text", text)):
        found = next(one for one in told["findings"] if one["quote"] == "Thoughts?")
        assert "Thoughts?" == text[found["start"] : found["end"]]


def test_a_text_comes_from_an_option_a_file_or_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(f"\ufeff{GOOD}\n", encoding="utf-8")
    told = [review(tmp_path, "--text", GOOD), review(tmp_path, str(path)), review(tmp_path, stdin=GOOD)]
    assert ["text", str(path), "stdin"] == [one.pop("id") for one in told]
    assert told[0] == told[1] == told[2]


def test_several_files_give_one_card_each(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "two.txt").write_text(ASKS, encoding="utf-8")
    done = lectern(tmp_path, "review", "--rules-only", str(tmp_path / "one.txt"), str(tmp_path / "two.txt"))
    assert 0 == done.exit_code
    first, second = done.stdout.split("\n\n")[0], done.stdout.split("\n\n")[-1]
    assert first.startswith("Half a check: the rules found nothing")
    assert second.startswith("Better with edits")
    assert "> Thoughts?" in second


def test_what_the_rules_can_mend_stands_in_the_json_and_on_the_card(tmp_path: Path) -> None:
    text = f"{GOOD} Thoughts? #universaldesign"
    told = review(tmp_path, "--text", text)
    assert (f"{GOOD} #UniversalDesign", "rule", None) == (
        told["suggestion"],
        told["suggestion_source"],
        told["withheld"],
    )
    card = lectern(tmp_path, "review", "--rules-only", "--text", text).stdout
    assert "Suggested version · 1 small edit · no facts added · made by rules" in card
    assert f"    {GOOD} #UniversalDesign" in card
    assert (None, None) == (
        review(tmp_path, "--text", GOOD)["suggestion"],
        review(tmp_path, "--text", DEAL)["suggestion"],
    )


def test_a_hold_ends_with_exit_code_0_and_names_its_team(tmp_path: Path) -> None:
    told = review(tmp_path, "--text", DEAL)
    assert ("hold", "legal") == (told["outcome"], told["route"])


@pytest.mark.parametrize("name", ["x", "X", "Twitter"])
def test_a_platform_is_taken_by_its_id_and_by_its_names(tmp_path: Path, name: str) -> None:
    told = review(tmp_path, "--text", GOOD, "--platform", name)
    assert ["x"] == list(told["lengths"])


def test_without_a_platform_a_text_too_long_for_some_is_no_finding(tmp_path: Path) -> None:
    long = f"{GOOD} " * 4
    assert "over-limit" not in {one["rule"] for one in review(tmp_path, "--text", long)["findings"]}
    assert "over-limit" in {one["rule"] for one in review(tmp_path, "--text", long, "--platform", "x")["findings"]}


def test_a_leader_brings_networks_of_their_own(tmp_path: Path) -> None:
    own = (load_playbook().organisation.name, tmp_path / "own")
    own[1].mkdir()
    (own[1] / "organisation.toml").write_text(
        f'name = "{own[0]}"\n[[leaders]]\nid = "dana@mill.example"\nname = "Dana Reyes"\nplatforms = ["x"]\n',
        encoding="utf-8",
    )
    for name in ("dana reyes", "dana@mill.example"):
        told = review(tmp_path, "--text", GOOD, "--leader", name, LECTERN_PROMPTS_DIR=str(own[1]))
        assert ["x"] == list(told["lengths"])
    done = lectern(tmp_path, "review", "--rules-only", "--text", GOOD, "--leader", "Nobody")
    assert 0 == done.exit_code
    assert done.stderr.startswith("“Nobody” does not stand in organisation.toml")


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (
            ["--text", GOOD, "--platform", "Orkut"],
            b"",
            "“Orkut” is no network that Lectern knows. Use one of: bluesky, ",
        ),
        (["nowhere.txt"], b"", "nowhere.txt can't be read (No such file or directory). Check its name."),
        (["."], b"", ". can't be read (Is a directory). Check its name."),
        (["--text", "  "], b"", "text holds no text. Give the words of the post."),
        ([], b"\n\n", "stdin holds no text. Give the words of the post."),
        ([], b"\xff\xfe\x00", "Standard input is not a text in UTF-8. Save it as UTF-8 and try again."),
        (
            ["--jsonl", "--text", GOOD],
            b"",
            "--jsonl reads lines of JSON from files or standard input; it can't be used",
        ),
        (["--jsonl", "nowhere.jsonl"], b"", "nowhere.jsonl can't be read (No such file or directory). Check its name."),
    ],
)
def test_what_can_not_be_reviewed_is_told_in_a_sentence(
    tmp_path: Path, arguments: list[str], stdin: bytes, says: str
) -> None:
    done = lectern(tmp_path, "review", "--rules-only", *arguments, stdin=stdin)
    assert (1, "") == (done.exit_code, done.stdout)
    assert done.stderr.startswith(says)
    assert 1 == len(done.stderr.splitlines())


def test_a_binary_file_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = lectern(tmp_path, "review", "--rules-only", str(path))
    assert (1, f"{path} is not a text in UTF-8. Save it as UTF-8 and try again.\n") == (done.exit_code, done.stderr)


def test_each_line_of_json_is_answered_in_order_and_bad_ones_are_named(tmp_path: Path) -> None:
    given = [
        json.dumps({"id": "a", "text": ASKS}).encode(),
        b"not json",
        b'["a", "list"]',
        b'{"id": 3}',
        b'{"id": 4, "text": ""}',
        b'{"id": 5, "text": "Hello", "platform": "orkut"}',
        b'{"id": 6, "text": "Hello", "platform": 6}',
        b'{"id": 7, "text": "\\ud83d"}',
        b'{"id": 8, "text": "\xff"}',
        b"1" * 5000,
        b"[" * 100_000,
        b"",
        json.dumps({"id": ["z"], "text": f"{GOOD}\u2028{GOOD}", "platform": "linkedin"}, ensure_ascii=False).encode(),
    ]
    path = tmp_path / "drafts.jsonl"
    path.write_bytes(b"\n".join(given))
    for arguments, stdin in (([str(path)], b""), ([], b"\n".join(given))):
        done = lectern(tmp_path, "review", "--jsonl", "--rules-only", *arguments, stdin=stdin)
        told = lines(done.stdout)
        assert (1, "") == (done.exit_code, done.stderr)
        assert ["a", None, None, 3, 4, 5, 6, None, None, None, None, ["z"]] == [one["id"] for one in told]
        assert [True] + [False] * 10 + [True] == ["outcome" in one for one in told]
        assert all(["id", "error"] == list(one) and one["error"].endswith(".") for one in told[1:-1])
        assert KEYS == list(told[-1])
        assert ["linkedin"] == list(told[-1]["lengths"])


def test_good_lines_alone_end_with_exit_code_0(tmp_path: Path) -> None:
    given = "".join(json.dumps({"id": number, "text": GOOD}) + "\n" for number in range(20))
    done = lectern(tmp_path, "review", "--jsonl", "--rules-only", stdin=given)
    assert (0, list(range(20))) == (done.exit_code, [one["id"] for one in lines(done.stdout)])
    assert 0 == lectern(tmp_path, "review", "--jsonl", "--rules-only", stdin="").exit_code


async def test_with_a_model_a_review_is_complete(tmp_path: Path) -> None:
    model = ChosenModel()
    model.answer = lambda draft: said(outcome="edit", findings=[finding("too long")]) if draft == GOOD else said()
    await model.start()
    try:
        given = "".join(json.dumps({"id": n, "text": f"{GOOD} {n}" if n else GOOD}) + "\n" for n in range(12))
        settings = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "test-model"}
        done = await asyncio.to_thread(lectern, tmp_path, "review", "--jsonl", stdin=given, **settings)
    finally:
        await model.stop()
    told = lines(done.stdout)
    assert (0, "", list(range(12))) == (done.exit_code, done.stderr, [one["id"] for one in told])
    assert {(True, "done", "test-model", 2000)} == {
        (one["complete"], one["critique"]["status"], one["critique"]["model"], one["critique"]["tokens_in"])
        for one in told
    }
    assert ["edit"] + ["ready"] * 11 == [one["outcome"] for one in told]
    found = told[0]["findings"][0]
    assert (None, "critique", "too long") == (found["rule"], found["source"], GOOD[found["start"] : found["end"]])


def test_with_a_dead_model_a_review_is_half_a_check_with_its_reason(tmp_path: Path) -> None:
    settings = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "OPENAI_MODEL": "test-model"}
    done = lectern(tmp_path, "review", "--json", "--text", GOOD, LECTERN_LLM_DEADLINE_SECONDS="1", **settings)
    told = json.loads(done.stdout)
    assert (0, False) == (done.exit_code, told["complete"])
    assert told["critique"]["status"] in {"connection", "timeout"}
    card = lectern(tmp_path, "review", "--text", GOOD)
    assert (0, True) == (card.exit_code, card.stdout.startswith("Half a check"))


def test_a_rule_that_is_left_out_is_told_beside_the_json_and_not_in_it(tmp_path: Path) -> None:
    own = tmp_path / "own" / "rules"
    own.mkdir(parents=True)
    (own / "own.toml").write_text(
        '[[rule]]\nnumber = "Z01"\nname = "own"\ntitle = "Own"\nkind = "phrase"\nguideline = "G8"\nseverity = "warn"\n'
        'reason = "R."\nmessage = "M."\nfix = "F."\nsource = "s"\npatterns = ["("]\nflags = ["("]\npasses = ["a"]\n',
        encoding="utf-8",
    )
    done = lectern(
        tmp_path, "review", "--json", "--rules-only", "--text", GOOD, LECTERN_PROMPTS_DIR=str(tmp_path / "own")
    )
    assert "Half" not in done.stdout
    assert False is json.loads(done.stdout)["complete"]
    assert "own.toml, line 12: the rule “Own” is left out" in done.stderr


def test_rules_are_listed_one_to_a_line_and_explained_by_name_and_number(tmp_path: Path) -> None:
    done = lectern(tmp_path, "rules")
    playbook = load_playbook()
    assert 0 == done.exit_code
    assert [spec.number for spec in playbook.rules] == [line.split(" ")[0] for line in done.stdout.splitlines()[1:-1]]
    assert f"{len(playbook.rules)} rules, guidelines {playbook.version}." == done.stdout.splitlines()[-1]
    spec = playbook.rules[0]
    by_name, by_number = lectern(tmp_path, "rules", spec.name), lectern(tmp_path, "rules", spec.number.lower())
    assert by_name.stdout == by_number.stdout
    assert by_name.stdout.startswith(f"{spec.number} {spec.name}: {spec.title}\n")


def test_an_unknown_rule_gets_a_sentence(tmp_path: Path) -> None:
    done = lectern(tmp_path, "rules", "Z99")
    assert (1, "There is no rule “Z99”. `lectern rules` lists all of them.\n") == (done.exit_code, done.stderr)


def test_the_manifest_is_json_for_socket_mode_or_for_an_address(tmp_path: Path) -> None:
    assert json.loads(lectern(tmp_path, "manifest").stdout)["settings"]["socket_mode_enabled"] is True
    url = "https://lectern.example/slack/events"
    by_http = json.loads(lectern(tmp_path, "manifest", "--http", url).stdout)
    assert url == by_http["settings"]["event_subscriptions"]["request_url"]
    refused = lectern(tmp_path, "manifest", "--http", "http://lectern.example/slack/events")
    assert (1, True) == (refused.exit_code, refused.stderr.startswith("Slack delivers to https:// addresses only"))


def test_every_command_is_there_and_says_what_it_does(tmp_path: Path) -> None:
    told = lectern(tmp_path, "--help").stdout
    for name in COMMANDS:
        assert f"\n  {name} " in told
        assert 0 == lectern(tmp_path, name, "--help").exit_code
    assert 2 == lectern(tmp_path, "sing").exit_code


def test_a_reader_that_has_enough_ends_it_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text((json.dumps({"id": 1, "text": GOOD}) + "\n") * 300, encoding="utf-8")
    done = shell(tmp_path, "$LECTERN review --jsonl --rules-only many.jsonl | head -1; $LECTERN rules | head -1")
    assert (0, "", 2) == (done.returncode, done.stderr, len(done.stdout.splitlines()))


def test_a_command_reads_only_what_it_needs(tmp_path: Path) -> None:
    heavy = "dbos|slack_bolt|openai|httpx2|sqlalchemy"
    for command in ("rules X01", "review --rules-only --text Hello"):
        done = shell(
            tmp_path,
            f"$LECTERN {command} > /dev/null && ${{LECTERN/-m/-X importtime -m}} {command} 2>&1 | grep -cE '{heavy}'",
        )
        assert "0\n" == done.stdout

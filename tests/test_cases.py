"""Evaluation cases: the shipped ones show everything that Lectern decides, and a slip in a file is told with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.errors import InputError, PlaybookError
from bot.model import Outcome
from bot.playbook import SHIPPED, Case, load_cases, load_playbook, read_cases
from bot.playground.scripted import load_samples
from tests.command_line import lectern

PLAYBOOK = load_playbook()
FILE = """# a remark
[organisation]
name = "Mill"

[[case]]
id = "one"
text = "We open a yard."
outcome = "ready"
why = "A decision."

[[case]]
id = "two"
text = "Sorry, @jo, write to me."
outcome = "redirect"
route = "customer-care"
guidelines = ["G2"]
why = "One customer's case."
organisation = { listed = "uk" }
"""


def cases(tmp_path: Path, text: str = FILE) -> tuple[Case, ...]:
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    return load_cases((path,), PLAYBOOK).cases


def told(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    return [str(fault).replace(str(path), "cases.toml") for fault in read_cases((path,), PLAYBOOK)[1]]


def shipped() -> tuple[Case, ...]:
    return load_cases((), PLAYBOOK).cases


def test_the_shipped_cases_can_be_read_without_a_fault() -> None:
    assert () == read_cases((), PLAYBOOK)[1]


def test_there_are_shipped_cases_for_every_outcome_team_and_guideline() -> None:
    outcomes = Counter(case.outcome for case in shipped())
    assert [] == [outcome for outcome in Outcome if outcomes[outcome] < 4]
    assert [] == [route.id for route in PLAYBOOK.routes if not any(route.id == case.route for case in shipped())]
    named = Counter(guideline for case in shipped() for guideline in case.guidelines)
    assert [] == [guideline.id for guideline in PLAYBOOK.guidelines if named[guideline.id] < 3]
    assert len(shipped()) >= 120


def test_there_are_shipped_traps_attacks_leaks_and_other_languages() -> None:
    tags = Counter(tag for case in shipped() for tag in case.tags)
    assert [] == [tag for tag in ("trap", "attack", "leak", "language") if tags[tag] < 10]


def test_each_sample_draft_of_the_playground_with_an_answer_is_a_case_word_for_word() -> None:
    texts = {case.id.removeprefix("sample-"): case.text.strip() for case in shipped() if "sample" in case.tags}
    assert {one.id: one.text for one in load_samples() if one.answer is not None} == texts


def test_what_a_file_says_of_the_organisation_holds_for_its_cases_beside_what_they_say_themselves(
    tmp_path: Path,
) -> None:
    one, two = cases(tmp_path)
    assert ({"name": "Mill"}, {"name": "Mill", "listed": "uk"}) == (one.organisation, two.organisation)


def test_own_cases_lie_over_the_shipped_ones_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "wait.toml").write_text(FILE, encoding="utf-8")
    found = {case.id for case in load_cases((), PLAYBOOK, tmp_path).cases}
    assert {"one", "two", "ready-night-routes"} <= found
    assert "wait-two-hours" not in found


def test_limits_beside_the_cases_stand_for_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "gates.toml").write_text("[rules]\nfailed = 0.5\n", encoding="utf-8")
    (tmp_path / "cases.toml").write_text(FILE, encoding="utf-8")
    assert 0.5 == load_cases((tmp_path,), PLAYBOOK).gates.rules.failed
    assert 0 == load_cases((tmp_path / "cases.toml",), PLAYBOOK).gates.rules.failed


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('outcome = "ready"', 'outcome = "redy"', 8, "the case “one” says outcome “redy”. Use hold, redirect, wait, edit"),
        ('why = "A decision."', 'wy = "A decision."', 5, "the case “one” has no “why”. Add a line that begins why =."),
        ('route = "customer-care"\n', "", 11, "the case “two” is a redirect to nobody. Add a line route ="),
        ('route = "customer-care"', 'route = "customer-car"', 15, "which is in no file. Did you mean “customer-care”?"),
        ('"G2"', '"G22"', 16, "names “G22”, which is in no file. Did you mean “G2”?"),
        ('id = "two"', 'id = "one"', 12, "has an id that is already taken in cases.toml, line 6. Change one of them."),
        ('listed = "uk"', 'listed = "mars"', 18, "says what no organisation.toml may hold: listed."),
        ('text = "We open a yard."', 'text = " "', 7, "has no text. Give the words of the draft."),
        ('why = "A decision."', 'why = "A"\nroute = "legal"', 10, "names a team, and its outcome goes to nobody."),
        ('why = "A decision."', 'why = "A"\nsame_as = "three"', 10, "names the case “three”, which is no other one."),
        ('why = "A decision."', 'why = "A"\nwindow = { kind = "rest" }', 10, "what no windows.toml may hold: kind."),
        ('why = "A decision."', 'why = "A"\nplatforms = ["xx"]', 10, "names “xx”, which is in no file."),
        ('text = "We open a yard."', 'text = "We open a yard.', 7, "a text is not closed on its line."),
        ("[[case]]\nid = \"one\"", "[[cases]]\nid = \"one\"", 5, "This file holds tables that begin with [[case]]."),
    ],
)  # fmt: skip
def test_a_slip_in_a_case_is_told_with_file_line_and_cure(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    found = [fault for fault in told(tmp_path, FILE.replace(old, new, 1)) if words in fault]
    assert [f"cases.toml, line {line}: "] == [fault[: len(f"cases.toml, line {line}: ")] for fault in found]


def test_check_names_a_slip_in_own_cases(tmp_path: Path) -> None:
    (tmp_path / "own" / "cases").mkdir(parents=True)
    (tmp_path / "own" / "cases" / "mine.toml").write_text(FILE.replace('"ready"', '"redy"'), encoding="utf-8")
    done = lectern(tmp_path, "check", "--prompts-only", LECTERN_PROMPTS_DIR="own")
    assert (1, True) == (done.exit_code, "own/cases/mine.toml, line 8: the case “one” says outcome" in done.stdout)


def test_faults_of_several_files_are_told_in_one_go(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(FILE.replace('"ready"', '"redy"'), encoding="utf-8")
    with pytest.raises(PlaybookError) as raised:
        load_cases((tmp_path,), PLAYBOOK)
    assert all(f"{name}, line 8" in str(raised.value) for name in ("a.toml", "b.toml"))


@pytest.mark.parametrize("limit", ["[rules]\nfalse_redy = 0.1\n", "[rules]\nfalse_ready = 3\n", "[rule]\n"])
def test_a_slip_in_the_limits_is_told(tmp_path: Path, limit: str) -> None:
    (tmp_path / "cases.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "gates.toml").write_text(limit, encoding="utf-8")
    with pytest.raises(PlaybookError, match=r"gates\.toml, line"):
        load_cases((tmp_path,), PLAYBOOK)


def test_a_path_that_is_not_there_and_a_folder_without_cases_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        load_cases((tmp_path / "none.toml",), PLAYBOOK)
    with pytest.raises(InputError, match="holds no file with cases"):
        load_cases((tmp_path,), PLAYBOOK)


def test_every_shipped_file_of_cases_begins_with_a_remark_that_says_what_it_is() -> None:
    files = sorted((SHIPPED / "cases").glob("*.toml"))
    assert [] == [path.name for path in files if not path.read_text(encoding="utf-8").startswith("#")]

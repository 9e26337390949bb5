"""What is wrong with a file is told with file, line and what to do, all of it in one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import PlaybookError
from bot.playbook import Fault, load_playbook, read_playbook
from tests.prompt_folder import GUIDELINE, ROUTE, RULES, WINDOWS, faults, folder, load, sentences, write

RULE_FILE = "prompts/rules/one-way.toml"


def test_a_fault_names_file_line_and_cure() -> None:
    assert "prompts/a.toml, line 3: Do this." == str(Fault("prompts/a.toml", 3, "Do this."))


def test_a_fault_of_a_whole_file_names_no_line() -> None:
    assert "prompts/a.toml: Do this." == str(Fault("prompts/a.toml", 0, "Do this."))


def test_a_wrong_severity_is_told_in_the_words_of_the_product(tmp_path: Path) -> None:
    told = sentences(
        tmp_path, rules__one_way_toml=RULES.replace('severity = "warn"\nreason', 'severity = "wan"\nreason')
    )
    assert [
        f"{RULE_FILE}, line 9: the rule “Asks the audience” says severity “wan”. Use hold, redirect, warn or info."
    ] == told


def test_a_rule_with_a_fault_is_left_out_and_takes_no_other_with_it(tmp_path: Path) -> None:
    playbook = load(
        tmp_path, rules__one_way_toml=RULES.replace('severity = "warn"\nreason', 'severity = "wan"\nreason')
    )
    assert ["results"] == [rule.name for rule in playbook.rules]
    assert [("asks", False)] == [(fault.rule, fault.fatal) for fault in playbook.faults]


def test_windows_and_changes_may_still_name_a_rule_that_was_left_out(tmp_path: Path) -> None:
    told = faults(tmp_path, rules__one_way_toml=RULES.replace('guideline = "G1"', 'guideline = "G8"'))
    assert {("asks", 8), ("results", 26)} == {(fault.rule, fault.line) for fault in told}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('number = "O01"', 'number = "1"', 4, "has the number “1”. Use a capital letter and two digits, such as A01."),
        (
            'name = "asks"',
            'name = "Asks People"',
            5,
            "has the name “Asks People”. Use small letters, digits and hyphens",
        ),
        (
            'guideline = "G1"\nseverity = "warn"',
            'guideline = "G2"\nseverity = "warn"',
            8,
            "“G2”, which is in no file. Known: G1.",
        ),
        ('owner = "legal"', 'owner = "legl"', 28, "names the team “legl”, which has no file. Did you mean “legal”?"),
        (
            'copies = ["comms"]',
            'copies = ["press"]',
            29,
            "names the team “press”, which has no file. Known: legal, comms.",
        ),
        ('listed = "hold"', 'listd = "hold"', 36, "asks for “listd” in severity_when. Did you mean “listed”?"),
        ('private = "off"', 'private = "none"', 37, "says private “none”. Use hold, redirect, warn or info, or off."),
        ('message = "This asks on {platform}."', 'message = "Asks {platform.id}."', 11, "has a fault in “message”"),
        ('fix = "State it."', 'fix = "State {it."', 12, "a brace { or } stands alone"),
        ('title = "Asks the audience"\n', "", 3, "has no “title”. Add a line that begins title =."),
        ('title = "Asks the audience"', 'titel = "Asks the audience"', 3, "“titel” may be a slip of the pen for it."),
        ('title = "Asks the audience"', "title = 3", 6, '“title” must be a text in quotation marks: title = "…".'),
        ('passes = ["It is done."]', 'passes = "It is done."', 19, "“passes” must be a list in square brackets"),
        (
            'severity = "info"}',
            'severty = "info"}',
            18,
            "has a line “severty”, which nothing reads. Did you mean “severity”?",
        ),
        ('severity = "info"}', 'platforms = ["myspace"]}', 18, "names the network “myspace” in “flags”"),
        (
            'organisation = {listed = "uk"}',
            'organisation = {listet = "uk"}',
            39,
            "names “listet” of the organisation in “flags”",
        ),
        (
            'source = "a page"\npatterns',
            'source = "a page"\nlanguages = ["english"]\npatterns',
            14,
            "names the language “english”",
        ),
        (
            'source = "a page"\npatterns',
            'source = "a page"\npause_minutes = "x"\npatterns',
            14,
            "must be a whole number",
        ),
        (
            'source = "a page"\npatterns',
            'source = "a page"\nwaivable = "perhaps"\npatterns',
            14,
            "must be true or false",
        ),
    ],
)
def test_a_fault_of_one_rule_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert RULES.count(old) == 1
    told = faults(
        tmp_path, rules__one_way_toml=RULES.replace(old, new), organisation_toml='name = "Mill"', windows_toml=""
    )
    assert [line] == [fault.line for fault in told]
    assert words in told[0].message
    assert not told[0].fatal


def test_a_rule_without_a_name_is_left_out_under_its_place(tmp_path: Path) -> None:
    told = faults(tmp_path, rules__one_way_toml=RULES.replace('name = "asks"\n', ""), organisation_toml='name = "Mill"')
    assert [("rule 1 of rules/one-way.toml", 3)] == [(fault.rule, fault.line) for fault in told]


def test_a_rule_without_a_reason_is_used_and_draws_a_warning(tmp_path: Path) -> None:
    playbook = load(tmp_path, rules__one_way_toml=RULES.replace('reason = "Markets hear it first."\n', ""))
    assert ["results", "asks"] == [rule.name for rule in playbook.rules]
    assert [(None, False)] == [(fault.rule, fault.fatal) for fault in playbook.faults]
    assert "has no reason" in playbook.faults[0].message


@pytest.mark.parametrize(("old", "new", "line"), [("results", "asks", 23), ("D01", "O01", 22)])
def test_a_name_or_number_of_a_rule_stands_only_once(tmp_path: Path, old: str, new: str, line: int) -> None:
    text = RULES.replace(f'"{old}"', f'"{new}"')
    told = [fault for fault in faults(tmp_path, rules__one_way_toml=text, windows_toml="") if fault.fatal]
    assert [line] == [fault.line for fault in told]
    assert f"“{new}” is already taken in {RULE_FILE}, line {line - 18}. Change one of them." in told[0].message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 'x'\nb = \"two", 2, "never closed"),
        ("a = 'x'\nb = \"two\nc = 1", 2, "a text is not closed on its line"),
        ('a = """two\nthree', 2, "opened with a quotation mark and never closed"),
        ("a = 'x\n", 1, "never closed"),
        ("a 'x'", 1, "an equals sign is missing"),
        ("a = ['x', 'y'\nb = 2", 2, "a comma is missing between two of its entries"),
        ("a = {b = 1", 1, "a { is not closed"),
        ("a = yes", 1, "Put texts in quotation marks; write true or false for yes or no"),
        ("\n!a = 1", 2, "a name can't be read"),
        ("a = 'x' 'y'", 1, "something is left over after the value"),
        ("a = 1\na = 2", 2, "this name stands twice"),
        ("[a]\n[a]", 2, "this heading in square brackets stands twice"),
        ("a = {b = 1, b = 2}", 1, "stands twice"),
        ('a = "\\d+"', 1, "Put patterns between single quotation marks"),
        ("[a", 1, "a heading is not closed"),
        ("[[a]", 1, "must close with ]]"),
        ("a = 2027-99-99", 1, "line 1: "),
    ],
)
def test_a_slip_in_writing_is_told_with_line_and_plain_words(tmp_path: Path, text: str, line: int, words: str) -> None:
    told = [one for one in sentences(tmp_path, messages_toml=text) if "messages.toml" in one]
    assert 1 == len(told)
    assert told[0].startswith(f"prompts/messages.toml, line {line}: ")
    assert words in told[0]


def test_a_slip_in_the_head_of_a_guideline_is_told_with_the_line_of_the_file(tmp_path: Path) -> None:
    told = sentences(tmp_path, guidelines__g01_md=GUIDELINE.replace('title = "Say one thing"', "title Say one thing"))
    assert 1 == len(told)
    assert told[0].startswith("prompts/guidelines/g01.md, line 4: an equals sign is missing.")


def test_names_of_a_file_that_can_not_be_read_are_not_called_unknown(tmp_path: Path) -> None:
    told = sentences(tmp_path, routes__legal_toml="id legal", rules__one_way_toml="x", platforms__linkedin_toml="=")
    assert ["linkedin.toml", "legal.toml", "one-way.toml"] == [one.partition(",")[0].rpartition("/")[2] for one in told]


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    shipped = folder(tmp_path)
    (shipped / "messages.toml").write_bytes("# Ä\n# two\n".encode() + b"# caf\xe9\n")
    told = [str(fault) for fault in read_playbook(shipped=shipped)[1]]
    assert ["prompts/messages.toml, line 3: a character can't be read. Save the file as UTF-8."] == told


@pytest.mark.parametrize("name", ["organisation.toml", "messages.toml", "windows.toml", "replies.toml", "critique.md"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    told = sentences(tmp_path, **{name.replace(".", "_"): None})
    assert [f"prompts/{name}: the file is missing. Put it back."] == told


def test_an_empty_folder_is_told_without_more_ado(tmp_path: Path) -> None:
    told = sentences(tmp_path, rules__one_way_toml=None)
    assert ["prompts/rules: the folder holds no file that ends in .toml. At least one is needed."] == told


def test_an_own_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="LECTERN_PROMPTS_DIR names this, and it is not a folder"):
        load_playbook(tmp_path / "nowhere", shipped=folder(tmp_path))


@pytest.mark.parametrize("name", ["rule/more.toml", "message.toml", "guidelines/g02.toml", "rules/more/deep.toml"])
def test_an_own_file_that_nothing_reads_is_told(tmp_path: Path, name: str) -> None:
    own = write(tmp_path / "own", {name: "# x"})
    told = [str(fault) for fault in read_playbook(own, shipped=folder(tmp_path))[1]]
    assert 1 == len(told)
    assert told[0].startswith(f"{own}/{name}: nothing reads a file “{name}”.")


def test_faults_of_own_files_name_the_own_folder(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"windows.toml": "windo = 1"})
    told = [str(fault) for fault in read_playbook(own, shipped=folder(tmp_path))[1]]
    assert [
        f"{own}/windows.toml, line 1: “windo” is not known here. This file holds tables that begin with [[window]]."
    ] == told


def test_all_faults_of_all_files_are_told_in_one_go(tmp_path: Path) -> None:
    shipped = folder(
        tmp_path,
        routes__legal_toml=ROUTE.replace("C0LEGAL001", "legal"),
        messages_toml="x",
        windows_toml=WINDOWS.replace('"comms"', '"press"'),
        rules__one_way_toml=RULES.replace('severity = "warn"\nreason', 'severity = "wan"\nreason'),
        critique_md=None,
    )
    told = [(fault.file, fault.line, fault.fatal) for fault in read_playbook(shipped=shipped)[1]]
    assert [
        ("prompts/critique.md", 0, True),
        ("prompts/messages.toml", 1, True),
        ("prompts/routes/legal.toml", 9, True),
        ("prompts/rules/one-way.toml", 9, False),
        ("prompts/windows.toml", 17, True),
    ] == told


def test_the_start_is_stopped_with_one_line_for_each_fault_that_counts(tmp_path: Path) -> None:
    shipped = folder(
        tmp_path,
        routes__legal_toml=ROUTE.replace("C0LEGAL001", "legal"),
        critique_md=None,
        rules__one_way_toml=RULES.replace('severity = "warn"\nreason', 'severity = "wan"\nreason'),
    )
    with pytest.raises(PlaybookError) as stopped:
        load_playbook(shipped=shipped)
    lines = str(stopped.value).splitlines()
    assert ["prompts/critique.md", "prompts/routes/legal.toml, line 9"] == [line.partition(":")[0] for line in lines]

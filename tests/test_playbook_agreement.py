"""Files that do not agree with each other, or with what may stand in them, are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playbook import read_playbook
from tests.prompt_folder import (
    GUIDELINE,
    MESSAGES,
    ORGANISATION,
    PLATFORM,
    ROUTE,
    RULES,
    WINDOWS,
    faults,
    folder,
    sentences,
    write,
)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('id = "legal"', 'id = "comms"', 2, "has the id “comms”, which stands for the comms team itself. Use another."),
        ('id = "legal"', 'id = "The Lawyers"', 2, "Use small letters and hyphens, such as customer-care."),
        (
            "precedence = 1",
            'precedence = "first"',
            5,
            "the team “legal”: “precedence” must be a whole number without quotation marks.",
        ),
        ("target_minutes = 240", "target_minutes = 0", 6, "“target_minutes” must be more than 0."),
        (
            'channel = "C0LEGAL001"',
            'channel = "#team-legal"',
            9,
            "says channel “#team-legal”. Use the channel's id, which begins with C",
        ),
        (
            'contacts = ["ruth@mill.example", "U0LEGAL001"]',
            'contacts = ["Ruth"]',
            10,
            "names “Ruth”. People stand here by e-mail address",
        ),
        ("contacts =", "contact =", 10, "has a line “contact”, which nothing reads. Did you mean “contacts”?"),
        (
            'needs = ["the draft"]',
            'needs = "the draft"',
            15,
            'must be a list in square brackets: needs = ["one", "two"].',
        ),
        ("{contact} can", "{person} can", 13, "{person} is filled by nothing. Use {contact} or {team}, or none."),
        ("{team} first", "{team!r} first", 14, "the placeholder {team!r} may hold a plain name only"),
    ],
)
def test_a_fault_of_a_team_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    rules = RULES.replace('owner = "legal"\n', "")
    windows = WINDOWS.replace('owner = "legal"', 'owner = "comms"')
    told = faults(tmp_path, routes__legal_toml=ROUTE.replace(old, new), rules__one_way_toml=rules, windows_toml=windows)
    assert [("prompts/routes/legal.toml", line, True)] == [(fault.file, fault.line, fault.fatal) for fault in told]
    assert words in told[0].message


def test_two_teams_have_neither_the_same_id_nor_the_same_place(tmp_path: Path) -> None:
    shipped = write(folder(tmp_path), {"routes/zwei.toml": ROUTE})
    told = [str(fault) for fault in read_playbook(shipped=shipped)[1]]
    other = "and so has another in prompts/routes/legal.toml, line"
    assert [
        f"prompts/routes/zwei.toml, line 2: the team “legal” has the id “legal”, {other} 2. Change one of them.",
        f"prompts/routes/zwei.toml, line 5: the team “legal” has the precedence “1”, {other} 5. Change one of them.",
    ] == told


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            'counting = "utf16"',
            'counting = "letters"',
            6,
            "says counting “letters”. Use x, utf16, threads, bluesky, graphemes, mastodon or characters.",
        ),
        (
            "checked_on = 2026-11-23",
            "checked_on = 2026",
            8,
            "“checked_on” must be a date such as 2027-01-31, without quotation marks.",
        ),
        (
            "limit = 3000",
            "limt = 3000",
            1,
            "has no “limit”. Add a line that begins limit =. “limt” may be a slip of the pen for it.",
        ),
        (
            "dormant_days = 90",
            "dormant_days = 90\n[rules.shouts]\noff = true",
            16,
            "changes the rule “shouts”, which is in no file.",
        ),
        ("dormant_days = 90", "dormant_days = 90\n[rules.asks]\noff = 'maybe'", 17, "“off” must be true or false"),
        (
            "dormant_days = 90",
            "dormant_days = 90\n[rules.asks]\nseverity = 'off'",
            17,
            "says severity “off”. Use hold, redirect, warn or info.",
        ),
    ],
)
def test_a_fault_of_a_network_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    told = faults(tmp_path, platforms__linkedin_toml=PLATFORM.replace(old, new))
    assert line == told[0].line
    assert words in told[0].message
    assert all(fault.fatal for fault in told)


def test_two_networks_do_not_share_a_name(tmp_path: Path) -> None:
    other = PLATFORM.replace('"linkedin"', '"link"').replace('"LinkedIn"', '"Link"')
    shipped = write(folder(tmp_path), {"platforms/other.toml": other})
    told = [str(fault) for fault in read_playbook(shipped=shipped)[1]]
    assert 1 == len(told)
    assert told[0].startswith("prompts/platforms/other.toml, line 4: the network “Link” is also called “li”, and so is")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("live_to = 2027-12-31", "live_to = 2026-01-31", 9, "ends on 2026-01-31, before it begins on 2026-03-01."),
        (
            "expires = 2027-03-31",
            "expires = 2026-01-31",
            15,
            "has a fact that expires on 2026-01-31, before the message begins.",
        ),
        ("expires = 2027-03-31", "expires = 'soon'", 15, "must be a date such as 2027-01-31"),
        (
            "expires = 2027-03-31",
            "expired = 2027-03-31",
            15,
            "has a line “expired”, which nothing reads. Did you mean “expires”?",
        ),
        ('sentence = "It comes when we said."\n', "", 3, "the key message “On time” has no “sentence”."),
        ("[[message]]", "[message]", 3, "write [[message]] with two brackets on each side."),
        ("[[message]]", "[[messages]]", 3, "“messages” is not known here."),
    ],
)
def test_a_fault_of_a_key_message_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    text = MESSAGES.replace(old, new).replace("[[message.", "[[messages." if "messages" in new else "[[message.")
    told = faults(tmp_path, messages_toml=text)
    assert line == told[0].line
    assert words in told[0].message


def test_two_messages_do_not_share_an_id(tmp_path: Path) -> None:
    told = sentences(tmp_path, messages_toml=MESSAGES + MESSAGES)
    assert 1 == len(told)
    assert "has the id “On time”, and so has another in prompts/messages.toml, line 4." in told[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "ends = 2027-02-12T07:00:00+00:00",
            "ends = 2026-02-12T07:00:00+00:00",
            7,
            "ends before it starts. Correct “starts” or “ends”.",
        ),
        ("ends = 2027-02-12T07:00:00+00:00", "ends = 2027-02-12T07:00:00", 7, "has a time without a zone in “ends”."),
        ("starts = 2027-01-01T00:00:00+00:00", "starts = 2027-01-01", 6, "has a time without a zone in “starts”."),
        ("starts = 2027-01-01T00:00:00+00:00", "starts = 2027", 6, "must be a date such as 2027-01-31T09:00:00+00:00"),
        ("ends = 2027-02-12T07:00:00+00:00\n", "", 3, "has no end. Add a line that begins ends =, or end_event ="),
        (
            'owner = "legal"',
            'owner = "lawyers"',
            8,
            "names the owner “lawyers”, which has no file in routes/. Known: legal, comms.",
        ),
        (
            'rules = ["results"]',
            'rules = ["result"]',
            10,
            "names the rule “result”, which is in no file. Did you mean “results”?",
        ),
        (
            'leaders = ["dana@mill.example"]',
            'leaders = ["Dana"]',
            19,
            "names “Dana”. People stand here by e-mail address",
        ),
        (
            'platforms = ["linkedin"]',
            'platforms = ["linkedn"]',
            20,
            "names the network “linkedn”, which has no file. Did you mean “linkedin”?",
        ),
        (
            'kind = "deal"',
            'kind = "merger"',
            14,
            "Use quiet-period, trading-blackout, embargo, election, deal or crisis.",
        ),
        (
            'name = "Merger"',
            'name = "Quiet period"',
            13,
            "has the name “Quiet period”, and so has another in prompts/windows.toml, line 4.",
        ),
    ],
)
def test_a_fault_of_a_window_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    told = faults(tmp_path, windows_toml=WINDOWS.replace(old, new))
    assert [(line, True)] == [(fault.line, fault.fatal) for fault in told]
    assert words in told[0].message


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('listed = "uk"', 'listed = "yes"', 3, "the organisation “Mill” says listed “yes”. Use us, uk, eu or no."),
        ('listed = "uk"', "list = true", 3, "has a line “list”, which nothing reads. Did you mean “listed”?"),
        (
            'id = "dana@mill.example"',
            'id = "Dana Reyes"',
            6,
            "names “Dana Reyes”. People stand here by e-mail address or by Slack id",
        ),
        (
            'listed = "uk"',
            'languages = ["english"]',
            3,
            "names the language “english”. Use two small letters, such as en.",
        ),
        ('listed = "uk"', "languages = []", 3, "names no language. Name one at least"),
        ('platforms = ["linkedin"]', 'platforms = ["x"]', 8, "names the network “x”, which has no file."),
        ('delegates = ["U0DELEGATE"]', 'delegates = ["@eve"]', 9, "names “@eve”."),
        ("Europe/London", "London", 10, "names the time zone “London”. Use a name such as Europe/London."),
        ("[rules.asks]", "[rules.ask]", 12, "changes the rule “ask”, which is in no file. Did you mean “asks”?"),
        (
            'severity = "info"',
            'exception = ["x"]',
            13,
            "has a line “exception”, which nothing reads. Did you mean “exceptions”?",
        ),
        (
            "[rules.asks]",
            '[[leaders]]\nid = "Dana@mill.example"\n[rules.asks]',
            13,
            "names the leader “Dana@mill.example” twice.",
        ),
        (
            "[rules.asks]",
            "[[legal_holds]]\nleader = 'U0DANA01'\nstarts = 2026-02-01\nends = 2026-01-01\ncontact = ''\n[rules.asks]",
            15,
            "a legal hold that ends before it starts",
        ),
    ],
)
def test_a_fault_of_the_organisation_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    told = faults(tmp_path, organisation_toml=ORGANISATION.replace(old, new))
    assert [(line, True)] == [(fault.line, fault.fatal) for fault in told]
    assert words in told[0].message


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('id = "G1"', 'id = "one"', 3, "has the id “one”. Use G and a number, such as G13."),
        ('better = "This."', 'beter = "This."', 9, "has a line “beter”, which nothing reads. Did you mean “better”?"),
        (
            'title = "Say one thing"',
            'title = "Say one thing"\nbody = "x"',
            5,
            "the text of a guideline stands after its head.",
        ),
        ("+++\n# a remark", "# a remark", 1, "the head is missing. The file begins with a line +++"),
        ("## What good looks like\n\n- One thing.\n", "", 1, "has no text after its head."),
    ],
)
def test_a_fault_of_a_guideline_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    rules = RULES.replace('"G1"', '"one"') if '"one"' in new else RULES
    told = faults(tmp_path, guidelines__g01_md=GUIDELINE.replace(old, new), rules__one_way_toml=rules)
    assert line in [fault.line for fault in told]
    assert any(words in fault.message for fault in told)
    assert all(fault.fatal for fault in told)


def test_two_guidelines_do_not_share_an_id(tmp_path: Path) -> None:
    shipped = write(folder(tmp_path), {"guidelines/g02.md": GUIDELINE})
    told = [str(fault) for fault in read_playbook(shipped=shipped)[1]]
    assert 1 == len(told)
    assert "has the id “G1”, and so has another in prompts/guidelines/g01.md, line 3." in told[0]

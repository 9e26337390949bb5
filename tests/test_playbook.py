"""What the playbook holds once the files of prompts/ are loaded."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.errors import PlaybookError
from bot.playbook import Replies, is_open, load_playbook
from bot.playbook.locate import LineMap
from tests.prompt_folder import FILES, PLATFORM, ROUTE, RULES, folder, load, write


def test_a_small_folder_loads_without_a_fault(tmp_path: Path) -> None:
    assert () == load(tmp_path).faults


def test_a_rule_keeps_the_keys_of_its_kind_apart(tmp_path: Path) -> None:
    asks = next(rule for rule in load(tmp_path).rules if rule.name == "asks")
    assert {"patterns": ["thoughts\\?", "agree\\?"]} == asks.params


def test_samples_may_be_texts_or_tables(tmp_path: Path) -> None:
    asks = next(rule for rule in load(tmp_path).rules if rule.name == "asks")
    assert [("Any thoughts?", None), ("Do you agree?", "info")] == [(one.text, one.severity) for one in asks.flags]


def test_rules_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    assert ["results", "asks"] == [rule.name for rule in load(tmp_path).rules]


def test_a_rule_says_in_which_file_and_line_it_begins(tmp_path: Path) -> None:
    results = load(tmp_path).rules[0]
    assert ("prompts/rules/one-way.toml", 21) == (results.file, results.line)


def test_a_key_of_a_rule_is_found_in_its_file(tmp_path: Path) -> None:
    playbook = load(tmp_path)
    name = "prompts/rules/one-way.toml"
    assert (name, 14) == playbook.locate("asks", "patterns")
    assert (name, 16) == playbook.locate("asks", "patterns.1")
    assert (name, 3) == playbook.locate("asks", "no-such-key")
    assert (name, 3) == playbook.locate("asks")
    assert ("prompts/rules", 0) == playbook.locate("no-such-rule", "patterns")


def test_the_texts_of_a_team_are_filled_with_its_names(tmp_path: Path) -> None:
    route = load(tmp_path).route("legal")
    assert route is not None
    assert "A phrase may have weight, and Ruth's team can read it today." == route.reason
    assert "One part needs a look from legal first." == route.hold_reason


def test_a_team_without_a_contact_is_called_the_team(tmp_path: Path) -> None:
    route = load(tmp_path, routes__legal_toml=ROUTE.replace('"Ruth"', '""')).route("legal")
    assert route is not None
    assert "A phrase may have weight, and the team can read it today." == route.reason


def test_comms_is_no_team_with_a_file(tmp_path: Path) -> None:
    assert None is load(tmp_path).route("comms")


@pytest.mark.parametrize("name", ["linkedin", "LinkedIn", "LINKEDIN ", "li"])
def test_a_network_is_found_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    platform = load(tmp_path).find_platform(name)
    assert platform is not None
    assert "linkedin" == platform.id


def test_a_network_that_nobody_knows_is_none(tmp_path: Path) -> None:
    assert None is load(tmp_path).find_platform("lin")


def test_a_guideline_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    playbook = load(tmp_path)
    assert "Say one thing" == playbook.guideline("G1").title
    with pytest.raises(PlaybookError, match="G7"):
        playbook.guideline("G7")


def test_a_leader_is_found_by_the_address_in_the_file(tmp_path: Path) -> None:
    leader = load(tmp_path).leader("Dana@mill.example")
    assert leader is not None
    assert "Dana" == leader.name


@pytest.mark.parametrize(
    ("today", "facts"),
    [
        (date(2026, 2, 28), []),
        (date(2026, 3, 1), ["96 of 100 came on time", "We publish it each month"]),
        (date(2027, 3, 31), ["96 of 100 came on time", "We publish it each month"]),
        (date(2027, 4, 1), ["We publish it each month"]),
        (date(2028, 1, 1), []),
    ],
)
def test_facts_are_approved_from_the_first_to_the_last_day(tmp_path: Path, today: date, facts: list[str]) -> None:
    assert facts == [point.fact for message, point in load(tmp_path).approved_facts(today) if message == "On time"]


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("now", "names"),
    [
        (at(2026, 12, 31, 23, 59), []),
        (at(2027, 1, 1), ["Quiet period"]),
        (at(2027, 1, 10, 8), ["Quiet period", "Merger"]),
        (at(2027, 2, 12, 6, 59), ["Quiet period", "Merger"]),
        (at(2027, 2, 12, 7), ["Merger"]),
        (at(2030, 1, 1), ["Merger"]),
    ],
)
def test_a_window_is_open_from_its_start_until_its_end_or_event(
    tmp_path: Path, now: datetime, names: list[str]
) -> None:
    assert names == [window.name for window in load(tmp_path).open_windows(now, "dana@mill.example", ("linkedin",))]


def test_a_window_for_some_leaders_and_networks_leaves_the_others_alone(tmp_path: Path) -> None:
    merger = load(tmp_path).windows[1]
    now = at(2027, 6, 1)
    assert is_open(merger, now, "DANA@mill.example", ("x", "linkedin"))
    assert is_open(merger, now)
    assert not is_open(merger, now, "tom@mill.example", ("linkedin",))
    assert not is_open(merger, now, "dana@mill.example", ("x",))
    assert not is_open(merger.model_copy(update={"ended": True}), now)


def test_an_overlay_replaces_shipped_files_one_by_one_and_adds_new_ones(tmp_path: Path) -> None:
    own = write(
        tmp_path / "own",
        {
            "platforms/linkedin.toml": PLATFORM.replace("limit = 3000", "limit = 2000"),
            "platforms/x.toml": PLATFORM.replace('"linkedin"', '"x"').replace("LinkedIn", "X").replace('"li"', ""),
        },
    )
    playbook = load_playbook(own, shipped=folder(tmp_path))
    assert [("linkedin", 2000), ("x", 3000)] == [(one.id, one.limit) for one in playbook.platforms]
    assert ["legal"] == [route.id for route in playbook.routes]


def test_the_version_is_eight_hexadecimal_digits_and_stays_the_same(tmp_path: Path) -> None:
    first, second = load(tmp_path / "a").version, load(tmp_path / "b").version
    assert first == second
    assert 8 == len(first)
    int(first, 16)


@pytest.mark.parametrize("name", [name for name in FILES if name != "replies.toml"])
def test_the_version_changes_with_every_file(tmp_path: Path, name: str) -> None:
    shipped = folder(tmp_path)
    own = write(tmp_path / "own", {name: FILES[name].replace("a remark", "another remark")})
    assert load_playbook(shipped=shipped).version != load_playbook(own, shipped=shipped).version


def test_an_empty_overlay_changes_nothing(tmp_path: Path) -> None:
    shipped = folder(tmp_path)
    (tmp_path / "own").mkdir()
    assert load_playbook(shipped=shipped).version == load_playbook(tmp_path / "own", shipped=shipped).version


def test_what_is_no_file_of_the_playbook_is_left_alone(tmp_path: Path) -> None:
    shipped = folder(tmp_path)
    write(
        shipped,
        {"README.md": "x", "cases/a.toml": "=", ".hidden/x.toml": "=", "rules/.swap.toml": "=", "notes.txt": "x"},
    )
    assert () == load_playbook(shipped=shipped).faults


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    shipped = folder(tmp_path)
    for name in ("guidelines/g01.md", "rules/one-way.toml"):
        text = (shipped / name).read_text(encoding="utf-8")
        (shipped / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    playbook = load_playbook(shipped=shipped)
    assert ("prompts/rules/one-way.toml", 16) == playbook.locate("asks", "patterns.1")
    assert "## What good looks like\n\n- One thing." == playbook.guideline("G1").body


def test_a_reply_is_filled_with_what_it_is_given(tmp_path: Path) -> None:
    replies = load(tmp_path).replies
    assert "Better from care" == replies.say("card.redirect.header", team="care")
    assert "{ and } stay, 3 of 4" == replies.say("card.ready.braces", n=3, limit=4)


def test_a_value_with_braces_is_not_filled_again(tmp_path: Path) -> None:
    assert "Better from {n}" == load(tmp_path).replies.say("card.redirect.header", team="{n}")


@pytest.mark.parametrize("values", [{}, {"tea": "care"}, {"team": "care", "more": 1}])
def test_a_reply_refuses_values_that_do_not_fit(tmp_path: Path, values: dict[str, object]) -> None:
    replies = load(tmp_path).replies
    with pytest.raises(PlaybookError, match=r"card\.redirect\.header"):
        replies.say("card.redirect.header", **values)


def test_a_reply_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    replies = load(tmp_path).replies
    with pytest.raises(PlaybookError, match=r"card\.wait\.header"):
        replies.say("card.wait.header")
    assert not replies.has("card.wait.header")
    assert replies.has("card.ready.header")


def test_a_closed_list_of_words_is_no_text(tmp_path: Path) -> None:
    replies = load(tmp_path).replies
    assert ("thanks", "hello") == replies.words("small_talk")
    with pytest.raises(PlaybookError, match="small_talk"):
        replies.say("small_talk")
    with pytest.raises(PlaybookError, match=r"card\.ready\.header"):
        replies.words("card.ready.header")
    with pytest.raises(PlaybookError, match="no_such"):
        replies.words("no_such")


def test_replies_tell_their_keys_and_placeholders() -> None:
    replies = Replies({"a": "x", "b": "{one} {two}", "c": ("w",)})
    assert ("a", "b", "c") == replies.keys()
    assert {"one", "two"} == replies.placeholders("b")
    assert [False, True] == [replies.is_list("a"), replies.is_list("c")]


def test_every_place_of_a_file_has_its_line() -> None:
    lines = LineMap(RULES)
    expected = {
        ("rule", 0): 3,
        ("rule", 0, "severity"): 9,
        ("rule", 0, "patterns"): 14,
        ("rule", 0, "patterns", 0): 15,
        ("rule", 0, "patterns", 1): 16,
        ("rule", 0, "flags", 1, "severity"): 18,
        ("rule", 0, "passes", 0): 19,
        ("rule", 1): 21,
        ("rule", 1, "severity_when", "private"): 37,
        ("rule", 1, "flags", 0, "text"): 40,
        ("rule", 1, "flags", 0, "organisation", "listed"): 41,
    }
    assert expected == {place: lines.line(place) for place in expected}


def test_brackets_and_signs_inside_texts_and_remarks_do_not_confuse_the_lines() -> None:
    text = (
        "a = '[[x]]' # ] [b]\n"
        'b = """\n[c]\nd = 1\n"""""\n'
        "e = '''\n# ''' # f = 1\n"
        'g = ["]", "#", [1, # ]\n 2], {h = "}", i = [3]}]\n'
        '"quoted key" . sub = "\\""\n'
        "last = true"
    )
    tomllib.loads(text)
    lines = LineMap(text)
    places = [("a",), ("b",), ("e",), ("g", 1), ("g", 2, 1), ("g", 3, "i", 0), ("quoted key", "sub"), ("last",)]
    assert [1, 2, 6, 8, 9, 9, 10, 11] == [lines.line(place) for place in places]
    assert 0 == lines.line(("f",))
    assert ("c",) not in lines

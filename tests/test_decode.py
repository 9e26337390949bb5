"""From Slack's messages to the text that a network would show, and the marks at its start."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Attachments
from bot.slack.decode import Marks, attachments_of, decode_message, decode_text, is_small_talk, mentioned, read_marks
from tests.card_values import playbook

NAMES = {"U0LEADER01": "Dana Reyes", "U0LEADER02": "Tom"}


def block(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"blocks": [{"type": "rich_text", "elements": list(parts)}]}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(value: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": value} | ({"style": style} if style else {})


def user(value: str) -> dict[str, Any]:
    return {"type": "user", "user_id": value}


def entries(*values: str, style: str = "bullet", **more: Any) -> dict[str, Any]:
    return {"type": "rich_text_list", "style": style, "elements": [section(text(value)) for value in values], **more}


def test_rich_text_is_read_without_its_styles() -> None:
    message = block(section(text("We open "), text("today", bold=True), text(" & <tomorrow>.\n\nMore.")))
    assert "We open today & <tomorrow>.\n\nMore." == decode_message(message)


def test_lists_keep_their_bullets_and_numbers_and_depth() -> None:
    message = block(
        section(text("Three things:\n")),
        entries("safety", "pay"),
        entries("drivers", indent=1),
        entries("first", "second", style="ordered", offset=2),
        section(text("Done.")),
    )
    assert "Three things:\n• safety\n• pay\n  • drivers\n3. first\n4. second\nDone." == decode_message(message)


def test_quotes_and_code_are_their_words_alone() -> None:
    message = block(
        {"type": "rich_text_quote", "elements": [text("Quoted.")]},
        {"type": "rich_text_preformatted", "elements": [text("As it\n  stands.")]},
    )
    assert "Quoted.\nAs it\n  stands." == decode_message(message)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"type": "link", "url": "https://alder.example/a"}, "https://alder.example/a"),
        ({"type": "link", "url": "http://alder.example", "text": "alder.example"}, "alder.example"),
        ({"type": "link", "url": "https://alder.example/", "text": "https://alder.example"}, "https://alder.example"),
        ({"type": "link", "url": "https://alder.example", "text": "our site"}, "our site (https://alder.example)"),
        ({"type": "link", "url": "mailto:a@alder.example", "text": "a@alder.example"}, "a@alder.example"),
        (user("U0LEADER01"), "@Dana Reyes"),
        (user("U0NOBODY01"), "@someone"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "@group"),
        ({"type": "channel", "channel_id": "C1"}, "#channel"),
        ({"type": "broadcast", "range": "here"}, "@here"),
        ({"type": "emoji", "name": "rocket", "unicode": "1f680"}, "🚀"),
        ({"type": "emoji", "name": "wave", "skin_tone": 2}, "👋🏻"),
        ({"type": "emoji", "name": "our-logo"}, ":our-logo:"),
        ({"type": "emoji", "name": "broken", "unicode": "not-hex"}, ":broken:"),
        ({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "1 January"}, "1 January"),
        ({"type": "color", "value": "#1F3A5F"}, "#1F3A5F"),
        ({"type": "something_new"}, ""),
    ],
)
def test_each_element_reads_as_a_network_would_show_it(element: dict[str, Any], expected: str) -> None:
    assert f"a {expected} b" == decode_message(block(section(text("a "), element, text(" b"))), NAMES)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("5 &lt; 6 &amp;amp; more", "5 < 6 &amp; more"),
        ("see <https://alder.example|alder.example>", "see alder.example"),
        ("see <https://alder.example?a=1&amp;b=2>", "see https://alder.example?a=1&b=2"),
        ("<@U0LEADER01> and <@U9|ann>", "@Dana Reyes and @ann"),
        ("<#C1|general> <#C2>", "#general #channel"),
        ("<!here> <!channel> <!subteam^S1|@comms> <!date^1^{date}|today>", "@here @channel @comms today"),
        (
            "on time :rocket: :flag-gb: :female-doctor: :+1::skin-tone-3: :slightly_smiling_face:",
            "on time 🚀 🇬🇧 👩‍⚕️ 👍🏼 🙂",
        ),
        (":our-logo: at 10:30:15", ":our-logo: at 10:30:15"),
    ],
)
def test_flat_text_is_turned_back_where_there_is_no_rich_text(raw: str, expected: str) -> None:
    assert expected == decode_message({"text": raw}, NAMES)


def test_rich_text_is_preferred_to_flat_text() -> None:
    assert "typed" == decode_message({"text": "flat", **block(section(text("typed")))})


@given(st.text(alphabet=st.characters(blacklist_characters="<>&:", blacklist_categories=["Cs"])))
def test_plain_words_survive_as_they_are(value: str) -> None:
    assert value.strip("\n") == decode_message(block(section(text(value))))
    assert value == decode_text(value)


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_blocks_of_any_shape_are_read_without_a_fault(value: Any) -> None:
    assert isinstance(decode_message({"text": "x", "blocks": [{"type": "rich_text", "elements": value}]}), str)


def test_files_are_counted_by_kind_and_images_by_description() -> None:
    files = [
        {"mimetype": "image/png", "alt_txt": "Two vans"},
        {"mimetype": "image/png", "alt_txt": " "},
        {"mimetype": "video/mp4"},
        {"mimetype": "application/pdf"},
        {},
    ]
    assert Attachments(images=2, videos=1, files=2, described=1) == attachments_of({"files": files})
    assert Attachments() == attachments_of({})


def test_people_are_found_in_blocks_and_in_flat_text() -> None:
    assert ("U0LEADER01",) == mentioned(block(section(text("for "), user("U0LEADER01"))))
    assert ("U0LEADER01", "U2") == mentioned({"text": "<@U0LEADER01> <@U2|bob> <@U2>"})


def marks(message: dict[str, Any]) -> Marks:
    return read_marks(decode_message(message, NAMES), message, playbook())


@pytest.mark.parametrize(
    ("typed", "platforms", "rest"),
    [
        ("LinkedIn: We open today.", ("linkedin",), "We open today."),
        ("linkedin, X: We open today.", ("linkedin", "x"), "We open today."),
        ("li : We open today.", ("linkedin",), "We open today."),
        ("X, X: We open today.", ("x",), "We open today."),
        ("LinkedIn, MySpace: We open.", (), "LinkedIn, MySpace: We open."),
        ("Our aim: on time.", (), "Our aim: on time."),
        ("We open today.\nLinkedIn: follow.", (), "We open today.\nLinkedIn: follow."),
        ("X://link", (), "X://link"),
    ],
)
def test_networks_at_the_start_are_a_mark(typed: str, platforms: tuple[str, ...], rest: str) -> None:
    found = marks({"text": typed})
    assert (platforms, rest) == (found.platforms, found.text)


def test_a_leader_is_named_by_mention_also_with_a_name_of_two_words() -> None:
    for message in (
        {"text": "for <@U0LEADER01>: We open with <@U0LEADER02> today."},
        block(section(text("for "), user("U0LEADER01"), text(": We open with "), user("U0LEADER02"), text(" today."))),
    ):
        expected = Marks("We open with @Tom today.", for_user="U0LEADER01")
        assert expected == marks(message)


@pytest.mark.parametrize(
    "typed",
    [
        "for <@U0LEADER01>, LinkedIn: draft: Go.",
        "LinkedIn: for <@U0LEADER01> draft: Go.",
        "draft: LinkedIn: for <@U0LEADER01> Go.",
    ],
)
def test_marks_stand_in_any_order(typed: str) -> None:
    assert Marks("Go.", ("linkedin",), "U0LEADER01", True) == marks({"text": typed})


def test_a_mark_of_the_decoder_itself_can_not_be_typed() -> None:
    typed = "for @\ue000U0LEADER01\ue001 We open today."
    assert Marks("for @\ufffdU0LEADER01\ue001 We open today.") == marks({"text": typed})


def test_many_mentions_are_read_in_no_time() -> None:
    typed = "for <@U0LEADER01> " + "<@U0LEADER02> " * 400 + "end"
    assert Marks("@Tom " * 400 + "end", for_user="U0LEADER01") == marks({"text": typed})


def test_a_message_that_begins_with_a_mention_says_whose() -> None:
    assert "U0LEADER01" == marks({"text": "<@U0LEADER01> did you see this one today?"}).first_mention
    assert marks({"text": "Did you see <@U0LEADER01>?"}).first_mention is None


@pytest.mark.parametrize("typed", ["// not for you", " //LinkedIn: hm", ":shushing_face: psst", "🤫 psst"])
def test_a_private_message_is_not_read_further(typed: str) -> None:
    assert Marks("", private=True) == marks({"text": typed})


def test_the_text_of_a_command_has_marks_too() -> None:
    assert Marks("We open.", ("linkedin",)) == read_marks(
        "LinkedIn: We open.", {"text": "LinkedIn: We open."}, playbook()
    )
    assert Marks("We open.", ("linkedin",)) == read_marks("LinkedIn: We open.", {}, playbook())


@pytest.mark.parametrize(
    "talk",
    [
        "Thanks!",
        "thank you very much",
        "OK, will do. Thanks a lot!",
        "Good morning everyone",
        "yes",
        "",
        "On my way now"[:9],
    ],
)
def test_talk_is_told_from_drafts(talk: str) -> None:
    assert is_small_talk(talk, playbook())


@pytest.mark.parametrize(
    "draft",
    ["Thanks to all our drivers", "We open in Leeds", "本日新しい拠点を開設しました", "Yes, we will open in Leeds"],
)
def test_a_short_draft_is_not_talk(draft: str) -> None:
    assert not is_small_talk(draft, playbook())

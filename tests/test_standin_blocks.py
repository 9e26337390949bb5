"""The validator of Block Kit: every limit of the table at its value and one over, surfaces, and what the SDK lets through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.blocks import check_blocks, check_view, text_length

Make = Callable[[int], dict[str, Any]]


def plain(length: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": "x" * length}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(4)} | more


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def held(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "label": plain(5), "element": element}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(5)} | more


def option(**more: Any) -> dict[str, Any]:
    return {"text": plain(3), "value": "v"} | more


def options(count: int) -> list[dict[str, Any]]:
    return [option(value=f"v{number}") for number in range(count)]


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "pick", "options": options(2)} | more


def confirm(**more: Any) -> dict[str, Any]:
    return {"title": plain(5), "text": mrkdwn(5), "confirm": plain(3), "deny": plain(2)} | more


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://alder.example/i.png", "alt_text": "Snow"} | more


def address(length: int) -> str:
    return "https://alder.example/".ljust(length, "x")


def text_input(**more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": "field"} | more


LIMITS: dict[str, tuple[Make, int]] = {
    "section text": (lambda n: section(text=mrkdwn(n)), 3000),
    "section field": (lambda n: section(fields=[mrkdwn(n)]), 2000),
    "section fields": (lambda n: section(fields=[mrkdwn(1)] * n), 10),
    "header": (lambda n: {"type": "header", "text": plain(n)}, 150),
    "context elements": (lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}, 10),
    "context text": (lambda n: {"type": "context", "elements": [mrkdwn(n)]}, 3000),
    "actions elements": (lambda n: actions(*[button()] * n), 25),
    "button text": (lambda n: actions(button(text=plain(n))), 75),
    "button value": (lambda n: actions(button(value="x" * n)), 2000),
    "button url": (lambda n: actions(button(url=address(n))), 3000),
    "action id": (lambda n: actions(button(action_id="x" * n)), 255),
    "block id": (lambda n: section(block_id="x" * n), 255),
    "confirm title": (lambda n: actions(button(confirm=confirm(title=plain(n)))), 100),
    "confirm text": (lambda n: actions(button(confirm=confirm(text=mrkdwn(n)))), 300),
    "confirm button": (lambda n: actions(button(confirm=confirm(confirm=plain(n)))), 30),
    "deny button": (lambda n: actions(button(confirm=confirm(deny=plain(n)))), 30),
    "overflow options": (lambda n: actions({"type": "overflow", "options": options(n)}), 5),
    "option text": (lambda n: actions(select(options=[option(text=plain(n))])), 75),
    "option value": (lambda n: actions(select(options=[option(value="x" * n)])), 150),
    "option description": (lambda n: actions(select(options=[option(description=plain(n))])), 75),
    "select options": (lambda n: actions(select(options=options(n))), 100),
    "placeholder": (lambda n: actions(select(placeholder=plain(n))), 150),
    "radio options": (lambda n: held({"type": "radio_buttons", "action_id": "a", "options": options(n)}), 10),
    "checkbox options": (lambda n: held({"type": "checkboxes", "action_id": "a", "options": options(n)}), 10),
    "input label": (lambda n: held(text_input()) | {"label": plain(n)}, 2000),
    "input hint": (lambda n: held(text_input()) | {"hint": plain(n)}, 2000),
    "input max_length": (lambda n: held(text_input(max_length=n)), 3000),
    "image alt text": (lambda n: image(alt_text="x" * n), 2000),
    "image url": (lambda n: image(image_url=address(n)), 3000),
    "markdown": (lambda n: {"type": "markdown", "text": "x" * n}, 12_000),
    "context actions": (
        lambda n: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain(3)}] * n,
        },
        5,
    ),
    "visible to": (lambda n: actions(button(visible_to_user_ids=["U0LEADER01"] * n)), 10),
    "table rows": (lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}, 100),
    "table columns": (lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}, 20),
    "card body": (lambda n: {"type": "card", "body": mrkdwn(n)}, 200),
    "container children": (lambda n: {"type": "container", "child_blocks": [{"type": "divider"}] * n}, 10),
    "video title": (
        lambda n: {
            "type": "video",
            "title": plain(n),
            "alt_text": "x",
            "video_url": address(30),
            "thumbnail_url": address(30),
        },
        200,
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_holds_at_its_value_and_not_one_over(name: str) -> None:
    make, most = LIMITS[name]
    assert [] == check_blocks([make(most)])
    faults = check_blocks([make(most + 1)])
    assert any(fault.pointer.startswith("/blocks/0") for fault in faults)


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_holds_so_many_blocks(surface: str, most: int) -> None:
    assert [] == check_blocks([{"type": "divider"}] * most, surface)
    assert ["no more than"] == [f.message[:12] for f in check_blocks([{"type": "divider"}] * (most + 1), surface)]


VIEW: dict[str, Any] = {"type": "modal", "title": plain(24), "blocks": [{"type": "divider"}]}


@pytest.mark.parametrize(
    ("name", "make", "most"),
    [
        ("title", plain, 24),
        ("submit", plain, 24),
        ("close", plain, 24),
        ("private_metadata", "x".__mul__, 3000),
        ("callback_id", "x".__mul__, 255),
        ("external_id", "x".__mul__, 255),
    ],
)
def test_each_limit_of_a_view_holds(name: str, make: Callable[[int], Any], most: int) -> None:
    assert [] == check_view(VIEW | {name: make(most)})
    assert [f"/view/{name}"] == [
        fault.pointer.removesuffix("/text") for fault in check_view(VIEW | {name: make(most + 1)})
    ]


def test_a_form_with_an_input_needs_a_submit_button() -> None:
    view = VIEW | {"blocks": [held(text_input())]}
    assert ["/view"] == [fault.pointer for fault in check_view(view)]
    assert [] == check_view(view | {"submit": plain(4)})


def test_a_home_has_no_title() -> None:
    assert [] == check_view({"type": "home", "blocks": [{"type": "divider"}]})
    assert [] != check_view({"type": "home", "blocks": [{"type": "divider"}], "title": plain(4)})


@pytest.mark.parametrize(
    ("block", "surfaces"),
    [
        ({"type": "markdown", "text": "x"}, {"message"}),
        ({"type": "alert", "text": plain(200), "level": "info"}, {"modal"}),
        (
            {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain(1)}]},
            {"message"},
        ),
        ({"type": "container", "child_blocks": [{"type": "divider"}]}, {"message", "home"}),
        ({"type": "section", "text": mrkdwn(1)}, {"message", "modal", "home"}),
    ],
)
def test_a_block_stands_only_where_slack_allows_it(block: dict[str, Any], surfaces: set[str]) -> None:
    assert surfaces == {name for name in ("message", "modal", "home") if not check_blocks([block], name)}


@pytest.mark.parametrize(
    ("blocks", "line"),
    [
        ([section(text=mrkdwn(3001))], "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        ([section(text=mrkdwn(0))], "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ([{"type": "header"}], "[ERROR] missing required field: text [json-pointer:/blocks/0]"),
        ([{"type": "heading"}], "[ERROR] unsupported type: heading [json-pointer:/blocks/0/type]"),
        ([section(colour="red")], "[ERROR] invalid additional property: colour [json-pointer:/blocks/0]"),
        ([{"type": "section"}], "[ERROR] missing required field: text or fields [json-pointer:/blocks/0]"),
        ([None], "[ERROR] must provide an object [json-pointer:/blocks/0]"),
        ([actions(mrkdwn(1))], "[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/type]"),
        ([actions(button(url="javascript:x"))], "[ERROR] must be a valid URL [json-pointer:/blocks/0/elements/0/url]"),
        ([{"type": "header", "text": mrkdwn(1)}], "[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
        (
            [actions(button(action_id="a"), button(action_id="a"))],
            "[ERROR] action_id must be unique: a [json-pointer:/blocks/0/elements]",
        ),
        ([section(block_id="b"), section(block_id="b")], "[ERROR] block_id must be unique: b [json-pointer:/blocks]"),
        (
            [actions(select(initial_option=option(value="none")))],
            "[ERROR] initial options must be among the options [json-pointer:/blocks/0/elements/0]",
        ),
        ([{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]}],
         "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]"),
    ],
)  # fmt: skip
def test_a_fault_is_worded_and_placed_as_slack_does(blocks: list[Any], line: str) -> None:
    assert line in [str(fault) for fault in check_blocks(blocks)]


def test_markdown_and_tables_are_limited_together() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    assert [] == check_blocks([half, half])
    assert [] != check_blocks([half, half, {"type": "markdown", "text": "x"}])
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert [] == check_blocks([table])
    assert [] != check_blocks([table, table])


def test_the_length_of_a_message_counts_every_text() -> None:
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "12345"}]}
    blocks = [
        section(text=mrkdwn(10), fields=[mrkdwn(5)]),
        {"type": "rich_text", "elements": [quote]},
        actions(button()),
    ]
    assert 10 + 5 + 5 + 4 == text_length(blocks)

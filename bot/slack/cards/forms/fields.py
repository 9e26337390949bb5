"""Builders of forms and their fields. Each field's block id and action id are its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.playbook import Replies
from bot.slack.rich import Block, Element, clip, option, plain

View = dict[str, Any]

TITLE_LIMIT = 24
INPUT_LIMIT = 3_000
"""Characters that a form's text field takes."""
MOST_BLOCKS = 100


def modal(name: str, title: str, blocks: list[Block], replies: Replies, *, ids: str = "", submit: str = "") -> View:
    """A form. Without `submit` there is nothing to send, and it can only be closed."""
    view: View = {
        "type": "modal",
        "callback_id": name,
        "title": plain(clip(title, TITLE_LIMIT)),
        "close": plain(replies.say("form.cancel") if submit else replies.say("form.close")),
        "blocks": blocks[:MOST_BLOCKS],
    }
    if ids:
        view["private_metadata"] = ids
    if submit:
        view["submit"] = plain(clip(submit, TITLE_LIMIT))
    return view


def field(name: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    """One field with its label."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name} | element,
        "optional": optional,
    }
    return block | ({"hint": plain(hint)} if hint else {})


def typed(*, initial: str = "", most: int = INPUT_LIMIT, least: int = 0, lines: bool = False) -> Element:
    """A text field. `initial` must fit."""
    element: Element = {"type": "plain_text_input", "multiline": lines, "max_length": most}
    if least:
        element["min_length"] = least
    if initial:
        element["initial_value"] = initial
    return element


def one_of(options: Sequence[Element], initial: str = "") -> Element:
    """A choice of one from a list."""
    return _initial({"type": "static_select", "options": list(options)}, options, initial)


def radio(options: Sequence[Element], initial: str = "") -> Element:
    """A choice of one, all of them in sight: at most ten."""
    return _initial({"type": "radio_buttons", "options": list(options)}, options, initial)


def several_of(options: Sequence[Element], chosen: Sequence[str] = ()) -> Element:
    """A choice of several from a list."""
    element: Element = {"type": "multi_static_select", "options": list(options)}
    picked = [one for one in options if one["value"] in chosen]
    return element | ({"initial_options": picked} if picked else {})


def choices_of(keys: Mapping[str, str], replies: Replies) -> list[Element]:
    """Choices by value, in the words at each one's key."""
    return [option(replies.say(key), value) for value, key in keys.items()]


def tick(box: Element) -> Element:
    """A single box to tick, off at first."""
    return {"type": "checkboxes", "options": [box]}


def person(initial: str = "") -> Element:
    """A person of the workspace."""
    return {"type": "users_select"} | ({"initial_user": initial} if initial else {})


def time_of(initial: datetime | None = None) -> Element:
    """A day and time, shown in the reader's own zone."""
    element: Element = {"type": "datetimepicker"}
    return element | ({"initial_date_time": int(initial.timestamp())} if initial else {})


def _initial(element: Element, options: Sequence[Element], initial: str) -> Element:
    found = next((one for one in options if one["value"] == initial), None)
    return element | ({"initial_option": found} if found else {})

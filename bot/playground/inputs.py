"""What a person can act on inside blocks: its names, and what stands in its inputs before anybody typed."""

from __future__ import annotations

from copy import deepcopy

from bot.playground.wire import Json
from bot.playground.workspace import Workspace


def named_blocks(blocks: list[Json], workspace: Workspace) -> list[Json]:
    """The blocks as Slack keeps them: each with a `block_id`, each element with an `action_id`."""
    named = deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", workspace.new_id("b")[:5])
        for element in elements(block):
            if element.get("type") not in ("image", "mrkdwn", "plain_text"):
                element.setdefault("action_id", workspace.new_id("a")[:5])
    return named


def elements(block: Json) -> list[Json]:
    """The elements of a block that a person can act on."""
    if block.get("type") in ("actions", "context_actions"):
        return [each for each in block["elements"] if isinstance(each, dict)]
    return [block[place] for place in ("accessory", "element") if isinstance(block.get(place), dict)]


_INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_date_time": "selected_date_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_conversations": "selected_conversations",
    "initial_channel": "selected_channel",
    "initial_channels": "selected_channels",
}
_VALUE_KEYS = {
    "checkboxes": "selected_options",
    "radio_buttons": "selected_option",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}


def value_key(kind: str) -> str | None:
    """The key under which a kind of element keeps its value in `state.values`; None for one without."""
    if kind.endswith("_select"):
        many, base = kind.startswith("multi_"), kind.removeprefix("multi_").removesuffix("_select")
        name = "option" if base in ("static", "external") else base.removesuffix("s")
        return f"selected_{name}s" if many else f"selected_{name}"
    return "value" if kind.endswith("_input") and kind not in _VALUE_KEYS else _VALUE_KEYS.get(kind)


def initial_values(blocks: list[Json]) -> Json:
    """`state.values` before anybody typed."""
    values: Json = {}
    for block in blocks:
        for element in elements(block):
            key = value_key(element["type"])
            if key is None:
                continue
            first = next((element[name] for name, under in _INITIAL.items() if under == key and name in element), None)
            empty: Json | list[Json] | None = [] if key in ("selected_options", "files") or key.endswith("s") else None
            values.setdefault(block["block_id"], {})[element["action_id"]] = {
                "type": element["type"],
                key: deepcopy(first) if first is not None else empty,
            }
    return values

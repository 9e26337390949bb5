"""A `rich_text` block of a message as the text that a network would show: no mark-up, but lists, quotes and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.slack.codes import SOMEONE, link_text
from bot.slack.emoji import character

Names = Mapping[str, str]

_INDENT = "  "

_NAMED = {
    "user": ("@", "user_id", SOMEONE),
    "usergroup": ("@", "usergroup_id", "group"),
    "channel": ("#", "channel_id", "channel"),
}
_SHOWN = {"text": "text", "date": "fallback", "color": "value"}
"""Which key of an element holds what a reader sees."""


def read_rich_text(block: Mapping[str, Any], names: Names) -> str:
    """The text of one block. `names` are display names by Slack id."""
    text = ""
    for part in _dicts(block.get("elements")):
        piece = _list(part, names) if part.get("type") == "rich_text_list" else _line(part, names)
        # Parts stand on lines of their own, whether or not the one before says so.
        text += ("\n" if text and not text.endswith("\n") else "") + piece
    return text


def people_in(blocks: Iterable[Any]) -> list[str]:
    """Ids of the people whom rich text mentions, in their order."""
    found: list[str] = []
    for block in _dicts(blocks):
        if block.get("type") == "user":
            found.append(str(block.get("user_id") or ""))
        found += people_in(block.get("elements") or ())
    return [user for user in found if user]


def _list(part: Mapping[str, Any], names: Names) -> str:
    indent = _INDENT * int(part.get("indent") or 0)
    start = int(part.get("offset") or 0) + 1
    ordered = part.get("style") == "ordered"
    return "\n".join(
        f"{indent}{f'{number}.' if ordered else '•'} {_line(entry, names).strip()}"
        for number, entry in enumerate(_dicts(part.get("elements")), start)
    )


def _line(part: Mapping[str, Any], names: Names) -> str:
    return "".join(_element(element, names) for element in _dicts(part.get("elements")))


def _element(element: Mapping[str, Any], names: Names) -> str:
    def value(key: str) -> str:
        return str(element.get(key) or "")

    kind = value("type")
    if kind == "link":
        return link_text(value("url"), value("text"))
    if kind == "emoji":
        found = character(value("name"), int(element.get("skin_tone") or 0), value("unicode"))
        return found or f":{value('name')}:"
    if kind in _NAMED:
        sign, key, unknown = _NAMED[kind]
        return sign + (names.get(value(key)) or unknown)
    return "@" + value("range") if kind == "broadcast" else value(_SHOWN.get(kind, ""))


def _dicts(value: object) -> Sequence[Mapping[str, Any]]:
    """The objects of a list out of somebody's JSON; whatever else stands there is passed over."""
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, Sequence) else []

"""A card as text for a terminal: the same blocks in the same order, without any mark-up or colour."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from bot.slack.rich import Card

_INDENT = "    "
_BOLD = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)")


def print_card(card: Card) -> str:
    """The card's blocks, one below the other. Ends without a line break."""
    return "\n".join(line for block in card.blocks for line in _block(block))


def _block(block: dict[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield block["text"]["text"]
        case "section":
            yield "  ".join(part for part in (_text(block["text"]), _element(block.get("accessory"))) if part)
        case "context":
            yield "  ".join(_text(element) for element in block["elements"])
        case "actions":
            yield "  ".join(_element(element) for element in block["elements"])
        case "rich_text":
            for part in block["elements"]:
                yield from _rich(part)
        case _:
            return


def _rich(part: dict[str, Any]) -> Iterator[str]:
    match part["type"]:
        case "rich_text_preformatted":
            yield from (_INDENT + line if line else "" for line in _line(part).split("\n"))
        case "rich_text_quote":
            yield from (f"{_INDENT}> {line}" for line in _line(part).split("\n"))
        case "rich_text_list":
            for entry in part["elements"]:
                yield f"- {_line(entry)}"
        case _:
            yield _line(part)


def _line(part: dict[str, Any]) -> str:
    return "".join(_inline(element) for element in part["elements"])


def _inline(element: dict[str, Any]) -> str:
    match element["type"]:
        case "user":
            return f"@{element['user_id']}"
        case "usergroup":
            return f"@{element['usergroup_id']}"
        case "link":
            return f"{element['text']} ({element['url']})"
        case _:
            return str(element["text"])


def _text(text: dict[str, Any]) -> str:
    shown = str(text["text"])
    return html.unescape(_BOLD.sub(r"\1", shown)) if text["type"] == "mrkdwn" else shown


def _element(element: dict[str, Any] | None) -> str:
    if element is None:
        return ""
    if element["type"] == "overflow":
        return "[⋯] " + " · ".join(option["text"]["text"] for option in element["options"])
    return f"[ {element['text']['text']} ]"

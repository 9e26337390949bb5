"""Builders of Slack's blocks. Small, pure, and the only place that writes Block Kit's JSON.

What people or a model wrote may stand in plain text and in `rich_text` text and preformatted elements, where Slack
reads no mention, link or mark-up. `section` and `header` take sentences of the playbook; `section` reads Slack's
mark-up, so values that are put into its sentence go through `escape` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]

HEADER_LIMIT = 150
SECTION_LIMIT = 2_900
"""Characters of a section after escaping; Slack's own limit is 3,000 (product section 2)."""
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
CONTEXT_LIMIT = 2_000
PIECE = 3_000
"""Characters of one preformatted block, so that a long text stands in several."""


@dataclass(frozen=True)
class Card:
    """A message as it goes to Slack. `text` is the notification, and what screen readers read."""

    text: str
    blocks: list[Block]


def escape(text: object) -> str:
    """Make a value inert in Slack's mark-up: no mention, channel, date or labelled link survives."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> Element:
    """A text object that Slack shows as it is."""
    return {"type": "plain_text", "text": text, "emoji": False}


def clip(text: str, limit: int) -> str:
    """The text, or its beginning with `…`. For labels and quotes; a whole draft is never clipped."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def header(text: str) -> Block:
    """The headline of a card."""
    return {"type": "header", "text": plain(clip(text, HEADER_LIMIT))}


def section(text: str, accessory: Element | None = None, block_id: str = "") -> Block:
    """A sentence of the playbook in Slack's mark-up, its values escaped by the caller, with one element beside it."""
    return _section({"type": "mrkdwn", "text": text, "verbatim": True}, accessory, block_id)


def note(text: str, accessory: Element | None = None, block_id: str = "") -> Block:
    """A sentence that is shown as it is, with one element beside it."""
    return _section(plain(clip(text, SECTION_LIMIT)), accessory, block_id)


def context(text: str) -> Block:
    """A small line, shown as it is."""
    return {"type": "context", "elements": [plain(clip(text, CONTEXT_LIMIT))]}


def actions(elements: Sequence[Element], block_id: str = "") -> Block:
    """A row of buttons. Action ids must differ within it."""
    block: Block = {"type": "actions", "elements": list(elements)}
    return block | ({"block_id": block_id} if block_id else {})


def button(action_id: str, label: str, value: str = "", *, primary: bool = False, url: str = "") -> Element:
    """A button. `value` holds opaque ids only: whoever sees the message can read it."""
    element: Element = {"type": "button", "action_id": action_id, "text": plain(clip(label, BUTTON_LIMIT))}
    if value:
        element["value"] = value
    if url:
        element["url"] = url
    if primary:
        element["style"] = "primary"
    return element


def option(label: str, value: str) -> Element:
    """One entry of a menu or a choice."""
    return {"text": plain(clip(label, OPTION_LIMIT)), "value": value}


def overflow(action_id: str, options: Iterable[Element]) -> Element:
    """The menu behind `⋯`: one to five entries."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def words(text: str, *, bold: bool = False) -> Element:
    """Inert text within a rich text line."""
    element: Element = {"type": "text", "text": text}
    return element | ({"style": {"bold": True}} if bold else {})


def mention(user: str) -> Element:
    """A mention that notifies: only ever of a person, or a user group, that the code chose."""
    return {"type": "usergroup", "usergroup_id": user} if is_group(user) else {"type": "user", "user_id": user}


def is_group(who: str) -> bool:
    """Whether a Slack id is that of a user group; people's begin with U or W."""
    return who.startswith("S")


def link(url: str, label: str) -> Element:
    """A live link to a place that the code chose, never one out of a text."""
    return {"type": "link", "url": url, "text": label}


def line(*elements: Element) -> Element:
    """One line of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(text: str) -> Element:
    """Words of a draft, set off as a quotation."""
    return {"type": "rich_text_quote", "elements": [words(text)]}


def bullets(lines: Iterable[Element]) -> Element:
    """A list of `line`s."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def rich_text(*parts: Element, block_id: str = "") -> Block:
    """A block that holds what people or a model wrote."""
    block: Block = {"type": "rich_text", "elements": list(parts)}
    return block | ({"block_id": block_id} if block_id else {})


def paragraph(text: str) -> Block:
    """A rich text block of one line."""
    return rich_text(line(words(text)))


def preformatted(text: str) -> list[Block]:
    """A whole text to copy: as many blocks as it needs, and nothing cut. Empty for an empty text."""
    return [
        rich_text({"type": "rich_text_preformatted", "elements": [words(piece)]})
        for piece in pieces(text, PIECE)
        if piece.strip()
    ]


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` characters, parted at line breaks or spaces where there are any."""
    parts = []
    while len(text) > limit:
        cut = max(text.rfind("\n", 1, limit), 0) or max(text.rfind(" ", 1, limit), 0) or limit
        parts.append(text[:cut])
        text = text[cut:].removeprefix("\n") if text[cut : cut + 1] == "\n" else text[cut:]
    return [*parts, text]


def _section(text: Element, accessory: Element | None, block_id: str) -> Block:
    block: Block = {"type": "section", "text": text}
    if block_id:
        block["block_id"] = block_id
    if accessory:
        block["accessory"] = accessory
    return block

"""What a bot wants to say, checked as Slack checks it: text, blocks, attachments and metadata of one message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.playground.arguments import decoded, flag
from bot.playground.blocks import check_blocks, text_length
from bot.playground.formatting import bot_text
from bot.playground.inputs import named_blocks
from bot.playground.limits import ATTACHMENTS, MARKDOWN_CHARACTERS, MESSAGE_CHARACTERS, METADATA_BYTES
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import Workspace


@dataclass(frozen=True)
class Content:
    """Text and blocks as Slack keeps them. `metadata` is None where it was left out, {} where it is to go."""

    text: str
    blocks: list[Json]
    attachments: list[Json]
    metadata: Json | None
    has_blocks: bool
    has_text: bool


def read_content(arguments: Json, workspace: Workspace, *, parse: str = "none") -> Content:
    """The content of a call; `parse` is the method's default. Raises `ApiError` with Slack's code."""
    blocks = decoded(arguments, "blocks", "invalid_blocks_format")
    attachments = decoded(arguments, "attachments", "invalid_attachments")
    text = _text(arguments)
    if blocks:
        refuse_blocks(blocks)
    if attachments and len(attachments) > ATTACHMENTS:
        raise ApiError("too_many_attachments")
    if not (text.strip() or blocks or attachments):
        raise ApiError("no_text")
    names = flag(arguments, "link_names") or (arguments.get("parse") or parse) in ("full", "client")
    return Content(
        text=bot_text(text, workspace, link_names=names),
        blocks=stored_blocks(blocks or [], workspace),
        attachments=attachments or [],
        metadata=_metadata(decoded(arguments, "metadata", "invalid_metadata_format")),
        has_blocks=blocks is not None,
        has_text="text" in arguments or "markdown_text" in arguments,
    )


def refuse_blocks(blocks: object) -> None:
    """Raise `ApiError` for blocks that a message can't hold."""
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    if faults := check_blocks(blocks):
        raise ApiError(
            "invalid_blocks",
            errors=[str(each) for each in faults],
            response_metadata={"messages": [str(each) for each in faults]},
        )
    if text_length(blocks) > MESSAGE_CHARACTERS:
        raise ApiError("msg_blocks_too_long")


def stored_blocks(blocks: list[Json], workspace: Workspace) -> list[Json]:
    """Blocks as Slack gives them back: ids added, defaults written out, bare links in mrkdwn bracketed."""
    return [_stored(block, workspace) for block in named_blocks(blocks, workspace)]


def _stored(value: Any, workspace: Workspace) -> Any:
    if isinstance(value, list):
        return [_stored(each, workspace) for each in value]
    if not isinstance(value, dict) or str(value.get("type", "")).startswith("rich_text"):
        return value
    shape = {key: _stored(inner, workspace) for key, inner in value.items()}
    if value.get("type") == "mrkdwn":
        shape.setdefault("verbatim", False)
        if not shape["verbatim"]:
            shape["text"] = bot_text(shape["text"], workspace, link_names=False)
    if value.get("type") == "plain_text":
        shape.setdefault("emoji", True)
    return shape


def _text(arguments: Json) -> str:
    if "markdown_text" not in arguments:
        return str(arguments.get("text") or "")
    if arguments.get("text") or arguments.get("blocks"):
        raise ApiError("markdown_text_conflict")
    if len(arguments["markdown_text"]) > MARKDOWN_CHARACTERS:
        raise ApiError("msg_too_long")
    return str(arguments["markdown_text"])


def _metadata(value: object) -> Json | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ApiError("invalid_metadata_format")
    if value and not (isinstance(value.get("event_type"), str) and isinstance(value.get("event_payload"), dict)):
        raise ApiError("invalid_metadata_schema")
    if len(json.dumps(value).encode()) > METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return value

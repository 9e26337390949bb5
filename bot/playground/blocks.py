"""The one validator of Block Kit JSON: plain dicts in, Slack's complaints out. Pure.

It reads the table in `limits.py`, `block_limits.py` and `element_limits.py`, knows which block may stand on which
surface, and names each fault by a JSON pointer, as Slack does in `response_metadata.messages`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.playground.block_limits import BLOCK_ID, BLOCKS, VIEWS
from bot.playground.element_limits import ELEMENTS, PARTS, RICH
from bot.playground.limits import (
    MARKDOWN_CHARACTERS,
    MESSAGE_BLOCKS,
    VIEW_BLOCKS,
    Anything,
    Flag,
    Kind,
    Many,
    Number,
    One,
    Part,
    Shape,
    String,
    Text,
)
from bot.playground.wire import Json

_PATTERNS = {"date": re.compile(r"\d{4}-\d{2}-\d{2}"), "time": re.compile(r"\d{2}:\d{2}")}


@dataclass(frozen=True)
class BlockFault:
    """One complaint; `str()` is the line that Slack sends."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


def check_blocks(blocks: object, surface: str = "message", root: str = "/blocks") -> list[BlockFault]:
    """Everything that Slack would refuse in `blocks` on a surface: `message`, `modal` or `home`."""
    if not isinstance(blocks, list):
        return [BlockFault("must be an array", root)]
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    faults = [BlockFault(f"no more than {most} items allowed", root)] if len(blocks) > most else []
    for number, block in enumerate(blocks):
        faults += _block(block, surface, f"{root}/{number}")
    faults += _repeated(blocks, "block_id", root)
    if surface == "message":
        faults += _together(blocks, root)
    return faults


def check_view(view: object) -> list[BlockFault]:
    """Everything that Slack would refuse in a modal or home view."""
    if not isinstance(view, dict):
        return [BlockFault("must provide an object", "/view")]
    kind = view.get("type")
    if kind not in VIEWS:
        return [BlockFault(f"unsupported type: {kind}", "/view/type")]
    faults = list(_shape(view, VIEWS[kind], "/view", {"blocks": Anything()}))
    blocks = view.get("blocks")
    if blocks is not None:
        faults += check_blocks(blocks, kind, "/view/blocks")
    if blocks == []:
        faults.append(BlockFault("no fewer than 1 items allowed", "/view/blocks"))
    has_input = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if kind == "modal" and has_input and not view.get("submit"):
        faults.append(BlockFault("missing required field: submit, since there is an input block", "/view"))
    return faults


def text_length(blocks: object) -> int:
    """Characters of all texts in the blocks: what `msg_blocks_too_long` counts."""
    if isinstance(blocks, list):
        return sum(text_length(each) for each in blocks)
    if not isinstance(blocks, dict):
        return 0
    own = blocks.get("text")
    inner = (value for key, value in blocks.items() if isinstance(value, dict | list) and key != "metadata")
    return (len(own) if isinstance(own, str) else 0) + sum(text_length(value) for value in inner)


def _block(block: object, surface: str, at: str) -> Iterator[BlockFault]:
    if not isinstance(block, dict):
        yield BlockFault("must provide an object", at)
        return
    shape = BLOCKS.get(str(block.get("type")))
    if shape is None:
        yield BlockFault(f"unsupported type: {block.get('type')}", f"{at}/type")
        return
    if surface not in shape.surfaces:
        yield BlockFault(f"unsupported type: {block['type']} is not available in a {surface}", f"{at}/type")
    yield from _shape(block, shape, at, BLOCK_ID)
    if isinstance(elements := block.get("elements"), list):
        yield from _repeated(elements, "action_id", f"{at}/elements")


def _shape(value: Json, shape: Shape, at: str, more: dict[str, Kind] | None = None) -> Iterator[BlockFault]:
    keys = shape.keys | (more or {})
    for name in shape.needs:
        if value.get(name) is None:
            yield BlockFault(f"missing required field: {name}", at)
    if shape.one_of and not any(value.get(name) for name in shape.one_of):
        yield BlockFault(f"missing required field: {' or '.join(shape.one_of)}", at)
    for name, inner in value.items():
        if name in keys:
            if inner is not None:
                yield from _kind(inner, keys[name], f"{at}/{name}")
        elif name != "type" and not shape.open:
            yield BlockFault(f"invalid additional property: {name}", at)
    yield from _initial(value, at)


def _kind(value: object, kind: Kind, at: str) -> Iterator[BlockFault]:
    match kind:
        case Text():
            yield from _text(value, kind, at)
        case String():
            yield from _string(value, kind, at)
        case Number() | Flag():
            yield from _plain(value, kind, at)
        case Many():
            yield from _many(value, kind, at)
        case One():
            yield from _one(value, kind.among, at)
        case Part():
            if isinstance(value, dict):
                yield from _shape(value, PARTS[kind.name], at)
            else:
                yield BlockFault("must provide an object", at)
        case Anything():
            return


def _text(value: object, kind: Text, at: str) -> Iterator[BlockFault]:
    if not isinstance(value, dict):
        yield BlockFault("must provide an object", at)
        return
    types = ("plain_text",) if kind.plain else ("plain_text", "mrkdwn")
    if value.get("type") not in types:
        yield BlockFault(f"unsupported type: {value.get('type')}", f"{at}/type")
        return
    yield from _shape(
        value, Shape({"text": String(kind.most, least=kind.least)} | _flags(str(value["type"])), ("text",)), at
    )


def _flags(kind: str) -> dict[str, Kind]:
    return {"emoji": Flag()} if kind == "plain_text" else {"verbatim": Flag()}


def _string(value: object, kind: String, at: str) -> Iterator[BlockFault]:
    if not isinstance(value, str):
        yield BlockFault("must provide a string", at)
    elif len(value) > kind.most:
        yield BlockFault(f"must be less than {kind.most + 1} characters", at)
    elif len(value) < kind.least:
        yield BlockFault(f"must be more than {kind.least - 1} characters", at)
    elif kind.url and not re.match(r"https?://[^\s]+$", value):
        yield BlockFault("must be a valid URL", at)
    elif kind.among and value not in kind.among:
        yield BlockFault(f"must be a valid enum value: {', '.join(kind.among)}", at)
    elif kind.pattern and not _PATTERNS[kind.pattern].fullmatch(value):
        yield BlockFault(f"must be a valid {kind.pattern}", at)


def _plain(value: object, kind: Number | Flag, at: str) -> Iterator[BlockFault]:
    if isinstance(kind, Flag):
        if not isinstance(value, bool):
            yield BlockFault("must provide a boolean", at)
    elif not isinstance(value, int) or isinstance(value, bool):
        yield BlockFault("must provide a number", at)
    elif not kind.least <= value <= kind.most:
        yield BlockFault(f"must be between {kind.least} and {kind.most}", at)


def _many(value: object, kind: Many, at: str) -> Iterator[BlockFault]:
    if not isinstance(value, list):
        yield BlockFault("must be an array", at)
        return
    if len(value) > kind.most:
        yield BlockFault(f"no more than {kind.most} items allowed", at)
    if len(value) < kind.least:
        yield BlockFault(f"no fewer than {kind.least} items allowed", at)
    for number, each in enumerate(value):
        yield from _kind(each, kind.of, f"{at}/{number}")


def _one(value: object, among: tuple[str, ...], at: str) -> Iterator[BlockFault]:
    if not isinstance(value, dict):
        yield BlockFault("must provide an object", at)
        return
    name = value.get("type")
    if name not in among:
        yield BlockFault(f"unsupported type: {name}", f"{at}/type")
        return
    for table in (RICH if "text" in among or str(name).startswith("rich_text_") else ELEMENTS, ELEMENTS, BLOCKS):
        if name in table:
            yield from _shape(value, table[name], at, BLOCK_ID if table is BLOCKS else None)
            return


def _initial(value: Json, at: str) -> Iterator[BlockFault]:
    """An initial choice must be one of the choices."""
    groups = [group for group in value.get("option_groups") or () if isinstance(group, dict)]
    options = [*(value.get("options") or ()), *(option for group in groups for option in group.get("options") or ())]
    chosen = value.get("initial_options") or ([value["initial_option"]] if value.get("initial_option") else [])
    if options and isinstance(chosen, list) and any(option not in options for option in chosen):
        yield BlockFault("initial options must be among the options", at)


def _repeated(objects: list[object], key: str, at: str) -> Iterator[BlockFault]:
    names = Counter(each[key] for each in objects if isinstance(each, dict) and isinstance(each.get(key), str))
    for name, times in names.items():
        if times > 1:
            yield BlockFault(f"{key} must be unique: {name}", at)


def _together(blocks: list[object], at: str) -> Iterator[BlockFault]:
    known = [block for block in blocks if isinstance(block, dict)]
    if sum(len(str(b.get("text", ""))) for b in known if b.get("type") == "markdown") > MARKDOWN_CHARACTERS:
        yield BlockFault(f"markdown blocks must be less than {MARKDOWN_CHARACTERS + 1} characters together", at)
    kinds = Counter(str(block.get("type")) for block in known)
    for kind, most in (("table", 1), ("data_visualization", 2)):
        if kinds[kind] > most:
            yield BlockFault(f"no more than {most} {kind} blocks allowed", at)

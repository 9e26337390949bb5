"""Slack's limits on Block Kit: figures of whole messages, and the words in which the table is written.

The table itself stands in `block_limits.py` and `element_limits.py`: what each block and element holds, how long it may
be, and on which surface it may stand.

Sources: Slack's Block Kit reference as read in October 2026, the checks of slack_sdk 3.47, and what that SDK lets
through although Slack refuses it (a field of 2,001 characters, two markdown blocks of 12,000). Lengths are characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_200
"""Text of all blocks of one message together, beyond which Slack answers `msg_blocks_too_long`."""
MARKDOWN_CHARACTERS = 12_000
"""All markdown blocks of one message together."""
POST_TEXT = 40_000
"""Longer `text` is cut by chat.postMessage."""
UPDATE_TEXT = 4_000
"""Longer `text` is refused by chat.update."""
ATTACHMENTS = 100
METADATA_BYTES = 16_000

MESSAGE = frozenset({"message"})
MODAL = frozenset({"modal"})
EVERYWHERE = frozenset({"message", "modal", "home"})


@dataclass(frozen=True)
class Text:
    """A text object; `plain` means that mrkdwn is refused."""

    most: int
    plain: bool = False
    least: int = 1


@dataclass(frozen=True)
class String:
    """A bare string. `url` must begin with https:// or http://; `pattern` names a fixed form."""

    most: int
    least: int = 0
    url: bool = False
    among: tuple[str, ...] = ()
    pattern: Literal["", "date", "time"] = ""


@dataclass(frozen=True)
class Number:
    """A whole number."""

    least: int
    most: int


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Many:
    """A list of `least` to `most` of one thing."""

    of: Kind
    most: int
    least: int = 1


@dataclass(frozen=True)
class One:
    """An object whose `type` is one of these."""

    among: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """An object without a type of its own: an option, a confirm dialog, …; a key of `PARTS`."""

    name: str


@dataclass(frozen=True)
class Anything:
    """Not looked into."""


Kind = Text | String | Number | Flag | Many | One | Part | Anything


@dataclass(frozen=True)
class Shape:
    """What one object holds. `one_of`: at least one of these keys; `open`: keys beyond the table are accepted."""

    keys: dict[str, Kind]
    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    surfaces: frozenset[str] = EVERYWHERE
    open: bool = False

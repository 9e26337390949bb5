"""The sentences that people read in Slack, by key: prompts/replies.toml.

Tables nest, keys join with dots: `[card.ready]` and `header = "…"` make `card.ready.header`. A text may hold
placeholders such as `{team}`; nothing else of Python's formatting is allowed, so that a text can reach no further than
the values that it is given. A list of texts is a closed list of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from bot.errors import PlaybookError

_NAME = re.compile(r"[a-z][a-z0-9_]*")

Entry = str | tuple[str, ...]


class Replies:
    """All replies. Raises `PlaybookError` for a key that is not there and for values that do not fit the text."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = dict(entries)
        self._names = {key: placeholders(text) for key, text in entries.items() if isinstance(text, str)}

    def say(self, key: str, /, **values: object) -> str:
        """The text at `key`, filled. Every placeholder needs its value, and no other value is taken."""
        names = self._names.get(key)
        if names is None:
            kind = "a list of words, not a text" if key in self._entries else "not in prompts/replies.toml"
            raise PlaybookError(f"The reply “{key}” is {kind}.")
        if names != values.keys():
            wrong = ", ".join(f"{{{name}}}" for name in sorted(names ^ values.keys()))
            raise PlaybookError(f"The reply “{key}” and the values for it do not agree on {wrong}.")
        return str(self._entries[key]).format_map({name: str(value) for name, value in values.items()})

    def words(self, key: str) -> tuple[str, ...]:
        """The closed list of words at `key`."""
        entry = self._entries.get(key)
        if not isinstance(entry, tuple):
            kind = "a text, not a list of words" if key in self._entries else "not in prompts/replies.toml"
            raise PlaybookError(f"The reply “{key}” is {kind}.")
        return entry

    def entry(self, key: str) -> Entry | None:
        """The text as it is written, or the list, at `key`; None where there is none."""
        return self._entries.get(key)

    def has(self, key: str) -> bool:
        """Whether there is a text or a list at `key`."""
        return key in self._entries

    def is_list(self, key: str) -> bool:
        """Whether a list of words stands at `key`."""
        return isinstance(self._entries.get(key), tuple)

    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the file."""
        return tuple(self._entries)

    def placeholders(self, key: str) -> frozenset[str]:
        """The names that the text at `key` needs; empty for lists and unknown keys."""
        return self._names.get(key, frozenset())


def placeholders(text: str) -> frozenset[str]:
    """Names of the placeholders in a text. Raises `ValueError` with a sentence for any other use of braces."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise ValueError(
            "a brace { or } stands alone. Write {name} for a placeholder, and {{ or }} for a brace"
        ) from None
    names = set()
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if form or conversion or not _NAME.fullmatch(name):
            written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            raise ValueError(f"the placeholder {{{written}}} may hold a plain name only, such as {{team}}")
        names.add(name)
    return frozenset(names)


def flatten(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Path and value of all that is no table, depth first."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flatten(value, (*above, key))
        else:
            yield (*above, key), value

"""What is wrong with a file in prompts/, said so that somebody who does not program can put it right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one file. `line` is 0 where the file as a whole is meant.

    `rule` names the rule that has to be left out for it. A fault that is not `fatal` does not stop the start; without
    a `rule` it is a warning.
    """

    file: str
    line: int
    message: str
    rule: str | None = None
    fatal: bool = True

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.message}"


_TWICE = "Keep one of the two."
_UNCLOSED = "a text is opened with a quotation mark and never closed. Close it."
_UNCLOSED_LONG = "a text is opened with three quotation marks and never closed. Close it with three."

_NO_NAME = "a name can't be read. A line reads: name = value. Put # before a remark."

_SYNTAX = (
    (
        "Illegal character '\\n'",
        "a text is not closed on its line. Close it, or put three quotation marks around a text of several lines.",
    ),
    ("Unterminated string", _UNCLOSED),
    ('Expected "\'"', _UNCLOSED),
    ("Expected \"'''\"", _UNCLOSED_LONG),
    ('Expected \'"""\'', _UNCLOSED_LONG),
    (
        "Unescaped '\\'",
        "there is a backslash in a text with double quotation marks. Put patterns between single quotation marks.",
    ),
    (
        "Expected '=' after a key",
        "an equals sign is missing. A line reads: name = value, and texts stand in quotation marks.",
    ),
    (
        "Unclosed array",
        'a list is not closed, or a comma is missing between two of its entries. A list reads: ["one", "two"].',
    ),
    ("Unclosed inline table", "a { is not closed, or a comma is missing between two of its entries."),
    (
        "Invalid value",
        "this value can't be read. Put texts in quotation marks; write true or false for yes or no.",
    ),
    (
        "Invalid initial character for a key part",
        _NO_NAME,
    ),
    ("Invalid statement", _NO_NAME),
    (
        "Expected newline or end of document",
        "something is left over after the value. Write one name = value on each line.",
    ),
    ("Cannot overwrite a value", f"this name stands twice. {_TWICE}"),
    ("Cannot declare", f"this heading in square brackets stands twice. {_TWICE}"),
    ("Duplicate inline table key", f"a name stands twice between {{ and }}. {_TWICE}"),
    ("Cannot mutate", f"this name has a value already. {_TWICE}"),
    ("Cannot redefine", f"this name has a value already. {_TWICE}"),
    ("Expected ']' at the end of a table", "a heading is not closed. Headings read [name] or [[name]]."),
    ("Expected ']]' at the end of an array", "a heading that opens with [[ must close with ]]."),
)

_PLACE = re.compile(r"\(at line (\d+), column \d+\)")

_KINDS = {
    "string_type": "must be a text in quotation marks: {key} = \"…\".",
    "int_type": "must be a whole number without quotation marks.",
    "int_parsing": "must be a whole number without quotation marks.",
    "int_from_float": "must be a whole number, without a decimal point.",
    "bool_type": "must be true or false, without quotation marks.",
    "bool_parsing": "must be true or false, without quotation marks.",
    "tuple_type": "must be a list in square brackets: {key} = [\"one\", \"two\"].",
    "dict_type": "must be a table: a heading in square brackets, with name = value lines under it.",
    "model_type": "must be a table: name = value pairs under a heading of their own, or between { and }.",
    "model_attributes_type": "must be a table: name = value pairs under a heading of their own, or between { and }.",
    "greater_than": "must be more than 0.",
    "greater_than_equal": "is too small.",
    "less_than_equal": "is too large.",
}  # fmt: skip


def syntax_fault(shown: str, error: str, last_line: int, offset: int = 0) -> Fault:
    """The fault for a text that TOML can't read.

    `error` is tomllib's message; at the end of the text it names no line, and `last_line` is taken.
    """
    place = _PLACE.search(error)
    line = (int(place.group(1)) if place else last_line) + offset
    for begin, sentence in _SYNTAX:
        if error.startswith(begin):
            return Fault(shown, line, sentence)
    return Fault(shown, line, f"this line can't be read: {_PLACE.sub('', error).strip()}.")


def sentence_for(details: list[ErrorDetails], thing: str, keys: tuple[str, ...], table: Mapping[str, Any]) -> str:
    """What pydantic's errors at one place mean, for `thing` (the rule “Results”).

    There are several where a value may be of several kinds. `keys` may stand at the place, and `table` does.
    """
    error = details[0]
    kind = error["type"]
    key = next((part for part in reversed(error["loc"]) if isinstance(part, str) and "[" not in part), "")
    if kind == "missing":
        slips = get_close_matches(key, [str(written) for written in table], n=1)
        hint = f" “{slips[0]}” may be a slip of the pen for it." if slips and slips[0] not in keys else ""
        return f"{thing} has no “{key}”. Add a line that begins {key} =.{hint}"
    if kind == "extra_forbidden":
        return f"{thing} has a line “{key}”, which nothing reads. {_meant(key, keys)}"
    if kind in ("enum", "literal_error"):
        return f"{thing} says {key} “{_short(error['input'])}”. Use {_choices(details)}."
    if kind.startswith(("date", "time", "a_date")):
        example = "2027-01-31T09:00:00+00:00" if key in ("starts", "ends") else "2027-01-31"
        return f"{thing}: “{key}” must be a date such as {example}, without quotation marks."
    if kind in _KINDS:
        return f"{thing}: “{key}” " + _KINDS[kind].replace("{key}", key)
    return f"{thing}: “{key}” can't be used: {error['msg']}."


def known_or_meant(name: str, known: tuple[str, ...]) -> str:
    """Advice for a name that is not known: the nearest known one, or all of them where they are few."""
    near = get_close_matches(name, known, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    if known and len(known) <= 12:
        return f"Known: {', '.join(known)}."
    return "Correct the name, or add what it stands for."


def _meant(key: str, keys: tuple[str, ...]) -> str:
    near = get_close_matches(key, keys, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Take it out, or use one of: {', '.join(keys)}."


def _choices(details: list[ErrorDetails]) -> str:
    expected = [str(error.get("ctx", {}).get("expected", "")).replace("'", "") for error in details]
    return ", or ".join(expected)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"

"""Where things stand in a TOML file: `tomllib` gives values without line numbers, and people need the line.

The scanner reads a text that `tomllib` has accepted already, so it only has to keep apart strings, comments, lists and
tables. It notes the line of each table, each key and each entry of a list.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_PART = r"(?:[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')"
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_PARTS = re.compile(_PART)
_SPACE = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")'
    r"|'''.*?'''(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}\n#]+")


class LineMap:
    """Lines of a TOML text, counted from 1 and moved by `offset`. `("rule", 2, "patterns", 0)` is a place."""

    def __init__(self, text: str, offset: int = 0) -> None:
        self._text = text
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._line = 1 + offset
        self._seen = 0
        self._scan()

    def line(self, path: Path) -> int:
        """The line of the place, or of the nearest thing around it; 0 where nothing of it is in the text."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._lines:
                return self._lines[path[:end]]
        return 0

    def __contains__(self, path: Path) -> bool:
        return path in self._lines

    def _scan(self) -> None:
        at, table = self._skip(0), Path()
        while at < len(self._text):
            if self._text[at] == "[":
                at, table = self._header(at)
            else:
                at = self._pair(at, table)
            at = self._skip(at)

    def _header(self, at: int) -> tuple[int, Path]:
        double = self._text.startswith("[[", at)
        start = self._spaces(at + (2 if double else 1))
        parts, end = self._key(start)
        table: Path = ()
        for place, part in enumerate(parts):
            table += (part,)
            if double and place == len(parts) - 1:
                number = self._counts.get(table, 0)
                self._counts[table] = number + 1
                table += (number,)
            elif table in self._counts:
                table += (self._counts[table] - 1,)
        for length in range(1, len(table) + 1):
            self._note(table[:length], at)
        return self._spaces(end) + (2 if double else 1), table

    def _pair(self, at: int, table: Path) -> int:
        parts, end = self._key(at)
        for length in range(1, len(parts) + 1):
            self._note(table + parts[:length], at)
        return self._value(self._spaces(self._spaces(end) + 1), table + parts)

    def _value(self, at: int, path: Path) -> int:
        string = _STRING.match(self._text, at)
        if string:
            return string.end()
        if self._text[at] == "[":
            return self._list(at + 1, path)
        if self._text[at] == "{":
            at = self._skip(at + 1)
            while self._text[at] != "}":
                at = self._skip(self._pair(at, path))
            return at + 1
        bare = _BARE.match(self._text, at)
        return bare.end() if bare else len(self._text)

    def _list(self, at: int, path: Path) -> int:
        at, number = self._skip(at), 0
        while self._text[at] != "]":
            self._note((*path, number), at)
            at = self._skip(self._value(at, (*path, number)))
            number += 1
        return at + 1

    def _key(self, at: int) -> tuple[tuple[str, ...], int]:
        found = _KEY.match(self._text, at)
        if found is None:
            return (), len(self._text)
        return tuple(part.strip("\"'") for part in _PARTS.findall(found.group())), found.end()

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at

    def _spaces(self, at: int) -> int:
        while at < len(self._text) and self._text[at] in " \t":
            at += 1
        return at

    def _note(self, path: Path, at: int) -> None:
        self._line += self._text.count("\n", self._seen, at)
        self._seen = at
        self._lines.setdefault(path, self._line)

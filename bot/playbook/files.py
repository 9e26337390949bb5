"""The files of prompts/: which there are, which of two stands where an overlay replaces one, and what is in them.

Read are `*.md` in guidelines/, `*.toml` in rules/, routes/ and platforms/, and the single files named in `SINGLE`.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from bot.playbook.faults import Fault, syntax_fault
from bot.playbook.locate import LineMap
from bot.playbook.locate import Path as Place

FOLDERS = {"guidelines": ".md", "rules": ".toml", "routes": ".toml", "platforms": ".toml"}
SINGLE = ("organisation.toml", "messages.toml", "windows.toml", "replies.toml", "critique.md")
FENCE = "+++"
_NOT_OURS = ("cases",)
_LEAVE_ALONE = ("readme.md", "readme.txt")


@dataclass
class Source:
    """One file in effect: the name that people know it by, its text, and for TOML its table with the lines in it.

    `body` is what follows the head of a guideline. `readable` is False where nothing can be taken from it.
    """

    name: str
    shown: str
    text: str = ""
    table: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    lines: LineMap = field(default_factory=lambda: LineMap(""))
    readable: bool = True

    def line(self, place: Place) -> int:
        """The line of a place in the file, 1 where it has none of its own."""
        return self.lines.line(place) or 1

    def fault(self, place: Place, message: str) -> Fault:
        """A fatal fault at that place."""
        return Fault(self.shown, self.line(place), message)


@dataclass
class Files:
    """All files in effect, by their name inside prompts/, and what is wrong with them."""

    sources: dict[str, Source]
    faults: list[Fault]
    version: str

    def folder(self, name: str) -> list[Source]:
        """The readable files of one folder, by name."""
        return [source for source in self.sources.values() if source.name.startswith(name + "/") and source.readable]

    def complete(self, name: str) -> bool:
        """Whether all files of that folder could be read: else no name can be called unknown."""
        inside = [source for source in self.sources.values() if source.name.startswith(name + "/")]
        return bool(inside) and all(source.readable for source in inside)

    def single(self, name: str) -> Source | None:
        """One of the single files, if it is there and can be read."""
        source = self.sources.get(name)
        return source if source and source.readable else None


def collect(shipped: Path, overlay: Path | None) -> Files:
    """Reads both folders; a file of the overlay replaces the shipped one of the same name. Raises nothing."""
    faults: list[Fault] = []
    found: dict[str, tuple[Path, str]] = {}
    for root in (shipped, overlay):
        if root is None:
            continue
        title = shipped.name if root is shipped else str(root)
        if not root.is_dir():
            why = "there is no such folder. Lectern needs the folder prompts/ that it comes with."
            if root is overlay:
                why = (
                    "LECTERN_PROMPTS_DIR names this, and it is not a folder. Set it to the folder with your own files."
                )
            faults.append(Fault(title, 0, why))
            continue
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = path.relative_to(root).as_posix()
            if _is_ours(name):
                found[name] = (path, f"{title}/{name}")
            elif _looks_lost(name):
                faults.append(Fault(f"{title}/{name}", 0, _lost(name)))
    digest = hashlib.sha256()
    sources: dict[str, Source] = {}
    for name, (path, shown) in sorted(found.items()):
        try:
            raw = path.read_bytes()
        except OSError as error:
            faults.append(Fault(shown, 0, f"the file can't be opened ({error.strerror}). Let Lectern's user read it."))
            sources[name] = Source(name, shown, readable=False)
            continue
        digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
        sources[name] = _read(name, shown, raw, faults)
    faults += _missing(sources, shipped.name)
    return Files(sources, faults, digest.hexdigest()[:8])


def read_source(path: Path, shown: str) -> tuple[Source, list[Fault]]:
    """One TOML file by itself, which is no part of the playbook, and what is wrong with it. Raises nothing."""
    faults: list[Fault] = []
    try:
        raw = path.read_bytes()
    except OSError as error:
        faults.append(Fault(shown, 0, f"the file can't be opened ({error.strerror}). Let Lectern's user read it."))
        return Source(path.name, shown, readable=False), faults
    return _read(path.name, shown, raw, faults), faults


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if len(parts) == 1:
        return name in SINGLE
    return len(parts) == 2 and name.endswith(FOLDERS.get(parts[0], "\0")) and not parts[1].startswith((".", "~"))


def _looks_lost(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "~", "_")) for part in path.parts)
    return (
        path.suffix in (".toml", ".md")
        and not hidden
        and path.parts[0] not in _NOT_OURS
        and path.name.lower() not in _LEAVE_ALONE
    )


def _lost(name: str) -> str:
    kinds = ", ".join(f"{folder}/*{ending}" for folder, ending in FOLDERS.items())
    return f"nothing reads a file “{name}”. Files are {', '.join(SINGLE)}, and {kinds}. Rename or move it."


def _missing(sources: dict[str, Source], title: str) -> list[Fault]:
    faults = [
        Fault(f"{title}/{name}", 0, "the file is missing. Put it back.") for name in SINGLE if name not in sources
    ]
    for folder, ending in FOLDERS.items():
        if not any(name.startswith(folder + "/") for name in sources):
            faults.append(
                Fault(
                    f"{title}/{folder}", 0, f"the folder holds no file that ends in {ending}. At least one is needed."
                )
            )
    return faults


def _read(name: str, shown: str, raw: bytes, faults: list[Fault]) -> Source:
    source = Source(name, shown)
    try:
        source.text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(Fault(shown, line, "a character can't be read. Save the file as UTF-8."))
        source.readable = False
        return source
    if name.startswith("guidelines/"):
        _read_head(source, faults)
    elif name.endswith(".toml"):
        _read_toml(source, source.text, 0, faults)
    return source


def _read_head(source: Source, faults: list[Fault]) -> None:
    lines = source.text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE]
    if len(fences) < 2 or any(line.strip() for line in lines[: fences[0]]):
        message = (
            "the head is missing. The file begins with a line +++, then name = value lines, then another line +++."
        )
        faults.append(Fault(source.shown, 1, message))
        source.readable = False
        return
    first, second = fences[:2]
    source.body = "\n".join(lines[second + 1 :]).strip()
    _read_toml(source, "\n".join(lines[first + 1 : second]), first + 1, faults)


def _read_toml(source: Source, text: str, offset: int, faults: list[Fault]) -> None:
    try:
        source.table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(syntax_fault(source.shown, str(error), text.rstrip().count("\n") + 1, offset))
        source.readable = False
        return
    source.lines = LineMap(text, offset)

"""What `lectern review` is given: texts from files, options and standard input, or lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import InputError

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Job:
    """One text to review, or why there is none. `id` is what the caller calls it."""

    id: Any
    text: str = ""
    platform: str | None = None
    error: str = ""


def read_texts(files: tuple[Path, ...], text: str | None, platform: str | None) -> list[Job]:
    """A job for the text given, and for each file; without either, for standard input.

    Line breaks at the end are no part of a text. Raises `InputError` for a file that can't be read.
    """
    jobs = [] if text is None else [_text_job("text", text, platform)]
    paths = files if files or text is not None else (STDIN,)
    return jobs + [_text_job("stdin" if path == STDIN else str(path), _read(path), platform) for path in paths]


def read_lines(files: tuple[Path, ...], text: str | None, platform: str | None) -> Iterator[Job]:
    """A job for each line that is not blank, read when it is asked for. Raises `InputError` for a file that can't be read."""
    if text is not None:
        raise InputError(
            "--jsonl reads lines of JSON from files or standard input; it can't be used together with --text."
        )
    for path in files or (STDIN,):
        with _open(path) as lines:
            for number, raw in enumerate(lines, start=1):
                if raw.strip():
                    yield _line_job(raw, number, platform)


def _text_job(name: str, text: str, platform: str | None) -> Job:
    text = text.rstrip("\r\n")
    if not text.strip():
        raise InputError(f"{name} holds no text. Give the words of the post.")
    if not _is_whole(text):
        raise InputError(f"{name} holds a character that is not UTF-8. Save it as UTF-8 and try again.")
    return Job(name, text, platform)


def _line_job(raw: bytes, number: int, platform: str | None) -> Job:
    try:
        told = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Job(None, error=f"Line {number} is not UTF-8. Write the file anew in UTF-8.")
    except (ValueError, RecursionError):
        return Job(None, error=f"Line {number} is not JSON. Give one object per line, with id and text.")
    if not isinstance(told, dict):
        return Job(None, error=f"Line {number} is not a JSON object. Give one object per line, with id and text.")
    name, text, chosen = told.get("id"), told.get("text"), told.get("platform") or platform
    if not _is_whole(json.dumps([name, text, chosen], ensure_ascii=False)):
        return Job(None, error=f"Line {number} holds half of a character. Write the file anew in UTF-8.")
    if not isinstance(text, str) or not text.strip():
        return Job(name, error=f"Line {number} has no text. Give the words of the post under “text”.")
    if chosen is not None and not isinstance(chosen, str):
        return Job(name, error=f"Line {number} names a platform that is not a word. Give a network's name.")
    return Job(name, text, chosen)


def _is_whole(text: str) -> bool:
    """Whether it can be written: JSON and command lines may hold halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _open(path: Path) -> BinaryIO:
    if path == STDIN:
        return sys.stdin.buffer
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(_unreadable(path, error)) from None


def _read(path: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        name = "Standard input" if path == STDIN else str(path)
        raise InputError(f"{name} is not a text in UTF-8. Save it as UTF-8 and try again.") from None
    except OSError as error:
        raise InputError(_unreadable(path, error)) from None


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path} can't be read ({error.strerror}). Check its name."

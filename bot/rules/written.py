"""Patterns as they are written, taken apart just far enough to tell which part needs what.

This is no parser of RE2's language: what it does not know to be safe, it leaves as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

_TOKEN = regex.compile(
    r"\\[pP](?:\{\^?\w+\}|\w)|\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\."
    r"|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*+\]|\(\?[\w-]+\)|\(\?(?:P?<\w+>|[\w-]*:)|.",
    regex.DOTALL,
)
_FLAGS = regex.compile(r"\(\?[\w-]+\)")
_COUNTS = regex.compile(r"\{(?:\d*,)?(\d*)\}")
_ANCHORS = frozenset(("^", "$", r"\A", r"\z", r"\B"))


def tokens(source: str) -> list[str]:
    """The pieces of a pattern: a class in brackets, an escape, the opening of a group, flags, or one character each."""
    return list(_TOKEN.findall(source))


def alternatives(source: str) -> tuple[str, ...]:
    """Patterns of which one matches wherever the whole does, and none elsewhere; the pattern itself if it is only one."""
    if r"\Q" in source:
        return (source,)
    pieces = tokens(source)
    flags = pieces.pop(0) if pieces and _FLAGS.fullmatch(pieces[0]) else ""
    branches = _branches(pieces)
    if any(_FLAGS.fullmatch(piece) for branch in branches for piece, depth in branch if depth == 0):
        return (source,)  # flags hold from where they stand, for the branches after them too
    made: list[str] = []
    for branch in branches:
        said = [piece for piece, _ in branch]
        inner = _inside_one_group(branch)
        made += [flags + one for one in alternatives("".join(said[1:-1]))] if inner else [flags + "".join(said)]
    return tuple(made)


def loosened(source: str) -> str:
    """A simpler pattern that matches in a text wherever the pattern matches in any piece of it, and more often.

    It is not tied to the beginning and end of a text. What stands behind a gap of many characters (`.{0,60}`) is left
    off: RE2 counts through such a gap with a new state for each way in which the words of a text may fill it.
    """
    pieces = tokens(source)
    (branch, *more) = _branches(pieces)
    gaps = (place for place, (piece, depth) in enumerate(branch) if depth == 0 and _is_gap(piece, branch[place + 1 :]))
    kept = pieces if more else pieces[: next(gaps, len(pieces))]
    return "".join("(?:)" if piece in _ANCHORS else piece for piece in kept)


def _is_gap(piece: str, after: Sequence[tuple[str, int]]) -> bool:
    """Whether it is any character, or any but a few, and may stand there ten times or more."""
    counts = _COUNTS.match("".join(one for one, _ in after[:8]))
    return (piece == "." or piece.startswith("[^")) and counts is not None and len(counts.group(1) or "99") > 1


def anchored(source: str) -> bool:
    """Whether the pattern may match in a piece of a text and not in the whole."""
    return r"\Q" in source or any(piece in _ANCHORS for piece in tokens(source))


def _branches(pieces: Sequence[str]) -> list[list[tuple[str, int]]]:
    """The pieces between the bars that stand in no group, each with the number of groups around it."""
    branches: list[list[tuple[str, int]]] = [[]]
    depth = 0
    for piece in pieces:
        if piece == "|" and depth == 0:
            branches.append([])
            continue
        depth -= piece == ")"
        branches[-1].append((piece, depth))
        depth += piece.startswith("(") and _FLAGS.fullmatch(piece) is None
    return branches


def _inside_one_group(branch: Sequence[tuple[str, int]]) -> bool:
    """Whether the branch is one group without flags, from its first piece to its last."""
    outside = [piece for piece, depth in branch if depth == 0]
    return outside == ["(?:", ")"] and branch[0][0] == "(?:" and branch[-1] == (")", 0)

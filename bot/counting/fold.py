"""What readers of a network see of a post before they have to tap: so many characters, or so many lines."""

from __future__ import annotations

from itertools import islice

import regex

from bot.playbook.values import Platform

_GRAPHEME = regex.compile(r"\X")
_LINE_END = regex.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")
_NO_SPACES_BETWEEN_WORDS = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]"
)
_WORD_LOOKED_AT = 60
"""Characters of a word that is kept whole; a longer one is cut where the network cuts it."""


def visible(text: str, platform: Platform) -> str | None:
    """The beginning that readers see before they have to tap, cut between words; None where nothing is hidden.

    `fold` is in characters as readers see them, a line break among them; `fold_lines` in lines, empty ones among them.
    What is reached first counts. Neither is known for every network. No character is cut in two: not an emoji of several
    signs, not a letter with its accents.
    """
    plain = text.strip()
    lines = _lines(plain, platform.fold_lines)
    if platform.fold is None:
        return None if lines == plain else lines.rstrip()
    seen = [one.group() for one in islice(_GRAPHEME.finditer(lines), platform.fold + 1)]
    if len(seen) <= platform.fold:
        return None if lines == plain else lines.rstrip()
    return "".join(seen[: _cut(seen, platform.fold)]).rstrip()


def _lines(plain: str, most: int | None) -> str:
    """The first lines of a text; all of it where there are no more, or nothing but white space after them."""
    if most is None:
        return plain
    end = next(islice(_LINE_END.finditer(plain), most - 1, None), None)
    return plain[: end.start()] if end is not None else plain


def _cut(seen: list[str], most: int) -> int:
    """How many characters stay: so many that no word is cut, or `most` where one word is longer than that."""
    for cut in range(most, max(0, most - _WORD_LOOKED_AT), -1):
        if _between_words(seen[cut - 1], seen[cut]):
            return cut
    return most


def _between_words(before: str, after: str) -> bool:
    if before.isspace() or after.isspace():
        return True
    return any(_NO_SPACES_BETWEEN_WORDS.match(one) for one in (before, after))

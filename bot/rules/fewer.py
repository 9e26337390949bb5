"""Which tags, mentions and emoji can go from a text without a word being missed, and the edits that take them out.

What stands in a sentence stays: a tag or an emoji there may be one of its words. What hangs behind a text or before a line
goes, the last first. Where that does not bring the number down to what the network bears, there are no edits at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from bot.counting.pictures import Emoji
from bot.model import Edit
from bot.rules.kind import Span

_MOST = 60
"""Signs of one sort up to which a text is tidied: one with more is no post, and its reading would take long."""

_A_LIST = 3
"""Places at which one emoji stands for the marks of a list, which go all together."""

_CLOSES = ".!?…:;)\"'”’»|•·"
_PICTURE = regex.compile(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\U000e0020-\U000e007f]")
_LOOKS = ("\ufe0e", "\ufe0f")
_KEYCAP = regex.compile(r"([0-9])\ufe0f?\u20e3")
_FLAG = regex.compile(r"[\U0001f1e6-\U0001f1ff]|\U0001f3f4[\U000e0020-\U000e007f]")
_SMALL_WORD = regex.compile(
    r"(?i)(?:^|[^\p{L}])(?:a|an|the|in|to|of|at|on|for|from|with|by|and|or|but|our|my|your|their|his|her|its|we|i|you|they|is|are"
    r"|was|love|more|some|any|no|this|that|these|those|as|into|like)\s*$"
)
"""Words after which another has to come, for which an emoji may stand."""


def fewer_tags(text: str, tags: Sequence[Span], limit: int) -> tuple[Edit, ...]:
    """Edits that leave `limit` of these hashtags or mentions; nothing where more than that stand in sentences."""
    surplus = len(tags) - limit
    if surplus <= 0 or len(tags) > _MOST:
        return ()
    loose = [tag for tag in tags if _hangs(text, tag)]
    if len(loose) < surplus:
        return ()
    return tuple(Edit(one.start, one.end) for one in _joined(text, loose[-surplus:]))


def fewer_emoji(text: str, found: Sequence[Emoji], limit: int) -> tuple[Edit, ...]:
    """Edits that leave `limit` of these emoji. Those before the lines of a list become its marks."""
    if len(found) > _MOST:
        return ()
    signs = [_with_look(text, sign) for sign in found]
    fixed = {_sort_of(text, sign) for sign in signs if not _decorates(text, sign)}
    # One that marks the parts of a text goes everywhere or nowhere.
    loose = [sign for sign in signs if _sort_of(text, sign) not in fixed]
    if len(signs) - len(loose) > limit:
        return ()
    marks = [sign for sign in loose if _opens_line_of_list(text, sign, loose)]
    others = [sign for sign in loose if sign not in marks]
    # Of a row one is enough, so that another place keeps its own.
    first = [one for one in others if not any(other.end == one.start for other in signs)]
    often = Counter(_sort_of(text, one) for one in first)
    rare = [one for one in first if often[_sort_of(text, one)] < _A_LIST]
    kept = rare[: limit - (len(signs) - len(loose))]
    return tuple(Edit(sign.start, sign.end) for sign in others if sign not in kept) + tuple(
        Edit(sign.start, sign.end, _mark(text, sign)) for sign in marks
    )


def _hangs(text: str, tag: Span) -> bool:
    """Whether only tags, mentions and signs follow in the tag's line, and no sentence runs into it."""
    line_end = text.find("\n", tag.end)
    after = text[tag.end : len(text) if line_end < 0 else line_end]
    if not all(_is_tag(piece) for piece in after.split()):
        return False
    before = text[text.rfind("\n", 0, tag.start) + 1 : tag.start]
    pieces = before.split()
    if not pieces or _is_tag(pieces[-1]):
        # The first of several tags may be a sentence's last word, the next ones hardly.
        return True
    return pieces[-1][-1] in _CLOSES


def _is_tag(piece: str) -> bool:
    """Whether a piece between spaces is a tag, a mention, or signs alone."""
    return piece.startswith(("#", "@", "＃", "＠")) or not any(character.isalnum() for character in piece)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbours as one, with what stands between them, and between the first and the tag that is kept before it."""
    joined: list[Span] = []
    for span in spans:
        start = span.start
        while start > 0 and text[start - 1] in " \t,|·•/+&-":
            start -= 1
        kept = text[:start].rsplit("\n", maxsplit=1)[-1].split()[-1:]
        start = start if kept and _is_tag(kept[0]) else span.start
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(Span(start, span.end))
    return joined


def _decorates(text: str, sign: Span) -> bool:
    """Whether an emoji stands at the edge of a line or beside the end of a sentence, and is no word of it."""
    start, end = _row(text, sign)
    before, after = text[:start].rstrip(" \t"), text[end:].lstrip(" \t")
    says = _FLAG.search(text, sign.start, sign.end) or _KEYCAP.match(text, sign.start)
    if before.endswith("(") or (says and not _opens_line(text, start)):
        return False
    if not before or before[-1] == "\n":
        # A picture before a number says of what.
        return _KEYCAP.match(text, sign.start) is not None or not after[:1].isdigit()
    if _SMALL_WORD.search(before[-20:]):
        return False
    return not after or after[0] in "\n.,;:!?…#@＃" or before[-1] in ".!?…:"


def _with_look(text: str, sign: Emoji) -> Span:
    """The emoji with the mark behind it that says how it looks, which would be left over."""
    return Span(sign.start, sign.end + (text[sign.end : sign.end + 1] in _LOOKS and sign.end < len(text)))


def _sort_of(text: str, sign: Span) -> str:
    """The emoji without its looks; one sort for the numbers of a list."""
    return "#" if _KEYCAP.match(text, sign.start) else text[sign.start : sign.end].rstrip("\ufe0e\ufe0f")


def _row(text: str, sign: Span) -> Span:
    """The emoji with the signs and spaces around it that are neither words nor ends of sentences."""
    start, end = sign
    while start > 0 and _is_sign(text[start - 1]):
        start -= 1
    while end < len(text) and _is_sign(text[end]):
        end += 1
    return Span(start, end)


def _is_sign(character: str) -> bool:
    return character in " \t\u200d\ufe0f\ufe0e" or (not character.isascii() and bool(_PICTURE.match(character)))


def _opens_line(text: str, place: int) -> bool:
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()


def _opens_line_of_list(text: str, sign: Span, signs: Sequence[Span]) -> bool:
    """Whether the emoji opens a line with words, and is a number or has another one open the line before or after it."""
    if not _opens_line(text, sign.start):
        return False
    if _KEYCAP.match(text, sign.start):
        return True
    begin = text.rfind("\n", 0, sign.start) + 1
    end = text.find("\n", sign.end)
    end = len(text) if end < 0 else end
    if not any(character.isalnum() for character in text[sign.end : end]):
        return False
    openers = [one for one in signs if one is not sign and _opens_line(text, one.start)]
    starts = {text.rfind("\n", 0, one.start) + 1 for one in openers}
    return end + 1 in starts or (begin > 0 and text.rfind("\n", 0, begin - 1) + 1 in starts)


def _mark(text: str, sign: Span) -> str:
    """What opens the line of a list in place of the emoji: the number of a keycap, or a bullet."""
    keycap = _KEYCAP.match(text, sign.start)
    mark = f"{keycap.group(1)}." if keycap else "•"
    return mark if text[sign.end : sign.end + 1].isspace() else mark + " "

"""From a Slack message to the text that a network would show, and the marks at its start (product F1, F6, F8).

The rich text of the message is preferred, since it is what the person typed. `text` is Slack's flat copy of it, with
codes such as `<https://…|label>`, `<@U…>` and `&amp;`, and is read where there is no rich text. The decoded text
is what rules count and quote. Pure.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import regex

from bot.model import Attachments
from bot.playbook import Playbook
from bot.slack.codes import SOMEONE, link_text
from bot.slack.emoji import with_characters
from bot.slack.richtext import people_in, read_rich_text

FEWEST_WORDS = 4

_CODE = regex.compile(r"<([^<>\n]+)>")
_PRIVATE = ("//", "🤫", ":shushing_face:")
_MENTION_CODE = regex.compile(r"<@(?P<id>[UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_MARKED = regex.compile("@\ue000(?P<id>[^\ue001]*)\ue001")
_FOR = regex.compile(r"\s*for\s+" + _MARKED.pattern + r"[\s,:]*", regex.IGNORECASE)
_FORCED = regex.compile(r"\s*draft\s*:\s*", regex.IGNORECASE)
_PLATFORMS = regex.compile(r"\s*([^:\n@]{1,80}):\s*(?!//)")
# Scripts without spaces between words: each character counts as a word.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands at the start of a message, and the text without it.

    `platforms` are platform ids in the order given. `for_user` is the Slack id after `for`. `forced` means `draft:`.
    `private` means `//`: `text` is empty then. `first_mention` is the id of a person whom the message begins with.
    """

    text: str
    platforms: tuple[str, ...] = ()
    for_user: str | None = None
    forced: bool = False
    private: bool = False
    first_mention: str | None = None


def decode_message(event: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """The text of a message as a network would show it. `names` are display names by Slack id, for mentions."""
    known = names or {}
    blocks = [
        block for block in event.get("blocks") or () if isinstance(block, Mapping) and block.get("type") == "rich_text"
    ]
    if blocks:
        return "\n".join(read_rich_text(block, known) for block in blocks).strip("\n")
    return decode_text(str(event.get("text") or ""), known).strip("\n")


def decode_text(text: str, names: Mapping[str, str] | None = None) -> str:
    """Slack's flat text with its codes, entities and emoji names turned back. Also for the text of a command."""
    known = names or {}
    return html.unescape(with_characters(_CODE.sub(lambda found: _code(found[1], known), text)))


def attachments_of(event: Mapping[str, Any]) -> Attachments:
    """What hangs on the message. An image counts as described when its description is not blank."""
    images = videos = files = described = 0
    for file in event.get("files") or ():
        kind = str(file.get("mimetype") or "").partition("/")[0]
        if kind == "image":
            images += 1
            described += bool(str(file.get("alt_txt") or "").strip())
        elif kind == "video":
            videos += 1
        else:
            files += 1
    return Attachments(images=images, videos=videos, files=files, described=described)


def mentioned(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the people whom a message mentions, each once."""
    found = [match["id"] for match in _MENTION_CODE.finditer(str(event.get("text") or ""))]
    return tuple(dict.fromkeys([*people_in(event.get("blocks") or ()), *found]))


def read_marks(text: str, event: Mapping[str, Any], playbook: Playbook) -> Marks:
    """The marks of a message whose decoded text is `text`: networks, `for @leader`, `draft:`, in any order."""
    if text.lstrip().startswith(_PRIVATE):
        return Marks("", private=True)
    rest, shown = _with_ids(text, event)
    starts = _MARKED.match(rest.lstrip())
    platforms: tuple[str, ...] = ()
    for_user: str | None = None
    forced = False
    while True:
        if not platforms and (found := _platform_mark(rest, playbook)):
            platforms, rest = found
        elif for_user is None and (mark := _FOR.match(rest)):
            for_user, rest = mark["id"], rest[mark.end() :]
        elif not forced and (mark := _FORCED.match(rest)):
            forced, rest = True, rest[mark.end() :]
        else:
            break
    named = iter(shown[len(shown) - len(_MARKED.findall(rest)) :])
    rest = _MARKED.sub(lambda _: "@" + next(named), rest)
    return Marks(rest.strip(), platforms, for_user, forced, first_mention=starts["id"] if starts else None)


def is_small_talk(text: str, playbook: Playbook) -> bool:
    """Whether a text without marks is plainly talk: under four words, or nothing but phrases of the closed list."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return True
    phrases = {tuple(phrase.casefold().split()) for phrase in playbook.replies.words("small_talk.phrases")}
    longest = max((len(phrase) for phrase in phrases), default=0)
    place = 0
    while place < len(words):
        step = next((size for size in range(longest, 0, -1) if tuple(words[place : place + size]) in phrases), 0)
        if not step:
            return False
        place += step
    return True


def _code(code: str, names: Mapping[str, str]) -> str:
    body, _, label = code.partition("|")
    match body[:1]:
        case "@":
            return "@" + (names.get(body[1:]) or label or SOMEONE)
        case "#":
            return "#" + (label or "channel")
        case "!":
            return _special(body[1:], label)
        case _:
            return link_text(body, label)


def _special(body: str, label: str) -> str:
    kind, _, _ = body.partition("^")
    if kind == "subteam":
        return label or "@group"
    return label if kind == "date" else "@" + kind


def _platform_mark(text: str, playbook: Playbook) -> tuple[tuple[str, ...], str] | None:
    mark = _PLATFORMS.match(text)
    if not mark:
        return None
    found = [playbook.find_platform(name) for name in mark[1].split(",")]
    if not all(found):
        return None
    return tuple(dict.fromkeys(platform.id for platform in found if platform)), text[mark.end() :]


def _with_ids(text: str, event: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The text with a marked id in place of each name, and the names in their order.

    A name may hold spaces, so where it ends is seen only by laying both readings of the message side by side.
    """
    if "\ue000" in text:
        # Nobody types this character: it would pass for one of our own marks.
        return text.replace("\ue000", "\ufffd"), []
    coded = decode_message(event, {user: f"\ue000{user}\ue001" for user in mentioned(event)})
    first, *between = _MARKED.split(coded)[::2]
    if not between or not text.startswith(first):
        return text, []
    names, place = [], len(first)
    for number, part in enumerate(between, 1):
        # The last part reaches to the end; any other is followed by the @ of the next name.
        end = len(text) - len(part) if number == len(between) else text.find(part + "@", place)
        if end < place + 1 or not text.startswith(part, end):
            return text, []
        names.append(text[place + 1 : end])
        place = end + len(part)
    return coded, names

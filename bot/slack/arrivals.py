"""Is this message a draft, whose post will it be, and for which networks? (product F1, F6, F10)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.slack.decode import Marks, attachments_of, decode_message, is_small_talk, mentioned, read_marks
from bot.slack.desk import Desk


@dataclass(frozen=True, slots=True)
class Arrival:
    """A draft: the text without its marks, whose it is, and the networks that a mark named."""

    text: str
    leader: str
    platforms: tuple[str, ...]


NotADraft = Literal["private", "file.only", "help.mention", "answer.outsider", "delegate.whose", "answer.role"]
"""Why not. All but `private` are sentences of replies.toml that the author is told."""


async def read_arrival(
    desk: Desk, channel: str, message: Mapping[str, Any], *, direct: bool, known: bool = False
) -> Arrival | NotADraft | None:
    """What a top-level message is. None: talk, nothing happens. With `known` it is an edit of a message that is a draft."""
    user = str(message.get("user") or "")
    text = await text_of(desk, message)
    marks = read_marks(text, message, desk.playbook)
    if marks.private:
        return "private"
    if (await desk.people.person(user)).outsider or _foreign(desk, message):
        return None if known else await _tell_outsider(desk, user)
    if not known:
        other = await _other(desk, channel, message, marks, text, direct=direct)
        if other is not None:
            return None if other == "talk" else other
    leader = await _leader(desk, user, marks)
    if leader in {"delegate.whose", "answer.role"}:
        return leader  # type: ignore[return-value]
    if leader is None or not marks.text.strip():
        return None
    return Arrival(marks.text, leader, marks.platforms)


async def text_of(desk: Desk, message: Mapping[str, Any]) -> str:
    """The text of a message, with the names of the people whom it mentions, since a network shows names and no ids."""
    return decode_message(message, await desk.people.names(mentioned(message)))


async def _other(
    desk: Desk, channel: str, message: Mapping[str, Any], marks: Marks, text: str, *, direct: bool
) -> Literal["file.only", "help.mention", "talk"] | None:
    """What is not a draft, or None."""
    attached = attachments_of(message)
    if not text.strip():
        return "file.only" if attached.images + attached.videos + attached.files else "talk"
    if f"<@{desk.me.user_id}>" in str(message.get("text") or "") and text.rstrip().endswith("?"):
        return "help.mention"
    if marks.forced or marks.platforms or marks.for_user:
        return None
    if is_small_talk(marks.text, desk.playbook):
        return "talk"
    first = marks.first_mention
    if first and not direct and first in await desk.people.members(channel):
        return "talk"
    return None


async def _leader(desk: Desk, user: str, marks: Marks) -> str | None:
    """Whose post it will be; a key of replies.toml where that can't be told; None where it is nobody's (comms talking)."""
    leaders = await desk.people.leaders_of(user, desk.playbook)
    comms = await desk.people.in_comms(user)
    if marks.for_user and marks.for_user != user:
        if marks.for_user in leaders:
            return marks.for_user
        if not comms:
            return "answer.role"
        return marks.for_user if await desk.people.is_leader(marks.for_user, desk.playbook) else "delegate.whose"
    if await desk.people.is_leader(user, desk.playbook):
        return user
    if len(leaders) == 1:
        return leaders[0]
    if leaders:
        return "delegate.whose"
    return None


async def _tell_outsider(desk: Desk, user: str) -> NotADraft | None:
    """Guests and visitors are told once, and then no more."""
    if user in desk.told:
        return None
    desk.told.add(user)
    return "answer.outsider"


def _foreign(desk: Desk, message: Mapping[str, Any]) -> bool:
    team = message.get("user_team") or message.get("source_team") or message.get("team")
    return bool(team) and bool(desk.me.team_id) and team != desk.me.team_id

"""Replies in a draft's thread: a new text of the draft, an offer to take it as one, or people talking (product F6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from bot.lifecycle import Event, next_state
from bot.model import Draft
from bot.slack.arrivals import text_of
from bot.slack.decode import attachments_of
from bot.slack.desk import Desk
from bot.slack.notes import show_privately
from bot.slack.rich import Card, actions, button
from bot.slack.rights import draft_roles, may
from bot.store import NewRevision

NEW_MARK = "new:"
EDIT = "draft.edit"
CLOSE = 60
"""Token similarity, 0 to 100, from which a reply counts as a new text of the draft [a judgement of product F6]."""
WORDS = 8


async def take_reply(desk: Desk, channel: str, thread: str, message: Mapping[str, Any]) -> None:
    """One reply. Only who may edit the draft can give it a new text, and only while it is worked on."""
    draft = await desk.store.draft_in_thread(channel, thread)
    user = str(message.get("user") or "")
    if draft is None or next_state(draft.state, Event.REVISION) is None:
        return
    if (await desk.people.person(user)).outsider or not may(EDIT, await draft_roles(desk, draft, user)):
        return
    text = (await text_of(desk, message)).strip()
    if text.casefold().startswith(NEW_MARK):
        await take_text(desk, draft, text[len(NEW_MARK) :].strip(), message, user)
        return
    if len(text.split()) < WORDS or text.startswith("//"):
        return
    newest = await desk.store.newest_revision(draft.id)
    if newest is None or newest.text is None:
        return
    if fuzz.token_sort_ratio(text, newest.text) >= CLOSE:
        await take_text(desk, draft, text, message, user)
    elif not text.endswith("?"):
        await show_privately(
            desk, channel, user, _offer(desk, draft, newest.number + 1, str(message["ts"])), thread=thread
        )


async def take_text(desk: Desk, draft: Draft, text: str, message: Mapping[str, Any], user: str) -> bool:
    """The text as the draft's next revision. False when it is empty, the same, or the draft takes none any more."""
    text = text.strip()
    if not text:
        return False
    taken = await desk.store.take_revision(
        NewRevision(
            draft_id=draft.id,
            text=text,
            origin="reply",
            now=desk.now(),
            by=user,
            attachments=attachments_of(message),
            edited_ts=str(message["ts"]),
        )
    )
    desk.wake()
    return taken is not None


def _offer(desk: Desk, draft: Draft, number: int, ts: str) -> Card:
    replies = desk.playbook.replies
    text = replies.say("reply.offer")
    label = replies.say("button.check_reply", n=number)
    return Card(
        text,
        [
            {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}},
            actions([button("draft.reply", label, f"{draft.id}:{ts}", primary=True)]),
        ],
    )

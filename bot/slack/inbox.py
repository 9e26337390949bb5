"""Messages in: what is a draft is stored before Slack is told that it arrived; what is not is let go.

A listener that raises is not acknowledged, and Slack delivers again; delivered twice is one draft. Which message is
a draft, and which reply is a new text, is product F1, F2 and F6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from bot.slack.arrivals import Arrival, read_arrival
from bot.slack.decode import attachments_of
from bot.slack.desk import Desk
from bot.slack.notes import answer_in_thread, say_privately
from bot.slack.thread import take_reply
from bot.store import NewDraft, NewRevision

ARRIVES = frozenset({None, "file_share", "thread_broadcast"})
"""Subtypes of a message that a person wrote. All others are Slack's own, or a bot's."""


def register(bolt: AsyncApp, desk: Desk) -> None:
    """One listener for all messages: it branches on the subtype itself, so that none goes unacknowledged."""

    async def on_message(event: dict[str, Any], body: dict[str, Any]) -> None:
        await take(desk, event, body)

    bolt.event("message")(on_message)


async def take(desk: Desk, event: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """Take one message event. Raises when it could not be stored, so that it comes again."""
    channel = str(event.get("channel") or "")
    direct = event.get("channel_type") == "im"
    if not direct and channel not in desk.settings.lectern_draft_channels:
        return
    subtype = event.get("subtype")
    if subtype == "message_deleted":
        await _deleted(desk, channel, event)
    elif subtype == "message_changed":
        await _changed(desk, channel, direct, event, body)
    elif subtype in ARRIVES:
        await _arrived(desk, channel, direct, event, body)


async def _arrived(
    desk: Desk, channel: str, direct: bool, message: Mapping[str, Any], body: Mapping[str, Any], edited: str = ""
) -> None:
    if message.get("bot_id") or not message.get("user"):
        return
    thread = str(message.get("thread_ts") or "")
    if thread and thread != message.get("ts"):
        if not edited:
            await take_reply(desk, channel, thread, message)
        return
    if body.get("is_ext_shared_channel") and not direct:
        await say_privately(desk, channel, str(message["user"]), "channel.open")
        return
    arrival = await read_arrival(desk, channel, message, direct=direct)
    match arrival:
        case Arrival():
            await _take(desk, channel, message, arrival, edited)
        case "file.only" | "help.mention" if not edited:
            await answer_in_thread(desk, channel, str(message["ts"]), arrival)
        case "answer.role" if not edited:
            who = desk.playbook.replies.say("role.draft")
            await say_privately(desk, channel, str(message["user"]), arrival, who=who)
        case "answer.outsider" | "delegate.whose" if not edited:
            await say_privately(desk, channel, str(message["user"]), arrival)
        case _:
            return


async def _take(desk: Desk, channel: str, message: Mapping[str, Any], arrival: Arrival, edited: str) -> None:
    ts = str(message["ts"])
    taken = await desk.store.take_draft(
        NewDraft(
            leader=arrival.leader,
            submitter=str(message["user"]),
            channel=channel,
            message_ts=ts,
            thread_ts=ts,
            text=arrival.text,
            platforms=arrival.platforms or await desk.platforms_of(arrival.leader),
            platform_known=bool(arrival.platforms),
            now=desk.now(),
            card_not_before=desk.first_card_by(),
            attachments=attachments_of(message),
            edited_ts=edited,
        )
    )
    if taken is not None and not taken.created and edited:
        # The message itself came in at the same moment, and was first: this is its next text.
        await _revise(desk, taken.draft_id, message, arrival, edited)
    desk.wake()


async def _revise(desk: Desk, draft_id: str, message: Mapping[str, Any], arrival: Arrival, edited: str) -> None:
    await desk.store.take_revision(
        NewRevision(
            draft_id=draft_id,
            text=arrival.text,
            origin="edit",
            now=desk.now(),
            by=str((message.get("edited") or {}).get("user") or message.get("user") or ""),
            attachments=attachments_of(message),
            edited_ts=edited,
            platforms=arrival.platforms or None,
        )
    )


async def _changed(desk: Desk, channel: str, direct: bool, event: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """A person's edit. Slack also sends this for unfurled links and for the bot's own cards: no `edited`, or a bot's."""
    message = event.get("message") or {}
    if message.get("subtype") == "tombstone":
        # How Slack tells of a deleted message that has replies, as every draft with a card has.
        await _deleted(desk, channel, event)
        return
    edited = message.get("edited") or {}
    if message.get("bot_id") or not edited.get("ts") or message.get("subtype") not in ARRIVES:
        return
    ts = str(message.get("ts") or "")
    draft = await desk.store.draft_at(channel, ts)
    if draft is None:
        await _arrived(desk, channel, direct, message, body, edited=str(edited["ts"]))
        return
    arrival = await read_arrival(desk, channel, message, direct=direct, known=True)
    if arrival == "private":
        await desk.store.forget_message(channel, ts, desk.now(), str(message.get("user") or ""))
    elif isinstance(arrival, Arrival):
        await _revise(desk, draft.id, message, arrival, str(edited["ts"]))
    desk.wake()


async def _deleted(desk: Desk, channel: str, event: Mapping[str, Any]) -> None:
    previous = event.get("previous_message") or {}
    ts = str(event.get("deleted_ts") or previous.get("ts") or (event.get("message") or {}).get("ts") or "")
    if not ts or (previous.get("bot_id") and await desk.store.draft_at(channel, ts) is None):
        # One of Lectern's own cards. A draft that came by form or command stands in a message of Lectern's, too.
        return
    await desk.store.forget_message(channel, ts, desk.now(), str(previous.get("user") or ""))
    desk.wake()

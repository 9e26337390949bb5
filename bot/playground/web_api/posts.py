"""chat.update and chat.delete: what changes a message that stands already."""

from __future__ import annotations

from bot.playground import posting
from bot.playground.arguments import required
from bot.playground.content import read_content
from bot.playground.limits import UPDATE_TEXT
from bot.playground.payloads import message_json
from bot.playground.web_api.call import Call, Method
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import Channel, Message


def update(call: Call) -> Json:
    """New content for one of the bot's own messages.

    `text` without `blocks` takes the blocks away; `metadata` left out is kept, and an empty object removes it; `parse`
    is `client` unless given, so that names are linked; `text` of more than 4,000 characters is refused.
    """
    channel, message = _own(call, "cant_update_message")
    if len(str(call.arguments.get("text") or "")) > UPDATE_TEXT:
        raise ApiError("msg_too_long")
    content = read_content(call.arguments, call.workspace, parse="client")
    before = message_json(call.workspace, channel, message)
    if content.has_text:
        message.text = content.text
    if content.has_blocks or content.has_text:
        message.blocks = content.blocks
    if "attachments" in call.arguments:
        message.attachments = content.attachments
    if content.metadata is not None:
        message.metadata = content.metadata or None
    message.edited = None if message.blocks else {"user": message.user, "ts": call.workspace.new_ts()}
    posting.change(call.scene, channel, message, before)
    shown = message_json(call.workspace, channel, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Json:
    """Remove one of the bot's own messages."""
    channel, message = _own(call, "cant_delete_message")
    posting.remove(call.scene, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def _own(call: Call, refusal: str) -> tuple[Channel, Message]:
    channel = call.channel()
    message = channel.messages.get(required(call.arguments, "ts"))
    if message is None or message.deleted or message.ephemeral_for:
        raise ApiError("message_not_found")
    if message.bot_id != call.workspace.app.bot_id:
        raise ApiError(refusal)
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel, message


METHODS: dict[str, Method] = {"chat.update": update, "chat.delete": delete}

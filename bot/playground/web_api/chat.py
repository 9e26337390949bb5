"""chat.postMessage, chat.postEphemeral, chat.getPermalink: what puts a message there, and where it stands."""

from __future__ import annotations

from bot.playground import posting
from bot.playground.arguments import flag, required
from bot.playground.content import Content, read_content
from bot.playground.limits import POST_TEXT
from bot.playground.payloads import message_json
from bot.playground.web_api.call import Call, Method
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import Channel, Message, Workspace


def post_message(call: Call) -> Json:
    """A message in a conversation or thread; a user's id as `channel` opens their conversation with the bot."""
    channel = _target(call)
    content = read_content(call.arguments, call.workspace)
    message = bot_message(call.workspace, content, _thread(call, channel))
    message.text = message.text[:POST_TEXT]
    if message.is_reply and flag(call.arguments, "reply_broadcast"):
        message.subtype = "thread_broadcast"
    posting.post(call.scene, channel, message)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": message_json(call.workspace, channel, message, metadata=True),
    }


def post_ephemeral(call: Call) -> Json:
    """A message that one member sees until they load Slack anew. Its metadata is ignored."""
    channel = _target(call)
    person = call.person()
    if person.id not in channel.members:
        raise ApiError("user_not_in_channel")
    message = bot_message(call.workspace, read_content(call.arguments, call.workspace), _thread(call, channel))
    message.metadata, message.ephemeral_for = None, person.id
    posting.post(call.scene, channel, message)
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> Json:
    """The link to a message. The stand-in's leads to its own page."""
    channel = call.channel()
    message = channel.messages.get(required(call.arguments, "message_ts"))
    if message is None:
        raise ApiError("message_not_found")
    return {"channel": channel.id, "permalink": permalink(call.scene.url, channel, message)}


def permalink(url: str, channel: Channel, message: Message) -> str:
    """`/archives/C…/p…`, with the thread in the query for a reply."""
    link = f"{url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else link


def bot_message(workspace: Workspace, content: Content, thread_ts: str | None = None) -> Message:
    """A fresh message of the bot's."""
    app = workspace.app
    return Message(
        ts=workspace.new_ts(),
        user=app.bot_user_id,
        bot_id=app.bot_id,
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        metadata=content.metadata or None,
        thread_ts=thread_ts,
    )


def _target(call: Call) -> Channel:
    name = required(call.arguments, "channel")
    if name.startswith(("U", "W")):
        if name not in call.workspace.people or call.workspace.people[name].is_bot:
            raise ApiError("channel_not_found")
        return call.workspace.dm(name)
    channel = call.channel(member=True)
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    """The root that the reply goes under; a reply's ts is accepted, and its own root taken."""
    wanted = str(call.arguments.get("thread_ts") or "") or None
    root = channel.messages.get(wanted or "")
    if root is not None and root.ephemeral_for:
        raise ApiError("cannot_reply_to_message")
    return root.thread_ts if root is not None and root.is_reply else wanted


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}

"""conversations.*: what is where, who is in it, and what was said."""

from __future__ import annotations

from bot.playground import scopes
from bot.playground.arguments import flag, required
from bot.playground.payloads import channel_json, message_json
from bot.playground.web_api.call import Call, Method, page
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import Channel, ChannelKind, Message

TYPES: dict[str, ChannelKind] = {"public_channel": "public", "private_channel": "private", "im": "dm"}


def info(call: Call) -> Json:
    """One conversation."""
    channel = call.channel()
    scopes.need_for(call.scopes, channel, "read")
    return {"channel": channel_json(call.workspace, channel)}


def members(call: Call) -> Json:
    """User ids of the members, by pages."""
    channel = call.channel()
    scopes.need_for(call.scopes, channel, "read")
    return page(call, channel.members, "members")


def list_(call: Call) -> Json:
    """The conversations of the kinds asked for (else public ones); private ones only with the bot in."""
    channels = [channel for channel in _of_types(call) if channel.kind == "public" or call.workspace.bot_sees(channel)]
    return page(call, [channel_json(call.workspace, channel) for channel in channels], "channels")


def of_bot(call: Call) -> Json:
    """`users.conversations`: those that the bot (or the person asked about) is in."""
    person = str(call.arguments.get("user") or call.workspace.app.bot_user_id)
    seen = [channel for channel in _of_types(call) if person in channel.members]
    shown = [channel for channel in seen if channel.kind == "public" or call.workspace.bot_sees(channel)]
    return page(call, [channel_json(call.workspace, channel) for channel in shown], "channels")


def open_(call: Call) -> Json:
    """The conversation of the bot and one person; groups of several are not part of the stand-in."""
    if call.arguments.get("channel"):
        channel = call.channel()
    else:
        users = required(call.arguments, "users").split(",")
        if len(users) > 1:
            raise ApiError("method_not_supported_for_channel_type")
        person = call.workspace.people.get(users[0])
        if person is None:
            raise ApiError("user_not_found")
        if person.is_bot:
            raise ApiError("cannot_dm_bot")
        channel = call.workspace.dm(person.id)
    shown = channel_json(call.workspace, channel) if flag(call.arguments, "return_im") else {"id": channel.id}
    return {"no_op": True, "already_open": True, "channel": shown}


def history(call: Call) -> Json:
    """Top-level messages, newest first, between `oldest` and `latest`."""
    channel = call.channel(member=True)
    scopes.need_for(call.scopes, channel, "history")
    roots = [
        m
        for m in channel.messages.values()
        if not m.ephemeral_for and (not m.is_reply or m.subtype == "thread_broadcast")
    ]
    return _messages(call, channel, list(reversed(_between(call, roots))))


def replies(call: Call) -> Json:
    """A thread, root first; of a reply's ts, that reply. Raises `ApiError` thread_not_found."""
    channel = call.channel(member=True)
    scopes.need_for(call.scopes, channel, "history")
    ts = required(call.arguments, "ts")
    root = channel.messages.get(ts)
    thread = channel.replies(ts)
    if (root is None or root.ephemeral_for) and not thread:
        raise ApiError("thread_not_found")
    return _messages(call, channel, [*([root] if root else []), *_between(call, thread)])


def _messages(call: Call, channel: Channel, messages: list[Message]) -> Json:
    with_metadata = flag(call.arguments, "include_all_metadata")
    answer = page(
        call, [message_json(call.workspace, channel, m, metadata=with_metadata) for m in messages], "messages"
    )
    return answer | {"has_more": bool(answer["response_metadata"]["next_cursor"])}


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = str(call.arguments.get("oldest") or "0"), str(call.arguments.get("latest") or "9" * 12)
    inclusive = flag(call.arguments, "inclusive")

    def within(message: Message) -> bool:
        if message.ts in (oldest, latest):
            return inclusive
        return float(oldest) < float(message.ts) < float(latest)

    return [message for message in messages if within(message)]


def _of_types(call: Call) -> list[Channel]:
    names = str(call.arguments.get("types") or "public_channel").split(",")
    kinds = {TYPES[name.strip()] for name in names if name.strip() in TYPES}
    for kind in sorted(kinds):
        if not scopes.readable(call.scopes, kind):
            scopes.need(call.scopes, {"public": "channels", "private": "groups", "dm": "im"}[kind] + ":read")
    archived = not flag(call.arguments, "exclude_archived")
    return [c for c in call.workspace.channels.values() if c.kind in kinds and (archived or not c.is_archived)]


METHODS: dict[str, Method] = {
    "conversations.info": info,
    "conversations.members": members,
    "conversations.list": list_,
    "conversations.open": open_,
    "conversations.history": history,
    "conversations.replies": replies,
    "users.conversations": of_bot,
}

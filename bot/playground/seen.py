"""What one person sees: the sidebar, the messages of a conversation, their home and their open form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict

from bot.playground.payloads import message_json
from bot.playground.scene import Scene
from bot.playground.wire import Json
from bot.playground.workspace import SLACKBOT, TOMBSTONE, Channel, Message, Person


def state_json(scene: Scene, me: Person, samples: Sequence[Mapping[str, object]]) -> Json:
    """GET /control/state."""
    workspace, app = scene.workspace, scene.workspace.app
    return {
        "team": {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.domain},
        "me": me.id,
        "people": [_person(person) for person in workspace.people.values() if person.id != SLACKBOT],
        "channels": [_channel(channel, me) for channel in workspace.channels_of(me.id)],
        "groups": [asdict(group) for group in workspace.groups.values()],
        "commands": [asdict(command) for command in app.commands],
        "shortcuts": [asdict(shortcut) | {"type": shortcut.kind} for shortcut in app.shortcuts],
        "samples": [dict(sample) for sample in samples],
        "bot": {"user_id": app.bot_user_id, "name": app.name, "connected": scene.sockets.count},
    }


def messages_json(scene: Scene, me: Person, channel: Channel) -> Json:
    """GET /control/messages; the person has then read them."""
    visible = list(channel.visible_to(me.id))
    if visible:
        channel.last_read[me.id] = visible[-1].ts
    return {"messages": [_message(scene, channel, message) for message in visible]}


def _person(person: Person) -> Json:
    shown = ("id", "name", "real_name", "role", "title", "is_guest", "is_bot", "is_stranger", "team_id")
    return {name: getattr(person, name) for name in shown}


def _channel(channel: Channel, me: Person) -> Json:
    read = channel.last_read.get(me.id, "")
    unread = sum(message.ts > read and message.user != me.id for message in channel.visible_to(me.id))
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "members": list(channel.members),
        "topic": channel.topic,
        "unread": unread,
        "is_archived": channel.is_archived,
        "is_shared": channel.is_shared,
    }


def _message(scene: Scene, channel: Channel, message: Message) -> Json:
    whole = message_json(scene.workspace, channel, message)
    return {
        "ts": message.ts,
        "thread_ts": whole.get("thread_ts"),
        "user": whole["user"],
        "text": TOMBSTONE if message.deleted else message.text,
        "blocks": deepcopy(message.blocks),
        "edited": message.edited,
        "deleted": message.deleted,
        "subtype": whole.get("subtype"),
        "files": deepcopy(message.files),
        "attachments": deepcopy(message.attachments),
        "reply_count": whole.get("reply_count", 0),
        "ephemeral_for": message.ephemeral_for,
        "metadata": deepcopy(message.metadata),
        "bot_id": message.bot_id,
    }

"""People, channels and messages as Slack writes them in answers, events and interactions."""

from __future__ import annotations

from copy import deepcopy

from bot.playground.wire import Json
from bot.playground.workspace import SLACKBOT, TOMBSTONE, Channel, Message, Person, Workspace

CHANNEL_TYPES = {"private": "group", "public": "channel", "dm": "im"}


def message_json(workspace: Workspace, channel: Channel, message: Message, *, metadata: bool = False) -> Json:
    """A message as `conversations.history` gives it, and as it stands inside events. Metadata only when asked for."""
    shape: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.team_id,
    }
    if message.deleted:
        shape |= {"subtype": "tombstone", "user": SLACKBOT, "text": TOMBSTONE, "hidden": True}
    elif message.subtype:
        shape["subtype"] = message.subtype
    if message.client_msg_id:
        shape["client_msg_id"] = message.client_msg_id
    if message.bot_id:
        shape |= {"bot_id": message.bot_id, "app_id": workspace.app.app_id, "bot_profile": bot_json(workspace)}
    for name in ("blocks", "files", "attachments", "edited"):
        if value := getattr(message, name):
            shape[name] = deepcopy(value)
    if message.files:
        shape["upload"] = False
    if metadata and message.metadata:
        shape["metadata"] = deepcopy(message.metadata)
    return shape | _thread_json(channel, message)


def _thread_json(channel: Channel, message: Message) -> Json:
    if message.is_reply:
        root = channel.messages.get(message.thread_ts or "")
        return {"thread_ts": message.thread_ts} | ({"parent_user_id": root.user} if root else {})
    replies = channel.replies(message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def bot_json(workspace: Workspace) -> Json:
    """The bot as `bots.info` and `bot_profile` give it."""
    app = workspace.app
    return {
        "id": app.bot_id,
        "app_id": app.app_id,
        "user_id": app.bot_user_id,
        "name": app.name,
        "deleted": False,
        "updated": 1_700_000_000,
        "team_id": workspace.team_id,
        "icons": {},
    }


def user_json(person: Person, *, email: bool) -> Json:
    """A person as `users.info` gives them; the address only with its scope, and never a stranger's."""
    profile: Json = {
        "title": person.title,
        "real_name": person.real_name,
        "display_name": person.name,
        "team": person.team_id,
        "real_name_normalized": person.real_name,
        "display_name_normalized": person.name,
        "status_text": "",
    }
    if email and person.email:
        profile["email"] = person.email
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": False,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": 0,
        "locale": "en-GB",
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_stranger": person.is_stranger,
        "updated": 1_700_000_000,
    }


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation as `conversations.info` gives it."""
    shape: Json = {
        "id": channel.id,
        "created": 1_700_000_000,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "dm",
        "is_mpim": False,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_member": workspace.bot_sees(channel),
        "is_ext_shared": channel.is_shared,
        "is_shared": channel.is_shared,
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
    }
    if channel.kind == "dm":
        other = next((user for user in channel.members if user != workspace.app.bot_user_id), "")
        return shape | {"user": other, "is_open": True}
    topic = {"value": channel.topic, "creator": "", "last_set": 0}
    return shape | {
        "name": channel.name,
        "name_normalized": channel.name,
        "topic": topic,
        "purpose": topic | {"value": ""},
        "num_members": len(channel.members),
        "creator": channel.members[0] if channel.members else "",
    }


def channel_name(channel: Channel) -> Json:
    """A conversation inside an interaction: private ones go without their name."""
    name = {"private": "privategroup", "dm": "directmessage"}.get(channel.kind, channel.name)
    return {"id": channel.id, "name": name}


def person_name(person: Person) -> Json:
    """The person who acts, inside an interaction."""
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}


def team_name(workspace: Workspace) -> Json:
    """The workspace, inside an interaction."""
    return {"id": workspace.team_id, "domain": workspace.domain}

"""Events as Slack words them, and whether the app hears them: by subscription and by membership."""

from __future__ import annotations

from copy import deepcopy

from bot.playground.payloads import CHANNEL_TYPES, message_json
from bot.playground.wire import Json
from bot.playground.workspace import Channel, Message, UserGroup, Workspace

MESSAGE_EVENTS = {"private": "message.groups", "public": "message.channels", "dm": "message.im"}


def hears(workspace: Workspace, event: Json, channel: Channel | None) -> bool:
    """Whether this event is subscribed to, and the bot a member where it happened."""
    name = MESSAGE_EVENTS[channel.kind] if event["type"] == "message" and channel else event["type"]
    return name in workspace.app.events and (channel is None or workspace.bot_sees(channel))


def posted(workspace: Workspace, channel: Channel, message: Message) -> Json:
    """A new message."""
    shape = message_json(workspace, channel, message)
    shape.pop("reply_count", None)
    return shape | _place(channel, message.ts)


def changed(workspace: Workspace, channel: Channel, message: Message, before: Json) -> Json:
    """`message_changed`: an edit, an unfurl, or a deleted root with replies (then `message` is a tombstone)."""
    after = message_json(workspace, channel, message) | {
        "source_team": workspace.team_id,
        "user_team": workspace.team_id,
    }
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": after,
        "previous_message": deepcopy(before),
        "hidden": True,
    } | _place(channel, workspace.new_ts(), with_ts=True)


def deleted(workspace: Workspace, channel: Channel, before: Json) -> Json:
    """`message_deleted`: a message that had no replies."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": deepcopy(before),
        "deleted_ts": before["ts"],
        "hidden": True,
    } | _place(channel, workspace.new_ts(), with_ts=True)


def joined(workspace: Workspace, channel: Channel, user: str, inviter: str | None) -> Json:
    """`member_joined_channel`."""
    return _membership("member_joined_channel", workspace, channel, user) | ({"inviter": inviter} if inviter else {})


def left(workspace: Workspace, channel: Channel, user: str) -> Json:
    """`member_left_channel`."""
    return _membership("member_left_channel", workspace, channel, user)


def bot_left(workspace: Workspace, channel: Channel) -> Json:
    """`group_left`: the bot was taken out of a private channel."""
    return {"type": "group_left", "channel": channel.id, "actor_id": "", "event_ts": workspace.new_ts()}


def archived(workspace: Workspace, channel: Channel, user: str) -> Json:
    """`group_archive`, or `channel_archive` for a public one."""
    kind = "group_archive" if channel.kind == "private" else "channel_archive"
    return {"type": kind, "channel": channel.id, "user": user, "is_moved": 0, "event_ts": workspace.new_ts()}


def home_opened(workspace: Workspace, person: str, tab: str, view: Json | None) -> Json:
    """`app_home_opened`; `tab` is `home` or `messages`."""
    event: Json = {"type": "app_home_opened", "user": person, "channel": workspace.dm(person).id, "tab": tab}
    if tab == "home" and view is not None:
        event["view"] = view
    return event | {"event_ts": workspace.new_ts()}


def group_members(workspace: Workspace, group: UserGroup, before: list[str]) -> Json:
    """`subteam_members_changed`."""
    added = [user for user in group.users if user not in before]
    removed = [user for user in before if user not in group.users]
    return {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": workspace.team_id,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
        "event_ts": workspace.new_ts(),
    }


def _place(channel: Channel, ts: str, *, with_ts: bool = False) -> Json:
    place: Json = {"channel": channel.id, "event_ts": ts, "channel_type": CHANNEL_TYPES[channel.kind]}
    return place | ({"ts": ts} if with_ts else {})


def _membership(kind: str, workspace: Workspace, channel: Channel, user: str) -> Json:
    letter = "C" if channel.kind == "public" else "G"
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": letter,
        "team": workspace.people[user].team_id,
        "event_ts": workspace.new_ts(),
    }

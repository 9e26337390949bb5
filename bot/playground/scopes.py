"""Which scope a Web API method needs, as its method page says for a bot token."""

from __future__ import annotations

from bot.playground.wire import ApiError
from bot.playground.workspace import Channel, ChannelKind

FIXED = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "bots.info": "users:read",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "team.info": "team:read",
}
"""Methods with one scope. Those of conversations need one by kind; auth.test, views.* and getPermalink need none."""

_BY_KIND: dict[ChannelKind, str] = {"private": "groups", "public": "channels", "dm": "im"}


def need(granted: tuple[str, ...], scope: str) -> None:
    """Raise `ApiError` missing_scope, with `needed` and `provided`, unless the scope was granted."""
    if scope not in granted:
        raise ApiError("missing_scope", needed=scope, provided=",".join(granted))


def need_for(granted: tuple[str, ...], channel: Channel, what: str) -> None:
    """The same for a conversation's kind; `what` is read or history."""
    need(granted, f"{_BY_KIND[channel.kind]}:{what}")


def readable(granted: tuple[str, ...], kind: ChannelKind) -> bool:
    """Whether conversations of this kind may be listed."""
    return f"{_BY_KIND[kind]}:read" in granted

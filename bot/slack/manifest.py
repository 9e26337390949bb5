"""The Slack manifest: only the scopes, events, commands and shortcuts that Lectern uses."""

from __future__ import annotations

from typing import Any

SCOPES = (
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
"""What each is for stands in docs/slack.md. Files are counted from the message itself, so none is for files."""

EVENTS = (
    "member_joined_channel",
    "member_left_channel",
    "message.groups",
    "message.im",
    "subteam_members_changed",
)

_LONG = (
    "Lectern reads drafts that leaders paste into a private channel, runs written rules and an AI review against the "
    "organisation's leadership guidelines, and answers in the thread: ready, better with edits, wait, better from "
    "another team, or hold. It never publishes anything to a social network and never blocks anybody. AI output can be "
    "wrong; the leader and the communications team decide."
)


def manifest(http_url: str | None = None) -> dict[str, Any]:
    """The manifest as Slack takes it, for Socket Mode; with `http_url` all goes to that one address."""
    address = {"request_url": http_url} if http_url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Lectern",
            "description": "Coaches leaders on social media drafts before they post",
            "long_description": _LONG,
            "background_color": "#1F3A5F",
        },
        "features": {
            "bot_user": {"display_name": "Lectern", "always_online": True},
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "shortcuts": [
                _shortcut("message", "Check this draft", "check_draft", "Send this message to Lectern as a draft"),
                _shortcut("global", "New draft", "new_draft", "Open the draft form"),
            ],
            "slash_commands": [
                # A draft is taken as it was typed; a name has to arrive as an id.
                _command("/coach", "Check a draft privately", "[draft | help | status | privacy]", False, http_url),
                _command("/cadence", "How often you or your leaders post", "[me | @leader] [13w]", True, http_url),
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": http_url is None,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(kind: str, name: str, callback_id: str, description: str) -> dict[str, Any]:
    return {"type": kind, "name": name, "callback_id": callback_id, "description": description}


def _command(command: str, description: str, hint: str, escape: bool, url: str | None) -> dict[str, Any]:
    made = {"command": command, "description": description, "usage_hint": hint, "should_escape": escape}
    return made | ({"url": url} if url else {})

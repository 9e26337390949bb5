"""The app as it stands installed in the workspace: its ids, tokens, scopes, events, commands and shortcuts.

`installed(manifest)` reads them from a Slack manifest; without one, Lectern's own choice (F1, F3) stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCOPES = (
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
EVENTS = (
    "app_home_opened",
    "group_archive",
    "group_deleted",
    "group_left",
    "member_joined_channel",
    "member_left_channel",
    "message.groups",
    "message.im",
    "subteam_members_changed",
)


@dataclass(frozen=True)
class SlashCommand:
    """One slash command. `should_escape` turns @name, #channel and links into Slack's codes."""

    command: str
    description: str
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """One shortcut; `kind` is `global` or `message`."""

    callback_id: str
    name: str
    kind: str
    description: str = ""


COMMANDS = (
    SlashCommand("/coach", "Check a draft privately, or see what Lectern can do", "[draft | subcommand]"),
    SlashCommand("/cadence", "How often you or your team post", "[me | @leader] [13w]", should_escape=True),
)
SHORTCUTS = (
    Shortcut("check_draft", "Check this draft", "message", "Send this message to Lectern as a draft"),
    Shortcut("new_draft", "New draft", "global", "Open the draft form"),
)


@dataclass(frozen=True)
class InstalledApp:
    """One app in one workspace. The tokens open nothing but the stand-in."""

    name: str = "Lectern"
    app_id: str = "A0LECTERN1"
    bot_id: str = "B0LECTERN1"
    bot_user_id: str = "U0LECTERN1"
    bot_token: str = "xoxb-stand-in-lectern"  # noqa: S105
    app_token: str = "xapp-1-stand-in-lectern"  # noqa: S105
    signing_secret: str = "stand-in-signing-secret"  # noqa: S105
    scopes: tuple[str, ...] = SCOPES
    events: tuple[str, ...] = EVENTS
    commands: tuple[SlashCommand, ...] = field(default=COMMANDS)
    shortcuts: tuple[Shortcut, ...] = field(default=SHORTCUTS)


def installed(manifest: Mapping[str, Any]) -> InstalledApp:
    """The app that a Slack manifest describes."""
    features = manifest["features"]
    return InstalledApp(
        name=features["bot_user"]["display_name"],
        scopes=tuple(manifest["oauth_config"]["scopes"]["bot"]),
        events=tuple(manifest["settings"]["event_subscriptions"]["bot_events"]),
        commands=tuple(
            SlashCommand(
                each["command"], each["description"], each.get("usage_hint", ""), each.get("should_escape", False)
            )
            for each in features["slash_commands"]
        ),
        shortcuts=tuple(
            Shortcut(each["callback_id"], each["name"], each["type"], each.get("description", ""))
            for each in features["shortcuts"]
        ),
    )

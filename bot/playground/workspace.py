"""People, channels, user groups and messages: what the workspace holds, and nothing about how it travels."""

from __future__ import annotations

import secrets
import string
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.playground.installed import InstalledApp
from bot.playground.wire import Json

SLACKBOT = "USLACKBOT"
TOMBSTONE = "This message was deleted."

ChannelKind = Literal["private", "public", "dm"]


@dataclass(frozen=True)
class Person:
    """One account. `team_id` differs for people of another workspace (Slack Connect)."""

    id: str
    name: str
    real_name: str
    title: str = ""
    role: str = ""
    email: str = ""
    team_id: str = "T0ALDER001"
    tz: str = "Europe/London"
    is_guest: bool = False
    is_bot: bool = False
    is_stranger: bool = False


@dataclass
class Message:
    """One message; `text` is escaped as Slack sends it. `ephemeral_for` names the only person who sees it."""

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    client_msg_id: str | None = None
    bot_id: str | None = None
    edited: Json | None = None
    deleted: bool = False
    files: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    ephemeral_for: str | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Channel:
    """One conversation. `members` are user ids, in the order in which they joined."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str] = field(default_factory=list)
    topic: str = ""
    is_archived: bool = False
    is_shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)
    _threads: dict[str, dict[str, Message]] = field(default_factory=dict)

    def add(self, message: Message) -> None:
        """Put a message at the end."""
        self.messages[message.ts] = message
        if message.is_reply and not message.ephemeral_for:
            self._threads.setdefault(str(message.thread_ts), {})[message.ts] = message

    def drop(self, message: Message) -> None:
        """Take a message away."""
        del self.messages[message.ts]
        self._threads.get(str(message.thread_ts), {}).pop(message.ts, None)

    def replies(self, root: str) -> list[Message]:
        """What stands in the thread of `root`, oldest first, without the root and without ephemerals."""
        return list(self._threads.get(root, {}).values())

    def visible_to(self, person: str) -> Iterator[Message]:
        """What one person sees, oldest first."""
        return (m for m in self.messages.values() if m.ephemeral_for in (None, person))


@dataclass
class UserGroup:
    """A user group (@handle)."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)


class Workspace:
    """The state of one Slack workspace. Ids and timestamps are made here, each once."""

    def __init__(
        self, app: InstalledApp, people: Iterable[Person], channels: Iterable[Channel], groups: Iterable[UserGroup]
    ) -> None:
        self.app = app
        self.team_id = "T0ALDER001"
        self.team_name = "Alder"
        self.domain = "alder"
        self.people = {person.id: person for person in people}
        self.channels = {channel.id: channel for channel in channels}
        self.groups = {group.id: group for group in groups}
        self.files: dict[str, Json] = {}
        self.file_bytes: dict[str, bytes] = {}
        self._last_ts = 0

    def new_ts(self) -> str:
        """A timestamp that no message has: microseconds since 1970, always rising."""
        self._last_ts = max(int(time.time() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        """A fresh id such as Slack's, beginning with `letter`."""
        return letter + "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(10))

    def dm(self, person: str) -> Channel:
        """The conversation of one person with the bot, made when it is first needed."""
        for channel in self.channels.values():
            if channel.kind == "dm" and person in channel.members:
                return channel
        channel = Channel(id="D" + person[1:], name="directmessage", kind="dm", members=[person, self.app.bot_user_id])
        self.channels[channel.id] = channel
        return channel

    def bot_sees(self, channel: Channel) -> bool:
        """Whether the app's bot is a member."""
        return self.app.bot_user_id in channel.members

    def channels_of(self, person: str) -> list[Channel]:
        """What one person finds in the sidebar: their own channels, and the public ones."""
        guest = self.people[person].is_guest or self.people[person].is_stranger
        return [c for c in self.channels.values() if person in c.members or (c.kind == "public" and not guest)]

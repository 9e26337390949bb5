"""One call of a Web API method: its arguments, and what every family looks up in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.playground.arguments import required, whole
from bot.playground.scene import Scene
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import Channel, Person, Workspace

MOST_PER_PAGE = 1000


@dataclass(frozen=True)
class Call:
    """A call with the bot's token (or, where a method takes none, without)."""

    scene: Scene
    arguments: Json

    @property
    def workspace(self) -> Workspace:
        """The workspace that the token belongs to."""
        return self.scene.workspace

    @property
    def scopes(self) -> tuple[str, ...]:
        """What was granted."""
        return self.workspace.app.scopes

    def channel(self, name: str = "channel", *, member: bool = False) -> Channel:
        """The conversation in an argument; a private one without the bot is `ApiError` channel_not_found."""
        channel = self.workspace.channels.get(required(self.arguments, name))
        if channel is None or (channel.kind != "public" and not self.workspace.bot_sees(channel)):
            raise ApiError("channel_not_found")
        if member and not self.workspace.bot_sees(channel):
            raise ApiError("not_in_channel")
        return channel

    def person(self, name: str = "user") -> Person:
        """The person in an argument. Raises `ApiError` user_not_found."""
        person = self.workspace.people.get(required(self.arguments, name))
        if person is None:
            raise ApiError("user_not_found")
        return person


Method = Callable[[Call], Json]


def page(call: Call, everything: Sequence[object], name: str, default: int = 100) -> Json:
    """One page of a list, with `next_cursor` as Slack gives it (empty at the end). Raises `ApiError` invalid_cursor."""
    limit = max(1, whole(call.arguments, "limit", default, MOST_PER_PAGE))
    cursor = str(call.arguments.get("cursor") or "")
    if cursor and not cursor.removeprefix("next-").isdigit():
        raise ApiError("invalid_cursor")
    start = int(cursor.removeprefix("next-") or 0)
    rest = start + limit
    following = f"next-{rest}" if rest < len(everything) else ""
    return {name: list(everything[start:rest]), "response_metadata": {"next_cursor": following}}

"""Who is who: members of channels, comms, guests, delegates, names. Asked of Slack, and kept for a short while.

Rights are checked with these answers when a tap arrives. What Slack can't be asked now (429, 5xx, no answer) raises, so
that the delivery is not acknowledged; what it never answers (a scope that was declined) counts as not known.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.model import COMMS
from bot.playbook import Leader, Playbook
from bot.slack.clients import UNANSWERED, Me, error_code, is_transient

MEMBERS_SECONDS = 60
USERS_SECONDS = 600
MET_AT_ONCE = 10
"""Names that are asked for in one go, so that nothing else waits for Slack's limits."""


log = structlog.get_logger("lectern.people")


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack says of one user. `outsider` is a guest, a bot, or somebody of another workspace."""

    id: str
    name: str
    email: str = ""
    timezone: str = ""
    outsider: bool = False


class People:
    """Answers about people, each at most a minute (members) or ten minutes (names) old."""

    def __init__(
        self, client: AsyncWebClient, me: Me, drafts: tuple[str, ...], oversight: str, comms_group: str
    ) -> None:
        self._client = client
        self._me = me
        self.draft_channels = drafts
        self._oversight = oversight
        self._group = comms_group
        self._members: dict[str, tuple[float, frozenset[str]]] = {}
        self._users: dict[str, tuple[float, Person]] = {}
        self._by_email: dict[str, str | None] = {}

    async def members(self, channel: str) -> frozenset[str]:
        """Members of a channel; empty where Lectern can't see it."""
        if not channel:
            return frozenset()
        return await self._kept(f"channel {channel}", lambda: self._ask_members(channel))

    async def comms(self) -> frozenset[str]:
        """The comms team: the user group, or the oversight channel's members where groups are not available."""
        if self._group:
            people = await self._kept(f"group {self._group}", self._ask_group)
            if people:
                return people
        return await self.members(self._oversight) - {self._me.user_id}

    async def person(self, user: str) -> Person:
        """Name, address and standing of a user. A user that Slack does not tell about has their id for a name."""
        kept = self._users.get(user)
        if kept and monotonic() - kept[0] < USERS_SECONDS:
            return kept[1]
        answer = await self._ask("users.info", self._client.users_info(user=user))
        person = _person(user, answer.get("user") or {}, self._me.team_id)
        self._users[user] = (monotonic(), person)
        return person

    async def names(self, users: Iterable[str]) -> dict[str, str]:
        """Display names by user id."""
        return {user: (await self.person(user)).name for user in dict.fromkeys(users) if user}

    def met(self) -> tuple[str, ...]:
        """Names of all people that Slack has told about so far: members of the draft channels, and whoever wrote or tapped."""
        return tuple(person.name for _, person in self._users.values())

    async def meet(self) -> None:
        """Ask for the names of some members of the draft channels that are not known yet. Slack's silence costs only those."""
        try:
            members = [user for channel in self.draft_channels for user in await self.members(channel)]
            for user in [user for user in dict.fromkeys(members) if user not in self._users][:MET_AT_ONCE]:
                await self.person(user)
        except UNANSWERED as error:
            log.info("names could not be asked for", error=type(error).__name__)

    async def in_comms(self, user: str) -> bool:
        """Whether the user is of the comms team."""
        return user in await self.comms()

    async def in_draft_channel(self, user: str) -> bool:
        """Whether the user is a member of any draft channel."""
        for channel in self.draft_channels:
            if user in await self.members(channel):
                return True
        return False

    async def in_team(self, user: str, route_id: str, playbook: Playbook) -> bool:
        """Whether the user is a member of that route's channel."""
        if route_id == COMMS:
            return await self.in_comms(user)
        route = playbook.route(route_id)
        return route is not None and user in await self.members(route.channel)

    async def leaders_of(self, user: str, playbook: Playbook) -> tuple[str, ...]:
        """Slack ids of the leaders for whom the user may submit, in the order of organisation.toml."""
        found: list[str] = []
        for leader in playbook.organisation.leaders:
            for delegate in leader.delegates:
                if await self._is(delegate, user):
                    known = await self.user_id(leader.id)
                    if known:
                        found.append(known)
                    break
        return tuple(found)

    async def profile(self, user: str, playbook: Playbook) -> Leader | None:
        """What organisation.toml says of this leader, by Slack id or e-mail address."""
        for leader in playbook.organisation.leaders:
            if await self._is(leader.id, user):
                return leader
        return None

    async def is_leader(self, user: str, playbook: Playbook) -> bool:
        """A member of a draft channel who is neither comms nor named as a delegate, or is named as a leader (product 1)."""
        if await self.profile(user, playbook):
            return True
        if await self.in_comms(user) or await self.leaders_of(user, playbook):
            return False
        return await self.in_draft_channel(user)

    async def user_id(self, who: str) -> str | None:
        """The Slack id of somebody who is named by id or by e-mail address."""
        if "@" not in who:
            return who
        if who not in self._by_email:
            answer = await self._ask("users.lookupByEmail", self._client.users_lookupByEmail(email=who))
            self._by_email[who] = (answer.get("user") or {}).get("id")
        return self._by_email[who]

    def forget_members(self) -> None:
        """Ask again at the next question: somebody joined or left."""
        self._members.clear()

    async def _is(self, who: str, user: str) -> bool:
        if "@" not in who:
            return who == user
        return (await self.person(user)).email.casefold() == who.casefold()

    async def _kept(self, key: str, ask: Callable[[], Awaitable[frozenset[str]]]) -> frozenset[str]:
        kept = self._members.get(key)
        if kept and monotonic() - kept[0] < MEMBERS_SECONDS:
            return kept[1]
        try:
            people = await ask()
        except UNANSWERED:
            if kept:
                return kept[1]
            raise
        self._members[key] = (monotonic(), people)
        return people

    async def _ask_members(self, channel: str) -> frozenset[str]:
        people: set[str] = set()
        cursor = ""
        while True:
            answer = await self._ask(
                "conversations.members",
                self._client.conversations_members(channel=channel, limit=200, cursor=cursor or None),
            )
            people.update(answer.get("members") or ())
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return frozenset(people)

    async def _ask_group(self) -> frozenset[str]:
        answer = await self._ask("usergroups.users.list", self._client.usergroups_users_list(usergroup=self._group))
        return frozenset(answer.get("users") or ())

    async def _ask(self, method: str, call: Awaitable[AsyncSlackResponse]) -> dict[str, Any]:
        try:
            answer = await call
        except SlackApiError as error:
            if is_transient(error):
                raise
            log.warning("slack does not answer this question", method=method, error=error_code(error))
            return {}
        return dict(answer.data) if isinstance(answer.data, dict) else {}


def _person(user: str, told: dict[str, Any], team: str) -> Person:
    profile = told.get("profile") or {}
    name = told.get("real_name") or profile.get("real_name") or profile.get("display_name") or told.get("name") or user
    foreign = bool(told.get("is_stranger")) or (bool(team) and bool(told.get("team_id")) and told["team_id"] != team)
    outsider = foreign or any(told.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_bot"))
    return Person(user, str(name), str(profile.get("email") or ""), str(told.get("tz") or ""), outsider)

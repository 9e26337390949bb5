"""The form *New draft*: who may open it, and for whom a draft may be (product F4, F10)."""

from __future__ import annotations

from typing import Literal

from bot.slack.cards.forms import new_draft_form
from bot.slack.desk import Desk

DraftRole = Literal["leader", "delegate", "comms"]


async def role_for_drafts(desk: Desk, user: str) -> DraftRole | None:
    """As what somebody may hand in a draft; None for guests, visitors and people who are in no draft channel."""
    if (await desk.people.person(user)).outsider:
        return None
    if await desk.people.is_leader(user, desk.playbook):
        return "leader"
    if await desk.people.leaders_of(user, desk.playbook):
        return "delegate"
    return "comms" if await desk.people.in_comms(user) else None


async def may_submit_for(desk: Desk, user: str, leader: str) -> bool:
    """Whether somebody may hand in a draft for this leader: it is theirs, or they are a delegate or of comms."""
    if not await desk.people.is_leader(leader, desk.playbook):
        return False
    if user == leader or leader in await desk.people.leaders_of(user, desk.playbook):
        return True
    return await desk.people.in_comms(user)


async def roles_of(desk: Desk, user: str) -> tuple[str, ...]:
    """All that somebody is here: leader, delegate, comms, team."""
    own = await role_for_drafts(desk, user)
    roles: list[str] = [own] if own else []
    if own != "comms" and await desk.people.in_comms(user):
        roles.append("comms")
    for route in desk.playbook.routes:
        if await desk.people.in_team(user, route.id, desk.playbook):
            roles.append("team")
            break
    return tuple(roles)


async def preset_leader(desk: Desk, user: str) -> str:
    """Whose post it is most likely: the leader's own, or the one leader of a delegate; empty where it has to be chosen."""
    if await desk.people.is_leader(user, desk.playbook):
        return user
    leaders = await desk.people.leaders_of(user, desk.playbook)
    return leaders[0] if len(leaders) == 1 else ""


async def open_new_draft(
    desk: Desk, trigger: str, user: str, *, text: str = "", platforms: tuple[str, ...] = ()
) -> None:
    """Open the form, with what is known filled in. Raises `SlackApiError` when it comes too late."""
    channels = [channel for channel in desk.people.draft_channels if user in await desk.people.members(channel)]
    leader = await preset_leader(desk, user)
    view = new_draft_form(desk.playbook, text=text, platforms=platforms, leader=leader, channels=channels)
    await desk.clients.posting.views_open(trigger_id=trigger, view=view)

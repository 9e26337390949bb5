"""Who may do what (product 1.1): one table, asked when the tap arrives and never when the card was drawn."""

from __future__ import annotations

from enum import StrEnum

from bot.model import Draft, Handoff
from bot.slack.desk import Desk


class Role(StrEnum):
    """What somebody is to one draft or hand-off."""

    LEADER = "leader"
    DELEGATE = "delegate"
    SUBMITTER = "submitter"
    COMMS = "comms"
    TEAM = "team"
    READER = "reader"


_WORK = frozenset({Role.LEADER, Role.DELEGATE, Role.SUBMITTER})
_SEND = frozenset({Role.LEADER, Role.DELEGATE})
_TEAM = frozenset({Role.TEAM, Role.COMMS})

HOLD_OVERRIDE = "draft.override_hold"
"""Going ahead against a hold: the leader's alone. No button has this verb; it is asked beside `draft.override`."""

RIGHTS: dict[str, frozenset[Role]] = {
    "draft.use": _WORK,
    "draft.edit": _WORK,
    "draft.reply": _WORK,
    "draft.drop": _WORK,
    "draft.restore": _WORK,
    "draft.retry": _WORK,
    "draft.posted": _WORK | {Role.COMMS},
    "draft.posted_details": _WORK | {Role.COMMS},
    "draft.handoff": _SEND,
    "draft.keep": _WORK,
    "draft.check_now": _WORK,
    "draft.override": _SEND,
    HOLD_OVERRIDE: frozenset({Role.LEADER}),
    "draft.take_back": _SEND,
    "draft.one_off": frozenset({Role.LEADER}),
    "draft.withdraw_ask": _SEND,
    "one_off.allow": frozenset({Role.COMMS}),
    "one_off.refuse": frozenset({Role.COMMS}),
    "one_off.noted": _TEAM,
    "draft.dismiss": _WORK,
    "draft.bring_back": _WORK,
    "draft.feedback": _WORK | {Role.READER},
    "draft.feedback_positive": _WORK | {Role.READER},
    "draft.feedback_negative": _WORK | {Role.READER},
    "draft.feedback_why": _WORK | {Role.READER},
    "draft.changes": _WORK | {Role.READER},
    "draft.why": _WORK | {Role.READER},
    "draft.points": _WORK | {Role.READER},
    "draft.checked": _WORK | {Role.READER},
    "handoff.claim": _TEAM,
    "handoff.done": _TEAM,
    "handoff.put_back": _TEAM,
    "handoff.withdraw": _SEND,
}
"""Which roles may do what. A submitter is comms or a delegate who handed the draft in; a reader is a member of the
channel that the draft was pasted in, who sees the text there anyway."""


async def draft_roles(desk: Desk, draft: Draft, user: str) -> frozenset[Role]:
    """What the user is to this draft, now."""
    roles = set()
    if user == draft.leader:
        roles.add(Role.LEADER)
    if draft.leader in await desk.people.leaders_of(user, desk.playbook):
        roles.add(Role.DELEGATE)
    comms = await desk.people.in_comms(user)
    if comms:
        roles.add(Role.COMMS)
    if user == draft.submitter and comms:
        roles.add(Role.SUBMITTER)
    if user in await desk.people.members(draft.channel):
        roles.add(Role.READER)
    return frozenset(roles)


async def handoff_roles(desk: Desk, handoff: Handoff, user: str) -> frozenset[Role]:
    """What the user is to this hand-off, now."""
    roles = set()
    if user == handoff.leader:
        roles.add(Role.LEADER)
    if handoff.leader in await desk.people.leaders_of(user, desk.playbook):
        roles.add(Role.DELEGATE)
    if await desk.people.in_comms(user):
        roles.add(Role.COMMS)
    if await desk.people.in_team(user, handoff.route, desk.playbook):
        roles.add(Role.TEAM)
    return frozenset(roles)


async def one_off_roles(desk: Desk, draft: Draft, route: str, user: str) -> frozenset[Role]:
    """What the user is to a one-off: nobody decides as comms about a draft that is theirs, or that they submitted."""
    roles = set()
    if await desk.people.in_comms(user) and user not in {draft.leader, draft.submitter}:
        roles.add(Role.COMMS)
    if await desk.people.in_team(user, route, desk.playbook):
        roles.add(Role.TEAM)
    return frozenset(roles)


def may(verb: str, roles: frozenset[Role]) -> bool:
    """Whether any of the roles may do it. What the table does not name, nobody may."""
    return bool(RIGHTS.get(verb, frozenset()) & roles)

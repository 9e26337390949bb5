"""The channels that the settings name: whether Lectern is in them, and whether they are private."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import StartError
from bot.playbook import Playbook
from bot.settings import Settings
from bot.slack.clients import error_code

log = structlog.get_logger("lectern.rooms")

UNSEEN = frozenset({"channel_not_found", "not_in_channel"})


@dataclass(frozen=True, slots=True)
class RoomFault:
    """What is wrong with one channel, in a sentence. `draft` marks a draft channel."""

    channel: str
    draft: bool
    sentence: str


async def room_faults(client: AsyncWebClient, settings: Settings, playbook: Playbook) -> tuple[RoomFault, ...]:
    """Every fault of the draft channels, the oversight channel and the teams' channels."""
    wanted = [(channel, f"LECTERN_DRAFT_CHANNELS names {channel}", True) for channel in settings.lectern_draft_channels]
    if settings.lectern_oversight_channel:
        channel = settings.lectern_oversight_channel
        wanted.append((channel, f"LECTERN_OVERSIGHT_CHANNEL names {channel}", False))
    wanted += [
        (route.channel, f"prompts/routes names {route.channel} for {route.name}", False)
        for route in playbook.routes
        if route.channel
    ]
    faults = []
    for channel, named, draft in wanted:
        sentence = await _fault(client, channel, named)
        if sentence:
            faults.append(RoomFault(channel, draft, sentence))
    return tuple(faults)


async def check_rooms(client: AsyncWebClient, settings: Settings, playbook: Playbook) -> None:
    """Log every fault; raise `StartError` when no draft channel at all can be used."""
    faults = await room_faults(client, settings, playbook)
    drafts = [fault for fault in faults if fault.draft]
    usable = len(drafts) < len(settings.lectern_draft_channels)
    for fault in faults:
        if usable or not fault.draft:
            log.warning("a channel can't be used", fault=fault.sentence)
    if not usable:
        raise StartError("\n".join(fault.sentence for fault in drafts))


async def _fault(client: AsyncWebClient, channel: str, named: str) -> str | None:
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as error:
        return _refused(error_code(error), named)
    except (ClientError, OSError, TimeoutError) as error:
        # Slack was there a moment ago, at sign_in: what it does not say now is no fault of the settings.
        return _refused(type(error).__name__, named)
    room = answer.get("channel") or {}
    if room.get("is_archived"):
        return f"{named}, and that channel is archived. Name one that is in use."
    if room.get("is_ext_shared"):
        return f"{named}, and that channel is shared with another company. Name one that is not."
    if not room.get("is_private", True):
        return (
            f"{named}, and that channel is public. Drafts and hand-offs belong in private channels: name a private one."
        )
    if room.get("is_member") is False:
        return f"{named}, and Lectern is not in that channel. Invite it with /invite @Lectern."
    return None


def _refused(code: str, named: str) -> str | None:
    if code in UNSEEN:
        return f"{named}, and Lectern can't see that channel ({code}). Check the id, and invite Lectern with /invite @Lectern."
    if code == "missing_scope":
        return (
            f"{named}, and Lectern may not look at channels ({code}). Give its Slack app the scopes of `lectern manifest`, "
            "and install it again."
        )
    log.warning("slack does not answer this question", method="conversations.info", error=code)
    return None

"""Who is reminded of a kept draft whose time has come, and where."""

from __future__ import annotations

from bot.model import Draft
from bot.slack.commands.coach import permalink
from bot.slack.desk import Desk
from bot.slack.submit import conversation
from bot.store import OutMessage


async def reminders(desk: Desk, draft: Draft, review_id: str) -> list[OutMessage]:
    """One message each for the leader and whoever submitted the draft, in their conversations with Lectern.

    Raises what Slack's client raises; a step that runs again finds the messages by their ids.
    """
    where = draft.card_channel or draft.channel
    url = await permalink(desk, where, draft.card_ts or draft.message_ts)
    return [
        OutMessage(
            f"reminder:{review_id}:{user}",
            "reminder",
            await conversation(desk, user),
            draft_id=draft.id,
            values={"url": url},
        )
        for user in dict.fromkeys((draft.leader, draft.submitter))
    ]

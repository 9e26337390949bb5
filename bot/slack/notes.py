"""Short answers beside the cards: to one person, or as a line in a thread."""

from __future__ import annotations

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.model import Draft
from bot.slack.clients import UNANSWERED, error_code
from bot.slack.desk import Desk
from bot.slack.rich import Card
from bot.store import OutMessage

log = structlog.get_logger("lectern.notes")


async def say_privately(
    desk: Desk, channel: str, user: str, key: str, *, thread: str | None = None, **values: str
) -> None:
    """An ephemeral sentence. Best effort: it is never delivered later, and nothing depends on it."""
    await show_privately(desk, channel, user, sentence(desk, key, **values), thread=thread)


async def show_privately(desk: Desk, channel: str, user: str, card: Card, *, thread: str | None = None) -> None:
    """An ephemeral card, for what needs more than a sentence."""
    try:
        await desk.clients.posting.chat_postEphemeral(
            channel=channel, user=user, thread_ts=thread, text=card.text, blocks=card.blocks or None
        )
    except UNANSWERED as error:
        code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("an answer to one person was not shown", error=code)


async def answer_in_thread(desk: Desk, channel: str, thread: str, key: str) -> None:
    """A line in the thread of a message that is no draft; once, however often the message is delivered."""
    await desk.store.place(
        OutMessage(f"line:{channel}:{thread}:{key}", "line", channel, thread_ts=thread, key=key), now=desk.now()
    )
    desk.wake()


def sentence(desk: Desk, key: str, **values: str) -> Card:
    """A sentence of replies.toml as a message."""
    return worded(desk.playbook.replies.say(key, **values))


def worded(text: str) -> Card:
    """A sentence as a message."""
    return Card(text, [{"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}])


def hearers(draft: Draft, by: str) -> str:
    """Whom a line about what `by` did mentions: the leader and whoever submitted the draft, save `by`. Ids, with spaces."""
    return " ".join(user for user in dict.fromkeys([draft.leader, draft.submitter]) if user != by)


def thread_line(draft_id: str, once: str, channel: str, thread: str, key: str, **values: Any) -> OutMessage:
    """A line in a draft's thread, to be stored with the decision that it tells of. `once` makes its id unique."""
    told = {name: str(value) for name, value in values.items()}
    return OutMessage(
        f"line:{draft_id}:{once}", "line", channel, draft_id=draft_id, thread_ts=thread, key=key, values=told
    )

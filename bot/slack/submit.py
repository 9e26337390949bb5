"""Drafts that come by command, form or shortcut: the text stands in a conversation, and the card in its thread (F3–F5)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from bot.errors import StoreError
from bot.model import Attachments
from bot.slack.cards.submitted import draw_submitted
from bot.slack.clients import UNANSWERED
from bot.slack.desk import Desk
from bot.store import NewDraft, OutMessage, Taken


@dataclass(frozen=True, slots=True)
class Submission:
    """A text and whose post it will be. `channel` is empty for the submitter's own conversation with Lectern."""

    text: str
    leader: str
    submitter: str
    platforms: tuple[str, ...] = ()
    channel: str = ""
    attachments: Attachments = field(default_factory=Attachments)


@dataclass(frozen=True, slots=True)
class Submitted:
    """Where the text now stands."""

    channel: str
    ts: str
    taken: Taken | None


async def submit_text(desk: Desk, submission: Submission) -> Submitted:
    """Post the text, and store it as a draft whose message this is.

    Slack repeats neither commands nor forms, so whoever calls this answers only after it has returned: a failure on
    the way is told, and the person has the text still. Raises what Slack's client and the store raise.
    """
    channel = submission.channel or await conversation(desk, submission.submitter)
    names = await desk.people.names((submission.leader, submission.submitter))
    card = draw_submitted(submission.text, submission.leader, submission.submitter, desk.playbook, names)
    answer = await desk.clients.posting.chat_postMessage(
        channel=channel, text=card.text, blocks=card.blocks, unfurl_links=False, unfurl_media=False
    )
    ts = str(answer["ts"])
    try:
        taken = await desk.store.take_draft(
            NewDraft(
                leader=submission.leader,
                submitter=submission.submitter,
                channel=channel,
                message_ts=ts,
                thread_ts=ts,
                text=submission.text,
                platforms=submission.platforms or await desk.platforms_of(submission.leader),
                platform_known=bool(submission.platforms),
                now=desk.now(),
                card_not_before=desk.first_card_by(),
                attachments=submission.attachments,
                origin="form",
            )
        )
    except StoreError:
        # The person is told that nothing was saved, and tries again: then nothing may be left standing.
        with suppress(*UNANSWERED):
            await desk.clients.web.chat_delete(channel=channel, ts=ts)
        raise
    if taken is not None:
        # So that the message loses the text when the draft does.
        held = {"revision": taken.revision_id}
        copy = OutMessage(f"submitted:{taken.draft_id}", "copy", channel, taken.draft_id, values=held, ts=ts, drawn=1)
        await desk.store.place(copy, now=desk.now())
    desk.wake()
    return Submitted(channel, ts, taken)


async def conversation(desk: Desk, user: str) -> str:
    """The channel id of the user's conversation with Lectern."""
    answer = await desk.clients.web.conversations_open(users=user)
    return str(answer["channel"]["id"])

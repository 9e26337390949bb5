"""*Check this draft* on any message, and *New draft* from anywhere (product F4, F5)."""

from __future__ import annotations

import re
import secrets
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.slack.arrivals import text_of
from bot.slack.clients import LATE_TRIGGER, UNANSWERED, error_code
from bot.slack.decode import attachments_of, read_marks
from bot.slack.desk import Desk
from bot.slack.new_draft import may_submit_for, open_new_draft, preset_leader, role_for_drafts
from bot.slack.notes import say_privately
from bot.slack.submit import Submission, conversation, submit_text

log = structlog.get_logger("lectern.shortcuts")


def register(bolt: AsyncApp, desk: Desk) -> None:
    """Both shortcuts, and an answer for one that an older manifest may still have."""

    async def on_shortcut(body: dict[str, Any], ack: AsyncAck) -> None:
        await ack()
        user = str((body.get("user") or {}).get("id") or "")
        try:
            await _run(desk, user, body)
        except Exception as error:
            reference = secrets.token_hex(4)
            code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
            if code in LATE_TRIGGER:
                await _tell(desk, user, "answer.trigger")
                return
            log.error("a shortcut failed", error=code, reference=reference)
            await _tell(desk, user, "answer.failed", reference=reference)

    bolt.shortcut(re.compile(".*"))(on_shortcut)


async def _run(desk: Desk, user: str, body: dict[str, Any]) -> None:
    if await role_for_drafts(desk, user) is None:
        await _tell(desk, user, "answer.outsider")
        return
    match body.get("callback_id"):
        case "new_draft":
            await open_new_draft(desk, str(body["trigger_id"]), user)
        case "check_draft":
            await _check(desk, user, body)
        case _:
            await _tell(desk, user, "answer.old_button")


async def _check(desk: Desk, user: str, body: dict[str, Any]) -> None:
    """The own message of whoever tapped is checked at once; somebody else's opens the form, to choose whose post it is."""
    message = body.get("message") or {}
    marks = read_marks(await text_of(desk, message), message, desk.playbook)
    if marks.private:
        await _tell(desk, user, "coach.private")
        return
    if not marks.text:
        await _tell(desk, user, "file.only")
        return
    leader = marks.for_user or await preset_leader(desk, user)
    if message.get("user") == user and leader and await may_submit_for(desk, user, leader):
        await submit_text(desk, Submission(marks.text, leader, user, marks.platforms, "", attachments_of(message)))
        return
    await open_new_draft(desk, str(body["trigger_id"]), user, text=marks.text, platforms=marks.platforms)


async def _tell(desk: Desk, user: str, key: str, **values: str) -> None:
    """In the person's own conversation: Lectern need not be where the shortcut was used."""
    try:
        channel = await conversation(desk, user)
    except UNANSWERED as error:
        log.warning("an answer could not be given", error=type(error).__name__)
        return
    await say_privately(desk, channel, user, key, **values)

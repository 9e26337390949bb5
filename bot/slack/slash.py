"""Slash commands in: each command is a file in `commands`; every call is answered, within Slack's 3 seconds."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import StoreError
from bot.slack import commands
from bot.slack.call import Call
from bot.slack.clients import LATE_TRIGGER, error_code
from bot.slack.desk import Desk
from bot.slack.notes import sentence
from bot.slack.rich import Card

log = structlog.get_logger("lectern.slash")

Answer = Callable[[Desk, Call], Awaitable[Card | None]]


def register(bolt: AsyncApp, desk: Desk) -> None:
    """One listener for all commands."""
    answers: dict[str, Answer] = {}
    for found in iter_modules(commands.__path__):
        module = import_module(f"{commands.__name__}.{found.name}")
        answers[module.COMMAND] = module.answer

    async def on_command(body: dict[str, Any], ack: AsyncAck) -> None:
        call = Call(
            command=str(body.get("command") or ""),
            text=str(body.get("text") or ""),
            user=str(body.get("user_id") or ""),
            channel=str(body.get("channel_id") or ""),
            trigger=str(body.get("trigger_id") or ""),
        )
        card = await _answer(desk, answers, call)
        if card is None:
            await ack()
        else:
            await ack(text=card.text, blocks=card.blocks, response_type="ephemeral")

    bolt.command(re.compile(".*"))(on_command)


async def _answer(desk: Desk, answers: dict[str, Answer], call: Call) -> Card | None:
    answer = answers.get(call.command)
    if answer is None:
        return sentence(desk, "answer.old_button")
    try:
        if (await desk.people.person(call.user)).outsider:
            return sentence(desk, "answer.outsider")
        return await answer(desk, call)
    except StoreError:
        return sentence(desk, "answer.not_saved")
    except SlackApiError as error:
        if error_code(error) in LATE_TRIGGER:
            return sentence(desk, "answer.trigger")
        return _failed(desk, call, error_code(error))
    except Exception as error:
        return _failed(desk, call, type(error).__name__)


def _failed(desk: Desk, call: Call, error: str) -> Card:
    reference = secrets.token_hex(4)
    log.error("a command failed", command=call.command, error=error, reference=reference)
    return sentence(desk, "answer.failed", reference=reference)

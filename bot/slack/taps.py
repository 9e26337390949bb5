"""Taps in: every one is answered, also after a restart, by the wrong person, twice, or too late (promise 10).

A tap's verb is its action id, or stands in the chosen option of a menu before a space; what follows are opaque
ids. Each verb is a file in `actions`, each form a file in `forms`; both are found by their names.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.errors import StoreError
from bot.slack import actions, forms
from bot.slack.asked import tell
from bot.slack.clients import LATE_TRIGGER, UNANSWERED, error_code
from bot.slack.desk import Desk
from bot.slack.tap import Form, Tap, read_form, read_tap

log = structlog.get_logger("lectern.taps")

Errors = dict[str, str]
TapAction = Callable[[Desk, Tap], Awaitable[None]]
FormAction = Callable[[Desk, Form], Awaitable[Errors | None]]


def register(bolt: AsyncApp, desk: Desk) -> None:
    """One listener for all taps and one for all forms, so that none goes unanswered."""
    verbs: dict[str, TapAction] = {module.VERB: module.tap for module in _modules(actions)}
    names: dict[str, FormAction] = {module.NAME: module.submit for module in _modules(forms)}

    async def on_tap(body: dict[str, Any], ack: AsyncAck) -> None:
        await ack()
        for action in body.get("actions") or ():
            await _answer_tap(desk, verbs, read_tap(body, action))

    async def on_submit(body: dict[str, Any], ack: AsyncAck) -> None:
        form = read_form(body)
        errors = await _answer_form(desk, names, form)
        if errors:
            await ack(response_action="errors", errors=errors)
        else:
            # Forms under this one show what was before.
            await ack(response_action="clear")

    async def on_close(ack: AsyncAck) -> None:
        await ack()

    anything = re.compile(".*", re.DOTALL)
    bolt.action(anything)(on_tap)
    bolt.view_submission(anything)(on_submit)
    bolt.view_closed(anything)(on_close)


async def _answer_tap(desk: Desk, verbs: Mapping[str, TapAction], tap: Tap) -> None:
    action = verbs.get(tap.verb)
    try:
        if action is None:
            await _old_button(desk, tap)
        else:
            await action(desk, tap)
    except StoreError:
        await _tell(desk, tap, "answer.not_saved")
    except SlackApiError as error:
        if error_code(error) in LATE_TRIGGER:
            await _tell(desk, tap, "answer.trigger")
        else:
            await _failed(desk, tap, error_code(error))
    except Exception as error:
        await _failed(desk, tap, type(error).__name__)


async def _old_button(desk: Desk, tap: Tap) -> None:
    handoff = await desk.store.handoff(tap.subject) if tap.subject else None
    if handoff is not None:
        await desk.store.bump(handoff.draft_id, [handoff.id])
    elif tap.subject:
        await desk.store.bump(tap.subject)
    desk.wake()
    await tell(desk, tap, "answer.old_button")


async def _failed(desk: Desk, tap: Tap, error: str) -> None:
    reference = secrets.token_hex(4)
    log.error("a tap failed", verb=tap.verb, error=error, reference=reference)
    await _tell(desk, tap, "answer.failed", reference=reference)


async def _tell(desk: Desk, tap: Tap, key: str, **values: str) -> None:
    """Best effort: what went wrong may be Slack itself."""
    try:
        await tell(desk, tap, key, **values)
    except UNANSWERED as error:
        log.warning("an answer to one person was not shown", error=type(error).__name__)


async def _answer_form(desk: Desk, names: Mapping[str, FormAction], form: Form) -> Errors | None:
    """Errors stand on a field, so that the form stays open with what was typed."""
    submit = names.get(form.name)
    first = next(iter(form.values), "")
    replies = desk.playbook.replies
    try:
        if submit is None:
            return {first: replies.say("answer.old_button")} if first else None
        return await submit(desk, form)
    except StoreError:
        return {first: replies.say("answer.not_saved")}
    except Exception as error:
        reference = secrets.token_hex(4)
        log.error("a form failed", form=form.name, error=type(error).__name__, reference=reference)
        return {first: replies.say("answer.failed", reference=reference)}


def _modules(package: Any) -> list[Any]:
    return [import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__)]

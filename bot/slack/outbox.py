"""Messages out: each stands in Slack exactly once, and shows what the store says.

What should stand in Slack is a row of the store. Sending is at-least-once: whoever wants to post claims the row
first, and whoever finds that it was tried before looks into the thread for it. Each message carries its row's id as metadata.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

import structlog
from slack_sdk.errors import SlackApiError

from bot.errors import StoreError
from bot.slack.cards.feedback import with_plain_feedback
from bot.slack.clients import UNANSWERED, Clients, error_code, is_transient
from bot.slack.drawing import Drawing
from bot.slack.rich import Block, Card
from bot.store import OutMessage, Store

EVENT_TYPE = "lectern_message"
"""Metadata's type: names the app, and nothing of what the message is about."""

PAGE = 200
LOOK_PAGES = 5
"""How far back a lost answer is looked for: a thread of 1,000 replies."""

SWEEP = 100

AFTER_A_FAULT = timedelta(minutes=1)
"""Until a message that could not be drawn is tried again: a change of prompts/ may have mended it."""

log = structlog.get_logger("lectern.outbox")


class Outbox:
    """Posts and redraws. `claimant` names this process, so that only its own unfinished tries are taken up at once."""

    def __init__(
        self, store: Store, clients: Clients, drawing: Drawing, now: Callable[[], datetime], claimant: str, me: str
    ) -> None:
        self._store = store
        self._clients = clients
        self._drawing = drawing
        self._now = now
        self._claimant = claimant
        self._me = me
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def sweep(self) -> int:
        """Send and redraw all that waits. Returns how many messages were touched. One that fails does not stop the rest."""
        waiting = await self._store.messages_to_send(SWEEP, now=self._now(), claimant=self._claimant)
        results = await asyncio.gather(
            *(self._deliver_quietly(one.id) for one in waiting if not self._is_at_it(one.id))
        )
        return sum(results)

    def _is_at_it(self, message_id: str) -> bool:
        """Whether this process is sending that message right now."""
        lock = self._locks.get(message_id)
        return lock is not None and lock.locked()

    async def deliver(self, message_id: str) -> bool:
        """Post one message, or redraw it until it shows the newest state. False where it has to wait.

        Raises `SlackApiError`, `OSError` or `TimeoutError` when Slack does not take it now, `StoreError` without the database.
        """
        # The dictionary forgets a lock as soon as nobody holds it or waits for it.
        lock = self._locks.setdefault(message_id, asyncio.Lock())
        async with lock:
            return await self._deliver(message_id)

    async def _deliver_quietly(self, message_id: str) -> bool:
        try:
            return await self.deliver(message_id)
        except UNANSWERED as error:
            code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("message not sent yet", message=message_id, error=code)
            return False
        except StoreError:
            raise
        except Exception as error:
            # One message that can't be drawn must neither stop the others nor the bot; the log gets the type alone.
            log.error("a message can't be drawn", message=message_id, error=type(error).__name__)
            await self._store.postpone(message_id, self._now() + AFTER_A_FAULT)
            return False

    async def _deliver(self, message_id: str) -> bool:
        message = await self._store.message(message_id)
        if message is None:
            return False
        if message.ts is None:
            claim = await self._store.claim(message_id, self._claimant, self._now())
            if claim == "busy":
                return False
            if claim != "sent" and not await self._post(message, look=claim == "look"):
                return False
            message = await self._store.message(message_id)
        while message is not None and message.ts is not None and message.wanted > message.drawn:
            if not await self._redraw(message):
                return False
            message = await self._store.message(message_id)
        return True

    async def _post(self, message: OutMessage, *, look: bool) -> bool:
        card = await self._drawing.draw(message)
        if card is None:
            await self._store.unsendable(message.id, "nothing left to say", self._now())
            return False
        if look:
            found = await self._find(message, card)
            if found is not None:
                await self._stands(message, message.channel, found, drawn=0)
                return True
        try:
            answer = await self._send(message, card)
        except SlackApiError as error:
            if not is_transient(error):
                await self._store.unsendable(message.id, error_code(error), self._now())
                log.warning("message given up", message=message.id, error=error_code(error))
                return False
            raise
        channel = str(answer.get("channel") or message.channel)
        await self._stands(message, channel, str(answer["ts"]), drawn=message.wanted)
        return True

    async def _stands(self, message: OutMessage, channel: str, ts: str, *, drawn: int) -> None:
        """Write down where a message stands. What goes on in its thread is wanted first: a crash between loses nothing."""
        rest = await self._drawing.rest_of(message, channel, ts)
        if rest:
            await self._store.place(*rest, now=self._now())
        await self._store.sent(message.id, ts, channel, drawn, self._now())
        for part in rest:
            # One after the other, so that they stand in their order; what fails here is sent by the next sweep.
            await self._deliver_quietly(part.id)

    async def _send(self, message: OutMessage, card: Card) -> Any:
        arguments: dict[str, Any] = {
            "channel": message.channel,
            "thread_ts": message.thread_ts,
            "text": card.text,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"id": message.id}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        return await _simpler_each_time(
            card, message, lambda blocks: self._clients.posting.chat_postMessage(**arguments, blocks=blocks or None)
        )

    async def _redraw(self, message: OutMessage) -> bool:
        card = await self._drawing.draw(message)
        if card is None:
            await self._store.drawn(message.id, message.wanted)
            return True
        arguments: dict[str, Any] = {
            "channel": message.channel,
            "ts": message.ts or "",
            "text": card.text,
            "parse": "none",
        }
        try:
            await _simpler_each_time(
                card, message, lambda blocks: self._clients.web.chat_update(**arguments, blocks=blocks)
            )
        except SlackApiError as error:
            if is_transient(error):
                raise
            log.warning("message can't be changed", message=message.id, error=error_code(error))
            if error_code(error) == "message_not_found":
                # Somebody deleted it: it is posted anew, since nobody could see what it says now.
                await self._store.lost(message.id)
                return False
        await self._store.drawn(message.id, message.wanted)
        return True

    def _is_this(self, reply: dict[str, Any], message: OutMessage, card: Card) -> bool:
        """By its metadata; where there is none, by its author and by what it says: a card by its headline alone."""
        payload = (reply.get("metadata") or {}).get("event_payload") or {}
        if payload:
            return bool(payload.get("id") == message.id)
        if self._me not in {reply.get("user"), reply.get("bot_id")}:
            return False
        headed = any(block.get("type") == "header" for block in reply.get("blocks") or ())
        return headed if message.kind == "card" else bool(reply.get("text") == card.text)

    async def _find(self, message: OutMessage, card: Card) -> str | None:
        """The ts of a message that was posted, but whose answer was lost."""
        cursor = ""
        for _ in range(LOOK_PAGES):
            try:
                answer = await self._look(message, cursor)
            except SlackApiError as error:
                if is_transient(error):
                    raise
                log.warning("the thread can't be read", message=message.id, error=error_code(error))
                return None
            for reply in answer.get("messages") or ():
                if self._is_this(reply, message, card):
                    return str(reply["ts"])
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None
        return None

    async def _look(self, message: OutMessage, cursor: str) -> Any:
        if message.thread_ts:
            return await self._clients.web.conversations_replies(
                channel=message.channel,
                ts=message.thread_ts,
                limit=PAGE,
                cursor=cursor or None,
                include_all_metadata=True,
            )
        return await self._clients.web.conversations_history(
            channel=message.channel, limit=PAGE, cursor=cursor or None, include_all_metadata=True
        )


def _refuses_blocks(error: SlackApiError) -> bool:
    return error_code(error) in {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "block_mismatch"}


async def _simpler_each_time(card: Card, message: OutMessage, send: Callable[[list[Block]], Awaitable[Any]]) -> Any:
    """Send a card; where Slack refuses its blocks with small buttons for the newest element, and at last as plain text."""
    plainer = with_plain_feedback(card.blocks)
    for blocks in (card.blocks, plainer) if plainer != card.blocks else (card.blocks,):
        try:
            return await send(blocks)
        except SlackApiError as error:
            if not _refuses_blocks(error):
                raise
            log.warning("slack refuses the blocks", message=message.id, error=error_code(error))
    return await send([])

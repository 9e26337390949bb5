"""What became of each message, read from the stand-in's log: when it was sent, acknowledged, first carded, and done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.playground.log import Log


class Following:
    """Times by the ts of the message, in seconds since 1970. `done` is when the card first had the headline `final`."""

    def __init__(self, log: Log, final: str) -> None:
        self.sent: dict[str, float] = {}
        self.acked: dict[str, float] = {}
        self.carded: dict[str, float] = {}
        self.done: dict[str, float] = {}
        self._log = log
        self._final = final
        self._read = 0
        self._envelopes: dict[str, str] = {}
        self._cards: dict[str, str] = {}

    async def until(self, true: Callable[[], bool], seconds: float = 120) -> None:
        """Wait until it holds; looked at after each entry of the log. Raises `TimeoutError`."""

        def holds(_: Log) -> bool:
            self._catch_up()
            return true()

        await self._log.until(holds, seconds)

    async def until_acked(self, stamps: Iterable[str]) -> None:
        """Wait until all of them are acknowledged."""
        wanted = set(stamps)
        await self.until(lambda: wanted <= self.acked.keys())

    async def until_done(self, stamps: Iterable[str]) -> None:
        """Wait until all of them have their full outcome."""
        wanted = set(stamps)
        await self.until(lambda: wanted <= self.done.keys())

    def ack_ms(self, stamps: Iterable[str]) -> list[float]:
        """Milliseconds from the event to its ack."""
        return [1000 * (self.acked[ts] - self.sent[ts]) for ts in stamps]

    def card_ms(self, stamps: Iterable[str]) -> list[float]:
        """Milliseconds from the event until Slack had the first card."""
        return [1000 * (self.carded[ts] - self.sent[ts]) for ts in stamps]

    def _catch_up(self) -> None:
        entries = self._log.since(self._read)
        self._read += len(entries)
        for entry in entries:
            match entry["kind"]:
                case "event":
                    self._event(entry)
                case "ack" if entry.get("envelope_id") in self._envelopes:
                    self.acked.setdefault(self._envelopes[entry["envelope_id"]], entry["at"])
                case "api":
                    self._call(entry)

    def _event(self, entry: dict[str, Any]) -> None:
        event = entry["payload"]["event"]
        if event["type"] == "message" and not event.get("subtype") and not event.get("bot_id"):
            self.sent.setdefault(event["ts"], entry["at"])
            self._envelopes[entry["envelope_id"]] = event["ts"]

    def _call(self, entry: dict[str, Any]) -> None:
        arguments, answer = entry["arguments"], entry["answer"]
        if not answer.get("ok"):
            return
        if entry["method"] == "chat.postMessage" and arguments.get("thread_ts") in self.sent:
            draft = arguments["thread_ts"]
            self.carded.setdefault(draft, entry["at"])
            self._cards[answer["ts"]] = draft
        elif entry["method"] == "chat.update" and arguments.get("ts") in self._cards:
            draft = self._cards[arguments["ts"]]
        else:
            return
        if _headline(arguments.get("blocks")) == self._final:
            self.done.setdefault(draft, entry["at"])


def _headline(blocks: Any) -> str:
    headers = [block for block in blocks or () if isinstance(block, dict) and block.get("type") == "header"]
    return str(headers[0]["text"]["text"]) if headers else ""

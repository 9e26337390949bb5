"""HTTP delivery: signed requests to the app's request URL.

Events travel as JSON, commands as a form, everything else as a form with one field `payload`. An answer other than 2xx
within three seconds is a failure; `X-Slack-No-Retry: 1` on it ends the series.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
from urllib.parse import urlencode

import aiohttp

from bot.playground.clock import Clock, epoch
from bot.playground.delivery import Attempt, Outcome
from bot.playground.wire import Json


def sign(secret: str, timestamp: str, body: str) -> str:
    """Slack's signature, version 0: HMAC-SHA256 over `v0:timestamp:body`."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()


class RequestUrl:
    """The one address to which events, commands and interactions go."""

    late = "http_timeout"

    def __init__(self, url: str, secret: str, clock: Clock) -> None:
        self.url = url
        self._secret, self._clock = secret, clock

    async def deliver(self, attempt: Attempt) -> Outcome:
        """Send one request, and wait for its answer as long as Slack does."""
        content_type, body = _body(attempt)
        headers = (
            {"X-Slack-Retry-Num": str(attempt.retry), "X-Slack-Retry-Reason": attempt.reason} if attempt.retry else {}
        )
        try:
            return await self._send(content_type, body, headers)
        except TimeoutError:
            return Outcome(False, reason=self.late)
        except aiohttp.ClientSSLError:
            return Outcome(False, reason="ssl_error")
        except aiohttp.ClientError:
            return Outcome(False, reason="connection_failed")

    async def verify(self) -> bool:
        """Slack's `url_verification`: does the address give the challenge back?"""
        challenge = secrets.token_urlsafe(16)
        attempt = Attempt("events_api", {"type": "url_verification", "token": "", "challenge": challenge}, "")
        outcome = await self.deliver(attempt)
        return outcome.acked and challenge in json.dumps(outcome.answer)

    async def _send(self, content_type: str, body: str, headers: dict[str, str]) -> Outcome:
        timestamp = str(int(epoch()))
        signed = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": sign(self._secret, timestamp, body)}
        whole = headers | signed | {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (stand-in)"}
        async with (
            asyncio.timeout(self._clock.ack_seconds),
            aiohttp.ClientSession() as session,
            session.post(self.url, data=body.encode(), headers=whole, allow_redirects=False) as response,
        ):
            text = await response.text()
            if response.status // 100 == 2:
                return Outcome(True, _answer(text))
            may_retry = response.headers.get("X-Slack-No-Retry") != "1"
            return Outcome(False, reason="http_error", may_retry=may_retry)


def _body(attempt: Attempt) -> tuple[str, str]:
    if attempt.kind == "events_api":
        return "application/json", json.dumps(attempt.payload)
    fields = attempt.payload if attempt.kind == "slash_commands" else {"payload": json.dumps(attempt.payload)}
    return "application/x-www-form-urlencoded", urlencode(fields)


def _answer(text: str) -> Json | None:
    """What the app answered: JSON, or plain words (an answer to a command)."""
    if not text.strip():
        return None
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text}
    return answer if isinstance(answer, dict) else {"text": text}

"""The two Slack clients: one for questions and edits, and one for posting, which must not post twice.

Both share one HTTP session. Posting is tried again by the client only after a 429, since that answer says that
nothing was posted; after a lost answer the outbox looks into the thread first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import StartError

TIMEOUT_SECONDS = 20
"""Longest wait for one answer of Slack's; its own gateway gives up after about as long."""

UNANSWERED = (SlackApiError, ClientError, OSError, TimeoutError)
"""What a call of Slack's client raises when it was refused, or got no answer: the library lets aiohttp's own through."""

TRANSIENT = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)
"""Errors of Slack's that may be gone at the next try."""

LATE_TRIGGER = frozenset(
    {"expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged", "invalid_trigger_id"}
)
"""Errors of a form that was opened too late: Slack lets a tap open one within three seconds."""


@dataclass(frozen=True, slots=True)
class Me:
    """Who Lectern is in this workspace, as `auth.test` said at the start."""

    user_id: str
    bot_id: str
    team_id: str


@dataclass(frozen=True, slots=True)
class Clients:
    """`web` may repeat a call by itself; `posting` does so after a 429 only."""

    web: AsyncWebClient
    posting: AsyncWebClient


def make_clients(token: str, base_url: str, session: ClientSession) -> Clients:
    """Both clients over one session."""
    web = AsyncWebClient(token=token, base_url=base_url, session=session, timeout=TIMEOUT_SECONDS)
    web.retry_handlers = [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=3),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]
    posting = AsyncWebClient(token=token, base_url=base_url, session=session, timeout=TIMEOUT_SECONDS)
    posting.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    return Clients(web, posting)


async def sign_in(client: AsyncWebClient) -> Me:
    """Ask Slack once who this token is. Raises `StartError` with a sentence; listeners never ask again."""
    async with asking_slack(
        client,
        "SLACK_BOT_TOKEN",
        "Copy the Bot User OAuth Token, which begins with xoxb-, from OAuth & Permissions in your Slack app's settings.",
    ):
        answer = await client.auth_test()
        return Me(user_id=answer["user_id"], bot_id=answer.get("bot_id") or "", team_id=answer.get("team_id") or "")


@asynccontextmanager
async def asking_slack(client: AsyncWebClient, token: str, advice: str) -> AsyncIterator[None]:
    """Let a call at the start fail with a `StartError`: that Slack refused the setting `token`, with `advice`, or that
    no Slack answers there."""
    try:
        yield
    except SlackApiError as error:
        code = error_code(error)
        if code.startswith("http_") or is_transient(error):
            raise StartError(_unreachable(client, code)) from None
        raise StartError(f"Slack refused {token} ({code}). {advice}") from None
    except (ClientError, OSError, TimeoutError, ValueError, KeyError) as error:
        raise StartError(_unreachable(client, type(error).__name__)) from None


def _unreachable(client: AsyncWebClient, why: str) -> str:
    return f"Slack could not be reached at {client.base_url} ({why}). Check the network, its proxy, and SLACK_API_URL."


def error_code(error: SlackApiError) -> str:
    """Slack's word for what went wrong, or the HTTP status where it gave none."""
    response = error.response
    if isinstance(response, dict):
        return str(response.get("error", "unknown"))
    try:
        code = response.get("error") if isinstance(response.data, dict) else None
    except AttributeError:
        code = None
    return str(code or f"http_{getattr(response, 'status_code', 0)}")


def is_transient(error: SlackApiError) -> bool:
    """Whether the same call may go through later."""
    code = error_code(error)
    return code in TRANSIENT or code.startswith("http_5") or code in {"http_429", "http_0"}

"""Faults on demand: what the SDK makes of them, and what really happened in the workspace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler, AsyncServerErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import StandIn
from bot.playground.wire import ControlError
from tests.echo_bot import DRAFTS


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
def client(slack: StandIn) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def post(client: AsyncWebClient, text: str = "Card") -> Any:
    return client.chat_postMessage(channel=DRAFTS, text=text)


def texts(slack: StandIn) -> list[str]:
    return [message.text for message in slack.acts.channel(DRAFTS).messages.values()]


async def test_a_rate_limit_says_when_to_come_back_and_does_nothing(slack: StandIn, client: AsyncWebClient) -> None:
    slack.faults.plan({"method": "chat.postMessage", "kind": "ratelimit", "retry_after": 7})
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    response = caught.value.response
    assert (429, "ratelimited", "7") == (response.status_code, response["error"], response.headers["Retry-After"])
    assert [] == texts(slack)
    await post(client)
    assert ["Card"] == texts(slack)


async def test_the_sdks_handlers_see_rate_limits_and_server_errors(slack: StandIn, client: AsyncWebClient) -> None:
    limited, broken = (
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    )
    client.retry_handlers.extend([limited, broken])
    slack.faults.plan({"method": "auth.test", "kind": "ratelimit", "retry_after": 0})
    slack.faults.plan({"method": "auth.test", "kind": "status", "status": 503})
    assert (await client.auth_test())["ok"]
    assert [429, 503, 200] == [entry["status"] for entry in slack.log.calls("auth.test")]


async def test_a_status_keeps_the_method_from_running(slack: StandIn, client: AsyncWebClient) -> None:
    slack.faults.plan({"method": "chat.postMessage", "kind": "status", "status": 500})
    with pytest.raises(SlackApiError):
        await post(client)
    assert [] == texts(slack)


async def test_an_error_is_answered_as_slack_answers(slack: StandIn, client: AsyncWebClient) -> None:
    slack.faults.plan(
        {"method": "usergroups.users.list", "kind": "error", "error": "plan_upgrade_required", "times": -1}
    )
    for _ in range(2):
        with pytest.raises(SlackApiError, match="plan_upgrade_required"):
            await client.usergroups_users_list(usergroup="S0COMMS001")


async def test_a_lost_answer_leaves_the_message_there(slack: StandIn, client: AsyncWebClient) -> None:
    slack.faults.plan({"method": "chat.postMessage", "kind": "lost"})
    with pytest.raises(aiohttp.ClientError):
        await post(client)
    assert ["Card"] == texts(slack)
    assert "lost" == slack.log.calls("chat.postMessage")[0]["fault"]


async def test_a_slow_answer_takes_its_time(slack: StandIn, client: AsyncWebClient) -> None:
    slack.faults.plan({"method": "auth.test", "kind": "slow", "seconds": 0.1})
    await client.auth_test()
    assert slack.log.calls("auth.test")[0]["ms"] >= 100


async def test_held_calls_wait_until_they_are_released(slack: StandIn, client: AsyncWebClient) -> None:
    slack.faults.plan({"method": "chat.postMessage", "kind": "hold", "times": 2})
    first, second = asyncio.create_task(post(client, "one")), asyncio.create_task(post(client, "two"))
    await slack.log.until(lambda log: len(log.find("fault")) == 2)
    await post(client, "three")
    assert ["three"] == texts(slack)
    assert 0 == slack.faults.release("chat.update")
    assert 2 == slack.faults.release("chat.postMessage")
    await asyncio.gather(first, second)
    assert {"one", "two", "three"} == set(texts(slack))


async def test_faults_count_skip_and_are_cleared(slack: StandIn, client: AsyncWebClient) -> None:
    slack.faults.plan({"method": "*", "kind": "error", "error": "fatal_error", "times": 2, "after": 1})
    outcomes = []
    for _ in range(4):
        try:
            await client.auth_test()
            outcomes.append("ok")
        except SlackApiError as error:
            outcomes.append(error.response["error"])
    assert ["ok", "fatal_error", "fatal_error", "ok"] == outcomes
    slack.faults.plan({"method": "*", "kind": "error", "times": -1})
    slack.faults.clear()
    assert (await client.auth_test())["ok"]


def test_a_fault_that_makes_no_sense_is_refused() -> None:
    stand_in = StandIn()
    for wish in ({"kind": "explode"}, {"kind": "slow", "minutes": 3}):
        with pytest.raises(ControlError):
            stand_in.faults.plan(wish)

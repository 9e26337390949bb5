"""The stand-in over HTTP: signatures, the retry series and its headers, with a real Bolt app and with a plain server."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.playground.http_delivery import RequestUrl, sign
from bot.playground.server import StandIn
from tests.echo_bot import DANA, DRAFTS, by_http, quick_clock, write


@asynccontextmanager
async def answering(
    status: int, headers: dict[str, str] | None = None
) -> AsyncIterator[tuple[str, list[dict[str, str]]]]:
    """A server that answers everything in one way, and notes the headers of what came."""
    seen: list[dict[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(dict(request.headers))
        return web.Response(status=status, headers=headers)

    app = web.Application()
    app.router.add_post("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/", seen
    await runner.cleanup()


async def test_a_signed_event_reaches_bolt_and_is_acked() -> None:
    async with StandIn() as slack, by_http(slack) as bot:
        write(slack, "Over HTTP")
        await slack.settled()
        assert ["Over HTTP"] == bot.texts
        assert 1 == len(slack.log.find("ack"))


async def test_a_wrong_secret_is_refused_by_bolt() -> None:
    async with StandIn(clock=quick_clock()) as slack, by_http(slack) as bot:
        transport = slack.scene.delivery.transport
        assert isinstance(transport, RequestUrl)
        slack.scene.delivery.transport = RequestUrl(transport.url, "another secret", slack.clock)
        write(slack, "Forged")
        await slack.settled()
        assert [] == bot.heard
        assert {"http_error"} == {entry["reason"] for entry in slack.log.find("no_ack")}


async def test_the_request_url_is_verified_with_a_challenge() -> None:
    async with StandIn() as slack, by_http(slack), answering(200) as (silent, _):
        transport = slack.scene.delivery.transport
        assert isinstance(transport, RequestUrl)
        assert await transport.verify()
        assert not await RequestUrl(silent, slack.signing_secret, slack.clock).verify()


async def test_a_failing_listener_gets_the_event_four_times_with_retry_headers() -> None:
    async with StandIn(clock=quick_clock()) as slack, by_http(slack) as bot:

        async def fail(event: dict[str, Any]) -> None:
            raise RuntimeError("the listener fails")

        bot.on_message = fail
        write(slack, "A draft")
        await slack.settled()
        expected = [("0", ""), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
        assert expected == bot.retries


async def test_no_retry_ends_the_series() -> None:
    async with (
        answering(500, {"X-Slack-No-Retry": "1"}) as (url, seen),
        StandIn(clock=quick_clock(), request_url=url) as slack,
    ):
        write(slack, "Once only")
        await slack.settled()
        assert 1 == len(seen)
        assert "X-Slack-Retry-Num" not in seen[0]


async def test_a_dead_address_is_a_failed_connection() -> None:
    async with StandIn(clock=quick_clock(), request_url="http://127.0.0.1:9/") as slack:
        write(slack, "To nobody")
        await slack.settled()
        assert ["connection_failed"] * 4 == [entry["reason"] for entry in slack.log.find("no_ack")]


async def test_commands_and_clicks_travel_as_forms() -> None:
    async with StandIn() as slack, by_http(slack) as bot:

        @bot.app.command("/coach")
        async def coach(ack: Any, command: dict[str, Any]) -> None:
            await ack(f"You said {command['text']}")

        @bot.app.action("press")
        async def press(ack: Any) -> None:
            await ack()

        dana, drafts = slack.acts.person(DANA), slack.acts.channel(DRAFTS)
        said = await slack.interactions.command(dana, drafts, "/coach", "a & b")
        assert ({"text": "You said a & b"}, None) == (said["ack"], said["error"])
        button = {"type": "button", "action_id": "press", "text": {"type": "plain_text", "text": "Press"}}
        posted = await bot.client.chat_postMessage(
            channel=DRAFTS, text="Card", blocks=[{"type": "actions", "elements": [button]}]
        )
        message = slack.acts.message(drafts, str(posted["ts"]))
        pressed = await slack.interactions.message_action(dana, drafts, message, {"action_id": "press"})
        assert pressed["ok"]


def test_the_signature_is_the_one_that_the_sdk_checks() -> None:
    stamp = str(int(time.time()))
    verifier = SignatureVerifier("a secret")
    assert verifier.is_valid("body=1", stamp, sign("a secret", stamp, "body=1"))
    assert not verifier.is_valid("body=2", stamp, sign("a secret", stamp, "body=1"))


async def test_delivery_by_http_can_be_set_later_and_taken_back() -> None:
    async with (
        StandIn(clock=quick_clock()) as slack,
        answering(200) as (url, seen),
        aiohttp.ClientSession() as session,
    ):
        for address, count in ((url, 1), (None, 1)):
            async with session.post(f"{slack.url}/control/delivery", json={"request_url": address}) as answer:
                assert 200 == answer.status
            write(slack, "A draft")
            await slack.settled()
            assert count == len(seen)

"""Slack delivers over HTTP: signed requests in, a card out, and what stands beside it on the same port."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.playground.http_delivery import RequestUrl, sign
from tests.world import BOT, DANA, DRAFTS, World, free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD = "We have decided to promise every customer a one-hour slot by the end of 2027, because a day is too long to wait in."
PORT = free_port()
BASE = f"http://127.0.0.1:{PORT}"
EVENTS = f"{BASE}/slack/events"


class ByHttp(World):
    """The world with a bot that has no app token, so that Slack delivers over HTTP."""

    def environment(self) -> dict[str, str]:
        """As everywhere, but for the app token; and the example's empty values are no values."""
        secret = self.slack.signing_secret
        return super().environment() | {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": secret, "PORT": str(PORT)}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("http")
    async with ByHttp(folder, f"sqlite:///{folder}/lectern.db") as made:
        made._port = PORT
        made.slack.deliver_to(EVENTS)
        await made.start_bot()
        yield made


def message(text: str, ts: str) -> dict[str, Any]:
    """An event as Slack delivers it."""
    event = {"type": "message", "channel": DRAFTS, "channel_type": "group", "user": DANA, "text": text, "ts": ts}
    return {
        "type": "event_callback",
        "team_id": "T0LECTERN1",
        "api_app_id": "A0LECTERN1",
        "event_id": f"Ev{ts}",
        "event_time": int(float(ts)),
        "event": event | {"event_ts": ts},
    }


async def deliver(body: dict[str, Any], secret: str, age: int = 0, **headers: str) -> tuple[int, str]:
    """One request, signed `age` seconds ago: the status and the text of the answer."""
    text, stamp = json.dumps(body), str(int(time.time()) - age)
    signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(secret, stamp, text)}
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.post(EVENTS, data=text, headers={"Content-Type": "application/json"} | signed | more) as answer,
    ):
        return answer.status, await answer.text()


async def get(path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(BASE + path) as answer:
        return answer.status, await answer.text()


async def test_a_draft_that_slack_delivers_over_http_gets_its_card(world: World) -> None:
    card = await world.headed(await world.post(GOOD), "Ready to post")
    assert BOT == card["user"]


async def test_a_tap_over_http_is_answered(world: World) -> None:
    card = await world.headed(await world.post(f"{GOOD} It starts in Hull."), "Ready to post")
    assert (await world.tap(card, "draft.posted"))["ok"]


async def test_the_same_delivery_again_is_answered_and_makes_no_second_card(world: World) -> None:
    ts = await world.post(f"{GOOD} It starts in Leeds.")
    await world.headed(ts, "Ready to post")
    again = message(f"{GOOD} It starts in Leeds.", ts)
    for number in ("1", "2"):
        told = await deliver(
            again, world.slack.signing_secret, X_Slack_Retry_Num=number, X_Slack_Retry_Reason="http_timeout"
        )
        assert 200 == told[0]
    later = await world.post(f"{GOOD} It starts in York.")
    await world.headed(later, "Ready to post")
    assert 1 == len(await world.cards(ts))


async def test_a_wrong_signature_is_refused(world: World) -> None:
    status, _ = await deliver(message("Forged words of a leader.", f"{time.time():.6f}"), "another secret")
    assert 401 == status


async def test_an_old_request_is_refused_though_its_signature_is_right(world: World) -> None:
    told = message("Words that were sent before.", f"{time.time():.6f}")
    status, _ = await deliver(told, world.slack.signing_secret, age=60 * 6)
    assert 401 == status


async def test_a_request_without_a_signature_is_refused(world: World) -> None:
    async with aiohttp.ClientSession() as session, session.post(EVENTS, json={"type": "event_callback"}) as answer:
        assert 401 == answer.status


async def test_a_body_that_is_no_json_is_refused_and_the_bot_goes_on(world: World) -> None:
    async with aiohttp.ClientSession() as session, session.post(EVENTS, data=b"\xff\xfe{") as answer:
        assert answer.status in {400, 401}
    assert (200, "ok\n") == await get("/healthz")


async def test_the_address_is_verified_with_slacks_challenge(world: World) -> None:
    assert await RequestUrl(EVENTS, world.slack.signing_secret, world.slack.clock).verify()


async def test_health_readiness_and_measurements_stand_beside_it(world: World) -> None:
    await world.headed(await world.post(f"{GOOD} It starts in Bath."), "Ready to post")
    assert (200, "ok\n") == await get("/healthz")
    assert (200, "ready\n") == await get("/readyz")
    status, text = await get("/metrics")
    assert 200 == status
    assert 'lectern_reviews_total{complete="true",critique="done",outcome="ready"}' in text
    assert GOOD[:20] not in text
    assert (404, True) == ((await get("/"))[0], GOOD[:20] not in world.log())

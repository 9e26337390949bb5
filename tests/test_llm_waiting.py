"""How long the model's adapter waits: tries again, deadlines, the breaker, calls side by side, and where a key may go."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bot.errors import SettingsError
from bot.llm import open_model
from bot.llm.openai_model import OpenAIModel
from bot.settings import Settings
from tests.model_server import KEY, PATH, QUESTION, answer, drip, fault, open_at, serve


async def outcome(model: OpenAIModel) -> tuple[str, float]:
    """Status of one question, and the seconds it took."""
    started = time.monotonic()
    got = await model.ask(QUESTION)
    return got.status, time.monotonic() - started


@pytest.fixture
def released() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def stuck(released: threading.Event) -> Iterator[Callable[[Callable[[Request], Response]], HTTPServer]]:
    """Starts a server of its own, since a handler that still sleeps would log into the next test."""
    started: list[HTTPServer] = []

    def start(handler: Callable[[Request], Response]) -> HTTPServer:
        server = HTTPServer(threaded=True)
        server.expect_request(PATH).respond_with_handler(handler)
        server.start()
        started.append(server)
        return server

    yield start
    released.set()
    for server in started:
        server.stop()


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503])
async def test_a_passing_fault_is_tried_again(httpserver: HTTPServer, status: int) -> None:
    serve(httpserver, fault(status), answer())
    model = open_at(httpserver, deadline_seconds=5.0)
    assert "done" == (await model.ask(QUESTION)).status
    assert 2 == len(httpserver.log)
    await model.close()


async def test_a_fault_that_stays_is_tried_four_times(httpserver: HTTPServer) -> None:
    serve(httpserver, fault(500))
    model = open_at(httpserver, deadline_seconds=10.0)
    assert "http_500" == (await model.ask(QUESTION)).status
    assert 4 == len(httpserver.log)
    await model.close()


async def test_a_server_that_says_not_to_try_again_is_obeyed(httpserver: HTTPServer) -> None:
    serve(httpserver, fault(503, x_should_retry="false"))
    model = open_at(httpserver)
    assert "http_503" == (await model.ask(QUESTION)).status
    assert 1 == len(httpserver.log)
    await model.close()


@pytest.mark.parametrize(
    ("headers", "least"),
    [({"retry_after_ms": "300"}, 0.3), ({"retry_after": "0.4"}, 0.4), ({"retry_after": "soon"}, 0.0)],
)
async def test_a_short_wait_that_the_server_asks_for_is_waited(
    httpserver: HTTPServer, headers: dict[str, str], least: float
) -> None:
    serve(httpserver, fault(429, **headers), answer())
    model = open_at(httpserver, deadline_seconds=5.0)
    status, seconds = await outcome(model)
    assert "done" == status
    assert least <= seconds < least + 1.0
    await model.close()


async def test_a_wait_longer_than_the_deadline_ends_at_once(httpserver: HTTPServer) -> None:
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    serve(httpserver, fault(429, retry_after="60"), fault(503, retry_after=in_an_hour))
    model = open_at(httpserver, deadline_seconds=5.0)
    for expected in ("rate_limited", "http_503"):
        status, seconds = await outcome(model)
        assert expected == status
        assert seconds < 1.0
    assert 2 == len(httpserver.log)
    await model.close()


@pytest.mark.parametrize("code", ["insufficient_quota", "billing_hard_limit_reached"])
async def test_no_credit_is_not_tried_again(httpserver: HTTPServer, code: str) -> None:
    serve(httpserver, fault(429, code))
    model = open_at(httpserver)
    assert "rate_limited" == (await model.ask(QUESTION)).status
    assert 1 == len(httpserver.log)
    await model.close()


async def test_a_server_that_hangs_ends_with_the_deadline(
    stuck: Callable[[Callable[[Request], Response]], HTTPServer], released: threading.Event
) -> None:
    def hang(_request: Request) -> Response:
        released.wait(5)
        return answer()

    model = open_at(stuck(hang), deadline_seconds=0.4)
    status, seconds = await outcome(model)
    assert "timeout" == status
    assert 0.4 <= seconds < 1.0
    await model.close()


async def test_a_server_that_drips_ends_with_the_deadline(
    stuck: Callable[[Callable[[Request], Response]], HTTPServer], released: threading.Event
) -> None:
    model = open_at(stuck(drip(released)), deadline_seconds=0.6)
    status, seconds = await outcome(model)
    assert "timeout" == status
    assert 0.6 <= seconds < 1.2
    await model.close()


async def test_the_wait_for_a_place_counts_and_is_no_outage(
    stuck: Callable[[Callable[[Request], Response]], HTTPServer],
) -> None:
    def slow(_request: Request) -> Response:
        time.sleep(0.35)
        return answer()

    model = open_at(stuck(slow), deadline_seconds=0.6, max_parallel=1, outages=2)
    answers = await asyncio.gather(*(model.ask(QUESTION) for _ in range(5)))
    assert ["done", "timeout"] == sorted({got.status for got in answers})
    assert max(got.usage.ms for got in answers) < 1000
    # Only the one that was cut off while it was asked counts; those that waited say nothing about the server.
    assert "done" == (await model.ask(QUESTION)).status
    await model.close()


async def test_calls_side_by_side_are_limited(stuck: Callable[[Callable[[Request], Response]], HTTPServer]) -> None:
    lock = threading.Lock()
    inside: list[int] = [0]
    most: list[int] = [0]

    def count(_request: Request) -> Response:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.1)
        with lock:
            inside[0] -= 1
        return answer()

    model = open_at(stuck(count), deadline_seconds=10.0, max_parallel=2)
    answers = await asyncio.gather(*(model.ask(QUESTION) for _ in range(6)))
    assert (["done"] * 6, 2) == ([got.status for got in answers], most[0])
    await model.close()


async def test_the_breaker_opens_after_outages_in_a_row_and_lets_a_question_through_later(
    httpserver: HTTPServer,
) -> None:
    serve(httpserver, fault(503, x_should_retry="false"), fault(503, x_should_retry="false"), answer())
    model = open_at(httpserver, outages=2, open_seconds=0.5)
    assert ["http_503", "http_503"] == [(await model.ask(QUESTION)).status for _ in range(2)]
    status, seconds = await outcome(model)
    assert ("circuit_open", 2) == (status, len(httpserver.log))
    assert seconds < 0.2
    await asyncio.sleep(0.6)
    assert ["done", "done"] == [(await model.ask(QUESTION)).status for _ in range(2)]
    await model.close()


async def test_the_breaker_opens_again_when_the_question_let_through_fails(httpserver: HTTPServer) -> None:
    serve(httpserver, fault(503, x_should_retry="false"))
    model = open_at(httpserver, outages=2, open_seconds=0.3)
    statuses = [(await model.ask(QUESTION)).status for _ in range(3)]
    await asyncio.sleep(0.4)
    statuses += [(await model.ask(QUESTION)).status for _ in range(2)]
    assert ["http_503", "http_503", "circuit_open", "http_503", "circuit_open"] == statuses
    await model.close()


async def test_refusals_and_limits_never_open_the_breaker(httpserver: HTTPServer) -> None:
    serve(httpserver, *(fault(status, "insufficient_quota") for status in (429, 401, 400, 404, 429)), answer())
    model = open_at(httpserver, outages=2)
    statuses = [(await model.ask(QUESTION)).status for _ in range(6)]
    assert ["rate_limited", "http_401", "http_400", "http_404", "rate_limited", "done"] == statuses
    await model.close()


def named(url: str = "https://api.example/v1", key: str = KEY, model: str = "wise-1") -> Settings:
    return Settings(openai_base_url=url, openai_api_key=SecretStr(key), openai_model=model)


@pytest.mark.parametrize(("key", "model"), [("", "wise-1"), ("  ", "wise-1"), (KEY, ""), (KEY, " ")])
def test_without_key_or_name_there_is_no_model(key: str, model: str) -> None:
    assert open_model(named(key=key, model=model)) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/v1",
        "http://api.example/v1",
        "http://localhost.example/v1",
        "http://localhost@api.example/v1",
        "http://127.0.0.1.example/v1",
        "http://0.0.0.0/v1",
        "http://[::2]/v1",
        "ftp://127.0.0.1/v1",
        "https:///v1",
        "api.example/v1",
        "http://[/v1",
        "",
    ],
)
def test_a_key_is_not_sent_in_the_open_to_another_machine(url: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL") as raised:
        open_model(named(url))
    assert KEY not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example/v1",
        "http://localhost:1/v1",
        "http://127.0.0.1:1/v1",
        "http://127.9.9.9/v1",
        "http://[::1]:1/v1",
    ],
)
async def test_a_key_is_sent_over_tls_and_to_this_machine(url: str) -> None:
    model = open_model(named(url))
    assert model is not None
    await model.close()


@pytest.mark.parametrize("key", ["sk-\u00e9", "sk-1\nsk-2", "sk-1\u200b2"])
def test_a_key_that_no_header_can_carry_is_refused(key: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        open_model(named(key=key))

"""The model's adapter against a real HTTP server: every way to fail has its status, and what is sent is what was meant."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog.testing
from pytest_httpserver import HTTPServer
from werkzeug import Response

from bot.critique import Question
from bot.llm import Model
from bot.llm.openai_model import OpenAIModel
from tests.model_server import (
    DRAFT,
    GOOD,
    KEY,
    QUESTION,
    SYSTEM,
    Opinion,
    answer,
    completion,
    fault,
    open_at,
    sent,
    serve,
)


@pytest.fixture
async def model(httpserver: HTTPServer) -> AsyncIterator[OpenAIModel]:
    opened = open_at(httpserver, deadline_seconds=5.0)
    yield opened
    await opened.close()


async def test_a_good_answer_is_parsed_and_counted(httpserver: HTTPServer, model: OpenAIModel) -> None:
    serve(httpserver, answer())
    got = await model.ask(QUESTION)
    assert ("done", Opinion(**GOOD)) == (got.status, got.parsed)
    usage = got.usage
    assert ("wise-1-2026", 30, 20, 5, False) == (
        usage.model,
        usage.tokens_in,
        usage.tokens_cached,
        usage.tokens_out,
        usage.scripted,
    )
    assert 0 <= usage.ms < 5000


async def test_a_scripted_model_is_called_scripted(httpserver: HTTPServer, model: OpenAIModel) -> None:
    serve(httpserver, answer(completion(model="scripted")))
    assert (await model.ask(QUESTION)).usage.scripted


UNUSABLE = [
    pytest.param("refusal", 1, answer(completion(refusal="I would rather not.")), id="refusal"),
    pytest.param("cut_off", 1, answer(completion('{"reason": "It', finish_reason="length")), id="cut by length"),
    pytest.param("content_filter", 1, answer(completion("", finish_reason="content_filter")), id="content filter"),
    pytest.param("malformed", 2, answer(completion('{"reason": "It is')), id="malformed JSON"),
    pytest.param("malformed", 2, answer(completion('{"reason": "It is clear."}')), id="a key missing"),
    pytest.param("malformed", 2, answer(completion('{"reason": "", "outcome": "", "more": 1}')), id="a key too many"),
    pytest.param("malformed", 2, answer(completion("")), id="empty content"),
    pytest.param("malformed", 2, answer({**completion(), "choices": []}), id="no choices"),
    pytest.param("malformed", 2, answer({**completion(), "choices": None}), id="choices null"),
    pytest.param("malformed", 2, answer({"choices": [{"message": None}]}), id="message null"),
    pytest.param("malformed", 2, answer([1, 2]), id="a list"),
    pytest.param("malformed", 2, answer({"status": "failed", "error": {"code": "x"}}), id="another API's failure"),
    pytest.param("malformed", 2, Response("<p>Log in first</p>", content_type="text/html"), id="a page"),
    pytest.param("malformed", 2, Response("not JSON", content_type="application/json"), id="JSON in name only"),
]


@pytest.mark.parametrize(("status", "requests", "response"), UNUSABLE)
async def test_an_unusable_answer_has_its_status_and_is_asked_for_again_only_when_malformed(
    httpserver: HTTPServer, model: OpenAIModel, status: str, requests: int, response: Response
) -> None:
    serve(httpserver, response)
    got = await model.ask(QUESTION)
    assert (status, None, requests) == (got.status, got.parsed, len(httpserver.log))


async def test_a_malformed_answer_is_cured_by_a_good_one_and_both_are_counted(
    httpserver: HTTPServer, model: OpenAIModel
) -> None:
    serve(httpserver, answer(completion("{")), answer())
    got = await model.ask(QUESTION)
    assert ("done", 60, 10) == (got.status, got.usage.tokens_in, got.usage.tokens_out)


async def test_tokens_of_a_refusal_and_of_a_cut_answer_are_counted(httpserver: HTTPServer, model: OpenAIModel) -> None:
    serve(httpserver, answer(completion(refusal="No.")), answer(completion("{", finish_reason="length")))
    assert [30, 30] == [(await model.ask(QUESTION)).usage.tokens_in for _ in range(2)]


async def test_counts_and_names_that_make_no_sense_are_left_out(httpserver: HTTPServer, model: OpenAIModel) -> None:
    odd: dict[str, Any] = {**completion(), "model": "\u202ewise\n" + "x" * 500}
    odd["usage"] = {"prompt_tokens": "many", "completion_tokens": -3, "total_tokens": None}
    serve(httpserver, answer(odd))
    usage = (await model.ask(QUESTION)).usage
    assert (0, 0, 100, True) == (usage.tokens_in, usage.tokens_out, len(usage.model), usage.model.isprintable())


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
async def test_a_refused_request_is_not_tried_again(httpserver: HTTPServer, model: OpenAIModel, status: int) -> None:
    serve(httpserver, fault(status))
    got = await model.ask(QUESTION)
    assert (f"http_{status}", 1) == (got.status, len(httpserver.log))
    assert ("wise-1", False) == (got.usage.model, got.usage.scripted)


async def test_a_redirect_is_not_followed(httpserver: HTTPServer, model: OpenAIModel) -> None:
    serve(httpserver, Response("", status=307, headers={"Location": httpserver.url_for("/elsewhere")}))
    got = await model.ask(QUESTION)
    assert ("http_307", 1) == (got.status, len(httpserver.log))


async def test_an_answer_that_breaks_off_is_a_lost_connection(httpserver: HTTPServer, model: OpenAIModel) -> None:
    whole = json.dumps(completion())
    cut = Response(whole[:20], content_type="application/json", headers={"Connection": "close"})
    cut.headers["Content-Length"] = str(len(whole))
    serve(httpserver, cut, answer())
    got = await model.ask(QUESTION)
    assert ("done", 2) == (got.status, len(httpserver.log))


async def test_nobody_there_is_a_lost_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gone = OpenAIModel(api_key=KEY, base_url=f"http://127.0.0.1:{port}/v1", model="wise-1", deadline_seconds=5.0)
    assert "connection" == (await gone.ask(QUESTION)).status
    assert "can't be reached" in (await gone.probe() or "")
    await gone.close()


async def test_a_closed_client_is_a_lost_connection(httpserver: HTTPServer) -> None:
    closed = open_at(httpserver)
    await closed.close()
    assert "connection" == (await closed.ask(QUESTION)).status


async def test_openai_gets_a_strict_schema_and_is_told_to_keep_nothing(
    httpserver: HTTPServer, model: OpenAIModel
) -> None:
    serve(httpserver, answer())
    await model.ask(Question(SYSTEM, DRAFT, Opinion, "heliotrope", cache_key="lectern-1", person="ab12"))
    (body,) = sent(httpserver)
    assert [{"role": "system", "content": SYSTEM}, {"role": "user", "content": DRAFT}] == body["messages"]
    schema = body["response_format"]["json_schema"]
    assert (True, False, ["reason", "outcome"]) == (
        schema["strict"],
        schema["schema"]["additionalProperties"],
        schema["schema"]["required"],
    )
    assert {
        "model": "wise-1",
        "store": False,
        "reasoning_effort": "low",
        "verbosity": "low",
        "max_completion_tokens": 4000,
        "prompt_cache_key": "lectern-1",
        "safety_identifier": "ab12",
    } == {name: value for name, value in body.items() if name not in ("messages", "response_format", "stream")}
    request = httpserver.log[0][0]
    assert (f"Bearer {KEY}", "0") == (request.headers["Authorization"], request.headers["x-stainless-retry-count"])


async def test_openai_gets_no_key_or_person_that_the_question_does_not_have(
    httpserver: HTTPServer, model: OpenAIModel
) -> None:
    serve(httpserver, answer())
    await model.ask(QUESTION)
    assert not {"prompt_cache_key", "safety_identifier"} & set(sent(httpserver)[0])


@pytest.mark.parametrize("cap", ["max_tokens", "max_completion_tokens"])
async def test_a_compatible_server_gets_nothing_that_only_openai_knows(httpserver: HTTPServer, cap: str) -> None:
    serve(httpserver, answer())
    compatible = open_at(httpserver, profile="compatible", tokens_parameter=cap)
    await compatible.ask(Question(SYSTEM, DRAFT, Opinion, "heliotrope", cache_key="lectern-1", person="ab12"))
    await compatible.close()
    (body,) = sent(httpserver)
    assert {"model", "messages", "response_format", "stream", cap} == set(body)
    assert 2000 <= body[cap]


async def test_the_log_holds_ids_and_types_and_no_words(httpserver: HTTPServer, model: OpenAIModel) -> None:
    serve(httpserver, answer(completion(f'{{"reason": "{DRAFT}"')), fault(400), answer())
    with structlog.testing.capture_logs() as lines:
        for _ in range(2):
            await model.ask(QUESTION)
    told = json.dumps(lines)
    assert [("http_400", "BadRequestError", "req-7", 2), ("done", "", "req-7", 1)] == [
        (line["status"], line["error"], line["request"], line["tries"])
        for line in lines
        if line["event"] == "the model was asked"
    ]
    for secret in (DRAFT, SYSTEM, KEY, GOOD["reason"]):
        assert secret not in told


async def test_the_probe_finds_nothing_wrong_where_the_model_is_listed(httpserver: HTTPServer, model: Model) -> None:
    listed = {"object": "list", "data": [{"id": "wise-1", "object": "model", "created": 1, "owned_by": "us"}]}
    httpserver.expect_request("/v1/models").respond_with_json(listed)
    assert await model.probe() is None


async def test_the_probe_asks_a_model_that_is_not_listed(httpserver: HTTPServer, model: Model) -> None:
    httpserver.expect_request("/v1/models").respond_with_json({"object": "list", "data": []})
    serve(httpserver, answer())
    assert await model.probe() is None


PROBED = [
    (401, "x", "refused OPENAI_API_KEY"),
    (403, "x", "may not use the model"),
    (404, "x", "Set OPENAI_MODEL"),
    (400, "x", "refused a small request"),
    (429, "insufficient_quota", "no credit left"),
    (429, "rate_limit_exceeded", "asks too often"),
    (503, "x", "out of order"),
]


@pytest.mark.parametrize(("status", "code", "words"), PROBED)
async def test_the_probe_says_what_is_wrong(
    httpserver: HTTPServer, model: Model, status: int, code: str, words: str
) -> None:
    httpserver.expect_request("/v1/models").respond_with_json({}, status=404)
    serve(httpserver, fault(status, code))
    sentence = await model.probe() or ""
    assert words in sentence
    assert DRAFT not in sentence


async def test_the_probe_knows_a_page_from_a_model(httpserver: HTTPServer, model: Model) -> None:
    httpserver.expect_request("/v1/models").respond_with_data("<p>hello</p>", content_type="text/html")
    httpserver.expect_request("/v1/chat/completions").respond_with_data("<p>hello</p>", content_type="text/html")
    assert "does not speak OpenAI's API" in (await model.probe() or "")

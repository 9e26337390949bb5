"""Answers of a model's server, built through the SDK's own types so that they can't drift from the client."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ConfigDict
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from bot.critique import Question
from bot.llm.openai_model import OpenAIModel

PATH = "/v1/chat/completions"
KEY = "sk-written-for-tests"
SYSTEM = "Review the draft. The hidden word is heliotrope."
DRAFT = "We open a yard in Hull"


class Opinion(BaseModel):
    """A small answer."""

    model_config = ConfigDict(extra="forbid")

    reason: str
    outcome: str


QUESTION = Question(system=SYSTEM, user=DRAFT, schema=Opinion, canary="heliotrope")
GOOD = {"reason": "It is clear.", "outcome": "ready"}


def completion(content: str | None = None, **changes: Any) -> dict[str, Any]:
    """A completion; `changes` are `finish_reason`, `refusal`, `model`."""
    text = json.dumps(GOOD) if content is None and "refusal" not in changes else content
    return ChatCompletion.model_validate(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": changes.get("model", "wise-1-2026"),
            "choices": [
                {
                    "index": 0,
                    "finish_reason": changes.get("finish_reason", "stop"),
                    "logprobs": None,
                    "message": {"role": "assistant", "content": text, "refusal": changes.get("refusal")},
                }
            ],
            "usage": {
                "prompt_tokens": 30,
                "completion_tokens": 5,
                "total_tokens": 35,
                "prompt_tokens_details": {"cached_tokens": 20},
            },
        }
    ).model_dump()


def answer(body: Any = None, status: int = 200, **headers: str) -> Response:
    """A JSON response; underscores in the names of headers stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    text = json.dumps(completion() if body is None else body)
    return Response(text, status=status, content_type="application/json", headers={"x-request-id": "req-7", **named})


def fault(status: int, code: str = "some_fault", **headers: str) -> Response:
    """An error as OpenAI writes it. Its message quotes the draft, as real ones may."""
    return answer({"error": {"message": f"about: {DRAFT}", "type": "fault", "code": code}}, status, **headers)


def serve(server: HTTPServer, *responses: Response) -> None:
    """Give these responses one after another, and the last one from then on."""
    left = list(responses)

    def respond(_request: Request) -> Response:
        return left.pop(0) if len(left) > 1 else left[0]

    server.expect_request(PATH, method="POST").respond_with_handler(respond)


def sent(server: HTTPServer) -> list[dict[str, Any]]:
    """Bodies of the requests so far."""
    return [json.loads(request.get_data()) for request, _ in server.log]


def drip(released: threading.Event) -> Callable[[Request], Response]:
    """A handler that sends an answer one byte at a time, and never comes to an end."""

    def body() -> Iterator[bytes]:
        while not released.is_set():
            yield b" "
            time.sleep(0.05)

    return lambda _request: Response(body(), content_type="application/json")


def open_at(server: HTTPServer, **changes: Any) -> OpenAIModel:
    """The adapter for this server."""
    return OpenAIModel(**{"api_key": KEY, "base_url": server.url_for("/v1"), "model": "wise-1", **changes})

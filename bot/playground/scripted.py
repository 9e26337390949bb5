"""A model with written answers: OpenAI's API over HTTP for the drafts in `samples/`, and a refusal for all others.

It judges nothing. A draft that it does not know gets HTTP 404 with the code `no_written_answer`, which makes half a
check: nobody should take a canned answer for a review.

    id, title, note   what the playground's menu shows
    text              the draft
    expected          the outcome that rules and answer lead to together
    [answer]          the answer, in the shape that bot/critique/schema.py asks of a model; left out where there is none
"""

from __future__ import annotations

import asyncio
import json
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import regex
from aiohttp import web

MODEL = "scripted"
SAMPLES = Path(__file__).parent / "samples"

_DRAFT = regex.compile(r"^<<<(?P<nonce>\S+)\n(?P<draft>.*)\n(?P=nonce)>>>\s*\Z", regex.DOTALL | regex.MULTILINE)
_LEFT_OUT: Mapping[str, Any] = {
    "findings": [],
    "settled": [],
    "answered": [],
    "message": "none",
    "nothing_to_say": False,
    "suggestion": None,
    "route": "none",
}
"""What an answer says where its file says nothing."""

_LETTERS_PER_TOKEN = 4
"""Roughly, for the token counts; they are counts of an invented model."""


@dataclass(frozen=True, slots=True)
class PlaygroundSample:
    """A draft to try out. `answer` is what the model says to it; `expected` the outcome, None without an answer."""

    id: str
    title: str
    text: str
    note: str
    answer: dict[str, Any] | None
    expected: str | None = None


@lru_cache(maxsize=1)
def load_samples() -> tuple[PlaygroundSample, ...]:
    """The samples that are shipped, in the order of their files."""
    return tuple(_read(file) for file in sorted(SAMPLES.glob("*.toml")))


def create_scripted_app(delay_seconds: float = 0.0) -> web.Application:
    """The server. Each answer takes `delay_seconds`."""
    answers = {sample.text.strip(): sample.answer for sample in load_samples() if sample.answer is not None}
    app = web.Application()
    app.router.add_get("/v1/models", _models)
    app.router.add_post("/v1/chat/completions", _completions(answers, delay_seconds))
    return app


def _read(file: Path) -> PlaygroundSample:
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    answer = written.get("answer")
    if answer is not None:
        findings = [{"unsure": False, **finding} for finding in answer.get("findings", ())]
        answer = {**_LEFT_OUT, **answer, "findings": findings}
    return PlaygroundSample(
        id=written["id"],
        title=written["title"],
        text=written["text"].strip(),
        note=written["note"],
        answer=answer,
        expected=written.get("expected"),
    )


async def _models(_request: web.Request) -> web.Response:
    model = {"id": MODEL, "object": "model", "created": 0, "owned_by": "lectern"}
    return web.json_response({"object": "list", "data": [model]})


def _completions(answers: Mapping[str, dict[str, Any]], delay_seconds: float) -> Callable[[web.Request], Any]:
    async def completions(request: web.Request) -> web.Response:
        await asyncio.sleep(delay_seconds)
        messages = _messages(await request.text())
        if messages is None:
            return _error(400, "The request is not a chat completion: it needs JSON with messages.", "invalid_request")
        draft = _draft(messages)
        if draft is None:
            return _error(400, "The last message holds no draft between markers.", "no_draft")
        answer = answers.get(draft.strip())
        if answer is None:
            return _error(404, "This model answers the sample drafts only.", "no_written_answer")
        return web.json_response(
            _completion(messages, answer), headers={"x-request-id": f"scripted-{uuid4().hex[:12]}"}
        )

    return completions


def _messages(body: str) -> list[str] | None:
    """The texts of the messages, or None where the body is something else."""
    try:
        read = json.loads(body)
        texts = [message["content"] for message in read["messages"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return texts if texts and all(isinstance(text, str) for text in texts) else None


def _draft(messages: list[str]) -> str | None:
    """The draft: a JSON string between the markers at the end of the last message."""
    found = _DRAFT.search(messages[-1])
    if found is None:
        return None
    try:
        draft = json.loads(found["draft"])
    except ValueError:
        return None
    return draft if isinstance(draft, str) else None


def _completion(messages: list[str], answer: dict[str, Any]) -> dict[str, Any]:
    content = json.dumps(answer, ensure_ascii=False)
    tokens_in = sum(map(len, messages)) // _LETTERS_PER_TOKEN
    tokens_out = len(content) // _LETTERS_PER_TOKEN
    return {
        "id": f"chatcmpl-{uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "logprobs": None,
                "message": {"role": "assistant", "content": content, "refusal": None},
            }
        ],
        "usage": {
            "prompt_tokens": tokens_in,
            "completion_tokens": tokens_out,
            "total_tokens": tokens_in + tokens_out,
            "prompt_tokens_details": {"cached_tokens": 0},
        },
    }


def _error(status: int, message: str, code: str) -> web.Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return web.json_response({"error": error}, status=status)

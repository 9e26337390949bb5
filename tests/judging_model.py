"""A model's server that answers each draft as a test says, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import regex
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.model_server import PATH, answer, completion, fault

Judge = Callable[[str], Mapping[str, Any] | None]
"""What the model says to a draft: parts of an answer, or None for a server that fails."""

_DRAFT = regex.compile(r"<<<(?P<nonce>\S+)\n(?P<draft>.*)\n(?P=nonce)>>>\s*\Z", regex.DOTALL)
NOTHING: Mapping[str, Any] = {
    "kind": "strategy or key message",
    "findings": [],
    "settled": [],
    "answered": [],
    "message": "none",
    "nothing_to_say": False,
    "suggestion": None,
    "route": "none",
    "reason": "One message, complete in itself.",
    "outcome": "ready",
}


def judge_with(server: HTTPServer, judge: Judge, model: str = "wise-1") -> dict[str, str]:
    """Let the server answer so; returns the settings that lead to it."""

    def respond(request: Request) -> Response:
        said = judge(_draft(request))
        if said is None:
            return fault(400)
        return answer(completion(json.dumps({**NOTHING, **said}), model=model))

    server.expect_request(PATH, method="POST").respond_with_handler(respond)
    return {
        "OPENAI_BASE_URL": server.url_for("/v1"),
        "OPENAI_API_KEY": "sk-written-for-tests",
        "OPENAI_MODEL": model,
        "LECTERN_LLM_PROFILE": "compatible",
    }


def point(quote: str, guideline: str, severity: str) -> dict[str, Any]:
    """One finding of the model's."""
    return {
        "quote": quote,
        "guideline": guideline,
        "severity": severity,
        "why": "Falls short of it.",
        "fix": "Leave it out.",
        "unsure": False,
    }


def _draft(request: Request) -> str:
    found = _DRAFT.search(json.loads(request.get_data())["messages"][-1]["content"])
    assert found is not None
    draft = json.loads(found["draft"])
    assert isinstance(draft, str)
    return draft

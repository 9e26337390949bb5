"""A model server for the story tests: real HTTP, Chat Completions, and answers that a test chooses."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web

Said = dict[str, Any]

DRAFT = re.compile(r"<<<\w+\n(.*)\n\w+>>>", re.DOTALL)


def said(**changes: Any) -> Said:
    """A critique in the shape of the wire: ready, with nothing to say, but for `changes`."""
    return {
        "kind": "strategy or key message",
        "findings": [],
        "settled": [],
        "answered": [],
        "message": "none",
        "nothing_to_say": False,
        "suggestion": None,
        "route": "none",
        "reason": "One decision, with a reason and a date.",
        "outcome": "ready",
    } | changes


def finding(quote: str, **changes: Any) -> Said:
    """One finding of a critique, a warn but for `changes`."""
    return {
        "quote": quote,
        "guideline": "G8",
        "severity": "warn",
        "why": "It hides the point.",
        "fix": "Say it once, plainly.",
        "unsure": False,
    } | changes


class ChosenModel:
    """Answers every draft with what `answer(draft)` says; `hold` keeps answers back until `release` is set."""

    def __init__(self) -> None:
        self.answer: Callable[[str], Said | str] = lambda _: said()
        self.status = 200
        self.asked: list[str] = []
        self.bodies: list[Said] = []
        self.release = asyncio.Event()
        self.release.set()
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"

    async def stop(self) -> None:
        """Let held answers go, and stop."""
        self.release.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def hold(self) -> None:
        """Keep answers back from now on, until `release.set()`."""
        self.release.clear()

    async def _models(self, _: web.Request) -> web.Response:
        if self.status != 200:
            return web.json_response({"error": {"message": "no", "type": "server_error"}}, status=self.status)
        known = {"id": "test-model", "object": "model", "created": 0, "owned_by": "t"}
        return web.json_response({"object": "list", "data": [known]})

    async def _complete(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.bodies.append(body)
        marked = DRAFT.search(body["messages"][-1]["content"])
        draft = json.loads(marked[1]) if marked else ""
        self.asked.append(draft)
        await self.release.wait()
        if self.status != 200:
            return web.json_response({"error": {"message": "no", "type": "server_error"}}, status=self.status)
        told = self.answer(draft)
        content = told if isinstance(told, str) else json.dumps(told)
        return web.json_response(
            {
                "id": "c1",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": "stop",
                        "logprobs": None,
                        "message": {"role": "assistant", "content": content, "refusal": None},
                    }
                ],
                "usage": {"prompt_tokens": 2000, "completion_tokens": 120, "total_tokens": 2120},
            },
            headers={"x-request-id": f"r{len(self.asked)}"},
        )

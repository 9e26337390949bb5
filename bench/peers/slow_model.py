"""A model server for measurements: Chat Completions over HTTP, always the same answer, after a wait of one's choice."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

ANSWER = {
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
}
"""A critique that finds nothing."""


class SlowModel:
    """Answers every question `seconds` after it came. An async context manager; `url` is for OPENAI_BASE_URL."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.asked = 0
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> SlowModel:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _complete(self, request: web.Request) -> web.Response:
        model = (await request.json())["model"]
        self.asked += 1
        await asyncio.sleep(self.seconds)
        message = {"role": "assistant", "content": json.dumps(ANSWER), "refusal": None}
        return web.json_response(
            {
                "id": f"c{self.asked}",
                "object": "chat.completion",
                "created": 0,
                "model": model,
                "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}],
                "usage": {"prompt_tokens": 2000, "completion_tokens": 120, "total_tokens": 2120},
            }
        )

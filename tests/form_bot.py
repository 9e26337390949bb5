"""A small bot for the page's tests: it opens a form at each tap."""

from __future__ import annotations

from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import StandIn

FORM = {
    "type": "modal",
    "callback_id": "why_late",
    "title": {"type": "plain_text", "text": "Why so late"},
    "submit": {"type": "plain_text", "text": "Save"},
    "close": {"type": "plain_text", "text": "Cancel"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "reason", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "day",
            "label": {"type": "plain_text", "text": "Day"},
            "optional": True,
            "element": {"type": "datepicker", "action_id": "day"},
        },
    ],
}
ASKING = "Say it in more than one word."


class FormBot:
    """A bot that opens a form at each tap, and refuses one that holds a single word."""

    def __init__(self, stand_in: StandIn) -> None:
        self.web = AsyncWebClient(token=stand_in.bot_token, base_url=stand_in.api_url)
        self.saved: list[dict[str, Any]] = []
        self._client = SocketModeClient(app_token=stand_in.app_token, web_client=self.web)
        self._client.socket_mode_request_listeners.append(self._answer)

    async def __aenter__(self) -> FormBot:
        await self._client.connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it without types
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()  # type: ignore[no-untyped-call]  # the same

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        payload: dict[str, Any] | None = None
        body = request.payload
        if body.get("type") == "view_submission":
            values = body["view"]["state"]["values"]
            if len(values["reason"]["reason"]["value"].split()) > 1:
                self.saved.append(values)
            else:
                payload = {"response_action": "errors", "errors": {"reason": ASKING}}
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=payload))
        if body.get("type") == "block_actions":
            await self.web.views_open(trigger_id=body["trigger_id"], view=FORM)

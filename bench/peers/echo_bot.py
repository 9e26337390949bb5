"""The peer of bench/line.py: a Bolt app over Socket Mode that only echoes: it says each message again in its thread.

Put together as Lectern is (async, `process_before_response`, one `authorize` that asks nobody), so that the difference
between the two is what Lectern does.

    SLACK_BOT_TOKEN=… SLACK_APP_TOKEN=… SLACK_API_URL=… python -m bench.peers.echo_bot
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.say.async_say import AsyncSay
from slack_sdk.web.async_client import AsyncWebClient


async def main() -> None:
    """Listen until killed."""
    token = os.environ["SLACK_BOT_TOKEN"]
    client = AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"])
    me = await client.auth_test()

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=me["bot_id"],
            bot_user_id=me["user_id"],
            bot_token=token,
        )

    bolt = AsyncApp(
        client=client, authorize=authorize, process_before_response=True, request_verification_enabled=False
    )

    async def on_message(event: dict[str, Any], say: AsyncSay) -> None:
        await say(text=event["text"], thread_ts=event["ts"])

    bolt.event("message")(on_message)
    # Bolt's own start carries no types.
    socket: Any = AsyncSocketModeHandler(bolt, os.environ["SLACK_APP_TOKEN"])
    await socket.start_async()


if __name__ == "__main__":
    asyncio.run(main())

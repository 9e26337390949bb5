"""A short form, and a command that opens it, for tests of what people do in the stand-in."""

from __future__ import annotations

from typing import Any

from bot.playground.server import StandIn
from tests.echo_bot import DANA, DRAFTS, EchoBot


def plain(text: str) -> dict[str, str]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def form(callback_id: str = "form", **more: Any) -> dict[str, Any]:
    """A modal with one field that holds ten characters."""
    field = {"type": "plain_text_input", "action_id": "field", "max_length": 10}
    block = {"type": "input", "block_id": "reason", "label": plain("Why"), "element": field}
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": [block],
    } | more


def typed(text: str) -> dict[str, Any]:
    """What a person put into that field."""
    return {"reason": {"field": {"type": "plain_text_input", "value": text}}}


def top(slack: StandIn, person: str = DANA) -> dict[str, Any] | None:
    """The person's open modal."""
    stack = slack.scene.modals.stack(person)
    return stack[-1] if stack else None


async def command(slack: StandIn, name: str = "/coach", text: str = "", who: str = DANA, where: str = DRAFTS) -> Any:
    """What a slash command came to."""
    return await slack.interactions.command(slack.acts.person(who), slack.acts.channel(where), name, text)


def opens_form(bot: EchoBot, view: dict[str, Any] | None = None) -> None:
    """Let `/coach` open a form."""

    @bot.app.command("/coach")
    async def coach(ack: Any, client: Any, body: dict[str, Any]) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view or form())
        await ack()

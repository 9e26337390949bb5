"""What the app says outside the Web API: at a `response_url`, and in the ack of a command."""

from __future__ import annotations

from bot.playground import posting
from bot.playground.arguments import flag
from bot.playground.content import Content, read_content
from bot.playground.payloads import message_json
from bot.playground.scene import Scene
from bot.playground.tickets import ResponseTarget
from bot.playground.web_api.chat import bot_message
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import SLACKBOT, Channel, Message


def respond(scene: Scene, target: ResponseTarget, body: Json) -> None:
    """A new message (ephemeral unless `in_channel`), or the original replaced or deleted. Raises `ApiError`."""
    channel = scene.workspace.channels[target.channel]
    original = channel.messages.get(target.message_ts or "")
    if flag(body, "delete_original"):
        if original is not None:
            posting.remove(scene, channel, original)
        return
    content = read_content(body, scene.workspace)
    if flag(body, "replace_original") and original is not None and original.bot_id:
        before = message_json(scene.workspace, channel, original)
        original.text, original.blocks, original.attachments = content.text, content.blocks, content.attachments
        posting.change(scene, channel, original, before)
        return
    _say(scene, channel, target.person, content, body)


def acknowledge(scene: Scene, channel: Channel, person: str, answer: Json | None) -> None:
    """What stands in the ack of a command. Raises `ApiError` for content that Slack would refuse."""
    if answer and (answer.get("text") or answer.get("blocks")):
        _say(scene, channel, person, read_content(answer, scene.workspace), answer)


def slackbot_says(scene: Scene, channel: Channel, person: str, text: str) -> None:
    """A line of Slack's own that one person sees."""
    message = Message(ts=scene.workspace.new_ts(), user=SLACKBOT, text=text, ephemeral_for=person)
    posting.post(scene, channel, message)


def _say(scene: Scene, channel: Channel, person: str, content: Content, body: Json) -> None:
    message = bot_message(scene.workspace, content, body.get("thread_ts"))
    if body.get("response_type") != "in_channel":
        message.ephemeral_for, message.metadata = person, None
    posting.post(scene, channel, message)


def use_response_url(scene: Scene, name: str, body: Json) -> tuple[int, str]:
    """One POST to a response URL, as (status, text)."""
    try:
        respond(scene, scene.responses.use(name), body)
    except ApiError as error:
        status = 404 if error.code in ("expired_url", "used_url") else 400
        return status, error.code
    return 200, "ok"

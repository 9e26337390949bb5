"""Putting messages into a conversation, changing and removing them, with the events that each of these sends."""

from __future__ import annotations

from bot.playground import events
from bot.playground.payloads import message_json
from bot.playground.scene import Scene
from bot.playground.wire import Json
from bot.playground.workspace import Channel, Message


def tell_app(scene: Scene, event: Json, channel: Channel | None) -> None:
    """Deliver an event if the app hears it."""
    if events.hears(scene.workspace, event, channel):
        scene.delivery.event(event)


def post(scene: Scene, channel: Channel, message: Message) -> Message:
    """A new message. An ephemeral one is seen by its person alone, and sends no event."""
    channel.add(message)
    show(scene, channel)
    if message.ephemeral_for is None:
        tell_app(scene, events.posted(scene.workspace, channel, message), channel)
    return message


def change(scene: Scene, channel: Channel, message: Message, before: Json) -> None:
    """The message was changed; `before` is how it stood."""
    show(scene, channel)
    if message.ephemeral_for is None:
        tell_app(scene, events.changed(scene.workspace, channel, message, before), channel)


def remove(scene: Scene, channel: Channel, message: Message) -> None:
    """Delete a message. The root of a thread with replies stays as a tombstone, and comes as `message_changed`."""
    before = message_json(scene.workspace, channel, message)
    if channel.replies(message.ts):
        message.deleted = True
        message.text, message.blocks, message.files, message.attachments, message.metadata = "", [], [], [], None
        change(scene, channel, message, before)
        return
    channel.drop(message)
    show(scene, channel)
    if message.ephemeral_for is None:
        tell_app(scene, events.deleted(scene.workspace, channel, before), channel)


def show(scene: Scene, channel: Channel) -> None:
    """Tell the page of everybody in the conversation that its messages changed."""
    scene.changes.tell(f"messages:{channel.id}")
    scene.changes.tell("state", channel.members)

"""What a person does in Slack beside the app: write, edit, delete, join, leave, open App Home."""

from __future__ import annotations

import uuid
from typing import Any

from bot.playground import events, posting
from bot.playground.formatting import compose
from bot.playground.payloads import message_json
from bot.playground.scene import Scene
from bot.playground.web_api.files import file_json
from bot.playground.wire import ControlError, Json
from bot.playground.workspace import Channel, Message, Person


class Acts:
    """Acts of people, with the events that follow. Each raises `ControlError` for what Slack would not let them do."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def person(self, name: str | None) -> Person:
        """The person with this id."""
        person = self._scene.workspace.people.get(name or "")
        if person is None:
            raise ControlError(f"There is no person “{name}”.")
        return person

    def channel(self, name: str | None, person: Person | None = None) -> Channel:
        """The conversation with this id; as seen by a person, only what stands in their sidebar."""
        channel = self._scene.workspace.channels.get(name or "")
        if channel is None or (person and channel not in self._scene.workspace.channels_of(person.id)):
            raise ControlError(f"There is no conversation “{name}” for this person.")
        return channel

    def message(self, channel: Channel, ts: str | None, person: Person | None = None) -> Message:
        """The message with this ts; as seen by a person."""
        message = channel.messages.get(ts or "")
        if message is None or (person and message.ephemeral_for not in (None, person.id)):
            raise ControlError("There is no such message.")
        return message

    def post(
        self,
        person: Person,
        channel: Channel,
        text: str,
        *,
        thread_ts: str | None = None,
        files: list[Json] | None = None,
        blocks: list[Json] | None = None,
    ) -> str:
        """Write a message, as from Slack's composer; gives its ts."""
        workspace = self._scene.workspace
        if person.id not in channel.members or channel.is_archived:
            raise ControlError("Only members can write here.")
        escaped, composed = compose(text, workspace)
        message = Message(
            ts=workspace.new_ts(),
            user=person.id,
            text=escaped,
            blocks=blocks or composed,
            thread_ts=thread_ts,
            client_msg_id=str(uuid.uuid4()),
            files=[self._file(person, file) for file in files or ()],
        )
        if message.files:
            message.subtype = "file_share"
        channel.last_read[person.id] = message.ts
        posting.post(self._scene, channel, message)
        return message.ts

    def edit(self, person: Person, channel: Channel, ts: str, text: str, files: list[Json] | None = None) -> None:
        """Edit an own message; its files stay unless others are given."""
        message = self._own(person, channel, ts)
        before = message_json(self._scene.workspace, channel, message)
        message.text, message.blocks = compose(text, self._scene.workspace)
        if files is not None:
            message.files = [self._file(person, file) for file in files]
        message.edited = {"user": person.id, "ts": self._scene.workspace.new_ts()}
        posting.change(self._scene, channel, message, before)

    def delete(self, person: Person, channel: Channel, ts: str) -> None:
        """Delete an own message, or one of the bot's (as a workspace's admin may)."""
        message = self.message(channel, ts, person)
        if message.user != person.id and not message.bot_id:
            raise ControlError("Only the author can delete a message.")
        posting.remove(self._scene, channel, message)

    def unfurl(self, channel: Channel, ts: str) -> None:
        """Slack adds the preview of a link: `message_changed` without a change of text or `edited`."""
        message = self.message(channel, ts)
        before = message_json(self._scene.workspace, channel, message)
        link = next(iter(_links(message.blocks)), "https://alder.example/")
        message.attachments = [
            {
                "id": 1,
                "from_url": link,
                "original_url": link,
                "title": "A page",
                "text": "Its first lines.",
                "fallback": "A page",
            }
        ]
        posting.change(self._scene, channel, message, before)

    def join(self, person: Person, channel: Channel, inviter: str | None = None) -> None:
        """Come into a channel. A person of another workspace makes it a shared one."""
        if person.id in channel.members:
            return
        channel.members.append(person.id)
        channel.is_shared = channel.is_shared or person.is_stranger
        self._scene.changes.tell("state")
        posting.tell_app(self._scene, events.joined(self._scene.workspace, channel, person.id, inviter), channel)
        self._note(person, channel, "join")

    def leave(self, person: Person, channel: Channel) -> None:
        """Leave a channel, or be taken out of it."""
        if person.id not in channel.members:
            return
        if person.id == self._scene.workspace.app.bot_user_id:
            channel.members.remove(person.id)
            posting.tell_app(self._scene, events.bot_left(self._scene.workspace, channel), None)
        else:
            posting.tell_app(self._scene, events.left(self._scene.workspace, channel, person.id), channel)
            channel.members.remove(person.id)
        self._scene.changes.tell("state")
        self._note(person, channel, "leave")

    def archive(self, person: Person, channel: Channel) -> None:
        """Archive a channel."""
        channel.is_archived = True
        self._scene.changes.tell("state")
        posting.tell_app(self._scene, events.archived(self._scene.workspace, channel, person.id), channel)

    def open_home(self, person: Person, tab: str = "home") -> None:
        """Open the app's Home or Messages tab."""
        home = self._scene.modals.home(person.id)
        posting.tell_app(self._scene, events.home_opened(self._scene.workspace, person.id, tab, home), None)

    def set_group(self, group: str, users: list[str]) -> None:
        """Change who is in a user group."""
        found = self._scene.workspace.groups.get(group)
        if found is None:
            raise ControlError(f"There is no user group “{group}”.")
        before, found.users = found.users, [self.person(user).id for user in users]
        posting.tell_app(self._scene, events.group_members(self._scene.workspace, found, before), None)

    def reload(self, person: Person) -> None:
        """Load Slack anew: the person's ephemeral messages are gone."""
        for channel in self._scene.workspace.channels.values():
            for message in [m for m in channel.messages.values() if m.ephemeral_for == person.id]:
                channel.drop(message)
        self._scene.changes.tell("state", [person.id])

    def _own(self, person: Person, channel: Channel, ts: str) -> Message:
        message = self.message(channel, ts)
        if message.user != person.id or message.deleted:
            raise ControlError("Only the author can edit a message.")
        return message

    def _file(self, person: Person, file: Json) -> Json:
        name = self._scene.workspace.new_id("F")
        shape = file_json(
            self._scene.url,
            name,
            str(file.get("name", "file")),
            mimetype=file.get("mimetype", ""),
            alt_txt=file.get("alt_txt"),
        )
        self._scene.workspace.files[name] = shape | {"user": person.id}
        return shape | {"user": person.id}

    def _note(self, person: Person, channel: Channel, what: str) -> None:
        workspace, verb = self._scene.workspace, "joined" if what == "join" else "left"
        message = Message(
            workspace.new_ts(), person.id, f"<@{person.id}> has {verb} the channel", subtype=f"channel_{what}"
        )
        posting.post(self._scene, channel, message)


def _links(value: Any) -> list[str]:
    if isinstance(value, list):
        return [link for each in value for link in _links(each)]
    if not isinstance(value, dict):
        return []
    own = [str(value["url"])] if value.get("type") == "link" else []
    return own + [link for inner in value.values() for link in _links(inner)]

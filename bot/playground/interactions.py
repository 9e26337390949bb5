"""Slash commands, clicks, shortcuts and forms: the payloads as Slack shapes them, and what becomes of the app's ack."""

from __future__ import annotations

import secrets
from copy import deepcopy
from typing import Any

from bot.playground import answers
from bot.playground.formatting import command_text
from bot.playground.inputs import elements, value_key
from bot.playground.payloads import channel_name, message_json, person_name, team_name
from bot.playground.scene import Scene
from bot.playground.submission import take_submission_answer, unfilled
from bot.playground.wire import ApiError, ControlError, Json
from bot.playground.workspace import Channel, Message, Person

TIMEOUT = "operation_timeout"
TROUBLE = "We had some trouble connecting. Try again?"


class Interactions:
    """What people do to the app. Each answers as the control API does, with `ok` and milliseconds."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def command(self, person: Person, channel: Channel, command: str, text: str) -> Json:
        """A slash command; it works in every conversation, also without the bot."""
        known = next((c for c in self._scene.workspace.app.commands if c.command == command), None)
        if known is None:
            raise ControlError(f"{command} is not a command of this app.")
        workspace = self._scene.workspace
        payload: Json = {
            "token": "",
            "team_id": person.team_id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": channel_name(channel)["name"],
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": command_text(text, workspace) if known.should_escape else text,
            "api_app_id": workspace.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel, person),
            "trigger_id": self._scene.triggers.make(person.id),
        }
        outcome, ms = await self._scene.delivery.interact("slash_commands", payload)
        error = None if outcome.acked else _failure(outcome.reason)
        if error:
            answers.slackbot_says(self._scene, channel, person.id, f"{command} failed with the error “{error}”")
        else:
            try:
                answers.acknowledge(self._scene, channel, person.id, outcome.answer)
            except ApiError as refusal:
                error = refusal.code
        return {"ok": error is None, "ack": outcome.answer, "error": error, "ms": ms}

    async def message_action(self, person: Person, channel: Channel, message: Message, click: Json) -> Json:
        """A click on an element of a message."""
        action = _action(message.blocks, click)
        container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
        container["is_ephemeral"] = message.ephemeral_for is not None
        if message.is_reply:
            container["thread_ts"] = message.thread_ts
        payload = self._payload("block_actions", person) | {
            "container": container,
            "channel": channel_name(channel),
            "state": {"values": click.get("state") or {}},
            "response_url": self._response_url(channel, person, message.ts),
            "actions": [action],
        }
        if message.ephemeral_for is None:
            payload["message"] = message_json(self._scene.workspace, channel, message)
        return await self._plain(person, payload)

    async def view_action(self, person: Person, view_id: str, click: Json) -> Json:
        """A click on an element of a modal or home."""
        view = self._view(person, view_id)
        action = _action(view["blocks"], click)
        values = dict(click.get("state") or {})
        key = value_key(action["type"])
        if key is not None and key in action:
            chosen = {action["action_id"]: {"type": action["type"], key: action[key]}}
            values[action["block_id"]] = values.get(action["block_id"], {}) | chosen
        payload = self._payload("block_actions", person) | {
            "container": {"type": "view", "view_id": view_id},
            "view": self._scene.modals.put_in(view_id, values),
            "actions": [action],
        }
        return await self._plain(person, payload)

    async def shortcut(
        self, person: Person, callback_id: str, channel: Channel | None, message: Message | None
    ) -> Json:
        """A global shortcut, or one on a message (in any conversation that the person sees)."""
        known = next((s for s in self._scene.workspace.app.shortcuts if s.callback_id == callback_id), None)
        if known is None:
            raise ControlError(f"{callback_id} is not a shortcut of this app.")
        if known.kind == "global":
            payload = self._payload("shortcut", person)
        elif channel is None or message is None:
            raise ControlError("A message shortcut needs a channel and a message.")
        else:
            payload = self._payload("message_action", person) | {
                "channel": channel_name(channel),
                "message_ts": message.ts,
                "message": message_json(self._scene.workspace, channel, message),
                "response_url": self._response_url(channel, person, message.ts),
            }
        return await self._plain(
            person, payload | {"callback_id": callback_id, "action_ts": self._scene.workspace.new_ts()}
        )

    async def submit(self, person: Person, view_id: str, values: Json) -> Json:
        """Send a modal in. Empty fields that must be filled are told by Slack itself, and nothing is sent."""
        self._view(person, view_id)
        view = self._scene.modals.put_in(view_id, values)
        if errors := unfilled(view["blocks"], view["state"]["values"]):
            return {"ok": False, "errors": errors, "response_action": None, "ms": 0}
        payload = self._payload("view_submission", person) | {"view": view, "response_urls": []}
        outcome, ms = await self._scene.delivery.interact("interactive", payload)
        if not outcome.acked:
            self._scene.modals.notice(person.id, TROUBLE)
            return {"ok": False, "errors": None, "response_action": None, "error": _failure(outcome.reason), "ms": ms}
        self._scene.modals.notice(person.id, None)
        return take_submission_answer(self._scene, person.id, view_id, outcome.answer) | {"ms": ms}

    async def close(self, person: Person, view_id: str) -> Json:
        """Close a modal by hand; the app hears of it if it asked to."""
        view = self._view(person, view_id)
        everything = bool(view["clear_on_close"])
        for closed in self._scene.modals.close(person.id, everything=everything):
            if closed["notify_on_close"]:
                payload = self._payload("view_closed", person, trigger=False) | {
                    "view": deepcopy(closed),
                    "is_cleared": everything,
                }
                await self._scene.delivery.interact("interactive", payload)
        return {"ok": True}

    def _payload(self, kind: str, person: Person, *, trigger: bool = True) -> Json:
        workspace = self._scene.workspace
        payload: Json = {
            "type": kind,
            "user": person_name(person),
            "api_app_id": workspace.app.app_id,
            "token": "",
            "team": team_name(workspace),
            "enterprise": None,
            "is_enterprise_install": False,
        }
        return payload | ({"trigger_id": self._scene.triggers.make(person.id)} if trigger else {})

    async def _plain(self, person: Person, payload: Json) -> Json:
        outcome, ms = await self._scene.delivery.interact("interactive", payload)
        self._scene.modals.notice(person.id, None if outcome.acked else TROUBLE)
        return {"ok": outcome.acked, "error": None if outcome.acked else _failure(outcome.reason), "ms": ms}

    def _response_url(self, channel: Channel, person: Person, ts: str | None = None) -> str:
        return self._scene.url + self._scene.responses.make(channel.id, person.id, ts)

    def _view(self, person: Person, view_id: str) -> Json:
        view = self._scene.modals.view(person.id, view_id)
        if view is None:
            raise ControlError("This view is not open.")
        return view


def _failure(reason: str) -> str:
    return TIMEOUT if reason in ("timeout", "http_timeout") else "dispatch_failed"


def _action(blocks: list[Json], click: Json) -> Json:
    """The `actions` entry for a click on one element; raises `ControlError` if there is no such element."""
    for block in blocks:
        for element in elements(block):
            if element.get("action_id") == click.get("action_id") and click.get("block_id") in (
                None,
                block["block_id"],
            ):
                return _acted(block, element, click) | {"action_ts": _stamp()}
    raise ControlError("There is no such button here any more.")


def _acted(block: Json, element: Json, click: Json) -> Json:
    kind = element["type"]
    action: Json = {"type": kind, "action_id": element["action_id"], "block_id": block["block_id"]}
    for name in ("text", "value", "style", "confirm"):
        if kind == "button" and name in element:
            action[name] = deepcopy(element[name])
    key = "selected_option" if kind == "overflow" else value_key(kind)
    if kind not in ("button", "workflow_button") and key is not None:
        action[key] = _chosen(element, key, click)
    if kind == "feedback_buttons":
        action["value"] = click.get("value")
    return action


def _chosen(element: Json, key: str, click: Json) -> Any:
    """What was chosen: as given, or found among the element's options by its value."""
    if key in click:
        given = click[key]
    elif "selected_option" in click and key != "selected_option":
        given = click["selected_option"]
    else:
        given = click.get("value")
    if key == "selected_option":
        wanted = given.get("value") if isinstance(given, dict) else given
        groups = element.get("option_groups") or []
        options = [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
        found = next((option for option in options if option["value"] == wanted), None)
        if found is None and "options" in element:
            raise ControlError("There is no such choice here any more.")
        return deepcopy(found) if found else given
    return given


def _stamp() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**6):06d}"

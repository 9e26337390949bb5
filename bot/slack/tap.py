"""What came in with a tap or a submitted form, read from Slack's payloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.cards.taps import MENU


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap. `ids` are what the button's value holds, split at colons; `channel` is empty in a form or App Home."""

    verb: str
    ids: tuple[str, ...]
    user: str
    channel: str
    thread: str | None
    message_ts: str
    trigger: str
    view_id: str | None

    @property
    def detail(self) -> str:
        """Which of several: the place of a finding, a team, or `suggestion`."""
        return self.ids[2] if len(self.ids) > 2 else ""

    @property
    def subject(self) -> str:
        """The draft's or hand-off's id."""
        return self.ids[0] if self.ids else ""

    @property
    def revision(self) -> str | None:
        """The revision that the button was drawn for."""
        return self.ids[1] if len(self.ids) > 1 else None


@dataclass(frozen=True, slots=True)
class Form:
    """One submitted form. `ids` are from its metadata; `values` by block and action, as Slack sends them."""

    name: str
    ids: tuple[str, ...]
    user: str
    view_id: str
    values: Mapping[str, Mapping[str, Any]]

    def text(self, block: str) -> str:
        """What was typed or chosen in a block, in one string; empty for nothing."""
        return next(iter(self.texts(block)), "")

    def texts(self, block: str) -> tuple[str, ...]:
        """All that was typed or chosen in a block."""
        found: list[str] = []
        for state in self.values.get(block, {}).values():
            found.extend(_said(state))
        return tuple(found)


def read_tap(body: Mapping[str, Any], action: Mapping[str, Any]) -> Tap:
    """One tapped element of Slack's payload."""
    chosen = (action.get("selected_option") or {}).get("value")
    verb, ids = str(action.get("action_id") or ""), str(chosen or action.get("value") or "")
    if verb == MENU:
        # An entry of a card's menu has its verb in front of the ids.
        named, _, ids = ids.partition(":")
        verb = f"draft.{named}"
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Tap(
        verb=verb,
        ids=tuple(part for part in ids.split(":") if part),
        user=str((body.get("user") or {}).get("id") or ""),
        channel=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        thread=message.get("thread_ts") or container.get("thread_ts"),
        message_ts=str(message.get("ts") or container.get("message_ts") or ""),
        trigger=str(body.get("trigger_id") or ""),
        view_id=(body.get("view") or {}).get("id"),
    )


def read_form(body: Mapping[str, Any]) -> Form:
    """A submitted view of Slack's payload."""
    view = body.get("view") or {}
    return Form(
        name=str(view.get("callback_id") or ""),
        ids=tuple(part for part in str(view.get("private_metadata") or "").split(":") if part),
        user=str((body.get("user") or {}).get("id") or ""),
        view_id=str(view.get("id") or ""),
        values=(view.get("state") or {}).get("values") or {},
    )


def _said(state: Mapping[str, Any]) -> list[str]:
    kind = state.get("type")
    if kind in {"multi_static_select", "checkboxes"}:
        return [str(option["value"]) for option in state.get("selected_options") or ()]
    if state.get("selected_option"):
        return [str(state["selected_option"]["value"])]
    for key in (
        "value",
        "selected_user",
        "selected_conversation",
        "selected_date",
        "selected_time",
        "selected_date_time",
    ):
        if state.get(key) is not None:
            return [str(state[key])]
    return [str(user) for user in state.get("selected_users") or ()]

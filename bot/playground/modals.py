"""Open modals and published homes: each person's stack of views."""

from __future__ import annotations

import secrets
from copy import deepcopy
from dataclasses import dataclass, field

from bot.playground.changes import Changes
from bot.playground.inputs import initial_values, named_blocks
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import Workspace

MOST_VIEWS = 3
"""Views in one stack."""


@dataclass(eq=False)
class OpenView:
    """One view: whose it is, the JSON that Slack keeps of it, and what the person has put into its inputs."""

    person: str
    view: Json
    typed: Json = field(default_factory=dict)


class Modals:
    """Every view of the app, by person and by id."""

    def __init__(self, workspace: Workspace, changes: Changes) -> None:
        self._workspace, self._changes = workspace, changes
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}
        self.notices: dict[str, str] = {}

    def open(self, person: str, view: Json) -> Json:
        """`views.open`: a new stack with one view."""
        self._stacks[person] = []
        return self.push(person, view)

    def push(self, person: str, view: Json) -> Json:
        """`views.push`: on top of the stack. Raises `ApiError` push_limit_reached, duplicate_external_id."""
        stack = self._stacks.setdefault(person, [])
        if len(stack) >= MOST_VIEWS:
            raise ApiError("push_limit_reached")
        self._unused(view)
        shape = self._view(view)
        shape["root_view_id"] = stack[0].view["id"] if stack else shape["id"]
        shape["previous_view_id"] = stack[-1].view["id"] if stack else None
        stack.append(OpenView(person, shape))
        return self._changed("views", person, shape)

    def update(self, view: Json, *, view_id: str | None, external_id: str | None, hash_: str | None) -> Json:
        """`views.update`. Raises `ApiError` not_found, hash_conflict."""
        found = self._find(view_id, external_id)
        if found is None:
            raise ApiError("not_found")
        if hash_ is not None and hash_ != found.view["hash"]:
            raise ApiError("hash_conflict")
        self._unused(view, found)
        kept = {key: found.view[key] for key in ("id", "root_view_id", "previous_view_id")}
        found.view = self._view(view) | kept
        return self._changed("home" if found.view["type"] == "home" else "views", found.person, found.view)

    def publish(self, person: str, view: Json, hash_: str | None) -> Json:
        """`views.publish`: the person's App Home. Raises `ApiError` hash_conflict."""
        before = self._homes.get(person)
        if before and hash_ is not None and hash_ != before.view["hash"]:
            raise ApiError("hash_conflict")
        shape = self._view(view)
        if before:
            shape["id"] = before.view["id"]
        shape |= {"root_view_id": shape["id"], "previous_view_id": None}
        self._homes[person] = OpenView(person, shape)
        return self._changed("home", person, shape)

    def stack(self, person: str) -> list[Json]:
        """The person's open modals, lowest first."""
        return [each.view for each in self._stacks.get(person, ())]

    def home(self, person: str) -> Json | None:
        """What was published for the person."""
        return self._homes[person].view if person in self._homes else None

    def view(self, person: str, view_id: str) -> Json | None:
        """One of the person's own views, a modal or the home."""
        found = self._find(view_id, None)
        return found.view if found and found.person == person else None

    def put_in(self, view_id: str, values: Json) -> Json:
        """Note what a person has put in, beside what stood there; gives the view with `state.values` as it is then."""
        found = self._find(view_id, None)
        if found is None:
            raise ApiError("not_found")
        for block, own in values.items():
            found.typed[block] = found.typed.get(block, {}) | own
        first = found.view["state"]["values"]
        whole = {
            block: {action: value | found.typed.get(block, {}).get(action, {}) for action, value in actions.items()}
            for block, actions in first.items()
        }
        return deepcopy(found.view) | {"state": {"values": deepcopy(whole)}}

    def close(self, person: str, *, everything: bool) -> list[Json]:
        """Take the top view, or all, off the stack. Gives what was closed, top first."""
        stack = self._stacks.get(person, [])
        closed = list(reversed(stack)) if everything else stack[-1:]
        self._stacks[person] = [] if everything else stack[:-1]
        self._changes.tell("views", [person])
        return [each.view for each in closed]

    def notice(self, person: str, text: str | None) -> None:
        """What Slack itself tells the person, in place of an answer; None takes it away."""
        if text == self.notices.get(person):
            return
        if text is None:
            del self.notices[person]
        else:
            self.notices[person] = text
        self._changes.tell("views", [person])

    def _find(self, view_id: str | None, external_id: str | None) -> OpenView | None:
        views = [each for stack in self._stacks.values() for each in stack] + list(self._homes.values())
        key, wanted = ("id", view_id) if view_id else ("external_id", external_id)
        return next((each for each in views if wanted and each.view.get(key) == wanted), None)

    def _unused(self, view: Json, but: OpenView | None = None) -> None:
        external = view.get("external_id")
        found = self._find(None, external) if external else None
        if found is not None and found is not but:
            raise ApiError("duplicate_external_id")

    def _view(self, view: Json) -> Json:
        app, team = self._workspace.app, self._workspace.team_id
        kept: Json = {
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "title": None,
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
        }
        shape = kept | deepcopy(view)
        shape["blocks"] = named_blocks(shape["blocks"], self._workspace)
        return shape | {
            "id": self._workspace.new_id("V"),
            "team_id": team,
            "app_id": app.app_id,
            "bot_id": app.bot_id,
            "app_installed_team_id": team,
            "hash": f"{self._workspace.new_ts()}.{secrets.token_hex(4)}",
            "state": {"values": initial_values(shape["blocks"])},
        }

    def _changed(self, name: str, person: str, view: Json) -> Json:
        self._changes.tell(name, [person])
        return deepcopy(view)

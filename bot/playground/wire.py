"""Shapes that cross the wire: JSON objects, and the two ways in which a request is refused."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A Web API method says no: `{"ok": false, "error": code, …}` with status 200, as Slack does."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class ControlError(Exception):
    """The control API can't do what was asked: status 400 and one sentence."""

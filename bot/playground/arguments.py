"""Arguments of a Web API call, from wherever the client put them: query, form, multipart or JSON; later ones win."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from bot.playground.wire import ApiError, Json


async def read_arguments(request: web.Request) -> Json:
    """All arguments of a request, merged. Raises `ApiError` invalid_json, json_not_object."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        try:
            decoded = json.loads(body) if body.strip() else {}
        except ValueError:
            raise ApiError("invalid_json") from None
        if not isinstance(decoded, dict):
            raise ApiError("json_not_object")
        arguments |= decoded
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        fields = await request.post()
        arguments |= {name: value for name, value in fields.items() if isinstance(value, str)}
    return arguments


def read_token(request: web.Request, arguments: Json) -> str | None:
    """The token, from the header or the argument `token`."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else arguments.get("token")


def flag(arguments: Json, name: str, *, default: bool = False) -> bool:
    """A boolean argument; in a query or form it travels as 1, 0, true or false."""
    value = arguments.get(name)
    return default if value is None else value in (True, 1, "1", "true", "True")


def decoded(arguments: Json, name: str, error: str) -> Any:
    """An argument that is JSON, as such or as a string; None if left out. Raises `ApiError(error)`."""
    value = arguments.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise ApiError(error) from None


def required(arguments: Json, name: str) -> str:
    """An argument that must be there. Raises `ApiError` invalid_arguments, naming it as Slack does."""
    value = arguments.get(name)
    if value is None or value == "":
        message = f"[ERROR] missing required field: {name}"
        raise ApiError("invalid_arguments", response_metadata={"messages": [message]})
    return str(value)


def whole(arguments: Json, name: str, default: int, most: int) -> int:
    """A number argument, at most `most`. Raises `ApiError` invalid_limit."""
    try:
        return min(int(arguments.get(name) or default), most)
    except (TypeError, ValueError):
        raise ApiError("invalid_limit") from None

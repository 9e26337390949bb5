"""blocks.validate: Slack's own judge of blocks, messages and views; it takes no token."""

from __future__ import annotations

from bot.playground.arguments import decoded
from bot.playground.blocks import check_blocks, check_view
from bot.playground.web_api.call import Call, Method
from bot.playground.wire import ApiError, Json


def validate(call: Call) -> Json:
    """Exactly one of `blocks`, `message`, `view`. Raises `ApiError` invalid_blocks, …, with `errors`."""
    given = [name for name in ("blocks", "message", "view") if call.arguments.get(name)]
    if len(given) != 1:
        raise ApiError("invalid_arguments")
    name = given[0]
    value = decoded(call.arguments, name, "invalid_arguments")
    if name == "view":
        faults = check_view(value)
    else:
        blocks = value.get("blocks", []) if name == "message" and isinstance(value, dict) else value
        faults = check_blocks(blocks)
    if faults:
        errors = [{"pointer": each.pointer, "code": "failed_constraint", "message": each.message} for each in faults]
        raise ApiError(f"invalid_{name}", errors=errors)
    return {}


METHODS: dict[str, Method] = {"blocks.validate": validate}

"""A modal that was sent in: what Slack checks itself, and what the app's answer does to the stack of views."""

from __future__ import annotations

from typing import Any

from bot.playground.scene import Scene
from bot.playground.web_api.views import refuse_view
from bot.playground.wire import ApiError, Json

FILL_IN = "Please complete this required field."


def unfilled(blocks: list[Json], values: Json) -> dict[str, str]:
    """Slack's own complaint for each input that must be filled and is not, or whose text is too short or long."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        value = next((inner for key, inner in state.items() if key != "type"), None)
        if complaint := _complaint(element, value, optional=bool(block.get("optional"))):
            errors[block["block_id"]] = complaint
    return errors


def _complaint(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else FILL_IN
    if element["type"] != "plain_text_input" or not isinstance(value, str):
        return None
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if len(value) > most:
        return f"Please use no more than {most} characters."
    return f"Please use at least {least} characters." if len(value) < least else None


def take_submission_answer(scene: Scene, person: str, view_id: str, answer: Json | None) -> Json:
    """Do what the answer says: `errors`, `update`, `push`, `clear`, or nothing: then the view closes."""
    action = (answer or {}).get("response_action")
    result: Json = {"ok": True, "errors": None, "response_action": action}
    if answer is None or action is None:
        scene.modals.close(person, everything=False)
        return result
    try:
        match action:
            case "errors":
                return result | {"ok": False, "errors": answer["errors"]}
            case "update":
                refuse_view(answer["view"], "modal")
                scene.modals.update(answer["view"], view_id=view_id, external_id=None, hash_=None)
            case "push":
                refuse_view(answer["view"], "modal")
                scene.modals.push(person, answer["view"])
            case "clear":
                scene.modals.close(person, everything=True)
            case _:
                raise ApiError("invalid_response_action")
    except (ApiError, KeyError) as refusal:
        scene.modals.notice(person, "We had some trouble connecting. Try again?")
        messages = refusal.more.get("response_metadata") if isinstance(refusal, ApiError) else None
        scene.log.add("fault", method="view_submission", fault=str(refusal), answer=messages)
        return result | {"ok": False, "error": "invalid_response"}
    return result

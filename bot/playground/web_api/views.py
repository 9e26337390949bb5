"""views.open, views.push, views.update, views.publish."""

from __future__ import annotations

from bot.playground.arguments import decoded, required
from bot.playground.blocks import check_view
from bot.playground.web_api.call import Call, Method
from bot.playground.wire import ApiError, Json


def open_(call: Call) -> Json:
    """A modal for whoever's trigger it is."""
    view = _view(call, "modal")
    person = call.scene.triggers.exchange(required(call.arguments, "trigger_id"))
    return {"view": call.scene.modals.open(person, view)}


def push(call: Call) -> Json:
    """A modal on top of the one in which the trigger arose."""
    view = _view(call, "modal")
    person = call.scene.triggers.exchange(required(call.arguments, "trigger_id"))
    return {"view": call.scene.modals.push(person, view)}


def update(call: Call) -> Json:
    """New content for a view, by `view_id` or `external_id`; refused when `hash` is stale."""
    view = _view(call, None)
    arguments = call.arguments
    return {
        "view": call.scene.modals.update(
            view,
            view_id=arguments.get("view_id"),
            external_id=arguments.get("external_id"),
            hash_=arguments.get("hash"),
        )
    }


def publish(call: Call) -> Json:
    """A person's App Home."""
    view = _view(call, "home")
    person = call.workspace.people.get(required(call.arguments, "user_id"))
    if person is None or person.is_bot:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] invalid user_id"]})
    return {"view": call.scene.modals.publish(person.id, view, call.arguments.get("hash"))}


def _view(call: Call, kind: str | None) -> Json:
    view = decoded(call.arguments, "view", "invalid_arguments")
    refuse_view(view, kind)
    return dict(view)


def refuse_view(view: object, kind: str | None) -> None:
    """Raise `ApiError` invalid_arguments, with Slack's lines, for a view that is faulty or of another kind."""
    lines = [str(fault) for fault in check_view(view)]
    if kind and isinstance(view, dict) and view.get("type") != kind:
        lines.append(f"[ERROR] must be a {kind} view [json-pointer:/view/type]")
    if lines:
        raise ApiError("invalid_arguments", response_metadata={"messages": lines})


METHODS: dict[str, Method] = {"views.open": open_, "views.push": push, "views.update": update, "views.publish": publish}

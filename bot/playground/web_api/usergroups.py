"""usergroups.list and usergroups.users.list."""

from __future__ import annotations

from bot.playground.arguments import flag, required
from bot.playground.web_api.call import Call, Method
from bot.playground.wire import ApiError, Json


def list_(call: Call) -> Json:
    """Every user group; its people with `include_users`."""
    with_users = flag(call.arguments, "include_users")
    groups = []
    for group in call.workspace.groups.values():
        shape: Json = {
            "id": group.id,
            "team_id": call.workspace.team_id,
            "is_usergroup": True,
            "name": group.name,
            "handle": group.handle,
            "date_delete": 0,
            "user_count": len(group.users),
        }
        groups.append(shape | ({"users": list(group.users)} if with_users else {}))
    return {"usergroups": groups}


def users_list(call: Call) -> Json:
    """Who is in a group. Raises `ApiError` no_such_subteam."""
    group = call.workspace.groups.get(required(call.arguments, "usergroup"))
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": list(group.users)}


METHODS: dict[str, Method] = {"usergroups.list": list_, "usergroups.users.list": users_list}

"""users.info, users.list, users.lookupByEmail."""

from __future__ import annotations

from bot.playground.arguments import required
from bot.playground.payloads import user_json
from bot.playground.web_api.call import Call, Method, page
from bot.playground.wire import ApiError, Json
from bot.playground.workspace import Person


def info(call: Call) -> Json:
    """One person."""
    return {"user": _shown(call, call.person())}


def list_(call: Call) -> Json:
    """Everybody, by pages."""
    return page(call, [_shown(call, person) for person in call.workspace.people.values()], "members")


def lookup_by_email(call: Call) -> Json:
    """The person with an address, in any case. Raises `ApiError` users_not_found."""
    wanted = required(call.arguments, "email").lower()
    person = next((p for p in call.workspace.people.values() if p.email.lower() == wanted), None)
    if person is None:
        raise ApiError("users_not_found")
    return {"user": _shown(call, person)}


def _shown(call: Call, person: Person) -> Json:
    return user_json(person, email="users:read.email" in call.scopes)


METHODS: dict[str, Method] = {"users.info": info, "users.list": list_, "users.lookupByEmail": lookup_by_email}

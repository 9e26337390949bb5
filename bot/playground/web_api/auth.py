"""auth.test, bots.info, team.info, and apps.connections.open, which alone takes the app-level token."""

from __future__ import annotations

from bot.playground.payloads import bot_json
from bot.playground.web_api.call import Call, Method
from bot.playground.wire import ApiError, Json


def test(call: Call) -> Json:
    """Who the token is."""
    workspace, app = call.workspace, call.workspace.app
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.team_name,
        "user": app.name.lower(),
        "team_id": workspace.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    """An address for one Socket Mode connection."""
    address = call.scene.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={call.scene.sockets.ticket()}&app_id={call.workspace.app.app_id}"}


def bots_info(call: Call) -> Json:
    """The bot itself. Raises `ApiError` bot_not_found."""
    if call.arguments.get("bot") not in (None, call.workspace.app.bot_id):
        raise ApiError("bot_not_found")
    return {"bot": bot_json(call.workspace)}


def team_info(call: Call) -> Json:
    """The workspace."""
    workspace = call.workspace
    return {
        "team": {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.domain, "email_domain": ""}
    }


METHODS: dict[str, Method] = {
    "auth.test": test,
    "apps.connections.open": connections_open,
    "bots.info": bots_info,
    "team.info": team_info,
}

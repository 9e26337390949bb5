"""What ties the bot to the local workspace: its settings there, and the playbook's teams and leaders by their local ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.playbook import Leader, Playbook
from bot.playground.server import StandIn
from bot.settings import Settings

TEAM_CHANNELS = {
    "customer-care": "C0CARE0001",
    "product-support": "C0SUPPORT1",
    "marketing": "C0MARKETNG",
    "people": "C0PEOPLE01",
    "investor-relations": "C0INVESTOR",
    "legal": "C0LEGAL001",
    "security": "C0SECURITY",
    "media": "C0MEDIA001",
    "sales": "C0SALES001",
}

LEADERS = (
    Leader(id="U0LEADER01", name="Dana Reyes", platforms=("linkedin", "x"), delegates=("U0DELEGATE",)),
    Leader(id="U0LEADER02", name="Tom Okafor", platforms=("linkedin", "x")),
)


def in_playground(playbook: Playbook) -> Playbook:
    """The same playbook, with the local workspace's channels and leaders."""
    routes = tuple(route.model_copy(update={"channel": TEAM_CHANNELS.get(route.id, "")}) for route in playbook.routes)
    return replace(playbook, routes=routes, organisation=playbook.organisation.model_copy(update={"leaders": LEADERS}))


def playground_settings(settings: Settings, slack: StandIn, folder: Path, overrides: dict[str, Any]) -> Settings:
    """The settings with everything that is Slack's or the database's replaced by what is local."""
    return settings.model_copy(
        update={
            "slack_bot_token": SecretStr(slack.bot_token),
            "slack_app_token": SecretStr(slack.app_token),
            "slack_signing_secret": None,
            "slack_api_url": slack.api_url,
            "database_url": f"sqlite:///{folder}/lectern.db",
            "port": None,
            "lectern_draft_channels": ("C0DRAFTS01", "C0DRAFTS02"),
            "lectern_oversight_channel": "C0OVERSITE",
            "lectern_comms_group": "",
            **{name: SecretStr(value) if name == "openai_api_key" else value for name, value in overrides.items()},
        }
    )

"""Lectern's settings: the only reader of the environment and of `.env`.

Each setting stands in `.env.example`, in the order of this file. A value that is wrong or missing stops the start
with one sentence that says what to set and where to find it; the value itself is never printed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

ENV_FILE = Path(".env")

PROMPTS = ("lectern_prompts_dir",)
"""What reading prompts/ needs of the settings."""


class Settings(BaseSettings):
    """All settings. Times are seconds; ids are Slack's."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_ignore_empty=True, extra="forbid", frozen=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    openai_api_key: SecretStr | None = None
    openai_base_url: str = "https://api.openai.com/v1"
    openai_model: str = ""
    database_url: str = "sqlite:///var/lectern.db"
    port: Annotated[int | None, Field(ge=0, le=65535)] = None
    lectern_host: str = ""
    lectern_draft_channels: Annotated[tuple[str, ...], NoDecode] = ()
    lectern_oversight_channel: str = ""
    lectern_comms_group: str = ""
    lectern_prompts_dir: Path | None = None
    lectern_timezone: str = "UTC"
    lectern_llm_profile: Literal["openai", "compatible"] = "openai"
    lectern_llm_deadline_seconds: Annotated[float, Field(gt=0, le=600)] = 45.0
    lectern_llm_parallel: Annotated[int, Field(ge=1, le=100)] = 8
    lectern_llm_tokens_parameter: Literal["max_completion_tokens", "max_tokens"] = "max_completion_tokens"
    lectern_encryption_key: SecretStr | None = None
    lectern_executor_id: str = "lectern-1"
    lectern_log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        """The keys of `lectern_encryption_key`, the one that encrypts first."""
        keys = self.lectern_encryption_key.get_secret_value() if self.lectern_encryption_key else ""
        return tuple(key.strip() for key in keys.split(",") if key.strip())

    @field_validator("lectern_draft_channels", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("lectern_draft_channels")
    @classmethod
    def _channel_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for channel in value:
            if not re.fullmatch(r"[CG][A-Z0-9]{6,}", channel):
                message = f"“{channel}” is not a channel id. Ids begin with C; in Slack they stand at the end of a channel's details."
                raise ValueError(message)
        return value

    @field_validator("lectern_oversight_channel")
    @classmethod
    def _channel_id(cls, value: str) -> str:
        if value and not re.fullmatch(r"[CG][A-Z0-9]{6,}", value):
            message = f"“{value}” is not a channel id. Ids begin with C; in Slack they stand at the end of a channel's details."
            raise ValueError(message)
        return value

    @field_validator("lectern_timezone")
    @classmethod
    def _timezone_known(cls, value: str) -> str:
        if value not in available_timezones():
            message = f"“{value}” is not a time zone. Use a name such as Europe/London."
            raise ValueError(message)
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @field_validator("database_url")
    @classmethod
    def _database_known(cls, value: str) -> str:
        value = re.sub(r"^postgres://", "postgresql://", value)
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            message = "The address must begin with sqlite:/// or postgresql://."
            raise ValueError(message)
        return value


_IN_WORDS = {
    "int_parsing": "it must be a whole number",
    "float_parsing": "it must be a number",
    "greater_than_equal": "the number is too small",
    "greater_than": "the number is too small",
    "less_than_equal": "the number is too large",
    "finite_number": "it must be a number",
}


class _Indifferent(Settings):
    """Settings that pass over names in `.env` that are none."""

    model_config = SettingsConfigDict(extra="ignore")


def read_settings(only: Collection[str] = (), **overrides: Any) -> Settings:
    """Settings from the environment and `.env`; `overrides` win. Raises `SettingsError` with a sentence per fault.

    With `only` the faults of other settings are passed over, and these have their defaults.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False)
        if only:
            wrong = {str(fault["loc"][0]).lower() for fault in faults if fault["loc"]}
            if not wrong & set(only):
                defaults = {name: field.default for name, field in Settings.model_fields.items() if name in wrong}
                return _Indifferent(**{**overrides, **defaults})
            faults = [fault for fault in faults if fault["loc"] and str(fault["loc"][0]).lower() in only]
        sentences = [_sentence(fault["type"], fault["loc"], fault["msg"]) for fault in faults]
        raise SettingsError("\n".join(sentences)) from None


def _sentence(kind: str, place: tuple[int | str, ...], message: str) -> str:
    name = str(place[0]).upper() if place else "A setting"
    if kind == "extra_forbidden":
        return f"{name} in .env is not a setting of Lectern. Correct its name; .env.example lists all of them."
    reason = _IN_WORDS.get(kind) or message.removeprefix("Value error, ").replace("Input should be", "it must be")
    return f"{name} can't be used: {reason.rstrip('.')}. Set it in .env or in the environment; .env.example says what it is for."

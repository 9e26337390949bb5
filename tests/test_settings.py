"""Settings: each stands in .env.example, and a wrong one gets a sentence that says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent


def test_every_setting_stands_in_the_example_in_the_same_order() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^([A-Z_]+)=", example, flags=re.MULTILINE)
    assert [name.upper() for name in Settings.model_fields] == named


def test_the_example_as_it_stands_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text(encoding="utf-8"), encoding="utf-8")
    assert read_settings().slack_bot_token is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        (
            "lectern_draft_channels",
            "dana-drafts",
            "LECTERN_DRAFT_CHANNELS can't be used: “dana-drafts” is not a channel id",
        ),
        ("lectern_timezone", "Mars/Base", "“Mars/Base” is not a time zone"),
        ("database_url", "mysql://x", "must begin with sqlite:/// or postgresql://"),
        ("port", "eighty", "PORT can't be used"),
        ("lectern_llm_profile", "other", "LECTERN_LLM_PROFILE can't be used"),
        ("lectern_llm_deadline_seconds", "0", "LECTERN_LLM_DEADLINE_SECONDS can't be used"),
    ],
)
def test_a_wrong_value_is_told_in_a_sentence(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError) as told:
        read_settings(**{name: value})
    assert says in str(told.value)


def test_secrets_are_never_printed() -> None:
    settings = read_settings(slack_bot_token="xoxb-secret", openai_api_key="sk-secret", database_url="sqlite:///x.db")
    assert "secret" not in repr(settings).replace("SecretStr", "").replace("slack_signing_secret", "")


def test_postgres_addresses_of_hosting_platforms_are_accepted() -> None:
    assert "postgresql://u@h/d" == read_settings(database_url="postgres://u@h/d").database_url

"""The manifest: Slack takes any string for a scope or an event, so that a slip of the pen is only found here."""

from __future__ import annotations

from bot.slack.manifest import EVENTS, SCOPES, manifest

KNOWN_SCOPES = frozenset(
    {
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "usergroups:read",
        "users:read",
        "users:read.email",
    }
)
NEEDS = {
    "member_joined_channel": "groups:read",
    "member_left_channel": "groups:read",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "subteam_members_changed": "usergroups:read",
}
"""Which scope each event needs."""


def test_scopes_are_those_that_are_used_and_in_order() -> None:
    assert set(KNOWN_SCOPES) == set(SCOPES)
    assert sorted(SCOPES) == list(SCOPES)


def test_each_event_is_known_and_has_its_scope() -> None:
    assert sorted(NEEDS) == list(EVENTS)
    assert set(NEEDS.values()) <= set(SCOPES)


def test_socket_mode_names_no_address() -> None:
    made = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "https://" not in str(made)


def test_over_http_everything_goes_to_one_address() -> None:
    url = "https://lectern.example/slack/events"
    made = manifest(url)
    assert made["settings"]["socket_mode_enabled"] is False
    assert [url, url] == [made["settings"][part]["request_url"] for part in ("event_subscriptions", "interactivity")]
    assert [url, url] == [command["url"] for command in made["features"]["slash_commands"]]


def test_the_manifest_keeps_to_slacks_limits() -> None:
    made = manifest()
    shown = made["display_information"]
    assert 35 >= len(shown["name"])
    assert 140 >= len(shown["description"])
    assert 175 <= len(shown["long_description"]) <= 4000
    assert all(24 >= len(shortcut["name"]) for shortcut in made["features"]["shortcuts"])
    assert all(32 >= len(command["command"]) for command in made["features"]["slash_commands"])


def test_a_draft_is_taken_as_typed_and_a_name_as_an_id() -> None:
    assert {"/coach": False, "/cadence": True} == {
        command["command"]: command["should_escape"] for command in manifest()["features"]["slash_commands"]
    }

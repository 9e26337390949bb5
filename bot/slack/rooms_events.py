"""Who joined, who left: kept memberships are forgotten, so that rights are right at the next tap."""

from __future__ import annotations

from slack_bolt.app.async_app import AsyncApp

from bot.slack.desk import Desk

EVENTS = ("member_joined_channel", "member_left_channel", "subteam_members_changed")


def register(bolt: AsyncApp, desk: Desk) -> None:
    """One listener per kind of event."""

    async def on_change() -> None:
        desk.people.forget_members()

    for event in EVENTS:
        bolt.event(event)(on_change)

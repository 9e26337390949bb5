"""One call of a slash command, read from Slack's payload."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """`text` is what follows the command, as typed for /coach and with `<@U…|name>` for /cadence."""

    command: str
    text: str
    user: str
    channel: str
    trigger: str

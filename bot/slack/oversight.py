"""Lines for comms in the oversight channel, under the draft's own line there (product F32). Never the draft's text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import DraftView
from bot.slack.desk import Desk
from bot.store import OutMessage
from bot.store.base import RECORD

MOST_MENTIONED = 10
"""People of comms who are mentioned at once, where there is no user group to mention."""


async def against_lines(
    desk: Desk, view: DraftView, once: str, *, rules: Sequence[str], hold: bool
) -> tuple[OutMessage, ...]:
    """`{name} goes ahead against {rules}: {reason}.` With a hold comms is mentioned. Who and why are read from the record
    when it is drawn, since a reason is in people's own words. Empty without an oversight channel."""
    values = {"rules": "; ".join(dict.fromkeys(rules)), RECORD: ""}
    return await comms_lines(desk, view, f"against:{once}", "oversight.against", values, mention=hold)


async def comms_lines(
    desk: Desk, view: DraftView, once: str, key: str, values: dict[str, str], *, mention: bool = False
) -> tuple[OutMessage, ...]:
    """A line for comms about a draft; `once` makes its id unique."""
    channel = desk.settings.lectern_oversight_channel
    if not channel:
        return ()
    hears = await comms_hearers(desk, view) if mention else ""
    return (
        OutMessage(
            f"line:{view.draft.id}:{once}",
            "line",
            channel,
            draft_id=view.draft.id,
            thread_ts=view.draft.oversight_ts,
            key=key,
            values=values | {"hears": hears},
        ),
    )


async def comms_hearers(desk: Desk, view: DraftView) -> str:
    """The comms team's user group, where one is set; else its people, save the leader. Ids, with spaces between."""
    group = desk.settings.lectern_comms_group
    if group:
        return group
    people = sorted(await desk.people.comms() - {view.draft.leader})
    return " ".join(people[:MOST_MENTIONED])

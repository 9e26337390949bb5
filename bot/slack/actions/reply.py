"""*Check it as revision n*: a reply in the thread is a new text of the draft."""

from __future__ import annotations

from bot.lifecycle import Event
from bot.slack.arrivals import text_of
from bot.slack.asked import asked_view, stale
from bot.slack.desk import Desk
from bot.slack.tap import Tap
from bot.slack.thread import take_text

VERB = "draft.reply"


async def tap(desk: Desk, tap: Tap) -> None:
    """Read the reply from Slack, since a button carries no text, and take it as the next revision."""
    view = await asked_view(desk, tap, event=Event.REVISION)
    if view is None:
        return
    ts = tap.ids[1] if len(tap.ids) > 1 else ""
    answer = await desk.clients.web.conversations_replies(
        channel=view.draft.channel, ts=view.draft.thread_ts, oldest=ts, latest=ts, inclusive=True, limit=2
    )
    message = next((one for one in answer.get("messages") or () if one.get("ts") == ts), None)
    if message is None or not await take_text(desk, view.draft, await text_of(desk, message), message, tap.user):
        await stale(desk, tap, view.draft)

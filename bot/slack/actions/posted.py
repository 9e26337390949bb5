"""*Posted it*: at once where nothing is left to ask, else with the form."""

from __future__ import annotations

from datetime import datetime

from bot.lifecycle import Event, next_state
from bot.model import DraftView, PostCompared
from bot.slack.asked import asked_view, late, open_form, stale
from bot.slack.cards.buttons import opens_posted_form
from bot.slack.cards.forms import posted_form
from bot.slack.cards.when import joined, moment
from bot.slack.cards.words import platform_name
from bot.slack.desk import Desk
from bot.slack.notes import hearers, thread_line
from bot.slack.tap import Tap
from bot.store import OutMessage

VERB = "draft.posted"


async def tap(desk: Desk, tap: Tap) -> None:
    """Record the post, or ask where, when and with which text."""
    view = await asked_view(desk, tap, newest=True, event=Event.POSTED)
    if view is None:
        return
    now = desk.now()
    if opens_posted_form(view):
        await open_form(desk, tap, posted_form(view, desk.playbook, now=now))
        return
    how: PostCompared = "as_suggested" if view.used_suggestion else "as_revision"
    line = await recorded_line(desk, view, view.draft.platforms, how, when=now, by=tap.user)
    posts = await desk.store.record_post(
        view.draft.id, view.draft.platforms, now, tap.user, now, lines=(line,), revision_id=view.revision.id
    )
    if not posts:
        after = await desk.store.draft(view.draft.id) or view.draft
        # Either somebody was first, or a newer text came between the look and the tap.
        await (late if next_state(after.state, Event.POSTED) is None else stale)(desk, tap, after)
    desk.wake()


async def recorded_line(
    desk: Desk, view: DraftView, platforms: tuple[str, ...], how: PostCompared, *, when: datetime, by: str
) -> OutMessage:
    """`Recorded: posted on LinkedIn, 14:02, as in revision 2.` `when` it went out, as `by` says."""
    replies = desk.playbook.replies
    as_told = replies.say("posted.as_checked") if how == "as_revision" else replies.say(f"posted.{how}")
    if how == "as_revision" and view.revision.number > 1:
        as_told = replies.say("posted.as_revision", n=view.revision.number)
    now, zone = desk.now(), await desk.drawing.timezone_of(view.draft.leader)
    return thread_line(
        view.draft.id,
        f"posted:{int(now.timestamp() * 1000)}",
        view.draft.card_channel or view.draft.channel,
        view.draft.thread_ts,
        "posted.recorded",
        hears=hearers(view.draft, by),
        platforms=joined([platform_name(platform, desk.playbook) for platform in platforms], replies),
        time=moment(when, replies, now=now, timezone=zone),
        how=as_told,
    )

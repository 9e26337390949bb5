"""`/coach`: a draft to check privately, or a subcommand. A subcommand is known only by its whole input (product F3)."""

from __future__ import annotations

import asyncio
import html

from bot.slack.call import Call
from bot.slack.cards.answers import coach_exceptions, coach_help, coach_sent, coach_status, coach_unknown, privacy
from bot.slack.clients import UNANSWERED
from bot.slack.decode import read_marks
from bot.slack.desk import Desk
from bot.slack.emoji import with_characters
from bot.slack.new_draft import open_new_draft, preset_leader, role_for_drafts, roles_of
from bot.slack.notes import sentence
from bot.slack.rich import Card
from bot.slack.submit import Submission, submit_text

COMMAND = "/coach"
FEW_WORDS = 2
SHOWN = 20
"""Open drafts that `status` links to, newest first."""


async def answer(desk: Desk, call: Call) -> Card | None:
    """Answer one call."""
    said = call.text.strip()
    role = await role_for_drafts(desk, call.user)
    match said.casefold():
        case "help":
            return coach_help(desk.playbook, await roles_of(desk, call.user))
        case "privacy":
            return privacy(desk.playbook)
    if role is None:
        return sentence(desk, "answer.outsider")
    if said.casefold() == "status":
        return await _status(desk, call.user)
    if said.casefold() == "exceptions":
        return await _exceptions(desk, call.user)
    if not said:
        await open_new_draft(desk, call.trigger, call.user)
        return None
    return await _check(desk, call, said)


async def _check(desk: Desk, call: Call, said: str) -> Card | None:
    marks = read_marks(html.unescape(with_characters(said)), {}, desk.playbook)
    if marks.private:
        return sentence(desk, "coach.private")
    if len(marks.text.split()) <= FEW_WORDS and not (marks.forced or marks.platforms):
        return coach_unknown(desk.playbook)
    leader = await preset_leader(desk, call.user)
    if not leader:
        # A command carries names as typed, and no ids: whose post it will be is chosen in the form.
        await open_new_draft(desk, call.trigger, call.user, text=marks.text, platforms=marks.platforms)
        return None
    submitted = await submit_text(desk, Submission(marks.text, leader, call.user, marks.platforms))
    return coach_sent(desk.playbook, await permalink(desk, submitted.channel, submitted.ts))


async def _status(desk: Desk, user: str) -> Card:
    views = await desk.store.open_drafts(user)
    shown = [view.draft for view in views[:SHOWN]]
    # All at once, since Slack waits three seconds for the answer.
    urls = await asyncio.gather(*(permalink(desk, draft.channel, draft.message_ts) for draft in shown))
    links = {draft.id: url for draft, url in zip(shown, urls, strict=True)}
    return coach_status(desk.playbook, views, links, now=desk.now(), timezone=await desk.drawing.timezone_of(user))


async def _exceptions(desk: Desk, user: str) -> Card:
    """Everybody's for comms; a leader's own, and those of a delegate's leaders."""
    if await desk.people.in_comms(user):
        found = await desk.store.one_offs(limit=SHOWN)
    else:
        leaders = (user, *await desk.people.leaders_of(user, desk.playbook))
        found = tuple([one for leader in leaders for one in await desk.store.one_offs(leader, SHOWN)])
    people = {who for one in found for who in (one.leader, one.decided_by) if who}
    names = await desk.people.names(sorted(people))
    return coach_exceptions(desk.playbook, found, names, timezone=await desk.drawing.timezone_of(user))


async def permalink(desk: Desk, channel: str, ts: str) -> str:
    """A link to a message; empty where Slack gives none."""
    try:
        answer = await desk.clients.web.chat_getPermalink(channel=channel, message_ts=ts)
    except UNANSWERED:
        return ""
    return str(answer.get("permalink") or "")

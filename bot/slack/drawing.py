"""From a row of the store to what stands in Slack: looks up what a card needs, and lets the pure cards draw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.choices import read_reason
from bot.model import DraftView
from bot.playbook import Playbook
from bot.slack.cards.decided import reason_words
from bot.slack.cards.handoff import draw_handoff, draw_rest, draw_rest_part
from bot.slack.cards.lines import checked_values, draw_thread_line
from bot.slack.cards.one_off import draw_ask, draw_team
from bot.slack.cards.oversight import draw_line
from bot.slack.cards.reminder import draw_reminder
from bot.slack.cards.review import draw_review
from bot.slack.cards.submitted import draw_submitted, draw_submitted_gone
from bot.slack.cards.when import day
from bot.slack.cards.words import name_of
from bot.slack.people import People
from bot.slack.rich import Card
from bot.store import OutMessage, Store
from bot.store.base import RECORD


class Drawing:
    """Draws a message as the store has it now. `playbook` is asked for each time, since it may be read anew."""

    def __init__(
        self, store: Store, people: People, playbook: Callable[[], Playbook], now: Callable[[], datetime], timezone: str
    ) -> None:
        self._store = store
        self._people = people
        self._playbook = playbook
        self._now = now
        self._timezone = timezone

    async def draw(self, message: OutMessage) -> Card | None:
        """The card for one message, or None where there is nothing to show (a draft that was deleted before its card)."""
        match message.kind:
            case "card":
                return await self._review(message)
            case "oversight":
                return await self._oversight(message)
            case "handoff":
                return await self._handoff(message)
            case "line":
                return await self._line(message)
            case "copy":
                return await self._copy(message)
            case "one_off":
                return await self._one_off(message)
            case "reminder":
                return await self._reminder(message)

    async def rest_of(self, message: OutMessage, channel: str, ts: str) -> tuple[OutMessage, ...]:
        """Messages that go on in the thread of one that now stands at `ts`: the rest of a draft too long for its card."""
        handoff = await self._store.handoff(message.handoff_id or "") if message.kind == "handoff" else None
        if handoff is None or handoff.state == "withdrawn":
            return ()
        return tuple(
            OutMessage(
                f"rest:{handoff.id}:{part}",
                "copy",
                channel,
                message.draft_id,
                handoff.id,
                ts,
                values={"part": str(part)},
            )
            for part in range(len(draw_rest(handoff, self._playbook())))
        )

    async def timezone_of(self, user: str) -> str:
        """The zone that times are told in: what comms wrote down for a leader, else Slack's, else the setting."""
        profile = await self._people.profile(user, self._playbook())
        if profile and profile.timezone:
            return profile.timezone
        return (await self._people.person(user)).timezone or self._timezone

    async def _review(self, message: OutMessage) -> Card | None:
        view = await self._store.view(message.draft_id or "")
        if view is None or (view.draft.forgotten_on is not None and message.ts is None):
            return None
        return draw_review(
            view,
            self._playbook(),
            now=self._now(),
            timezone=await self.timezone_of(view.draft.leader),
            names=await self._names(view),
            drawing=message.wanted,
        )

    async def _oversight(self, message: OutMessage) -> Card | None:
        view = await self._store.view(message.draft_id or "")
        if view is None or view.verdict is None:
            return None
        return draw_line(view, self._playbook(), await self._names(view))

    async def _handoff(self, message: OutMessage) -> Card | None:
        handoff = await self._store.handoff(message.handoff_id or "")
        if handoff is None:
            return None
        names = await self._people.names(
            user for user in (handoff.leader, handoff.sent_by, handoff.claimed_by, handoff.closed_by) if user
        )
        return draw_handoff(handoff, self._playbook(), now=self._now(), timezone=self._timezone, names=names)

    async def _line(self, message: OutMessage) -> Card | None:
        handoff = await self._store.handoff(message.handoff_id) if message.handoff_id else None
        values: dict[str, str] = dict(message.values)
        if message.draft_id is not None:
            view = await self._store.view(message.draft_id)
            if view is None or (view.draft.forgotten_on is not None and message.handoff_id is None):
                return None
            zone = await self.timezone_of(view.draft.leader)
            values = checked_values(view, self._playbook(), now=self._now(), timezone=zone) | values
        record = await self._store.record(int(values[RECORD])) if RECORD in values else None
        if record is None:
            return draw_thread_line(message.key, values, handoff, self._playbook())
        reason = read_reason(record.reason)
        names = await self._people.names([record.by])
        values |= {
            "name": name_of(record.by, names, self._playbook().replies),
            "reason": reason_words(reason.key, self._playbook().replies),
        }
        return draw_thread_line(message.key, values, handoff, self._playbook(), note=reason.note)

    async def _reminder(self, message: OutMessage) -> Card | None:
        view = await self._store.view(message.draft_id or "")
        if view is None or (view.draft.forgotten_on is not None and message.ts is None):
            return None
        zone = await self.timezone_of(view.draft.leader)
        return draw_reminder(view, self._playbook(), now=self._now(), timezone=zone, url=message.values["url"])

    async def _one_off(self, message: OutMessage) -> Card | None:
        one_off = await self._store.one_off(message.values["one_off"])
        if one_off is None:
            return None
        people = (one_off.leader, one_off.declared_by, one_off.decided_by, one_off.noted_by)
        names = await self._people.names(user for user in people if user)
        draw = draw_ask if message.key == "ask" else draw_team
        return draw(
            one_off, self._playbook(), names, now=self._now(), timezone=self._timezone, hears=message.values["hears"]
        )

    async def _copy(self, message: OutMessage) -> Card | None:
        playbook = self._playbook()
        if message.handoff_id is not None:
            handoff = await self._store.handoff(message.handoff_id)
            return draw_rest_part(handoff, int(message.values["part"]), playbook) if handoff else None
        draft = await self._store.draft(message.draft_id or "")
        revision = await self._store.revision(message.values["revision"])
        if draft is None or revision is None:
            return None
        if revision.text is None:
            when = draft.forgotten_on or self._now()
            return draw_submitted_gone(playbook, day(when, playbook.replies, await self.timezone_of(draft.leader)))
        names = await self._people.names((draft.leader, draft.submitter))
        return draw_submitted(revision.text, draft.leader, draft.submitter, playbook, names)

    async def _names(self, view: DraftView) -> dict[str, str]:
        people = {view.draft.leader, view.draft.submitter}
        for handoff in view.handoffs:
            people |= {user for user in (handoff.sent_by, handoff.claimed_by, handoff.closed_by) if user}
        people |= {post.recorded_by for post in view.posts}
        people |= {view.decided.by} if view.decided else set()
        return await self._people.names(sorted(people))

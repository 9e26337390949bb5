"""What every listener works with: one value, put together in `app`, handed to whoever registers with Bolt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.books import Books
from bot.model import Attachments
from bot.playbook import Playbook
from bot.rules.kind import Context
from bot.settings import Settings
from bot.slack.clients import Clients, Me
from bot.slack.drawing import Drawing
from bot.slack.outbox import Outbox
from bot.slack.people import People
from bot.store import Store

POSTS_KNOWN = timedelta(days=371)
"""How far back confirmed posts are looked at: the longest span of /cadence, 53 ISO weeks."""

TEXTS_KNOWN = timedelta(days=90)
"""How far back a draft is compared with what its leader has posted (domain section 7, M05)."""

FIRST_CARD = timedelta(seconds=5)
"""How long the review has for the first card; then the sweep posts it with nothing on it yet."""


@dataclass(frozen=True)
class Desk:
    """What a listener needs. `news` is what the starter waits for, and `mail` what its sending waits for.

    `told` are the outsiders who have been told that Lectern is not for them; told again only after a restart."""

    settings: Settings
    store: Store
    clients: Clients
    me: Me
    people: People
    books: Books
    drawing: Drawing
    outbox: Outbox
    now: Callable[[], datetime]
    news: asyncio.Event = field(default_factory=asyncio.Event)
    mail: asyncio.Event = field(default_factory=asyncio.Event)
    told: set[str] = field(default_factory=set)

    def first_card_by(self) -> datetime:
        """Until when a new draft's card is left to its review, which posts it with what the rules say."""
        return self.now() + FIRST_CARD

    def wake(self) -> None:
        """Something new is in the store: the starter looks at once."""
        self.news.set()
        self.mail.set()

    @property
    def playbook(self) -> Playbook:
        """The playbook in use."""
        return self.books.playbook

    async def platforms_of(self, leader: str) -> tuple[str, ...]:
        """The networks that a leader uses: their own table, else the organisation's list, else all that are known."""
        profile = await self.people.profile(leader, self.playbook)
        chosen = (profile.platforms if profile else ()) or self.playbook.organisation.platforms
        return chosen or tuple(platform.id for platform in self.playbook.platforms)

    async def context(
        self,
        leader: str,
        platforms: tuple[str, ...],
        *,
        known: bool,
        attachments: Attachments | None = None,
        draft_id: str | None = None,
    ) -> Context:
        """What the rules may look at besides the text, for this leader at this moment. A draft's own posts are no
        earlier ones: it may have gone out while its review was still running."""
        now = self.now()
        posts = await self.store.posts_of(leader, now - POSTS_KNOWN)
        return Context(
            now=now,
            timezone=await self.drawing.timezone_of(leader),
            leader=leader,
            platforms=platforms,
            platform_known=known,
            attachments=attachments or Attachments(),
            windows=self.playbook.open_windows(now, leader, platforms),
            posts=tuple(post for post in posts if draft_id is None or post.draft_id != draft_id),
            posted_texts=await self.store.posted_texts(leader, now - TEXTS_KNOWN),
        )

    async def today(self, leader: str) -> datetime:
        """The present moment in the leader's time zone."""
        return self.now().astimezone(ZoneInfo(await self.drawing.timezone_of(leader)))

"""Which rules' points leaders act on, from what reviews have found: counts by rule, and nothing of any draft (product F43)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from bot.lifecycle import OPEN
from bot.store.base import Base
from bot.store.database import failing_safely
from bot.store.schema import drafts, findings, reviews, revisions


class Acted(Base):
    """The part of the store that counts how often points are acted on."""

    @failing_safely
    async def acted_on(self, since: datetime) -> dict[str, tuple[int, int]]:
        """For each rule: on how many drafts its points were gone in the last text, and on how many it had a point at all.

        Counted are drafts that came in from `since` on and are no longer worked on.
        """
        decided = (
            select(drafts.c.id.label("draft"), revisions.c.number, reviews.c.id.label("review"))
            .join(reviews, reviews.c.draft_id == drafts.c.id)
            .join(revisions, revisions.c.id == reviews.c.revision_id)
            .where(
                drafts.c.created_at >= since,
                drafts.c.state.not_in([state.value for state in OPEN]),
                reviews.c.decided_at.is_not(None),
            )
        ).subquery()
        found = select(decided.c.draft, decided.c.number, findings.c.rule).outerjoin(
            findings, findings.c.review_id == decided.c.review
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(found)).all()
        last: dict[str, int] = defaultdict(int)
        seen: dict[tuple[str, str], int] = defaultdict(int)
        for draft, number, rule in rows:
            last[draft] = max(last[draft], number)
            if rule is not None:
                seen[draft, rule] = max(seen[draft, rule], number)
        counts: dict[str, tuple[int, int]] = {}
        for (draft, rule), number in seen.items():
            acted, shown = counts.get(rule, (0, 0))
            counts[rule] = (acted + (number < last[draft]), shown + 1)
        return counts

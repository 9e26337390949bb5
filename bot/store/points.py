"""Points that people set aside: dismissed, and brought back (product F24). Decided in one transaction with the outcome.

What was set aside is kept per draft and beside the reviews, so that neither a review that ends meanwhile nor a newer
text loses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.choices import Reason
from bot.lifecycle import Event
from bot.model import CarriedFinding, Draft, Finding
from bot.store.database import failing_safely
from bot.store.decisions import Decisions
from bot.store.earlier import known_by
from bot.store.schema_decisions import dismissals
from bot.store.values import Applied, Dismissal, OutMessage, Standing
from bot.store.views import Views


class PointDecisions(Views, Decisions):
    """The part of the store that keeps dismissals."""

    @failing_safely
    async def dismiss(self, dismissal: Dismissal, standing: Standing, lines: Sequence[OutMessage] = ()) -> Applied:
        """Set points aside and decide the outcome again. Not `changed` where the lifecycle refuses, the text has changed
        since, or all of them are set aside already: then `decided_by` and `decided_at` tell by whom."""
        now, by = dismissal.now, dismissal.by
        async with self._database.writing() as connection:
            taken = await self._take(connection, dismissal.draft_id)
            if taken is None:
                return Applied(changed=False, draft=None)
            draft, newest = taken
            if dismissal.revision_id != newest:
                return Applied(False, draft, stale=True)
            aside = await self._aside(connection, draft.id)
            known = {known_by(one.finding) for one in aside}
            new = {known_by(one): one for one in dismissal.findings if known_by(one) not in known}
            if not new or await self._move(connection, draft, Event.DISMISS) is None:
                return await self._refused(connection, draft, dismissal.findings)
            added = tuple(CarriedFinding(one, "dismissed", 1, dismissal.reason.key) for one in new.values())
            await self._set_aside(connection, draft, newest, (*aside, *added), standing, now=now)
            # One row for each rule, at however many places it fired.
            by_rule = {one.rule or known_by(one): one for one in new.values()}
            await connection.execute(insert(dismissals), [_row(one, dismissal) for one in by_rule.values()])
            await self._recorded(connection, draft, Event.DISMISS, dismissal.reason, by=by, now=now)
            await self._place(connection, lines, now)
            return Applied(True, await self._read(connection, draft.id), decided_by=by, decided_at=now)

    @failing_safely
    async def bring_point_back(
        self, draft_id: str, revision_id: str, finding: Finding, standing: Standing, *, by: str, now: datetime
    ) -> Applied:
        """A dismissed point counts again, with all that was dismissed with it for the same rule. The outcome is decided
        again. Not `changed` where nothing of it is set aside any more."""
        async with self._database.writing() as connection:
            taken = await self._take(connection, draft_id)
            if taken is None:
                return Applied(changed=False, draft=None)
            draft, newest = taken
            if revision_id != newest:
                return Applied(False, draft, stale=True)
            aside = await self._aside(connection, draft.id)
            left = tuple(one for one in aside if not _same(one.finding, finding))
            if len(left) == len(aside) or await self._move(connection, draft, Event.POINT_BACK) is None:
                return await self._refused(connection, draft, (finding,))
            await self._set_aside(connection, draft, newest, left, standing, now=now)
            rule = dismissals.c.rule == finding.rule if finding.rule else dismissals.c.guideline == finding.guideline
            await connection.execute(
                update(dismissals)
                .where(dismissals.c.draft_id == draft.id, rule, dismissals.c.brought_back_at.is_(None))
                .values(brought_back_at=now)
            )
            await self._recorded(connection, draft, Event.POINT_BACK, Reason(""), by=by, now=now)
            return Applied(True, await self._read(connection, draft.id), decided_by=by, decided_at=now)

    @failing_safely
    async def dismissals_by_rule(self, since: datetime) -> dict[str, dict[str, int]]:
        """How often points of each rule were dismissed from `since` on, by reason. Guidelines stand for the critique's
        points; what was brought back does not count. For the question whether a rule is of use (product F41)."""
        name = func.coalesce(dismissals.c.rule, dismissals.c.guideline)
        found = (
            select(name.label("name"), dismissals.c.reason, func.count().label("times"))
            .where(dismissals.c.at >= since, dismissals.c.brought_back_at.is_(None))
            .group_by(name, dismissals.c.reason)
        )
        counted: dict[str, dict[str, int]] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(found):
                counted.setdefault(row.name, {})[row.reason] = row.times
        return counted

    async def _set_aside(
        self,
        connection: AsyncConnection,
        draft: Draft,
        revision_id: str,
        aside: tuple[CarriedFinding, ...],
        standing: Standing,
        *,
        now: datetime,
    ) -> None:
        await self._keep_aside(connection, draft.id, revision_id, aside, now)
        await self._decide_again(connection, draft.id, revision_id, standing, now)

    async def _recorded(
        self, connection: AsyncConnection, draft: Draft, event: Event, reason: Reason, *, by: str, now: datetime
    ) -> None:
        await self._bump(connection, draft.id)
        state, written = draft.state, reason.written()
        await self._record(connection, draft, event.value, by=by, now=now, before=state, after=state, reason=written)

    async def _refused(self, connection: AsyncConnection, draft: Draft, findings: Sequence[Finding]) -> Applied:
        """Who dismissed one of these before, if somebody did."""
        rules = [one.rule for one in findings if one.rule]
        guidelines = [one.guideline for one in findings if one.rule is None]
        found = (
            select(dismissals.c.by, dismissals.c.at)
            .where(dismissals.c.draft_id == draft.id, dismissals.c.brought_back_at.is_(None))
            .where(dismissals.c.rule.in_(rules) if rules else dismissals.c.guideline.in_(guidelines))
            .order_by(dismissals.c.at.desc())
            .limit(1)
        )
        row = (await connection.execute(found)).one_or_none()
        return Applied(False, draft, decided_by=row.by if row else None, decided_at=row.at if row else None)


def _same(one: Finding, other: Finding) -> bool:
    return one.rule == other.rule if one.rule else known_by(one) == known_by(other)


def _row(finding: Finding, dismissal: Dismissal) -> dict[str, object]:
    return {
        "id": uuid4().hex,
        "draft_id": dismissal.draft_id,
        "rule": finding.rule,
        "guideline": finding.guideline,
        "severity": finding.severity.value,
        "reason": dismissal.reason.key,
        "by": dismissal.by,
        "at": dismissal.now,
        "brought_back_at": None,
    }

"""The durable line: check, critique, reply. Started once per review, and taken up again after a crash.

The workflow carries ids only; what it works on and what it finds is in the store. Each step may run again: `check` and
`reply` find their card before they post one, and `critique` finds the verdict that it stored before. Its name for
the engine is the review's id, so a repeated start starts nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import structlog
from dbos import DBOS, SetWorkflowID

from bot.asking import ask_both
from bot.errors import StepError
from bot.examine import Subject, aside, by_rules, no_critique, weigh
from bot.lifecycle import OPEN
from bot.llm import Model
from bot.meters import Meters
from bot.model import Critique, Outcome, State, Usage, Verdict
from bot.set_aside import critique_of, without_own_words
from bot.slack.desk import Desk
from bot.slack.reminding import reminders
from bot.slack.standing import standing_by
from bot.store import OpenReview, OutMessage
from bot.verdict import carry

SLOW_SECONDS = 20
"""From here on the card shows what the rules found, and a full outcome gets a line in the thread (product F11)."""

SWEEP_SECONDS = 5
DECIDED = OPEN - {State.CHECKING, State.ADVISED} | {State.POSTED}
"""States that somebody led the draft to, and that a review which ends late leaves alone."""

STUCK_SECONDS = 90
"""A review that is neither done nor running by then is started again; longer than any deadline that is usual."""

log = structlog.get_logger("lectern.review")

Run = Callable[[str], Coroutine[Any, Any, None]]
"""The workflow, as the starter calls it."""

Step = Literal["stale", "goes on", "done"]


class Line:
    """The steps of one review. None of them returns a draft's text, and none lets an error that quotes one escape."""

    def __init__(self, desk: Desk, model: Model | None, meters: Meters) -> None:
        self._desk = desk
        self._model = model
        self._meters = meters

    async def check(self, review_id: str) -> Step:
        """Rules over the text; the card stands in the thread with what they say."""
        opened = await self._desk.store.open_review(review_id)
        if opened is None or not opened.newest or opened.revision.text is None:
            return "stale"
        if opened.verdict is None:
            verdict = await self._by_rules(opened)
            if not await self._save(opened, verdict):
                return "stale"
        await self._show(opened.draft.id)
        return "goes on"

    async def critique(self, review_id: str) -> Step:
        """One question to the model, and the worst of both stored. A stale result is thrown away."""
        opened = await self._desk.store.open_review(review_id)
        if opened is None or not opened.newest or opened.revision.text is None:
            return "stale"
        if opened.verdict is not None and not opened.verdict.pending:
            return "done"
        verdict = await ask_both(self._desk, self._model, opened, await self._subject(opened))
        if verdict is None:
            return "stale"
        verdict = without_own_words(self._desk.playbook, verdict, opened.proposed)
        if await self._save(opened, verdict):
            return "done"
        if verdict.usage.tokens_in:
            await self._desk.store.note_spent(review_id, verdict.usage)
        return "stale"

    async def reply(self, review_id: str) -> Step:
        """The card shows the outcome; oversight and the thread get their lines."""
        opened = await self._desk.store.open_review(review_id)
        if opened is None or not opened.newest or opened.verdict is None:
            return "stale"
        await self._desk.store.place(*await self._lines(opened), now=self._desk.now())
        await self._show(opened.draft.id)
        self._desk.wake()
        self._meters.reviewed(opened.verdict, (self._desk.now() - opened.requested_at).total_seconds())
        log.info(
            "draft reviewed",
            draft=opened.draft.id,
            revision=opened.revision.number,
            outcome=opened.verdict.outcome.value,
            complete=opened.verdict.complete,
            critique=opened.verdict.critique,
            findings=len(opened.verdict.findings),
            ms=opened.verdict.usage.ms,
        )
        return "done"

    async def _by_rules(self, opened: OpenReview) -> Verdict:
        subject, books = await self._subject(opened), self._desk.books
        last = opened.previous_verdict
        if opened.revision.origin == "suggestion" and last is not None and last.suggestion_source != "rule":
            # The text is the review's own: the rules run on it, and the review that it came from stands.
            # A suggestion made by rules came of no review, so its text is reviewed as any other.
            nothing_more = Usage(model=last.usage.model, scripted=last.usage.scripted)
            alone, kept = replace(subject, earlier=()), Critique("done", usage=nothing_more)
            report = await aside(subject.text, lambda: books.rules.check(subject.text, subject.context))
            return await aside(subject.text, lambda: weigh(books, alone, report, kept))
        if opened.rules_again and opened.reviewed is not None and opened.reviewed.critique == "done":
            said = opened.reviewed
            report = await aside(subject.text, lambda: books.rules.check(subject.text, subject.context))
            return await aside(subject.text, lambda: weigh(books, subject, report, critique_of(said)))
        status = no_critique(books, self._model, subject.text)
        return await aside(subject.text, lambda: by_rules(books, subject, pending=status is None, status=status or ""))

    async def _subject(self, opened: OpenReview) -> Subject:
        draft = opened.draft
        platforms = draft.platforms or await self._desk.platforms_of(draft.leader)
        profile = await self._desk.people.profile(draft.leader, self._desk.playbook)
        suggested = opened.previous_verdict.suggestion if opened.previous_verdict else None
        return Subject(
            text=opened.revision.text or "",
            context=await self._desk.context(
                draft.leader,
                platforms,
                known=draft.platform_known,
                attachments=opened.revision.attachments,
                draft_id=draft.id,
            ),
            platforms=platforms,
            today=(await self._desk.today(draft.leader)).date(),
            voice=profile.voice if profile else "",
            earlier=opened.earlier,
            proposed=(suggested,) if suggested else (),
            known_names=self._desk.people.met(),
            person=hashlib.sha256(f"{self._desk.me.team_id} {draft.leader}".encode()).hexdigest(),
        )

    async def _save(self, opened: OpenReview, verdict: Verdict) -> bool:
        carried = carry(opened.earlier, verdict, opened.revision.text or "", opened.revision.number)
        standing = standing_by(self._desk.playbook)
        return await self._desk.store.save_verdict(opened.review_id, verdict, carried, self._desk.now(), standing)

    async def _show(self, draft_id: str) -> None:
        await self._desk.outbox.deliver(f"card:{draft_id}")

    async def _lines(self, opened: OpenReview) -> list[OutMessage]:
        draft, verdict = opened.draft, opened.verdict
        lines: list[OutMessage] = []
        if self._desk.settings.lectern_oversight_channel:
            channel = self._desk.settings.lectern_oversight_channel
            lines.append(OutMessage(f"oversight:{draft.id}", "oversight", channel, draft_id=draft.id))
        late = self._desk.now() - opened.requested_at > timedelta(seconds=SLOW_SECONDS)
        key = ""
        if verdict is not None and verdict.outcome is Outcome.HOLD and draft.state in DECIDED:
            # Somebody decided while the review still ran: an edit of the card would go unnoticed.
            key = "thread.new_hold"
        elif verdict is not None and opened.revision.number > 1 and opened.revision.origin != "suggestion":
            key = "thread.revision"
        elif late:
            key = "thread.full" if "/" in opened.review_id else "thread.checked"
        if not opened.requested_by and "/" in opened.review_id:
            # Reviewed again by itself: worth a line only once it is whole.
            key = "thread.full" if verdict is not None and verdict.complete else ""
        if opened.rules_again and not opened.requested_by:
            lines += await reminders(self._desk, draft, opened.review_id)
        elif key:
            card = await self._desk.store.message(f"card:{draft.id}")
            channel = card.channel if card else draft.channel
            lines.append(
                OutMessage(f"line:{opened.review_id}:checked", "line", channel, draft.id, None, draft.thread_ts, key)
            )
        return lines


class Starter:
    """Begins what has not begun, draws what has changed, and notices what is stuck. Woken by listeners, and every 5 s."""

    def __init__(self, desk: Desk, run: Run, each_sweep: Sequence[Callable[[], Awaitable[None]]]) -> None:
        self._desk = desk
        self._run = run
        self._each_sweep = each_sweep
        self._attempts: dict[str, int] = {}

    async def forever(self) -> None:
        """Until cancelled. Whatever a round meets is logged by type, and the next round tries again.

        Starting and sending go side by side: while Slack makes a message wait, new drafts begin all the same.
        """
        async with asyncio.TaskGroup() as both:
            both.create_task(self._begin())
            both.create_task(self._send())

    async def _begin(self) -> None:
        sweep_due = True
        while True:
            self._desk.news.clear()
            try:
                await self._round(sweep=sweep_due)
            except Exception as error:
                # Whatever it is, drafts must go on being begun; the log gets the type alone.
                log.warning("the starter's round failed", error=type(error).__name__)
            sweep_due = False
            try:
                await asyncio.wait_for(self._desk.news.wait(), SWEEP_SECONDS)
            except TimeoutError:
                sweep_due = True

    async def _round(self, *, sweep: bool) -> None:
        waiting = await self._desk.store.reviews_to_start()
        for review_id in waiting:
            await self._start(review_id, review_id)
        if waiting:
            await self._desk.store.mark_started(waiting, self._desk.now())
        if sweep:
            for look in self._each_sweep:
                await look()
            await self._watch_slow()

    async def _send(self) -> None:
        while True:
            self._desk.mail.clear()
            try:
                await self._desk.outbox.sweep()
            except Exception as error:
                # As above: one message must not end the bot.
                log.warning("a round of sending failed", error=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._desk.mail.wait(), SWEEP_SECONDS)

    async def _watch_slow(self) -> None:
        now = self._desk.now()
        for opened in await self._desk.store.unfinished_reviews(now - timedelta(seconds=SLOW_SECONDS)):
            if not opened.slow:
                await self._desk.store.mark_slow(opened.review_id, now)
            if now - opened.requested_at > timedelta(seconds=STUCK_SECONDS):
                await self._unstick(opened.review_id)

    async def _unstick(self, review_id: str) -> None:
        """Go on with a review whose process died, or start it again where it ended with an error.

        A name can't be used twice, hence the attempt's number. Two processes at one review cost a second question to
        the model and nothing else: the store takes the first verdict.
        """
        tried = self._attempts.get(review_id, 0)
        name = f"{review_id}~{tried}" if tried else review_id
        status = await DBOS.get_workflow_status_async(name)
        if status is not None and status.status in {"PENDING", "ENQUEUED"}:
            if status.executor_id != DBOS.executor_id:
                await DBOS.resume_workflow_async(name)
            return
        self._attempts[review_id] = tried + 1
        log.warning("review started again", review=review_id, attempt=tried + 1)
        await self._start(review_id, f"{review_id}~{tried + 1}")

    async def _start(self, review_id: str, name: str) -> None:
        with SetWorkflowID(name):
            await DBOS.start_workflow_async(self._run, review_id)


def register(line: Line) -> Run:
    """Tell the engine about the workflow `review`. Steps that meet a passing trouble are tried again for some minutes."""

    @DBOS.workflow(name="review")
    async def review(review_id: str) -> None:
        # The model is asked by one owner of retries, in bot/llm, which never raises: what is tried again here is the
        # store's and Slack's part.
        for name, step in (("check", line.check), ("critique", line.critique), ("reply", line.reply)):
            if await DBOS.run_step_async(_options(name), _plainly, step, review_id) == "stale":
                return

    return review


def _options(name: str) -> Any:
    return {"name": name, "retries_allowed": True, "max_attempts": 8, "interval_seconds": 1.0, "backoff_rate": 2.0}


async def _plainly(step: Callable[[str], Awaitable[Step]], review_id: str) -> Step:
    """Run a step so that nothing but the kind of its failure reaches the engine's records: messages may quote a draft."""
    try:
        return await step(review_id)
    except Exception as error:
        log.warning("a step failed", step=getattr(step, "__name__", ""), review=review_id, error=type(error).__name__)
        raise StepError(type(error).__name__) from None

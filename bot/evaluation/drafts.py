"""One's own stored drafts as cases for a rehearsal: those whose text retention still has.

Their words go where a review's go and nowhere else: reports name them by their ids. What is right for them nobody has
said, so they count in flips and in no rate.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.errors import InputError
from bot.evaluation.figures import Share
from bot.evaluation.running import Draft
from bot.model import Draft as Stored
from bot.model import Outcome, Revision
from bot.playbook import Case, Playbook
from bot.rules.kind import Context
from bot.settings import Settings
from bot.store import Store, missing_file

POSTS_KNOWN = timedelta(days=100)
"""How far back the leader's posts are read: longer than any rule on cadence looks."""

ACTED_WITHIN = timedelta(days=90)
"""How far back it is counted how often leaders act on a rule's points (product F43)."""


async def stored_drafts(settings: Settings, playbook: Playbook) -> tuple[tuple[Draft, ...], dict[str, Share]]:
    """The newest text of each stored draft, as at the moment when it came in; and how often leaders act on each rule.

    Raises `InputError` without a database.
    """
    missing = missing_file(settings.database_url)
    if missing is not None:
        raise InputError(f"There is no database {missing} yet, so there are no drafts. Leave out --drafts.")
    store = await Store.open(settings.database_url, encryption_keys=settings.encryption_keys)
    try:
        kept = await store.kept_drafts()
        acted = await store.acted_on(datetime.now(UTC) - ACTED_WITHIN)
        drafts = tuple([await _draft(store, draft, revision, settings, playbook) for draft, revision in kept])
        return drafts, {rule: Share(*counts) for rule, counts in acted.items()}
    finally:
        await store.close()


async def _draft(store: Store, draft: Stored, revision: Revision, settings: Settings, playbook: Playbook) -> Draft:
    profile = playbook.leader(draft.leader)
    platforms = draft.platforms or (profile.platforms if profile else ()) or playbook.organisation.platforms
    then = revision.created_at
    posts = await store.posts_of(draft.leader, then - POSTS_KNOWN)
    context = Context(
        now=then,
        timezone=(profile.timezone if profile else "") or settings.lectern_timezone,
        leader=draft.leader,
        platforms=platforms or tuple(one.id for one in playbook.platforms),
        platform_known=draft.platform_known,
        attachments=revision.attachments,
        windows=playbook.open_windows(then, draft.leader, platforms),
        posts=tuple(post for post in posts if post.posted_at <= then),
    )
    # No outcome is known to be right; the field has to hold one, and `Evaluated.judged` keeps it out of every rate.
    case = Case(id=draft.id, text=revision.text or "", outcome=Outcome.READY, why="")
    return Draft(case, context, profile.voice if profile else "")

"""Two lines of every card: the facts of the draft, and what was checked and what was not (product F12, F21)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.model import Attachments, DraftView, Outcome, State, Verdict
from bot.playbook import Playbook, Replies
from bot.slack.cards.decided import told_reason
from bot.slack.cards.when import ago, counted, day, moment, number
from bot.slack.cards.words import name_of, platform_name, reason_key, team

SEPARATOR = " · "


def facts_line(view: DraftView, playbook: Playbook, *, now: datetime, timezone: str, names: Mapping[str, str]) -> str:
    """Length · last post there · revision · for whom · windows · other teams. Empty where there is nothing to say."""
    replies = playbook.replies
    draft, verdict = view.draft, view.verdict
    parts = lengths_of(view, playbook)
    parts += _gaps(view, playbook, now)
    if verdict is not None and verdict.outcome is Outcome.WAIT and verdict.wait_until is not None:
        when = moment(verdict.wait_until, replies, now=now, timezone=timezone)
        parts.append(replies.say("facts.next_good_time", time=when))
    if view.revision.number > 1:
        parts.append(replies.say("facts.revision", n=view.revision.number))
    if draft.submitter != draft.leader:
        leader, name = name_of(draft.leader, names, replies), name_of(draft.submitter, names, replies)
        parts.append(replies.say("facts.submitted", leader=leader, name=name))
    for window in playbook.open_windows(now, draft.leader, draft.platforms):
        if not window.silent:
            parts.append(
                replies.say("facts.window.until", name=window.name, date=day(window.ends, replies, timezone))
                if window.ends
                else replies.say("facts.window.open", name=window.name)
            )
    if verdict is not None:
        parts += [
            replies.say("facts.also", team=team(other, playbook)) for other in verdict.also if other != verdict.route
        ]
    if view.one_off is not None and view.one_off.state == "granted":
        allowance = playbook.organisation.exceptions_per_quarter
        parts.append(replies.say("facts.one_off", n=view.one_off.number, allowance=max(allowance, view.one_off.number)))
    if view.kept is not None and draft.state is not State.KEPT:
        until = moment(view.kept.until, replies, now=now, timezone=timezone)
        parts.append(replies.say("facts.kept", time=until))
    if view.decided is not None:
        said = told_reason(view.decided.reason, replies)
        when = moment(view.decided.at, replies, now=now, timezone=timezone)
        parts.append(
            replies.say("facts.decided", name=name_of(view.decided.by, names, replies), time=when, reason=said)
        )
    return SEPARATOR.join(parts)


def lengths_of(view: DraftView, playbook: Playbook) -> list[str]:
    """`LinkedIn 612 of 3,000`, for each network of the draft."""
    lengths = view.verdict.lengths if view.verdict else {}
    wanted = [platform for platform in view.draft.platforms if platform in lengths] or list(lengths)
    lines = []
    for platform in wanted:
        length = lengths[platform]
        key = "facts.length.over" if length.count > length.limit else "facts.length.within"
        lines.append(
            playbook.replies.say(
                key, platform=platform_name(platform, playbook), count=number(length.count), limit=number(length.limit)
            )
        )
    return lines


def _gaps(view: DraftView, playbook: Playbook, now: datetime) -> list[str]:
    """How long ago the leader last posted on the network; with several that are only possible, nothing."""
    draft, replies = view.draft, playbook.replies
    platforms = draft.platforms if draft.platform_known or len(draft.platforms) == 1 else ()
    newest = {post.platform: post.posted_at for post in view.last_posts}
    lines = []
    for platform in platforms:
        name = platform_name(platform, playbook)
        if platform in newest:
            lines.append(replies.say("facts.gap.last", platform=name, ago=ago(newest[platform], replies, now)))
        else:
            lines.append(replies.say("facts.gap.first", platform=name))
    return lines


def honesty_line(view: DraftView, playbook: Playbook) -> str:
    """`Checked: … · Not checked: … · Not reviewed: … · Guidelines … · Text …`."""
    say = playbook.replies.say
    verdict = view.verdict
    if verdict is None:
        return say("honesty.text", hash=view.revision.text_hash[:6])
    parts = [*_checked(view, verdict, playbook.replies)]
    left = not_reviewed(view.revision.attachments, playbook.replies)
    if left:
        parts.append(say("honesty.not_reviewed", what=left))
    if verdict.other_language:
        parts.append(say("honesty.language", language=verdict.other_language))
    if verdict.left_out:
        why = "; ".join(dict.fromkeys(rule.why for rule in verdict.left_out))
        parts.append(counted(playbook.replies, "honesty.left_out", len(verdict.left_out), why=why))
    parts.append(say("honesty.guidelines", version=verdict.guidelines))
    parts.append(say("honesty.text", hash=view.revision.text_hash[:6]))
    return SEPARATOR.join(parts)


def _checked(view: DraftView, verdict: Verdict, replies: Replies) -> list[str]:
    rules = counted(replies, "honesty.rules", verdict.rules_ran)
    if verdict.pending:
        return [replies.say("honesty.checked_running", rules=rules)]
    if verdict.critique != "done":
        reason = replies.say(reason_key(verdict.critique))
        return [replies.say("honesty.checked", what=rules), replies.say("honesty.not_checked", reason=reason)]
    review = replies.say("honesty.review_scripted" if verdict.usage.scripted else "honesty.review")
    if view.used_suggestion and view.critique_revision is not None:
        review = replies.say("honesty.review_of_suggestion", review=review, n=view.critique_revision)
    return [replies.say("honesty.checked_both", rules=rules, review=review)]


def not_reviewed(attachments: Attachments, replies: Replies) -> str:
    """`1 image, 2 files`, or empty."""
    kinds = (
        ("honesty.image", attachments.images),
        ("honesty.video", attachments.videos),
        ("honesty.file", attachments.files),
    )
    return ", ".join(counted(replies, key, n) for key, n in kinds if n)

"""The points of a card: three of them with the words they are about, and one line on what became of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.lifecycle import Event, next_state
from bot.model import CarriedFinding, DraftView, Finding, Outcome, Severity, Verdict
from bot.playbook import Playbook, Replies
from bot.slack.cards.decided import reason_words, why_withdrawn
from bot.slack.cards.facts import SEPARATOR
from bot.slack.cards.taps import MENU, entry_value, value_of
from bot.slack.cards.when import counted
from bot.slack.cards.words import SEVERITY, points_of
from bot.slack.rich import (
    Block,
    Element,
    button,
    clip,
    escape,
    line,
    note,
    option,
    overflow,
    quote,
    rich_text,
    section,
    words,
)

SHOWN = 3
NOTES = 2
"""Info findings on a card that has nothing worse."""

QUOTE_LIMIT = 240
SENTENCE_LIMIT = 300
"""Characters of a point's message and fix. Rules' texts are shorter; a model's are kept from filling the card."""


def point_blocks(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[Block]:
    """Blocks 5 and 6 of the card: at most three points, worst first, and how many more there are."""
    points = points_of(verdict)
    worse = [finding for finding in points if finding.severity is not Severity.INFO]
    blocks: list[Block] = []
    shown = _told_once(worse)[:SHOWN]
    for finding in shown:
        blocks += _point(view, verdict, finding, playbook)
    if not worse:
        shown = list(points[:NOTES])
        blocks += [_one_line(finding, playbook.replies) for finding in shown]
    more = len(points) - len(shown)
    if more:
        blocks.append(note(counted(playbook.replies, "points.more", more), all_points_button(view, playbook)))
    return blocks


def _told_once(points: Sequence[Finding]) -> list[Finding]:
    """The worst point at each place, and one of each rule: a card says nothing twice. All stand behind the button."""
    chosen: list[Finding] = []
    for point in points:
        if not any(_says_the_same(point, other) for other in chosen):
            chosen.append(point)
    return chosen


def _says_the_same(point: Finding, other: Finding) -> bool:
    if point.rule is not None and point.rule == other.rule:
        return True
    return point.start < other.end and other.start < point.end


def all_points_button(view: DraftView, playbook: Playbook) -> Element:
    """[ Show all points ]."""
    return button("draft.points", playbook.replies.say("button.points"), value_of(view))


def shrunk(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[Block]:
    """The points of a decided draft: one line with their titles."""
    points = points_of(verdict)
    if not points:
        return []
    titles = "; ".join(dict.fromkeys(finding.title for finding in points))
    return [
        note(counted(playbook.replies, "points.titles", len(points), titles=titles), all_points_button(view, playbook))
    ]


def details(finding: Finding, replies: Replies) -> list[Element]:
    """The words that a point is about, what is wrong with them, and the cure."""
    parts: list[Element] = []
    if finding.quote.strip():
        parts.append(quote(clip(finding.quote.strip(), QUOTE_LIMIT)))
    message = replies.say("points.unsure", message=finding.message) if finding.unsure else finding.message
    sentences = [clip(text, SENTENCE_LIMIT) for text in (message, finding.fix) if text]
    parts.append(line(words(" ".join(sentences) or finding.title)))
    return parts


def heading(finding: Finding, replies: Replies) -> str:
    """`*Edit* · Softeners`, in Slack's mark-up."""
    return replies.say("points.heading", severity=replies.say(SEVERITY[finding.severity]), title=escape(finding.title))


def carried_line(view: DraftView, verdict: Verdict, playbook: Playbook) -> str:
    """`Fixed since revision 1: … · Dismissed: … · Withdrawn: … (why)`, or empty."""
    replies = playbook.replies
    fixed = sorted((one for one in view.carried if one.state == "fixed"), key=lambda one: one.since_revision)
    parts = [
        replies.say("points.fixed", n=since, titles=_titles(group))
        for since, group in groupby(fixed, key=lambda one: one.since_revision)
    ]
    dismissed = dismissed_points(view, replies)
    if dismissed:
        parts.append(replies.say("points.dismissed", titles="; ".join(dismissed)))
    withdrawn = withdrawn_points(view, verdict, playbook)
    if withdrawn:
        parts.append(replies.say("points.withdrawn", titles="; ".join(withdrawn)))
    return SEPARATOR.join(parts)


def withdrawn_points(view: DraftView, verdict: Verdict, playbook: Playbook) -> list[str]:
    """`title (why)` for each point that was taken back, by the AI review or since an earlier revision."""
    replies = playbook.replies
    titles = {rule.name: rule.title for rule in playbook.rules}
    settled = {titles.get(one.rule, one.rule): replies.say("points.settled") for one in verdict.settled}
    earlier = {one.finding.title: why_withdrawn(one.why, replies) for one in view.carried if one.state == "withdrawn"}
    return [
        replies.say("points.why", title=title, why=why) if why else title for title, why in (earlier | settled).items()
    ]


def dismissed_points(view: DraftView, replies: Replies) -> list[str]:
    """`title (reason)` for each point that somebody dismissed; a rule that fired at several places is named once."""
    reasons = {one.finding.title: one.why for one in view.carried if one.state == "dismissed"}
    return [
        replies.say("points.why", title=title, why=reason_words(why, replies)) if why else title
        for title, why in reasons.items()
    ]


def _titles(carried: Iterable[CarriedFinding]) -> str:
    return "; ".join(dict.fromkeys(one.finding.title for one in carried))


def _point(view: DraftView, verdict: Verdict, finding: Finding, playbook: Playbook) -> list[Block]:
    place = verdict.findings.index(finding)
    value = value_of(view, str(place))
    entries = [option(playbook.replies.say("button.why"), entry_value("why", value))]
    if can_dismiss(view, finding):
        entries.append(option(playbook.replies.say("button.dismiss"), entry_value("dismiss", value)))
    # The number in the id makes a redraw of a new revision a new element, so that a menu's last choice is not kept.
    name = f"point-{view.revision.number}-{place}"
    return [
        section(heading(finding, playbook.replies), overflow(MENU, entries), name),
        rich_text(*details(finding, playbook.replies)),
    ]


def can_dismiss(view: DraftView, finding: Finding) -> bool:
    """Whether this point may be set aside now: never a hold, and only while the draft is undecided."""
    return finding.severity is not Severity.HOLD and next_state(view.draft.state, Event.DISMISS) is not None


def _one_line(finding: Finding, replies: Replies) -> Block:
    text = f"{SEPARATOR}{finding.title}. {clip(finding.message, SENTENCE_LIMIT)}"
    return rich_text(line(words(replies.say(SEVERITY[finding.severity]), bold=True), words(text)))


def worst_is_open(verdict: Verdict) -> bool:
    """Whether a point worse than a note is open."""
    return (
        any(finding.severity is not Severity.INFO for finding in points_of(verdict)) or verdict.outcome is Outcome.WAIT
    )


def holds(view: DraftView) -> bool:
    """Whether the draft is held as it stands."""
    return view.verdict is not None and view.verdict.outcome is Outcome.HOLD


def open_points(view: DraftView) -> tuple[Finding, ...]:
    """Open points worse than a note, each said once: what somebody goes ahead against."""
    points = points_of(view.verdict) if view.verdict else ()
    worse = [one for one in points if one.severity is not Severity.INFO]
    return tuple({(one.title, one.message): one for one in reversed(worse)}.values())[::-1]


def open_titles(view: DraftView) -> list[str]:
    """Titles of the open points, each once; those of the time to post where there is nothing else."""
    findings = open_points(view) or (view.verdict.findings if view.verdict else ())
    return list(dict.fromkeys(one.title for one in findings))

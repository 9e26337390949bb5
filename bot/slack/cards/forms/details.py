"""Forms that only show: what a suggestion changes, why a point, all points, what was checked (product F19 to F21)."""

from __future__ import annotations

from bot.lifecycle import Event, next_state
from bot.model import CarriedFinding, DraftView, Finding, Verdict
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec
from bot.slack.cards.changes import changes
from bot.slack.cards.facts import honesty_line, not_reviewed
from bot.slack.cards.forms.fields import View, modal
from bot.slack.cards.points import can_dismiss, details, dismissed_points, heading, withdrawn_points
from bot.slack.cards.taps import value_of
from bot.slack.cards.when import counted, full_moment, number
from bot.slack.cards.words import SEVERITY, points_of, reason_key
from bot.slack.rich import (
    Block,
    Element,
    actions,
    bullets,
    button,
    clip,
    escape,
    line,
    note,
    preformatted,
    rich_text,
    section,
    words,
)

MOST_POINTS = 40
MOST_PAIRS = 30
EXAMPLE_LIMIT = 1_500


def see_changes(view: DraftView, playbook: Playbook) -> View:
    """Pairs of Was and Now, then the whole suggestion; the whole text to post where there is no suggestion."""
    say = playbook.replies.say
    suggestion = view.verdict.suggestion if view.verdict else None
    text = view.revision.text or ""
    blocks: list[Block] = []
    if suggestion and suggestion != text:
        pairs = changes(text, suggestion)
        for was, now in pairs[:MOST_PAIRS]:
            blocks.append(
                rich_text(_labelled(say("form.was"), was, playbook), _labelled(say("form.now"), now, playbook))
            )
        if len(pairs) > MOST_PAIRS:
            blocks.append(note(counted(playbook.replies, "form.more_changes", len(pairs) - MOST_PAIRS)))
        blocks += [_title(say("form.whole_suggestion")), *preformatted(suggestion)]
    else:
        blocks += [_title(say("form.whole_text")), *preformatted(text)]
    return modal("see_changes", say("form.see_changes.title"), blocks, playbook.replies, ids=value_of(view))


def answer_form(text: str, playbook: Playbook) -> View:
    """Why a tap in a form did nothing, on top of that form: nobody sees what is said behind it."""
    return modal("answer", playbook.replies.say("form.answer.title"), [note(text)], playbook.replies)


def why_form(view: DraftView, playbook: Playbook, place: int) -> View | None:
    """Guideline, reason, examples and source of the finding at `place` of the verdict; None where there is none."""
    say = playbook.replies.say
    findings = view.verdict.findings if view.verdict else ()
    if not 0 <= place < len(findings):
        return None
    finding = findings[place]
    rule = next((rule for rule in playbook.rules if rule.name == finding.rule), None)
    guideline = next((one for one in playbook.guidelines if one.id == finding.guideline), None)
    blocks: list[Block] = [section(heading(finding, playbook.replies)), rich_text(*details(finding, playbook.replies))]
    if guideline:
        blocks += [_title(guideline.title), rich_text(line(words(guideline.principle)))]
    if rule:
        blocks += [_title(say("form.why.reason")), rich_text(line(words(rule.reason)))]
    if guideline and guideline.examples:
        example = guideline.examples[0]
        worse, better = clip(example.draft, EXAMPLE_LIMIT), clip(example.better, EXAMPLE_LIMIT)
        blocks += [_title(say("form.why.not_so_good")), *preformatted(worse)]
        blocks += [_title(say("form.why.better")), *preformatted(better)]
    blocks.append(rich_text(bullets(_sources(finding, rule, playbook))))
    if can_dismiss(view, finding):
        blocks.append(actions([button("draft.dismiss", say("button.dismiss"), value_of(view, str(place)))]))
    return modal("why", say("form.why.title"), blocks, playbook.replies, ids=value_of(view, str(place)))


def all_points(view: DraftView, playbook: Playbook) -> View:
    """Every point with its state, and the way to what was checked."""
    say = playbook.replies.say
    verdict = view.verdict
    points = points_of(verdict) if verdict else ()
    blocks: list[Block] = [
        note(counted(playbook.replies, "form.points", len(points)) if points else say("form.points.none"))
    ]
    for finding in points[:MOST_POINTS]:
        blocks += [section(heading(finding, playbook.replies)), rich_text(*details(finding, playbook.replies))]
    if len(points) > MOST_POINTS:
        blocks.append(note(counted(playbook.replies, "points.more", len(points) - MOST_POINTS)))
    for title, lines in _past(view, verdict, playbook):
        blocks += [_title(title), rich_text(bullets(line(words(text)) for text in lines))]
    blocks += _dismissed(view, playbook)
    blocks.append(actions([button("draft.checked", say("button.checked"), value_of(view))]))
    return modal("all_points", say("form.all_points.title"), blocks, playbook.replies, ids=value_of(view))


def checked_form(view: DraftView, playbook: Playbook, *, timezone: str = "UTC") -> View:
    """What a review can be repeated by: ids, versions, rules, model, times. No text."""
    say = playbook.replies.say
    verdict, revision = view.verdict, view.revision
    rows = [
        say("form.checked.draft", id=view.draft.id, n=revision.number),
        say("form.checked.hash", hash=revision.text_hash),
        say("form.checked.at", time=full_moment(revision.created_at, playbook.replies, timezone)),
    ]
    if verdict is not None:
        rows += _review_rows(verdict, playbook)
    left = not_reviewed(revision.attachments, playbook.replies)
    if left:
        rows.append(say("honesty.not_reviewed", what=left))
    blocks = [note(honesty_line(view, playbook)), rich_text(bullets(line(words(row)) for row in rows))]
    return modal("checked", say("form.checked.title"), blocks, playbook.replies, ids=value_of(view))


def _review_rows(verdict: Verdict, playbook: Playbook) -> list[str]:
    say = playbook.replies.say
    usage = verdict.usage
    rows = [
        say("form.checked.guidelines", version=verdict.guidelines),
        counted(playbook.replies, "honesty.rules", verdict.rules_ran),
    ]
    rows += [say("form.checked.left_out", rule=rule.rule, why=rule.why) for rule in verdict.left_out]
    if verdict.pending:
        rows.append(say("form.checked.running"))
    elif verdict.critique == "done":
        rows.append(say("form.checked.model", model=usage.model, ms=number(usage.ms)))
        rows.append(counted(playbook.replies, "form.checked.dropped", verdict.dropped))
    else:
        rows.append(say("honesty.not_checked", reason=say(reason_key(verdict.critique))))
    return rows


def _past(view: DraftView, verdict: Verdict | None, playbook: Playbook) -> list[tuple[str, list[str]]]:
    say = playbook.replies.say

    def titles(state: str) -> list[str]:
        return [_since(one, playbook) for one in view.carried if one.state == state]

    groups = [(say("form.fixed"), titles("fixed"))]
    if verdict is not None:
        groups.append((say("form.withdrawn"), withdrawn_points(view, verdict, playbook)))
    return [(title, lines) for title, lines in groups if lines]


def _dismissed(view: DraftView, playbook: Playbook) -> list[Block]:
    """What somebody dismissed, each once, with the way back while the draft is undecided."""
    say = playbook.replies.say
    places = {one.finding.title: place for place, one in enumerate(view.carried) if one.state == "dismissed"}
    if not places:
        return []
    blocks = [_title(say("form.dismissed"))]
    can = next_state(view.draft.state, Event.POINT_BACK) is not None
    for text, place in zip(dismissed_points(view, playbook.replies), places.values(), strict=True):
        back = button("draft.bring_back", say("button.restore"), value_of(view, str(place))) if can else None
        blocks.append(note(text, back, f"dismissed-{place}"))
    return blocks


def _since(one: CarriedFinding, playbook: Playbook) -> str:
    return playbook.replies.say("form.since", title=one.finding.title, n=one.since_revision)


def _sources(finding: Finding, rule: RuleSpec | None, playbook: Playbook) -> list[Element]:
    say = playbook.replies.say
    severity = say(SEVERITY[finding.severity])
    if rule is None:
        rows = [say("form.why.by_review", severity=severity)]
    else:
        rows = [say("form.why.rule", number=rule.number, name=rule.name, severity=severity)]
        rows.append(say("form.why.source", source=rule.source))
    if finding.evidence:
        rows.append(say("form.why.evidence", evidence=finding.evidence))
    return [line(words(row)) for row in rows]


def _labelled(label: str, text: str, playbook: Playbook) -> Element:
    return line(words(f"{label} ", bold=True), words(text or playbook.replies.say("form.nothing")))


def _title(text: str) -> Block:
    return section(f"*{escape(text)}*")

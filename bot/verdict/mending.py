"""A suggested version made of the edits that the rules themselves know, for a review without the model (product F18).

Each finding may say how it is mended (`Finding.edits`). The edits are made, the rules run again, and so on until nothing
is left to mend. What comes out is shown only where it stands: no hold and no redirect, no warn that the draft did not
have, no new fact, a network that takes it, and enough words. Pure: the rules are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from urllib.parse import urlsplit

import regex

from bot.counting import over
from bot.grounding import facts_in, new_facts
from bot.model import Edit, Outcome, RulesReport, Severity
from bot.playbook import Platform
from bot.verdict.suggestion import unsafe

FEWEST_WORDS = 6
"""A suggestion of fewer words says too little to be posted by itself."""

ROUNDS = 8
"""How often the rules are run over one text at most: a closing of several calls is taken off one by one."""

_TAKEN = "\ue000"
"""Stands where something was taken out, until the white space around it is put right."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’-]*")
_JOINT = regex.compile(rf"\s*(?:{_TAKEN}\s*)+")


def mend(
    text: str,
    report: RulesReport,
    recheck: Callable[[str], RulesReport],
    platforms: Sequence[Platform],
    leave: Collection[str] = (),
) -> str | None:
    """The text with all that is mechanical put right, or None where there is nothing to mend or the result doesn't stand.

    `report` is what the rules say of the text, `leave` the rules whose findings the leader wants to keep. A rule whose
    warn stays although its edits were made is left alone as well: half of an answer is none.
    """
    left_alone = set(leave)
    while True:
        made = _made(text, report, recheck, left_alone)
        if made is None:
            return None
        mended, after, used = made
        stuck = used & _warned(after)
        if not stuck:
            return mended if mended != text and _stands(mended, text, report, after, platforms) else None
        left_alone |= stuck


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, the longest first where two overlap, and the white space around what went put right.

    White space elsewhere stays as the leader set it.
    """
    chosen: list[Edit] = []
    for edit in sorted(set(edits), key=lambda one: (one.start - one.end, one.start, one.put)):
        if all(edit.end <= other.start or other.end <= edit.start for other in chosen):
            chosen.append(edit)
    pieces, end = [], 0
    for edit in sorted(chosen, key=lambda one: one.start):
        pieces += [text[end : edit.start], edit.put or _TAKEN]
        end = edit.end
    return _tidied("".join((*pieces, text[end:])))


def _made(
    text: str, report: RulesReport, recheck: Callable[[str], RulesReport], left_alone: Collection[str]
) -> tuple[str, RulesReport, set[str]] | None:
    """The mended text, what the rules say of it, and the rules whose edits are in it. None where it comes to no end."""
    used: set[str] = set()
    for _ in range(ROUNDS):
        mendable = [one for one in report.findings if one.rule and one.edits and one.rule not in left_alone]
        if not mendable:
            return text, report, used
        if _TAKEN in text:
            return None
        used |= {one.rule for one in mendable if one.rule}
        text = apply_edits(text, (edit for one in mendable for edit in one.edits))
        report = recheck(text)
    return None


def _stands(mended: str, text: str, before: RulesReport, after: RulesReport, platforms: Sequence[Platform]) -> bool:
    """Whether the mended text may be shown as a suggestion."""
    if len(_WORD.findall(mended)) < FEWEST_WORDS or len(after.left_out) > len(before.left_out):
        return False
    if any(one.severity in {Severity.HOLD, Severity.REDIRECT} for one in after.findings):
        return False
    if _warned(after) - _warned(before):
        return False
    # A link in Slack's brackets stands beside its label there, and reads as one with it.
    known = (text.replace("|", " "), *_shortened(mended, text))
    if unsafe(mended, text, known) or new_facts(mended, text, known):
        return False
    return not platforms or not all(over(mended, platform) for platform in platforms)


def _warned(report: RulesReport) -> set[str]:
    """The rules that warn. How long after another post it comes is not the text's fault."""
    warned = (one for one in report.findings if one.severity is Severity.WARN and one.outcome is not Outcome.WAIT)
    return {one.rule for one in warned if one.rule}


def _shortened(mended: str, text: str) -> tuple[str, ...]:
    """The links of the mended text that are links of the draft with nothing but parameters taken out."""
    there = [_parts(link) for link in _links(text)]
    return tuple(
        link
        for link in _links(mended)
        for base, parameters, fragment in [_parts(link)]
        if any(base == one[0] and parameters <= one[1] and fragment == one[2] for one in there)
    )


def _links(text: str) -> list[str]:
    return [fact.written for fact in facts_in(text) if fact.sort == "link"]


def _parts(link: str) -> tuple[str, frozenset[str], str]:
    """Address, parameters and fragment of a link."""
    try:
        split = urlsplit(link.rstrip(".,;:!?)]}'’…"))
    except ValueError:
        return link, frozenset(), ""
    parameters = frozenset(one for one in split.query.split("&") if one)
    return f"{split.scheme}://{split.netloc}{split.path}", parameters, split.fragment


def _tidied(text: str) -> str:
    """The text without the marks: lines that held nothing else go, and no space is left double or before a full stop."""
    if _TAKEN not in text:
        return text
    lines: list[str] = []
    gone = False
    for line in text.split("\n"):
        if _TAKEN in line and not line.replace(_TAKEN, "").strip():
            gone = True
            continue
        if gone and not line.strip() and not (lines and lines[-1].strip()):
            continue
        gone = False
        lines.append(_JOINT.sub(_joint, line) if _TAKEN in line else line)
    while gone and lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def _joint(found: regex.Match[str]) -> str:
    """What stands between the words around a gap: a space where there was one, and both sides have words."""
    line = found.string
    at_edge = found.start() == 0 or found.end() == len(line)
    return "" if at_edge or line[found.end()] in ".,;:!?)" or found.group().strip(_TAKEN) == "" else " "

"""Words for what people decided: why a point was set aside, why somebody went ahead."""

from __future__ import annotations

from bot.choices import Reason
from bot.playbook import Replies
from bot.set_aside import ONE_OFF
from bot.slack.rich import clip

AHEAD = {
    "approved_elsewhere": "form.reason.approved_elsewhere",
    "urgent": "form.reason.urgent",
    "disagree": "form.reason.disagree",
    "misread": "form.reason.misread",
    "other": "form.reason.other",
}
"""Why somebody goes ahead although points are open: value and words."""

SET_ASIDE = {
    "already_public": "reason.already_public",
    "wrong_reading": "reason.wrong_reading",
    "not_this_leader": "reason.not_this_leader",
    "my_choice": "reason.my_choice",
    "other": "form.reason.other",
}
"""Why somebody dismisses a point: value and words."""

OTHER = "other"
NOTE_LIMIT = 300
"""Characters of a note with a reason."""

_WORDS = AHEAD | SET_ASIDE


def reason_words(key: str, replies: Replies) -> str:
    """A reason of a closed list in words; what is not in the list stays as it is."""
    return replies.say(_WORDS[key]) if key in _WORDS else key


def told_reason(reason: Reason, replies: Replies) -> str:
    """`Urgent: the vote is tonight`: the reason, and the note where there is one. The note is a person's own words."""
    said = reason_words(reason.key, replies)
    if not reason.note:
        return said
    note = clip(" ".join(reason.note.split()), NOTE_LIMIT)
    return replies.say("reason.noted", reason=said, note=note)


def why_withdrawn(why: str, replies: Replies) -> str:
    """Why a finding was withdrawn, in words."""
    return replies.say("points.one_off") if why == ONE_OFF else why

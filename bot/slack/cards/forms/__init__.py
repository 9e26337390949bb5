"""Forms (product section 13). The callback id of a form is its name; a field's block id and action id are its name.

`private_metadata` is written like a button's value: `<draft id>:<revision id>`, or the hand-off's id.
"""

from bot.slack.cards.forms.details import all_points, answer_form, checked_form, see_changes, why_form
from bot.slack.cards.forms.dismiss import dismiss_form
from bot.slack.cards.forms.draft import LONGEST, edit_form, new_draft_form
from bot.slack.cards.forms.handoff import handoff_done_form, handoff_form
from bot.slack.cards.forms.keep import keep_form
from bot.slack.cards.forms.one_off import one_off_form
from bot.slack.cards.forms.override import override_form
from bot.slack.cards.forms.posted import posted_form

__all__ = [
    "LONGEST",
    "all_points",
    "answer_form",
    "checked_form",
    "dismiss_form",
    "edit_form",
    "handoff_done_form",
    "handoff_form",
    "keep_form",
    "new_draft_form",
    "one_off_form",
    "override_form",
    "posted_form",
    "see_changes",
    "why_form",
]

"""What buttons, menus and forms carry: opaque ids only, since anyone who sees a message can read them.

A button of a draft has the action id `draft.<verb>` and the value `<draft id>:<revision id>`, with a third part where
one of several is meant: the place of a finding, a team, or `suggestion`. An entry of the menu `draft.more` has the verb
in front, before a colon. A form's metadata is written like a button's value. Hand-offs carry the hand-off's id alone.
"""

from __future__ import annotations

from bot.model import DraftView

MENU = "draft.more"
SUGGESTION = "suggestion"


def value_of(view: DraftView, detail: str = "") -> str:
    """Draft and revision that a button or form was drawn for."""
    ids = f"{view.draft.id}:{view.revision.id}"
    return f"{ids}:{detail}" if detail else ids


def entry_value(verb: str, value: str) -> str:
    """The value of a menu's entry that acts like the button `draft.<verb>`."""
    return f"{verb}:{value}"

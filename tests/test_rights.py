"""The table of rights names every verb that a button has, and no other."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from bot.slack import actions, cards
from bot.slack.cards.buttons import Choice
from bot.slack.cards.feedback import FEEDBACK
from bot.slack.rights import HOLD_OVERRIDE, RIGHTS, Role, may

VERB = re.compile(r"(draft|handoff|coach|one_off)\.[a-z_]+")
MENU = "draft.more"
OPEN_TO_ALL = "coach."
OF_A_TEAM = {"handoff.claim", "handoff.done", "handoff.put_back", "one_off.noted"}
BESIDE = {HOLD_OVERRIDE}
"""What is asked beside the verb of a button."""

CARDS = Path(next(iter(cards.__path__)))


def verbs_of_actions() -> set[str]:
    return {import_module(f"{actions.__name__}.{found.name}").VERB for found in iter_modules(actions.__path__)}


def verbs_of_cards() -> set[str]:
    """Each action id that a card or a line writes down, and each verb that a row of buttons chooses."""
    found: set[str] = set()
    for path in [*CARDS.rglob("*.py"), CARDS.parent / "thread.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            if name in {"button", "overflow"} and isinstance(first, str) and VERB.fullmatch(first):
                found.add(first)
            if name in {Choice.__name__, "entry_value"} and isinstance(first, str):
                found.add(f"draft.{first}")
    # Two small buttons stand in for the feedback element where Slack refuses it.
    return found | {FEEDBACK, f"{FEEDBACK}_positive", f"{FEEDBACK}_negative"}


def test_each_verb_that_a_card_shows_has_a_file_that_acts_on_it() -> None:
    assert verbs_of_cards() == verbs_of_actions()


def test_each_verb_stands_in_the_table_of_rights_and_the_table_names_no_other() -> None:
    assert {verb for verb in verbs_of_actions() if not verb.startswith(OPEN_TO_ALL)} | BESIDE == set(RIGHTS)


def test_the_menu_is_no_verb_of_its_own() -> None:
    assert MENU not in RIGHTS | dict.fromkeys(verbs_of_actions())


def test_what_the_table_does_not_name_nobody_may() -> None:
    assert not may("draft.publish", frozenset(Role))


def test_a_team_never_works_on_the_draft_and_a_leader_never_claims_for_a_team() -> None:
    for verb in RIGHTS:
        assert may(verb, frozenset({Role.TEAM})) is (verb in OF_A_TEAM)
    assert not may("handoff.claim", frozenset({Role.LEADER, Role.DELEGATE, Role.SUBMITTER}))


def test_comms_does_not_send_a_leaders_draft_anywhere() -> None:
    assert not may("draft.handoff", frozenset({Role.COMMS, Role.SUBMITTER, Role.READER}))


def test_only_the_leader_goes_ahead_against_a_hold_and_comms_goes_ahead_for_nobody() -> None:
    assert [Role.LEADER] == [role for role in Role if may(HOLD_OVERRIDE, frozenset({role}))]
    assert not may("draft.override", frozenset({Role.COMMS, Role.SUBMITTER, Role.READER}))


def test_only_the_leader_declares_a_one_off_and_only_comms_allows_a_second_one() -> None:
    assert [Role.LEADER] == [role for role in Role if may("draft.one_off", frozenset({role}))]
    assert [Role.COMMS] == [role for role in Role if may("one_off.allow", frozenset({role}))]

"""The playbook: all that prompts/ holds, loaded and cross-checked. Nothing else reads that folder."""

from __future__ import annotations

from bot.playbook.cases import Case, CaseFiles, Gates, Limits, load_cases, organisation_of, read_cases, window_of
from bot.playbook.changes import ORGANISATION, Change, changes_of, file_of
from bot.playbook.differences import differences
from bot.playbook.faults import Fault
from bot.playbook.load import SHIPPED, load_playbook, read_playbook
from bot.playbook.playbook import Playbook, is_live, is_open
from bot.playbook.replies import Replies
from bot.playbook.values import (
    Example,
    Guideline,
    KeyMessage,
    Leader,
    LegalHold,
    Organisation,
    Platform,
    ProofPoint,
    Route,
    RuleChange,
    RuleSpec,
    Sample,
    Window,
)

__all__ = [
    "ORGANISATION",
    "SHIPPED",
    "Case",
    "CaseFiles",
    "Change",
    "Example",
    "Fault",
    "Gates",
    "Guideline",
    "KeyMessage",
    "Leader",
    "LegalHold",
    "Limits",
    "Organisation",
    "Platform",
    "Playbook",
    "ProofPoint",
    "Replies",
    "Route",
    "RuleChange",
    "RuleSpec",
    "Sample",
    "Window",
    "changes_of",
    "differences",
    "file_of",
    "is_live",
    "is_open",
    "load_cases",
    "load_playbook",
    "organisation_of",
    "read_cases",
    "read_playbook",
    "window_of",
]

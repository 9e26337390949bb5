"""The playbook in use and its compiled rules, read together: the one is of no use without the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.critique import question_fault
from bot.errors import PlaybookError
from bot.playbook import Playbook, load_playbook
from bot.rules import RuleSet, compile_rules
from bot.settings import Settings

Adapt = Callable[[Playbook], Playbook]

log = structlog.get_logger("lectern.playbook")


@dataclass
class Books:
    """The playbook in use and its compiled rules. Replaced as one when the files change and are right."""

    playbook: Playbook
    rules: RuleSet


def unchanged(playbook: Playbook) -> Playbook:
    """The playbook as its files have it."""
    return playbook


def read_books(settings: Settings, adapt: Adapt = unchanged) -> Books:
    """Playbook and compiled rules. Raises `PlaybookError` with every fault that stops the start."""
    playbook = adapt(load_playbook(settings.lectern_prompts_dir))
    unanswerable = question_fault(playbook)
    if unanswerable is not None:
        raise PlaybookError(unanswerable)
    rules, faults = compile_rules(playbook)
    for fault in (*playbook.faults, *faults):
        log.warning("a rule is left out or doubtful", fault=str(fault))
    return Books(playbook, rules)

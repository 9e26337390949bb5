"""The sentences in prompts/replies.toml: each is used, each use is there, and all keep to the house's words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.model import HandoffState, State
from bot.playbook import SHIPPED
from tests.card_values import replies

BOT = SHIPPED.parent / "bot"
FORBIDDEN = re.compile(
    r"\bI\b|!|\b(blocked|violation|policy|non-compliant|inappropriate|unfortunately|please note|above|below|click here)\b",
    re.IGNORECASE,
)
SAYING = frozenset({"say", "counted"})
"""Functions whose first text is a key."""

FAMILIES = frozenset({"state.", "handoff.state.", "thread.handoff.", "posted."})
"""Beginnings of keys whose end is a value of the code, such as a state. Nothing else may be put together."""

TITLES = re.compile(r"form\.\w+\.(title|submit)|form\.(cancel|close)")
HEADERS = re.compile(r"card\.([a-z_]+\.)+header|handoff\.header")


LISTS = ("small_talk.phrases", "time.weekdays", "time.days", "time.months")
ALL_KEYS = replies().keys()


def sources() -> list[Path]:
    return sorted(path for path in BOT.rglob("*.py") if "playground" not in path.parts)


def constants() -> set[str]:
    """Every text in the code that could be a key."""
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def families() -> set[str]:
    """What keys that are put together begin with."""
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say" and node.args:
                begins = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else None
                found |= {str(begins.value)} if isinstance(begins, ast.Constant) else set()
    return found


def said() -> Iterator[tuple[str, str, set[str] | None]]:
    """(function, key, names of values) of each call with a literal key; None where values are handed on as a whole."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if function not in SAYING:
                continue
            place = 0 if function == "say" else 1
            key = node.args[place] if len(node.args) > place else None
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                names = {keyword.arg for keyword in node.keywords}
                yield function, key.value, None if None in names else {str(name) for name in names}


def test_every_sentence_that_the_code_says_is_there_with_the_values_that_it_needs() -> None:
    words = replies()
    for function, key, names in said():
        keys = [key] if function == "say" else [f"{key}.one", f"{key}.many"]
        assert [] == [one for one in keys if not words.has(one)]
        if names is None:
            continue
        if function == "say":
            assert (key, set(words.placeholders(key))) == (key, names)
        else:
            assert (key, set(words.placeholders(f"{key}.one"))) == (key, names)
            assert (key, set(words.placeholders(f"{key}.many"))) == (key, names | {"n"})


def test_every_sentence_that_is_there_is_used() -> None:
    used = constants()
    unused = [
        key
        for key in ALL_KEYS
        if key not in used and key.rpartition(".")[0] not in used and not key.startswith(tuple(FAMILIES))
    ]
    assert [] == unused


def test_keys_are_put_together_only_in_known_families_and_for_each_value() -> None:
    assert families() <= FAMILIES
    words = replies()
    assert [] == [state for state in State if not words.has(f"state.{state}")]
    for state in get_args(HandoffState):
        assert words.has(f"handoff.state.{state}")


@pytest.mark.parametrize("key", ALL_KEYS)
def test_no_sentence_breaks_the_rules_of_voice(key: str) -> None:
    words = replies()
    texts = (
        [words.say(key, **dict.fromkeys(words.placeholders(key), "x"))] if not key.endswith(LISTS) else words.words(key)
    )
    for text in texts:
        assert None is FORBIDDEN.search(text)
        assert not any(ord(character) >= 0x2600 for character in text)
        assert text == text.strip() or key == "privacy.text"


@pytest.mark.parametrize("key", ALL_KEYS)
def test_labels_and_headlines_fit_where_they_stand(key: str) -> None:
    words = replies()
    if key.endswith(LISTS):
        return
    text = words.say(key, **dict.fromkeys(words.placeholders(key), "investor relations"))
    if TITLES.fullmatch(key):
        assert 24 >= len(text)
    if key.startswith("button."):
        assert 75 >= len(text)
    if HEADERS.fullmatch(key):
        assert 150 >= len(text)
    assert 2_900 >= len(text)


def test_the_file_opens_with_a_word_to_those_who_change_it() -> None:
    assert (SHIPPED / "replies.toml").read_text(encoding="utf-8").startswith("# Every sentence")


def test_lists_of_days_and_months_are_whole() -> None:
    words = replies()
    assert [7, 7, 12] == [len(words.words(key)) for key in LISTS[1:]]

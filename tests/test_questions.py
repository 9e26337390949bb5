"""What is sent to the model is what the files in tests/questions show."""

from __future__ import annotations

import pytest

from tests.questions import FOLDER, bare, files, full

MOST = 14_500
"""Characters of the part that is the same for all drafts: 3,500 tokens at 4.15 characters each. English prose of this kind
has 4.4 in the vocabulary of OpenAI's models since 2024 (docs/measurements.md)."""

TOLD = "The question to the model has changed. Look at the difference, and keep it with: python -m tests.questions"


@pytest.mark.parametrize("name", ["system.txt", "user-bare.txt", "user-full.txt", "schema.json"])
def test_the_question_is_the_one_that_is_kept(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == files()[name], TOLD


def test_the_part_that_is_the_same_for_all_drafts_is_not_too_long() -> None:
    assert len(bare().system) <= MOST


def test_the_part_that_is_the_same_comes_first_and_its_hidden_word_last() -> None:
    assert bare().system == full().system
    assert bare().system.endswith("89a7b6c5d4e3f201")

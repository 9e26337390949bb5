"""What the model is asked, and how its answer is read. Both are pure.

`schema` is the shape of the answer, made from the playbook; `question` fills prompts/critique.md; `reading` keeps of
the answer what stands on the draft; `prose` makes the model's words harmless; `masking` keeps private words from it.
Nothing in an answer is believed: ids are looked up, quotes are found in the draft by code, and a sign of the hidden
word throws the whole answer away.
"""

from __future__ import annotations

from bot.critique.masking import Mask, mask_of
from bot.critique.question import Question, build_question, question_fault
from bot.critique.reading import Answer, read_answer
from bot.critique.schema import KINDS, NOBODY, OUTCOMES, settleable, wire_schema

__all__ = [
    "KINDS",
    "NOBODY",
    "OUTCOMES",
    "Answer",
    "Mask",
    "Question",
    "build_question",
    "mask_of",
    "question_fault",
    "read_answer",
    "settleable",
    "wire_schema",
]

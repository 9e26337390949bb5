"""What one question took: tokens over all tries, the model that answered, the last request's id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import Usage

SCRIPTED = "scripted"
"""How the name of a model with written answers begins."""

_LONGEST_NAME = 100


@dataclass
class Tally:
    """Counts up while a question is asked. `asked` is the model that was asked for, `answered` the one that says it answered."""

    asked: str
    answered: str = ""
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    tries: int = 0
    malformed: int = 0
    request_id: str | None = None

    def add(self, body: str) -> None:
        """Count an answer's tokens, also of one that can't be used otherwise. Whatever is no number counts as none."""
        try:
            read = json.loads(body)
        except (ValueError, RecursionError):
            return
        answer = _table(read)
        usage = _table(answer.get("usage"))
        details = _table(usage.get("prompt_tokens_details"))
        self.tokens_in += _count(usage.get("prompt_tokens"))
        self.tokens_cached += _count(details.get("cached_tokens"))
        self.tokens_out += _count(usage.get("completion_tokens"))
        name = answer.get("model")
        if isinstance(name, str):
            self.answered = "".join(letter for letter in name if letter.isprintable())[:_LONGEST_NAME]

    def usage(self, ms: int) -> Usage:
        """The sum. Without any answer the model is the one that was asked for."""
        return Usage(
            model=self.answered or self.asked,
            tokens_in=self.tokens_in,
            tokens_cached=self.tokens_cached,
            tokens_out=self.tokens_out,
            ms=ms,
            scripted=self.answered.startswith(SCRIPTED),
        )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(value: object) -> int:
    return value if type(value) is int and value > 0 else 0

"""One text examined with the shipped playbook and a model server of one's own, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from bot.books import Books
from bot.examine import Subject, by_both
from bot.llm.openai_model import OpenAIModel
from bot.model import Verdict
from bot.playbook import load_playbook
from bot.rules import compile_rules
from bot.rules.kind import Context
from tests.chosen_model import ChosenModel

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
PLATFORMS = ("linkedin",)
CONTEXT = Context(now=NOW, timezone="Europe/London", platforms=PLATFORMS)


@cache
def shipped() -> Books:
    """The playbook as shipped, compiled once."""
    playbook = load_playbook()
    rules, _ = compile_rules(playbook)
    return Books(playbook, rules)


def subject(text: str, **changes: Any) -> Subject:
    """The text as a leader of the invented carrier would have posted it."""
    return Subject(**{"text": text, "context": CONTEXT, "platforms": PLATFORMS, "today": TODAY, **changes})


@asynccontextmanager
async def served(**changes: Any) -> AsyncIterator[tuple[ChosenModel, OpenAIModel]]:
    """A model server, and the adapter that asks it."""
    server = ChosenModel()
    await server.start()
    model = OpenAIModel(**{"api_key": "sk-written-for-tests", "base_url": server.url, "model": "wise-1", **changes})
    try:
        yield server, model
    finally:
        await model.close()
        await server.stop()


async def examined(model: OpenAIModel, text: str, **changes: Any) -> Verdict:
    """The verdict of rules and model on the text."""
    return await by_both(shipped(), model, subject(text, **changes))

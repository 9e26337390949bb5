"""How tests look at a card: as lines of text, after Slack's limits have been held against it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.model import (
    DraftView,
    Post,
)
from bot.playground.blocks import check_blocks, text_length
from bot.slack.cards.review import draw_review
from bot.slack.plain import print_card
from bot.slack.rich import Card
from tests.card_values import NAMES, NOW, ZONE, playbook


def draw(shown: DraftView) -> Card:
    return draw_review(shown, playbook(), now=NOW, timezone=ZONE, names=NAMES)


def lines(shown: DraftView) -> list[str]:
    card = draw(shown)
    assert [] == check_blocks(card.blocks)
    assert 9_000 > text_length(card.blocks)
    assert 30 >= len(card.blocks)
    assert any(block["type"] == "rich_text" for block in card.blocks)
    return print_card(card).split("\n")


def labels(shown: DraftView) -> str:
    return next((line for line in lines(shown) if line.startswith("[")), "")


def post(**changed: Any) -> Post:
    made = Post("p1", "U0LEADER01", "linkedin", NOW, "d1", 2, "U0LEADER01", compared="as_revision")
    return replace(made, **changed)

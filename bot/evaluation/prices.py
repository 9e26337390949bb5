"""What the questions of an evaluation cost, by the one price list (`bot/llm/prices.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal

from bot.llm.prices import price_of
from bot.model import Usage

Price = Callable[[Usage], Decimal | None]
"""The price of one question in US dollars; None where nobody knows it."""

UNKNOWN = "not known for this model"


def price_at(base_url: str) -> Price:
    """Today's prices at the server of that address."""
    now = datetime.now(UTC)
    return lambda usage: price_of(usage, base_url, now)


def per_thousand(usages: Iterable[Usage], price: Price) -> str:
    """The price of 1,000 drafts like these, in words. One whose price is not known makes the whole not known."""
    asked = [usage for usage in usages if usage.tokens_in or usage.tokens_out]
    prices = [price(usage) for usage in asked]
    known = [one for one in prices if one is not None]
    if not known or len(known) < len(prices):
        return UNKNOWN
    return f"${sum(known) / len(known) * 1000:,.2f}"

"""What tokens cost, by the price list of genai-prices, which stands in the package: nothing is looked up on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from bot.model import Usage

Price = Callable[[Usage], Decimal | None]
"""The price of one question in US dollars; None where nobody knows it."""

UNKNOWN = "not known for this model"


def price_at(base_url: str) -> Price:
    """Prices at the server of that address, as its price list had them when the package was made."""

    def price(usage: Usage) -> Decimal | None:
        from genai_prices import Usage as Tokens  # noqa: PLC0415 - a fifth of a second that the rules alone do without
        from genai_prices import calc_price  # noqa: PLC0415

        tokens = Tokens(
            input_tokens=usage.tokens_in, cache_read_tokens=usage.tokens_cached, output_tokens=usage.tokens_out
        )
        try:
            return calc_price(tokens, usage.model, provider_api_url=base_url).total_price
        except LookupError:
            return None

    return price


def per_thousand(usages: Iterable[Usage], price: Price) -> str:
    """The price of 1,000 drafts like these, in words. One whose price is not known makes the whole not known."""
    asked = [usage for usage in usages if usage.tokens_in or usage.tokens_out]
    prices = [price(usage) for usage in asked]
    known = [one for one in prices if one is not None]
    if not known or len(known) < len(prices):
        return UNKNOWN
    return f"${sum(known) / len(known) * 1000:,.2f}"

"""What tokens cost, by the list that the package genai-prices carries: nothing is looked up on the way."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bot.llm.tally import SCRIPTED
from bot.model import Usage


def price_of(usage: Usage, base_url: str, at: datetime) -> Decimal | None:
    """US dollars for what was used at `at`, by the prices of the server at `base_url`; None where nobody knows them.

    What a scripted model answers costs nothing, and so does a question that came to no tokens.
    """
    if usage.model.startswith(SCRIPTED) or not (usage.tokens_in or usage.tokens_out):
        return Decimal(0)
    from genai_prices import Usage as Tokens  # noqa: PLC0415 - a fifth of a second, for one command alone
    from genai_prices import calc_price  # noqa: PLC0415

    tokens = Tokens(input_tokens=usage.tokens_in, cache_read_tokens=usage.tokens_cached, output_tokens=usage.tokens_out)
    try:
        price = calc_price(tokens, usage.model, provider_api_url=base_url, genai_request_timestamp=at)
    except LookupError:
        return None
    return price.total_price

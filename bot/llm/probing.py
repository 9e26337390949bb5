"""Whether a model is there at all: the list of models, and a tiny call where the list does not settle it."""

from __future__ import annotations

from typing import Any

from openai import APIStatusError, AsyncOpenAI

from bot.llm.failures import MALFORMED, NoAnswerError

_ENOUGH_TOKENS = 16
_NO_SUCH_PAGE = (404, 405, 501)


async def reach(client: AsyncOpenAI, model: str, tokens_parameter: str) -> None:
    """Reach the model. Raises the SDK's errors, or `NoAnswerError` where something else than a model's server answers."""
    if model not in await _listed(client):
        await _greet(client, model, tokens_parameter)


async def _listed(client: AsyncOpenAI) -> frozenset[str]:
    """Names of the models that the server lists; none where it has no such list."""
    try:
        page: Any = await client.models.list()
        return frozenset(str(model.id) for model in page.data)
    except APIStatusError as error:
        if error.status_code in _NO_SUCH_PAGE:
            return frozenset()
        raise
    except (AttributeError, TypeError, ValueError):
        return frozenset()


async def _greet(client: AsyncOpenAI, model: str, tokens_parameter: str) -> None:
    cap: dict[str, Any] = {tokens_parameter: _ENOUGH_TOKENS}
    try:
        answer: Any = await client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": "Say yes."}], **cap
        )
        usable = bool(answer.choices)
    except (AttributeError, TypeError, ValueError):
        usable = False
    if not usable:
        raise NoAnswerError(MALFORMED)

"""The model: the port, and its OpenAI adapter.

`opening` decides whether there is a model and where a key may be sent, `openai_model` asks, `waiting` says how long before
another try, `failures` gives what can go wrong its name, `tally` keeps what one question took, and `probing` looks whether
anybody is there.
"""

from __future__ import annotations

from bot.llm.opening import open_model
from bot.llm.port import Model

__all__ = ["Model", "open_model"]

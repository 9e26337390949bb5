"""The port to a language model: what the rest of Lectern knows of one."""

from __future__ import annotations

from typing import Protocol

from bot.critique import Answer, Question


class Model(Protocol):
    """A model that answers a question in the shape that the question asks for."""

    @property
    def deadline_seconds(self) -> float:
        """How long all that is asked about one draft may take."""
        ...

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        """Ask once, within the deadline, or within the `seconds` that are left of it.

        Never raises for anything the server does: the answer's status says what it was.
        """
        ...

    async def probe(self) -> str | None:
        """None where the model answers; else one sentence that says what is wrong and which setting to mend."""
        ...

    async def close(self) -> None:
        """Close the connections. A question asked after that gets the status `connection`."""
        ...

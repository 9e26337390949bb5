"""What people write, and what quotes it: the one table `texts`, encrypted where keys are given.

A text is known by its kind and the id of what it belongs to. Reading one that has been deleted gives None.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StartError, StoreError
from bot.model import CarriedFinding, Verdict
from bot.store.insert import insert_or_replace
from bot.store.schema import texts

TextKind = Literal[
    "revision",
    "verdict",
    "carried",
    "quote_key",
    "reason",
    "note",
    "handoff_link",
    "handoff_what",
    "handoff_promised",
    "handoff_draft",
    "handoff_outcome",
    "reviewed",
    "aside",
    "one_off_why",
    "one_off_link",
    "feedback",
]

VERDICT = TypeAdapter(Verdict)
CARRIED = TypeAdapter(tuple[CarriedFinding, ...])

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to keep until `delete_on`. `owner` is the id of the revision, review, hand-off or record it belongs to."""

    kind: TextKind
    owner: str
    draft_id: str
    words: str
    delete_on: date


class Texts:
    """The table `texts`. The first key encrypts, and all of them decrypt; without keys texts are kept as they are."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._cipher = _cipher(keys)

    async def put(self, connection: AsyncConnection, *kept: Text) -> None:
        """Keep texts; one that is kept already is replaced."""
        rows = []
        for text in kept:
            body = text.words.encode("utf-8", "surrogatepass")
            row = {
                "id": f"{text.kind}:{text.owner}",
                "kind": text.kind,
                "draft_id": text.draft_id,
                "body": self._cipher.encrypt(body) if self._cipher else body,
                "encrypted": self._cipher is not None,
                "delete_on": text.delete_on,
            }
            rows.append(row)
        if rows:
            await insert_or_replace(connection, texts, rows)

    async def get(self, connection: AsyncConnection, kind: TextKind, owner: str) -> str | None:
        """One text, None once it has been deleted. StoreError when the keys don't open it."""
        return (await self.get_all(connection, kind, [owner])).get(owner)

    async def get_all(self, connection: AsyncConnection, kind: TextKind, owners: Iterable[str]) -> dict[str, str]:
        """Texts of one kind by owner; those that have been deleted are not in it."""
        ids = [f"{kind}:{owner}" for owner in owners]
        if not ids:
            return {}
        rows = await connection.execute(select(texts.c.id, texts.c.body, texts.c.encrypted).where(texts.c.id.in_(ids)))
        return {row.id.partition(":")[2]: self.open(row.body, row.encrypted) for row in rows}

    def open(self, body: bytes, encrypted: bool) -> str:
        """The words of a row. StoreError when the keys don't open it."""
        plain: bytes | None = body
        if encrypted:
            try:
                plain = self._cipher.decrypt(body) if self._cipher else None
            except InvalidToken:
                plain = None
        if plain is None:
            message = "A text is encrypted with a key that is not among those given."
            raise StoreError(message)
        return plain.decode("utf-8", "surrogatepass")

    async def quote_key(self, connection: AsyncConnection, draft_id: str, delete_on: date) -> bytes:
        """The draft's own key for hashing quotes. It goes with the texts, and then the hashes tell nobody anything."""
        found = await self.get(connection, "quote_key", draft_id)
        if found is None:
            found = secrets.token_hex(32)
            await self.put(connection, Text("quote_key", draft_id, draft_id, found, delete_on))
        return bytes.fromhex(found)


def quote_hash(key: bytes, quote: str) -> str:
    """HMAC-SHA256 of the quote, in hexadecimal; case and white space aside."""
    folded = " ".join(quote.casefold().split())
    return hmac.new(key, folded.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def write_json(adapter: TypeAdapter[T], value: T) -> str:
    """As JSON. Half a surrogate pair, which JSON readers refuse, becomes one question mark, so offsets stay true."""
    written = json.dumps(adapter.dump_python(value, mode="json"), ensure_ascii=False)
    return written.encode("utf-8", "replace").decode("utf-8")


def read_json(adapter: TypeAdapter[T], words: str) -> T:
    """Back from JSON. StoreError when it does not fit; what pydantic says of it quotes the text, and is dropped."""
    try:
        return adapter.validate_json(words)
    except ValidationError:
        pass
    message = "A stored verdict can't be read."
    raise StoreError(message)


def _cipher(keys: Sequence[str]) -> MultiFernet | None:
    if not keys:
        return None
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        pass
    message = (
        "LECTERN_ENCRYPTION_KEY holds a key that can't be used: a key is 32 random bytes in URL-safe base64, "
        "44 characters long. Make one with: python -c "
        '"from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())".'
    )
    raise StartError(message)

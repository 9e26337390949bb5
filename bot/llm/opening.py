"""Whether there is a model, and where its key may be sent."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.llm.port import Model
from bot.settings import Settings

if TYPE_CHECKING:
    import httpx2


def open_model(settings: Settings) -> Model | None:
    """The model that the settings name, or None where they name none. Connects to nothing yet.

    Raises `SettingsError` for a key that no header can carry, and for an address to which a key and a draft must not be sent.
    """
    key = settings.openai_api_key.get_secret_value().strip() if settings.openai_api_key else ""
    name = settings.openai_model.strip()
    if not key or not name:
        return None
    if not (key.isascii() and key.isprintable()):
        raise SettingsError("OPENAI_API_KEY holds a character that no key has. Copy the key anew, in one line.")
    # Half a second of reading, which a review by the rules alone does without.
    from bot.llm.openai_model import OpenAIModel  # noqa: PLC0415

    return OpenAIModel(
        api_key=key,
        base_url=_address(settings.openai_base_url.strip()),
        model=name,
        profile=settings.lectern_llm_profile,
        tokens_parameter=settings.lectern_llm_tokens_parameter,
        deadline_seconds=settings.lectern_llm_deadline_seconds,
        max_parallel=settings.lectern_llm_parallel,
    )


def _address(written: str) -> httpx2.URL:
    """The address, read by the library that will connect to it, so that both see the same host."""
    import httpx2  # noqa: PLC0415

    try:
        address = httpx2.URL(written)
    except httpx2.InvalidURL:
        raise SettingsError(
            "OPENAI_BASE_URL is not an address. Write it whole, for example https://api.openai.com/v1."
        ) from None
    safe = address.scheme == "https" or (address.scheme == "http" and _is_this_machine(address.host))
    if not safe or not address.host:
        raise SettingsError(
            "OPENAI_BASE_URL must begin with https://, since the key and the drafts are sent there. "
            "Plain http:// is taken only for this machine itself (localhost, 127.0.0.1 or [::1])."
        )
    return address


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address in ipaddress.ip_network("127.0.0.0/8") or address == ipaddress.IPv6Address("::1")

"""What can go wrong with a model: its status, whether to try again and after how long, and the sentence for `lectern check`.

The SDK's errors carry drafts and answers in their texts: only their types and their numbers are used here.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, RateLimitError

SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
"""Codes of a 429 that waiting does not cure."""

MALFORMED = "malformed"
_SERVER_FAULT = 500


class NoAnswerError(Exception):
    """The server answered, and the answer can't be used. `status` says why; nothing of the answer is kept."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


def status_of(error: BaseException) -> str:
    """The critique's status for an error. What is not known here left no answer either: `connection`."""
    match error:
        case NoAnswerError():
            return error.status
        case APITimeoutError():
            never_reached = isinstance(error.__cause__, (httpx2.ConnectTimeout, httpx2.PoolTimeout))
            return "connection" if never_reached else "timeout"
        case TimeoutError():
            return "timeout"
        case RateLimitError():
            return "rate_limited"
        case APIStatusError():
            return f"http_{error.status_code}"
        case _:
            return "connection"


def may_try_again(error: BaseException) -> bool:
    """Whether the same question may do better a little later. Malformed answers are counted elsewhere."""
    match error:
        case APIStatusError() if error.response.headers.get("x-should-retry") == "false":
            return False
        case RateLimitError():
            return error.code not in SPENT
        case APIStatusError():
            return error.status_code in (408, 409) or error.status_code >= _SERVER_FAULT
        case _:
            return isinstance(error, APIConnectionError)


def is_outage(error: BaseException) -> bool:
    """Whether the server itself seems to be down or out of reach; a refusal of one question is none."""
    if isinstance(error, APIStatusError):
        return error.status_code >= _SERVER_FAULT
    return isinstance(error, (APIConnectionError, TimeoutError))


def retry_after(error: BaseException | None, now: datetime) -> float | None:
    """Seconds that the server wants us to wait, from `retry-after-ms` or `retry-after` (seconds or a date); else None."""
    if not isinstance(error, APIStatusError):
        return None
    headers = error.response.headers
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    told = headers.get("retry-after")
    seconds = _number(told)
    if seconds is not None or not told:
        return seconds
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def sentence_of(error: BaseException, model: str) -> str:
    """One sentence for an error met by the probe: what is wrong, and which setting to mend."""
    status = status_of(error)
    if isinstance(error, RateLimitError):
        if error.code in SPENT:
            return "The account behind OPENAI_API_KEY has no credit left. Top it up, or set another key."
        return "The model's server says that OPENAI_API_KEY asks too often (HTTP 429). Try again later, or set another key."
    sentences = {
        "timeout": "The server at OPENAI_BASE_URL did not answer in time. Check OPENAI_BASE_URL, or try again later.",
        "connection": "The server at OPENAI_BASE_URL can't be reached. Check it, and that this machine may connect there.",
        MALFORMED: "What answers at OPENAI_BASE_URL does not speak OpenAI's API. Check OPENAI_BASE_URL; most end with /v1.",
        "http_401": "The model's server refused OPENAI_API_KEY (HTTP 401). Set a key that belongs to the server at OPENAI_BASE_URL.",
        "http_403": f"OPENAI_API_KEY may not use the model “{model}” (HTTP 403). Set another OPENAI_API_KEY or OPENAI_MODEL.",
        "http_404": f"The server at OPENAI_BASE_URL has no model “{model}” (HTTP 404). Set OPENAI_MODEL to one that it has, "
        "and check that OPENAI_BASE_URL is whole; most end with /v1.",
    }
    if status in sentences:
        return sentences[status]
    code = status.removeprefix("http_")
    if isinstance(error, APIStatusError) and error.status_code < _SERVER_FAULT:
        return f"The model's server refused a small request (HTTP {code}). Check OPENAI_BASE_URL and OPENAI_MODEL."
    return f"The server at OPENAI_BASE_URL is out of order (HTTP {code}). Try again later, or check OPENAI_BASE_URL."


def _number(written: str | None) -> float | None:
    try:
        number = float(written or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None

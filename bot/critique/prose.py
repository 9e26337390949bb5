"""The model's words, made harmless before anybody reads them. Pure.

They are shown as plain text only, but a mention or a link may still tempt a reader or a client. So mentions lose what
makes them one, links go unless the very same stands in the draft or the approved facts, and hidden characters go.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

import regex

from bot.grounding import facts_in, normal_link, strip_hidden

_SLACK_CODE = regex.compile(r"<(?P<sign>[@#!])(?P<inner>[^<>|\n]*)(?:\|(?P<label>[^<>\n]*))?>")
_SLACK_LINK = regex.compile(r"<(?P<link>[a-z][a-z0-9+.-]*:[^<>|\s]+)(?:\|[^<>\n]*)?>", regex.IGNORECASE)
_SIGN = regex.compile(r"(?<![\p{L}\p{N}])[@＠]+(?=[\p{L}\p{N}_])")


def harmless(text: str, limit: int, links: Collection[str]) -> str:
    """One line of at most `limit` characters, without mentions, hidden characters, and links that are not in `links`.

    `links` are normalised, as `grounding.links_in` gives them. What is too long ends at a word, with an ellipsis.
    """
    text = strip_hidden(text[: limit * 20])
    text = _SLACK_CODE.sub(lambda match: match["label"] or "", text)
    text = _SLACK_LINK.sub(lambda match: match["link"], text)
    for fact in facts_in(text):
        if fact.sort in ("link", "email") and normal_link(fact.written) not in links:
            # Letters in disguise (full-width, bold) are a link only once they are made plain.
            text = text if fact.written in text else unicodedata.normalize("NFKC", text)
            text = text.replace(fact.written, " ")
    text = " ".join(_SIGN.sub("", text).split())
    text = regex.sub(r"\s+(?=[.,;:!?)])|(?<=\()\s+", "", text)
    return cut(text, limit)


def cut(text: str, limit: int) -> str:
    """The text, or its beginning up to a word's end and an ellipsis, at most `limit` characters."""
    if len(text) <= limit:
        return text
    short = text[: limit - 1]
    return short[: short.rfind(" ")].rstrip(" ,;:") + "…" if " " in short else short + "…"

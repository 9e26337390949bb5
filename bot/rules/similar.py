"""Kind `similar`: a text beside the organisation's key messages, or beside the leader's own earlier posts.

Both are a measure of words, not of meaning: 100 where one text has all words of the other, whatever their order. So a
draft that says a key message in other words looks far from it, which is why the review has to agree; and a post that
repeats a message in new words does not look close, which is as it should be. The hit stands at the text's beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field
from rapidfuzz import fuzz, process, utils

from bot.cadence import SAME_MESSAGE
from bot.model import Post
from bot.playbook import Playbook, is_live
from bot.playbook.values import RuleSpec, Shape
from bot.rules.kind import Check, Context, Hit, Reading
from bot.rules.patterns import compile_pattern

INSTEAD = "Key messages stand in prompts/messages.toml, and posts are what leaders have confirmed."

_LOOKED_AT = 4000
"""Characters of a text that are compared: more than any network but two takes, and it keeps the work small."""

_NO_WORDS = r"https?://[^\s]+|www\.[^\s]+|[@#][\p{L}\p{N}_.-]+"
_POSTS = 200
"""Earlier posts that are compared, newest first."""


class Params(Shape):
    """Keys of the kind `similar`. Likeness is rapidfuzz's `token_set_ratio`, 0 to 100.

    With `to = "messages"` it fires where the best likeness to a live key message, its sentence or one of its proof
    points, is below `below`. With `to = "posts"` where the likeness to a post of the last `days` days is `least` or
    more, and the shorter of the two has at least `share` of the other's words: a short text is easily part of a long
    one. Texts of fewer than `fewest_words` different words are passed over.
    """

    to: Literal["messages", "posts"]
    below: float = Field(default=50, ge=0, le=100)
    least: float = Field(default=85, ge=0, le=100)
    days: int = Field(default=90, gt=0)
    share: float = Field(default=1 / 3, gt=0, le=1)
    fewest_words: int = Field(default=6, ge=1)


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Value for the message: {date}, the day of the earlier post."""
    no_words = compile_pattern("kind", _NO_WORDS)

    # What people write is not remembered here, so that deleting it deletes it.
    def words(text: str) -> str:
        return utils.default_process(no_words.sub(lambda _: " ", text[:_LOOKED_AT]))

    @lru_cache(maxsize=4)
    def messages(today: date) -> tuple[str, ...]:
        live = (message for message in playbook.messages if is_live(message, today))
        return tuple(
            words(said) for one in live for said in (one.sentence, *(point.fact for point in one.proof_points))
        )

    def off_message(reading: Reading) -> Iterator[Hit]:
        known = messages(reading.context.now.date())
        said = words(reading.plain)
        if known and _different(said) >= params.fewest_words:
            near = process.extractOne(said, known, scorer=fuzz.token_set_ratio, score_cutoff=params.below)
            if near is None:
                yield Hit(0, 0)

    def repeated(reading: Reading) -> Iterator[Hit]:
        context = reading.context
        if not context.posted_texts:
            return
        said = words(reading.plain)
        if _different(said) < params.fewest_words:
            return
        for post, text in _earlier(context, params.days):
            if _alike(said, words(text), params):
                yield Hit(0, 0, values=(("date", _day(post.posted_at, context.timezone)),))
                return

    return off_message if params.to == "messages" else repeated


def _earlier(context: Context, days: int) -> Iterator[tuple[Post, str]]:
    """The posts to compare with, newest first. The same text on another network within a day is a cross-post."""
    texts: Mapping[str, str] = context.posted_texts
    for post in context.posts[:_POSTS]:
        age = context.now - post.posted_at
        there = context.platform_known and post.platform in context.platforms
        if post.id in texts and age <= timedelta(days=days) and (there or age > SAME_MESSAGE):
            yield post, texts[post.id]


def _alike(one: str, other: str, params: Params) -> bool:
    fewer, more = sorted((_different(one), _different(other)))
    if fewer < params.fewest_words or fewer < params.share * more:
        return False
    return fuzz.token_set_ratio(one, other, score_cutoff=params.least) >= params.least


def _different(words: str) -> int:
    return len(set(words.split()))


def _day(moment: datetime, zone: str) -> str:
    try:
        day = moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        day = moment.astimezone(UTC)
    return f"{day.day} {day:%B}"

"""Kind `furniture`: how many mentions, hashtags, links and emoji a post carries, and how many its network bears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from bot.counting.pictures import NO_EMOJI, Emoji, emoji_places
from bot.model import Edit
from bot.playbook import Playbook
from bot.playbook.values import RuleSpec, Shape
from bot.rules.fewer import fewer_emoji, fewer_tags
from bot.rules.kind import Check, Hit, Reading, Span
from bot.rules.patterns import Pattern, blanked, compile_pattern, compile_patterns, found, places
from bot.rules.places import Places, excused

INSTEAD = "How many hashtags and links a network bears stands in its file in prompts/platforms."

_MENTION = r"(?:^|[^\p{L}\p{N}_@./])(@[\p{L}\p{N}_][\p{L}\p{N}_.-]*)"
_HASHTAG = r"(?:^|[^\p{L}\p{N}_#&/])(#[\p{L}\p{M}\p{N}_]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*)"
_LINK = r"(?i)(?:https?://|\bwww\.)[^\s<>\"]+"


class Params(Shape):
    """Keys of the kind `furniture`: how much of each is still right.

    Hashtags and links have their limits in the platforms' files. Where the platform is not known, the leader's most
    generous one counts; `hashtags` and `links` count where the leader has none.

    `emoji_in_row` is how many emoji side by side are too many. `mentions_unless` are patterns that make any number of
    mentions right, such as thanks. What `exceptions` overlap is not counted.
    """

    mentions: int = Field(default=2, ge=0)
    hashtags: int = Field(default=3, ge=0)
    links: int = Field(default=1, ge=0)
    emoji: int = Field(default=2, ge=0)
    emoji_in_row: int = Field(default=2, ge=2)
    mentions_unless: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Limits:
    hashtags: int
    links: int


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for a pattern that RE2 refuses."""
    thanks = compile_patterns("mentions_unless", params.mentions_unless)
    exceptions = compile_patterns("exceptions", params.exceptions)
    link, mention, hashtag = (compile_pattern("kind", pattern) for pattern in (_LINK, _MENTION, _HASHTAG))

    def check(reading: Reading) -> Iterator[Hit]:
        text = reading.text
        limits = _limits(reading)
        links = list(places((link,), text)) if "://" in text or "www." in text.lower() else []
        if not links and text.isascii() and "@" not in text and "#" not in text:
            return  # nothing to count
        excepted = excused(exceptions, reading)
        unlinked = blanked(link, text) if links else text
        links = excepted.without(links)
        mentions = excepted.without(_tags(mention, unlinked)) if "@" in unlinked else []
        if len(mentions) > params.mentions and not found(thanks, reading.plain):
            yield from _too_many("mentions", mentions, params.mentions, fewer_tags(text, mentions, params.mentions))
        hashtags = excepted.without(_tags(hashtag, unlinked)) if "#" in unlinked else []
        yield from _too_many("hashtags", hashtags, limits.hashtags, fewer_tags(text, hashtags, limits.hashtags))
        yield from _too_many("links", links, limits.links)
        yield from _emoji(text, excepted)

    def _limits(reading: Reading) -> _Limits:
        platforms = [one for name in reading.context.platforms if (one := playbook.platform(name)) is not None]
        if not platforms:
            return _Limits(params.hashtags, params.links)
        choose = min if reading.context.platform_known else max
        return _Limits(choose(one.hashtags for one in platforms), choose(one.links for one in platforms))

    def _emoji(text: str, excepted: Places) -> Iterator[Hit]:
        signs = [one for one in _signs(text) if not (excepted and excepted.near(one.start, one.end))]
        if len(signs) > params.emoji:
            yield from _too_many("emoji", signs, params.emoji, fewer_emoji(text, signs, params.emoji))
            return
        row = params.emoji_in_row
        for first, last in zip(signs, signs[row - 1 :], strict=False):
            between = text[first.start : last.end]
            if not any(character.isalnum() for character in between) and len(between.split()) <= row:
                values = (("count", str(row)), ("what", "emoji in a row"), ("limit", "1"))
                surplus = tuple(
                    Edit(one.start, one.end) for one in signs[signs.index(first) + 1 : signs.index(last) + 1]
                )
                yield Hit(first.start, last.end, values=values, evidence="emoji in a row", edits=surplus)
                return

    return check


def _too_many(what: str, spans: Sequence[Span | Emoji], limit: int, edits: tuple[Edit, ...] = ()) -> Iterator[Hit]:
    """One hit, from the first that is too many to the last."""
    if len(spans) > limit:
        values = (("count", str(len(spans))), ("what", what), ("limit", str(limit)))
        yield Hit(spans[limit].start, spans[-1].end, values=values, evidence=f"{len(spans)} {what}", edits=edits)


def _tags(pattern: Pattern, text: str) -> list[Span]:
    return [Span(match.start(1), match.end(1)) for match in pattern.finditer(text)]


def _signs(text: str) -> list[Emoji]:
    """Emoji, each sequence once; without ©, ® and ™, which readers take for text."""
    return [one for one in emoji_places(text) if one.signs.rstrip("\ufe0f") not in NO_EMOJI]

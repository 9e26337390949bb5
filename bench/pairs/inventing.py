"""Rewritings that bring in one fact, by kind. What is brought in is never in the draft."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import regex

from bench.pairs.drafts import MONTHS, Draft

Made = Callable[[Draft, Random], str | None]
"""The rewriting; None where the draft gives no occasion for this kind."""

TEENS = ("thirteen", "fourteen", "sixteen", "seventeen", "nineteen")
TENS = ("fifty", "seventy", "eighty")
STRANGERS = ("Marisol", "Torvald", "Ngozi", "Kwame", "Ludmila", "Bartholomew")
PLACES = ("Wolverhampton", "Ouagadougou", "Tampere", "Bologna", "Kraków")


def _put(draft: Draft, random: Random, words: str) -> str:
    """The draft with a sentence somewhere in it."""
    sentences = list(draft.sentences)
    sentences.insert(random.randint(0, len(sentences)), words)
    return " ".join(sentences)


def figure(draft: Draft, random: Random) -> str:
    """A number in digits."""
    number = random.choice((13, 17, 23, 37, 53, 413, 5_213, 31_007))
    return _put(draft, random, f"That makes {number:,} depots in all.")


def share(draft: Draft, random: Random) -> str:
    """A share."""
    return _put(draft, random, f"Costs fell by {random.choice((13, 17, 33, 61))}{random.choice(('%', ' per cent'))}.")


def money(draft: Draft, random: Random) -> str:
    """A sum of money."""
    return _put(
        draft,
        random,
        f"We put {random.choice(('£', '$', '€'))}{random.choice((13, 17, 71))}{random.choice(('m', ' million', 'bn'))} in.",
    )


def in_words(draft: Draft, random: Random) -> str:
    """A number in words."""
    number = random.choice((*TEENS, *(f"{ten}-{one}" for ten in TENS for one in ("two", "six"))))
    return _put(draft, random, f"There were {number} of us at first.")


def changed_digit(draft: Draft, random: Random) -> str | None:
    """One figure of the draft with another digit."""
    found = list(regex.finditer(r"(?<![\w/.=])\d[\d,]*", draft.text))
    if not found:
        return None
    one = random.choice(found)
    number = int(one.group().replace(",", "")) + 1
    others = {match.group().replace(",", "") for match in found}
    if str(number) in others or number < 13:
        return None
    return draft.text[: one.start()] + str(number) + draft.text[one.end() :]


def date(draft: Draft, random: Random) -> str | None:
    """A day, or a year."""
    month = random.choice(MONTHS)
    if month in draft.text:
        return None
    return _put(draft, random, random.choice((f"It starts on {random.randint(1, 28)} {month}.", "It starts in 2033.")))


def link(draft: Draft, random: Random) -> str:
    """A link in one of many shapes."""
    host = random.choice(("collect.example", "news-desk.example", "bit.example", "alder-plan.example"))
    shapes = (
        "https://{}/x", "http://{}", "www.{}", "{}/a", "{}", "HTTPS://{}/X", "<https://{}|here>", "[here](https://{})",
        "mailto:me@{}", "ftp://{}/f", "h\u200bttps://{}", "ｈｔｔｐｓ://{}", "https://{}:8080/x?y=1#z",
        "https://alder.example@{}/", "{}。", "collect。example/x", "//{}/x",
    )  # fmt: skip
    return _put(draft, random, f"See {random.choice(shapes).format(host)} for more")


def address(draft: Draft, random: Random) -> str:
    """An e-mail address."""
    return _put(
        draft, random, f"Write to {random.choice(('press', 'jo.marsh'))}@{random.choice(('collect', 'bit'))}.example."
    )


def handle(draft: Draft, random: Random) -> str:
    """An account's name."""
    return _put(
        draft,
        random,
        f"Ask {random.choice(('@collectbot', '@dana_r', '＠collectbot', '@alder2', '@al.der'))} about it.",
    )


def tag(draft: Draft, random: Random) -> str:
    """A tag, or a ticker."""
    return _put(draft, random, random.choice(("#winning", "#AlderDay", "$ALDR", "＃winning")))


def mention(draft: Draft, random: Random) -> str:
    """A mention that Slack would act on."""
    return _put(draft, random, random.choice(("<!channel>", "<@U0COMMS001>", "@here", "<!subteam^S1>", "@everyone")))


def name_inside(draft: Draft, random: Random) -> str:
    """A name within a sentence."""
    return _put(draft, random, f"We owe this to {random.choice(STRANGERS)} and to {random.choice(PLACES)}.")


def name_first(draft: Draft, random: Random) -> str:
    """A stranger's name that opens a sentence."""
    return _put(
        draft,
        random,
        f"{random.choice(STRANGERS)} {random.choice(('knows', 'said', 'asked', 'saw', 'built'))} it first.",
    )


STRICT: dict[str, Made] = {
    "figure": figure,
    "share": share,
    "money": money,
    "number in words": in_words,
    "changed digit": changed_digit,
    "date": date,
    "link": link,
    "e-mail address": address,
    "handle": handle,
    "tag": tag,
    "mention": mention,
}
"""Kinds of which none may be let through."""

OTHERS: dict[str, Made] = {"name within a sentence": name_inside, "stranger's name opening a sentence": name_first}

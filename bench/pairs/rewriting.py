"""Ways to rewrite a draft: those that say nothing new, and those that bring in a fact."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import regex

from bench.pairs.drafts import MONTHS, WORDS, Draft

Rewrite = Callable[[Draft, Random], str]

NUMBERS = {word: number for number, word in WORDS.items()}
SAME = {
    "We have decided to": ("We will", "We decided to", "We are going to"),
    "Thank you to": ("Thanks to", "My thanks go to"),
    "matters more than speed": ("comes before speed", "is worth more than speed"),
    "asked for one thing this year": ("have asked for one thing", "wanted one thing"),
    "It is a start.": ("This is a beginning.", "That is where we start."),
    "I am grateful to": ("I owe a lot to", "Credit goes to"),
    "We will say each month how it goes.": ("Each month we will say how it goes.", "You will hear from us each month."),
    "it is worth it": ("it is money well spent", "that is right"),
    "showed us how": ("showed the way", "led the way"),
}
OPENERS = (
    "Because it matters, {}", "So {}", "Still, {}", "This year {}", "Here is why: {}", "Put plainly, {}", "Honestly: {}",
    "To be clear, {}", "Years ago I would have said no. {}", "Let me be plain: {}", "Why now? {}", "Again: {}",
)  # fmt: skip
ADDED = (
    "That is the whole point.", "Nothing else comes close.", "Customers notice.", "Which is why we do it.",
    "Drivers know their roads.", "Better late than never.", "Everyone gains from it.", "Trust grows slowly.",
    "Demand drove the decision.", "Winter saw to that.", "Change asks a lot of people.", "Experience taught us patience.",
    "Leadership begins with listening.", "Simple words help.", "Management agreed at once.", "Winter's lesson is simple.",
    "Nobody asked for applause.", "Honest answers build trust.", "Small steps add up.", "Fewer rules, better judgement.",
    "“Ask the people who do the work” is still good advice.", "— Slowly, then all at once.", "• Safer yards", "✅ Done",
    "It’s a promise we mean to keep.", "Don't take my word for it: ask a driver.", "Q&A helps more than a speech.",
    "Weekdays are not enough for a parcel.", "Thank you, all.", "OK, so what now?", "PS: it was never about speed.",
    "Day by day it gets better.", "Nights are hard; we know.", "In short: we listened.", "Yes, it took too long.",
)  # fmt: skip
"""Sentences without a fact. Several begin with words that could be taken for names."""

GAPS = ("[what changes for customers, and from when]", "[a figure, once it is published]", "[name of the depot]")


def fewer(draft: Draft, random: Random) -> str:
    """One sentence less."""
    kept = list(draft.sentences)
    kept.pop(random.randrange(len(kept)))
    return " ".join(kept)


def other_order(draft: Draft, random: Random) -> str:
    """The sentences in another order."""
    return " ".join(random.sample(draft.sentences, len(draft.sentences)))


def other_words(draft: Draft, random: Random) -> str:
    """Phrases of the same meaning."""
    text = draft.text
    for phrase, others in SAME.items():
        text = text.replace(phrase, random.choice(others))
    return text


def numbers_as_words(draft: Draft, random: Random) -> str:
    """Digits for words, and words for digits."""
    text = regex.sub(r"(?<![\d,£])\b\d{1,2}\b(?![%,\d]| (?:" + "|".join(MONTHS) + "))", _as_word, draft.text)
    return text if random.random() < 0.5 else regex.sub(r"\b[a-z]+(?:-[a-z]+)?\b", _as_digits, draft.text)


def other_signs(draft: Draft, random: Random) -> str:
    """Shares, sums, thousands and dates written in another way."""
    text = draft.text.replace("%", random.choice((" per cent", " percent", " %")))
    text = regex.sub(r"£(\d+) million", random.choice((r"£\1m", r"\1 million pounds", r"£\1M")), text)
    text = regex.sub(r"\b(\d),?(\d{3})\b(?<!20\d\d)", random.choice((r"\1\2", r"\1,\2")), text)
    return regex.sub(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b", random.choice((r"\2 \1", r"\1 \2")), text)


def other_quotes(draft: Draft, random: Random) -> str:
    """Other quotes, dashes, line breaks and escapes."""
    text = draft.text.replace("'", "’").replace(", and", " and").replace(". ", random.choice((".\n\n", ".\n", ".  ")))
    return text.replace("&", "&amp;")


def joined(draft: Draft, random: Random) -> str:
    """Two sentences as one, or one with another beginning."""
    first, second, *rest = draft.sentences if len(draft.sentences) > 1 else (*draft.sentences, "It is a start.")
    lowered = second[0].lower() + second[1:] if not second.split()[0][1:].isupper() else second
    if random.random() < 0.5 and second.split()[0].rstrip(",") in {
        "It",
        "We",
        "That",
        "The",
        "From",
        "By",
        "In",
        "More",
    }:
        return " ".join([first.rstrip(".?") + ", and " + lowered, *rest])
    lowered = first[0].lower() + first[1:] if not first.startswith("I ") else first
    return " ".join([random.choice(OPENERS).format(lowered), second, *rest])


def with_a_sentence(draft: Draft, random: Random) -> str:
    """A sentence more that states no fact, or a gap."""
    more = random.choice((*ADDED, f"It means {random.choice(GAPS)}."))
    return f"{draft.text} {more}"


HARMLESS: tuple[Rewrite, ...] = (
    fewer, other_order, other_words, numbers_as_words, other_signs, other_quotes, joined, with_a_sentence,
)  # fmt: skip


def _as_word(match: regex.Match[str]) -> str:
    return WORDS.get(int(match.group()), match.group())


def _as_digits(match: regex.Match[str]) -> str:
    return str(NUMBERS.get(match.group(), match.group()))

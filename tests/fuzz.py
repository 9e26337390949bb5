"""Odd texts for the rules: any characters, and the rules' own examples cut, repeated, joined and written otherwise.

A number decides all of one text and its circumstances, so that a text that fails is found again:

    python -m tests.fuzz [HOW MANY] [FIRST NUMBER]

tries texts that no other run has tried, unless the first number is given, and says which of them fail.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from random import Random

from bot.books import Books
from bot.examine import Subject, by_both, weigh
from bot.model import Attachments, CarriedFinding, Critique, Finding, text_hash
from bot.playbook import load_playbook
from bot.rules import compile_rules
from bot.rules.kind import Context
from bot.verdict import rules_only
from tests.own_rules import NOW, post, window

HOW_MANY = 100_000
LONGEST = 2_000

_RANGES = (
    (0x00, 0x7F), (0x20, 0x7E), (0x80, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x6FF), (0x900, 0xE7F), (0x1100, 0x11FF),
    (0x1D00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x4E80), (0xAC00, 0xAC80), (0xD800, 0xDFFF),
    (0xE000, 0xE010), (0xFB00, 0xFDFF), (0xFE00, 0xFFFF), (0x1D400, 0x1D7FF), (0x1F100, 0x1F2FF), (0x1F300, 0x1FAFF),
    (0xE0000, 0xE01EF), (0x0, 0x10FFFF),
)  # fmt: skip
"""Code points, lone surrogates, private use and unassigned ones among them."""

_ODD = (
    "\x00", "\x1b", "\x7f", "\x85", "\u200b", "\u200d", "\u200e", "\u202e", "\u2028", "\u2066", "\ufeff", "\ufe0f", "\u20e3",
    "\u0301", "\u0345", "\U000e0041", "\ud83d", "\udc00", "\ue000", "\u0378",
    "👨‍👩‍👧‍👦", "👍🏽", "🇬🇧", "🇬", "1️⃣", "❤️", "½", "™", "…", "”",
    "İ", "ı", "ß", "ẞ", "ſ", "K", "ŉ", "ǅ", "ﬁ", "ﷺ", "€", "£", "•", "。", "！", "@", "#", "$", "://",
    "<!channel>", "\\", "{}", "{quote}",
)  # fmt: skip
_ALIKE = str.maketrans(
    {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і", "A": "Α", "E": "Ε", "O": "Ο"}
)
_SPACES = ("\xa0", "\u3000", "\t", "\r\n", "\n", "  ", "\u2009", "")
_ZONES = ("UTC", "Europe/London", "America/New_York", "Pacific/Chatham", "Asia/Kolkata")
_WINDOWS = (
    window("quiet-period"),
    window("trading-blackout", topics=("order", "Alder", "é", "(")),
    window("embargo", rules=("results", "names-project"), ends=NOW + timedelta(days=2)),
    window("deal", silent=True, topics=("the",)),
    window("crisis", everything=True, end_event="the funeral"),
)


@dataclass(frozen=True, slots=True)
class Odd:
    """One text with its circumstances."""

    text: str
    subject: Subject


@cache
def books() -> Books:
    """The shipped playbook and its rules."""
    playbook = load_playbook()
    return Books(playbook, compile_rules(playbook)[0])


def odd(number: int) -> Odd:
    """The text of that number."""
    chance = Random(number)
    text = _any_text(chance) if chance.random() < 0.25 else _changed(chance)
    return Odd(text, _subject(chance, text))


def faults(number: int) -> list[str]:
    """What is wrong with what a review without the model finds in the text of that number; empty when all is right."""
    one = odd(number)
    try:
        return _faults(one, number)
    except Exception as fault:  # whatever it is, it has to be shown with the text
        return [f"{type(fault).__name__}: {fault}"]


def _faults(one: Odd, number: int) -> list[str]:
    kept, text, subject = books(), one.text, one.subject
    report = kept.rules.check(text, subject.context)
    found = [f"left out: {left.rule}" for left in report.left_out]
    alone = rules_only(kept.playbook, text, report, platforms=subject.platforms, pending=True, status="")
    both = weigh(kept, subject, report, Critique("not_configured"))
    if number % 10 == 0 and asyncio.run(by_both(kept, None, subject)) != both:
        found.append("examined twice, the verdicts differ")
    for finding in (*report.findings, *alone.findings, *both.findings):
        if not 0 <= finding.start <= finding.end <= len(text):
            found.append(f"{finding.rule} stands at {finding.start} to {finding.end} of {len(text)}")
        elif finding.quote != text[finding.start : finding.end]:
            found.append(
                f"{finding.rule} quotes {finding.quote!r}, and there stands {text[finding.start : finding.end]!r}"
            )
    return found


def _any_text(chance: Random) -> str:
    ranges = chance.sample(_RANGES, chance.randint(1, 4))
    pieces = [chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(0, 200))]
    pieces += [chance.choice(_ODD) for _ in range(chance.randint(0, 5))]
    chance.shuffle(pieces)
    return "".join(pieces) * chance.choice((1, 1, 1, 3))


def _changed(chance: Random) -> str:
    texts = [chance.choice(_samples()) for _ in range(chance.choice((1, 1, 2, 4)))]
    text = chance.choice(("", " ", "\n", "\n\n", ". ")).join(texts)
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(_CHANGES)(chance, text)
    return text[:LONGEST]


@cache
def _samples() -> Sequence[str]:
    return tuple(sample.text for spec in books().playbook.rules for sample in (*spec.flags, *spec.passes))


def _span(chance: Random, text: str) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, chance.randint(start, min(len(text), start + 60))


def _cut(chance: Random, text: str) -> str:
    start, end = _span(chance, text)
    return text[:start] + text[end:]


def _twice(chance: Random, text: str) -> str:
    start, end = _span(chance, text)
    return text[:start] + text[start:end] * chance.randint(2, 12) + text[end:]


def _moved(chance: Random, text: str) -> str:
    start, end = _span(chance, text)
    place = chance.randint(0, len(text) - (end - start))
    rest = text[:start] + text[end:]
    return rest[:place] + text[start:end] + rest[place:]


def _with_odd(chance: Random, text: str) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice(_ODD) * chance.choice((1, 1, 1, 7)) + text[place:]


def _otherwise(chance: Random, text: str) -> str:
    """A piece in other letters: wide, bold, look-alike, large, small, taken apart, with marks between."""
    start, end = _span(chance, text)
    return text[:start] + chance.choice(_WAYS)(text[start:end]) + text[end:]


def _spaced(chance: Random, text: str) -> str:
    return text.replace(" ", chance.choice(_SPACES), chance.choice((1, 3, -1)))


_CHANGES: tuple[Callable[[Random, str], str], ...] = (_cut, _twice, _moved, _with_odd, _otherwise, _otherwise, _spaced)
_WAYS: tuple[Callable[[str], str], ...] = (
    lambda piece: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in piece),
    lambda piece: "".join(chr(0x1D5D4 + ord(one) - 65) if "A" <= one <= "Z" else one for one in piece),
    lambda piece: "".join(chr(0x1D5EE + ord(one) - 97) if "a" <= one <= "z" else one for one in piece),
    lambda piece: piece.translate(_ALIKE),
    str.upper,
    str.lower,
    str.title,
    lambda piece: unicodedata.normalize("NFKD", piece),
    "\u200b".join,
    "\u0301".join,
    lambda piece: piece[::-1],
    lambda piece: piece.replace("'", "’").replace('"', "“").replace("-", "–"),
)


def _subject(chance: Random, text: str) -> Subject:
    networks = [platform.id for platform in books().playbook.platforms]
    platforms = tuple(chance.sample(networks, chance.randint(0, len(networks))))
    posts = [post(chance.choice(networks), chance.randint(0, 400)) for _ in range(chance.choice((0, 0, 1, 5)))]
    if posts and chance.random() < 0.2:
        posts[0] = replace(posts[0], text_hash=text_hash(text))
    posts.sort(key=lambda one: one.posted_at, reverse=True)
    images = chance.choice((0, 0, 1, 4))
    context = Context(
        now=NOW + timedelta(hours=chance.randint(0, 24 * 14)),
        timezone=chance.choice(_ZONES),
        leader=chance.choice(("", "U0LEADER01")),
        platforms=platforms,
        platform_known=chance.random() < 0.5,
        attachments=Attachments(images=images, described=chance.randint(0, images), videos=chance.choice((0, 1))),
        windows=tuple(chance.sample(_WINDOWS, chance.choice((0, 0, 1, 2)))),
        posts=tuple(posts),
    )
    return Subject(text, context, platforms, NOW.date(), earlier=_earlier(chance, text))


def _earlier(chance: Random, text: str) -> tuple[CarriedFinding, ...]:
    """Findings of an earlier text, some of which still hold."""
    if chance.random() < 0.7 or not text:
        return ()
    before = _cut(chance, text)
    report = books().rules.check(before, Context(now=NOW, platforms=("linkedin",), platform_known=True))
    states = ("open", "fixed", "dismissed", "withdrawn")
    return tuple(_carried(finding, chance.randrange(4), states) for finding in report.findings[:4])


def _carried(finding: Finding, which: int, states: Sequence[str]) -> CarriedFinding:
    return CarriedFinding(finding, states[which], 1)  # type: ignore[arg-type]


def main(how_many: int = HOW_MANY, first: int | None = None) -> int:
    """Try so many texts. The number of those that fail; each is printed with what is wrong."""
    first = secrets.randbelow(2**48) if first is None else first
    print(f"{how_many:,} texts from number {first} on")
    failed = 0
    for number in range(first, first + how_many):
        wrong = faults(number)
        if wrong:
            failed += 1
            print(f"{number}: {'; '.join(wrong)[:300]}\n    {odd(number).text[:200]!r}")
    print(f"{failed} of them failed")
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(*(int(argument) for argument in sys.argv[1:3]))))

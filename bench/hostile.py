"""What texts made to be slow cost: all rules on so many characters of one kind, and how the time grows with the length.

The time is the processor's. Where it grows with the length, twice the text takes twice the time; with the square, four
times. Growth is read between the two longest texts, which take long enough to be told from noise.

    python -m bench.hostile [NUMBER OF CHARACTERS]
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from statistics import median

from bench.rules import CONTEXT
from bot.model import Attachments
from bot.playbook import load_playbook
from bot.rules import RuleSet, compile_rules

CHARACTERS = 100_000
TRIES = 2
SHOWN = 12
AIM_MS = 200
"""Milliseconds that the worst of them should take."""

UNITS = (
    "a", "A", "0", " ", "\n", ".", "!", "?", "@", "#", "$", "%", "/", "(", ")", "[", "{{", "<", "\"", "'", "-", "_", "*", "~",
    ":", "&amp;", "\\", "^", "\x00", "\t", "\r\n", "é", "ß", "ж", "漢", "ａ", "𝗕", "ǅ", "ﷺ", "ﬁ", "½", "™", "£", "€", "…", "”",
    "😀", "❤️", "👨‍👩‍👧‍👦", "🇬🇧", "🇬", "1\ufe0f\u20e3", "1\ufe0f", "👍🏽", "\u200d", "\u200b", "\u202e", "\u0301", "a\u0301",
    "a\u0301\u0302",
    "\U000e0041", "\ud800", "\ue000", "\u0378", "اب ", "שלום ", "aж", "Aж ", "aжbδ", "नमस्ते ", "ไทย", "한글 ",
    "a ", "we ", "We ", "you ", "our our ", "WE ARE ", "AAA ", "Hi. ", "Hi! ", "Hi? ", "a. ", "U.S. ", "3.5 ", "1. ", "- a\n",
    "• a ", "1/ ", "1/2 ", "(1/2) ", "@a ", "@ ", ".@a ", "#a ", "#hiring ", "#abcdefghijklmnop ", "$A ", "$ABC ", "€5 ", "£5m ",
    "a@", "a@b.example ", "a@b.", "http://", "https://a.example ", "https://a.example/?utm_source=x&", "www.", "a.example ",
    "a.", "a-", "a.example/(", "漢字.com", "localhost/ ", "10.0.0.1 ", "<https://a.example|a> ", "<@U1>", ":smile: ", "*a* ",
    "_a_ ", "_a ", "~a~", "[NAME] ", "[link", "{{x", "${a", "'a' ", "\"a\" ", "(a) ", "((a", "+1", "+44 20 ", "07700 900123 ",
    "020 7946 0123, ", "555-0123 ", "4111 1111 1111 1111 ", "4111111111111111", "GB82WEST12345698765432 ", "GB82 ", "AA11 ",
    "order 12345 ", "your order #123456 ", "DM me your order. ", "we 1 ", "revenue 14% ", "our revenue is 14% ", "we will ",
    "layoffs, ", "Project Juniper ", "Juniper ", "buy stock ", "buy a b c ", "I think ", "I think we should ", "thoughts? ",
    "not a problem but ", "you're wrong ", "the world's best ", "January 1, ", "12:00 UTC ", "version 1.2 ", "he said, ",
    "Tom and I ", "Tom, ", "London, UK ", "sorry you ", "Thanks to @a for ", "customer service is ", "SSN 078-05-1120 ", "NI ",
    "AB123456C ", "passport 123456789 ", "\u3000", "\xa0", "\u2028", "\x85", "x" * 300 + " ", "Supercalifragilistic",
)  # fmt: skip
"""Each is repeated up to the length. All are written here; the phone and card numbers are those for tests and examples."""


def main(characters: int = CHARACTERS) -> None:
    """Print the slowest kinds of text in milliseconds, and those whose time grows faster than their length."""
    rules, _ = compile_rules(load_playbook())
    kinds = [(_cost(rules, unit, characters), _cost(rules, unit, characters // 2), unit) for unit in UNITS]
    kinds.sort(reverse=True)
    print(f"{len(UNITS)} kinds of {characters:,} characters, {len(rules.names)} rules, milliseconds of the processor")
    print(f"median {median(full for full, _, _ in kinds):.0f}, worst {kinds[0][0]:.0f}, aim below {AIM_MS}")
    for full, half, unit in kinds[:SHOWN]:
        print(f"  {full:7.1f}   {full / half:4.1f} times the half   {unit[:30]!r}")
    growing = [(full / half, unit) for full, half, unit in kinds if full > AIM_MS / 10 and full > 3 * half]
    print(
        f"growing faster than their length: {', '.join(f'{unit[:30]!r} {times:.1f}' for times, unit in growing) or 'none'}"
    )


def repeated(unit: str, length: int) -> str:
    """So many characters of one kind."""
    return (unit * (length // len(unit) + 1))[:length]


def _cost(rules: RuleSet, unit: str, characters: int) -> float:
    context = replace(CONTEXT, attachments=Attachments(images=1))
    text = repeated(unit, characters)
    times = []
    for _ in range(TRIES):
        begun = time.thread_time()
        rules.check(text, context)
        times.append(1000 * (time.thread_time() - begun))
    return min(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHARACTERS)

"""Each network's counting against its published rules: tables of texts, the length that is right, and the rule they follow.

The networks are the shipped ones, so that the files in prompts/platforms are held too.
"""

from __future__ import annotations

import time
from functools import cache

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.counting import count, over, visible
from bot.playbook import load_playbook
from bot.playbook.values import Platform

FAMILY = "👨‍👩‍👧‍👦"
LONG = "https://alder.com/reports/2026/the-wait-at-the-gate?from=post&part=2"
NETWORKS = ("x", "linkedin", "threads", "instagram", "facebook", "mastodon", "bluesky")

X = [
    ("We decided to pay for the wait.", 31, "Latin letters, spaces and marks weigh 1"),
    ("Müller, Łukasz, Nguyễn", 23, "U+0000 to U+10FF weighs 1, Vietnamese letters beyond it 2"),
    ("Привет", 6, "Cyrillic is below U+10FF"),
    ("مرحبا", 5, "Arabic is below U+10FF"),
    ("नमस्ते", 6, "Devanagari is below U+10FF, each sign counts"),
    ("ა", 1, "U+10D0, Georgian, is the last alphabet below U+10FF"),
    ("ᄀ", 2, "U+1100, the first beyond it, weighs 2"),
    ("漢字", 4, "Chinese weighs 2 each"),
    ("カタカナとかな", 14, "Japanese weighs 2 each"),
    ("한국", 4, "Korean weighs 2 each"),
    ("\u1112\u1161\u11ab", 2, "NFC first: three parts of a Korean syllable are one"),
    ("cafe\u0301", 4, "NFC first: e and its accent are one"),
    ("“quoted” – it’s fine — really", 29, "U+2010 to U+201F, quotes and dashes, weighs 1"),
    ("a\u2009b\u200bc", 5, "U+2000 to U+200D, narrow spaces and joiners, weighs 1"),
    ("5′ 30″", 6, "U+2032 to U+2037, primes, weighs 1"),
    ("…", 2, "U+2026 is in no range of weight 1"),
    ("€ • → ™", 11, "signs beyond the ranges weigh 2"),
    ("½ ± §", 5, "signs of Latin-1 weigh 1"),
    ("🚀", 2, "an emoji weighs 2"),
    ("👍🏽", 2, "an emoji with a skin tone weighs 2"),
    (FAMILY, 2, "joined emoji weigh 2 together"),
    ("👩🏽‍🚀", 2, "joined, with a skin tone, weigh 2 together"),
    ("🇬🇧🇫🇷", 4, "a flag weighs 2"),
    ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2, "a flag of tags weighs 2"),
    ("1️⃣#️⃣", 4, "a keycap weighs 2"),
    ("❤️ ❤", 5, "a heart weighs 2, with or without its variation sign"),
    ("a\nb\n\nc", 6, "a line break weighs 1"),
    ("https://alder.com", 23, "any link weighs 23, also a shorter one"),
    (LONG, 23, "any link weighs 23, also a longer one"),
    ("http://alder.com:8080/a/b.html#c", 23, "port, path and place belong to a link"),
    ("HTTPS://ALDER.COM/A", 23, "capitals make no difference"),
    ("alder.com", 23, "a domain without a scheme is a link"),
    ("www.alder.co.uk/jobs", 23, "so is one of a country, with a path"),
    ("alder.parcels", 13, "a top level that does not exist makes no link"),
    ("e.g. and i.e. and U.S.", 22, "nor do abbreviations"),
    ("v1.2.3 for 3.5m", 15, "nor do numbers"),
    ("See alder.com.", 28, "a full stop after a link is not part of it"),
    ("alder.com, alder.com!", 49, "nor are comma and exclamation mark"),
    ("(alder.com)", 25, "nor are brackets around it"),
    ("https://alder.com/a_(b)", 23, "balanced brackets in a path are part of it"),
    ("https://alder.com/a)", 24, "a single closing bracket is not"),
    ("漢字alder.com", 27, "a link may follow Chinese without a space"),
    ("alder.com漢字", 27, "and Chinese may follow a link"),
    ("漢字https://alder.com/漢字です", 35, "Chinese after a path is not part of it"),
    ("http://bücher.de/x", 23, "a domain with an accent is a link with a scheme"),
    ("dana@alder.com", 14, "an e-mail address is no link"),
    ("@alder.com #alder.com", 21, "nor is what stands after @ or #"),
    ("$alder.com", 10, "nor is what stands after $"),
    ("ftp://alder.com", 15, "nor is a scheme other than http and https"),
    ("http://alder", 12, "nor is a name without a top level"),
    ("@dana #cleanstreets", 19, "mentions and tags count in full"),
    ("\ufffe\ufeff\uffff", 6, "invalid characters weigh 2 each"),
    ("\u202aabc\u202c", 7, "marks of direction weigh 2 each"),
    ("🐦‍🔥", 5, "an emoji newer than the published list counts by its parts, never too few"),
]
LINKEDIN = [
    ("We decided to pay for the wait.", 31, "a letter is 1"),
    ("Müller", 6, "a letter with an accent is 1"),
    ("漢字", 2, "Chinese is 1 each"),
    ("“…” – €", 7, "signs are 1 each"),
    ("🚀", 2, "an emoji outside the first plane is 2 units"),
    ("👍🏽", 4, "its skin tone is 2 more"),
    (FAMILY, 11, "joined emoji count with their joiners"),
    ("🇬🇧", 4, "a flag is two signs of 2"),
    ("𝗕𝗼𝗹𝗱", 8, "fancy letters are 2 each"),
    (LONG, 68, "a link counts in full"),
    ("a\n\nb", 4, "a line break is 1"),
    ("@Dana Reyes #CleanStreets", 25, "names and tags count as they stand"),
]
THREADS = [
    ("We decided to pay for the wait.", 31, "a letter is 1"),
    ("Müller 漢字", 9, "so is any other, whatever its bytes"),
    ("“…” – €", 7, "and so are signs"),
    ("🚀", 4, "an emoji counts its bytes in UTF-8"),
    ("👍🏽", 8, "with its skin tone"),
    (FAMILY, 25, "with its joiners"),
    ("🇬🇧", 8, "a flag too"),
    ("1️⃣", 7, "a keycap too"),
    ("❤️ ❤", 10, "a heart has 3, and 3 more for its variation sign"),
    ("1 # * © ® ™", 11, "figures and marks of trade are no emoji"),
    (LONG, 68, "a link counts in full"),
    ("a\n\nb", 4, "a line break is 1"),
]
INSTAGRAM = [
    ("We decided to pay for the wait.", 31, "a letter is 1"),
    ("Müller", 6, "a letter with an accent is 1"),
    ("cafe\u0301", 5, "two where the accent stands by itself"),
    ("漢字", 2, "Chinese is 1 each"),
    ("🚀", 1, "an emoji of one sign is 1"),
    (FAMILY, 7, "joined emoji count each of their signs"),
    ("🇬🇧", 2, "a flag has two signs"),
    (LONG, 68, "a link counts in full"),
    ("#clean #streets @dana", 21, "tags and mentions count in full"),
    ("a\n\nb", 4, "a line break is 1"),
]
FACEBOOK = INSTAGRAM
MASTODON = [
    ("We decided to pay for the wait.", 31, "a letter is 1"),
    ("cafe\u0301", 4, "what a reader sees as one character is 1"),
    (FAMILY + "🇬🇧👍🏽", 3, "so is each emoji"),
    ("漢字", 2, "Chinese is 1 each"),
    (LONG, 23, "a link is 23"),
    ("http://a.io", 23, "also a shorter one"),
    ("alder.com www.alder.com", 23, "without a scheme it is no link, and counts as it stands"),
    ("http://alder https://localhost/x", 32, "nor is a name without a top level that exists"),
    ("https://alder.parcels/x", 23, "nor is one of a top level that does not exist, here 23 by chance"),
    ("https://alder.parcels/abc", 25, "as this shows"),
    ("See https://alder.com/a.", 28, "a full stop after a link is not part of it"),
    ("(https://alder.com/a), and", 30, "nor are brackets and commas around it"),
    ("https://alder.com/a_(b)", 23, "balanced brackets in a path are"),
    ("https://alder.com/a_(b_(c))", 23, "also one within another"),
    ("https://alder.com/a?b=c!", 24, "nor is an exclamation mark after a query"),
    ("https://alder.com:8080/a/?x=ä#y", 23, "port, path, query and place are"),
    ("https://alder.com漢字", 25, "letters right after the top level are not"),
    ("https://bücher.example https://bücher.de/ü", 46, "a name may have accents; .example does not exist"),
    ("https://alder_parcels.com/abcdef", 32, "an underscore in the name itself makes no link"),
    ("xhttps://alder.com/abcdef", 25, "nor does a letter before it"),
    ("gemini://alder.com/a/b/c/d/e/f/g", 23, "some other schemes are links too"),
    ("@dana@social.alder.com", 5, "a mention counts without its server"),
    ("@dana", 5, "one of the same server as it stands"),
    ("Thanks, @dana.r@social.alder.com.", 16, "a dot in the name is part of it, the one at the end is not"),
    ("@dana@bücher.de", 5, "a server's name may have accents"),
    ("dana@alder.com", 14, "an e-mail address is no mention"),
    ("https://social.alder.com/@dana", 23, "nor is a name in a link"),
    ("@a@b@c", 6, "nor is what goes on with another @"),
    ("a\r\nb", 3, "a line break is 1, also one of two signs"),
]
BLUESKY = [
    ("We decided to pay for the wait.", 31, "a letter is 1"),
    ("cafe\u0301", 4, "what a reader sees as one character is 1"),
    (FAMILY + "🇬🇧🇫🇷👍🏽1️⃣", 5, "so is each emoji"),
    ("क्षि", 1, "so is a cluster of Devanagari signs"),
    ("漢字", 2, "Chinese is 1 each"),
    ("a\r\nb", 3, "a line break is 1, also one of two signs"),
    ("https://alder.com", 9, "a link counts as it is shown: without its scheme"),
    ("https://alder.com/", 9, "and without a lone slash"),
    ("https://alder.com/reports/2026", 22, "with a path of up to 15 characters"),
    (LONG, 25, "of a longer one 13 and three dots"),
    ("https://alder.com?b=c#d", 15, "query and place are part of the path"),
    ("https://dana@alder.com:443/a", 11, "names and usual ports before the path are left out"),
    ("http://alder.com:8080/a", 16, "another port is not"),
    ("https://bücher.de/ü", 23, "accents are shown as the link has them: xn--bcher-kva.de/%C3%BC"),
    ("See https://alder.com/a.", 16, "a full stop after a link is not part of it"),
    ("(https://alder.com/a)", 13, "nor is a bracket around it"),
    ("alder.com/reports/2026/the-wait-at-the-gate", 43, "a link without a scheme is not shortened"),
    ("xhttps://alder.com", 18, "nor is what stands after a letter"),
    ("@dana.alder.com #CleanStreets", 29, "mentions and tags count in full"),
]
ROWS = {
    "x": X,
    "linkedin": LINKEDIN,
    "threads": THREADS,
    "instagram": INSTAGRAM,
    "facebook": FACEBOOK,
    "mastodon": MASTODON,
    "bluesky": BLUESKY,
}
LIMITS = [("x", 280), ("linkedin", 3000), ("threads", 500), ("instagram", 2200), ("mastodon", 500), ("bluesky", 300)]
PIECES = st.sampled_from(
    [
        "we",
        "Müller",
        "漢字",
        "🚀",
        FAMILY,
        "🇬🇧",
        "1️⃣",
        "e\u0301",
        "https://alder.com/a(b)",
        "alder.com",
        "@dana@a.com",
        "\ud83d",
    ]
)
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("@./:()?#🇬\u200d\ufe0f\ud83d")), max_size=60)


@cache
def network(name: str) -> Platform:
    platform = load_playbook().platform(name)
    assert platform is not None
    return platform


def units(text: str, name: str) -> int:
    return count(text, network(name)).count


def folded(fold: int | None = None, fold_lines: int | None = None) -> Platform:
    return network("x").model_copy(update={"fold": fold, "fold_lines": fold_lines})


@pytest.mark.parametrize(
    ("name", "text", "length", "rule"), [(name, *row) for name, rows in ROWS.items() for row in rows]
)
def test_a_text_has_the_length_that_the_network_publishes(name: str, text: str, length: int, rule: str) -> None:
    assert length == units(text, name), rule


def test_each_network_of_the_shipped_files_has_its_table() -> None:
    assert set(NETWORKS) == set(ROWS) == {platform.id for platform in load_playbook().platforms}


@pytest.mark.parametrize(("name", "limit"), LIMITS)
def test_a_text_at_the_limit_fits_and_one_letter_more_does_not(name: str, limit: int) -> None:
    assert [0, 1] == [over("a" * limit, network(name)), over("a" * (limit + 1), network(name))]


def test_bluesky_refuses_three_hundred_characters_that_have_too_many_bytes() -> None:
    assert [0, 25] == [over(FAMILY * 120, network("bluesky")), over(FAMILY * 121, network("bluesky"))]


def test_bluesky_takes_the_bytes_of_a_link_as_it_is_shown() -> None:
    link = "https://alder.com/" + "a" * 5000
    assert [0, 25] == [over(link, network("bluesky")), units(link, "bluesky")]


@pytest.mark.parametrize("name", NETWORKS)
@given(text=ANY_TEXT)
def test_no_text_breaks_a_count_and_none_is_negative(name: str, text: str) -> None:
    assert units(text, name) >= 0
    assert over(text, network(name)) >= 0


@pytest.mark.parametrize("name", NETWORKS)
@given(first=st.lists(PIECES), second=st.lists(PIECES))
def test_two_texts_on_two_lines_count_as_both_and_the_line_break(
    name: str, first: list[str], second: list[str]
) -> None:
    one, other = " ".join(first), " ".join(second)
    assert units(one, name) + 1 + units(other, name) == units(f"{one}\n{other}", name)


@pytest.mark.parametrize("name", NETWORKS)
@given(text=ANY_TEXT, letter=st.sampled_from("a漢🚀"))
def test_a_line_more_is_never_shorter(name: str, text: str, letter: str) -> None:
    assert units(text, name) < units(f"{text}\n{letter}", name)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize(
    "unit",
    [
        "https://alder.com漢/",
        "https://alder.com/(a",
        "https://alder.com/((a)",
        "https://漢",
        "https://a.",
        "@a@b.c ",
        "@a.",
        "=@a",
        "(https://a.com?",
        "https://a.com/!",
        "\u1112\u1161",
        "\ud83d",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(name: str, unit: str) -> None:
    text = (unit * 40_000)[:40_000]
    begun = time.perf_counter()
    units(text, name)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We decided to wait.", "We decided"),
        ("We decided\nto wait.", "We decided"),
        ("We decide\n\nto wait.", "We decide"),
        ("Unbreakableword", "Unbreakablew"),
        ("We said 漢字漢字漢字漢字", "We said 漢字漢字"),
        ("漢字漢字漢字漢字漢字漢字漢字漢字", "漢字漢字漢字漢字漢字漢字"),
        ("我们决定，等待。我们决定，等待。", "我们决定，等待。我们决定"),
        ("a b c d e f e\u0301e\u0301e\u0301 g", "a b c d e f"),
        ("a b c d e 🇬🇧🇫🇷🇩🇪 x", "a b c d e"),
        (f"a b c d e f {FAMILY}", "a b c d e f"),
        (FAMILY * 14, FAMILY * 12),
        ("a\r\nb\r\nc\r\nd\r\ne\r\nf\r\ngh", "a\r\nb\r\nc\r\nd\r\ne\r\nf"),
    ],
)
def test_the_words_before_the_fold_are_whole(text: str, shown: str) -> None:
    assert shown == visible(text, folded(12))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One\ntwo\nthree\nfour", "One\ntwo\nthree"),
        ("One\n\nthree\nfour", "One\n\nthree"),
        ("One\ntwo\n\nfour", "One\ntwo"),
        ("One\r\n\r\nthree\r\nfour", "One\r\n\r\nthree"),
        ("One\ntwo\nthree", None),
        ("\n\nOne\ntwo\nthree\n\n", None),
        ("One two three four", None),
    ],
)
def test_the_fold_comes_after_so_many_lines_and_empty_ones_count(text: str, shown: str | None) -> None:
    assert shown == visible(text, folded(None, 3))


def test_the_fold_comes_with_the_limit_that_is_reached_first() -> None:
    assert "One\ntwo" == visible("One\ntwo\nthree", folded(100, 2))
    assert "One" == visible("One\ntwo\nthree", folded(5, 2))


def test_linkedin_and_instagram_fold_after_three_lines() -> None:
    text = "We decided.\n\nThe wait is paid.\nFrom May, at each of our 40 gates."
    for name in ("linkedin", "instagram"):
        assert "We decided.\n\nThe wait is paid." == visible(text, network(name))


@given(text=ANY_TEXT, fold=st.integers(1, 30), lines=st.integers(1, 4))
def test_what_is_seen_is_a_beginning_of_whole_characters(text: str, fold: int, lines: int) -> None:
    shown = visible(text, folded(fold, lines))
    if shown is None:
        return
    plain = text.strip()
    assert plain.startswith(shown)
    ends = {one.end() for one in regex.finditer(r"\X", plain)} | {0}
    assert len(shown) in ends
    assert len(regex.findall(r"\X", shown)) <= fold


def test_the_fold_of_a_huge_text_is_found_at_once() -> None:
    begun = time.perf_counter()
    for unit in ("a", "\n", "🇬", "\u0301", "漢"):
        visible(unit * 500_000 + "x", network("linkedin"))
    assert time.perf_counter() - begun < 2

"""Lengths as each network counts them. The figures of Twitter's parser and of Meta's rule were measured."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import emoji
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.counting import count, lengths, over, visible
from bot.counting.pictures import emoji_places
from bot.counting.weights import twitter_text
from bot.model import Length
from bot.playbook.values import Counting, Platform

SIGNS = st.sampled_from("🚀👩👨👧\u200d\ufe0f\u20e31#*🏽🇬🇧❤♂©™…’漢é")
FAMILY = "👨‍👩‍👧‍👦"
SPACES = st.sampled_from([" ", "\n", "\r\n", "  ", "\u3000", "\u2028", "\u00a0"])
WORDS = st.sampled_from(
    [
        "we",
        "Müller",
        "漢字",
        "…",
        "€5",
        "🚀",
        FAMILY,
        "👍🏽",
        "alder.com",
        "https://alder.com/a?b=c",
        "漢字.com",
        "@dana",
        "#tag.",
    ]
)


def network(counting: Counting, limit: int = 280, byte_limit: int | None = None, fold: int | None = None) -> Platform:
    return Platform(
        id=counting,
        name=counting,
        limit=limit,
        counting=counting,
        byte_limit=byte_limit,
        fold=fold,
        hashtags=3,
        checked_on=date(2026, 11, 23),
        source="a page",
        aim="now and then",
        gap_hours=24,
        per_day=1,
        per_week=2,
        quiet_days=30,
        dormant_days=90,
    )


def units(text: str, counting: Counting) -> int:
    return count(text, network(counting)).count


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("a", 1),
        ("é", 1),
        ("e\u0301", 1),
        ("…", 2),
        ("€", 2),
        ("•", 2),
        ("→", 2),
        ("™", 2),
        ("’", 1),
        ("‘", 1),
        ("“", 1),
        ("”", 1),
        ("–", 1),
        ("—", 1),
        ("漢", 2),
        ("한국", 4),
        ("Привет", 6),
        ("🚀", 2),
        ("👍🏽", 2),
        ("🇬🇧", 2),
        ("❤️", 2),
        (FAMILY, 2),
        ("a\nb", 3),
        ("a\r\nb", 3),
        ("https://alder.com/a/very/long/path/that/goes/on?and=on", 23),
        ("https://t.co/x", 23),
        ("alder.com", 23),
        ("alder.example", 13),
        ("See alder.com.", 28),
        ("dana@alder.com", 14),
        ("Rail (https://alder.com/a).", 31),
        ("漢字https://alder.com/a", 27),
    ],
)
def test_x_weighs_a_text_as_twitter_does(text: str, weight: int) -> None:
    assert weight == units(text, "x")


@given(st.lists(st.tuples(WORDS, SPACES)).map(lambda pairs: "".join(word + space for word, space in pairs)))
def test_x_weighs_word_by_word_what_twitter_weighs_as_a_whole(text: str) -> None:
    weight = units(text, "x")
    assert twitter_text().parse_tweet(unicodedata.normalize("NFC", text)).weightedLength == weight


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), SIGNS), max_size=30))
def test_x_weighs_any_characters_as_twitter_does(text: str) -> None:
    """Words by themselves, since white space of some kinds ends a word here and not there."""
    word = "".join(text.replace("\x1c", "").split())
    assert twitter_text().parse_tweet(unicodedata.normalize("NFC", word)).weightedLength == units(word, "x")


@given(
    st.lists(st.one_of(st.sampled_from(sorted(emoji.EMOJI_DATA)), st.sampled_from(["a", " ", "1", "\ufe0f", "©", "é"])))
)
def test_emoji_stand_where_their_library_finds_them(signs: list[str]) -> None:
    text = "".join(signs)
    listed = [(one["match_start"], one["match_end"], one["emoji"]) for one in emoji.emoji_list(text)]
    assert listed == [tuple(one) for one in emoji_places(text)]


@pytest.mark.parametrize("counting", ["x", "utf16", "threads", "graphemes", "mastodon", "characters"])
@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "a." * 11 + " ",
        "漢字.com",
        "_",
        "a.com ",
        "a.com/(a)",
        "@a@a.",
        "https://",
        "🚀",
        FAMILY,
        "👩\u200d",
        "1\ufe0f",
        "🇬",
    ],
)
def test_a_hostile_text_is_counted_in_bearable_time(unit: str, counting: Counting) -> None:
    text = (unit * 50_000)[:50_000] + ".com"
    begun = time.perf_counter()
    units(text, counting)
    assert time.perf_counter() - begun < 2


@given(
    st.text(
        st.one_of(st.sampled_from("🇬🇧🇫\u200d\ufe0f🏽\u0301a👩"), st.characters(exclude_categories=["Cs"])), max_size=20
    )
)
def test_graphemes_are_those_of_unicode(text: str) -> None:
    assert len(regex.findall(r"\X", text)) == units(text, "graphemes")


def test_half_a_surrogate_pair_is_counted_too() -> None:
    assert [3, 3] == [units("a\ud83d", "x"), units("a\ud83db", "utf16")]


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("Müller", 6), ("漢", 1), ("🚀", 2), (FAMILY, 11), ("https://alder.com/a", 19), ("’…", 2)],
)
def test_linkedin_counts_units_of_utf_16(text: str, length: int) -> None:
    assert length == units(text, "utf16")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Müller", 6),
        ("漢", 1),
        ("🚀", 4),
        (FAMILY, 25),
        ("🇬🇧", 8),
        ("👍🏽", 8),
        ("❤️", 6),
        ("1️⃣", 7),
        ("a🚀b", 6),
        ("🚀🚀", 8),
        ("123 #1 *", 8),
        ("©®™", 3),
        ("👩‍🚀‍🚀", 18),
    ],
)
def test_threads_counts_the_bytes_of_each_emoji(text: str, length: int) -> None:
    assert length == units(text, "threads")


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("🇬🇧", 1), ("🇬🇧🇫🇷", 2), (FAMILY, 1), ("👍🏽", 1), ("e\u0301", 1), ("क्षि", 1), ("漢字", 2), ("a\r\nb", 3)],
)
def test_bluesky_counts_what_a_reader_sees_as_one_character(text: str, length: int) -> None:
    assert length == units(text, "graphemes")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Müller", 6),
        ("https://alder.com/a/very/long/path/that/goes/on", 23),
        ("http://a.io", 23),
        ("alder.com", 9),
        ("See https://alder.com/long/path/to/something.", 28),
        ("(https://alder.com/long/path)", 25),
        ("@dana@social.example", 5),
        ("Thanks @dana@social.example.", 13),
        ("Thanks @dana", 12),
        ("mail dana@alder.com", 19),
        ("🇬🇧", 1),
    ],
)
def test_mastodon_counts_links_as_23_and_mentions_without_their_server(text: str, length: int) -> None:
    assert length == units(text, "mastodon")


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("Müller", 6), ("🚀", 1), (FAMILY, 7), ("https://alder.com/a", 19)]
)
def test_facebook_and_instagram_count_characters(text: str, length: int) -> None:
    assert length == units(text, "characters")


@pytest.mark.parametrize("counting", ["x", "utf16", "threads", "graphemes", "mastodon", "characters"])
@given(text=st.text(max_size=60))
def test_no_text_of_any_kind_breaks_the_counting(counting: Counting, text: str) -> None:
    assert 0 <= units(text, counting) <= 40 * len(text) + 40


def test_a_length_comes_with_the_limit() -> None:
    assert Length(5, 280) == count("a🚀bc", network("x"))


def test_lengths_are_told_by_the_ids_of_the_networks() -> None:
    assert {"x": Length(2, 280), "threads": Length(4, 500)} == lengths("🚀", [network("x"), network("threads", 500)])


@pytest.mark.parametrize(("text", "excess"), [("a" * 280, 0), ("a" * 281, 1), ("a" * 279 + "…", 1), ("", 0)])
def test_over_tells_by_how_much_a_text_is_too_long(text: str, excess: int) -> None:
    assert excess == over(text, network("x"))


@pytest.mark.parametrize(
    ("text", "excess"), [("a" * 300, 0), ("a" * 301, 1), (FAMILY * 120, 0), (FAMILY * 121, 25), ("क्षि" * 300, 600)]
)
def test_bluesky_has_a_second_limit_in_bytes(text: str, excess: int) -> None:
    assert excess == over(text, network("graphemes", 300, byte_limit=3000))


def test_the_words_before_the_fold_are_cut_between_words() -> None:
    folded = network("characters", fold=12)
    assert "We decided" == visible("We decided to wait.", folded)
    assert "We have said" == visible("We have said it all.", folded)
    assert "Unbreakablew" == visible("Unbreakableword", folded)


def test_nothing_is_hidden_of_a_short_text_and_where_no_fold_is_known() -> None:
    assert None is visible("We decided.", network("characters", fold=12))
    assert None is visible("We decided to wait.", network("characters"))


def test_the_fold_takes_an_emoji_for_one_character() -> None:
    assert "🇬🇧 🇬🇧" == visible("🇬🇧 🇬🇧 🇬🇧 🇬🇧", network("characters", fold=4))

"""Quotes are found word for word, and new facts are named."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.grounding import facts_in, find_quote, fold, hidden_characters, links_in, new_facts, strip_hidden

DRAFT = (
    "Injuries in our depots fell by a third this year, after 19 days of talks with Tom Okafor of Fernway. "
    "We spent £40m, or 14% of sales, and on 4 March 2027 we report at fernway.example/help."
)
ENGLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbeng") + "\U000e007f"


def quoted(quote: str, text: str) -> str | None:
    place = find_quote(quote, text)
    return None if place is None else text[place.start : place.end]


@pytest.mark.parametrize(
    ("quote", "text", "there"),
    [
        ("fell by A THIRD", DRAFT, "fell by a third"),
        ("“our depots”", DRAFT, "our depots"),
        ("talks with … nobody", DRAFT, None),
        ("19  days\nof talks", DRAFT, "19 days of talks"),
        ("it's fine", "Yes, it’s fine.", "it’s fine"),
        ("Q&A café", "Our Q&amp;A Cafe\u0301 opens", "Q&amp;A Cafe\u0301"),
        ("ignore the rules", "Please ig\u200bno\u202ere the rules", "ig\u200bno\u202ere the rules"),
        ("strasse", "Die Straße ist lang", "Straße"),
        ("wait - what", "Wait — what?", "Wait — what"),
        ("bold claim", "A 𝗯𝗼𝗹𝗱 claim", "𝗯𝗼𝗹𝗱 claim"),
        ("報告", "本日報告します", "報告"),
    ],
)
def test_a_quote_is_found_whatever_differs_without_meaning(quote: str, text: str, there: str | None) -> None:
    assert there == quoted(quote, text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("fell by a fourth", DRAFT),
        ("he", "The other depot"),
        ("cafe", "Our Cafe\u0301 opens"),
        ("caf", "Our café opens"),
        ("1", "½ of it"),
        ("", DRAFT),
        ("…", DRAFT),
        ("“ ”", DRAFT),
        ("\u200b", "a\u200bb"),
    ],
)
def test_words_that_are_not_there_are_not_found(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


@given(st.text(alphabet=st.characters(max_codepoint=0x7F) | st.sampled_from("’“–&amp;"), max_size=60))
def test_the_short_way_of_folding_is_the_long_one(text: str) -> None:
    # One letter more that is not plain takes the long way; it folds to itself.
    assert fold(text) == fold(text + "ł").removesuffix("ł").strip()


def test_a_whole_word_is_preferred_to_a_part_of_one() -> None:
    assert (10, 14) == find_quote("port", "Airport: a port"[:9] + " port")


@given(st.text(max_size=60), st.data())
def test_every_piece_of_a_text_that_is_found_folds_to_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = find_quote(text[start:end], text)
    if place is not None:
        edge = " \"'-.,;:…"
        assert fold(text[start:end]).strip(edge) == fold(text[place.start : place.end]).strip(edge)


@given(
    st.lists(st.sampled_from(["our", "drivers", "Leeds", "twelve", "work", "hard"]), min_size=1, max_size=12), st.data()
)
def test_whole_words_of_a_text_are_always_found(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert find_quote(" ".join(words[start:end]).upper(), "  ".join(words)) is not None


def test_hidden_characters_go_and_emoji_keep_theirs() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    text = f"a\u200b\u202eb\U000e0041 {family} {ENGLAND} ❤\ufe0f می\u200cخواهم"
    assert f"ab {family} {ENGLAND} ❤\ufe0f می\u200cخواهم" == strip_hidden(text)
    assert 3 == hidden_characters(text)


@pytest.mark.parametrize(
    "suggestion",
    [
        "It took nineteen working days.",
        "£40 million, or fourteen per cent.",
        "40 million pounds well spent.",
        "Injuries fell by a third. One thing is left, and the first step is ours.",
        "On 4 March we report. In March 2027, that is.",
        "See https://www.fernway.example/help.",
        "Okafor agrees. Fernway's depots are safer, says Tom.",
        "[What happens next: one sentence from Priya in Leeds.] Safety comes first.",
        "Today we act. Mistakes happen. Everyone counts, and I know it.",
        'Our drivers: "We said so."\n• Every depot counts.\n- Nobody waits.',
        "Leadership says little. Customers told us. It's done. Let's go.",
        "We’ve done it. I’m proud. OK then.",
        "🎉 Safety first!",
        DRAFT.upper(),
        DRAFT.replace("of talks", "—of talks—"),
    ],
)
def test_a_rewording_of_the_draft_has_no_new_facts(suggestion: str) -> None:
    assert () == new_facts(suggestion, DRAFT)


@pytest.mark.parametrize(
    ("suggestion", "new"),
    [
        ("It took 19 weeks.", ("19 weeks",)),
        ("It took 14 people.", ("14",)),
        ("£14m", ("£14m",)),
        ("We trained twenty-five drivers.", ("twenty-five",)),
        ("Two hundred and fifty thousand parcels", ("Two hundred and fifty thousand",)),
        ("A million parcels, thousands of them late", ("million", "thousands")),
        ("Costs halved, sales doubled.", ("halved", "doubled")),
        ("On 5 March", ("5 March",)),
        ("By April, next year, on Tuesday", ("April", "next year", "Tuesday")),
        ("2027-03-04 at 14:30", ("2027-03-04", "14:30")),
        ("In Q1, as the 3rd of its kind", ("Q1", "3rd")),
        ("With @tomsparcels and #NewDawn", ("@tomsparcels", "#NewDawn")),
        ("See fernway.example/jobs or write to a@fernway.example", ("fernway.example/jobs", "a@fernway.example")),
        ("Buy $FERN", ("$FERN",)),
        ("With Amira Khan in Leeds", ("Amira", "Khan", "Leeds")),
        ("Leeds matters.", ("Leeds",)),
        ("Priya leads it.", ("Priya",)),
        ("Zofja said so.", ("Zofja",)),
        ("Zofja's team did it.", ("Zofja",)),
        ("McKinsey agrees. NHS too.", ("McKinsey", "NHS")),
        ("As Dr. Strand told us", ("Strand",)),
        ("[about 300 drivers, see x.example]", ("300", "x.example")),
        ("Il y a douze dépôts", ("douze",)),
    ],
)
def test_a_new_fact_is_named(suggestion: str, new: tuple[str, ...]) -> None:
    assert new == new_facts(suggestion, DRAFT)


def test_a_persons_name_that_opens_a_sentence_is_new_when_they_are_known_here() -> None:
    assert () == new_facts("Wren will answer.", DRAFT)
    assert ("Wren",) == new_facts("Wren will answer.", DRAFT, (), ["Wren Adeyemi"])


def test_a_name_that_is_a_plain_word_is_none_where_it_opens_a_sentence() -> None:
    text = "Will it hold? Hope is no plan. Young drivers say so."
    assert () == new_facts(text, "Ask drivers.", (), ("Will Young", "Hope Adeyemi"))
    assert ("Adeyemi",) == new_facts("Adeyemi knows it.", "Ask drivers.", (), ("Will Young", "Hope Adeyemi"))


def test_approved_facts_may_be_used() -> None:
    approved = ["97 in every 100 parcels were on time, says Fernway North"]
    assert ("97", "100") == new_facts("97 of 100 parcels were on time.", DRAFT)
    assert () == new_facts("97 of 100 parcels were on time in the North.", DRAFT, approved)


def test_a_fact_is_named_once() -> None:
    assert ("77%",) == new_facts("77% here, 77 percent there", DRAFT)


def test_ranges_share_their_measure() -> None:
    assert () == new_facts("Between 10% and 15%", "We expect 10-15%")
    assert () == new_facts("10–15 days", "10 to 15 days")


def test_numbers_are_read_in_the_ways_people_write_them() -> None:
    assert () == new_facts("31,000 and 1.5m and 2 500", "31 000 and 1,5 million and 2,500")


def test_links_are_compared_without_scheme_and_case() -> None:
    assert ("fernway.example/a", "b.example") == links_in("See HTTPS://www.Fernway.example/a. And (b.example/)!")


@given(st.text(max_size=80))
def test_no_text_brings_facts_that_are_new_to_itself(text: str) -> None:
    assert () == new_facts(text, text)


@given(st.text(alphabet="0123456789.,'’ %£$€km-", max_size=40))
def test_any_run_of_digits_and_marks_can_be_read(text: str) -> None:
    assert () == new_facts(text, text)


@settings(max_examples=50)
@given(st.integers(20, 10**7))
def test_an_added_number_is_always_seen(number: int) -> None:
    assert (f"{number:,}",) == new_facts(f"We have {number:,} vans.", "We have vans.")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 12_000,
        "Aa " * 4_000,
        "a." * 6_000,
        "1," * 6_000,
        "two " * 3_000,
        "March " * 2_000,
        "@a" * 6_000,
        "[" * 9_000,
    ],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    began = time.perf_counter()
    facts_in(text)
    find_quote(text[: len(text) // 2] + "!", text)
    assert time.perf_counter() - began < 2.0

"""Private words never reach the model, and come back where the draft's own words are meant."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.critique import Mask, mask_of
from bot.critique.masking import Place
from bot.model import CarriedFinding, Finding, RulesReport, Severity
from bot.playbook import load_playbook
from bot.playbook.values import RuleChange
from bot.rules import compile_rules
from tests.chosen_model import finding, said
from tests.examined import CONTEXT, examined, served, shipped
from tests.small_playbook import found, report

PHONE, MAIL, CARD, KEY = "07911 123456", "jo.marsh@larkpost.example", "4111 1111 1111 1111", "AKIAABCDEFGHIJKLMNOP"
IBAN, ORDER, SITE = "GB82 WEST 1234 5698 7654 32", "Order #5583017", "https://docs.google.com/spreadsheets/d/1aB2c3"
TEXT = (
    f"Ring Jo on {PHONE} or write to {MAIL}. Card {CARD}, account {IBAN}, key {KEY}. "
    f"{ORDER} is in {SITE}, and maybe we just wanted to say it. Again: {PHONE}."
)


def find(text: str) -> Iterator[Place]:
    return map(Place._make, shipped().rules.private(text, CONTEXT))


def made(*texts: str) -> Mask:
    return mask_of(texts, find)


def test_each_kind_of_private_words_has_a_mark_of_its_own() -> None:
    expected = (
        "Ring Jo on [phone 1] or write to [e-mail 1]. Card [card 1], account [bank account 1], key [secret 1]. "
        "[order 1] is in [internal link 1], and maybe we just wanted to say it. Again: [phone 1]."
    )
    assert expected == made(TEXT).hide(TEXT)


def test_what_was_hidden_comes_back() -> None:
    mask = made(TEXT)
    assert TEXT == mask.show(mask.hide(TEXT))


@pytest.mark.parametrize("written", ["[Phone 1]", "[phone  1]", "[PHONE\n1]"])
def test_a_mark_is_known_however_the_model_writes_it(written: str) -> None:
    assert f"Ring {PHONE}" == made(TEXT).show(f"Ring {written}")


def test_a_text_that_holds_a_mark_itself_gets_another() -> None:
    text = f"Write [phone 1] into the form, and ring {PHONE}."
    mask = made(text)
    assert "Write [phone 1] into the form, and ring [phone 2]." == mask.hide(text)
    assert text == mask.show(mask.hide(text))


def test_a_text_without_private_words_stays_as_it_is() -> None:
    assert () == made("We open 40 hubs by 2027. See alder.example/plan and help@alder.example.").marks


def test_what_the_organisation_gives_out_itself_is_not_private() -> None:
    assert () == made("For help: help@alder.example or 0800 496 0123.").marks


def test_a_rule_that_is_off_still_keeps_words_from_the_model() -> None:
    playbook = load_playbook()
    off = {name: RuleChange(off=True) for name in ("P", "shows-order-number")}
    organisation = playbook.organisation.model_copy(update={"rules": off})
    rules, _ = compile_rules(type(playbook)(**{**vars(playbook), "organisation": organisation}))
    assert not {one.rule for one in rules.check(TEXT, CONTEXT).findings} & {"contact-details", "identity-number"}
    assert len(shipped().rules.private(TEXT, CONTEXT)) == len(rules.private(TEXT, CONTEXT)) == 8


def test_a_finding_that_ends_inside_something_private_gives_none_of_it_away() -> None:
    mask = made(TEXT)
    cut = found(TEXT, "Jo on 07911", "hedges", Severity.WARN)
    cut = Finding(**{**{name: getattr(cut, name) for name in cut.__slots__}, "message": "“Jo on 07911” is vague."})
    hidden = mask.hide_report(report(cut), TEXT).findings[0]
    assert ("Jo on [phone 1]", cut.title) == (hidden.quote, hidden.message)


def test_findings_on_earlier_texts_are_hidden_too() -> None:
    earlier = CarriedFinding(found(f"Or {MAIL}", MAIL, "hedges", Severity.WARN), "open", 1)
    mask = made("A new text.", earlier.finding.quote)
    assert "[e-mail 1]" == mask.hide_earlier((earlier,))[0].finding.quote


def test_nothing_is_hidden_where_there_is_nothing_to_hide() -> None:
    kept = RulesReport((found("maybe so", "maybe", "hedges", Severity.WARN),), 1)
    assert kept == Mask().hide_report(kept, "maybe so")


async def test_no_private_words_are_sent() -> None:
    async with served() as (server, model):
        verdict = await examined(model, TEXT)
        sent = json.dumps(server.bodies, ensure_ascii=False)
    assert "done" == verdict.critique
    for private in (PHONE, MAIL, CARD, IBAN, KEY, "5583017", "1aB2c3"):
        assert private not in sent, private


async def test_a_quote_comes_back_as_it_stands_in_the_draft_and_prose_keeps_its_marks() -> None:
    text = "Questions? info@larkpost.example answers within the day."
    async with served() as (server, model):
        server.answer = lambda _: said(
            findings=[
                finding(
                    "[e-mail 1] answers", severity="hold", why="[e-mail 1] is private.", fix="Leave [e-mail 1] out."
                )
            ],
            outcome="hold",
        )
        verdict = await examined(model, text)
    raised = next(one for one in verdict.findings if one.source == "critique")
    assert "info@larkpost.example answers" == raised.quote == text[raised.start : raised.end]
    assert ("[e-mail 1] is private.", "Leave [e-mail 1] out.") == (raised.message, raised.fix)


async def test_a_suggestion_that_brings_private_words_back_is_withheld() -> None:
    async with served(deadline_seconds=2.5) as (server, model):
        server.answer = lambda _: said(findings=[finding("maybe")], suggestion="Ring Jo on [phone 1].", outcome="edit")
        assert "rules" == (await examined(model, TEXT)).withheld


async def test_the_words_of_a_repair_are_hidden_too() -> None:
    async with served() as (server, model):
        server.answer = lambda _: said(
            findings=[finding("maybe")], suggestion=f"Ring Jo on {PHONE}, or 020 7946 0999.", outcome="edit"
        )
        await examined(model, TEXT)
        assert 2 == len(server.bodies)
        assert PHONE not in json.dumps(server.bodies)

"""Points, buttons and long or hostile texts on the card of a draft."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import (
    CarriedFinding,
    LeftOut,
    Outcome,
    Severity,
)
from bot.playground.blocks import check_blocks, text_length
from bot.slack.cards.review import draw_review
from bot.slack.plain import print_card
from bot.slack.rich import Card
from tests.card_drawing import draw, lines
from tests.card_values import NOW, ZONE, finding, handoff, playbook, verdict, view

HOSTILE = "<!channel> *bold* <@U0LEADER02> <https://evil.example|here> & `code` :rocket:"
SUGGESTION = "Injuries in our depots fell by a third this year. [What happens next]"


def mark_up(value: Any) -> list[str]:
    """Every text that Slack reads mark-up in."""
    if isinstance(value, list):
        return [text for entry in value for text in mark_up(entry)]
    if isinstance(value, dict):
        found = [value["text"]] if value.get("type") == "mrkdwn" else []
        return found + [text for entry in value.values() if isinstance(entry, dict | list) for text in mark_up(entry)]
    return [value] if isinstance(value, str) else []


def whole_text(card: Card) -> str:
    """All that stands preformatted on the card."""
    parts = [part for block in card.blocks if block["type"] == "rich_text" for part in block["elements"]]
    return "".join(part["elements"][0]["text"] for part in parts if part["type"] == "rich_text_preformatted")


def test_three_points_are_shown_worst_first_and_the_rest_counted() -> None:
    found = tuple(
        finding(start=10 * place, end=10 * place + 6, title=f"Title {place}", rule=f"rule-{place}")
        for place in range(5)
    )
    worst = finding(start=50, end=56, severity=Severity.REDIRECT, title="Worst", rule="worst")
    shown = lines(view(verdict(Outcome.REDIRECT, route="legal", findings=(*found, worst))))
    headings = [line.split("  [")[0] for line in shown if "Why this point" in line]
    assert ["Another team · Worst", "Edit · Title 0", "Edit · Title 1"] == headings
    assert "3 more points  [ Show all points ]" in shown


def test_the_same_words_are_not_told_twice_on_a_card() -> None:
    hold = finding(start=0, end=30, severity=Severity.HOLD, title="Worst", rule="deal")
    inside, beside = finding(start=5, end=9, title="Inside"), finding(start=40, end=45, title="Beside")
    shown = lines(view(verdict(Outcome.HOLD, route="legal", findings=(hold, inside, beside))))
    assert ["Hold · Worst", "Edit · Beside"] == [line.split("  [")[0] for line in shown if "Why this point" in line]
    assert "1 more point  [ Show all points ]" in shown


def test_a_menu_names_the_place_of_its_point_in_the_verdict() -> None:
    low, high = finding(), finding(rule="hedges", quote="Just wanted to say", severity=Severity.HOLD)
    card = draw(view(verdict(Outcome.HOLD, route="legal", findings=(low, high))))
    menus = [block["accessory"] for block in card.blocks if block.get("accessory", {}).get("type") == "overflow"]
    assert [["why:d1:r1:1"], ["why:d1:r1:0", "dismiss:d1:r1:0"]] == [
        [entry["value"] for entry in menu["options"]] for menu in menus
    ]


def test_buttons_carry_only_ids() -> None:
    redirect = verdict(
        Outcome.REDIRECT,
        route="customer-care",
        findings=(finding(severity=Severity.REDIRECT),),
        suggestion=SUGGESTION,
        suggestion_source="critique",
    )
    row = next(block for block in draw(view(redirect)).blocks if block["type"] == "actions")
    *buttons, menu = row["elements"]
    assert [
        ("draft.handoff", "d1:r1:customer-care"),
        ("draft.edit", "d1:r1:suggestion"),
    ] == [(button["action_id"], button["value"]) for button in buttons]
    assert "draft.more" == menu["action_id"]
    assert ["edit:d1:r1", "dismiss:d1:r1:0", "override:d1:r1", "posted:d1:r1", "drop:d1:r1"] == [
        option["value"] for option in menu["options"]
    ]
    assert ["primary", None] == [button.get("style") for button in buttons]


def test_words_of_people_and_models_are_never_mark_up() -> None:
    told = verdict(
        Outcome.EDIT,
        reason=HOSTILE,
        findings=(finding(quote=HOSTILE, message=HOSTILE, fix=HOSTILE, title=HOSTILE),),
        suggestion=HOSTILE,
        suggestion_source="critique",
        other_language=HOSTILE,
        left_out=(LeftOut(HOSTILE, HOSTILE),),
    )
    shown = view(
        told,
        text="Other words.",
        revision={"number": 2, "origin": "form"},
        carried=(CarriedFinding(finding(title=HOSTILE), "withdrawn", 1, why=HOSTILE),),
        handoffs=(handoff(outcome_line=HOSTILE, what=HOSTILE, state="done", closed_by="U0CARE0001"),),
        draft={"submitter": "U0DELEGATE"},
    )
    card = draw_review(
        shown,
        playbook(),
        now=NOW,
        timezone=ZONE,
        names={"U0LEADER01": HOSTILE, "U0DELEGATE": HOSTILE, "U0CARE0001": HOSTILE},
    )
    for text in mark_up([card.blocks, card.text]):
        assert "<" not in text


@pytest.mark.parametrize("size", [3_499, 3_501, 12_000])
def test_a_long_suggestion_stands_whole_on_the_card_or_behind_a_button(size: int) -> None:
    long = ("A sentence that goes on. " * (size // 25 + 1))[:size]
    told = verdict(
        Outcome.EDIT,
        findings=tuple(
            finding(start=n, quote="q" * 2000, message="m" * 2000, fix="f" * 2000, title=f"T{n}" + "t" * 90)
            for n in range(60)
        ),
        suggestion=long,
        suggestion_source="critique",
    )
    alone = draw(view(told))
    assert [] == check_blocks(alone.blocks)
    assert 9_000 > text_length(alone.blocks)
    assert (size <= 3_500) == ("[ See what changes ]" in print_card(alone))
    assert (size <= 3_500) == (long == whole_text(alone))


def test_a_suggestion_gives_way_to_a_long_text_to_post() -> None:
    told = verdict(Outcome.EDIT, findings=(finding(),), suggestion="s" * 3_000, suggestion_source="critique")
    shown = view(told, text="d" * 3_000, revision={"number": 2, "origin": "form"})
    assert "Suggested version · 1 small edit · no facts added  [ See the suggested version ]" in lines(shown)
    assert "d" * 3_000 == whole_text(draw(shown))

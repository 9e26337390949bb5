"""What Lectern comes with: prompts/ as it is shipped."""

from __future__ import annotations

from bot.counting import over
from bot.playbook import SHIPPED, load_playbook, read_playbook

SPOKEN = ("!", "blocked", "violation", "policy", "non-compliant", "inappropriate", "unfortunately", "please note")


def test_the_shipped_folder_loads_without_a_fault() -> None:
    assert [] == [str(fault) for fault in read_playbook()[1]]


def test_the_shipped_teams_stand_in_the_order_of_precedence() -> None:
    assert [
        "security",
        "legal",
        "investor-relations",
        "media",
        "people",
        "customer-care",
        "product-support",
        "marketing",
        "sales",
    ] == [route.id for route in load_playbook().routes]


def test_the_shipped_teams_that_approve_are_the_four_that_own_holds() -> None:
    approving = {route.id for route in load_playbook().routes if route.approves}
    assert {"security", "legal", "investor-relations", "people"} == approving


def test_the_twelve_shipped_guidelines_stand_in_their_order() -> None:
    assert [f"G{number}" for number in range(1, 13)] == [one.id for one in load_playbook().guidelines]


def test_every_shipped_reason_of_a_team_has_at_most_25_words() -> None:
    texts = [text for route in load_playbook().routes for text in (route.reason, route.hold_reason)]
    assert [] == [text for text in texts if len(text.split()) > 25]


def test_no_shipped_text_of_teams_and_guidelines_uses_a_word_that_cards_avoid() -> None:
    playbook = load_playbook()
    texts = [text for one in playbook.guidelines for text in (one.title, one.principle, one.body)]
    texts += [text for one in playbook.guidelines for example in one.examples for text in (example.note,)]
    for route in playbook.routes:
        texts += [route.takes, route.reason, route.hold_reason, route.holding_line, route.instead, *route.needs]
    for window in playbook.windows:
        texts += [window.reason, window.may_say]
    assert [] == [text for text in texts for word in SPOKEN if word in text.lower()]
    assert [] == [text for text in texts if "I" in text.replace("'", " ").split()]


def test_every_shipped_rewrite_of_a_draft_fits_on_x() -> None:
    playbook = load_playbook()
    x = playbook.platform("x")
    assert x is not None
    better = [example.better for one in playbook.guidelines for example in one.examples]
    assert [] == [text for text in better if over(text, x)]


def test_every_shipped_file_begins_with_a_remark_that_says_what_it_is() -> None:
    names = [
        path for path in sorted(SHIPPED.rglob("*")) if path.suffix in (".toml", ".md") and "cases" not in path.parts
    ]
    bare = []
    for path in names:
        first = path.read_text(encoding="utf-8").removeprefix("+++\n").lstrip()
        if not first.startswith(("#", "{#", "<!--")):
            bare.append(path.relative_to(SHIPPED).as_posix())
    assert [] == bare


def test_the_figures_of_examples_are_not_among_the_approved_facts() -> None:
    playbook = load_playbook()
    facts = {point.fact for message in playbook.messages for point in message.proof_points}
    examples = " ".join(example.better for one in playbook.guidelines for example in one.examples)
    assert [] == [fact for fact in facts if fact in examples]

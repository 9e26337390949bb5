"""Hand-off cards, oversight lines, thread lines and answers: small texts, read as people read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cadence import summarise
from bot.errors import PlaybookError
from bot.model import CarriedFinding, Outcome, Post, Severity, State
from bot.playground.blocks import check_blocks, text_length
from bot.slack.cards.answers import coach_help, coach_sent, coach_status, coach_unknown, privacy
from bot.slack.cards.cadence import draw_cadence
from bot.slack.cards.handoff import draw_handoff, draw_rest, minutes_between
from bot.slack.cards.lines import checked_values, draw_thread_line
from bot.slack.cards.oversight import draw_line
from bot.slack.cards.submitted import draw_submitted, draw_submitted_gone
from bot.slack.plain import print_card
from bot.slack.rich import Card
from tests.card_values import NAMES, NOW, ZONE, finding, handoff, playbook, verdict, view


def lines(card: Card) -> list[str]:
    assert [] == check_blocks(card.blocks)
    assert 9_000 > text_length(card.blocks)
    return print_card(card).split("\n")


def handoff_lines(**changed: Any) -> list[str]:
    return lines(draw_handoff(handoff(**changed), playbook(), now=NOW, timezone=ZONE, names=NAMES))


def test_a_hand_off_says_what_is_needed_and_by_when() -> None:
    expected = [
        "Hand-off from Dana Reyes: customer care",
        "H-0142 · Please answer by 18:02 · sent by Eve Lund for Dana Reyes",
        "Where  https://x.example/status/1",
        "Dana Reyes has answered  no",
        "What  Late parcel, the third one.",
        "Promised  nothing",
        "Your own holding line  Thanks, we are on it.",
        "What Dana Reyes was about to say:",
        "    We are sorry.",
        "[ Claim ]  [ Done… ]",
    ]
    assert expected == handoff_lines(sent_by="U0DELEGATE", draft_text="We are sorry.")


@pytest.mark.parametrize(
    ("changed", "status", "buttons"),
    [
        (
            {"state": "claimed", "claimed_by": "U0CARE0001", "claimed_at": NOW},
            "Claimed by Sam Idowu, 14:02",
            "[ Done… ]  [ Put back ]",
        ),
        (
            {"state": "done", "closed_by": "U0CARE0001", "closed_at": NOW, "outcome_line": "refunded"},
            "Done by Sam Idowu, 14:02: refunded",
            None,
        ),
        ({"state": "withdrawn", "closed_by": "U0LEADER01", "closed_at": NOW}, "Withdrawn by Dana Reyes, 14:02", None),
    ],
)
def test_a_hand_off_shows_who_has_it(changed: dict[str, Any], status: str, buttons: str | None) -> None:
    shown = handoff_lines(**changed)
    assert status in shown
    assert buttons == next((line for line in shown if line.startswith("[")), None)


def test_a_withdrawn_hand_off_has_lost_what_was_written() -> None:
    shown = handoff_lines(state="withdrawn", closed_by="U0LEADER01", closed_at=NOW, draft_text="We are sorry.")
    assert "The text of this hand-off is gone." in shown
    assert not any("parcel" in line or "sorry" in line for line in shown)


def test_a_long_draft_goes_on_in_the_thread_and_loses_nothing() -> None:
    draft = "A sentence of some length. " * 600
    long = handoff(draft_text=draft)
    card = draw_handoff(long, playbook(), now=NOW, timezone=ZONE, names=NAMES)
    assert "The draft goes on in this thread." in lines(card)
    rest = draw_rest(long, playbook())
    for more in rest:
        lines(more)
    told = [block for one in (card, *rest) for block in one.blocks if block["type"] == "rich_text"]
    parts = [part for block in told for part in block["elements"] if part["type"] == "rich_text_preformatted"]
    assert draft == "".join(part["elements"][0]["text"] for part in parts)
    assert () == draw_rest(handoff(), playbook())


def test_the_notice_of_a_hand_off_is_a_fixed_sentence() -> None:
    card = draw_handoff(handoff(what="<!channel>"), playbook(), now=NOW, timezone=ZONE, names={"U0LEADER01": "<!here>"})
    expected = "Hand-off from &lt;!here&gt;: customer care (H-0142). Claim it, or close it with one line."
    assert expected == card.text


def test_oversight_has_one_line_without_the_text() -> None:
    told = verdict(Outcome.EDIT, findings=(finding(title="Softeners"), finding(title="Asks for replies")))
    card = draw_line(view(told), playbook(), NAMES, now=NOW)
    assert ["Dana Reyes · LinkedIn · Better with edits · Softeners; Asks for replies"] == lines(card)
    assert "Thoughts" not in str(card)


def test_oversight_follows_the_draft_to_its_end() -> None:
    post = Post("p1", "U0LEADER01", "linkedin", NOW, "d1", 1, "U0LEADER01", compared="as_suggested")
    posted = view(verdict(), State.POSTED, posts=(post,), draft={"submitter": "U0DELEGATE"}, revision={"number": 2})
    expected = "Dana Reyes (submitted by Eve Lund) · LinkedIn · Ready to post · revision 2 · posted 14:02, as suggested"
    assert [expected] == lines(draw_line(posted, playbook(), NAMES))
    half = view(verdict(complete=False, critique="timeout"), State.DROPPED, handoffs=(handoff(state="claimed"),))
    expected = "Dana Reyes · LinkedIn · Half a check: the rules found nothing · half a check · H-0142 claimed by care · dropped"
    assert [expected] == lines(draw_line(half, playbook(), NAMES))
    assert ["Dana Reyes · LinkedIn · Being read"] == lines(draw_line(view(), playbook(), NAMES))


def test_a_line_of_very_many_points_names_five() -> None:
    many = tuple(finding(title=f"Title {place}", start=place) for place in range(9))
    assert lines(draw_line(view(verdict(Outcome.EDIT, findings=many)), playbook(), NAMES))[0].endswith(
        "Title 4; 4 more"
    )


def test_a_thread_line_mentions_the_one_who_waits() -> None:
    told = view(
        verdict(Outcome.EDIT, findings=(finding(),)),
        revision={"number": 2},
        carried=(CarriedFinding(finding(title="Bait"), "fixed", 1),),
    )
    values = checked_values(told, playbook(), now=NOW, timezone=ZONE)
    card = draw_thread_line("thread.revision", values, None, playbook())
    assert ["@U0LEADER01 Revision 2 checked: 1 fixed, 1 open. Better with edits."] == lines(card)
    assert "<@U0LEADER01> Revision 2 checked: 1 fixed, 1 open. Better with edits." == card.text
    assert ["@U0LEADER01 Checked: Better with edits."] == lines(
        draw_thread_line("thread.checked", values, None, playbook())
    )


def test_lines_of_a_hand_off_know_its_number_and_team() -> None:
    values = {"hears": "U0LEADER01", "due": "18:02", "name": "Sam Idowu", "after": "3 minutes"}
    said = {
        "thread.handoff.sent": "@U0LEADER01 Sent to customer care (H-0142). They aim to answer by 18:02.",
        "thread.handoff.claimed": "@U0LEADER01 Sam Idowu has it, 3 minutes after it was sent.",
        "thread.handoff.back": "@U0LEADER01 Sam Idowu put H-0142 back. It stays with customer care.",
        "thread.handoff.withdrawn": "@U0LEADER01 Withdrawn: H-0142 to customer care.",
    }
    for key, expected in said.items():
        assert [expected] == lines(draw_thread_line(key, values, handoff(), playbook()))


def test_what_a_team_wrote_is_shown_and_not_notified() -> None:
    done = handoff(state="done", outcome_line="<!channel> refunded")
    card = draw_thread_line("thread.handoff.done", {"hears": "U0LEADER01", "name": "Sam"}, done, playbook())
    assert ["@U0LEADER01 Done by Sam. “<!channel> refunded”"] == lines(card)
    assert "<@U0LEADER01> Done by Sam." == card.text


def test_a_line_that_lacks_a_value_is_a_fault_and_no_half_sentence() -> None:
    with pytest.raises(PlaybookError, match="header"):
        draw_thread_line("thread.checked", {}, None, playbook())


def test_help_in_a_thread_has_a_button_that_shows_commands() -> None:
    assert [
        "Paste a draft to have it checked, or see what Lectern does.",
        "[ Show commands ]",
    ] == lines(draw_thread_line("help.mention", {}, None, playbook()))


def test_minutes_turn_into_hours_when_there_are_many() -> None:
    words = playbook().replies
    assert "3 minutes" == minutes_between(NOW, NOW + timedelta(minutes=3, seconds=50), words)
    assert "1 minute" == minutes_between(NOW, NOW + timedelta(minutes=1), words)
    assert "5 hours" == minutes_between(NOW, NOW + timedelta(hours=5, minutes=30), words)


def test_help_lists_the_commands_of_a_role() -> None:
    assert "- /coach and a text checks that text privately." in lines(coach_help(playbook(), {"leader"}))
    assert [
        "What Lectern does here",
        "- /coach help shows these commands.",
        "- /coach privacy tells what is kept, and for how long.",
    ] == lines(coach_help(playbook(), set()))


def test_status_lists_open_drafts_with_age_and_link() -> None:
    old = view(verdict(Outcome.EDIT), draft={"created_at": NOW - timedelta(hours=3)})
    card = coach_status(playbook(), [old], {"d1": "https://slack.example/p1"}, now=NOW, timezone=ZONE)
    expected = "- Better with edits · LinkedIn · 3 hours old · Open it (https://slack.example/p1)"
    assert ["1 open draft", expected] == lines(card)
    assert ["No open drafts."] == lines(coach_status(playbook(), [], {}, now=NOW, timezone=ZONE))


def test_status_of_very_many_drafts_lists_twenty() -> None:
    card = coach_status(playbook(), [view(verdict())] * 25, {}, now=NOW, timezone=ZONE)
    assert "5 more open drafts" == lines(card)[-1]


def test_answers_to_coach_lead_on() -> None:
    expected = ["Your draft is being checked in your conversation with Lectern.", "[ Open it ]"]
    assert expected == lines(coach_sent(playbook(), "https://slack.example/p1"))
    assert expected[:1] == lines(coach_sent(playbook(), ""))
    assert ["Not a command, and short for a draft.", "[ New draft… ]  [ Show commands ]"] == lines(
        coach_unknown(playbook())
    )
    assert any("30 days" in line for line in lines(privacy(playbook())))


def test_a_submitted_draft_stands_whole_with_both_names() -> None:
    card = draw_submitted("*Big* <!channel> day", "U0LEADER01", "U0DELEGATE", playbook(), NAMES)
    assert ["New draft, for Dana Reyes, submitted by Eve Lund", "    *Big* <!channel> day"] == lines(card)
    own = draw_submitted("a" * 9_000, "U0LEADER01", "U0LEADER01", playbook(), NAMES)
    assert "New draft, for Dana Reyes" == own.text
    assert 9_000 == print_card(own).count("a") - own.text.count("a")
    assert "Text deleted on 18 Nov, as agreed." == draw_submitted_gone(playbook(), "18 Nov").text


def posts(*days: int) -> list[Post]:
    return [Post(f"p{n}", "U0LEADER01", "linkedin", NOW - timedelta(days=n), None, None, "U0LEADER01") for n in days]


def test_cadence_is_told_in_words_and_numbers() -> None:
    summary = summarise(posts(2, 12, 22), NOW, ZONE, 4)
    card = draw_cadence(summary, playbook(), now=NOW, timezone=ZONE, unknown=3)
    expected = [
        "Your cadence · 4 weeks to 18 Nov",
        "- In rhythm. 3 posts, about one every 10 days. Last: LinkedIn, 2 days ago. Next good time: any day.",
        "- LinkedIn 3 · most in a week 1, limit 3",
        "- Per week, oldest first: 1 1 0 1",
        "- 3 reviewed drafts are not marked as posted.",
    ]
    assert expected == lines(card)


def test_cadence_without_posts_says_how_they_are_counted() -> None:
    card = draw_cadence(summarise([], NOW, ZONE), playbook(), now=NOW, timezone=ZONE, name="Dana Reyes")
    assert [
        "Cadence of Dana Reyes · 13 weeks to 18 Nov",
        "No posts recorded yet. Tap “Posted it” on a card when a post goes out.",
    ] == lines(card)


def test_cadence_names_the_next_good_time() -> None:
    soon = draw_cadence(
        summarise(posts(0), NOW, ZONE), playbook(), now=NOW, timezone=ZONE, next_time=NOW + timedelta(days=1)
    )
    assert "- Too few posts to say. 1 post. Last: LinkedIn, today. Next good time: Thu 14:02." == lines(soon)[1]


def test_a_redirect_that_is_only_noted_is_named_in_oversight_by_its_team() -> None:
    told = view(verdict(Outcome.REDIRECT, route="legal", findings=(finding(severity=Severity.REDIRECT),)))
    nowhere = replace(playbook(), routes=())
    assert "Better from legal" in lines(draw_line(told, playbook(), NAMES))[0]
    assert "Better from comms" in lines(draw_line(told, nowhere, NAMES))[0]

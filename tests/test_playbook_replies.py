"""Replies and the question to the model hold what code can fill, or it is told where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.playbook import load_playbook, read_playbook
from tests.prompt_folder import REPLIES, folder, sentences, write


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('x = "{team.name}"', "in the reply “x”, the placeholder {team.name} may hold a plain name only"),
        ('x = "{team[0]}"', "the placeholder {team[0]} may hold a plain name only"),
        ('x = "{n:>5}"', "the placeholder {n:>5} may hold a plain name only"),
        ('x = "{}"', "the placeholder {} may hold a plain name only"),
        ('x = "{0}"', "the placeholder {0} may hold a plain name only"),
        ('x = "a { b"', "a brace { or } stands alone"),
        ("x = 3", "the reply “x” must be a text in quotation marks, or a list of texts."),
        ("x = [1]", "the reply “x” must be a text in quotation marks, or a list of texts."),
    ],
)
def test_a_malformed_reply_is_told(tmp_path: Path, text: str, words: str) -> None:
    told = sentences(
        tmp_path, replies_toml=f"[card]\na = 'b'\n\n{text}".replace("[card]\na = 'b'", "# remark\ny = 'b'")
    )
    assert 1 == len(told)
    assert told[0].startswith("prompts/replies.toml, line 4: ")
    assert words in told[0]


def test_own_replies_have_the_same_keys_and_placeholders_as_the_shipped_ones(tmp_path: Path) -> None:
    own = write(
        tmp_path / "own",
        {
            "replies.toml": 'small_talk = "danke"\n[card]\nredirect.header = "Besser von {teem}"\n'
            '[card.ready]\nbraces = "{n} {limit}"\nmore = "x"\n'
        },
    )
    told = [str(fault) for fault in read_playbook(own, shipped=folder(tmp_path))[1]]
    name = f"{own}/replies.toml"
    assert [
        f"{name}, line 1: the reply “small_talk” must be a list of texts.",
        f"{name}, line 3: the reply “card.redirect.header” needs these placeholders: {{team}}.",
        f"{name}, line 4: the reply “card.ready.header” is missing. Take it over from the shipped replies.toml.",
        f"{name}, line 6: nothing uses a reply “card.ready.more”. Take it out.",
    ] == told


def test_translated_replies_load(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"replies.toml": REPLIES.replace("Better from", "Besser von")})
    replies = load_playbook(own, shipped=folder(tmp_path)).replies
    assert "Besser von legal" == replies.say("card.redirect.header", team="legal")


def test_a_slip_in_the_question_to_the_model_is_told_with_its_line(tmp_path: Path) -> None:
    told = sentences(tmp_path, critique_md="{# a #}\nReview {{ draft }}\n{% if %}\n")
    assert 1 == len(told)
    assert told[0].startswith("prompts/critique.md, line 3: ")

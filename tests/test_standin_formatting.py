"""What the stand-in makes of a text on its way in, as Slack does."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.blocks import check_blocks
from bot.playground.formatting import bot_text, command_text, compose
from bot.playground.scenario import default_workspace

WORKSPACE = default_workspace()


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Snow & ice <here>", "Snow &amp; ice &lt;here&gt;"),
        ("See https://alder.example/a?b=1&c=2.", "See <https://alder.example/a?b=1&amp;c=2>."),
        ("alder.com and dana@alder.com", "<http://alder.com|alder.com> and <mailto:dana@alder.com|dana@alder.com>"),
        ("Thanks @dana, @nobody", "Thanks <@U0LEADER01>, @nobody"),
        ("@here in #general", "<!here> in <#C0GENERAL1>"),
        ("Ask @comms", "Ask <!subteam^S0COMMS001>"),
        ("Done 🎉 👍🏽 :tada: :nosuch:", "Done :tada: :+1::skin-tone-4: :tada: :nosuch:"),
        ("*bold* _slanted_ ~gone~ `a<b`", "*bold* _slanted_ ~gone~ `a&lt;b`"),
        ("> said\n> twice\nmeant", "&gt; said\n&gt; twice\nmeant"),
        ("```\ncode & more\n```", "```code &amp; more```"),
        ("- one\n- two\n1. three", "- one\n- two\n1. three"),
        ("10:30:45, 5*3*2, snake_case_name, C# #AI", "10:30:45, 5*3*2, snake_case_name, C# #AI"),
        ("“Curly” – and\n\nblank", "“Curly” – and\n\nblank"),
    ],
)
def test_a_composers_text_is_sent_as_slack_sends_it(typed: str, sent: str) -> None:
    text, blocks = compose(typed, WORKSPACE)
    assert sent == text
    assert [] == check_blocks(blocks)
    assert ["rich_text"] == [block["type"] for block in blocks]


def elements(typed: str) -> list[dict[str, Any]]:
    return list(compose(typed, WORKSPACE)[1][0]["elements"][0]["elements"])


def test_rich_text_keeps_the_text_as_it_was_typed() -> None:
    assert [{"type": "text", "text": "Snow & ice\n\n<here>"}] == elements("Snow & ice\n\n<here>")


def test_rich_text_has_links_people_and_emoji_as_elements_of_their_own() -> None:
    found = elements("See https://alder.example @dana 👍🏽")
    assert ["text", "link", "text", "user", "text", "emoji"] == [element["type"] for element in found]
    assert {"type": "emoji", "name": "+1", "unicode": "1f44d-1f3fd", "skin_tone": 4} == found[-1]


def test_styles_and_paragraph_kinds_are_kept() -> None:
    assert [{"type": "text", "text": "bold", "style": {"bold": True}}] == elements("*bold*")
    kinds = [each["type"] for each in compose("a\n> b\n```c```\nd", WORKSPACE)[1][0]["elements"]]
    assert ["rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_section"] == kinds


def test_an_empty_text_has_no_blocks() -> None:
    assert ("", []) == compose("", WORKSPACE)


def test_a_bots_text_keeps_its_codes_and_gets_links_and_emoji_codes() -> None:
    text = "A & B &amp; <https://alder.example|site> https://alder.example <@U0LEADER01> @dana 🎉"
    kept = "A &amp; B &amp; <https://alder.example|site> <https://alder.example> <@U0LEADER01> @dana :tada:"
    assert kept == bot_text(text, WORKSPACE, link_names=False)
    assert kept.replace("@dana", "<@U0LEADER01>") == bot_text(text, WORKSPACE, link_names=True)


def test_a_command_with_escaping_gets_ids_with_names() -> None:
    sent = command_text("@dana & #general https://alder.example", WORKSPACE)
    assert "<@U0LEADER01|dana> &amp; <#C0GENERAL1|general> <https://alder.example>" == sent

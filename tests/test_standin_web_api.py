"""The stand-in's Web API, through slack_sdk's own client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.installed import InstalledApp
from bot.playground.scenario import default_workspace
from bot.playground.server import StandIn
from tests.echo_bot import DANA, DRAFTS, EVE, GENERAL, PRIYA, refusal, write

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
OPAQUE = {"event_type": "draft", "event_payload": {"draft": "D1"}}


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
def client(slack: StandIn) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def replies(client: AsyncWebClient, ts: str, **more: Any) -> list[dict[str, Any]]:
    answer = await client.conversations_replies(channel=DRAFTS, ts=ts, **more)
    return list(answer["messages"])


async def test_the_bot_learns_who_it_is(client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert ("U0LECTERN1", "B0LECTERN1", "T0ALDER001") == (me["user_id"], me["bot_id"], me["team_id"])


async def test_tokens_are_looked_at(slack: StandIn) -> None:
    for token, error in (
        (None, "not_authed"),
        ("xoxb-other", "invalid_auth"),
        (slack.app_token, "not_allowed_token_type"),
    ):
        assert error == await refusal(AsyncWebClient(token, base_url=slack.api_url).auth_test())


async def test_an_unknown_method_is_refused_and_logged(slack: StandIn, client: AsyncWebClient) -> None:
    assert "unknown_method" == await refusal(client.api_call("chat.shout"))
    assert "unknown_method" == slack.log.calls("chat.shout")[0]["answer"]["error"]


async def test_a_missing_scope_names_what_is_needed_and_what_there_is() -> None:
    app = replace(InstalledApp(), scopes=("chat:write", "im:history"))
    async with StandIn(scenario=default_workspace(app)) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError) as caught:
            await client.usergroups_users_list(usergroup="S0COMMS001")
        answer = caught.value.response
        expected = ("missing_scope", "usergroups:read", "chat:write,im:history")
        assert expected == (answer["error"], answer["needed"], answer["provided"])
        assert "missing_scope" == await refusal(client.conversations_members(channel=DRAFTS))
        assert "missing_scope" == await refusal(client.conversations_history(channel=DRAFTS))


async def test_a_post_needs_text_or_blocks_and_a_channel_with_the_bot_in_it(
    slack: StandIn, client: AsyncWebClient
) -> None:
    slack.acts.leave(slack.acts.person("U0LECTERN1"), slack.acts.channel("C0DRAFTS02"))
    slack.acts.archive(slack.acts.person(PRIYA), slack.acts.channel("C0SALES001"))
    cases: dict[str, dict[str, Any]] = {
        "no_text": {"channel": DRAFTS, "text": ""},
        "not_in_channel": {"channel": GENERAL, "text": "Hello"},
        "is_archived": {"channel": "C0SALES001", "text": "Hello"},
        "invalid_blocks_format": {"channel": DRAFTS, "text": "Hello", "blocks": "{"},
        "invalid_blocks": {"channel": DRAFTS, "text": "Hello", "blocks": [{"type": "sections"}]},
        "invalid_metadata_schema": {"channel": DRAFTS, "text": "Hello", "metadata": {"event_type": "draft"}},
        "too_many_attachments": {"channel": DRAFTS, "text": "Hello", "attachments": [{"text": "x"}] * 101},
    }
    for error, arguments in cases.items():
        assert error == await refusal(client.api_call("chat.postMessage", json=arguments))
    for hidden in ("C0DRAFTS02", "C0NOWHERE1"):
        assert "channel_not_found" == await refusal(client.chat_postMessage(channel=hidden, text="Hello"))


async def test_a_post_is_kept_as_slack_keeps_it(client: AsyncWebClient) -> None:
    link = {"type": "section", "text": {"type": "mrkdwn", "text": "R&D at https://alder.example"}}
    posted = await client.chat_postMessage(
        channel=DRAFTS, text="Snow & ice, @dana https://alder.example", blocks=[link]
    )
    message = posted["message"]
    assert "Snow &amp; ice, @dana <https://alder.example>" == message["text"]
    kept = message["blocks"][0]
    assert ("R&amp;D at <https://alder.example>", False) == (kept["text"]["text"], kept["text"]["verbatim"])
    assert kept["block_id"]


async def test_metadata_comes_only_when_asked_for(client: AsyncWebClient) -> None:
    root = str((await client.chat_postMessage(channel=DRAFTS, text="Root"))["ts"])
    await client.chat_postMessage(channel=DRAFTS, thread_ts=root, text="Card", metadata=OPAQUE)
    assert "metadata" not in (await replies(client, root))[1]
    assert OPAQUE == (await replies(client, root, include_all_metadata=True))[1]["metadata"]


async def test_text_is_cut_at_forty_thousand_when_posted_and_refused_over_four_thousand_when_updated(
    client: AsyncWebClient,
) -> None:
    posted = await client.chat_postMessage(channel=DRAFTS, text="x" * 40_001)
    assert 40_000 == len(posted["message"]["text"])
    ts = str(posted["ts"])
    await client.chat_update(channel=DRAFTS, ts=ts, text="x" * 4_000)
    assert "msg_too_long" == await refusal(client.chat_update(channel=DRAFTS, ts=ts, text="x" * 4_001))


async def test_all_blocks_together_hold_so_many_characters(client: AsyncWebClient) -> None:
    texts = [3000, 3000, 3000, 3000, 1200]
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * length}} for length in texts]
    assert (await client.chat_postMessage(channel=DRAFTS, text="Card", blocks=blocks))["ok"]
    one_over = [*blocks, {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}]
    assert "msg_blocks_too_long" == await refusal(client.chat_postMessage(channel=DRAFTS, text="Card", blocks=one_over))


async def test_an_update_with_text_alone_takes_the_blocks_and_keeps_the_metadata(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=DRAFTS, text="Card", blocks=[SECTION], metadata=OPAQUE)
    ts = str(posted["ts"])
    await client.chat_update(channel=DRAFTS, ts=ts, text="New card", blocks=[SECTION])
    whole = (await replies(client, ts, include_all_metadata=True))[0]
    assert ("New card", OPAQUE) == (whole["text"], whole["metadata"])
    assert "edited" not in whole
    await client.chat_update(channel=DRAFTS, ts=ts, text="Words only")
    bare = (await replies(client, ts, include_all_metadata=True))[0]
    assert "blocks" not in bare
    assert {"metadata", "edited"} <= set(bare)
    await client.chat_update(channel=DRAFTS, ts=ts, text="Words only", metadata={})
    assert "metadata" not in (await replies(client, ts, include_all_metadata=True))[0]


async def test_an_update_links_names_unless_parse_is_none(client: AsyncWebClient) -> None:
    ts = str((await client.chat_postMessage(channel=DRAFTS, text="Card"))["ts"])
    linked = await client.chat_update(channel=DRAFTS, ts=ts, text="Ask @dana")
    assert "Ask <@U0LEADER01>" == linked["text"]
    assert "Ask @dana" == (await client.chat_update(channel=DRAFTS, ts=ts, text="Ask @dana", parse="none"))["text"]


async def test_only_own_messages_can_be_changed_or_deleted(slack: StandIn, client: AsyncWebClient) -> None:
    theirs = write(slack, "A draft")
    assert "cant_update_message" == await refusal(client.chat_update(channel=DRAFTS, ts=theirs, text="Mine"))
    assert "cant_delete_message" == await refusal(client.chat_delete(channel=DRAFTS, ts=theirs))
    assert "message_not_found" == await refusal(client.chat_update(channel=DRAFTS, ts="1.000001", text="Lost"))
    own = str((await client.chat_postMessage(channel=DRAFTS, text="Card"))["ts"])
    await client.chat_delete(channel=DRAFTS, ts=own)
    assert "message_not_found" == await refusal(client.chat_delete(channel=DRAFTS, ts=own))


async def test_an_ephemeral_reaches_members_only_keeps_no_metadata_and_goes_with_a_reload(
    slack: StandIn, client: AsyncWebClient
) -> None:
    send = client.chat_postEphemeral
    assert "user_not_in_channel" == await refusal(send(channel=DRAFTS, user="U0CARE0001", text="Psst"))
    posted = await send(channel=DRAFTS, user=DANA, text="Psst", metadata=OPAQUE)
    ts = str(posted["message_ts"])
    drafts = slack.acts.channel(DRAFTS)
    assert ["Psst"] == [message.text for message in drafts.visible_to(DANA)]
    assert [] == list(drafts.visible_to(EVE))
    assert drafts.messages[ts].metadata is None
    assert [] == (await client.conversations_history(channel=DRAFTS))["messages"]
    assert "message_not_found" == await refusal(client.chat_update(channel=DRAFTS, ts=ts, text="Changed"))
    slack.acts.reload(slack.acts.person(DANA))
    assert [] == list(drafts.visible_to(DANA))

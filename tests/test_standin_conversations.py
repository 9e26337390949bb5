"""Conversations, people and files in the stand-in's Web API, and the shapes in which clients send arguments."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.client import WebClient

from bot.playground.server import StandIn
from tests.echo_bot import DANA, DRAFTS, EVE, PRIYA, refusal, write

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
OPAQUE = {"event_type": "draft", "event_payload": {"draft": "D1"}}


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
def client(slack: StandIn) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def test_a_user_id_opens_the_conversation(client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=DANA)
    posted = await client.chat_postMessage(channel=DANA, text="Good morning")
    assert opened["channel"]["id"] == posted["channel"]
    described = await client.conversations_info(channel=str(posted["channel"]))
    assert (True, DANA) == (described["channel"]["is_im"], described["channel"]["user"])


async def test_history_is_newest_first_without_replies_and_threads_are_oldest_first(
    slack: StandIn, client: AsyncWebClient
) -> None:
    first, second = write(slack, "one"), write(slack, "two")
    for number in range(3):
        write(slack, f"reply {number}", thread_ts=first)
    await client.chat_postMessage(channel=DRAFTS, thread_ts=first, text="everywhere", reply_broadcast=True)
    history = (await client.conversations_history(channel=DRAFTS))["messages"]
    assert ["everywhere", "two", "one"] == [message["text"] for message in history]
    assert 4 == history[2]["reply_count"]
    page = await client.conversations_replies(channel=DRAFTS, ts=first, limit=2)
    assert (["one", "reply 0"], True) == ([m["text"] for m in page["messages"]], page["has_more"])
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(channel=DRAFTS, ts=first, limit=10, cursor=cursor)
    assert (["reply 1", "reply 2", "everywhere"], False) == ([m["text"] for m in rest["messages"]], rest["has_more"])
    later = await client.conversations_history(channel=DRAFTS, oldest=second, inclusive=True, latest=second)
    assert ["two"] == [message["text"] for message in later["messages"]]
    assert "thread_not_found" == await refusal(client.conversations_replies(channel=DRAFTS, ts="1.000001"))


async def test_people_groups_and_members_are_found(client: AsyncWebClient) -> None:
    dana = (await client.users_lookupByEmail(email="DANA.REYES@alder.example"))["user"]
    assert (DANA, "Dana Reyes") == (dana["id"], dana["profile"]["real_name"])
    assert "users_not_found" == await refusal(client.users_lookupByEmail(email="nobody@alder.example"))
    assert "user_not_found" == await refusal(client.users_info(user="U0NOBODY01"))
    guest = (await client.users_info(user="U0GUEST001"))["user"]
    visitor = (await client.users_info(user="U0VISITOR1"))["user"]
    assert (True, False) == (guest["is_restricted"], visitor["is_restricted"])
    assert (True, "T0BIRCH001") == (visitor["is_stranger"], visitor["team_id"])
    assert [PRIYA] == (await client.usergroups_users_list(usergroup="S0COMMS001"))["users"]
    assert "no_such_subteam" == await refusal(client.usergroups_users_list(usergroup="S0NOBODY01"))
    members = await client.conversations_members(channel=DRAFTS, limit=2)
    assert [DANA, EVE] == members["members"]
    private = await client.conversations_list(types="private_channel", limit=200)
    assert DRAFTS in [channel["id"] for channel in private["channels"]]


async def test_a_file_goes_up_in_three_steps_and_stands_in_the_conversation(
    slack: StandIn, client: AsyncWebClient
) -> None:
    dm = str((await client.conversations_open(users=PRIYA))["channel"]["id"])
    await client.files_upload_v2(channel=dm, filename="export.csv", content="id,outcome", initial_comment="Your export")
    message = next(iter(slack.acts.channel(dm).messages.values()))
    assert ("file_share", "Your export", "export.csv") == (message.subtype, message.text, message.files[0]["name"])
    async with aiohttp.ClientSession() as session:
        address = message.files[0]["url_private"]
        async with session.get(address) as answer:
            assert 401 == answer.status
        async with session.get(address, headers={"Authorization": f"Bearer {slack.bot_token}"}) as answer:
            assert "id,outcome" == await answer.text()


async def test_a_permalink_leads_to_the_page(slack: StandIn, client: AsyncWebClient) -> None:
    ts = write(slack, "A draft")
    link = str((await client.chat_getPermalink(channel=DRAFTS, message_ts=ts))["permalink"])
    assert f"{slack.url}/archives/{DRAFTS}/p{ts.replace('.', '')}" == link
    async with aiohttp.ClientSession() as session, session.get(link, allow_redirects=False) as answer:
        assert (302, f"/#//{DRAFTS}/{ts}") == (answer.status, answer.headers["Location"])


async def test_slacks_own_judge_takes_no_token(slack: StandIn) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    assert (await client.api_call("blocks.validate", json={"blocks": [SECTION]}))["ok"]
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("blocks.validate", json={"blocks": [{"type": "header"}]})
    assert ("invalid_blocks", "/blocks/0") == (
        caught.value.response["error"],
        caught.value.response["errors"][0]["pointer"],
    )


async def test_arguments_are_taken_from_query_form_json_and_multipart(slack: StandIn) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    wanted = {"channel": DRAFTS, "text": "Hello"}
    address = slack.api_url + "chat.postMessage"
    with aiohttp.MultipartWriter("form-data") as parts:
        for name, value in wanted.items():
            parts.append(value).set_content_disposition("form-data", name=name)
    ways: list[dict[str, Any]] = [
        {"params": wanted},
        {"data": wanted},
        {"json": wanted},
        {"data": parts},
        {"params": {"channel": DRAFTS, "text": "Overruled"}, "json": {"text": "Hello"}},
        {"data": wanted | {"token": slack.bot_token}, "headers": {}},
    ]
    async with aiohttp.ClientSession() as session:
        for way in ways:
            async with session.post(address, **{"headers": headers, **way}) as answer:
                assert "Hello" == (await answer.json())["message"]["text"]
        async with session.post(address, data=b"{", headers=headers | {"Content-Type": "application/json"}) as answer:
            assert "invalid_json" == (await answer.json())["error"]


async def test_the_sync_clients_shapes_pass_too(slack: StandIn) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    posted = await asyncio.to_thread(
        client.chat_postMessage, channel=DRAFTS, text="Hello", blocks=[SECTION], unfurl_links=False
    )
    assert posted["ok"]
    ts = str(posted["ts"])
    found = await asyncio.to_thread(client.conversations_replies, channel=DRAFTS, ts=ts, include_all_metadata=True)
    assert ["Hello"] == [message["text"] for message in found["messages"]]

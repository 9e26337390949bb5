"""The control API, the page's files, and who is let in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.playground.server import StandIn
from tests.echo_bot import DANA, DRAFTS, EVE, GENERAL, by_socket


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def ask(slack: StandIn, session: aiohttp.ClientSession, path: str, **query: Any) -> dict[str, Any]:
    async with session.get(f"{slack.url}/control/{path}", params=query) as answer:
        return dict(await answer.json())


async def tell(slack: StandIn, session: aiohttp.ClientSession, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    async with session.post(f"{slack.url}/control/{path}", json=body) as answer:
        return answer.status, dict(await answer.json())


async def test_the_state_is_one_persons(slack: StandIn, session: aiohttp.ClientSession) -> None:
    state = await ask(slack, session, "state", **{"as": DANA})
    assert (DANA, "Alder", 0) == (state["me"], state["team"]["name"], state["bot"]["connected"])
    names = {channel["name"]: channel for channel in state["channels"]}
    assert {"dana-drafts", "general", "directmessage"} == set(names)
    assert ["/coach", "/cadence"] == [command["command"] for command in state["commands"]]
    guest = next(person for person in state["people"] if person["id"] == "U0GUEST001")
    assert guest["is_guest"]
    seen_by_guest = await ask(slack, session, "state", **{"as": "U0GUEST001"})
    assert ["dm"] == [channel["kind"] for channel in seen_by_guest["channels"]]


async def test_messages_are_what_a_person_sees_and_are_then_read(
    slack: StandIn, session: aiohttp.ClientSession
) -> None:
    status, answer = await tell(slack, session, "post", **{"as": DANA, "channel": DRAFTS, "text": "A draft"})
    assert 200 == status
    await tell(slack, session, "post", **{"as": EVE, "channel": DRAFTS, "text": "Nice", "thread_ts": answer["ts"]})
    unread = {c["id"]: c["unread"] for c in (await ask(slack, session, "state", **{"as": "U0COMMS001"}))["channels"]}
    assert 2 == unread[DRAFTS]
    seen = (await ask(slack, session, "messages", **{"as": "U0COMMS001", "channel": DRAFTS}))["messages"]
    assert [("A draft", 1), ("Nice", 0)] == [(message["text"], message["reply_count"]) for message in seen]
    read = {c["id"]: c["unread"] for c in (await ask(slack, session, "state", **{"as": "U0COMMS001"}))["channels"]}
    assert 0 == read[DRAFTS]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("post", {"as": "U0NOBODY01", "channel": DRAFTS, "text": "Hello"}),
        ("post", {"as": "U0LEADER02", "channel": DRAFTS, "text": "Hello"}),
        ("post", {"as": DANA, "channel": DRAFTS, "text": " "}),
        ("edit", {"as": DANA, "channel": DRAFTS, "ts": "1.000001", "text": "Hello"}),
        ("command", {"as": DANA, "channel": DRAFTS, "command": "/shout"}),
        ("action", {"as": DANA, "view_id": "V0000000000", "action_id": "press"}),
        ("shortcut", {"as": DANA, "callback_id": "no_such"}),
        ("submit", {"as": DANA, "view_id": "V0000000000"}),
        ("faults", {"kind": "explode"}),
        ("delivery", {"disconnect": "tired"}),
        ("group", {"group": "S0NOBODY01", "users": []}),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(
    slack: StandIn, session: aiohttp.ClientSession, path: str, body: dict[str, Any]
) -> None:
    status, answer = await tell(slack, session, path, **body)
    assert 400 == status
    assert str(answer["error"]).endswith(".")


async def test_everything_can_be_driven_over_the_control_api(slack: StandIn, session: aiohttp.ClientSession) -> None:
    async with by_socket(slack) as bot:

        @bot.app.command("/coach")
        async def coach(ack: Any, client: Any, body: dict[str, Any]) -> None:
            title = {"type": "plain_text", "text": "Form"}
            field = {"type": "plain_text_input", "action_id": "f", "initial_value": "as it was"}
            block = {"type": "input", "block_id": "b", "label": title, "element": field}
            view = {"type": "modal", "callback_id": "form", "title": title, "submit": title, "blocks": [block]}
            await client.views_open(trigger_id=body["trigger_id"], view=view)
            await ack()

        @bot.app.view("form")
        async def form(ack: Any) -> None:
            await ack()

        assert 1 == (await ask(slack, session, "state", **{"as": DANA}))["bot"]["connected"]
        _, said = await tell(
            slack, session, "command", **{"as": DANA, "channel": DRAFTS, "command": "/coach", "text": ""}
        )
        assert said["ok"]
        view = (await ask(slack, session, "views", **{"as": DANA}))["view"]
        assert "as it was" == view["state"]["values"]["b"]["f"]["value"]
        _, sent = await tell(slack, session, "submit", **{"as": DANA, "view_id": view["id"], "values": {}})
        assert (True, None) == (sent["ok"], sent["errors"])
        _, posted = await tell(
            slack, session, "post", **{"as": DANA, "channel": DRAFTS, "text": "https://alder.example"}
        )
        for path, more in (("unfurl", {}), ("edit", {"text": "Snow"}), ("delete", {})):
            status, _ = await tell(slack, session, path, **{"as": DANA, "channel": DRAFTS, "ts": posted["ts"], **more})
            assert 200 == status
        await tell(slack, session, "join", **{"as": "U0LECTERN1", "channel": GENERAL, "inviter": DANA})
        await ask(slack, session, "home", **{"as": DANA, "opened": "1"})
        await slack.settled()
        types = [body["event"].get("subtype") or body["event"]["type"] for body in bot.heard]
        changes = ["message_changed", "message_changed", "message_deleted"]
        assert ["message", *changes, "member_joined_channel", "app_home_opened"] == types
        entries = (await ask(slack, session, "log", since=0))["entries"]
        assert list(range(1, len(entries) + 1)) == [entry["n"] for entry in entries]
        assert {"api", "event", "ack", "interaction", "socket"} <= {entry["kind"] for entry in entries}


async def test_the_stream_names_what_changed_for_one_person(slack: StandIn, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{slack.url}/control/stream", params={"as": DANA}) as stream:
        assert "text/event-stream" == stream.content_type
        await stream.content.readuntil(b"\n\n")
        slack.acts.post(slack.acts.person(EVE), slack.acts.channel(DRAFTS), "Look")
        async with asyncio.timeout(5):
            line = await stream.content.readuntil(b"\n\n")
        assert f"messages:{DRAFTS}" in json.loads(line.removeprefix(b"data: "))["changed"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 200),
    ],
)
async def test_only_this_machine_and_its_own_page_are_let_in(
    slack: StandIn, session: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    for path in ("/", "/control/state", "/api/auth.test"):
        async with session.get(slack.url + path, headers=headers) as answer:
            assert status == answer.status


async def test_the_page_is_served_with_a_strict_policy_and_nothing_beside_it(
    slack: StandIn, session: aiohttp.ClientSession
) -> None:
    async with session.get(slack.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert ("text/html", True) == (answer.content_type, "script-src 'self';" in policy)
        assert "unsafe" not in policy
    async with session.get(f"{slack.url}/page/app.js") as answer:
        assert "text/javascript" == answer.content_type
    for path in ("/page/nothing.js", "/page/..%2fserver.py", "/page/%2e%2e"):
        async with session.get(URL(slack.url + path, encoded=True)) as answer:
            assert 404 == answer.status


async def test_it_listens_on_this_machine_alone(slack: StandIn) -> None:
    assert slack.url.startswith("http://127.0.0.1:")
    assert slack.api_url.endswith("/api/")

"""The stand-in over Socket Mode, with a real Bolt app at the other end."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import StandIn
from tests.echo_bot import DRAFTS, GENERAL, EchoBot, by_socket, quick_clock, write


async def test_a_persons_message_reaches_the_bot_in_slacks_shape() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        ts = write(slack, "Hello & welcome")
        await slack.settled()
        event = bot.heard[0]["event"]
        expected = ("message", ts, ts, "group", DRAFTS, "Hello &amp; welcome", "T0ALDER001")
        names = ("type", "ts", "event_ts", "channel_type", "channel", "text", "team")
        assert expected == tuple(event[name] for name in names)
        assert {"client_msg_id", "blocks"} <= set(event)
        assert "subtype" not in event
        assert ("event_callback", "A0LECTERN1") == (bot.heard[0]["type"], bot.heard[0]["api_app_id"])


async def test_the_bot_hears_nothing_from_channels_that_it_is_not_in() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        write(slack, "Not for the bot", where=GENERAL)
        write(slack, "For the bot")
        await slack.settled()
        assert ["For the bot"] == bot.texts


async def test_the_bots_own_post_is_delivered_as_an_event_and_bolt_drops_it() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        await bot.client.chat_postMessage(channel=DRAFTS, text="A card")
        await slack.settled()
        sent = slack.log.find("event")[0]["payload"]["event"]
        assert ("U0LECTERN1", "B0LECTERN1", "A0LECTERN1") == (sent["user"], sent["bot_id"], sent["app_id"])
        assert [] == bot.heard
        assert 1 == len(slack.log.find("ack"))


async def test_an_event_that_nobody_acks_comes_again_three_times_with_number_and_reason() -> None:
    async with StandIn(clock=quick_clock(ack_seconds=0.15)) as slack, by_socket(slack) as bot:

        async def fail(event: dict[str, Any]) -> None:
            raise RuntimeError("the listener fails")

        bot.on_message = fail
        write(slack, "A draft")
        await slack.settled()
        assert [("0", ""), ("1", "timeout"), ("2", "timeout"), ("3", "timeout")] == [
            (number or "0", reason) for number, reason in bot.retries
        ]
        assert 1 == len({body["event_id"] for body in bot.heard})
        assert 4 == len({entry["envelope_id"] for entry in slack.log.find("event")})
        assert 4 == len(slack.log.find("no_ack"))


async def test_the_series_waits_a_minute_and_then_five() -> None:
    async with StandIn(clock=quick_clock(compress=1.0)) as slack:
        write(slack, "A draft for nobody")
        await slack.log.until(lambda log: len(log.find("no_ack")) == 2)
        slack.clock.advance(59)
        await asyncio.sleep(0.02)
        assert 2 == len(slack.log.find("no_ack"))
        slack.clock.advance(1)
        await slack.log.until(lambda log: len(log.find("no_ack")) == 3)
        slack.clock.advance(299)
        await asyncio.sleep(0.02)
        assert 3 == len(slack.log.find("no_ack"))
        slack.clock.advance(1)
        await slack.settled()
        assert [0, 1, 2, 3] == [entry["retry"] for entry in slack.log.find("event")]


async def test_an_event_that_came_while_nobody_listened_arrives_as_a_retry() -> None:
    async with StandIn(clock=quick_clock(compress=200.0)) as slack:
        write(slack, "Written in the night")
        await slack.log.until(lambda log: len(log.find("no_ack")) == 2)
        async with by_socket(slack) as bot:
            await slack.settled()
            assert ["Written in the night"] == bot.texts
            assert "2" == bot.retries[0][0]


async def test_a_lost_ack_brings_the_event_again() -> None:
    async with StandIn(clock=quick_clock()) as slack, by_socket(slack) as bot:
        slack.scene.delivery.drop_acks = 1
        write(slack, "Twice")
        await slack.settled()
        assert ["Twice", "Twice"] == bot.texts


async def test_a_duplicate_has_the_same_event_id_and_is_no_retry() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        slack.scene.delivery.duplicates = 1
        write(slack, "Once")
        await slack.settled()
        assert ["Once", "Once"] == bot.texts
        assert 1 == len({body["event_id"] for body in bot.heard})
        assert [0, 0] == [entry["retry"] for entry in slack.log.find("event")]


async def test_reordered_events_arrive_the_wrong_way_round_and_a_lonely_one_still_arrives() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        slack.scene.delivery.reorder = True
        for text in ("first", "second", "third"):
            write(slack, text)
        await slack.settled()
        assert ["second", "first", "third"] == bot.texts


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "too_many_websockets"])
async def test_a_disconnected_bot_comes_back(reason: str) -> None:
    async with StandIn(clock=quick_clock(compress=100.0)) as slack, by_socket(slack) as bot:
        await slack.scene.sockets.disconnect(reason)
        await slack.log.until(lambda log: len(log.find("socket", what="open")) >= 2)
        await slack.connected()
        write(slack, "After the break")
        await slack.settled()
        assert "After the break" in bot.texts


async def test_each_payload_goes_to_one_of_several_connections() -> None:
    async with StandIn() as slack, by_socket(slack) as one, by_socket(slack) as two:
        await slack.connected(2)
        for number in range(40):
            write(slack, str(number))
        await slack.settled()
        assert sorted(map(str, range(40))) == sorted(one.texts + two.texts)
        assert one.texts
        assert two.texts


async def test_the_eleventh_connection_is_sent_away() -> None:
    async with StandIn() as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.app_token, base_url=slack.api_url)
        sockets = []
        for _ in range(10):
            socket = await session.ws_connect(
                str((await client.apps_connections_open(app_token=slack.app_token))["url"])
            )
            assert "hello" == (await socket.receive_json())["type"]
            sockets.append(socket)
        late = await session.ws_connect(str((await client.apps_connections_open(app_token=slack.app_token))["url"]))
        goodbye = await late.receive_json()
        assert ("disconnect", "too_many_websockets") == (goodbye["type"], goodbye["reason"])
        assert (await late.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        assert 10 == slack.scene.sockets.count
        for socket in [*sockets, late]:
            await socket.close()


async def test_an_address_opens_one_connection_only() -> None:
    async with StandIn() as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.app_token, base_url=slack.api_url)
        address = str((await client.apps_connections_open(app_token=slack.app_token))["url"])
        socket = await session.ws_connect(address)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)
        await socket.close()


async def test_edits_unfurls_and_deletions_come_in_their_own_shapes() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        dana, drafts = slack.acts.person("U0LEADER01"), slack.acts.channel(DRAFTS)
        ts = write(slack, "See https://alder.example/snow")
        slack.acts.unfurl(drafts, ts)
        slack.acts.edit(dana, drafts, ts, "Snow")
        slack.acts.delete(dana, drafts, ts)
        await slack.settled()
        unfurled, edited, deleted = (body["event"] for body in bot.heard[1:])
        assert "edited" not in unfurled["message"]
        assert unfurled["message"]["text"] == unfurled["previous_message"]["text"]
        assert "https://alder.example/snow" == unfurled["message"]["attachments"][0]["from_url"]
        assert ("message_changed", "U0LEADER01") == (edited["subtype"], edited["message"]["edited"]["user"])
        assert ("Snow", "See <https://alder.example/snow>") == (
            edited["message"]["text"],
            edited["previous_message"]["text"],
        )
        assert ("message_deleted", ts) == (deleted["subtype"], deleted["deleted_ts"])


async def test_a_deleted_root_with_replies_comes_as_a_change_into_a_tombstone() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        dana, drafts = slack.acts.person("U0LEADER01"), slack.acts.channel(DRAFTS)
        ts = write(slack, "A draft")
        await bot.client.chat_postMessage(channel=DRAFTS, thread_ts=ts, text="A card")
        slack.acts.delete(dana, drafts, ts)
        await slack.settled()
        event = bot.heard[-1]["event"]
        assert ("message_changed", "tombstone") == (event["subtype"], event["message"]["subtype"])
        assert "A draft" == event["previous_message"]["text"]


async def test_a_file_comes_as_file_share_and_membership_as_its_events() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        write(slack, "With a picture", files=[{"name": "snow.png", "mimetype": "image/png", "alt_txt": "Deep snow"}])
        slack.acts.join(slack.acts.person("U0VISITOR1"), slack.acts.channel(DRAFTS))
        slack.acts.leave(slack.acts.person("U0LECTERN1"), slack.acts.channel(DRAFTS))
        await slack.settled()
        events = [body["event"] for body in bot.heard]
        assert ["message", "member_joined_channel", "message", "group_left"] == [event["type"] for event in events]
        assert ("file_share", "Deep snow") == (events[0]["subtype"], events[0]["files"][0]["alt_txt"])
        assert ("U0VISITOR1", "T0BIRCH001", "G") == tuple(events[1][name] for name in ("user", "team", "channel_type"))
        assert bot.heard[1]["is_ext_shared_channel"]


async def test_opening_home_is_heard_and_a_changed_user_group_too() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        slack.acts.open_home(slack.acts.person("U0LEADER01"))
        slack.acts.set_group("S0COMMS001", ["U0LEGAL001"])
        await slack.settled()
        opened, members = (body["event"] for body in bot.heard)
        assert ("app_home_opened", "home", "U0LEADER01") == (opened["type"], opened["tab"], opened["user"])
        assert (["U0LEGAL001"], ["U0COMMS001"]) == (members["added_users"], members["removed_users"])


async def test_a_bad_app_token_is_refused() -> None:
    async with StandIn() as slack:
        answer = await AsyncWebClient(base_url=slack.api_url).api_call(
            "apps.connections.open", headers={"Authorization": f"Bearer {slack.app_token}"}
        )
        assert answer["ok"]
        bot = EchoBot(slack)
        with pytest.raises(Exception, match="not_allowed_token_type"):
            await bot.client.api_call("apps.connections.open")

"""Commands, clicks, shortcuts and App Home on the stand-in, answered by a real Bolt app over Socket Mode."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.server import StandIn
from tests.echo_bot import DANA, DRAFTS, EVE, GENERAL, by_socket, quick_clock, write
from tests.short_form import command, opens_form, plain


async def test_a_commands_ack_is_shown_to_its_person_alone_even_without_the_bot_in_the_channel() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        heard: list[dict[str, Any]] = []

        @bot.app.command("/cadence")
        async def cadence(ack: Any, command: dict[str, Any]) -> None:
            heard.append(command)
            await ack("Twice a week")

        answer = await command(slack, "/cadence", "@tom 13w", where=GENERAL)
        assert ({"text": "Twice a week"}, None) == (answer["ack"], answer["error"])
        assert ("<@U0LEADER02|tom> 13w", "general", DANA) == tuple(
            heard[0][name] for name in ("text", "channel_name", "user_id")
        )
        shown = list(slack.acts.channel(GENERAL).messages.values())
        assert [("Twice a week", DANA)] == [(message.text, message.ephemeral_for) for message in shown]


async def test_a_command_that_is_not_acked_in_time_fails_and_is_not_repeated() -> None:
    async with StandIn(clock=quick_clock(ack_seconds=0.15)) as slack, by_socket(slack) as bot:
        calls: list[int] = []

        @bot.app.command("/coach")
        async def coach(ack: Any) -> None:
            calls.append(1)
            await asyncio.sleep(0.3)
            await ack()

        answer = await command(slack)
        assert (False, "operation_timeout", None) == (answer["ok"], answer["error"], answer["ack"])
        await slack.log.until(lambda log: bool(log.find("ack", late=True)))
        assert [1] == calls
        last = list(slack.acts.channel(DRAFTS).messages.values())[-1]
        assert ("USLACKBOT", DANA) == (last.user, last.ephemeral_for)


async def test_a_click_carries_the_message_its_place_and_the_button() -> None:
    async with StandIn(clock=quick_clock(ack_seconds=0.3)) as slack, by_socket(slack) as bot:
        clicks: list[dict[str, Any]] = []

        @bot.app.action("press")
        async def press(ack: Any, body: dict[str, Any]) -> None:
            clicks.append(body)
            await ack()

        root = write(slack, "A draft")
        elements = [
            {"type": "button", "action_id": "press", "text": plain("Press"), "value": "D1", "style": "primary"},
            {"type": "overflow", "action_id": "press_more", "options": [{"text": plain("Drop it"), "value": "drop"}]},
        ]
        posted = await bot.client.chat_postMessage(
            channel=DRAFTS, thread_ts=root, text="Card", blocks=[{"type": "actions", "elements": elements}]
        )
        ts = str(posted["ts"])
        dana, drafts = slack.acts.person(DANA), slack.acts.channel(DRAFTS)
        answer = await slack.interactions.message_action(
            dana, drafts, slack.acts.message(drafts, ts), {"action_id": "press"}
        )
        assert answer["ok"]
        body = clicks[0]
        container = {
            "type": "message",
            "message_ts": ts,
            "channel_id": DRAFTS,
            "is_ephemeral": False,
            "thread_ts": root,
        }
        assert container == body["container"]
        assert {"id": DRAFTS, "name": "privategroup"} == body["channel"]
        assert (DANA, "T0ALDER001") == (body["user"]["id"], body["user"]["team_id"])
        assert ts == body["message"]["ts"]
        action = body["actions"][0]
        assert ("button", "press", "D1", "primary") == tuple(action[n] for n in ("type", "action_id", "value", "style"))
        more = await slack.interactions.message_action(
            dana, drafts, slack.acts.message(drafts, ts), {"action_id": "press_more", "value": "drop"}
        )
        assert not more["ok"]
        chosen = slack.log.find("interaction")[-1]["payload"]["actions"][0]
        assert {"text": plain("Drop it") | {"emoji": True}, "value": "drop"} == chosen["selected_option"]


async def test_an_ephemeral_click_has_no_message_and_can_be_replaced_five_times() -> None:
    async with StandIn(clock=quick_clock(ack_seconds=0.3)) as slack, by_socket(slack) as bot:
        button = {"type": "button", "action_id": "press", "text": plain("Press")}
        posted = await bot.client.chat_postEphemeral(
            channel=DRAFTS, user=DANA, text="Only you", blocks=[{"type": "actions", "elements": [button]}]
        )
        drafts = slack.acts.channel(DRAFTS)
        message = slack.acts.message(drafts, str(posted["message_ts"]))
        await slack.interactions.message_action(slack.acts.person(DANA), drafts, message, {"action_id": "press"})
        payload = slack.log.find("interaction")[0]["payload"]
        assert "message" not in payload
        assert payload["container"]["is_ephemeral"]
        hook = AsyncWebhookClient(payload["response_url"])
        for number in range(5):
            assert 200 == (await hook.send(text=f"Answer {number}", replace_original=True)).status_code
        late = await hook.send(text="Too often")
        assert (404, "used_url") == (late.status_code, late.body)
        assert ("Answer 4", DANA) == (message.text, message.ephemeral_for)


async def test_a_response_url_ends_after_thirty_minutes_and_deletes_and_posts() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        opens_form(bot)
        await command(slack)
        hook = AsyncWebhookClient(slack.log.find("interaction")[0]["payload"]["response_url"])
        await hook.send(text="For everybody", response_type="in_channel")
        await hook.send(text="For Dana")
        seen = [(m.text, m.ephemeral_for) for m in slack.acts.channel(DRAFTS).messages.values()]
        assert [("For everybody", None), ("For Dana", DANA)] == seen
        slack.clock.advance(29 * 60)
        assert 200 == (await hook.send(text="In time")).status_code
        slack.clock.advance(61)
        assert "expired_url" == (await hook.send(text="Too late")).body


async def test_shortcuts_bring_the_message_or_nothing() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        heard: list[dict[str, Any]] = []

        @bot.app.shortcut("check_draft")
        async def check(ack: Any, body: dict[str, Any]) -> None:
            heard.append(body)
            await ack()

        @bot.app.shortcut("new_draft")
        async def new(ack: Any, body: dict[str, Any]) -> None:
            heard.append(body)
            await ack()

        ts = write(slack, "Not for the bot", who=EVE, where=GENERAL)
        dana, general = slack.acts.person(DANA), slack.acts.channel(GENERAL)
        await slack.interactions.shortcut(dana, "check_draft", general, slack.acts.message(general, ts))
        await slack.interactions.shortcut(dana, "new_draft", None, None)
        assert ["message_action", "shortcut"] == [body["type"] for body in heard]
        assert ("Not for the bot", ts) == (heard[0]["message"]["text"], heard[0]["message_ts"])
        assert "channel" not in heard[1]


async def test_home_is_published_and_its_buttons_act_without_a_channel() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        clicks: list[dict[str, Any]] = []

        @bot.app.action("press")
        async def press(ack: Any, body: dict[str, Any]) -> None:
            clicks.append(body)
            await ack()

        button = {"type": "button", "action_id": "press", "text": plain("Press")}
        home = {"type": "home", "blocks": [{"type": "actions", "block_id": "row", "elements": [button]}]}
        await bot.client.views_publish(user_id=DANA, view=home)
        view = slack.scene.modals.home(DANA)
        assert view is not None
        answer = await slack.interactions.view_action(slack.acts.person(DANA), view["id"], {"action_id": "press"})
        assert answer["ok"]
        assert {"type": "view", "view_id": view["id"]} == clicks[0]["container"]
        assert {"channel", "response_url", "message"}.isdisjoint(clicks[0])

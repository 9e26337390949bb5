"""Modals on the stand-in: triggers, checks, what a submission does to the stack of views."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.server import StandIn
from bot.playground.wire import ControlError
from tests.echo_bot import DANA, by_socket, quick_clock
from tests.short_form import command, form, opens_form, plain, top, typed


async def test_a_trigger_opens_one_view_only_and_only_for_a_while() -> None:
    async with StandIn(clock=quick_clock(ack_seconds=3.0, trigger_seconds=0.1)) as slack, by_socket(slack) as bot:
        opens_form(bot)
        await command(slack)
        used = slack.log.find("interaction")[0]["payload"]["trigger_id"]
        with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
            await bot.client.views_open(trigger_id=used, view=form())
        with pytest.raises(SlackApiError, match="invalid_trigger_id"):
            await bot.client.views_open(trigger_id="1.2.3", view=form())
        fresh = slack.scene.triggers.make(DANA)
        await asyncio.sleep(0.12)
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            await bot.client.views_open(trigger_id=fresh, view=form())


async def test_a_form_is_checked_by_slack_then_by_the_bot_and_then_closes() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        opens_form(bot)

        @bot.app.view("form")
        async def sent(ack: Any, view: dict[str, Any]) -> None:
            value = view["state"]["values"]["reason"]["field"]["value"]
            if value == "no":
                await ack(response_action="errors", errors={"reason": "Say more."})
            else:
                await ack()

        await command(slack)
        dana, view = slack.acts.person(DANA), top(slack)
        assert view is not None
        empty = await slack.interactions.submit(dana, view["id"], {})
        assert {"reason": "Please complete this required field."} == empty["errors"]
        long = await slack.interactions.submit(dana, view["id"], typed("x" * 11))
        assert {"reason": "Please use no more than 10 characters."} == long["errors"]
        refused = await slack.interactions.submit(dana, view["id"], typed("no"))
        assert (False, {"reason": "Say more."}, "errors") == (
            refused["ok"],
            refused["errors"],
            refused["response_action"],
        )
        assert top(slack) is not None
        assert (await slack.interactions.submit(dana, view["id"], typed("because")))["ok"]
        assert top(slack) is None


async def test_a_submission_can_update_push_and_clear() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        opens_form(bot)

        @bot.app.view("form")
        async def first(ack: Any) -> None:
            await ack(response_action="update", view=form("second", title=plain("Second")))

        @bot.app.view("second")
        async def second(ack: Any) -> None:
            await ack(response_action="push", view=form("third", title=plain("Third")))

        @bot.app.view("third")
        async def third(ack: Any) -> None:
            await ack(response_action="clear")

        await command(slack)
        dana = slack.acts.person(DANA)
        for title, depth in (("Second", 1), ("Third", 2), (None, 0)):
            view = top(slack)
            assert view is not None
            await slack.interactions.submit(dana, view["id"], typed("because"))
            now = top(slack)
            assert title == (now["title"]["text"] if now else None)
            assert depth == len(slack.scene.modals.stack(DANA))


async def test_an_unanswered_form_stays_open_with_a_notice() -> None:
    async with StandIn(clock=quick_clock(ack_seconds=0.15)) as slack, by_socket(slack) as bot:
        opened = await bot.client.views_open(trigger_id=slack.scene.triggers.make(DANA), view=form("nobody"))
        answer = await slack.interactions.submit(slack.acts.person(DANA), str(opened["view"]["id"]), typed("because"))
        assert (False, "operation_timeout") == (answer["ok"], answer["error"])
        assert top(slack) is not None
        assert DANA in slack.scene.modals.notices


async def test_a_stale_hash_a_lost_view_and_a_fourth_view_are_refused() -> None:
    async with StandIn() as slack, by_socket(slack) as bot:
        opened = await bot.client.views_open(trigger_id=slack.scene.triggers.make(DANA), view=form())
        view = opened["view"]
        await bot.client.views_update(view_id=view["id"], hash=view["hash"], view=form(title=plain("New")))
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await bot.client.views_update(view_id=view["id"], hash=view["hash"], view=form())
        with pytest.raises(SlackApiError, match="not_found"):
            await bot.client.views_update(view_id="V0000000000", view=form())
        for _ in range(2):
            await bot.client.views_push(trigger_id=slack.scene.triggers.make(DANA), view=form())
        with pytest.raises(SlackApiError, match="push_limit_reached"):
            await bot.client.views_push(trigger_id=slack.scene.triggers.make(DANA), view=form())


async def test_closing_is_told_only_where_asked_for() -> None:
    async with StandIn(clock=quick_clock(ack_seconds=0.3)) as slack, by_socket(slack) as bot:
        dana = slack.acts.person(DANA)
        for asked, count in ((False, 0), (True, 1)):
            view = form("closing", notify_on_close=asked)
            opened = await bot.client.views_open(trigger_id=slack.scene.triggers.make(DANA), view=view)
            await slack.interactions.close(dana, str(opened["view"]["id"]))
            assert count == len(slack.log.find("interaction", type="view_closed"))
        with pytest.raises(ControlError):
            await slack.interactions.close(dana, "V0000000000")

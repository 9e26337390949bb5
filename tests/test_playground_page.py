"""The playground's page in a real Chromium, against the real stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Page, Playwright, async_playwright, expect
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import StandIn
from tests.browser import ARGUMENTS, find_chromium
from tests.form_bot import ASKING, FormBot

DANA = "U0LEADER01"
EVE = "U0DELEGATE"
COMMS = "U0COMMS001"
DRAFTS = "C0DRAFTS01"
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.browser


@pytest.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    async with StandIn(port=0) as running:
        yield running


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as running:
        yield running


@pytest.fixture
def chromium_path(playwright: Playwright) -> str:
    return find_chromium(playwright)


@pytest.fixture
async def page(playwright: Playwright, chromium_path: str, stand_in: StandIn) -> AsyncIterator[Page]:
    """A page of a computer's width, closed before its server is; nothing may have been refused or failed in it."""
    browser = await playwright.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
    opened = await browser.new_page(viewport={"width": WIDE["width"], "height": WIDE["height"]})
    opened.set_default_timeout(15_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    yield opened
    await browser.close()
    assert [] == complaints


def web_client(stand_in: StandIn) -> AsyncWebClient:
    return AsyncWebClient(token=stand_in.bot_token, base_url=stand_in.api_url)


async def post(stand_in: StandIn, who: str, text: str, thread_ts: str | None = None) -> str:
    """Posts as a person, and gives the message's ts."""
    body = {"as": who, "channel": DRAFTS, "text": text} | ({"thread_ts": thread_ts} if thread_ts else {})
    async with aiohttp.ClientSession() as session, session.post(f"{stand_in.url}/control/post", json=body) as answer:
        assert 200 == answer.status
        return str((await answer.json())["ts"])


async def visit(page: Page, stand_in: StandIn, who: str = DANA, place: str = DRAFTS) -> None:
    await page.goto(f"{stand_in.url}/#/{who}/{place}")
    await expect(page.locator("body")).to_have_attribute("data-ready", "true")


async def focused(page: Page) -> str:
    return str(await page.evaluate("document.activeElement?.dataset.testid ?? ''"))


async def test_markup_in_a_persons_message_stays_text(page: Page, stand_in: StandIn) -> None:
    hostile = '<img src=x onerror="window.struck=true"> <script>window.struck=true</script>'
    await post(stand_in, DANA, hostile)
    await visit(page, stand_in)
    await expect(page.get_by_test_id("message").last).to_contain_text(hostile)
    assert 0 == await page.locator("#messages img, #messages script").count()
    assert await page.evaluate("window.struck === undefined")


async def test_only_safe_addresses_become_links(page: Page, stand_in: StandIn) -> None:
    text = (
        "<javascript:window.struck=true|tap me> <data:text/html,hello|open> "
        "<https://alder.example/news|our news> <mailto:dana@alder.example|write>"
    )
    await web_client(stand_in).chat_postMessage(
        channel=DRAFTS,
        text="Links",
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": text}}],
    )
    await visit(page, stand_in)
    message = page.get_by_test_id("message").last
    await expect(message).to_contain_text("tap me")
    links = await message.locator("a").evaluate_all("all => all.map(a => [a.getAttribute('href'), a.rel])")
    assert [
        ["https://alder.example/news", "noopener noreferrer"],
        ["mailto:dana@alder.example", "noopener noreferrer"],
    ] == links


async def test_rich_text_shows_a_link_as_words_that_cannot_be_followed(page: Page, stand_in: StandIn) -> None:
    link = {"type": "link", "url": "https://alder.example/", "text": "a friendly name"}
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]}
    await web_client(stand_in).chat_postMessage(channel=DRAFTS, text="Review", blocks=[block])
    await visit(page, stand_in)
    words = page.get_by_test_id("message").last.get_by_text("a friendly name")
    await expect(words).to_have_attribute("title", "https://alder.example/")
    assert 0 == await page.locator("#messages a").count()


async def test_a_reply_stands_in_the_thread_and_is_counted_under_its_root(page: Page, stand_in: StandIn) -> None:
    root = await post(stand_in, DANA, "One depot fewer, one day faster.")
    await post(stand_in, EVE, "Which depot is it?", root)
    await visit(page, stand_in)
    message = page.locator(f'#messages [data-ts="{root}"]')
    await message.get_by_test_id("open-thread").click()
    thread = page.get_by_test_id("thread")
    await expect(thread).to_contain_text("Which depot is it?")
    await page.get_by_test_id("thread-composer").fill("The one in the harbour.")
    await page.get_by_test_id("thread-send").click()
    await expect(thread.get_by_test_id("message")).to_have_count(3)
    await expect(message.get_by_test_id("open-thread")).to_have_text("2 replies")
    await expect(page.get_by_test_id("messages")).not_to_contain_text("The one in the harbour.")
    await page.get_by_test_id("thread-close").click()
    await expect(thread).to_be_hidden()


async def test_acting_as_another_person_shows_what_that_person_sees(page: Page, stand_in: StandIn) -> None:
    await visit(page, stand_in)
    await web_client(stand_in).chat_postEphemeral(channel=DRAFTS, user=DANA, text="Only comms can do that.")
    await expect(page.get_by_test_id("ephemeral")).to_have_text("Only visible to you")
    await expect(page.get_by_test_id("channel-C0OVERSITE")).to_have_count(0)
    await page.get_by_test_id("act-as").select_option(COMMS)
    await expect(page.get_by_test_id("channel-C0OVERSITE")).to_be_visible()
    await page.get_by_test_id(f"channel-{DRAFTS}").click()
    await expect(page.get_by_test_id("room-name")).to_have_text("#dana-drafts")
    await expect(page.get_by_test_id("ephemeral")).to_have_count(0)
    assert "comms" in await page.get_by_test_id("act-as").locator("option:checked").inner_text()


async def test_a_message_by_somebody_else_appears_and_is_announced(page: Page, stand_in: StandIn) -> None:
    await post(stand_in, DANA, "First of the day.")
    await visit(page, stand_in)
    await expect(page.get_by_test_id("messages")).to_contain_text("First of the day.")
    await post(stand_in, EVE, "A second pair of eyes.")
    await expect(page.get_by_test_id("messages")).to_contain_text("A second pair of eyes.")
    await expect(page.get_by_test_id("announcer")).to_have_text("Eve Lund: A second pair of eyes.")


async def test_without_the_stream_the_page_asks_for_news_by_itself(page: Page, stand_in: StandIn) -> None:
    await page.route("**/control/stream*", lambda route: route.fulfill(status=204))
    await visit(page, stand_in)
    await post(stand_in, EVE, "Still getting through.")
    await expect(page.get_by_test_id("messages")).to_contain_text("Still getting through.")


async def test_a_fault_is_set_in_the_panel_and_meets_the_bots_next_call(page: Page, stand_in: StandIn) -> None:
    await visit(page, stand_in)
    await page.get_by_test_id("open-faults").click()
    await page.get_by_test_id("fault-kind").select_option("error")
    await page.get_by_test_id("fault-detail").fill("fatal_error")
    await page.get_by_test_id("fault-add").click()
    await expect(page.get_by_test_id("notice")).to_contain_text("chat.postMessage")
    with pytest.raises(SlackApiError, match="fatal_error"):
        await web_client(stand_in).chat_postMessage(channel=DRAFTS, text="Review")
    await expect(page.get_by_test_id("log")).to_contain_text("refused: fatal_error")
    await page.get_by_test_id("fault-disconnect").click()
    await page.get_by_test_id("faults-close").click()
    await expect(page.get_by_test_id("bot-state")).to_have_text("Lectern is not connected")


async def test_a_message_is_written_and_sent_with_the_keyboard_alone(page: Page, stand_in: StandIn) -> None:
    await visit(page, stand_in)
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await focused(page) == "composer":
            break
    await page.keyboard.type("First line")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("second line")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("First line\nsecond line")
    await expect(page.get_by_test_id("composer")).to_have_value("")
    assert "composer" == await focused(page)


async def test_a_menu_is_used_with_the_keyboard_and_gives_the_focus_back(page: Page, stand_in: StandIn) -> None:
    await post(stand_in, DANA, "Written too early.")
    await visit(page, stand_in)
    await page.get_by_test_id("message").last.get_by_test_id("message-menu").focus()
    await page.keyboard.press("Enter")
    assert "menu-reply" == await focused(page)
    await page.keyboard.press("Escape")
    assert "message-menu" == await focused(page)


async def test_an_own_message_is_edited_and_deleted(page: Page, stand_in: StandIn) -> None:
    ts = await post(stand_in, DANA, "We aim for *June*.")
    await visit(page, stand_in)
    message = page.locator(f'#messages [data-ts="{ts}"]')
    await message.get_by_test_id("message-menu").click()
    await page.get_by_test_id("menu-edit").click()
    await expect(page.get_by_test_id("edit-text")).to_have_value("We aim for *June*.")
    await page.get_by_test_id("edit-text").fill("We aim for July.")
    await page.get_by_test_id("edit-save").click()
    await expect(message).to_contain_text("We aim for July.")
    await expect(message).to_contain_text("(edited)")
    await message.get_by_test_id("message-menu").click()
    await page.get_by_test_id("menu-delete").click()
    await expect(page.get_by_test_id("messages")).not_to_contain_text("We aim for July.")


async def test_another_persons_message_offers_no_edit(page: Page, stand_in: StandIn) -> None:
    await post(stand_in, EVE, "Mine, not yours.")
    await visit(page, stand_in)
    await page.get_by_test_id("message").last.get_by_test_id("message-menu").click()
    await expect(page.get_by_test_id("menu-reply").last).to_be_visible()
    await expect(page.get_by_test_id("menu-edit")).to_have_count(0)


async def test_a_refused_form_keeps_what_was_typed_and_says_why_on_the_field(page: Page, stand_in: StandIn) -> None:
    async with FormBot(stand_in) as bot:
        button = {"type": "button", "action_id": "explain", "text": {"type": "plain_text", "text": "Explain…"}}
        await bot.web.chat_postMessage(channel=DRAFTS, text="Late", blocks=[{"type": "actions", "elements": [button]}])
        await visit(page, stand_in)
        await page.get_by_test_id("button-explain").click()
        reason = page.get_by_test_id("field-reason")
        await expect(reason).to_be_focused()
        await page.get_by_test_id("dialog-submit").click()
        await expect(page.get_by_test_id("error-reason")).to_have_text("Fill in this field.")
        await reason.fill("Snow")
        await page.get_by_test_id("field-day").fill("2026-03-02")
        await page.get_by_test_id("dialog-submit").click()
        await expect(page.get_by_test_id("error-reason")).to_have_text(ASKING)
        await expect(reason).to_have_value("Snow")
        await expect(reason).to_be_focused()
        await expect(reason).to_have_attribute("aria-invalid", "true")
        await expect(page.get_by_test_id("field-day")).to_have_value("2026-03-02")
        await reason.fill("Snow on every road")
        await reason.press("Control+Enter")
        await expect(page.get_by_test_id("dialog")).to_be_hidden()
        await expect(page.get_by_test_id("button-explain")).to_be_focused()
        assert ["Snow on every road"] == [values["reason"]["reason"]["value"] for values in bot.saved]
        assert ["2026-03-02"] == [values["day"]["day"]["selected_date"] for values in bot.saved]


async def test_escape_closes_a_form(page: Page, stand_in: StandIn) -> None:
    async with FormBot(stand_in) as bot:
        button = {"type": "button", "action_id": "explain", "text": {"type": "plain_text", "text": "Explain…"}}
        await bot.web.chat_postMessage(channel=DRAFTS, text="Late", blocks=[{"type": "actions", "elements": [button]}])
        await visit(page, stand_in)
        await page.get_by_test_id("button-explain").click()
        await expect(page.get_by_test_id("dialog-title")).to_have_text("Why so late")
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("dialog")).to_be_hidden()


async def test_a_block_that_cannot_be_drawn_says_so(page: Page, stand_in: StandIn) -> None:
    body = {
        "as": DANA,
        "channel": DRAFTS,
        "text": "A video",
        "blocks": [{"type": "video", "alt_text": "A depot", "title": {"type": "plain_text", "text": "A depot"}}],
    }
    async with aiohttp.ClientSession() as session, session.post(f"{stand_in.url}/control/post", json=body) as answer:
        assert 200 == answer.status
    await visit(page, stand_in)
    await expect(page.get_by_test_id("unknown")).to_have_text("This block can't be drawn: video")


async def test_an_unknown_command_is_refused_in_words_and_stays_in_the_box(page: Page, stand_in: StandIn) -> None:
    await visit(page, stand_in)
    await page.get_by_test_id("composer").fill("/nonsense at all")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("notice")).to_contain_text("/nonsense is not a command here.")
    await expect(page.get_by_test_id("composer")).to_have_value("/nonsense at all")


async def test_two_slashes_are_sent_as_a_message(page: Page, stand_in: StandIn) -> None:
    await visit(page, stand_in)
    await page.get_by_test_id("composer").fill("// not for review")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("// not for review")


async def test_an_image_is_attached_by_name_with_its_description(page: Page, stand_in: StandIn) -> None:
    await visit(page, stand_in)
    await page.get_by_test_id("attach").click()
    await page.get_by_test_id("attach-name").fill("harbour.png")
    await page.get_by_test_id("attach-description").fill("The new depot by the water")
    await page.get_by_test_id("attach-add").click()
    await page.get_by_test_id("composer").fill("Open from Monday.")
    await page.get_by_test_id("send").click()
    last = page.get_by_test_id("message").last
    await expect(last).to_contain_text("Image harbour.png: The new depot by the water")
    assert 0 == await page.locator("#messages img").count()


async def test_on_a_phone_each_of_list_channel_and_thread_fills_the_screen(page: Page, stand_in: StandIn) -> None:
    await page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    root = await post(stand_in, DANA, "A very long address: https://alder.example/" + "parcels" * 30)
    await post(stand_in, EVE, "Too long.", root)
    await visit(page, stand_in, DANA, "")
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await page.get_by_test_id(f"channel-{DRAFTS}").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    await expect(page.get_by_test_id("sidebar")).to_be_hidden()
    await page.get_by_test_id("open-thread").click()
    await expect(page.get_by_test_id("thread-composer")).to_be_visible()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    assert PHONE["width"] == await page.evaluate("document.documentElement.scrollWidth")
    await page.go_back()
    await expect(page.get_by_test_id("composer")).to_be_visible()

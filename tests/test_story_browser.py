"""The whole story in a real browser: paste, see the card grow, edit, send to care, claim as care, see it come back."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page, Playwright, async_playwright, expect

from tests.browser import ARGUMENTS, find_chromium
from tests.world import ROOT, free_port

pytestmark = pytest.mark.browser

DANA, SAM, DRAFTS, CARE = "U0LEADER01", "U0CARE0001", "C0DRAFTS01", "C0CARE0001"


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[str]:
    """`lectern playground`, as a newcomer starts it. Its address."""
    port = free_port()
    log = (tmp_path / "playground.log").open("wb")
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "playground", "--no-browser", "--port", str(port),
        cwd=tmp_path, env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    async with asyncio.timeout(40), aiohttp.ClientSession() as session:
        while not await _connected(session, address):
            assert process.returncode is None, (tmp_path / "playground.log").read_text(encoding="utf-8")
            await asyncio.sleep(0.1)
    yield address
    process.terminate()
    assert 0 == await asyncio.wait_for(process.wait(), 20)
    log.close()


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as running:
        yield running


@pytest.fixture
async def page(playwright: Playwright) -> AsyncIterator[Page]:
    browser = await playwright.chromium.launch(executable_path=find_chromium(playwright), args=list(ARGUMENTS))
    opened = await browser.new_page(viewport={"width": 1280, "height": 1000})
    opened.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    yield opened
    await browser.close()


async def visit(page: Page, address: str, who: str, channel: str) -> None:
    await page.goto(f"{address}/#/{who}/{channel}")
    await expect(page.locator("body")).to_have_attribute("data-ready", "true")


async def test_paste_edit_send_to_care_claim_and_see_it_come_back(page: Page, playground: str) -> None:
    await visit(page, playground, DANA, DRAFTS)

    # A good message under some clutter is better with edits.
    await page.get_by_test_id("samples").first.click()
    await page.get_by_test_id("sample-edit").first.click()
    await page.get_by_test_id("send").first.click()
    await page.get_by_test_id("open-thread").last.click()
    thread = page.get_by_test_id("thread-messages")
    await expect(thread.get_by_text("Better with edits")).to_be_visible()
    await expect(thread.get_by_text("Suggested version")).to_be_visible()

    # Edited as the card says, the same card turns to ready.
    edited = await _sample(page, playground, "edited")
    message = page.get_by_test_id("messages").get_by_test_id("message").first
    await message.get_by_test_id("message-menu").click()
    await page.get_by_test_id("menu-edit").click()
    await page.get_by_test_id("edit-text").fill(edited)
    await page.get_by_test_id("edit-save").click()
    await expect(thread.get_by_role("heading", name="Ready to post")).to_be_visible()
    await expect(thread.get_by_text("Better with edits")).to_have_count(0)

    # A reply to one customer is better from care.
    await page.get_by_test_id("thread-close").click()
    await page.get_by_test_id("samples").first.click()
    await page.get_by_test_id("sample-reply").first.click()
    await page.get_by_test_id("send").first.click()
    await expect(page.get_by_test_id("open-thread")).to_have_count(2)
    await page.get_by_test_id("open-thread").last.click()
    await expect(thread.get_by_text("Better from care")).to_be_visible()
    await page.get_by_test_id("button-draft.handoff").click()
    await page.get_by_test_id("field-what").fill(
        "Third lost parcel. The tracking number is in the customer's own message."
    )
    await page.get_by_test_id("dialog-submit").click()
    await expect(thread.get_by_text("Sent to customer care (H-0001)").first).to_be_visible()

    # Sam of the care team claims it and says what happened.
    await visit(page, playground, SAM, CARE)
    await expect(page.get_by_text("Hand-off from Dana Reyes: customer care").first).to_be_visible()
    await page.get_by_test_id("button-handoff.claim").click()
    await page.get_by_test_id("button-handoff.put_back").wait_for()
    await page.get_by_test_id("button-handoff.done").click()
    await page.get_by_test_id("field-line").fill("found, and delivered by hand")
    await page.get_by_test_id("dialog-submit").click()
    await expect(page.get_by_text("Done by Sam Idowu").first).to_be_visible()

    # Dana reads it in her thread.
    await visit(page, playground, DANA, DRAFTS)
    await page.get_by_test_id("open-thread").last.click()
    await expect(thread.get_by_text("Sam Idowu has it").first).to_be_visible()
    await expect(thread.get_by_text("found, and delivered by hand").first).to_be_visible()


async def _sample(page: Page, address: str, name: str) -> str:
    answer = await page.request.get(f"{address}/control/state", params={"as": DANA})
    samples = (await answer.json())["samples"]
    return str(next(sample["text"] for sample in samples if sample["id"] == name)).strip()


async def _connected(session: aiohttp.ClientSession, address: str) -> bool:
    try:
        async with session.get(f"{address}/control/state", params={"as": DANA}) as answer:
            return int((await answer.json())["bot"]["connected"]) > 0
    except aiohttp.ClientError:
        return False

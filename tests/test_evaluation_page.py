"""The page of an evaluation: all of it in one file, nothing from outside, and nothing in it that a case smuggles in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Request, async_playwright

from tests.browser import ARGUMENTS, find_chromium
from tests.command_line import lectern

HOSTILE = """[[case]]
id = "<img src=https://evil.example/x.png onerror=alert(1)>"
text = "</blockquote><script>document.title = 'taken'</script> A yard in Hull."
outcome = "hold"
route = "legal"
why = "<b>bold</b>"
tags = ["<i>tag</i>"]
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "cases.toml").write_text(HOSTILE, encoding="utf-8")
    written = tmp_path / "page.html"
    lectern(tmp_path, "evaluate", "--rules-only", "--cases", "cases.toml", "--html", str(written))
    return written


def test_what_a_case_holds_is_shown_as_words(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert [] == re.findall(r"<(?:script|img|b|i)\b(?!>right|>)[^>]*", html)
    assert "&lt;script&gt;" in html
    assert "&lt;i&gt;tag&lt;/i&gt;" in html


def test_a_page_that_can_t_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cases.toml").write_text(HOSTILE, encoding="utf-8")
    done = lectern(
        tmp_path, "evaluate", "--rules-only", "--cases", "cases.toml", "--html", str(tmp_path / "none" / "x.html")
    )
    assert 1 == done.exit_code
    assert "can't be written" in done.stderr


@pytest.mark.browser
async def test_a_browser_asks_for_nothing_else_and_runs_nothing(page: Path) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    async with async_playwright() as running:
        browser = await running.chromium.launch(executable_path=find_chromium(running), args=list(ARGUMENTS))
        opened = await browser.new_page(viewport={"width": 400, "height": 800})
        opened.on("request", note)
        await opened.goto(page.as_uri())
        assert (await opened.title()).startswith("Lectern: evaluation of")
        assert 400 == await opened.evaluate("document.documentElement.scrollWidth")
        assert 2 == await opened.locator("svg[role=img]").count()
        await opened.get_by_text("<img src=").click()
        assert await opened.get_by_text("A yard in Hull.").is_visible()
        await browser.close()
    assert [page.as_uri()] == asked

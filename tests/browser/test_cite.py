"""Cite in a browser: from the button to the page that stays, readable in light and dark, wide and on a phone."""

import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from findings import leaves_the_machine
from playwright.sync_api import Browser, expect
from running import new_context, running_server
from settled import open_settled

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


def test_a_figure_is_cited_and_its_page_is_open_to_everybody(
    browser: Browser, small_store: Path, tmp_path: Path
):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    said: list[str] = []
    asked: list[str] = []
    with running_server(store, tmp_path / "log") as address:
        context = new_context(browser)
        tab = context.new_page()
        open_settled(tab, f"{address}/calls_diverted?period=all")
        # The first is the answer's, which has no chart.
        tab.get_by_role("button", name="Cite").nth(1).click()
        shown = tab.locator("code", has_text="/figure/").first
        expect(shown).to_be_visible()
        permanent = shown.inner_text().strip()
        assert permanent.startswith(f"{address}/figure/")
        context.close()
        for scheme, width in (("light", 1440), ("dark", 390)):
            context = new_context(browser, scheme, width)
            tab = context.new_page()
            tab.on("console", lambda message: said.append(message.text))
            tab.on("request", lambda request: asked.append(request.url))
            tab.goto(permanent)
            tab.wait_for_load_state("networkidle")
            expect(tab.get_by_role("heading", level=1)).to_be_visible()
            assert tab.locator("img").first.evaluate("one => one.naturalWidth") > 300
            assert tab.evaluate(OVERFLOW) <= 0
            assert [each["id"] for each in Axe().run(tab).response["violations"]] == []
            assert context.cookies() == []
            context.close()
    assert said == []
    assert not [url for url in asked if leaves_the_machine(url)]

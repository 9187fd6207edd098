"""Links, navigation and keyboard: a visitor arrives anywhere, and what was chosen stays chosen."""

import re
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from findings import leaves_the_machine
from playwright.sync_api import Page, TimeoutError, expect
from settled import open_settled, settle

from outcomes.answers.answer import answer
from outcomes.answers.period_change import CompareWith
from outcomes.presentation.sentences import answer_sentence
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import live_snapshot
from pages.shell.navigation import PAGES, find_page

KESTREL = "demo-kestrel-mesa"
DEEP_LINK = f"/safety_escalations?program={KESTREL}&period=12"
SLOWEST_FIRST_PAINT_SECONDS = 20
MOST_TABS = 40


def _sentence(store: Path, metric: str, selection: Selection) -> str:
    """The core's sentence as the screen shows it."""
    snapshot = live_snapshot(store)
    said = answer_sentence(answer(metric, selection, snapshot, None, CompareWith.YEAR_BEFORE))
    return said.replace("**", "")


def _last_year() -> Selection:
    return Selection((KESTREL,), (), parse_month("2025-12"), parse_month("2026-11"))


def _query(tab: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def _expect_sentence(tab: Page, metric: str, sentence: str) -> None:
    expect(tab.locator(f".st-key-ro-sentence-{metric}")).to_have_text(sentence, use_inner_text=True)


def _expect_kestrels_last_year(tab: Page, store: Path) -> None:
    metric = "safety_escalation_rate"
    _expect_sentence(tab, metric, _sentence(store, metric, _last_year()))
    _expect_bar(tab)


def _expect_bar(tab: Page) -> None:
    sidebar = tab.get_by_test_id("stSidebar")
    links = sidebar.get_by_test_id("stSidebarNavLink")
    expect(links).to_have_count(len(PAGES))
    for entry in PAGES:
        # Outcomes is no Published outcomes.
        expect(links.filter(has_text=re.compile(entry.title))).to_have_count(1)
    expect(sidebar.get_by_test_id("stSelectbox").first).to_contain_text("Program")
    assert "Kestrel Mesa" in _program_shown(tab)


def _program_shown(tab: Page) -> str:
    return tab.get_by_test_id("stSidebar").get_by_role("combobox", name="Program").input_value()


def test_a_former_address_leads_to_the_page_with_what_was_chosen(
    fresh_server: str, demo_store: Path, tab: Page
):
    open_settled(tab, f"{fresh_server}/what_happened?program={KESTREL}&period=12")
    _expect_sentence(tab, "served_share", _sentence(demo_store, "served_share", _last_year()))
    assert urlsplit(tab.url).path == "/scene_outcomes"
    assert _query(tab)["program"] == [KESTREL]
    _expect_bar(tab)


def test_a_deep_link_to_a_server_that_nobody_visited(
    fresh_server: str, demo_store: Path, tab: Page
):
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    open_settled(tab, fresh_server + DEEP_LINK)
    _expect_kestrels_last_year(tab, demo_store)
    tab.reload()
    settle(tab)
    _expect_kestrels_last_year(tab, demo_store)
    assert _query(tab) == {"program": [KESTREL], "period": ["12"]}
    open_settled(tab, fresh_server + "/")
    expect(tab.get_by_role("heading", level=1)).to_have_text(PAGES[0].question)
    everything = _sentence(demo_store, "responses", Selection())
    _expect_sentence(tab, "responses", everything)
    assert not [url for url in requests if leaves_the_machine(url)]


def test_what_is_chosen_outlives_the_page_and_the_way_back(
    demo_server: str, demo_store: Path, tab: Page
):
    open_settled(tab, demo_server + "/")
    program = tab.get_by_test_id("stSidebar").get_by_role("combobox", name="Program")
    program.click()
    tab.get_by_role("option", name="Kestrel Mesa").click()
    tab.wait_for_url("**program=**")
    kestrel = Selection((KESTREL,))
    _expect_sentence(tab, "responses", _sentence(demo_store, "responses", kestrel))
    for name, metric in (
        ("Safety escalations", "safety_escalation_rate"),
        ("Injuries", "serious_injury_rate"),
    ):
        tab.get_by_test_id("stSidebarNavLink").filter(has_text=re.compile(name)).click()
        _expect_sentence(tab, metric, _sentence(demo_store, metric, kestrel))
        settle(tab)
        assert _query(tab) == {"program": [KESTREL]}
        _expect_bar(tab)
    _go_back_to(tab, "safety_escalations")
    metric = "safety_escalation_rate"
    _expect_sentence(tab, metric, _sentence(demo_store, metric, kestrel))
    settle(tab)
    assert "Kestrel Mesa" in _program_shown(tab)
    assert _query(tab) == {"program": [KESTREL]}


def _go_back_to(tab: Page, name: str) -> None:
    """The browser's way back; the address is sometimes written in two steps, and then it takes two."""
    heading = tab.get_by_role("heading", level=1, name=find_page(name).question)
    for patience in (2_000, 10_000):
        tab.go_back()
        try:
            heading.wait_for(timeout=patience)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"expected [{name}] after going back twice, found [{tab.url}]")


def test_the_link_of_a_view_opens_that_view(demo_server: str, demo_store: Path, tab: Page):
    open_settled(tab, demo_server + DEEP_LINK)
    link = tab.get_by_test_id("stCode").inner_text().strip()
    assert link == demo_server + DEEP_LINK
    open_settled(tab, link)
    _expect_kestrels_last_year(tab, demo_store)


def test_the_keyboard_reaches_the_filter_and_changes_tabs(demo_server: str, tab: Page):
    open_settled(tab, demo_server + "/")
    focused = "() => document.activeElement.getAttribute('aria-label') || ''"
    reached = []
    for _ in range(MOST_TABS):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate(focused))
        if "Program" in reached[-1]:
            break
    assert "Program" in reached[-1], reached
    chart = tab.get_by_role("tab", name="Chart").first
    table = tab.get_by_role("tab", name="Table").first
    chart.focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    expect(table).to_have_attribute("aria-selected", "true")
    expect(tab.get_by_test_id("stTable").first).to_be_visible()
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Enter")
    expect(chart).to_have_attribute("aria-selected", "true")


def test_first_paint(fresh_server: str, tab: Page, capsys):
    took = {}
    for visit in ("first visit after the start", "second visit"):
        start = time.perf_counter()
        tab.goto(fresh_server)
        tab.get_by_role("heading", level=1).wait_for()
        heading = time.perf_counter() - start
        settle(tab)
        took[visit] = (heading, time.perf_counter() - start)
    with capsys.disabled():
        for visit, (heading, whole) in took.items():
            print(f"\n{visit}: title after {heading:.1f} s, everything after {whole:.1f} s", end="")
        print()
    assert max(whole for _, whole in took.values()) < SLOWEST_FIRST_PAINT_SECONDS

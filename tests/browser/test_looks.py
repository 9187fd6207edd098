"""Every page in light and dark, wide and on a phone: accessible, nothing cut, nothing fetched elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from findings import grave_findings, leaves_the_machine
from known_axe_findings import KNOWN, KnownFinding
from playwright.sync_api import BrowserContext, Page
from settled import PHONE, WIDE, open_settled, parts_in_turn

from pages.shell.navigation import PAGES, page_address

SIDEWAYS = """() => ['[data-testid="stMain"]', '[data-testid="stAppViewContainer"]', 'html']
    .map(name => document.querySelector(name))
    .map(part => part.scrollWidth - part.clientWidth)"""
CUT_TEXTS = """() => [...document.querySelectorAll('.ro-card')].flatMap(card =>
    [...card.querySelectorAll('.ro-label, .ro-value, .ro-quiet, summary, details p')]
    .filter(text => text.checkVisibility())
    .filter(text => text.scrollWidth > text.clientWidth + 1
        || text.getBoundingClientRect().right > card.getBoundingClientRect().right
        || card.getBoundingClientRect().right > window.innerWidth)
    .map(text => text.innerText))"""


# What a page takes to lay itself out at another width.
SETTLING_MS = 500
# Pages of text and steps.
WITHOUT_CARDS = ("methods", "evidence", "load_a_log", "compare_programs")


@dataclass
class Look:
    """What was found on one page at one width in one colour scheme."""

    requests: list[str] = field(default_factory=list)
    sideways: list[int] = field(default_factory=list)
    cut_texts: list[str] = field(default_factory=list)
    cards: int = 0
    # axe's grave findings as rule, selectors and HTML of one element
    findings: list[tuple[str, str]] = field(default_factory=list)


def _look(
    server: str, contexts: Callable[..., BrowserContext], name: str, scheme: str, width: int
) -> Look:
    """What is found on a page, first as it opens and then with everything open that can be."""
    tab = contexts(scheme, width).new_page()
    try:
        return _looked(tab, f"{page_address(name, server)}?period=all")
    finally:
        tab.close()


def _looked(tab: Page, address: str) -> Look:
    seen = Look()
    tab.on("request", lambda request: seen.requests.append(request.url))
    tab.on("websocket", lambda socket: seen.requests.append(socket.url))
    open_settled(tab, address)
    seen.cards = tab.locator(".ro-card").count()
    seen.sideways += tab.evaluate(SIDEWAYS)
    seen.cut_texts += tab.evaluate(CUT_TEXTS)
    opened_at = tab.viewport_size["width"] if tab.viewport_size else WIDE
    _open_everything(tab)
    # Then as someone who turns the phone or folds the window: opening a page anew is what takes long.
    for width in (opened_at, PHONE if opened_at == WIDE else WIDE):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.wait_for_timeout(SETTLING_MS)
        for _ in parts_in_turn(tab):
            seen.sideways += tab.evaluate(SIDEWAYS)
            seen.cut_texts += tab.evaluate(CUT_TEXTS)
    # Asked once of each page, with everything open: to ask takes most of the visit.
    seen.findings += grave_findings(tab)
    return seen


def _open_everything(tab: Page) -> None:
    """Show every table instead of its chart, and unfold every definition."""
    for table in tab.get_by_role("tab", name="Table").all():
        if table.is_visible():
            table.click()
    tab.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
    for table in tab.locator(".ro-table").all():
        # One in a part that is not open is never seen.
        table.wait_for(state="attached")


def _is_known(finding: tuple[str, str]) -> bool:
    rule, element = finding
    return any(known.rule == rule and known.selector in element for known in KNOWN)


# A visit takes ten seconds and more. Every page is looked at at both widths; by turns in light and in dark, and in both where
# a page has every kind of part: cards, charts, tables, a map.
IN_BOTH = ("overview",)
LOOKS = [
    (scheme, width, entry.name)
    for place, entry in enumerate(PAGES)
    for turn, (scheme, width) in enumerate([("light", WIDE), ("dark", PHONE)])
    if entry.name in IN_BOTH or turn == place % 2
]


@pytest.mark.parametrize(("scheme", "width", "name"), LOOKS)
def test_a_page_looks_right(
    demo_server: str, contexts, subtests, scheme: str, width: int, name: str
):
    """One visit, several findings, at the other width too."""
    seen = _look(demo_server, contexts, name, scheme, width)
    with subtests.test("axe finds nothing grave"):
        assert not [finding for finding in seen.findings if not _is_known(finding)]
    with subtests.test("no request leaves the machine"):
        assert any(urlsplit(url).scheme == "ws" for url in seen.requests)
        assert not [url for url in seen.requests if leaves_the_machine(url)]
    with subtests.test("nothing scrolls sideways"):
        assert max(seen.sideways) <= 0
    with subtests.test("no text of a card is cut"):
        assert bool(seen.cards) is (name not in WITHOUT_CARDS)
        assert not seen.cut_texts


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.rule}-{known.selector}")
def test_a_known_finding_is_still_there(demo_server: str, contexts, known: KnownFinding):
    found = _look(demo_server, contexts, known.page, known.scheme, WIDE).findings
    assert any(rule == known.rule and known.selector in element for rule, element in found), (
        "cured: take it off the list"
    )


# Letter paper less its margins, in CSS pixels.
PAPER = 725
WIDTHS = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] .main-svg')]
    .map(chart => chart.getBoundingClientRect().width)"""
PRINTED = """() => ({
    sidebar: getComputedStyle(document.querySelector('[data-testid="stSidebar"]')).display,
    zoom: Number(getComputedStyle(document.querySelector('[data-testid="stMain"]')).zoom),
})"""


def test_a_printed_page_has_its_charts_whole_and_no_sidebar(demo_server: str, contexts):
    address = f"{page_address('overview', demo_server)}?period=all"
    tab = open_settled(contexts("light", WIDE).new_page(), address)
    try:
        # A browser prints charts as they were drawn for the screen.
        widths = tab.evaluate(WIDTHS)
        tab.emulate_media(media="print")
        printed = tab.evaluate(PRINTED)
    finally:
        tab.close()
    assert widths
    assert max(widths) > PAPER
    assert max(widths) * printed["zoom"] <= PAPER
    assert printed["sidebar"] == "none"

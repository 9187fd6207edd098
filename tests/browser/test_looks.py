"""Every page in light and dark, wide and on a phone: accessible, nothing cut, nothing fetched elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE, WIDE, open_settled
from known_axe_findings import KNOWN, KnownFinding
from playwright.sync_api import BrowserContext, Page

from pages.shell.navigation import PAGES, page_address

# Tall enough for a whole page: axe does not look at what is scrolled away.
TALL = 9_000
GRAVE = ("serious", "critical")
OURS = {"127.0.0.1"}
LOCAL_SCHEMES = {"data", "blob"}

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


@dataclass
class Look:
    """What was found on one page at one width in one colour scheme."""

    requests: list[str] = field(default_factory=list)
    sideways: list[int] = field(default_factory=list)
    cut_texts: list[str] = field(default_factory=list)
    cards: int = 0
    # axe's grave findings as rule, selectors and HTML of one element
    findings: list[tuple[str, str]] = field(default_factory=list)


_looks: dict[tuple[str, str, int], Look] = {}


@pytest.fixture
def look(
    demo_server: str, contexts: Callable[..., BrowserContext]
) -> Callable[[str, str, int], Look]:
    """Opens a page, and everything that can be opened on it; tests of the same one share what was found."""

    def look(name: str, scheme: str, width: int) -> Look:
        key = (name, scheme, width)
        if key not in _looks:
            tab = contexts(scheme, width, TALL).new_page()
            _looks[key] = _looked(tab, page_address(name, demo_server))
            tab.close()
        return _looks[key]

    return look


def _looked(tab: Page, address: str) -> Look:
    seen = Look()
    tab.on("request", lambda request: seen.requests.append(request.url))
    tab.on("websocket", lambda socket: seen.requests.append(socket.url))
    open_settled(tab, address)
    seen.cards = tab.locator(".ro-card").count()
    seen.sideways += tab.evaluate(SIDEWAYS)
    seen.cut_texts += tab.evaluate(CUT_TEXTS)
    seen.findings += _grave_findings(tab)
    _open_everything(tab)
    seen.sideways += tab.evaluate(SIDEWAYS)
    seen.cut_texts += tab.evaluate(CUT_TEXTS)
    seen.findings += _grave_findings(tab)
    return seen


def _open_everything(tab: Page) -> None:
    """Show every table instead of its chart, and unfold every definition."""
    for table in tab.get_by_role("tab", name="Table").all():
        table.click()
    tab.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
    for table in tab.get_by_test_id("stTable").all():
        table.wait_for()


def _grave_findings(tab: Page) -> list[tuple[str, str]]:
    return [
        (finding["id"], f"{node['target']} {node['html'][:300]}")
        for finding in Axe().run(tab).response["violations"]
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


def _is_known(finding: tuple[str, str]) -> bool:
    rule, element = finding
    return any(known.rule == rule and known.selector in element for known in KNOWN)


on_every_page = pytest.mark.parametrize("name", [entry.name for entry in PAGES])
in_light_and_dark = pytest.mark.parametrize("scheme", ["light", "dark"])
wide_and_phone = pytest.mark.parametrize("width", [WIDE, PHONE])


@on_every_page
@wide_and_phone
@in_light_and_dark
def test_axe_finds_nothing_grave(look, name: str, scheme: str, width: int):
    found = look(name, scheme, width).findings
    assert not [finding for finding in found if not _is_known(finding)]


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known.rule}-{known.selector}")
def test_a_known_finding_is_still_there(look, known: KnownFinding):
    found = look(known.page, known.scheme, WIDE).findings
    assert any(rule == known.rule and known.selector in element for rule, element in found), (
        "cured: take it off the list"
    )


@on_every_page
@wide_and_phone
@in_light_and_dark
def test_no_request_leaves_the_machine(look, name: str, scheme: str, width: int):
    requests = look(name, scheme, width).requests
    assert any(urlsplit(url).scheme == "ws" for url in requests)
    assert not [url for url in requests if leaves_the_machine(url)]


def leaves_the_machine(url: str) -> bool:
    """Whether a request for that address goes to another machine."""
    parts = urlsplit(url)
    return parts.scheme not in LOCAL_SCHEMES and parts.hostname not in OURS


@on_every_page
@wide_and_phone
@in_light_and_dark
def test_nothing_scrolls_sideways(look, name: str, scheme: str, width: int):
    assert max(look(name, scheme, width).sideways) <= 0


@on_every_page
@wide_and_phone
def test_no_text_of_a_card_is_cut(look, name: str, width: int):
    seen = look(name, "light", width)
    assert bool(seen.cards) is (name != "methods")
    assert not seen.cut_texts

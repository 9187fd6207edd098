"""An evil city in Chromium: nothing outside is asked, and every text is shown as it is written."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from evil_city import evil, write_evil_city
from playwright.sync_api import Browser, Page
from running import new_context, running_server
from settled import open_settled

from outcomes.vocabulary.bold import BOLD
from pages.shell.markdown import JOINER
from pages.shell.navigation import LOGS, PAGES, find_page

# Those that show names, owners, areas, types, values and notes; python -m tests.torture browser visits every page in both views.
IN_CI = ("safety_escalations", "demand_and_coverage", "data_quality")
EVERYWHERE = os.environ.get("OUTCOMES_TORTURE") == "1"
ADDRESSES = [(entry.name, view) for entry in PAGES for view in ("program", "public")]
# Whatever of the evil texts was read as markup: links and pictures of the city, formulas, colors, icons of its own.
READ_AS_MARKUP = """() => [...document.querySelectorAll(
    '[data-testid="stApp"] a, [data-testid="stApp"] img, .katex, [class*="colored-text"], svg image')]
    .filter(found => !found.closest('[data-testid="stSidebarNav"]'))
    .map(found => found.getAttribute('href') || found.getAttribute('src') || found.className.baseVal
        || found.className || found.tagName)
    .map(String)
    .filter(said => /evil[.]example|127\\.0\\.0\\.1:PORT|katex|colored|mailto/.test(said) && !said.startsWith('data:'))"""


class Listener:
    """A server beside the pages' that keeps what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Keep(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Keep)
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture(scope="module")
def evil_server(listener: Listener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the evil city's store."""
    folder = tmp_path_factory.mktemp("evil")
    store = write_evil_city(folder, listener.address)
    with running_server(
        store, folder / "server.log", OUTCOMES_AGENCIES=str(folder / "agencies")
    ) as address:
        yield address


@pytest.fixture(scope="module")
def evil_tab(browser: Browser) -> Iterator[Page]:
    context = new_context(browser)
    yield context.new_page()
    context.close()


def look_at(tab: Page, server: str, listener: Listener, name: str, view: str) -> str:
    """The text of one page, after holding it to what no text of the city may do."""
    outside: list[str] = []
    refused: list[str] = []
    tab.on(
        "request",
        lambda asked: outside.append(asked.url) if not _is_own(asked.url, server) else None,
    )
    tab.on(
        "console",
        lambda said: refused.append(said.text) if "Security Policy" in said.text else None,
    )
    path = "" if name == PAGES[0].name else name
    open_settled(tab, f"{server}/{path}?period=all&view={view}")
    open_what_is_closed(tab)
    for table in tab.get_by_role("tab", name="Table").all():
        table.click()
    # Some stand beside a table, where nothing can be clicked before it is shown.
    open_what_is_closed(tab)
    tab.wait_for_timeout(300)
    assert tab.evaluate(READ_AS_MARKUP.replace("PORT", str(listener.port))) == []
    # Neither asked for, nor asked for and held back by the headers.
    assert outside == []
    assert refused == []
    assert listener.asked == []
    said = tab.locator('[data-testid="stMain"]').inner_text().replace(JOINER, "")
    assert BOLD not in said
    return said


def open_what_is_closed(tab: Page) -> None:
    for line in tab.locator('[data-testid="stExpander"] summary').all():
        if line.is_visible() and not line.evaluate("found => found.parentElement.open"):
            line.click()


def _is_own(url: str, server: str) -> bool:
    return url.startswith((server, server.replace("http", "ws", 1), "data:", "blob:"))


@pytest.mark.parametrize(
    ("name", "view"), ADDRESSES if EVERYWHERE else [(name, "program") for name in IN_CI]
)
def test_an_evil_city_is_shown_as_it_is_written(
    evil_tab: Page, evil_server: str, listener: Listener, name: str, view: str
):
    said = look_at(evil_tab, evil_server, listener, name, view)
    if "Source: logs of" not in said:
        assert find_page(name).reads != LOGS or view == "public"
        return
    # The footer names both programs and their owners.
    for place in ("name0", "name1", "owner0", "owner1"):
        assert evil(place, listener.address) in said

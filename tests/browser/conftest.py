"""Fixtures of the browser tests: servers on a store, a browser, and settled pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from built_stores import demonstration_store, lane_county_store
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from running import HEIGHT, new_context, running_server
from settled import WIDE

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Tabs of one visitor run in one process, which has compiled the scripts of the pages already.
    "--process-per-site",
]


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the demonstration store; tests only read it."""
    return demonstration_store(tmp_path_factory)


@pytest.fixture(scope="session")
def lane_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the store with Lane County's real log; tests only read it."""
    return lane_county_store(tmp_path_factory)


@pytest.fixture(scope="session")
def demo_server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the server on the demonstration store that most tests share."""
    with running_server(demo_store, tmp_path_factory.mktemp("demo-server") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def lane_server(lane_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the server on Lane County's real log."""
    with running_server(lane_store, tmp_path_factory.mktemp("lane-server") / "log") as address:
        yield address


@pytest.fixture
def fresh_server(demo_store: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a server that nobody has visited yet."""
    with running_server(demo_store, tmp_path / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; tests are skipped where it is absent, except in continuous integration."""
    path = shutil.which(CHROMIUM)
    if path is None:
        absent = f"Chromium is not at [{CHROMIUM}]; install it or name it with CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser, demo_server: str) -> Iterator[Callable[..., BrowserContext]]:
    """Visitors that tests share, one per colour scheme and window; what they loaded stays cached and compiled."""
    opened: dict[tuple[str, int, int], BrowserContext] = {}

    def shared(scheme: str = "light", width: int = WIDE, height: int = HEIGHT) -> BrowserContext:
        key = (scheme, width, height)
        if key not in opened:
            opened[key] = new_context(browser, *key)
            # A tab that stays open: the process ends with the last one.
            opened[key].new_page().goto(f"{demo_server}/_stcore/health")
        return opened[key]

    yield shared
    for context in opened.values():
        context.close()


@pytest.fixture
def tab(contexts: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A new tab, wide and light; for the server it is a new visitor."""
    tab = contexts().new_page()
    yield tab
    tab.close()

"""Fixtures of the browser tests: servers on a store, a browser, and settled pages."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from built_stores import PROJECT, demonstration_store, lane_county_store
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from settled import LONGEST_WAIT_SECONDS, WIDE

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 900


@contextmanager
def running_server(store: Path, log: Path) -> Iterator[str]:
    """Address of a new server on the store, ended when it is no longer needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "OUTCOMES_STORE": str(store)},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(server, address, log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_until_healthy(server: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")


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


def new_context(
    browser: Browser, scheme: str = "light", width: int = WIDE, height: int = HEIGHT
) -> BrowserContext:
    """A visitor of their own, with a colour scheme and a window."""
    context = browser.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": height},
        accept_downloads=True,
    )
    context.set_default_timeout(LONGEST_WAIT_SECONDS * 1000)
    return context


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Visitors that tests share, one per colour scheme and window; what they loaded stays cached."""
    opened: dict[tuple[str, int, int], BrowserContext] = {}

    def shared(scheme: str = "light", width: int = WIDE, height: int = HEIGHT) -> BrowserContext:
        key = (scheme, width, height)
        if key not in opened:
            opened[key] = new_context(browser, *key)
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

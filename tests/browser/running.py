"""Servers on a store and visitors of their own, for the browser tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from built_stores import PROJECT
from playwright.sync_api import Browser, BrowserContext
from settled import LONGEST_WAIT_SECONDS, WIDE

HEIGHT = 900


@contextmanager
def running_server(
    store: Path, log: Path, arguments: tuple[str, ...] = (), **environment: str
) -> Iterator[str]:
    """Address of a new server on the store, ended when it is no longer needed; its own arguments and environment beside."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += arguments
    address = f"http://127.0.0.1:{port}"
    with log.open("w", encoding="utf-8") as stream:
        server = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "OUTCOMES_STORE": str(store), **environment},
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

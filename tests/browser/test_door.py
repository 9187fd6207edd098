"""The server's door: who is let in, what every answer carries, whose a download is, and that nobody outside is asked."""

import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from running import new_context, running_server
from settled import open_settled
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from outcomes.settings import Settings
from pages.shell.door import security_headers

FOREIGN = ("http://evil.example", "https://sub.evil.example:8501", "null", "http://127.0.0.1:1")


class Recording:
    """A proxy that answers nobody and keeps who was asked for."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller:
                self.asked.append(caller.recv(200))

    def environment(self) -> dict[str, str]:
        """What sends every client of a process to this proxy, for hosts that are not this machine."""
        names = ("http_proxy", "https_proxy", "all_proxy")
        proxies = dict.fromkeys(names, self.address)
        return {
            **proxies,
            **{name.upper(): self.address for name in names},
            "no_proxy": "127.0.0.1",
        }

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def recording() -> Iterator[Recording]:
    proxy = Recording()
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def open_server(
    demo_store: Path, recording: Recording, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server on every address, behind the recording proxy."""
    log = tmp_path_factory.mktemp("door") / "log"
    arguments = ("--server.address", "0.0.0.0")
    with running_server(demo_store, log, arguments, **recording.environment()) as address:
        yield address


def answer_to(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as found:
            status, said, text = found.status, found.headers, found.read()
    except urllib.error.HTTPError as refused:
        status, said, text = refused.code, refused.headers, refused.read()
    return (
        status,
        {name.lower(): value for name, value in said.items()},
        text.decode(errors="replace"),
    )


def socket_status(address: str, origin: str | None, **headers: str) -> int:
    """101 where the server takes the connection, else the status that it refuses with."""
    try:
        with connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            origin=Origin(origin) if origin else None,
            additional_headers=headers,
            proxy=None,
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_only_the_servers_own_pages_open_a_connection_and_nobody_outside_is_asked(
    open_server: str, recording: Recording
):
    assert socket_status(open_server, open_server) == 101
    for origin in (None, *FOREIGN):
        assert socket_status(open_server, origin) == 403, origin
    assert recording.asked == []
    # The proxy does record: what a library asks for arrives there.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": recording.address}))
    with pytest.raises(OSError, match=r"."):
        opener.open("http://outside.example/", timeout=5)
    assert recording.asked
    assert b"outside.example" in recording.asked[0]
    recording.asked.clear()


def test_a_server_for_this_machine_answers_to_its_own_names_alone(demo_server: str):
    port = urlsplit(demo_server).port
    for name in ("127.0.0.1", "localhost"):
        assert answer_to(f"{demo_server}/_stcore/health", Host=f"{name}:{port}")[0] == 200
    status, _, said = answer_to(demo_server, Host="rebound.example")
    assert status == 421
    assert "found [rebound.example]" in said
    assert "OUTCOMES_PUBLIC_ADDRESS" in said


@pytest.mark.parametrize(
    "path",
    [
        "_stcore/metrics",
        "_stcore/agent/openapi.json",
        "overview/_stcore/metrics",
        "_stcore/script-health-check",
        "component/x/index.html",
        "app/static/x",
        "oauth2callback",
        "media/" + "0" * 32 + ".csv",
    ],
)
def test_addresses_that_no_page_needs_are_closed(demo_server: str, path: str):
    assert answer_to(f"{demo_server}/{path}")[0] == 404


@pytest.mark.parametrize("path", ["", "_stcore/health", "_stcore/metrics", "favicon.png"])
def test_every_answer_carries_the_headers(demo_server: str, path: str):
    _, headers, _ = answer_to(f"{demo_server}/{path}")
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    for name in ("default-src", "script-src", "img-src", "connect-src", "font-src"):
        assert policy[name].startswith("'self'")
        assert "http" not in policy[name]
        assert "*" not in policy[name]
    assert "unsafe" not in policy["script-src"]
    assert policy["frame-ancestors"] == policy["frame-src"] == policy["object-src"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


def test_sites_that_may_frame_the_pages_are_a_setting():
    headers = security_headers(Settings(frame_ancestors="https://city.example"))
    assert headers["Content-Security-Policy"].endswith("frame-ancestors https://city.example")
    assert "X-Frame-Options" not in headers
    for wrong in ("*", "https://city.example; script-src *", "javascript:x"):
        with pytest.raises(ValueError, match="frame_ancestors"):
            Settings(frame_ancestors=wrong)


def test_no_parent_page_is_trusted(demo_server: str):
    _, _, said = answer_to(f"{demo_server}/_stcore/host-config")
    assert '"allowedOrigins":[]' in said


def test_a_download_is_for_the_reader_whose_page_made_it(browser: Browser, demo_server: str):
    own, other = new_context(browser), new_context(browser)
    try:
        tab = own.new_page()
        broken: list[str] = []
        tab.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)
        open_settled(tab, f"{demo_server}/overview?period=all")
        with tab.expect_download() as started:
            tab.get_by_role("button", name="Data dictionary").click()
        address = started.value.url
        other.request.get(f"{demo_server}/")
        assert own.request.get(address).status == 200
        assert other.request.get(address).status == 404
        # An address that a link makes the page show is text, and opens nothing.
        tab = other.new_page()
        tab.goto(f"{demo_server}/evidence?x={urlsplit(address).path}")
        assert other.request.get(address).status == 404
        assert broken == []
    finally:
        own.close()
        other.close()


def test_the_load_page_is_there_on_this_machine_alone(open_server: str, demo_server: str):
    """Where the server listens on every address nobody uploads, and the door says so before Streamlit is asked."""
    for address, statuses in ((open_server, {404}), (demo_server, {400, 401, 403})):
        request = urllib.request.Request(
            f"{address}/_stcore/upload_file/none/none",
            method="PUT",
            data=b"x",
            headers={"Origin": address},
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert refused.value.code in statuses

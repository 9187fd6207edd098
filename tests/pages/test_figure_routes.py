"""Figures as they are served: page, files, frame, headers, and one answer for what is not there and what may not be seen."""

import asyncio
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cited import cited, kept
from evil_city import evil
from starlette.applications import Starlette
from starlette.types import Message
from streamlit import config

from outcomes.figures.files import FILES
from outcomes.figures.record import FigureRecord, read_record
from outcomes.presentation.citation import MADE_UP
from outcomes.settings import Settings
from outcomes.store.figure_files import KeptFigure
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, View
from pages.shell.door import door
from pages.shell.figure_routes import figure_routes

LISTENER = "https://listener.example"
GONE = "0" * 20


@dataclass(frozen=True)
class Answered:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Figures:
    """Two figures that are kept, and whoever asks for them."""

    store: Path
    public: str
    program: str
    ask: Callable[..., Answered]


def asked(settings: Settings, path: str, method: str = "GET", **headers: str) -> Answered:
    """What the routes behind the door answer to one request."""
    app = Starlette(routes=figure_routes(settings), middleware=door(settings))
    where = urlsplit(path)
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    told = {"host": "127.0.0.1:8501", **headers}
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 8501),
        "path": where.path,
        "raw_path": where.path.encode(),
        "root_path": "",
        "query_string": where.query.encode(),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in told.items()
        ],
    }
    # In a thread of its own, for the browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answered(sent[0]["status"], found, body)


@pytest.fixture(scope="module")
def figures(small_store: Path, small_snapshot: Snapshot, tmp_path_factory) -> Figures:
    """The small store's two figures, kept in a copy of it; one is an attempt on its reader."""
    store = tmp_path_factory.mktemp("figures") / "store"
    shutil.copytree(small_store, store)
    nasty = evil("place", LISTENER)
    public = cited(small_snapshot, by=Breakdown.CALL_TYPE, view=View.PUBLIC)
    table = {
        "title": nasty,
        "columns": ["", "Source", "Address"],
        "rows": [[nasty, nasty, "javascript:x"]],
    }
    program = cited(small_snapshot)
    public = spoilt(replace(public, pictures=program.pictures), nasty, table)

    def ask(
        path: str, method: str = "GET", headers: dict[str, str] | None = None, **settings
    ) -> Answered:
        return asked(Settings(store=store, **settings), path, method, **(headers or {}))

    return Figures(store, kept(store, public), kept(store, program), ask)


def spoilt(record: FigureRecord, nasty: str, table: dict) -> FigureRecord:
    """The record with an attempt on the reader wherever a text of a log can stand."""
    picture = {**record.pictures[0], "alt": nasty, "title": nasty}
    return replace(
        record, title=nasty, who=nasty, sentence=nasty, source=nasty, mark=MADE_UP, notes=[nasty],
        tables=[*record.tables, table], pictures=[picture], query={"program": nasty},
    )  # fmt: skip


class Page(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("query", ["", "?embed=1"])
def test_a_page_is_whole_accessible_and_reads_no_text_of_a_log_as_markup(
    figures: Figures, query: str
):
    found = figures.ask(f"/figure/{figures.public}{query}")
    assert found.status == 200
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(found.text)
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "link", "style", "body", "main", "p", "b", "span", "code", "h1", "h2", "h3",
        "figure", "picture", "source", "img", "figcaption", "section", "div", "blockquote", "ul", "li", "a", "br",
        "table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd",
    }  # fmt: skip
    assert page.all("html")[0]["lang"] == "en-US"
    assert len(page.all("h1")) == 1
    assert all(image["alt"] for image in page.all("img"))
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    # Nothing is fetched from elsewhere, and no link leads there.
    for _, attributes in page.tags:
        for name in ("src", "srcset"):
            assert not attributes.get(name) or attributes[name].startswith(figures.public)
    assert not [each for each in page.all("a") if LISTENER in (each["href"] or "").split("?")[0]]
    assert not [each for each in page.all("a") if "javascript" in (each["href"] or "")]
    assert MADE_UP in found.text
    assert "<title>Made up: " in found.text
    if query:
        assert {each["target"] for each in page.all("a")} == {"_blank"}
        return
    assert all(head["scope"] for head in page.all("th"))
    for words in (
        "What has changed since",
        "as before.",
        "Cite this figure",
        "SHA-256",
        "Definition",
    ):
        assert words in found.text
    links = [each["href"] for each in page.all("a")]
    assert {f"{figures.public}.{ending}" for ending in FILES} <= set(links)
    assert [link for link in links if link.startswith("../overview?program=")]


def test_every_file_is_served_for_ever(figures: Figures):
    for ending, file in FILES.items():
        found = figures.ask(f"/figure/{figures.public}.{ending}")
        assert found.status == 200
        assert found.headers["content-type"].split(";")[0] == file.mime
        again = figures.ask(
            f"/figure/{figures.public}.{ending}", headers={"if-none-match": found.headers["etag"]}
        )
        assert (again.status, again.body) == (304, b"")
        # At another address of the pages a citation is another file.
        moved = figures.ask(
            f"/figure/{figures.public}.{ending}",
            headers={"if-none-match": found.headers["etag"]},
            public_address="https://city.example",
        )
        names_it = ending in ("bib", "csl.json")
        assert moved.status == (200 if names_it else 304)
        assert ("https://city.example" in moved.text) == names_it
        is_for_ever = "immutable" in found.headers["cache-control"]
        # A citation names the address of the pages, and what has changed since is told anew.
        assert is_for_ever == (not names_it)
        name = re.search(r'filename="([^"]+)"', found.headers["content-disposition"])[1]
        assert re.fullmatch(rf"made-up-[a-z0-9-]+-{figures.public}\.{re.escape(ending)}", name)
    found = figures.ask(f"/figure/{figures.public}")
    assert found.headers["cache-control"] == "public, no-cache"
    wide, phone = (
        figures.ask(f"/figure/{figures.public}.svg?bare={how}").text for how in ("wide", "phone")
    )
    assert 'viewBox="0 0 960' in wide
    assert 'viewBox="0 0 400' in phone
    head = figures.ask(f"/figure/{figures.public}.csv", "HEAD")
    assert (head.status, head.headers["content-type"]) == (200, "text/csv; charset=utf-8")


def test_a_server_for_the_public_answers_to_a_program_figure_as_to_none(figures: Figures):
    for ending in ("", "?embed=1", *(f".{each}" for each in FILES), ".svg?bare=wide"):
        told = {
            name: figures.ask(f"/figure/{name}{ending}", public_only=True)
            for name in (figures.program, GONE)
        }
        assert told[figures.program].status == 404
        assert told[figures.program].text.replace(figures.program, GONE) == told[GONE].text
        assert told[figures.program].headers == told[GONE].headers
    assert figures.ask(f"/figure/{figures.public}", public_only=True).status == 200
    found = figures.ask(f"/figure/{figures.program}")
    assert found.status == 200
    assert found.headers["cache-control"].startswith("private")
    assert 'name="robots" content="noindex"' in found.text
    assert "not for release" in found.text


@pytest.mark.parametrize(
    "name",
    ["", "..", "../overview", "../../CURRENT", GONE.replace("0", "A"), "0" * 19, "a" * 10_000, f"{GONE}.exe", f"{GONE}/x",
     f"{GONE}\n", f"{GONE}.svg.svg.svg", "%2e%2e/x"],
)  # fmt: skip
def test_what_is_no_figure_is_one_sentence(figures: Figures, name: str):
    found = figures.ask(f"/figure/{name.replace(chr(10), '%0A')}")
    assert found.status == 404
    assert len(found.text) < 300
    assert found.text.count("Expected") == 1


@pytest.mark.parametrize(
    "ending",
    [
        ".exe",
        ".png?bare=wide",
        ".svg?bare=x",
        "-1",
        "-2.svg",
        "-2.svg?bare=wide",
        "-0.svg",
        "-2.csv",
    ],
)
def test_a_figure_has_no_other_files(figures: Figures, ending: str):
    assert figures.ask(f"/figure/{figures.public}{ending}").status == 404


def test_a_figure_can_be_read_and_not_changed(figures: Figures):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        own = {"origin": "http://127.0.0.1:8501"}
        found = figures.ask(f"/figure/{figures.public}", method, own)
        assert (found.status, found.headers["allow"]) == (405, "GET, HEAD")
        assert figures.ask(f"/figure/{figures.public}", method).status == 403


def test_the_door_stands_before_figures_and_frames_are_a_setting(figures: Figures):
    found = figures.ask(f"/figure/{figures.public}?embed=1")
    assert found.headers["x-frame-options"] == "DENY"
    assert found.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert (
        "'unsafe-inline'"
        not in re.search("script-src[^;]*", found.headers["content-security-policy"])[0]
    )
    # Nobody who reads a figure on another site gets a cookie.
    assert "set-cookie" not in found.headers
    found = figures.ask(f"/figure/{figures.public}?embed=1", frame_ancestors="https://city.example")
    assert "x-frame-options" not in found.headers
    assert found.headers["content-security-policy"].endswith("frame-ancestors https://city.example")
    assert "set-cookie" not in found.headers


def test_the_permanent_address_is_that_of_the_pages(figures: Figures):
    found = figures.ask(f"/figure/{figures.public}")
    assert f"http://127.0.0.1:8501/figure/{figures.public}</code>" in found.text
    found = figures.ask(f"/figure/{figures.public}", public_address="https://city.example/team")
    assert f'rel="canonical" href="https://city.example/team/figure/{figures.public}"' in found.text


def test_the_base_path_is_that_of_the_pages(figures: Figures):
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "team")
    try:
        found = figures.ask(f"/team/figure/{figures.public}")
        assert found.status == 200
        assert f"http://127.0.0.1:8501/team/figure/{figures.public}</code>" in found.text
        assert figures.ask("/team/figure/..").status == 404
    finally:
        config.set_option("server.baseUrlPath", before)


def test_damage_and_data_that_cannot_be_read_are_told_without_a_path(
    figures: Figures, tmp_path: Path
):
    alone = tmp_path / "store"
    address = kept(alone, cited_again(figures))
    found = asked(Settings(store=alone), f"/figure/{address}")
    assert found.status == 200
    assert "What has changed since cannot be told now" in found.text
    assert str(tmp_path) not in found.text
    KeptFigure(alone, View.PUBLIC, address).path.write_bytes(b"{}")
    found = asked(Settings(store=alone), f"/figure/{address}.json")
    assert found.status == 500
    assert found.text.startswith("Expected the figure as it was kept, found [")
    assert str(tmp_path) not in found.text


def cited_again(figures: Figures) -> FigureRecord:
    return read_record(KeptFigure(figures.store, View.PUBLIC, figures.public).path.read_bytes())

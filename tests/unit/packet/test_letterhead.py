"""Bad titles, logos, questions, selections and folders: one sentence, and nothing written."""

import errno
import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from outcomes.cli.app import app
from outcomes.packet import files as packet_files
from outcomes.packet.asked import ask
from outcomes.packet.contents import packet_of
from outcomes.packet.files import write_files
from outcomes.packet.letterhead import Letterhead, letterhead_of
from outcomes.packet.logo import MOST_BYTES, logo_of
from outcomes.packet.pdf import packet_pdf
from outcomes.packet.problem import PacketProblem
from outcomes.selection import Selection
from outcomes.settings import Settings

SPACE = b'xmlns="http://www.w3.org/2000/svg"'


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A PNG of one color that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    rows = height if rows is None else rows
    pixels = zlib.compress((b"\0" + b"\x20\x60\x90" * width) * rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def svg(inside: bytes, more: bytes = b"") -> bytes:
    return b"<svg " + SPACE + b' viewBox="0 0 9 9" ' + more + b">" + inside + b"</svg>"


GOOD = {
    "logo.png": png(60, 30),
    "plain.svg": svg(b'<path d="M0 0h9v9z"/>'),
    "styled.svg": svg(b"<style>.a{fill:#123}</style><g><circle class='a' r='3'/></g>"),
    "gradient.svg": svg(
        b'<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><rect fill="url(#g)" width="9" height="9"/>'
    ),
}
BAD = {
    "empty.png": b"",
    "not.png": b"GIF89a" + b"\0" * 90,
    "large.png": b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES,
    "bomb.png": png(100_000, 100_000, rows=1),
    "wide.png": png(7_999, 7_999, rows=1),
    "cut.png": png(60, 30)[:60],
    "broken.png": png(60, 30)[:50] + b"\0" * 40,
    "script.svg": svg(b"<script>alert(1)</script>"),
    "handler.svg": svg(b"<path d='M0 0'/>", b'onload="alert(1)"'),
    "link.svg": svg(b'<a href="https://example.org"><path d="M0 0"/></a>'),
    "image.svg": svg(b'<image href="file:///etc/passwd" width="9" height="9"/>'),
    "paint.svg": svg(b'<rect fill="url(https://example.org/a)" width="9" height="9"/>'),
    "style.svg": svg(b"<style>@import 'https://example.org/a.css';</style>"),
    "use.svg": svg(b'<g id="a"/><use href="#a"/>'),
    "words.svg": svg(b"<text>Name</text>"),
    "filter.svg": svg(b'<filter id="f"/>'),
    "many.svg": svg(b"<g/>" * 5_001),
    "open.svg": b"<svg " + SPACE + b"><g>",
    "entity.svg": b'<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
    + svg(b"<title>&c;</title>"),
    "outside.svg": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + svg(b"<title>&a;</title>"),
    "instruction.svg": b'<?xml-stylesheet href="https://example.org/a.css"?>' + svg(b"<g/>"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_logo_is_drawn_anew(name: str):
    logo = logo_of(GOOD[name], name)
    assert logo.png.startswith(b"\x89PNG")
    assert 0 < logo.width <= 2_000
    assert 0 < logo.height <= 2_000


@pytest.mark.parametrize("name", BAD)
def test_a_bad_logo_is_one_sentence(name: str):
    with pytest.raises(PacketProblem, match=r"^Expected .* found \[.*\].*\.$"):
        logo_of(BAD[name], name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "a" * 10_000},
        {"title": "<b>Bold</b>"},
        {"title": "two\nlines"},
        {"title": "\x1b[31mred"},
        {"agency_name": "a" * 81},
        {"color": "red"},
        {"color": "#12345G"},
        {"paper": "a5"},
        {"logo": Path("no such logo.png")},
    ],
)
def test_a_bad_letterhead_is_one_sentence(wrong: dict):
    with pytest.raises(PacketProblem, match=r"^Expected .* found \[.*\].*\.$"):
        letterhead_of(Settings(), **wrong)


def test_settings_make_the_letterhead_and_what_is_said_comes_first():
    settings = Settings(
        packet_title="T", packet_agency_name="A", packet_color="#abcdef", packet_paper="a4"
    )
    assert letterhead_of(settings) == Letterhead("T", "A", None, "#ABCDEF", "a4")
    assert letterhead_of(settings, title="Other", paper="letter").title == "Other"


def test_a_disk_without_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.pdf").write_bytes(b"before")
    monkeypatch.setattr(packet_files.os, "fsync", full)
    for folder in (tmp_path, tmp_path / "new"):
        with pytest.raises(PacketProblem, match="No space left on device"):
            write_files({"a.pdf": b"new", "b.pptx": b"new"}, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"before"


@pytest.mark.slow
def test_a_letter_that_no_font_has_is_one_sentence(small_snapshot):
    made = packet_of(ask(Selection(program_ids=("test-city",)), small_snapshot), Letterhead("消防"))
    with pytest.raises(PacketProblem, match=r"Expected letters that .* found \[消\]"):
        packet_pdf(made)


def test_what_cannot_be_asked_is_one_sentence(small_snapshot):
    only = Selection(program_ids=("test-city",))
    with pytest.raises(PacketProblem, match=r"Expected a question of a packet, found \[weather\]"):
        packet_of(ask(only, small_snapshot), Letterhead(), ("weather",))
    months = replace(
        only, first_month=date(2024, 3, 1), last_month=date(2024, 3, 1), call_types=("fire",)
    )
    with pytest.raises(PacketProblem, match="Expected a selection with responses, found"):
        packet_of(ask(months, small_snapshot), Letterhead())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--program", "nobody"], "Expected a program that has been loaded, found [nobody]"),
        ([], "Expected the id of a program"),
        (
            ["--program", "test-city", "--period", "last-week"],
            "Expected a period, found [last-week]",
        ),
        (["--program", "test-city", "--period", "1999-01..1999-02"], "that the log covers"),
        (["--program", "test-city", "--title", "a" * 10_000], "at most 120 characters"),
        (["--program", "test-city", "--logo", "no.png"], "Expected a logo that can be read"),
        (["--program", "test-city", "--questions", "weather"], "Expected a question of a packet"),
        (["--program", "test-city", "--compare", "never"], "Expected an earlier period"),
    ],
)
def test_the_command_refuses_in_one_sentence(
    small_store: Path, tmp_path: Path, words: list[str], said: str
):
    to = tmp_path / "packets"
    run = CliRunner().invoke(app, ["packet", "--to", str(to), "--store", str(small_store), *words])
    assert run.exit_code == 1
    assert said in run.output
    assert run.output.count("Error: ") == 1
    assert not to.exists()


@pytest.mark.slow
def test_the_command_writes_all_three(small_store: Path, tmp_path: Path):
    words = ["--program", "test-city", "--period", "all", "--view", "public", "--paper", "a4"]
    run = CliRunner().invoke(
        app, ["packet", "--to", str(tmp_path), "--store", str(small_store), *words]
    )
    assert run.exit_code == 0, run.output
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".pdf", ".pptx", ".xlsx"]
    assert all(path.stat().st_size > 10_000 for path in tmp_path.iterdir())
    run = CliRunner().invoke(app, ["packet", "--brief", "--to", str(tmp_path / "b")])
    assert run.exit_code == 0, run.output
    assert [path.suffix for path in (tmp_path / "b").iterdir()] == [".pdf"]

"""Workbooks of some kilobytes that ask for more memory than a machine has: refused before, and while, they are read."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from bare_workbook import write_workbook
from python_calamine import CalamineWorkbook
from small_agency import FILE, Town, profile_with
from typer.testing import CliRunner

from outcomes.cli.app import app
from outcomes.ingest.draft.infer import guess
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.read import archives
from outcomes.ingest.read.sheets import NoWorkbook, read_sheets

FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HOSTILE = {
    "plain": (FIRST + FAR,),
    "rows without numbers": ('<row><c r="A1"/></row><row><c r="XFD1048576"><v>1</v></c></row>',),
    "a sheet elsewhere": (FIRST + FAR, "", "tables/x.xml"),
    "prefixes": ((FIRST + FAR).replace("<", "<x:").replace("<x:/", "</x:"), "x:"),
    "single quotes": ((FIRST + FAR).replace('"', "'"),),
    "a cell of another row": (FIRST + '<row r="2"><c r="XFD1048576"><v>1</v></c></row>',),
    "small letters": (FIRST + '<row r="2"><c r="xfd1048576"><v>1</v></c></row>',),
    "blanks": ((FIRST + FAR).replace("r=", "r = "),),
    "rows beyond any sheet": (FIRST + FAR.replace("1048576", "4294967290"),),
    "cells without a place": ("<row/>" * 7_000 + "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>",),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_workbook_that_asks_for_too_much_is_refused(tmp_path: Path, kind: str):
    path = write_workbook(tmp_path / "log.xlsx", *HOSTILE[kind])
    assert path.stat().st_size < 4_000
    with pytest.raises(LoadProblem, match=r"^Expected a sheet of at most 100,000,000 cells, found"):
        archives.refuse_workbook_bomb(path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_its_reader_is_held_to_the_memory(tmp_path: Path, kind: str):
    path = write_workbook(tmp_path / "log.xlsx", *HOSTILE[kind])
    with pytest.raises(NoWorkbook, match=r"more memory|ends in row [0-9,]+ and column 16,"):
        read_sheets(path, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["load", "profile draft", "profile preview"])
def test_the_refusal_is_a_sentence_of_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
):
    monkeypatch.setattr(archives._Extent, "read", lambda self, chunk: None)
    file = FILE.replace("csv", "xlsx") + 'sheet = "a"\n'
    town = Town(tmp_path, profile_with(file=file))
    path = write_workbook(tmp_path / "log.xlsx", *HOSTILE["plain"])
    words = [*command.split(), str(path), "--agencies", str(town.agency.parent)]
    words += ["--agency", "small-town"] if command != "profile draft" else []
    words += ["--store", str(town.store)] if command == "load" else []
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "Error: Expected " in done.stderr
    assert "asks for more memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert not town.store.exists()


@pytest.mark.slow
def test_sheets_are_read_as_they_stand(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "log"
    for row, column, value in ((4, 3, "id"), (4, 4, "n"), (5, 3, "A1"), (5, 4, 1.5), (7, 5, True)):
        book["log"].cell(row, column, value)
    book.create_sheet("empty")
    book.save(tmp_path / "log.xlsx")
    found = read_sheets(tmp_path / "log.xlsx", tmp_path)
    assert found.names == ["log", "empty"]
    rows = [list(row.values()) for row in found.tables["log"].to_pylist()]
    plain = CalamineWorkbook.from_path(tmp_path / "log.xlsx").get_sheet_by_name("log")
    as_read = plain.to_python(skip_empty_area=False)
    assert [[cell is not None for cell in row] for row in rows] == [
        [cell != "" for cell in row] for row in as_read
    ]
    assert rows[3:5] == [[None, None, "id", "n", None], [None, None, "A1", "1.5", None]]
    assert (found.tables["empty"].num_rows, found.tables["empty"].num_columns) == (0, 0)
    assert list(read_sheets(tmp_path / "log.xlsx", tmp_path, "empty").tables) == ["empty"]


@pytest.mark.slow
@pytest.mark.parametrize("text", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\xff" * 600, b"id,n"])
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, text: bytes):
    path = tmp_path / "log.xls"
    path.write_bytes(text)
    with pytest.raises(NoWorkbook) as problem:
        read_sheets(path, tmp_path)
    assert "\n" not in str(problem.value)


def test_a_broken_archive_is_refused_with_a_sentence(tmp_path: Path):
    path = write_workbook(tmp_path / "log.xlsx", FIRST)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            archives.refuse_workbook_bomb(path)
        except LoadProblem as problem:
            said = str(problem)
            assert said.startswith("Expected "), said
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "no workbook")
    with pytest.raises(LoadProblem, match=r"^Expected an export with rows and columns, found \["):
        guess(path)

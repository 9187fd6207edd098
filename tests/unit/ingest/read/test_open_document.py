"""OpenDocument workbooks (.ods): values, lengths, repeated rows and cells, several sheets, and what is refused."""

import zipfile
from datetime import datetime, time
from pathlib import Path

import pytest
from small_agency import TEXT, Town, profile_with

from outcomes.ingest.draft.draft import draft_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.read.archives import refuse_workbook_bomb
from outcomes.ingest.read.open_document import MIME_TYPE
from outcomes.ingest.read.sheets import read_sheets

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    + "".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" '
        for name in ("office", "table", "text")
    )
    + 'xmlns:calcext="urn:calcext"><office:body><office:spreadsheet>'
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME_TYPE.decode()}"/></manifest:manifest>'
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"
FAR = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"{}/></table:table-row>'


def cell(value: object, attributes: str = "") -> str:
    """One cell as a spreadsheet program writes it."""
    if value is None:
        return f"<table:table-cell {attributes}/>"
    if isinstance(value, datetime):
        said = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        said = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, time):
        said = f'office:value-type="time" office:time-value="{value:PT%HH%MM%SS}"'
    elif str(value).startswith("PT"):
        said = f'office:value-type="time" office:time-value="{value}"'
    else:
        said = 'office:value-type="string"'
    return f"<table:table-cell {attributes} {said}><text:p>{value}</text:p></table:table-cell>"


def row(*values: object, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(map(cell, values))}</table:table-row>"


def write(path: Path, **sheets: str) -> Path:
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIME_TYPE)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", HEAD + tables + TAIL)
    return path


def test_values_as_text(tmp_path: Path):
    error = cell("#REF!", 'calcext:value-type="error" office:string-value=""')
    path = write(
        tmp_path / "log.ods",
        Calls=row("n", "at", "clock", "length", "none", "last")
        + row(7, datetime(2026, 3, 1, 9, 14, 30), time(9, 5), "PT25H58M00S", None, "x")
        + f"<table:table-row>{cell(1.5)}{cell(None, 'table:number-columns-repeated=' + chr(34) + '4' + chr(34))}{error}</table:table-row>"
        + row("twice", attributes='table:number-rows-repeated="2" table:visibility="filter"')
        + FAR.format(""),
        Notes=row("a note"),
    )
    read = read_sheets(path, tmp_path, "Calls")
    assert [list(one.values()) for one in read.tables["Calls"].to_pylist()] == [
        ["n", "at", "clock", "length", "none", "last"],
        ["7", "2026-03-01 09:14:30", "09:05:00", "25:58:00", None, "x"],
        ["1.5", None, None, None, None, None],
        ["twice", None, None, None, None, None],
        ["twice", None, None, None, None, None],
    ]
    assert (read.names, read.left) == (["Calls", "Notes"], [])
    assert (read.marks["Calls"].hidden_rows, read.marks["Calls"].errors) == (2, {5: 1})


@pytest.mark.slow
def test_a_log_of_several_sheets_from_draft_to_store(tmp_path: Path):
    def month(number: int) -> str:
        calls = "".join(
            row(f"{number}-{day}", datetime(2026, number, day, 9, 14), "WELF") for day in (3, 5)
        )
        return row("id", "received", "nature") + calls

    path = write(tmp_path / "log.ods", **{"Jan 2026": month(1), "Feb 2026": month(2)})
    drafted = draft_profile(path, "small-town").profile
    assert 'format = "ods"' in drafted
    assert 'sheets = "(jan|feb|' in drafted
    file = '[file]\nformat = "ods"\nsheets = "[a-z]{3} [0-9]{4}"\n'
    town = Town(tmp_path, profile_with(file=file, text=TEXT))
    assert town.load(path).loaded == 4
    assert town.incidents()["2-5"]["received_at"] == datetime(2026, 2, 5, 9, 14)


@pytest.mark.parametrize(
    "rows",
    [
        FAR.format(' office:value-type="string"'),
        row("a")
        + row(attributes='table:number-rows-repeated="1048000"')
        + f"<table:table-row>{cell(None, 'table:number-columns-repeated=' + chr(34) + '16383' + chr(34))}{cell('x')}</table:table-row>",
        FAR.format(" table:formula='of:=1>0' office:value-type='float' office:value='1'"),
    ],
    ids=["one cell repeated", "a far corner", "a sign in a formula"],
)
def test_a_sheet_of_billions_of_cells_is_refused(tmp_path: Path, rows: str):
    path = write(tmp_path / "log.ods", Calls=rows)
    assert path.stat().st_size < 4_000
    with pytest.raises(LoadProblem, match=r"^Expected a sheet of at most 100,000,000 cells, found"):
        refuse_workbook_bomb(path)

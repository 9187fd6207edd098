"""Column names that stand in two rows: names of groups, whose cells are merged, over those of their columns."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from small_agency import FILE, Town, profile_with

from outcomes.ingest.draft.draft import draft_profile
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.headers import header_names

TWO = FileFormat.model_validate({"format": "csv", "header_rows": 2})
GROUPS = ["id", "Call", "", "", "Scene", ""]
NAMES = ["", "received", "type", "", "arrived", "type"]


@pytest.mark.parametrize(
    ("spans", "names"),
    [
        ((), ["id", "Call received", "Call type", "column 4", "Scene arrived", "Scene type"]),
        # What is merged is known: the empty cell after it belongs to no group.
        (
            ((0, 1, 1), (0, 4, 5)),
            ["id", "Call received", "type", "column 4", "Scene arrived", "Scene type"],
        ),
        (
            ((0, 1, 3), (0, 4, 9)),
            ["id", "Call received", "Call type", "Call", "Scene arrived", "Scene type"],
        ),
    ],
)
def test_names_of_groups_stand_over_the_columns_of_their_cells(
    spans: tuple[tuple[int, int, int], ...], names: list[str]
):
    assert header_names([GROUPS, NAMES], TWO, spans) == names


def merged_workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Care team: calls of March"])
    sheet.append(["id", "Call", None, "Scene", None, "Note"])
    sheet.append([None, "received", "type", "arrived", "type", None])
    for day in (2, 3, 4):
        sheet.append(
            [
                f"A-{day}",
                datetime(2026, 3, day, 9),
                "WELF",
                datetime(2026, 3, day, 9, 20),
                "MH",
                "x",
            ]
        )
    for cells in ("A1:F1", "A2:A3", "F2:F3", "B2:C2", "D2:E2"):
        sheet.merge_cells(cells)
    book.save(path)
    return path


ARRIVED = '[times.arrived_at]\ncolumn = "Scene arrived"\nformats = ["%Y-%m-%d %H:%M:%S"]\n'
RECEIVED = '[times.received_at]\ncolumn = "Call received"\nformats = ["%Y-%m-%d %H:%M:%S"]\n'


@pytest.mark.slow
def test_merged_groups_are_drafted_and_read(tmp_path: Path):
    path = merged_workbook(tmp_path / "log.xlsx")
    drafted = draft_profile(path, "small-town").profile
    assert "header_row = 2" in drafted
    assert "header_rows = 2  # CHECK" in drafted
    assert 'column = "Call received"' in drafted
    assert 'column = "Scene arrived"' in drafted
    file = '[file]\nformat = "xlsx"\nsheet = "Sheet"\nheader_row = 2\nheader_rows = 2\n'
    town = Town(tmp_path, profile_with(ARRIVED, file=file, received=RECEIVED))
    report = town.load(path)
    assert (report.loaded, report.filtered, report.rejected) == (3, 0, 0)
    assert town.incidents()["A-3"]["arrived_at"] == datetime(2026, 3, 3, 9, 20)


def test_two_rows_of_names_in_text_that_come_again_on_each_page(tmp_path: Path):
    head = "id,Call,,Scene,\n,received,type,arrived,type\n"
    row = "A-{0},2026-03-0{0} 09:00:00,WELF,2026-03-0{0} 09:20:00,MH\n"
    town = Town(tmp_path, profile_with(ARRIVED, file=FILE + "header_rows = 2\n", received=RECEIVED))
    report = town.load(town.write(f"{head}{row.format(1)}{head}{row.format(2)}"))
    assert (report.rows_read, report.loaded, report.filtered) == (4, 2, 2)
    assert report.reasons == {"filtered: the header again": 2}

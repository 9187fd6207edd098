"""Spreadsheets, new and old, as text columns."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.headers import header_names

# A spreadsheet counts a time in parts of a day, so that 09:14:00 may be read a hair before; without this its
# minute would be another.
CLOCK_ERROR = timedelta(milliseconds=5)
ANY_DAY = date(2000, 1, 1)


def workbook_table(path: Path, shown: str, file_format: FileFormat) -> pyarrow.Table:
    """The rows of the sheet that the profile names, every value as text or null.

    Raises LoadProblem where the file is no workbook, or sheet or header are not there.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as stream:
            workbook = CalamineWorkbook.from_filelike(stream)
    except (CalamineError, OSError, ValueError):
        raise LoadProblem(
            f"Expected an Excel workbook, found [a file that is none] at [{shown}]; "
            "open it in a spreadsheet program and save it as .xlsx."
        ) from None
    if file_format.sheet not in workbook.sheet_names:
        raise LoadProblem(
            f"Expected the sheet [{file_format.sheet}], found [{', '.join(workbook.sheet_names)}] "
            f"in [{shown}]; correct sheet in the profile."
        )
    try:
        rows = workbook.get_sheet_by_name(file_format.sheet).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise LoadProblem(
            f"Expected a sheet that can be read, found [{error}] in [{shown}]; "
            "open it in a spreadsheet program and save it again."
        ) from None
    if len(rows) < max(file_format.header_row, 1):
        raise LoadProblem(
            f"Expected a header in row {file_format.header_row}, found [{len(rows)} rows] in "
            f"[{shown}]; check the file and header_row."
        )
    first = rows[max(file_format.header_row, 1) - 1]
    names = header_names([_cell_text(cell) or "" for cell in first], file_format)
    body = rows[file_format.header_row :]
    columns = {
        name: pyarrow.array([_cell_text(row[position]) for row in body], pyarrow.string())
        for position, name in enumerate(names)
    }
    return pyarrow.table(columns)


def _cell_text(cell: object) -> str | None:
    """A spreadsheet cell as text: whole numbers without a point, times in ISO form, empty as null."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return (cell + CLOCK_ERROR).isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        # A workbook stores a date and midnight of that date alike.
        return f"{cell.isoformat()} 00:00:00"
    if isinstance(cell, time):
        exact = datetime.combine(ANY_DAY, cell)
        mended = exact + CLOCK_ERROR
        # The last moment of a day stays in it: the cell has no date that could go on.
        return (mended if mended.date() == ANY_DAY else exact).time().isoformat(timespec="seconds")
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)

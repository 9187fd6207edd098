"""The sheet of a workbook, new or old, that a profile names."""

from pathlib import Path

import pyarrow

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.headers import header_names
from outcomes.ingest.read.sheets import NoWorkbook, read_sheets


def workbook_table(path: Path, shown: str, file_format: FileFormat, scratch: Path) -> pyarrow.Table:
    """The rows of the sheet that the profile names, every value as text or null.

    Raises LoadProblem where the file is no workbook, or sheet or header are not there.
    """
    try:
        workbook = read_sheets(path, scratch, file_format.sheet)
    except NoWorkbook as error:
        raise LoadProblem(
            f"Expected an Excel workbook, found [{error}] at [{shown}]; "
            "open it in a spreadsheet program, delete what stands far from the table, and save it as .xlsx."
        ) from None
    sheet = workbook.tables.get(file_format.sheet or "")
    if sheet is None:
        raise LoadProblem(
            f"Expected the sheet [{file_format.sheet}], found [{', '.join(workbook.names)}] "
            f"in [{shown}]; correct sheet in the profile."
        )
    above = max(file_format.header_row, 1)
    if sheet.num_rows < above:
        raise LoadProblem(
            f"Expected a header in row {file_format.header_row}, found [{sheet.num_rows} rows] in "
            f"[{shown}]; check the file and header_row."
        )
    first = sheet.slice(above - 1, 1).to_pylist()[0].values()
    names = header_names([name or "" for name in first], file_format)
    return sheet.slice(file_format.header_row).rename_columns(names)

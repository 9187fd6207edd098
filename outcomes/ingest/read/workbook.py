"""The sheets of a workbook, new or old, that a profile names."""

from pathlib import Path

import pyarrow

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.headers import header_names
from outcomes.ingest.read.sheets import Marks, NoWorkbook, Sheets, read_sheets


def workbook_table(
    path: Path, shown: str, file_format: FileFormat, scratch: Path
) -> tuple[pyarrow.Table, list[str]]:
    """The rows of the sheets that the profile names, every value as text or null, and what a reader should know of the rest.

    Several sheets follow each other; a column that one lacks is null there. Raises LoadProblem where the file is
    no workbook, or sheet or header are not there.
    """
    try:
        workbook = read_sheets(path, scratch, file_format.sheet, file_format.sheets)
    except NoWorkbook as error:
        raise LoadProblem(
            f"Expected an Excel workbook, found [{error}] at [{shown}]; "
            "open it in a spreadsheet program, delete what stands far from the table, and save it as .xlsx."
        ) from None
    if not workbook.tables:
        one = file_format.sheets or file_format.sheet
        what = "a sheet whose name fits" if file_format.sheets else "the sheet"
        raise LoadProblem(
            f"Expected {what} [{one}], found [{', '.join(workbook.names)}] "
            f"in [{shown}]; correct {'sheets' if file_format.sheets else 'sheet'} in the profile."
        )
    tables = [_table(workbook, name, shown, file_format) for name in workbook.tables]
    remarks = [
        remark
        for (name, marks), table in zip(workbook.marks.items(), tables, strict=True)
        for remark in _remarks(name, marks, table.column_names)
    ]
    left = [name for name in workbook.names if name not in workbook.tables]
    if left:
        remarks.append(
            f"Sheets that were not read: {', '.join(left)}. Where they hold rows of the log, name them all with sheets in [file]."
        )
    return pyarrow.concat_tables(tables, promote_options="default"), remarks


def _remarks(name: str, marks: Marks, columns: list[str]) -> list[str]:
    remarks = []
    if marks.hidden_rows or marks.hidden_columns:
        remarks.append(
            f"Hidden in the sheet {name}, and read like the others: rows {marks.hidden_rows:,}, columns {marks.hidden_columns:,}."
        )
    for place, count in marks.errors.items():
        column = columns[place] if place < len(columns) else f"column {place + 1}"
        cells = "1 cell" if count == 1 else f"{count:,} cells"
        remarks.append(
            f"{column}: {cells} of the sheet {name} hold an error of the spreadsheet such as #REF! and were read as empty."
        )
    return remarks


def _table(workbook: Sheets, name: str, shown: str, file_format: FileFormat) -> pyarrow.Table:
    sheet = workbook.tables[name]
    above = max(file_format.header_row, 1)
    if sheet.num_rows < above:
        place = f"{shown}, sheet {name}" if file_format.sheets else shown
        raise LoadProblem(
            f"Expected a header in row {file_format.header_row}, found [{sheet.num_rows} rows] in "
            f"[{place}]; check the file and header_row."
        )
    first = sheet.slice(above - 1, 1).to_pylist()[0].values()
    names = header_names([cell or "" for cell in first], file_format)
    return sheet.slice(file_format.header_row).rename_columns(names)

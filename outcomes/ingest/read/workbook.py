"""The sheets of a workbook, new or old, that a profile names."""

from collections import Counter
from pathlib import Path

import pyarrow

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.headers import header_names
from outcomes.ingest.read.sheets import Marks, NoWorkbook, Sheets, read_sheets
from outcomes.vocabulary.counted import counted

# Of the columns of the smaller of two sheets, the share that both have at least where they are of one log.
LEAST_SHARED = 0.5


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
    tables = {name: _table(workbook, name, shown, file_format) for name in workbook.tables}
    if file_format.header_row:
        _refuse_other_columns(tables, shown)
    remarks = [
        remark
        for name, table in tables.items()
        for remark in _remarks(
            name, workbook.marks[name], table.column_names, file_format.last_header_row
        )
    ]
    if workbook.left:
        remarks.append(
            f"Sheets that were not read: {', '.join(workbook.left)}. Where they hold rows of the log, name them all with sheets in [file]."
        )
    return pyarrow.concat_tables(tables.values(), promote_options="default"), remarks


def _remarks(name: str, marks: Marks, columns: list[str], header: int) -> list[str]:
    remarks = []
    if marks.hidden_rows or marks.hidden_columns:
        remarks.append(
            f"Hidden in the sheet {name}, and read like the others: rows {marks.hidden_rows:,}, columns {marks.hidden_columns:,}."
        )
    for place, count in marks.errors.items():
        cells = counted(count, "cell")
        remarks.append(
            f"{_column(columns, place)}: {cells} of the sheet {name} with an error of the spreadsheet such as #REF!, read as empty."
        )
    merged = Counter[int]()
    for first, last, place in marks.merged_down:
        merged[place] += max(0, last - max(first, header))
    for place, count in merged.items():
        if count:
            remarks.append(
                f"{_column(columns, place)}: {counted(count, 'cell')} of the sheet {name} merged with the one above, read as "
                "empty where [columns] does not say fill_down of that column."
            )
    return remarks


def _column(columns: list[str], place: int) -> str:
    return columns[place] if place < len(columns) else f"column {place + 1}"


def _table(workbook: Sheets, name: str, shown: str, file_format: FileFormat) -> pyarrow.Table:
    sheet = workbook.tables[name]
    above = max(file_format.last_header_row, 1)
    place = f"{shown}, sheet {name}" if file_format.sheets else shown
    if sheet.num_rows < above:
        raise LoadProblem(
            f"Expected a header in row {above}, found [{counted(sheet.num_rows, 'row')}] in "
            f"[{place}]; check the file and header_row."
        )
    start = max(file_format.header_row, 1) - 1
    rows = [
        [cell or "" for cell in row.values()]
        for row in sheet.slice(start, file_format.header_rows).to_pylist()
    ]
    spans = [
        (row - start, first, last)
        for row, first, last in workbook.marks[name].spans
        if row >= start
    ]
    names = header_names(rows, file_format, spans)
    return sheet.slice(file_format.last_header_row).rename_columns(names)


def _refuse_other_columns(tables: dict[str, pyarrow.Table], shown: str) -> None:
    """Raise LoadProblem where a sheet has hardly a column of the first: its header stands elsewhere, or it is no part of the log."""
    (first, log), *others = tables.items()
    known = {name.casefold() for name in log.column_names}
    for name, table in others:
        own = {one.casefold() for one in table.column_names}
        if table.num_rows and len(own & known) < LEAST_SHARED * min(len(own), len(known)):
            found = ", ".join(table.column_names[:5])
            raise LoadProblem(
                f"Expected the sheet [{name}] to have the columns of [{first}], found [{found}] in [{shown}]; put its "
                "column names into the same row, or let sheets in the profile name the sheets that have them."
            )

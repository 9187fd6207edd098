"""Writes the made-up programs' exports, each in the container that its city uses."""

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import xlsxwriter

from outcomes.demo import all_call_logs, program_logs
from outcomes.demo.calls import draw_calls
from outcomes.demo.program import DEMO_THROUGH, PROGRAMS, DemoProgram

Columns = Callable[[pd.DataFrame, DemoProgram, np.random.Generator], pa.Table]
Writer = Callable[[pa.Table, Path], None]
WORKBOOK_TIMES = ("Requested", "Dispatched", "Arrived", "Met client", "Left scene")
WORKBOOK_NOTES = (
    "Made-up demonstration data. Quillhaven is not a real city and nobody in this log exists.",
    "One row on the sheet Dispatches is one dispatch; calls nobody was sent to are not kept.",
    "Times are Mountain time. Police, holds and injuries are not recorded in this log.",
    "A ride is a ride given by the team or arranged by it.",
)


@dataclass(frozen=True)
class ExportFormat:
    """How one program's export is written."""

    # name of the file
    file_name: str
    # makes the columns out of the drawn calls
    columns: Columns
    # writes the file
    write: Writer


def write_demo_exports(folder: Path, seed: int = 2026) -> dict[str, Path]:
    """The export of every made-up program, by its agency, written into the folder: the same bytes for a seed."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for program in PROGRAMS:
        export_format = FORMATS[program.agency_id]
        calls = draw_calls(program, seed)
        rng = np.random.default_rng([seed, zlib.crc32(program.agency_id.encode()), 1])
        path = folder / export_format.file_name
        export_format.write(export_format.columns(calls, program, rng), path)
        written[program.agency_id] = path
    return written


def _csv_bytes(table: pa.Table, delimiter: str, always_quoted: bool) -> bytes:
    options = pyarrow.csv.WriteOptions(
        delimiter=delimiter, quoting_style="needed" if always_quoted else "none"
    )
    buffer = BytesIO()
    pyarrow.csv.write_csv(table, buffer, options)
    return buffer.getvalue()


def _write_csv(
    table: pa.Table,
    path: Path,
    delimiter: str = ",",
    always_quoted: bool = False,
    encoding: str = "utf-8",
    title: str = "",
) -> None:
    content = _csv_bytes(table, delimiter, always_quoted)
    if encoding != "utf-8":
        content = content.decode().encode(encoding)
    path.write_bytes(title.encode() + content)


def _write_packed_csv(table: pa.Table, path: Path) -> None:
    # No time of writing in the file, so that the same rows give the same bytes.
    path.write_bytes(gzip.compress(_csv_bytes(table, ",", False), compresslevel=4, mtime=0))


def _write_json_lines(table: pa.Table, path: Path) -> None:
    """One object a line; true and false without quotes, an empty cell as null."""
    plain = {"true": True, "false": False}
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in table.to_pylist():
            stream.write(json.dumps({key: plain.get(cell, cell) for key, cell in row.items()}))
            stream.write("\n")


def _write_workbook(table: pa.Table, path: Path) -> None:
    """A workbook with the rows on one sheet, times as spreadsheet times, and a sheet of notes."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": datetime(DEMO_THROUGH.year, DEMO_THROUGH.month, 1)})
        time_format = workbook.add_format({"num_format": "m/d/yyyy h:mm:ss"})
        sheet = workbook.add_worksheet("Dispatches")
        sheet.write_row(0, 0, table.column_names)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(table.column_names):
            cells = table[name].to_pylist()
            for row, cell in enumerate(cells, start=1):
                if cell is None:
                    continue
                if name in WORKBOOK_TIMES:
                    sheet.write_datetime(row, place, datetime.fromisoformat(cell), time_format)
                elif name == "Age":
                    sheet.write_number(row, place, int(cell))
                else:
                    sheet.write_string(row, place, cell)
        notes = workbook.add_worksheet("Notes")
        notes.write_column(0, 0, WORKBOOK_NOTES)


SABLE_TITLE = "SABLE JUNCTION DISPATCH - MADE-UP DEMONSTRATION DATA\nCALLS FOR SERVICE BY DATE\n"

FORMATS: dict[str, ExportFormat] = {
    "demo-alder-crossing": ExportFormat(
        "alder_crossing_calls.csv", all_call_logs.alder_crossing, _write_csv
    ),
    "demo-port-lindry": ExportFormat(
        "port_lindry_units.csv.gz", all_call_logs.port_lindry, _write_packed_csv
    ),
    "demo-quillhaven": ExportFormat(
        "quillhaven_dispatch_log.xlsx", program_logs.quillhaven, _write_workbook
    ),
    "demo-marais-point": ExportFormat(
        "marais_point_eligible_calls.csv",
        program_logs.marais_point,
        partial(_write_csv, delimiter=";", encoding="latin-1"),
    ),
    "demo-kestrel-mesa": ExportFormat(
        "kestrel_mesa_eligible_calls.parquet",
        program_logs.kestrel_mesa,
        partial(pyarrow.parquet.write_table, compression="zstd"),
    ),
    "demo-hollin-ferry": ExportFormat(
        "hollin_ferry_events.jsonl", all_call_logs.hollin_ferry, _write_json_lines
    ),
    "demo-brackwater": ExportFormat("brackwater_cfs.csv", program_logs.brackwater, _write_csv),
    "demo-sable-junction": ExportFormat(
        "sable_junction_calls.txt",
        all_call_logs.sable_junction,
        partial(_write_csv, delimiter="|", title=SABLE_TITLE),
    ),
    "demo-eastmarch": ExportFormat(
        "eastmarch_responses.csv",
        program_logs.eastmarch,
        partial(_write_csv, always_quoted=True),
    ),
}

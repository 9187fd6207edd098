"""Rejected rows: in a file of their own beside the snapshot that belongs to them, never in it."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute
import pyarrow.parquet

from outcomes.store.folder import SnapshotFile, in_place_of_file, refuse_misplaced
from outcomes.store.problem import DamagedStore, StoreProblem, first_line
from outcomes.store.snapshot import live_snapshot, way_back
from outcomes.store.warehouse import Warehouse


@dataclass(frozen=True)
class RejectedRow:
    """One row of a log that was not taken in."""

    # name of the file
    source_file: str
    # line of the file; the header is the first
    source_row: int
    # column or field that broke the rule; None where the whole line did
    field: str | None
    # what stood there; None where nothing did, or where it may not be stored
    value: str | None
    # the rule that it broke
    rule: str


def write_rejected(warehouse: Warehouse, file: SnapshotFile) -> None:
    """Write the rows that the last load of each program rejected, beside the snapshot."""
    file.rejected.parent.mkdir(exist_ok=True)
    pyarrow.parquet.write_table(warehouse.table("last_rejected_row"), file.rejected)


def rejected_rows(store: Path, program_id: str) -> list[RejectedRow]:
    """The rows that the program's last load rejected, by file and line; of what is live.

    For the agency's own staff alone: a value may tell of a single call. Raises StoreProblem where
    nothing is published, the program is unknown, or the store was written before these were kept.
    """
    snapshot = live_snapshot(store)
    known = [program.program_id for program in snapshot.programs]
    if program_id not in known:
        raise StoreProblem(
            f"Expected a program that has been loaded, found [{program_id}]; "
            f"choose from {', '.join(known)}."
        )
    file = SnapshotFile.named(store, f"{snapshot.name}.duckdb")
    assert file is not None  # it was opened by this name
    refuse_misplaced(store)
    found = in_place_of_file(file.rejected)
    if found is not None:
        raise StoreProblem(
            f"Expected rejected rows at [{file.rejected}], found [{found}]; {way_back(store)}."
        )
    of_program = pyarrow.compute.field("program_id") == program_id
    columns = list(RejectedRow.__dataclass_fields__)
    try:
        table = pyarrow.parquet.read_table(file.rejected, columns=columns, filters=of_program)
    except (pyarrow.ArrowException, OSError) as error:
        raise DamagedStore(
            f"Expected rejected rows, found [{first_line(error)}] at [{file.rejected}]; {way_back(store)}."
        ) from None
    return [RejectedRow(**row) for row in table.to_pylist()]

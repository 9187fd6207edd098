"""Rejected rows: in a file of their own beside the snapshot that belongs to them, never in it."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute
import pyarrow.parquet

from outcomes.store.snapshot import live_snapshot
from outcomes.store.warehouse import StoreProblem, Warehouse


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


def rejected_file(store: Path, snapshot: str) -> Path:
    """Where the rejected rows stand that belong to a snapshot."""
    return store / "rejected" / f"{Path(snapshot).stem}.parquet"


def write_rejected(warehouse: Warehouse, store: Path, snapshot: str) -> None:
    """Write the rows that the last load of each program rejected, for the snapshot of that name."""
    path = rejected_file(store, snapshot)
    path.parent.mkdir(exist_ok=True)
    pyarrow.parquet.write_table(warehouse.table("last_rejected_row"), path)


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
    path = rejected_file(store, snapshot.name)
    if not path.is_file():
        raise StoreProblem(
            f"Expected rejected rows at [{path}], found [nothing]; "
            "delete CURRENT and load a log again, which writes them."
        )
    of_program = pyarrow.compute.field("program_id") == program_id
    columns = list(RejectedRow.__dataclass_fields__)
    table = pyarrow.parquet.read_table(path, columns=columns, filters=of_program)
    return [RejectedRow(**row) for row in table.to_pylist()]

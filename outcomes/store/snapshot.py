"""Snapshots: what was published, opened read-only, one connection a file and one cursor a call."""

import threading
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas

from outcomes.store.page_tables import RULES_TABLE, rules_digest
from outcomes.store.programs import (
    CoveredMonth,
    LogMonth,
    Program,
    ProgramChange,
    ResponseTarget,
    ServiceHours,
)
from outcomes.store.query_file import read_query
from outcomes.store.warehouse import OFFLINE, StoreProblem
from outcomes.vocabulary.log import (
    ChangeKind,
    Coverage,
    DataKind,
    DatePrecision,
    LogHolds,
    RecordGrain,
)

# What the pages' connection may do: read its own file, and nothing else. Page queries sort few rows, so that to pack them
# for the sort costs more than it saves. The last key locks the others.
READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    **OFFLINE,
    "enable_external_access": "false",
    "disabled_optimizers": "compressed_materialization",
    "lock_configuration": "true",
}


class OutdatedSnapshot(StoreProblem):
    """A snapshot that another version of this product wrote, by other rules than those that hold now."""


class Snapshot:
    """One published snapshot. Safe to share between threads; its content never changes."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=READ_ONLY)
            # Asked at once: a file without page tables is refused here and not on some page.
            found = {row["table_name"] for row in self.rows("snapshot", "page_tables")}
            is_current = RULES_TABLE in found and self.rows("snapshot", "built_by") == [
                {"digest": rules_digest()}
            ]
        except duckdb.Error as error:
            raise StoreProblem(
                f"Expected a published snapshot, found [{str(error).splitlines()[0]}] at [{path}]; "
                "load a log again to publish a new one."
            ) from None
        if "program" not in found:
            self.close()
            raise StoreProblem(
                f"Expected a published snapshot, found [another database] at [{path}]; "
                "load a log again to publish a new one."
            )
        if not is_current:
            self.close()
            raise OutdatedSnapshot(
                f"Expected a snapshot of this version, found [one of another version] at [{path}]; "
                "load any log again, also an unchanged one, to publish anew."
            )

    def rows(
        self, folder: str, name: str, params: dict[str, object] | None = None
    ) -> list[dict[str, Any]]:
        """Rows of the query file queries/<folder>/<name>.sql as dictionaries of plain values."""
        # One connection shared by threads would hand out other callers' rows.
        cursor = self._connection.cursor()
        try:
            result = cursor.execute(read_query(folder, name).text, params)
            columns = [column[0] for column in result.description or ()]
            # Page queries return few rows: plain values are quicker to have than a data frame.
            return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
        finally:
            cursor.close()

    def run(
        self, folder: str, name: str, params: dict[str, object] | None = None
    ) -> pandas.DataFrame:
        """The same rows as a data frame, for tables that are shown as they are."""
        cursor = self._connection.cursor()
        try:
            return cursor.execute(read_query(folder, name).text, params).df()
        finally:
            cursor.close()

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """Every program, real ones first, then by name."""
        return tuple(
            Program(
                **row
                | {
                    "data_kind": DataKind(row["data_kind"]),
                    "record_grain": RecordGrain(row["record_grain"]),
                    "log_holds": LogHolds(row["log_holds"]),
                    "recorded_fields": frozenset(row["recorded_fields"]),
                    "possible_answers": None
                    if row["possible_answers"] is None
                    else frozenset(row["possible_answers"]),
                    "date_precision": DatePrecision(row["date_precision"]),
                    "file_names": tuple(row["file_names"] or ()),
                }
            )
            for row in self.rows("snapshot", "programs")
        )

    @cached_property
    def log_months(self) -> dict[str, tuple[LogMonth, ...]]:
        """What each log could say of each month; of programs whose rows were read by profiles that say different things."""
        by_program: dict[str, list[LogMonth]] = {}
        for row in self.rows("snapshot", "log_months"):
            answers = row["possible_answers"]
            month = LogMonth(
                row["month"],
                LogHolds(row["log_holds"]),
                frozenset(row["recorded_fields"]),
                None if answers is None else frozenset(answers),
                row["incident_count"],
            )
            by_program.setdefault(row["program_id"], []).append(month)
        return {program_id: tuple(months) for program_id, months in by_program.items()}

    @cached_property
    def coverage(self) -> dict[str, tuple[CoveredMonth, ...]]:
        """By program: every month from its first to its last, in order."""
        by_program: dict[str, list[CoveredMonth]] = {}
        for row in self.rows("snapshot", "coverage_by_month"):
            month = CoveredMonth(row["month"], Coverage(row["coverage"]), row["covered_days"])
            by_program.setdefault(row["program_id"], []).append(month)
        return {program_id: tuple(months) for program_id, months in by_program.items()}

    @cached_property
    def changes(self) -> tuple[ProgramChange, ...]:
        """Every dated change, by program and date."""
        return tuple(
            ProgramChange(**row | {"change_kind": ChangeKind(row["change_kind"])})
            for row in self.rows("snapshot", "program_changes")
        )

    def changes_of(self, program_ids: tuple[str, ...]) -> list[ProgramChange]:
        """Dated changes of one program; none where several are chosen, for they would not fit under a chart."""
        if len(program_ids) != 1:
            return []
        return [change for change in self.changes if change.program_id == program_ids[0]]

    @property
    def police_sent_assumptions(self) -> pandas.DataFrame:
        """How likely police would have been sent, by call type: low, base, high and source."""
        return self.run("snapshot", "police_sent_assumptions")

    @cached_property
    def targets(self) -> tuple[ResponseTarget, ...]:
        """Every program's own targets, by program and first day."""
        return tuple(
            ResponseTarget(**row | {"priority_codes": tuple(row["priority_codes"] or ())})
            for row in self.rows("snapshot", "program_targets")
        )

    @cached_property
    def hours(self) -> tuple[ServiceHours, ...]:
        """The hours that every program states, by program and first day."""
        return tuple(
            ServiceHours(**row | {"weekdays": tuple(row["weekdays"])})
            for row in self.rows("snapshot", "program_hours")
        )

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


KEPT_OPEN = 3
_open_snapshots: dict[Path, Snapshot] = {}
_opening = threading.Lock()


def live_snapshot(store: Path) -> Snapshot:
    """The snapshot that the store's CURRENT file names.

    Raises StoreProblem where nothing has been published.
    """
    name = live_snapshot_name(store)
    if name is None:
        raise StoreProblem(
            f"Expected a published store, found [nothing] at [{store}]; load a log first, "
            "or write the demonstration with: python -m outcomes demo."
        )
    path = store / "snapshots" / name
    with _opening:
        if path not in _open_snapshots:
            _open_snapshots[path] = Snapshot(path)
            # A page that still reads an older one keeps it alive until it is done.
            for older in list(_open_snapshots)[:-KEPT_OPEN]:
                del _open_snapshots[older]
        return _open_snapshots[path]


def live_snapshot_name(store: Path) -> str | None:
    """File name of the live snapshot; None where nothing has been published.

    Raises StoreProblem where the file that should name it cannot be read.
    """
    pointer = store / "CURRENT"
    if not pointer.is_file():
        return None
    try:
        return pointer.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise StoreProblem(
            f"Expected the name of a snapshot, found [something unreadable] at [{pointer}]; "
            "load a log again to publish a new one."
        ) from None

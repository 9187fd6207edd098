"""Snapshots: what was published, opened read-only, one connection a file and one cursor a call."""

import os
import threading
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas

from outcomes.statistics.clusters import PersonSums
from outcomes.store.folder import (
    POINTER,
    WAREHOUSE_FILE,
    SnapshotFile,
    in_place_of_file,
    is_begun,
    live_snapshot_name,
    snapshot_files,
)
from outcomes.store.manifest import changed_file, read_manifest
from outcomes.store.page_tables import RULES_TABLE, rules_digest
from outcomes.store.problem import (
    LOAD_AGAIN,
    RESTORE,
    DamagedStore,
    StoreProblem,
    first_line,
    is_damage,
)
from outcomes.store.programs import (
    CoveredMonth,
    Goal,
    LogMonth,
    Program,
    ProgramChange,
    ResponseTarget,
    ServiceHours,
)
from outcomes.store.run_query import run_query
from outcomes.store.warehouse import OFFLINE, loading_fault
from outcomes.vocabulary.log import (
    ChangeKind,
    Coverage,
    DataKind,
    DatePrecision,
    GoalDirection,
    GoalUnit,
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
        self._path = path
        found_instead = in_place_of_file(path)
        if found_instead is not None:
            # The engine would make a file where there is none, and follow a link.
            raise self._damaged(found_instead)
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=READ_ONLY)
            # Asked at once: a file without page tables is refused here and not on some page.
            found = {row["table_name"] for row in self.rows("snapshot", "page_tables")}
            is_current = RULES_TABLE in found and self.rows("snapshot", "built_by") == [
                {"digest": rules_digest()}
            ]
        except duckdb.Error as error:
            raise self._damaged(first_line(error)) from None
        except DamagedStore:
            self.close()
            raise
        if "program" not in found:
            self.close()
            raise self._damaged("another database")
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
            result = run_query(cursor, folder, name, params)
            columns = [column[0] for column in result.description or ()]
            # Page queries return few rows: plain values are quicker to have than a data frame.
            return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
        except duckdb.Error as error:
            raise self._told(error) from None
        finally:
            cursor.close()

    def run(
        self, folder: str, name: str, params: dict[str, object] | None = None
    ) -> pandas.DataFrame:
        """The same rows as a data frame, for tables that are shown as they are."""
        cursor = self._connection.cursor()
        try:
            return run_query(cursor, folder, name, params).df()
        except duckdb.Error as error:
            raise self._told(error) from None
        finally:
            cursor.close()

    def _told(self, error: duckdb.Error) -> Exception:
        """What a director reads of a file that was damaged after it was opened; any other fault as it is."""
        if not is_damage(error, self._path):
            return error
        # The next run opens the file anew, sees that it is damaged, and takes an earlier one.
        with _opening:
            _open_snapshots.pop(self._path, None)
        return self._damaged(first_line(error))

    def _damaged(self, found: str) -> DamagedStore:
        return DamagedStore(
            f"Expected a published snapshot, found [{found}] at [{self._path}]; "
            f"{way_back(self._path.parents[1])}."
        )

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
    def persons(self) -> dict[tuple[str, str], PersonSums]:
        """By program and metric: sums over the persons of the whole log; of logs that tell persons."""
        return {
            (row["program_id"], row["metric_key"]): PersonSums(
                persons=row["person_count"],
                met_again=row["met_again_count"],
                cases=row["case_count"],
                events=row["event_count"],
                event_squares=row["event_square_sum"],
                event_cases=row["event_case_sum"],
                case_squares=row["case_square_sum"],
            )
            for row in self.rows("snapshot", "person_clusters")
        }

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

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Every program's own goals, by program and first day."""
        return tuple(
            Goal(
                **row
                | {"direction": GoalDirection(row["direction"]), "unit": GoalUnit(row["unit"])}
            )
            for row in self.rows("snapshot", "program_goals")
        )

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


KEPT_OPEN = 3
_open_snapshots: dict[Path, Snapshot] = {}
# The same thread comes again where a file that it opens is found damaged.
_opening = threading.RLock()


def way_back(store: Path) -> str:
    """What mends a snapshot: another one from the warehouse, or a backup where that is gone too."""
    return LOAD_AGAIN if in_place_of_file(store / WAREHOUSE_FILE) is None else RESTORE


def snapshot_fault(file: SnapshotFile) -> str:
    """A sentence on what is not as it was when the snapshot went live; empty where all is."""
    back = way_back(file.store)
    try:
        manifest = read_manifest(file, back)
    except DamagedStore as problem:
        return str(problem)
    return changed_file(file.store, manifest.files, back) or ""


def live_snapshot(store: Path) -> Snapshot:
    """The snapshot that the store's CURRENT file names.

    Raises StoreProblem where nothing has been published, or it is not as it was written.
    """
    file = SnapshotFile.named(store, live_snapshot_name(store) or "")
    if file is None:
        known = snapshot_files(store)
        if known:
            raise DamagedStore(
                f"Expected the name of a snapshot, found [nothing] at [{store / POINTER}]; {way_back(store)}."
            )
        begun = "publish it by loading any log" if is_begun(store) else "load a log first"
        raise StoreProblem(
            f"Expected a published store, found [nothing] at [{store}]; {begun}, "
            "or write the demonstration with: python -m outcomes demo."
        )
    try:
        return _opened(file)
    except DamagedStore:
        # Between the look at the pointer and at the file, loads may have published so often that it is gone.
        if live_snapshot_name(store) == file.name:
            raise
    return live_snapshot(store)


def shown_snapshot(store: Path) -> tuple[Snapshot, str]:
    """What pages show, and why loading is broken where it is: the live snapshot, or the last good one before it.

    Raises StoreProblem where there is none, and OutdatedSnapshot where the live one is to be published anew.
    """
    try:
        return live_snapshot(store), loading_fault(store)
    except OutdatedSnapshot:
        raise
    except StoreProblem as problem:
        for file in reversed(snapshot_files(store)):
            # One without a manifest never went live, or cannot be told from one that is damaged.
            with suppress(StoreProblem):
                if file.manifest.is_file():
                    return _opened(file), str(problem)
        raise


def _opened(file: SnapshotFile) -> Snapshot:
    """The snapshot, opened once for all readers. Raises StoreProblem where it is not as it was written."""
    with _opening:
        if file.path not in _open_snapshots:
            if file.path.parent.is_symlink():
                raise DamagedStore(
                    f"Expected the folder of the snapshots, found [a link] at [{file.path.parent}]; "
                    "nothing was read: take the link away and put the folder itself in its place."
                )
            # Published before there were manifests: then its own checksums must do.
            fault = snapshot_fault(file) if os.path.lexists(file.manifest) else ""
            if fault:
                raise DamagedStore(fault)
            _open_snapshots[file.path] = Snapshot(file.path)
            # A page that still reads an older one keeps it alive until it is done.
            for older in list(_open_snapshots)[:-KEPT_OPEN]:
                del _open_snapshots[older]
        return _open_snapshots[file.path]

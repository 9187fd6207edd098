"""Snapshots: what was published, opened read-only, one connection a file and one cursor a call."""

import threading
from functools import cached_property
from pathlib import Path

import duckdb
import pandas

from outcomes.store.query_file import read_query
from outcomes.store.warehouse import OFFLINE, StoreProblem

# What the pages' connection may do: read its own file, and nothing else. The last key locks the others.
READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    **OFFLINE,
    "enable_external_access": "false",
    "lock_configuration": "true",
}


class Snapshot:
    """One published snapshot. Safe to share between threads; its content never changes."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=READ_ONLY)
        except duckdb.Error as error:
            raise StoreProblem(
                f"Expected a published snapshot, found [{str(error).splitlines()[0]}] at [{path}]; "
                "load a log again to publish a new one."
            ) from None

    def run(
        self, folder: str, name: str, params: dict[str, object] | None = None
    ) -> pandas.DataFrame:
        """Result of the query file queries/<folder>/<name>.sql with the given parameters."""
        # One connection shared by threads would hand out other callers' rows.
        cursor = self._connection.cursor()
        try:
            return cursor.execute(read_query(folder, name).text, params).df()
        finally:
            cursor.close()

    @cached_property
    def programs(self) -> pandas.DataFrame:
        """One row per program: what its log is and what it records."""
        return self.run("registry", "programs")

    @cached_property
    def coverage(self) -> pandas.DataFrame:
        """One row per program and month from its first to its last: whole, partial or gap."""
        return self.run("registry", "coverage_by_month")

    @cached_property
    def changes(self) -> pandas.DataFrame:
        """One row per dated change of a program."""
        return self.run("registry", "program_changes")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


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
        return _open_snapshots[path]


def live_snapshot_name(store: Path) -> str | None:
    """File name of the live snapshot; None where nothing has been published."""
    pointer = store / "CURRENT"
    if not pointer.is_file():
        return None
    return pointer.read_text(encoding="utf-8").strip()

"""The warehouse: one DuckDB file of facts, rejects and the load log, with one writer at a time."""

import errno
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from outcomes.store.query_file import read_query
from outcomes.vocabulary.problem import Problem

# Set for every connection of ours: nothing is fetched from a network.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

# The query of every flag of the metrics: the page tables are counts over it. It has a row per incident.
FACTS = "incident_fact"
# The warehouse in a store's folder.
WAREHOUSE_FILE = "warehouse.duckdb"
# How the folder is called in which DuckDB puts what memory cannot hold, before the number of the process.
SPILL = ".spill-"
# No load takes longer: a spill folder that is older was left by a kill.
LONGEST_LOAD_SECONDS = 86_400
# What DuckDB says of a disk that takes no more, also where it shows only at the commit.
DISK_FAULTS = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
)
# What the system says of a full disk, a quota, a limit of file size, and a disk that can only be read.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


class StoreProblem(Problem):
    """A store that cannot be read or written."""


class Warehouse:
    """An open warehouse. Work tables live in memory beside it, so that a kill leaves nothing behind."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, store: Path) -> None:
        self.connection = connection
        self._path = store / WAREHOUSE_FILE
        self._is_attached = False

    @property
    def is_there(self) -> bool:
        """Whether the warehouse's file exists."""
        return self._path.exists()

    def attach(self) -> None:
        """Take the warehouse's file for writing, made where there is none; nothing where it is taken already.

        Raises StoreProblem where another load holds it or the folder cannot be written.
        """
        if self._is_attached:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreProblem(
                f"Expected a folder that can be written, found [{error.strerror}] at "
                f"[{self._path.parent}]; choose another with --store."
            ) from None
        try:
            self.connection.execute("attach $path as warehouse", {"path": str(self._path)})
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                raise StoreProblem(
                    f"Expected to be the only load, found [another one running] on "
                    f"[{self._path.parent}]; wait until it has ended and try again."
                ) from None
            raise StoreProblem(
                f"Expected a warehouse, found [{str(error).splitlines()[0]}] at [{self._path}]; "
                "restore the file from a backup or choose another store."
            ) from None
        self._is_attached = True
        self.connection.execute("use warehouse")
        self.execute_text("schema")
        self.connection.execute("use memory")
        # A view of what is stored; it must be there before a transaction writes to the warehouse.
        facts = self.connection.from_query(read_query("build", FACTS).text)
        facts.create_view("incident_fact_now", replace=True)

    def execute(self, name: str, **params: object) -> None:
        """Run the statement in queries/load/<name>.sql."""
        self.connection.execute(read_query("load", name).text, params or None)

    def rows(self, name: str, **params: object) -> list[tuple[Any, ...]]:
        """Rows that the query in queries/load/<name>.sql returns."""
        return self.connection.execute(read_query("load", name).text, params or None).fetchall()

    def records(self, name: str, **params: object) -> list[dict[str, Any]]:
        """The same rows with each value under its column's name."""
        found = self.connection.execute(read_query("load", name).text, params or None)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def table(self, name: str) -> pyarrow.Table:
        """What the query in queries/load/<name>.sql returns, with its column types also where it has no row."""
        return self.connection.from_query(read_query("load", name).text).to_arrow_table()

    def execute_text(self, name: str) -> None:
        """Run the statements in queries/warehouse/<name>.sql, one after the other."""
        self.connection.execute(read_query("warehouse", name).text)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept together or not at all."""
        self.connection.execute("begin transaction")
        try:
            yield
        except BaseException:
            # After a fault of the disk there may be no transaction left; nothing of it was kept either way.
            with suppress(duckdb.Error):
                self.connection.execute("rollback")
            raise
        self.connection.execute("commit")


@contextmanager
def open_warehouse(store: Path) -> Iterator[Warehouse]:
    """The store's warehouse, closed at the end. Taken at once where it exists, else when attach is called:
    a first load that fails leaves nothing behind.

    Raises StoreProblem where another load holds it or the folder cannot be written.
    """
    with _spill_folder(store) as spill:
        connection = duckdb.connect(config={**OFFLINE, "temp_directory": str(spill)})
        try:
            warehouse = Warehouse(connection, store)
            warehouse.execute_text("minutes_between")
            warehouse.execute_text("judged_interval")
            if warehouse.is_there:
                warehouse.attach()
            yield warehouse
        except (*DISK_FAULTS, OSError) as error:
            raise _no_room(store, error) from None
        finally:
            connection.close()


@contextmanager
def _spill_folder(store: Path) -> Iterator[Path]:
    """Where DuckDB puts rows that memory cannot hold: in the store, since they are as private, and gone afterwards."""
    spill = store / f"{SPILL}{os.getpid()}"
    made = [folder for folder in (store, *store.parents) if not folder.exists()]
    # A folder that cannot be written is told of where the warehouse is taken.
    with suppress(OSError):
        store.mkdir(parents=True, exist_ok=True)
        for left_over in store.glob(f"{SPILL}*"):
            # A kill leaves it; one that is younger may belong to a load that runs.
            if left_over.stat().st_mtime < time.time() - LONGEST_LOAD_SECONDS:
                shutil.rmtree(left_over, ignore_errors=True)
    try:
        yield spill
    finally:
        shutil.rmtree(spill, ignore_errors=True)
        # A first load that fails leaves no folder behind; one that holds anything stays.
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def _no_room(store: Path, error: Exception) -> Exception:
    """What a director reads of a disk that takes no more; any other fault is told as it is."""
    if isinstance(error, OSError) and error.errno not in NO_ROOM:
        return error
    reason = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
    return StoreProblem(
        f"Expected room to write to [{store}], found [{reason}]; nothing was changed: "
        "free some disk or memory and try again."
    )

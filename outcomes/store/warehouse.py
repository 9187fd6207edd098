"""The warehouse: one DuckDB file of facts, rejects and the load log, with one writer at a time."""

import errno
import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from outcomes.store.folder import (
    FAULT_NOTE,
    FOLDER_MODE,
    WAREHOUSE_FILE,
    broken_off_restore,
    in_place_of_file,
    is_begun,
    live_snapshot_file,
    make_private,
    private_files,
    refuse_misplaced,
    snapshot_files,
)
from outcomes.store.manifest import loads_digest, read_manifest
from outcomes.store.page_tables import AS_USUAL, Publishing
from outcomes.store.problem import (
    RESTORE,
    BusyStore,
    DamagedStore,
    StoreProblem,
    first_line,
    is_damage,
    is_locked,
)
from outcomes.store.query_file import read_query
from outcomes.store.run_query import run_query

# Set for every connection of ours: nothing is fetched from a network.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

# The query of every flag of the metrics: the page tables are counts over it. It has a row per incident.
FACTS = "incident_fact"
# How the folder is called in which DuckDB puts what memory cannot hold, before the number of the process.
SPILL = ".spill-"
# The engine's own headers; a file that is smaller is none of its files.
SMALLEST_WAREHOUSE = 12_288
# No load takes longer: a spill folder that is older was left by a kill.
LONGEST_LOAD_SECONDS = 86_400
# What DuckDB says of a disk that takes no more, also where it shows only at the commit.
DISK_FAULTS = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
    duckdb.FatalException,
)
# What the system says of a full disk, a quota and a limit of file size.
# What the engine says of a full disk, also where it cannot open a file for want of room.
NO_SPACE = ("no space left", "quota exceeded", "file too large")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What the system, and after it the engine, says of a place that it may not write to.
NO_WRITING = ("read-only file system", "permission denied", "operation not permitted")
# How often a process that waits for another one's load looks again, in seconds.
LOOK_AGAIN_SECONDS = 0.2


class Warehouse:
    """An open warehouse. Work tables live in memory beside it, so that a kill leaves nothing behind."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        store: Path,
        publishing: Publishing = AS_USUAL,
    ) -> None:
        self.connection = connection
        self.publishing = publishing
        self._store = store
        self._path = store / WAREHOUSE_FILE
        self._is_attached = False

    @property
    def is_there(self) -> bool:
        """Whether the warehouse's file exists."""
        return in_place_of_file(self._path) != "nothing"

    @property
    def is_taken(self) -> bool:
        """Whether this process holds the warehouse."""
        return self._is_attached

    def attach(self, reads_only: bool = False) -> None:
        """Take the warehouse's file for writing, made where there is none; nothing where it is taken already.

        Raises StoreProblem where another load holds it, the folder cannot be written, or the file is damaged,
        older than what was published from it, or another store's.
        """
        if self._is_attached:
            return
        is_new = not self.is_there
        if is_new:
            self._refuse_lost()
        try:
            self._path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreProblem(
                f"Expected a folder that can be written, found [{error.strerror}] at "
                f"[{self._path.parent}]; choose another with --store."
            ) from None
        statement = "attach $path as warehouse"
        try:
            if reads_only:
                statement = "attach $path as warehouse (read_only)"
            self.connection.execute(statement, {"path": str(self._path)})
        except duckdb.Error as error:
            if is_new and _is_full(error):
                # A file that was begun and could not be written would stand for a damaged warehouse.
                self._path.unlink(missing_ok=True)
            raise self._not_taken(error) from None
        self._is_attached = True
        if reads_only:
            self._refuse_other_past()
            return
        self.connection.execute("use warehouse")
        # Kept together: each table by itself would wait for the disk.
        with self.transaction():
            self.execute_text("schema")
        self.connection.execute("use memory")
        self._refuse_other_past()

    def see_facts(self) -> None:
        """Have a view of what is stored, with every flag of the metrics, for a publication.

        It must be there before a transaction writes to the warehouse. Raises StoreProblem where the warehouse lacks a
        column of this version, as one that is only read can.
        """
        try:
            self.execute_text("part")
            facts = self.connection.from_query(read_query("build", FACTS).text)
            facts.create_view("incident_fact_now", replace=True)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise StoreProblem(
                f"Expected a warehouse of this version, found [{first_line(error)}] at [{self._path}]; "
                "load any log again, also an unchanged one, which adds what it lacks."
            ) from None

    def _not_taken(self, error: duckdb.Error) -> Exception:
        """What a director reads of a warehouse that cannot be opened."""
        said = str(error).lower()
        if is_locked(error):
            return self.busy()
        if any(words in said for words in NO_WRITING):
            return _no_writing(self._store, first_line(error))
        if _is_full(error):
            return _no_room(self._store, first_line(error))
        return damaged_warehouse(self._store, in_place_of_file(self._path) or first_line(error))

    def busy(self) -> BusyStore:
        """What a director reads of a store that another load works on."""
        return BusyStore(
            f"Expected to be the only load, found [another one running] on [{self._store}]; "
            "wait until it has ended and try again."
        )

    def _refuse_lost(self) -> None:
        """Raise StoreProblem where there was a warehouse: one that is missing is never begun anew."""
        restoring = broken_off_restore(self._store)
        if restoring is not None:
            raise StoreProblem(
                f"Expected a store at [{self._store}], found [a restore that was broken off, {restoring.name}]; "
                f"{RESTORE} again."
            )
        if is_begun(self._store):
            live = live_snapshot_file(self._store)
            published = live.name if live else "the published snapshots"
            raise DamagedStore(
                f"Expected the warehouse from which [{published}] came, found [nothing] at [{self._path}]; "
                f"nothing was begun anew: put the file back, or {RESTORE}."
            )

    def _refuse_other_past(self) -> None:
        """Raise StoreProblem where what was published holds a load that the warehouse does not know."""
        published = live_snapshot_file(self._store)
        if published is None:
            # A snapshot has its manifest only once its change is kept.
            known = [one for one in snapshot_files(self._store) if one.manifest.is_file()]
            published = known[-1] if known else None
        if published is None:
            return
        held = self.rows("last_change")[0][0]
        if held < published.change:
            raise DamagedStore(
                f"Expected a warehouse that holds change {published.change}, which [{published.name}] shows, "
                f"found [an older one, which ends with change {held}] at [{self._path}]; nothing was changed: "
                f"put the newer file back, or, to go back to an older state on purpose, {RESTORE}."
            )
        try:
            told = read_manifest(published, "").loads
        except DamagedStore:
            # From before there were manifests, or damaged, which verify tells.
            return
        if told != loads_digest(self.rows("loads_up_to", change=published.change)):
            raise DamagedStore(
                f"Expected the warehouse from which [{published.name}] came, found [that of another store] at "
                f"[{self._path}]; nothing was changed: put the right file back, or {RESTORE}."
            )

    def execute(self, name: str, **params: object) -> None:
        """Run the statement in queries/load/<name>.sql."""
        run_query(self.connection, "load", name, params)

    def rows(self, name: str, **params: object) -> list[tuple[Any, ...]]:
        """Rows that the query in queries/load/<name>.sql returns."""
        return run_query(self.connection, "load", name, params).fetchall()

    def records(self, name: str, **params: object) -> list[dict[str, Any]]:
        """The same rows with each value under its column's name."""
        found = run_query(self.connection, "load", name, params)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def table(self, name: str, folder: str = "load") -> pyarrow.Table:
        """What the query in queries/<folder>/<name>.sql returns, with its column types also where it has no row."""
        with warnings.catch_warnings():
            # Few rows are copied once more; the way without that has the engine plan each query twice, which costs more.
            warnings.filterwarnings("ignore", "Arrow output on a DB-API result")
            return run_query(self.connection, folder, name).to_arrow_table()

    def bound_memory(self, megabytes: float) -> None:
        """Have no more memory taken; what does not fit goes to the disk for the moment."""
        self.connection.execute("set memory_limit = $enough", {"enough": f"{megabytes:.0f}MB"})

    def execute_text(self, name: str) -> None:
        """Run the statements in queries/warehouse/<name>.sql, one after the other."""
        run_query(self.connection, "warehouse", name)

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
def open_warehouse(store: Path, publishing: Publishing = AS_USUAL) -> Iterator[Warehouse]:
    """The store's warehouse, closed at the end. Taken at once where it exists, else when attach is called:
    a first load that fails leaves nothing behind. A publication takes what it is given, whatever the store holds.

    Raises StoreProblem where another load holds it, the folder cannot be written, or a file of it is damaged.
    """
    refuse_misplaced(store)
    try:
        with private_files(), _spill_folder(store) as spill:
            connection = duckdb.connect(config={**OFFLINE, "temp_directory": str(spill)})
            try:
                yield _begin(store, Warehouse(connection, store, publishing))
            except (duckdb.Error, OSError) as error:
                raise _told(store, error) from None
            finally:
                connection.close()
                make_private(store)
    except DamagedStore as problem:
        _note_fault(store, problem)
        raise


@contextmanager
def read_warehouse(
    store: Path, wait_seconds: float = 0, tell: Callable[[str], None] | None = None
) -> Iterator[Warehouse]:
    """The store's warehouse to be read whole; while it is open no load runs, and nothing of the store is changed.

    A load that runs is waited for, after saying so. Raises BusyStore where it takes longer than that, and StoreProblem
    where there is no warehouse, or it is damaged.
    """
    refuse_misplaced(store)
    until = time.monotonic() + wait_seconds
    while True:
        connection = duckdb.connect(config={**OFFLINE, "temp_directory": ""})
        try:
            warehouse = Warehouse(connection, store)
            if not warehouse.is_there and not is_begun(store) and not broken_off_restore(store):
                raise StoreProblem(
                    f"Expected a store with a log in it, found [nothing] at [{store}]; load a log first."
                )
            _begin(store, warehouse, is_to_read=True)
            yield warehouse
            return
        except BusyStore:
            if time.monotonic() >= until:
                raise
            if tell is not None:
                tell(f"Waiting for a load to end, at most {wait_seconds:.0f} seconds")
                tell = None
        except duckdb.Error as error:
            raise _told(store, error) from None
        finally:
            connection.close()
        time.sleep(LOOK_AGAIN_SECONDS)


def _begin(store: Path, warehouse: Warehouse, is_to_read: bool = False) -> Warehouse:
    """The warehouse with what its queries use; taken where it is there or should be."""
    warehouse.execute_text("minutes_between")
    warehouse.execute_text("judged_interval")
    if is_to_read or warehouse.is_there or is_begun(store) or broken_off_restore(store):
        warehouse.attach(reads_only=is_to_read)
    return warehouse


def damaged_warehouse(store: Path, found: str) -> DamagedStore:
    """What a director reads of a warehouse that is not as it was written."""
    return DamagedStore(
        f"Expected a whole warehouse, found [{found}] at [{store / WAREHOUSE_FILE}]; "
        f"nothing was changed: {RESTORE}, or load the exports into a new store."
    )


def _no_writing(store: Path, found: str) -> StoreProblem:
    return StoreProblem(
        f"Expected a store that can be written to, found [{found}] at [{store}]; nothing was changed: "
        "have its folder and disk made writable, or choose another with --store."
    )


def _note_fault(store: Path, problem: DamagedStore) -> None:
    """Leave the sentence for the pages, which never open the warehouse themselves."""
    with suppress(OSError), private_files():
        stamp = (store / WAREHOUSE_FILE).lstat()
        text = f"{stamp.st_size} {stamp.st_mtime_ns}\n{problem}\n"
        (store / FAULT_NOTE).write_text(text, encoding="utf-8")


def loading_fault(store: Path) -> str:
    """Why nothing can be loaded, as far as it is seen without opening the warehouse; empty where nothing is wrong.

    The file is looked at and not opened: to close it again here would let go of a lock that a load of this
    process holds.
    """
    path = store / WAREHOUSE_FILE
    found = in_place_of_file(path)
    if found is None and path.lstat().st_size < SMALLEST_WAREHOUSE:
        found = "a file that is cut off"
    if found is not None:
        return str(damaged_warehouse(store, found))
    note = store / FAULT_NOTE
    if in_place_of_file(note) is not None:
        return ""
    with suppress(OSError, ValueError):
        stamp, _, problem = note.read_text(encoding="utf-8").partition("\n")
        now = path.lstat()
        if stamp == f"{now.st_size} {now.st_mtime_ns}":
            return problem.strip()
    return ""


@contextmanager
def _spill_folder(store: Path) -> Iterator[Path]:
    """Where DuckDB puts rows that memory cannot hold: in the store, since they are as private, and gone afterwards."""
    spill = store / f"{SPILL}{os.getpid()}"
    made = [folder for folder in (store, *store.parents) if not folder.exists()]
    # A folder that cannot be written is told of where the warehouse is taken.
    with suppress(OSError):
        if broken_off_restore(store) is None:
            store.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        for left_over in store.glob(f"{SPILL}*"):
            # A kill leaves it; one that is younger may belong to a load that runs.
            if left_over.lstat().st_mtime < time.time() - LONGEST_LOAD_SECONDS:
                shutil.rmtree(left_over, ignore_errors=True)
    try:
        yield spill
    finally:
        shutil.rmtree(spill, ignore_errors=True)
        # A first load that fails leaves no folder behind; one that holds anything stays.
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def _told(store: Path, error: Exception) -> Exception:
    """What a director reads of a fault of the disk or of damage; any other fault is told as it is."""
    if is_damage(error, store / WAREHOUSE_FILE):
        return damaged_warehouse(store, first_line(error))
    if isinstance(error, OSError) and error.errno not in NO_ROOM:
        place = Path(str(error.filename or ""))
        if not place.is_relative_to(store):
            return error
        if str(error.strerror).lower() in NO_WRITING:
            return _no_writing(store, str(error.strerror))
        return StoreProblem(
            f"Expected a place for a file of the store, found [{error.strerror}] at [{place}]; nothing was changed: "
            "take away what stands there, which the store did not put there, and try again."
        )
    if not isinstance(error, (*DISK_FAULTS, OSError)):
        return error
    reason = error.strerror if isinstance(error, OSError) else first_line(error)
    # Where rows could not be put on the disk, memory is what the engine names, and the disk is what is full.
    if isinstance(error, duckdb.OutOfMemoryException) and SPILL not in str(error):
        return StoreProblem(
            f"Expected enough memory to write to [{store}], found [{reason}]; nothing was changed: "
            "give more with OUTCOMES_PUBLISH_MEMORY_MB and try again."
        )
    if any(words in str(reason).lower() for words in NO_WRITING):
        return _no_writing(store, str(reason))
    return _no_room(store, str(reason))


def _is_full(error: Exception) -> bool:
    return any(words in str(error).lower() for words in NO_SPACE)


def _no_room(store: Path, found: str) -> StoreProblem:
    return StoreProblem(
        f"Expected room to write to [{store}], found [{found}]; nothing was changed: "
        "free some disk and try again."
    )

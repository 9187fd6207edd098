"""Publish: build page tables from the warehouse into a new snapshot file and make it the live one."""

import csv
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow

from outcomes.store.page_tables import PAGE_TABLES, RULES_TABLE, rules_digest
from outcomes.store.query_file import read_query
from outcomes.store.rejected_rows import rejected_file, write_rejected
from outcomes.store.snapshot import OutdatedSnapshot, Snapshot, live_snapshot_name
from outcomes.store.warehouse import OFFLINE, StoreProblem, Warehouse, open_warehouse

ASSUMPTIONS = Path(__file__).resolve().parents[2] / "data" / "assumptions"
KEPT_SNAPSHOTS = 3
SNAPSHOT_NAME = re.compile(r"^snap-\d+-load-(\d+)\.duckdb$")


@dataclass(frozen=True)
class ReadySnapshot:
    """A snapshot that is written and durable, and that no reader looks at yet."""

    # the store's folder
    store: Path
    # file name, which carries the number of the last change that it holds
    name: str

    @classmethod
    def of(cls, warehouse: Warehouse, store: Path) -> "ReadySnapshot":
        """Written from what the warehouse holds, what the running transaction wrote included."""
        folder = store / "snapshots"
        folder.mkdir(parents=True, exist_ok=True)
        _drop_left_over(store)
        number = _next_number(folder)
        building = folder / f".building-{number}.duckdb"
        ready = cls(store, f"snap-{number}-load-{warehouse.rows('last_change')[0][0]}.duckdb")
        try:
            _build(warehouse, building)
            write_rejected(warehouse, store, ready.name)
            _make_durable(building)
            building.rename(folder / ready.name)
            _make_durable(folder)
            # Written now, so that to go live takes a rename and no room on the disk.
            ready._pointer.write_text(ready.name + "\n", encoding="utf-8")
            _make_durable(ready._pointer)
        except BaseException:
            ready.discard()
            building.unlink(missing_ok=True)
            raise
        return ready

    @property
    def _pointer(self) -> Path:
        return self.store / ".CURRENT-new"

    def go_live(self) -> None:
        """Make it what readers see from now on, and drop the oldest snapshots."""
        self._pointer.replace(self.store / "CURRENT")
        _make_durable(self.store)
        _drop_old(self.store, self.name)

    def discard(self) -> None:
        """Take it away again: what it holds was not kept."""
        self._pointer.unlink(missing_ok=True)
        (self.store / "snapshots" / self.name).unlink(missing_ok=True)
        rejected_file(self.store, self.name).unlink(missing_ok=True)


@contextmanager
def write_and_publish(warehouse: Warehouse, store: Path, publishes: bool = True) -> Iterator[None]:
    """Keep what is written inside, and make it live: both, or neither where anything fails.

    The snapshot is written inside the transaction, so that a fault while it is written keeps nothing.
    A kill between the two leaves the former one live, and the next load publishes what is missing.
    """
    ready = None
    try:
        with warehouse.transaction():
            yield
            if publishes:
                ready = ReadySnapshot.of(warehouse, store)
    except BaseException:
        if ready is not None:
            ready.discard()
        raise
    if ready is not None:
        ready.go_live()


def publish_what_is_missing(warehouse: Warehouse, store: Path) -> bool:
    """Whether the live snapshot lacked the last change; it is published then."""
    if published_change(store) == warehouse.rows("last_change")[0][0]:
        return False
    publish(warehouse, store)
    return True


def publish_anew(store: Path) -> str:
    """File name of a new live snapshot of what the store's warehouse holds, for one that is out of date.

    Raises StoreProblem where there is no warehouse, or a load holds it.
    """
    with open_warehouse(store) as warehouse:
        if not warehouse.is_there:
            raise StoreProblem(
                f"Expected a warehouse to publish from, found [nothing] at [{store}]; load the logs again."
            )
        return publish(warehouse, store)


def publish(warehouse: Warehouse, store: Path) -> str:
    """File name of the new live snapshot, written from what the warehouse holds."""
    ready = ReadySnapshot.of(warehouse, store)
    ready.go_live()
    return ready.name


def published_change(store: Path) -> int | None:
    """Number of the last change that the live snapshot holds; None where nothing usable is published.

    A pointer that cannot be read is nothing usable: the next load then publishes anew.
    """
    try:
        name = live_snapshot_name(store)
    except StoreProblem:
        return None
    match = SNAPSHOT_NAME.match(name or "")
    if not match or not (store / "snapshots" / match[0]).is_file():
        return None
    return None if _is_outdated(store / "snapshots" / match[0]) else int(match[1])


def _is_outdated(path: Path) -> bool:
    """Whether a snapshot was built by other rules than those that hold now; a broken one is not outdated but broken."""
    try:
        # Let go of at once: a load holds no snapshot open.
        Snapshot(path).close()
    except OutdatedSnapshot:
        return True
    except StoreProblem:
        return False
    return False


def _next_number(folder: Path) -> int:
    return max(map(_number, folder.glob("snap-*.duckdb")), default=0) + 1


def _build(warehouse: Warehouse, path: Path) -> None:
    connection = warehouse.connection
    warehouse.execute_text("fact_table")
    snapshot = duckdb.connect(str(path), config=OFFLINE)
    try:
        for name in PAGE_TABLES:
            # Through Arrow: a transaction may write to one database alone, and that is the warehouse.
            page_table = connection.from_query(read_query("build", name).text).to_arrow_table()
            connection.register(name, page_table)
            snapshot.from_arrow(page_table).create(name)
        snapshot.from_arrow(_police_sent_assumption()).create("police_sent_assumption")
        snapshot.from_arrow(pyarrow.table({"digest": [rules_digest()]})).create(RULES_TABLE)
    finally:
        snapshot.close()


def _police_sent_assumption() -> pyarrow.Table:
    with (ASSUMPTIONS / "police_sent.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    shares = {
        f"{name}_share": pyarrow.array([float(row[name]) for row in rows], pyarrow.float64())
        for name in ("low", "base", "high")
    }
    texts = {name: pyarrow.array([row[name] for row in rows]) for name in ("call_type", "source")}
    return pyarrow.table({"call_type": texts["call_type"], **shares, "source": texts["source"]})


def _make_durable(path: Path) -> None:
    """Wait until the file or folder is on the disk; Windows cannot do this for folders, nor needs it."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop_left_over(store: Path) -> None:
    """Take away what a kill left: files half written, and snapshots that never went live."""
    folder = store / "snapshots"
    for left_over in folder.glob(".building-*"):
        left_over.unlink()
    if published_change(store) is None:
        return
    live = _number(store / (live_snapshot_name(store) or ""))
    for path in folder.glob("snap-*.duckdb"):
        if _number(path) > live:
            ReadySnapshot(store, path.name).discard()


def _drop_old(store: Path, live: str) -> None:
    """Keep the last few snapshots, for readers that still hold one."""
    by_age = sorted((store / "snapshots").glob("snap-*.duckdb"), key=_number)
    for path in by_age[:-KEPT_SNAPSHOTS]:
        if path.name != live:
            try:
                path.unlink()
            except PermissionError:
                # Windows keeps a file that a reader has open; the next publication tries again.
                continue
            rejected_file(store, path.name).unlink(missing_ok=True)


def _number(path: Path) -> int:
    """The number of a snapshot, as its file name has it."""
    return int(path.stem.split("-")[1])

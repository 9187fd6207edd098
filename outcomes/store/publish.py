"""Publish: build page tables from the warehouse into a new snapshot file and make it the live one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from outcomes.store.folder import (
    FAULT_NOTE,
    NEXT_POINTER,
    POINTER,
    SnapshotFile,
    live_snapshot_file,
    make_durable,
    make_private,
    named_snapshots,
    snapshot_files,
)
from outcomes.store.manifest import (
    FileSeal,
    Manifest,
    file_stamp,
    is_untouched,
    loads_digest,
    read_manifest,
    write_manifest,
)
from outcomes.store.page_tables import AS_USUAL, Publishing, rules_digest
from outcomes.store.problem import DamagedStore, StoreProblem
from outcomes.store.rejected_rows import write_rejected
from outcomes.store.snapshot import OutdatedSnapshot, Snapshot, snapshot_fault
from outcomes.store.snapshot_file import Standing, build_snapshot
from outcomes.store.warehouse import Warehouse, open_warehouse


@dataclass(frozen=True)
class ReadySnapshot:
    """A snapshot that is written and durable, and that no reader looks at yet."""

    # its files
    file: SnapshotFile

    @classmethod
    def of(
        cls, warehouse: Warehouse, store: Path, number_from: int = 1, is_anew: bool = False
    ) -> "ReadySnapshot":
        """Written from what the warehouse holds, what the running transaction wrote included.

        What has not changed is taken from the live snapshot, unless all is to be counted anew.
        """
        folder = store / "snapshots"
        folder.mkdir(parents=True, exist_ok=True)
        _drop_left_over(store)
        live = live_snapshot_file(store)
        used = [*named_snapshots(store), *([live] if live else [])]
        number = max([number_from, *(one.number + 1 for one in used)])
        building = folder / f".building-{number}.duckdb"
        change = warehouse.rows("last_change")[0][0]
        file = SnapshotFile(store, f"snap-{number}-load-{change}.duckdb", number, change)
        ready = cls(file)
        try:
            rows = build_snapshot(warehouse, building, None if is_anew else _standing(live))
            write_rejected(warehouse, file)
            make_durable(building)
            building.rename(file.path)
            loads = loads_digest(warehouse.rows("loads_up_to", change=change))
            places = {
                path.relative_to(store).as_posix(): path for path in (file.path, file.rejected)
            }
            manifest = Manifest(
                file.name,
                loads,
                rows,
                files={place: FileSeal.of(path) for place, path in places.items()},
                rules=rules_digest(),
                stamps={place: file_stamp(path) for place, path in places.items()},
            )
            write_manifest(file.next_manifest, manifest)
            make_durable(file.next_manifest)
            make_durable(folder)
            # Written now, so that to go live takes renames and no room on the disk.
            ready._pointer.write_text(file.name + "\n", encoding="utf-8")
            make_durable(ready._pointer)
        except BaseException:
            ready.discard()
            building.unlink(missing_ok=True)
            raise
        return ready

    @property
    def _pointer(self) -> Path:
        return self.file.store / NEXT_POINTER

    def go_live(self, kept_snapshots: int) -> None:
        """Make it what readers see from now on, and drop the oldest snapshots but for so many in all."""
        store = self.file.store
        # Its change is kept by now: from here on it is one that readers may fall back on.
        self.file.next_manifest.replace(self.file.manifest)
        self._pointer.replace(store / POINTER)
        make_durable(store)
        # All facts were read for it, so the warehouse is whole.
        (store / FAULT_NOTE).unlink(missing_ok=True)
        _drop_old(store, self.file.name, kept_snapshots)
        make_private(store)

    def discard(self) -> None:
        """Take it away again: what it holds was not kept."""
        self._pointer.unlink(missing_ok=True)
        _drop(self.file)


def _drop(file: SnapshotFile) -> None:
    """Take a snapshot away with all that belongs to it."""
    for path in (file.path, file.manifest, file.next_manifest, file.rejected):
        path.unlink(missing_ok=True)


@contextmanager
def write_and_publish(warehouse: Warehouse, store: Path, publishes: bool = True) -> Iterator[None]:
    """Keep what is written inside, and make it live: both, or neither where anything fails.

    The snapshot is written inside the transaction, so that a fault while it is written keeps nothing.
    A kill between the two leaves the former one live, and the next load publishes what is missing.
    """
    ready = None
    if publishes:
        warehouse.see_facts()
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
        ready.go_live(warehouse.publishing.kept_snapshots)


def publish_what_is_missing(warehouse: Warehouse, store: Path) -> bool:
    """Whether the live snapshot lacked the last change or was not as it was written; it is published then."""
    live = live_snapshot_file(store)
    is_last = published_change(store) == warehouse.rows("last_change")[0][0]
    if live is not None and is_last and not snapshot_fault(live):
        return False
    publish(warehouse, store)
    return True


def publish_anew(store: Path, publishing: Publishing = AS_USUAL) -> str:
    """File name of a new live snapshot of what the store's warehouse holds, for one that is out of date.

    Raises StoreProblem where there is no warehouse, or a load holds it.
    """
    with open_warehouse(store, publishing) as warehouse:
        if not warehouse.is_there:
            raise StoreProblem(
                f"Expected a warehouse to publish from, found [nothing] at [{store}]; load the logs again."
            )
        return publish(warehouse, store, is_anew=True)


def publish(warehouse: Warehouse, store: Path, number_from: int = 1, is_anew: bool = False) -> str:
    """File name of the new live snapshot, written from what the warehouse holds; its number is at least that."""
    warehouse.see_facts()
    ready = ReadySnapshot.of(warehouse, store, number_from, is_anew)
    ready.go_live(warehouse.publishing.kept_snapshots)
    return ready.file.name


def published_change(store: Path) -> int | None:
    """Number of the last change that the live snapshot holds; None where nothing usable is published.

    A pointer that cannot be read is nothing usable: the next load then publishes anew.
    """
    live = live_snapshot_file(store)
    if live is None or not live.path.is_file() or _is_outdated(live):
        return None
    return live.change


def _standing(live: SnapshotFile | None) -> Standing | None:
    """The live snapshot where the next one may be made from it: built by today's rules, and as it was written."""
    if live is None or published_change(live.store) is None or not live.manifest.is_file():
        return None
    return None if snapshot_fault(live) else Standing(live.path, live.change)


def _is_outdated(file: SnapshotFile) -> bool:
    """Whether a snapshot was built by other rules than those that hold now; a broken one is not outdated but broken."""
    with suppress(DamagedStore):
        rules = read_manifest(file, "").rules
        if rules:
            return rules != rules_digest()
    try:
        # Let go of at once: a load holds no snapshot open.
        Snapshot(file.path).close()
    except OutdatedSnapshot:
        return True
    except StoreProblem:
        return False
    return False


def _drop_left_over(store: Path) -> None:
    """Take away what a kill left: files half written, rows that waited beside them, and snapshots that never went live."""
    for left_over in (store / "snapshots").glob(".building-*"):
        if left_over.is_dir():
            # Where the engine puts what the memory for writing cannot hold.
            shutil.rmtree(left_over)
        else:
            left_over.unlink()
    live = live_snapshot_file(store)
    if live is None or published_change(store) is None:
        return
    for one in snapshot_files(store):
        if one.number > live.number:
            (store / NEXT_POINTER).unlink(missing_ok=True)
            _drop(one)


def _drop_old(store: Path, live: str, most: int) -> None:
    """Keep the last snapshots, at most so many, for readers that still hold one; one that is no longer as it was is none of them."""
    by_age = named_snapshots(store)
    for one in by_age:
        if one.path.is_dir():
            # Somebody put it there; verify tells of it.
            continue
        is_old = one in by_age[:-most]
        if one.name != live and (is_old or _is_damaged(one)):
            try:
                one.path.unlink(missing_ok=True)
            except PermissionError:
                # Windows keeps a file that a reader has open; the next publication tries again.
                continue
            _drop(one)


def _is_damaged(one: SnapshotFile) -> bool:
    """Whether a kept snapshot is not as it was when it went live; one from before there were manifests cannot say.

    Its checksums are made only where a file was written since: a load pays for what it brings, and whoever opens a snapshot
    makes them anyway.
    """
    if not one.manifest.is_file():
        return False
    with suppress(DamagedStore):
        if is_untouched(one.store, read_manifest(one, "")):
            return False
    return bool(snapshot_fault(one))

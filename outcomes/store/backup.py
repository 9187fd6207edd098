"""Backup and restore: warehouse and cited figures copied while readers read, and put back whole or not at all."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from outcomes.store.figure_files import copy_figures, figure_faults, kept_figures
from outcomes.store.folder import (
    FOLDER_MODE,
    WAREHOUSE_FILE,
    in_place_of_file,
    live_snapshot_file,
    make_durable,
    named_snapshots,
    private_files,
)
from outcomes.store.manifest import FileSeal, changed_file, loads_digest, read_sealed, write_sealed
from outcomes.store.problem import BusyStore, DamagedStore, StoreProblem, first_line, is_locked
from outcomes.store.publish import publish
from outcomes.store.verify import table_contents, verify
from outcomes.store.warehouse import (
    LONGEST_LOAD_SECONDS,
    NO_ROOM,
    OFFLINE,
    open_warehouse,
    read_warehouse,
)

BACKUP_FILE = "backup.json"
# How the folder is called in which a backup is written before it has its name, before the number of the process.
BUILDING = ".outcomes-backup-"
ANOTHER_BACKUP = "nothing was changed: restore another backup, or load the exports into a new store"

# Told of each step, as sentences on the error stream.
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Backup:
    """A backup, and what it holds."""

    # its folder
    folder: Path
    # number of the last load or rollback that it holds
    change: int
    # rows of all tables
    rows: int
    # when it was made, UTC
    made_at: datetime


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    # what was put back
    backup: Backup
    # file name of the snapshot that is live now
    snapshot: str
    # where the store of before lies now; None where there was none
    beside: Path | None


def back_up(store: Path, folder: Path, wait_seconds: float = 0, tell: Tell | None = None) -> Backup:
    """The backup in the folder, which must not be there yet, written and then verified.

    Readers read on; a load that runs is waited for, and one that comes meanwhile is refused. The folder has its
    name only once the copy was read again, row by row, and is the same: a kill leaves no half backup. Raises
    StoreProblem where the folder is there, the disk is full, or the warehouse is damaged.
    """
    tell = tell or (lambda words: None)
    folder, place = folder.absolute(), store.resolve()
    if in_place_of_file(folder) != "nothing":
        raise StoreProblem(
            f"Expected the name of a new folder for the backup, found [something there] at [{folder}]; "
            "nothing was changed: choose another name, such as one with the date."
        )
    target = folder.resolve()
    if target.is_relative_to(place) or place.is_relative_to(target):
        raise StoreProblem(
            f"Expected a folder beside the store, found [{folder}], one inside the other; "
            "choose a folder on another disk."
        )
    with (
        _told_of_disk(folder),
        read_warehouse(store, wait_seconds, tell) as warehouse,
        private_files(),
        _building(folder) as building,
    ):
        tell("Copying the warehouse")
        copy = building / WAREHOUSE_FILE
        warehouse.connection.execute("attach $path as backup", {"path": str(copy)})
        before = table_contents(warehouse, store)
        warehouse.execute_text("copy_warehouse")
        warehouse.connection.execute("detach backup")
        change = warehouse.rows("last_change")[0][0]
        live = live_snapshot_file(store)
        made_at = datetime.now(UTC).replace(microsecond=0)
        make_durable(copy)
        _keep_figures(store, building, tell)
        content = {
            "format": 1,
            "change": change,
            "loads": loads_digest(warehouse.rows("loads_up_to", change=change)),
            "publication": live.number if live else 0,
            "made_at": made_at.isoformat(),
            "rows": {name: rows for name, (rows, _) in before.items()},
            "files": {
                path.relative_to(building).as_posix(): FileSeal.of(path).__dict__
                for path in (copy, *(figure.path for figure in kept_figures(building)))
            },
        }
        write_sealed(building / BACKUP_FILE, content)
        make_durable(building / BACKUP_FILE)
        tell("Reading the copy again")
        with read_warehouse(building) as copied:
            after = table_contents(copied, building)
        if after != before:
            raise DamagedStore(
                f"Expected the copy to hold what the warehouse holds, found [other rows] at [{copy}]; "
                "no backup was made: try again on another disk."
            )
        make_durable(building)
        building.rename(folder)
        make_durable(folder.parent)
    return Backup(folder, change, sum(rows for rows, _ in before.values()), made_at)


def read_backup(folder: Path) -> tuple[Backup, int]:
    """What a backup holds, and the number of the snapshot that was live then, after comparing its checksum.

    Raises StoreProblem where the folder is no backup, or is not as it was written.
    """
    if not folder.is_dir() or not os.path.lexists(folder / BACKUP_FILE):
        found = "nothing" if not folder.exists() else f"no {BACKUP_FILE}"
        raise StoreProblem(
            f"Expected a folder that the command backup wrote, found [{found}] at [{folder}]; "
            "nothing was changed: name the folder of a backup."
        )
    content = read_sealed(folder / BACKUP_FILE, ANOTHER_BACKUP)
    seals = {name: FileSeal(**seal) for name, seal in content["files"].items()}
    changed = changed_file(folder, seals, ANOTHER_BACKUP)
    if changed:
        raise DamagedStore(changed)
    backup = Backup(
        folder,
        content["change"],
        sum(content["rows"].values()),
        datetime.fromisoformat(content["made_at"]),
    )
    return backup, content["publication"]


def restore(
    folder: Path, store: Path, replaces: bool = False, tell: Tell | None = None
) -> Restored:
    """What was put back: a new store made from the backup, published, verified, and only then given its name.

    A store that is there stays as it is, unless it is to be replaced; it is then left beside, whole, under a name of
    its own. Raises StoreProblem, with nothing changed, where the backup is not as it was written, a store is in the
    way, a load runs, or the disk is full.
    """
    tell = tell or (lambda words: None)
    tell("Checking the backup")
    backup, publication = read_backup(folder)
    # Renames act on the folder itself and not on a link to it.
    store = store.resolve()
    is_there = os.path.lexists(store) and not (store.is_dir() and not any(store.iterdir()))
    if is_there and not replaces:
        raise StoreProblem(
            f"Expected no store yet, found [something there] at [{store}]; nothing was changed: say --replace, "
            "which leaves it beside under another name, or name a new folder with --store."
        )
    with _told_of_disk(store), _held(store if is_there else None), private_files():
        _drop_old(store.parent.glob(f".{store.name}.restoring-*"))
        building = store.with_name(f".{store.name}.restoring-{os.getpid()}")
        try:
            building.mkdir(mode=FOLDER_MODE, parents=True)
            tell("Copying the backup")
            copy = building / WAREHOUSE_FILE
            shutil.copyfile(folder / WAREHOUSE_FILE, copy)
            make_durable(copy)
            # Figures are kept for ever: those cited since the backup stay too.
            for source in (store, folder):
                _keep_figures(source, building, tell)
            tell("Publishing what it holds")
            # No name of a snapshot is used twice, for readers keep what they opened by its name.
            number = max([publication, *(one.number for one in named_snapshots(store))]) + 1
            with open_warehouse(building) as warehouse:
                warehouse.attach()
                live = publish(warehouse, building, number)
            tell("Verifying the new store")
            for fault in verify(building).faults:
                raise DamagedStore(fault)
            make_durable(building)
            beside = _swap(building, store, is_there)
        except BaseException:
            # Where a rename could not be taken back, the new store is all there is: it is left.
            if os.path.lexists(store) or not is_there:
                shutil.rmtree(building, ignore_errors=True)
            raise
    return Restored(backup, live, beside)


def _keep_figures(source: Path, target: Path, tell: Tell) -> None:
    """Copy the figures; one that is damaged is told, and is no reason to go without a backup."""
    for fault in figure_faults(source):
        tell(fault)
    copy_figures(source, target)


def _swap(building: Path, store: Path, is_there: bool) -> Path | None:
    """Where the former store lies, after the new one took its place.

    A kill between the two renames leaves both under other names; loads and pages then say so, and the same
    restore again ends it.
    """
    if not is_there:
        if store.is_dir():
            store.rmdir()
        building.rename(store)
        make_durable(store.parent)
        return None
    beside = store.with_name(f"{store.name}.before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    if os.path.lexists(beside):
        raise StoreProblem(
            f"Expected no folder yet, found [something there] at [{beside}]; nothing was changed: try again."
        )
    store.rename(beside)
    try:
        building.rename(store)
    except OSError:
        beside.rename(store)
        raise
    make_durable(store.parent)
    return beside


@contextmanager
def _held(store: Path | None) -> Iterator[None]:
    """No load runs on the store meanwhile, where its warehouse can be opened at all.

    Raises BusyStore where one does.
    """
    connection = duckdb.connect(config=OFFLINE)
    try:
        path = store / WAREHOUSE_FILE if store else None
        if path is not None and in_place_of_file(path) is None:
            try:
                connection.execute("attach $path as held (read_only)", {"path": str(path)})
            except duckdb.Error as error:
                # One that is damaged is why it is replaced.
                if is_locked(error):
                    raise BusyStore(
                        f"Expected no load to run, found [one that does] on [{store}]; nothing was changed: wait "
                        "until it has ended and try again."
                    ) from None
        yield
    finally:
        connection.close()


@contextmanager
def _building(folder: Path) -> Iterator[Path]:
    """Where a backup is written before it has its name; gone where it does not come to that."""
    folder.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    _drop_old(folder.parent.glob(f"{BUILDING}*"))
    building = folder.with_name(f"{BUILDING}{os.getpid()}")
    try:
        building.mkdir(mode=FOLDER_MODE)
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _drop_old(left_over: Iterator[Path]) -> None:
    """Take away what a kill left; one that is younger may belong to a process that runs."""
    for path in left_over:
        with suppress(OSError):
            if path.lstat().st_mtime < time.time() - LONGEST_LOAD_SECONDS:
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _told_of_disk(place: Path) -> Iterator[None]:
    """A fault of the disk is told as one sentence."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException) as error:
        found = first_line(error)
    except OSError as error:
        found = error.strerror or first_line(error)
        if error.errno not in NO_ROOM:
            raise StoreProblem(
                f"Expected a folder that can be written, found [{found}] at [{error.filename or place}]; "
                "nothing was changed: choose another, or have it made writable."
            ) from None
    else:
        return
    raise StoreProblem(
        f"Expected room to write to [{place}], found [{found}]; nothing was changed: "
        "free some disk and try again."
    )

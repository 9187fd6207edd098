"""The history of a store: every load, whether it is live, and the way back to an earlier state."""

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from outcomes.store.folder import WAREHOUSE_FILE, snapshot_files
from outcomes.store.page_tables import AS_USUAL, Publishing
from outcomes.store.problem import RESTORE, StoreProblem
from outcomes.store.publish import publish_what_is_missing, published_change, write_and_publish
from outcomes.store.warehouse import Warehouse, open_warehouse


@dataclass(frozen=True)
class PastLoad:
    """One load, as the warehouse remembers it."""

    # its number, counted over loads and rollbacks, and never used twice
    load_id: int
    # whose log it was
    program_id: str
    # when, UTC
    loaded_at: datetime
    # names of its files
    file_names: tuple[str, ...]
    # rows in the files
    rows_read: int
    # rows whose incident was new or changed
    loaded: int
    # rows left out for a named reason
    filtered: int
    # rows kept aside because they broke a rule
    rejected: int
    # rows whose incident was already there, the same
    unchanged: int
    # stored incidents that it took out
    removed: int
    # whether what it replaced is still kept, so that it can be undone
    is_reversible: bool
    # number of the rollback that undid it; None where none did
    undone_by: int | None
    # when that was, UTC
    undone_at: datetime | None
    # whether the pages show it
    is_live: bool


@dataclass(frozen=True)
class Rollback:
    """What a rollback did."""

    # the loads that it undid, the latest first; none where it only published what was missing
    undone: tuple[PastLoad, ...]
    # the last load that the store now holds
    now: PastLoad


@dataclass(frozen=True)
class DiskUse:
    """What a store takes on the disk."""

    # bytes of the warehouse
    warehouse: int
    # how many snapshots are kept
    snapshots: int
    # bytes of these together
    snapshot_bytes: int


def disk_use(store: Path) -> DiskUse:
    """What the warehouse and the snapshots take now."""
    kept = snapshot_files(store)
    return DiskUse(
        (store / WAREHOUSE_FILE).stat().st_size,
        len(kept),
        sum(one.path.stat().st_size for one in kept),
    )


def load_history(store: Path) -> list[PastLoad]:
    """Every load of the store in order, also those that were undone.

    Raises StoreProblem where there is no store, or another process is loading into it.
    """
    with open_warehouse(store) as warehouse:
        return _history(warehouse, store)


def roll_back(store: Path, to: int | None = None, publishing: Publishing = AS_USUAL) -> Rollback:
    """Undo every load after the one numbered `to`, or the last load alone, and publish what is left.

    All or nothing, as a load is. Where the last change was kept and never published, a rollback
    without a number publishes it and undoes nothing: that is how it ends after it was interrupted.
    Raises StoreProblem where there is no such load, or what it replaced is no longer kept.
    """
    with open_warehouse(store, publishing) as warehouse:
        loads = _history(warehouse, store)
        standing = [load for load in loads if load.undone_by is None]
        if to is None and publish_what_is_missing(warehouse, store):
            return Rollback((), standing[-1])
        undone = _to_undo(standing, to)
        number = warehouse.rows("last_change")[0][0] + 1
        now = datetime.now(UTC).replace(tzinfo=None)
        with write_and_publish(warehouse, store):
            for load in undone:
                warehouse.execute("at_work", load_id=load.load_id, program_id=load.program_id)
                warehouse.execute(
                    "note_undone", load_id=load.load_id, undone_by=number, undone_at=now
                )
                warehouse.execute_text("undo_load")
        return Rollback(tuple(undone), standing[-len(undone) - 1])


def _history(warehouse: Warehouse, store: Path) -> list[PastLoad]:
    if not warehouse.is_there:
        raise StoreProblem(
            f"Expected a store with a log in it, found [nothing] at [{store}]; load a log first."
        )
    published = published_change(store) or 0
    loads = []
    names = [field.name for field in fields(PastLoad) if field.name != "is_live"]
    for row in warehouse.rows("history"):
        load = dict(zip(names, row, strict=True))
        load["file_names"] = tuple(load["file_names"])
        undone_by = load["undone_by"]
        load["is_live"] = load["load_id"] <= published and (
            undone_by is None or undone_by > published
        )
        loads.append(PastLoad(**load))
    return loads


def _to_undo(standing: list[PastLoad], to: int | None) -> list[PastLoad]:
    """The loads to undo, the latest first."""
    numbers = [load.load_id for load in standing]
    if len(standing) < 2:
        raise StoreProblem(
            f"Expected a load before the last one, found [{len(standing)} in all]; "
            "to begin anew, choose a new folder with --store."
        )
    target = numbers[-2] if to is None else to
    if target not in numbers[:-1]:
        raise StoreProblem(
            f"Expected the number of an earlier load to go back to, found [{target}]; "
            f"choose from {', '.join(map(str, numbers[:-1]))}."
        )
    undone = [load for load in reversed(standing) if load.load_id > target]
    kept = [load.load_id for load in undone if not load.is_reversible]
    if kept:
        raise StoreProblem(
            f"Expected loads whose former state is still kept, found [{kept[0]}], which is too old; "
            f"go back less far, or {RESTORE}."
        )
    return undone

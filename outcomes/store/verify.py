"""Verify: whether everything in a store is as it was written, and its page tables are what its facts make."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet
from duckdb import ColumnExpression, ConstantExpression

from outcomes.store.figure_files import figure_faults, kept_figures
from outcomes.store.folder import (
    OWN_NAMES,
    POINTER,
    SnapshotFile,
    broken_off_restore,
    in_place_of_file,
    is_begun,
    live_snapshot_name,
    named_snapshots,
    open_to_others,
    refuse_misplaced,
)
from outcomes.store.manifest import Manifest, changed_file, read_manifest
from outcomes.store.page_tables import PAGE_TABLES
from outcomes.store.problem import (
    LOAD_AGAIN,
    RESTORE,
    BusyStore,
    DamagedStore,
    StoreProblem,
    first_line,
)
from outcomes.store.snapshot import READ_ONLY, OutdatedSnapshot, Snapshot, way_back
from outcomes.store.snapshot_file import page_tables, parts_of
from outcomes.store.warehouse import Warehouse, damaged_warehouse, read_warehouse

# Rows, and a digest of all their values in whatever order they stand.
CONTENT = "count(*), sum(hash(stored)::hugeint)"


@dataclass(frozen=True)
class Verification:
    """What was found out about a store."""

    # one sentence for each fault, with the way back; none where the store is whole
    faults: tuple[str, ...]
    # snapshots whose checksums were compared
    snapshots: int
    # rows of the warehouse's tables, each of which was read
    rows: int
    # page tables that were made again from the facts and compared
    page_tables: int
    # figures that were cited, each of which was read
    figures: int


def verify(
    store: Path, wait_seconds: float = 0, tell: Callable[[str], None] | None = None
) -> Verification:
    """Every fault of a store, after reading all of it and changing nothing.

    Checksums of snapshots and of what belongs to them, and of every figure that was cited; every row of the warehouse,
    whose blocks carry checksums; its loads against what was published; and each page table against one made again from the facts. What has its cause
    in another fault is not told twice. Raises StoreProblem where there is no store, anything in it is a link, or
    a load runs for longer than the seconds given.
    """
    _refuse_nothing(store)
    refuse_misplaced(store)
    faults = [*_strays(store), *_modes(store), *figure_faults(store)]
    live, pointer_faults = _pointer(store)
    snapshots = named_snapshots(store)
    by_snapshot = {one.name: list(_snapshot_faults(one, live)) for one in snapshots}
    faults += [*pointer_faults, *(fault for found in by_snapshot.values() for fault in found)]
    rows = compared = 0
    try:
        with read_warehouse(store, wait_seconds, tell) as warehouse:
            rows = sum(count for count, _ in table_contents(warehouse, store).values())
            if live is not None and not (pointer_faults or by_snapshot[live.name]):
                compared, found = _differences(warehouse, live)
                faults += found
    except BusyStore:
        raise
    except StoreProblem as problem:
        faults.append(str(problem))
    checked = sum(one.manifest.is_file() for one in snapshots)
    return Verification(tuple(faults), checked, rows, compared, len(kept_figures(store)))


def table_contents(
    warehouse: Warehouse, store: Path, catalog: str = "warehouse"
) -> dict[str, tuple[int, int]]:
    """Rows and a digest of each table of an attached warehouse, after reading every value of it.

    Raises DamagedStore where a block is not as it was written.
    """
    found = {}
    try:
        for (name,) in warehouse.rows("table_names", catalog=catalog):
            stored = warehouse.connection.table(f"{catalog}.main.{name}").set_alias("stored")
            rows, digest = stored.aggregate(CONTENT).fetchall()[0]
            found[name] = (rows, digest or 0)
    except duckdb.Error as error:
        raise damaged_warehouse(store, first_line(error)) from None
    return found


def _refuse_nothing(store: Path) -> None:
    """Raise StoreProblem where there is no store to look at."""
    restoring = broken_off_restore(store)
    if restoring is not None:
        raise StoreProblem(
            f"Expected a store at [{store}], found [a restore that was broken off, {restoring.name}]; "
            f"{RESTORE} again."
        )
    if not store.is_dir() or not (is_begun(store) or any((store / "snapshots").glob("*"))):
        found = "nothing" if not store.exists() else "no store"
        raise StoreProblem(
            f"Expected a store with a log in it, found [{found}] at [{store}]; load a log first, "
            "or name another folder with --store."
        )


def _strays(store: Path) -> Iterator[str]:
    """What the store did not put where it lies."""
    for folder in (store / "snapshots", store / "rejected"):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not _belongs(store, path):
                yield (
                    f"Expected snapshots and what belongs to them, found [{path.name}] in [{folder}]; "
                    "it is never read: move it away."
                )
    for path in sorted(store.glob("*.duckdb*")):
        if path.name not in OWN_NAMES:
            yield (
                f"Expected one warehouse, found [{path.name}] beside it in [{store}]; "
                "it is never read: move it away."
            )


def _belongs(store: Path, path: Path) -> bool:
    """Whether the store puts files of that name there, also one that a kill left half written."""
    if path.name.startswith(".building-"):
        return True
    one = SnapshotFile.named(store, path.name.removeprefix(".").rsplit(".", 1)[0] + ".duckdb")
    return one is not None and path in (one.path, one.manifest, one.next_manifest, one.rejected)


def _modes(store: Path) -> Iterator[str]:
    open_paths = open_to_others(store)
    if open_paths:
        mode = open_paths[0].lstat().st_mode & 0o777
        more = f" and {len(open_paths) - 1} more" if len(open_paths) > 1 else ""
        yield (
            f"Expected a store that its owner alone can read, found [mode {mode:o}] at [{open_paths[0]}]{more}; "
            f"close it with: chmod -R go= {store}."
        )


def _pointer(store: Path) -> tuple[SnapshotFile | None, list[str]]:
    """The live snapshot, and what is wrong with what names it."""
    try:
        name = live_snapshot_name(store)
    except StoreProblem as problem:
        return None, [str(problem)]
    live = SnapshotFile.named(store, name or "")
    if live is None:
        # Nothing was ever published: loads that were kept, and killed before their end.
        back = way_back(store)
        return None, [
            f"Expected the name of a snapshot, found [nothing] at [{store / POINTER}]; {back}."
        ]
    found = in_place_of_file(live.path)
    if found is None:
        return live, []
    back = way_back(store) if found == "nothing" else f"move it away and {way_back(store)}"
    return live, [f"Expected the live snapshot, found [{found}] at [{live.path}]; {back}."]


def _snapshot_faults(one: SnapshotFile, live: SnapshotFile | None) -> Iterator[str]:
    """What is not as it was when the snapshot went live: the first thing alone, for the others follow from it."""
    back, is_live = way_back(one.store), one == live
    if is_live and in_place_of_file(one.path) is not None:
        # Told with the pointer that names it.
        return
    if not is_live and not one.manifest.exists():
        if live is not None and one.number > live.number:
            yield (
                f"Expected [{live.name}] as the newest snapshot, found [{one.name}], which never went live, in "
                f"[{one.path.parent}]; it is never read: move it away, or wait for the next load that brings something."
            )
        # An older one without a manifest was published before there were any, and nothing reads it any more.
        return
    if not is_live:
        back = f"nothing reads it: delete {one.path.name} and {one.manifest.name}, or wait, for the next load that brings something takes it away"
    try:
        manifest = read_manifest(one, back)
    except DamagedStore as problem:
        yield str(problem)
        return
    changed = changed_file(one.store, manifest.files, back)
    if changed:
        yield changed
        return
    if is_live:
        yield from _live_faults(one, manifest)


def _live_faults(live: SnapshotFile, manifest: Manifest) -> Iterator[str]:
    """Whether the live snapshot opens, by today's rules, and holds as many rows as it says."""
    try:
        snapshot = Snapshot(live.path)
    except OutdatedSnapshot as problem:
        yield str(problem)
        return
    except StoreProblem as problem:
        yield str(problem)
        return
    snapshot.close()
    try:
        pyarrow.parquet.read_table(live.rejected)
    except (pyarrow.ArrowException, OSError) as error:
        yield f"Expected rejected rows, found [{first_line(error)}] at [{live.rejected}]; {way_back(live.store)}."
    with duckdb.connect(str(live.path), read_only=True, config=READ_ONLY) as connection:
        for name, rows in manifest.rows.items():
            found = connection.table(name).count("*").fetchall()[0][0]
            if found != rows:
                yield (
                    f"Expected {rows:,} rows of {name}, found [{found:,}] at [{live.path}]; "
                    f"{way_back(live.store)}."
                )


def _differences(warehouse: Warehouse, live: SnapshotFile) -> tuple[int, list[str]]:
    """How many page tables were made again from the facts, and which differ from those published."""
    held = warehouse.rows("last_change")[0][0]
    if held != live.change:
        return 0, [
            f"Expected everything to be published, found [change {held} kept and not published] beside "
            f"[{live.name}]; load any log again, also an unchanged one, to publish it."
        ]
    warehouse.see_facts()
    connection = warehouse.connection
    connection.execute("attach $path as published (read_only)", {"path": str(live.path)})
    differing = set()
    for part in filter(None, parts_of(warehouse)):
        of_part = ColumnExpression("program_id").isin(*map(ConstantExpression, part))
        for name, _ in page_tables(warehouse, part):
            made = connection.table(name)
            published = connection.table(f"published.main.{name}").filter(of_part)
            if (
                made.except_(published).limit(1).fetchall()
                or published.except_(made).limit(1).fetchall()
            ):
                differing.add(name)
    return len(PAGE_TABLES), [
        f"Expected the published {name} to be what the facts make, found [another] at [{live.path}]; "
        f"delete {POINTER} in [{live.store}] and {LOAD_AGAIN}."
        for name in PAGE_TABLES
        if name in differing
    ]

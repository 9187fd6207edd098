"""Publish: build page tables from the warehouse into a new snapshot file and make it the live one."""

import csv
import os
import re
from pathlib import Path

import duckdb
import pyarrow

from outcomes.store.query_file import read_query
from outcomes.store.snapshot import live_snapshot_name
from outcomes.store.warehouse import OFFLINE, StoreProblem, Warehouse

ASSUMPTIONS = Path(__file__).resolve().parents[2] / "data" / "assumptions"
# Page tables in the order in which they are built; a later one may read an earlier one.
PAGE_TABLES = (
    "area_month",
    "incident_month",
    "incident_day",
    "coverage_month",
    "funnel_month",
    "police_request_month",
    "injury_month",
    "duration_month",
    "program",
    "program_change",
    "load_log",
    "load_reason",
    "quality_finding",
    "completeness_month",
    "interval_state",
    "load_change",
    "exact_repeat",
)
# Built for the page tables above and not published: it has a row per incident.
FACTS = "incident_fact"
KEPT_SNAPSHOTS = 3
SNAPSHOT_NAME = re.compile(r"^snap-\d+-load-(\d+)\.duckdb$")


def publish(warehouse: Warehouse, store: Path) -> str:
    """File name of the new live snapshot, named for the last load it holds.

    The snapshot is written beside, made durable and renamed before the pointer moves: a kill at any
    moment leaves the former one live.
    """
    folder = store / "snapshots"
    folder.mkdir(parents=True, exist_ok=True)
    for left_over in folder.glob(".building-*"):
        left_over.unlink()
    load_id = warehouse.rows("last_load")[0][0]
    number = _next_number(folder)
    building = folder / f".building-{number}.duckdb"
    _build(warehouse, building)
    name = f"snap-{number}-load-{load_id}.duckdb"
    _make_durable(building)
    building.rename(folder / name)
    _make_durable(folder)
    _point_to(store, name)
    _drop_old(folder, name)
    return name


def published_load(store: Path) -> int | None:
    """Number of the last load that the live snapshot holds; None where nothing usable is published.

    A pointer that cannot be read is nothing usable: the next load then publishes anew.
    """
    try:
        name = live_snapshot_name(store)
    except StoreProblem:
        return None
    match = SNAPSHOT_NAME.match(name or "")
    if not match or not (store / "snapshots" / match[0]).is_file():
        return None
    return int(match[1])


def _next_number(folder: Path) -> int:
    numbers = [int(path.stem.split("-")[1]) for path in folder.glob("snap-*.duckdb")]
    return max(numbers, default=0) + 1


def _build(warehouse: Warehouse, path: Path) -> None:
    connection = warehouse.connection
    connection.from_query(read_query("build", FACTS).text).create(FACTS)
    snapshot = duckdb.connect(str(path), config=OFFLINE)
    try:
        for name in PAGE_TABLES:
            # Through Arrow, so that the snapshot is written by a connection of its own.
            page_table = connection.from_query(read_query("build", name).text)
            page_table.create(name)
            snapshot.from_arrow(page_table.to_arrow_table()).create(name)
        snapshot.from_arrow(_police_sent_assumption()).create("police_sent_assumption")
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


def _point_to(store: Path, name: str) -> None:
    pointer = store / ".CURRENT-new"
    pointer.write_text(name + "\n", encoding="utf-8")
    _make_durable(pointer)
    pointer.replace(store / "CURRENT")
    _make_durable(store)


def _drop_old(folder: Path, live: str) -> None:
    """Keep the last few snapshots, for readers that still hold one."""
    by_age = sorted(folder.glob("snap-*.duckdb"), key=lambda path: int(path.stem.split("-")[1]))
    for path in by_age[:-KEPT_SNAPSHOTS]:
        if path.name != live:
            try:
                path.unlink()
            except PermissionError:
                # Windows keeps a file that a reader has open; the next publication tries again.
                continue

"""The file of a snapshot: every page table, built anew or taken from the snapshot that stands but for what has changed."""

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow

from outcomes.store.page_tables import PAGE_TABLES, RULES_TABLE, rules_digest
from outcomes.store.run_query import run_query
from outcomes.store.warehouse import OFFLINE, Warehouse

ASSUMPTIONS = Path(__file__).resolve().parents[2] / "data" / "assumptions"
# The page table that crosses programs: an area is spelled as all programs together spell it most often.
SPELLINGS = "area_spelling"
# The first page table about who was met again: by then those are there that say what the log covers.
FIRST_OF_CONTACTS = "contact_repeat_month"
# Programs are built together until they have this many incidents a megabyte: what a part holds stays within the memory,
# and a part must be large to keep every core busy, for one core counts 123,000 incidents at a time.
INCIDENTS_A_MB = 500
# What the page tables of a program hold beside that takes as much as so many incidents.
INCIDENTS_A_PROGRAM = 20_000
# What the file that is being written may take beside that.
WRITING_MEMORY = "200MB"
# What a store without a snapshot knows of spellings.
NO_SPELLING = pyarrow.schema(
    {"program_id": pyarrow.string(), "area_id": pyarrow.string(), "call_count": pyarrow.int64()}
).empty_table()


@dataclass(frozen=True)
class Standing:
    """A snapshot that stands, built by today's rules."""

    # its file
    path: Path
    # number of the last change that it holds
    change: int


def build_snapshot(warehouse: Warehouse, path: Path, standing: Standing | None) -> dict[str, int]:
    """Rows of each page table, after writing the file at path; the warehouse must see its facts by then.

    It is the standing snapshot with the rows of changed programs exchanged, or all is built anew: both give the same
    rows. Counts of a program are made of its own rows alone, but for the spelling of areas: where that
    turns, the programs that have the area are built again too.
    """
    warehouse.bound_memory(warehouse.publishing.memory_mb)
    if standing is None:
        with _opened(path) as snapshot:
            _spell(warehouse, None, NO_SPELLING)
            for number, part in enumerate(parts_of(warehouse)):
                # Kept together: to keep each table by itself takes longer than to write it.
                snapshot.begin()
                _add_part(warehouse, snapshot, part, is_first=number == 0)
                if number == 0:
                    _write_constants(snapshot, is_first=True)
                snapshot.commit()
            return _row_counts(snapshot)
    shutil.copyfile(standing.path, path)
    with _opened(path) as snapshot:
        changed = _programs(warehouse, "changed_program", published=standing.change)
        _spell(warehouse, changed, snapshot.table(SPELLINGS).to_arrow_table())
        changed += _programs(warehouse, "respelled_program")
        snapshot.begin()
        snapshot.register(
            "part_program", pyarrow.table({"program_id": pyarrow.array(changed, pyarrow.string())})
        )
        run_query(snapshot, "warehouse", "drop_part")
        _add_part(warehouse, snapshot, changed, is_first=False)
        _write_constants(snapshot, is_first=False)
        snapshot.commit()
        return _row_counts(snapshot)


def _row_counts(snapshot: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(run_query(snapshot, "load", "page_table_rows").fetchall())


def page_tables(warehouse: Warehouse, part: list[str]) -> Iterator[tuple[str, pyarrow.Table]]:
    """Each page table by name, with the rows that the facts of these programs make."""
    warehouse.execute("part_program_ids", program_ids=part)
    warehouse.execute_text("fact_table")
    for name in PAGE_TABLES:
        if name == FIRST_OF_CONTACTS:
            warehouse.execute_text("contact_table")
        # Through Arrow: a transaction may write to one database alone, and that is the warehouse.
        page_table = warehouse.table(name, "build")
        warehouse.connection.register(name, page_table)
        yield name, page_table


def _programs(warehouse: Warehouse, query: str, **params: object) -> list[str]:
    return [program_id for (program_id,) in warehouse.rows(query, **params)]


def _spell(warehouse: Warehouse, part: list[str] | None, standing: pyarrow.Table) -> None:
    """Have areas spelled as all programs write them most often, the programs outside the part as the snapshot says."""
    warehouse.execute("part_program_ids", program_ids=part)
    warehouse.connection.register("standing_spelling", standing)
    warehouse.execute_text("spelling_now")


def parts_of(warehouse: Warehouse) -> list[list[str]]:
    """Every program once, in parts that memory can hold; one empty part where there is no program."""
    most = INCIDENTS_A_MB * warehouse.publishing.memory_mb
    parts: list[list[str]] = [[]]
    held = 0
    for program_id, incidents in warehouse.rows("part_size"):
        size = incidents + INCIDENTS_A_PROGRAM
        if parts[-1] and held + size > most:
            parts.append([])
            held = 0
        parts[-1].append(program_id)
        held += size
    return parts


def _add_part(
    warehouse: Warehouse, snapshot: duckdb.DuckDBPyConnection, part: list[str], is_first: bool
) -> None:
    """Add the rows of these programs to every page table, which the first part makes."""
    for name, page_table in page_tables(warehouse, part):
        _write(snapshot, name, page_table, is_first)


def _write(
    snapshot: duckdb.DuckDBPyConnection, name: str, rows: pyarrow.Table, is_first: bool
) -> None:
    if is_first:
        snapshot.from_arrow(rows).create(name)
    elif len(rows):
        snapshot.from_arrow(rows).insert_into(name)


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file for writing. What is written waits in memory for its place, within the bound."""
    snapshot = duckdb.connect(str(path), config={**OFFLINE, "memory_limit": WRITING_MEMORY})
    try:
        yield snapshot
    finally:
        snapshot.close()


def _write_constants(snapshot: duckdb.DuckDBPyConnection, is_first: bool) -> None:
    """Write what is the same for every program, anew each time: assumptions are files that can be changed."""
    if not is_first:
        run_query(snapshot, "warehouse", "drop_constants")
    _write(snapshot, "police_sent_assumption", _police_sent_assumption(), is_first)
    _write(snapshot, RULES_TABLE, pyarrow.table({"digest": [rules_digest()]}), is_first)


def _police_sent_assumption() -> pyarrow.Table:
    with (ASSUMPTIONS / "police_sent.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    shares = {
        f"{name}_share": pyarrow.array([float(row[name]) for row in rows], pyarrow.float64())
        for name in ("low", "base", "high")
    }
    texts = {name: pyarrow.array([row[name] for row in rows]) for name in ("call_type", "source")}
    return pyarrow.table({"call_type": texts["call_type"], **shares, "source": texts["source"]})

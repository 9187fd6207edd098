"""A made-up city whose exports are loaded again and again, and what its store then holds."""

import atexit
import shutil
import tempfile
from pathlib import Path

import duckdb
from made_city import AGENCY, write_agency, write_csv

from outcomes.answers.answer import answer
from outcomes.ingest.run import LoadReport, load_log
from outcomes.selection import Selection
from outcomes.store.folder import live_snapshot_name
from outcomes.store.page_tables import PAGE_TABLES
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import Breakdown


def calls(first: str, last: str, **cells: str) -> list[dict[str, str]]:
    """One reached call a day, of January to March 2024 where written as 01-05."""
    days = [f"2024-{m:02d}-{d:02d}" for m in (1, 2, 3) for d in range(1, 29)]
    wanted = [day for day in days if f"2024-{first}" <= day <= f"2024-{last}"]
    return [
        {
            "id": f"D{day}",
            "received": f"{day} 10:00:00",
            "dispatched": f"{day} 10:01:00",
            "arrived": f"{day} 10:11:00",
            "type": "MH",
            "origin": "911",
            **cells,
        }
        for day in wanted
    ]


# The store and the report of every first load, by profile, file name and bytes.
_first_loads: dict[tuple[str, str, bytes], tuple[Path, LoadReport]] = {}


class City:
    """A store that exports are loaded into."""

    def __init__(self, folder: Path, **profile: object) -> None:
        self.folder = folder
        self.agencies = write_agency(folder / "agencies", **profile)
        self.store = folder / "store"

    def load(self, rows: list[dict[str, str]], name: str = "calls.csv") -> LoadReport:
        path = write_csv(self.folder / name, rows)
        if self.store.exists():
            return load_log([path], AGENCY, self.agencies, self.store)
        # Many tests begin with the same first load: it is made once, and its store copied.
        profile = (self.agencies / AGENCY / "profile.toml").read_text(encoding="utf-8")
        known = (profile, name, path.read_bytes())
        if known not in _first_loads:
            report = load_log([path], AGENCY, self.agencies, self.store)
            kept = Path(tempfile.mkdtemp()) / "store"
            shutil.copytree(self.store, kept)
            _first_loads[known] = (kept, report)
            atexit.register(shutil.rmtree, kept.parent, ignore_errors=True)
            return report
        kept, report = _first_loads[known]
        shutil.copytree(kept, self.store)
        return report

    def responses(self, breakdown: Breakdown | None = None) -> object:
        found = answer("responses", Selection(), live_snapshot(self.store), breakdown)
        if breakdown is None:
            return int(found.total.numerator)
        key = found.keys[0]
        return {row[key]: int(row["numerator"]) for row in found.table.to_dict("records")}

    def state(self) -> tuple[str | None, bytes]:
        name = live_snapshot_name(self.store)
        return name, (self.store / "snapshots" / str(name)).read_bytes()


def counts(report: LoadReport) -> tuple[int, int, int, int, int]:
    return (
        report.rows_read,
        report.loaded,
        report.filtered,
        report.rejected,
        report.unchanged,
    )


# Set aside for a rollback, or the memory of one: no part of what the store holds now.
BESIDE = ("past_", "undone_load")


def tables(path: Path) -> dict[str, list[tuple]]:
    """Every row of every table of a database file, in one order."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [row[0] for row in connection.execute("show tables").fetchall()]
        return {
            name: sorted(connection.table(name).fetchall(), key=repr)
            for name in names
            if not name.startswith(BESIDE)
        }


def published(store: Path) -> dict[str, list[tuple]]:
    found = tables(store / "snapshots" / str(live_snapshot_name(store)))
    assert set(PAGE_TABLES) <= set(found)
    return found


def stored(store: Path) -> dict[str, list[tuple]]:
    return tables(store / "warehouse.duckdb")

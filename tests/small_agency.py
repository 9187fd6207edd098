"""A very small agency for tests of single profile features: a profile with only what the test adds."""

import shutil
from pathlib import Path

import duckdb

from outcomes.ingest.run import LoadReport, load_log

AGENCY = "small-town"
BASE = """
[program]
id = "small-town"
name = "Small Town"
city = "Small Town"
state = "OR"
time_zone = "America/Los_Angeles"
data_owner = "The tests"
"""
LOG = """
[log]
rows_are = "call"
holds = "all_calls"
"""
FILE = """
[file]
format = "csv"
"""
TEXT = """
[text]
incident_id = "id"
"""
RECEIVED = """
[times.received_at]
column = "received"
formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
"""


def profile_with(
    *more: str,
    top: str = "",
    log: str = LOG,
    file: str = FILE,
    text: str = TEXT,
    received: str = RECEIVED,
) -> str:
    """A whole profile of the given parts."""
    return "\n".join([top, BASE, log, file, text, received, *more])


class Town:
    """One agency in a folder of its own, with its store."""

    def __init__(self, folder: Path, profile: str, call_types: str | None = None) -> None:
        self.folder = folder
        self.agency = folder / "agencies" / AGENCY
        self.agency.mkdir(parents=True, exist_ok=True)
        (self.agency / "profile.toml").write_text(profile, encoding="utf-8")
        if call_types is not None:
            (self.agency / "call_types.csv").write_text(call_types, encoding="utf-8")
        self.store = folder / "store"

    def write(self, text: str, name: str = "log.csv", encoding: str = "utf-8") -> Path:
        """Write a log beside the agencies."""
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def load(self, *paths: Path) -> LoadReport:
        """Load the files into a store of their own, new each time."""
        shutil.rmtree(self.store, ignore_errors=True)
        return load_log(list(paths), AGENCY, self.agency.parent, self.store, publishes=False)

    def table(self, name: str) -> list[dict]:
        """Rows of one table of the warehouse."""
        with duckdb.connect(str(self.store / "warehouse.duckdb"), read_only=True) as connection:
            relation = connection.table(name)
            return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]

    def incidents(self) -> dict[str, dict]:
        """The stored incidents by id."""
        rows = sorted(self.table("incident"), key=lambda row: row["incident_id"])
        return {row["incident_id"]: row for row in rows}

    def findings(self) -> dict[tuple[str, str, str | None], int]:
        """Rows by rule, field and value of what was not understood."""
        return {
            (row["rule"], row["field"], row["value"]): row["row_count"]
            for row in self.table("finding")
        }

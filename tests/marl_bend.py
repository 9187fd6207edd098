"""Marl Bend, a made-up town: a log and a profile as small as a fault needs, written in the test that needs them."""

import csv
from pathlib import Path

from outcomes.ingest.run import LoadReport, load_log
from outcomes.store.snapshot import Snapshot, live_snapshot

PROGRAM = """
{top}
[program]
id = "{town}"
name = "Team of {town}"
city = "Marl Bend"
state = "OH"
time_zone = "America/New_York"
data_owner = "Town of Marl Bend"

[log]
rows_are = "{rows_are}"
holds = "{holds}"
{log}

[file]
format = "csv"

[text]
incident_id = "id"
{text}

[times.received_at]
column = "received"
formats = ["%Y-%m-%d %H:%M:%S"]
{more}
"""
ARRIVALS = """
[times.arrived_at]
column = "arrived"
formats = ["%Y-%m-%d %H:%M:%S"]
"""
ARRESTS = """
[flags.has_arrest]
yes = { column = "result", is = ["Arrest"] }
no = { column = "result", recorded = true }
"""
SERVICES = """
[words.responder_type]
column = "service"
values = { "Care team" = "community", "Patrol" = "police", "Medic" = "ems" }
"""
NO_TEAM = """
[words.responder_type]
column = "service"
values = { "Care team" = "other", "Patrol" = "police", "Medic" = "ems" }
"""


def town(
    folder: Path,
    rows: list[dict[str, str]],
    more: str,
    **profile: str,
) -> Snapshot:
    """The snapshot of a store with this log, as load_town loads it; columns of the rows are those of the first.

    Called again it is the same town's next load, by another profile where that is given.
    """
    load_town(folder, rows, more, **profile)
    return live_snapshot(folder / "store")


def load_town(
    folder: Path,
    rows: list[dict[str, str]],
    more: str,
    *,
    name: str = "marl-bend",
    rows_are: str = "dispatch",
    holds: str = "program_work",
    log: str = "",
    text: str = "",
    top: str = "",
) -> LoadReport:
    """What became of the rows of this log, after loading it."""
    agency = folder / "agencies" / name
    agency.mkdir(parents=True, exist_ok=True)
    profile = PROGRAM.format(
        town=name, rows_are=rows_are, holds=holds, log=log, more=more, text=text, top=top
    )
    (agency / "profile.toml").write_text(profile, encoding="utf-8")
    export = folder / f"{name}.csv"
    with export.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return load_log([export], name, folder / "agencies", folder / "store")


def logged(**columns: list[str]) -> list[dict[str, str]]:
    """Rows of a log, an hour apart, with these columns."""
    count = len(next(iter(columns.values())))
    return [
        {
            "id": f"M{number}",
            "received": f"2026-03-{1 + number:02d} 09:00:00",
            **{name: cells[number] for name, cells in columns.items()},
        }
        for number in range(count)
    ]

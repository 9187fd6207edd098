"""A snapshot made from the one before, with the rows of changed programs exchanged, equals one that is built anew."""

import random
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest
from made_city import write_agency, write_csv
from slow_reading import VARIANTS, random_rows
from unit_city import UNIT_AGENCY, write_unit_agency, write_units

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log
from outcomes.ingest.write.replace_period import parse_period
from outcomes.store.history import roll_back
from outcomes.store.page_tables import PAGE_TABLES, RULES_TABLE
from outcomes.store.snapshot import live_snapshot_name
from outcomes.store.snapshot_file import build_snapshot
from outcomes.store.warehouse import StoreProblem, open_warehouse

pytestmark = pytest.mark.slow

CITIES = ("city-one", "city-two", "city-three")
STEPS = 9
# Each city writes the same areas in its own way, and not always.
AREAS = ("North", "north", "NORTH", "South", "south", "Old Town", "OLD TOWN")
ROWS = random_rows(VARIANTS[0])


class Region:
    """A store of several programs, whose history is random."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.chance = folder, random.Random(seed)
        self.store, self.agencies = folder / "store", folder / "agencies"
        for city in CITIES:
            self.change_profile(city)
        write_unit_agency(self.agencies)
        self.actions = {
            "load": lambda: self.load(self.chance.choice(CITIES)),
            "load again": lambda: self.load(self.chance.choice(CITIES), size=5),
            "replace a period": lambda: self.load(self.chance.choice(CITIES), period="2024-02"),
            "other profile": lambda: self.reload_by_another_profile(self.chance.choice(CITIES)),
            "units": self.load_units,
            "two at once": self.load_two,
            "undo": lambda: roll_back(self.store),
            "undo several": lambda: roll_back(self.store, to=1),
        }

    def change_profile(self, city: str) -> None:
        write_agency(
            self.agencies,
            city,
            name=f"Team of {city}",
            state=self.chance.choice(["OR", "OH"]),
            time_zone=self.chance.choice(["America/Phoenix", "America/New_York"]),
            has_persons=True,
        )

    def rows(self, size: int) -> list[dict[str, str]]:
        spelled = self.chance.sample(AREAS, 3)
        chosen = self.chance.sample(ROWS, size)
        return [{**row, "area": self.chance.choice([*spelled, ""])} for row in chosen]

    def load(self, city: str, size: int = 60, period: str | None = None, publishes=True) -> None:
        path = write_csv(self.folder / "calls.csv", self.rows(size))
        stated = None if period is None else parse_period(period)
        load_log([path], city, self.agencies, self.store, publishes=publishes, period=stated)

    def reload_by_another_profile(self, city: str) -> None:
        self.change_profile(city)
        self.load(city, size=20)

    def load_two(self) -> None:
        one, other = self.chance.sample(CITIES, 2)
        self.load(one, publishes=False)
        self.load(other)

    def load_units(self) -> None:
        rows = [
            {
                "id": f"U{number}",
                "unit": unit,
                "received": "2024-03-01 10:00:00",
                "arrived": "2024-03-01 10:20:00",
                "cleared": "2024-03-01 11:20:00",
                "origin": "911",
                "type": "MH",
            }
            for number in range(self.chance.randint(1, 9))
            for unit in ("CR1", "PD1")
        ]
        path = write_units(self.folder / "units.csv", rows)
        load_log([path], UNIT_AGENCY, self.agencies, self.store)


def differences(made: Path, anew: Path) -> dict[str, int]:
    """Rows of every table that one of the two files has and the other has not."""
    with duckdb.connect() as connection:
        for name, path in (("made", made), ("anew", anew)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        return {
            table: count
            for table in (*PAGE_TABLES, RULES_TABLE, "police_sent_assumption")
            for one, other in (("made", "anew"), ("anew", "made"))
            for (count,) in connection.execute(
                f"select count(*) from (from {one}.{table} except all from {other}.{table})"
            ).fetchall()
            if count
        }


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_after_any_history(tmp_path: Path, seed: int, subtests: pytest.Subtests):
    region = Region(tmp_path, seed)
    region.load(CITIES[0])
    asked = [*region.actions, *region.chance.choices(list(region.actions), k=STEPS)]
    region.chance.shuffle(asked)
    done = exchanged = 0
    for step, action in enumerate(asked[:STEPS]):
        before = live_snapshot_name(region.store)
        with suppress(StoreProblem, LoadProblem):
            region.actions[action]()
            done += 1
        live = live_snapshot_name(region.store)
        exchanged += live != before
        anew = tmp_path / f"anew-{step}.duckdb"
        with open_warehouse(region.store) as warehouse:
            warehouse.see_facts()
            build_snapshot(warehouse, anew, None)
        with subtests.test(step=step, action=action):
            assert differences(region.store / "snapshots" / str(live), anew) == {}
    assert done > STEPS / 2
    assert exchanged > STEPS / 2

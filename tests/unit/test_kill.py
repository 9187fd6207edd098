"""A load that is killed at any moment leaves the last good snapshot, and the next load works."""

import random
import subprocess
import sys
import time
from pathlib import Path

from made_city import AGENCY, write_agency, write_csv
from places import PROJECT

from outcomes.answers import answer
from outcomes.load.log import load_log
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot, live_snapshot_name

KILLS = 10
CHILD = """
import sys
from pathlib import Path
from outcomes.load.log import load_log
log, agencies, store = map(Path, sys.argv[1:])
print("ready", flush=True)
load_log([log], "test-city", agencies, store)
print("done", flush=True)
"""


def calls(number: int) -> list[dict[str, str]]:
    return [
        {
            "id": f"C{place}",
            "received": f"2024-01-{place % 28 + 1:02d} 10:00:00",
            "arrived": f"2024-01-{place % 28 + 1:02d} 10:10:00",
            "type": "MH",
        }
        for place in range(number)
    ]


def responses_in(store: Path) -> int | None:
    """What the store answers; None where nothing is published."""
    name = live_snapshot_name(store)
    if name is None:
        return None
    snapshot = Snapshot(store / "snapshots" / name)
    try:
        return int(answer("responses", Selection(), snapshot).total.numerator)
    finally:
        snapshot.close()


def test_ten_kills(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    store = tmp_path / "store"
    chance = random.Random(7)
    before: int | None = None
    for round_number in range(KILLS):
        size = 100 * (round_number + 1)
        log = write_csv(tmp_path / f"{size}.csv", calls(size))
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(log), str(agencies), str(store)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.5))
            child.kill()
            child.wait()
        found = responses_in(store)
        # Either what was there, or, where the kill came too late, all of the new log; never a part.
        assert found in (before, size), f"after kill {round_number + 1}"
        before = found
    last = write_csv(tmp_path / "last.csv", calls(2000))
    report = load_log([last], AGENCY, agencies, store)
    assert report.rows_read == 2000
    assert report.loaded + report.unchanged == 2000
    assert responses_in(store) == 2000
    assert not list(store.glob("snapshots/.building-*"))
    assert AGENCY == "test-city"


def test_kept_but_not_published_is_published_by_the_next_load(tmp_path: Path):
    # As if the kill had come between the warehouse and the snapshot.
    agencies = write_agency(tmp_path / "agencies")
    store = tmp_path / "store"
    log = write_csv(tmp_path / "calls.csv", calls(50))
    load_log([log], AGENCY, agencies, store)
    (store / "CURRENT").unlink()
    assert responses_in(store) is None
    report = load_log([log], AGENCY, agencies, store)
    assert (report.loaded, report.unchanged) == (0, 50)
    assert responses_in(store) == 50

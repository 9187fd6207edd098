"""Publications under readers: each reader holds every figure that it sees against what that publication holds.

Each publication adds one call, so that a snapshot says by its own name how many it must show. A reader that sees
another number, a part, an older state after a newer one, or a fault, ends with a failure.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from exported_city import City, calls
from places import PROJECT

from outcomes.store.publish import write_and_publish
from outcomes.store.warehouse import Warehouse, open_warehouse

READERS = 4
READER = """
import json, os, sys, time
from pathlib import Path
from outcomes.answers.answer import answer
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import Breakdown
store, stop, first_calls = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
reads, seen, last = 0, set(), 0
print("ready", flush=True)
parent = os.getppid()
# A reader whose run was killed ends too.
while not stop.exists() and os.getppid() == parent:
    snapshot = live_snapshot(store)
    number = int(snapshot.name.split("-")[3])
    assert number >= last, "an older state after a newer one"
    last = number
    total = answer("responses", Selection(), snapshot).total
    by_type = answer("responses", Selection(), snapshot, Breakdown.CALL_TYPE).table
    by_month = answer("responses", Selection(), snapshot, Breakdown.MONTH).table
    expected = first_calls + number - 1
    shown = [int(total.numerator), *(int(table["numerator"].sum()) for table in (by_type, by_month))]
    assert shown == [expected] * 3, (snapshot.name, shown)
    reads += 1
    seen.add(snapshot.name)
    time.sleep(0.3)
print(json.dumps([reads, len(seen)]), flush=True)
"""
# One more call and the load that brought it, as rows of the warehouse: to read a log each time is not what is tried.
MORE = """
insert into warehouse.incident by name
select * replace ('more' || $change as incident_id, $change as load_id)
from warehouse.incident order by incident_id limit 1;
"""
MORE_LOG = """
insert into warehouse.load_log by name
select * replace ($change as load_id, false as is_reversible)
from warehouse.load_log order by load_id limit 1;
"""


@dataclass(frozen=True)
class Readings:
    """What the readers saw."""

    # publications while they read
    publications: int
    # looks at the store by all readers, each of three figures
    reads: int
    # different snapshots that the readers saw, one number each
    seen: tuple[int, ...]
    # seconds that all publications took
    seconds: float


def run_publications(
    folder: Path, publications: int, readers: int = READERS, most_seconds: float = float("inf")
) -> Readings:
    """Publish that often under readers, or for so long; raises AssertionError where one saw anything but a whole state."""
    city = City(folder)
    first = calls("01-01", "03-28")
    city.load(first)
    stop = folder / "stop"
    words = [sys.executable, "-c", READER, str(city.store), str(stop), str(len(first))]
    started = [
        subprocess.Popen(
            words, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(readers)
    ]
    try:
        for reader in started:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "ready\n"
        begun = time.monotonic()
        done = 0
        while done < publications and time.monotonic() < begun + most_seconds:
            done += 1
            with open_warehouse(city.store) as warehouse, write_and_publish(warehouse, city.store):
                _add_call(warehouse)
        seconds = time.monotonic() - begun
    finally:
        stop.touch()
    told = [reader.communicate() for reader in started]
    faults = [error for _, error in told if error]
    assert not faults, faults[0]
    counts = [json.loads(out) for out, _ in told]
    return Readings(
        done, sum(reads for reads, _ in counts), tuple(seen for _, seen in counts), seconds
    )


def _add_call(warehouse: Warehouse) -> None:
    change = warehouse.rows("last_change")[0][0] + 1
    for statement in (MORE, MORE_LOG):
        warehouse.connection.execute(statement, {"change": change})

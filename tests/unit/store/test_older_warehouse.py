"""A warehouse from before a field was known: it is published anew, and the field is not recorded in it."""

from pathlib import Path

import duckdb
import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.answers.answer import answer
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.store.backup import back_up
from outcomes.store.publish import publish_anew
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import Breakdown

pytestmark = pytest.mark.slow

ROWS = [
    {
        "id": f"C{place}",
        "received": f"2024-01-{place + 1:02d} 10:00:00",
        "arrived": f"2024-01-{place + 1:02d} 10:20:00",
        "type": "MH",
        "origin": "911",
        "result": result,
        "arrest": arrest,
        "ended": "other",
        "destination": "shelter",
    }
    for place, (result, arrest) in enumerate(
        [("contacted", "no"), ("contacted", "yes"), ("unable_to_locate", "no")]
    )
]


def test_endings_of_an_older_warehouse_are_worked_out(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    path, store = write_csv(tmp_path / "calls.csv", ROWS), tmp_path / "store"
    load_log([path], AGENCY, agencies, store)
    now = answer("dispositions", Selection(), live_snapshot(store), Breakdown.DISPOSITION)
    counts = dict(zip(now.table.disposition, now.table.numerator, strict=True))
    # The first row's word is "other"; on the second an arrest is no action of the log's word. Nobody was met on the third.
    assert {word: count for word, count in counts.items() if count} == {
        "other": 2,
        "unable_to_locate": 1,
    }
    with duckdb.connect(str(store / "warehouse.duckdb")) as connection:
        for table in ("incident", "past_incident"):
            for column in ("disposition", "transport_to"):
                connection.sql(f"alter table {table} drop column {column}")
    # An upgrade is no reason to be without a backup.
    back_up(store, tmp_path / "backup")
    publish_anew(store)
    then = answer("dispositions", Selection(), live_snapshot(store), Breakdown.DISPOSITION)
    counts = dict(zip(then.table.disposition, then.table.numerator, strict=True))
    assert {word: count for word, count in counts.items() if count} == {
        "met": 1,
        "arrested": 1,
        "unable_to_locate": 1,
    }

"""Loading again: the same file, amended exports with and without ids, and unit rows grouped to calls."""

import shutil
from pathlib import Path

import duckdb
import pytest
from exported_city import City, calls, counts
from made_city import AGENCY, write_csv

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log
from outcomes.store.publish import publish, published_change
from outcomes.store.snapshot import live_snapshot
from outcomes.store.warehouse import open_warehouse
from outcomes.vocabulary.log import Breakdown

pytestmark = pytest.mark.slow


@pytest.fixture
def with_ids(tmp_path: Path) -> City:
    return City(tmp_path)


@pytest.fixture
def without_ids(tmp_path: Path) -> City:
    return City(tmp_path, has_ids=False)


@pytest.mark.parametrize("has_ids", [True, False])
def test_the_same_file_twice_changes_nothing(tmp_path: Path, has_ids: bool):
    city = City(tmp_path, has_ids=has_ids)
    rows = calls("01-01", "01-28")
    if not has_ids:
        # Two calls may look the same; without an id they are told apart by their order.
        rows.append(rows[3])
    assert counts(city.load(rows)) == (len(rows), len(rows), 0, 0, 0)
    before = city.state()
    assert counts(city.load(rows)) == (len(rows), 0, 0, 0, len(rows))
    assert counts(city.load(rows, "renamed.csv")) == (len(rows), 0, 0, 0, len(rows))
    assert city.state() == before
    assert city.responses() == len(rows)


def test_rows_in_another_order_are_the_same(with_ids: City, without_ids: City):
    rows = calls("01-01", "01-10")
    with_ids.load(rows)
    assert counts(with_ids.load(rows[::-1])) == (10, 0, 0, 0, 10)
    assert counts(without_ids.load(rows[::-1]))[1:] in [(0, 0, 0, 10), (10, 0, 0, 0)]


def test_export_with_ids_amends_by_key(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    amended = (
        calls("01-05", "01-05", type="VIOL") + calls("01-06", "01-06") + calls("01-11", "01-12")
    )
    report = with_ids.load(amended)
    assert counts(report) == (4, 3, 0, 0, 1)
    assert with_ids.responses(Breakdown.CALL_TYPE) == {"mental_health": 11, "violence": 1}


def test_export_with_ids_may_overlap(with_ids: City):
    with_ids.load(calls("01-10", "01-20"))
    assert counts(with_ids.load(calls("01-15", "01-25"))) == (11, 5, 0, 0, 6)
    assert with_ids.responses() == 16


def test_the_later_row_of_an_id_counts(with_ids: City):
    rows = calls("01-01", "01-02") + calls("01-01", "01-01", type="VIOL")
    report = with_ids.load(rows)
    assert counts(report) == (3, 2, 1, 0, 0)
    assert report.reasons == {
        "filtered: the same id stands again further down; the later row counts": 1
    }
    assert with_ids.responses(Breakdown.CALL_TYPE) == {"mental_health": 1, "violence": 1}


def test_row_without_an_id_is_rejected_and_kept_aside(with_ids: City):
    rows = calls("01-01", "01-03")
    rows[1]["id"] = " "
    report = with_ids.load(rows)
    assert counts(report) == (3, 2, 0, 1, 0)
    assert report.reasons == {"rejected: no incident id": 1}
    with duckdb.connect(str(with_ids.store / "warehouse.duckdb"), read_only=True) as connection:
        (row,) = connection.table("rejected_row").fetchall()
    # Load, program, file, row of the file (the header is the first), field, value, rule.
    assert row == (1, AGENCY, "calls.csv", 3, "incident_id", None, "no incident id")


def test_export_without_ids_that_covers_the_period_replaces_it(without_ids: City):
    without_ids.load(calls("01-05", "01-20"))
    rows = calls("01-01", "01-09") + calls("01-10", "01-28", type="VIOL")
    report = without_ids.load(rows)
    # What it holds just as before stays; what it lacks goes.
    assert counts(report) == (28, 23, 0, 0, 5)
    assert report.removed == 11
    assert (
        "The export has no ids and covers the stored period: it replaced it whole." in report.notes
    )
    assert without_ids.responses(Breakdown.CALL_TYPE) == {"mental_health": 9, "violence": 19}


def test_export_without_ids_of_another_period_is_added(without_ids: City):
    without_ids.load(calls("01-01", "01-28"))
    report = without_ids.load(calls("02-01", "02-28"))
    assert counts(report) == (28, 28, 0, 0, 0)
    assert without_ids.responses(Breakdown.MONTH) == {"2024-01": 28, "2024-02": 28}
    assert counts(without_ids.load(calls("02-01", "02-28"))) == (28, 0, 0, 0, 28)


def test_export_without_ids_that_overlaps_in_part_is_refused(without_ids: City):
    without_ids.load(calls("01-01", "01-28"))
    before = without_ids.state()
    with pytest.raises(LoadProblem) as caught:
        without_ids.load(calls("01-20", "02-05"))
    assert str(caught.value) == (
        "Expected an export without ids to cover all of the stored period, 2024-01-01 to 2024-01-28, "
        "or none of it, found [2024-01-20 to 2024-02-05]; export the whole period again, or state the period "
        "that it replaces with --replace-period."
    )
    assert without_ids.state() == before
    assert without_ids.responses() == 28


def test_export_without_ids_and_without_dates_is_refused(without_ids: City):
    without_ids.load(calls("01-01", "01-28"))
    before = without_ids.state()
    with pytest.raises(
        LoadProblem, match=r"found \[no dates at all\]; export the whole period again"
    ):
        without_ids.load(calls("01-01", "01-05", received=""))
    assert without_ids.state() == before


def test_a_changed_profile_counts_again_without_a_changed_log(with_ids: City):
    rows = calls("01-01", "01-10")
    with_ids.load(rows)
    first = with_ids.state()
    text = (with_ids.agencies / AGENCY / "call_types.csv").read_text()
    path = with_ids.agencies / AGENCY / "call_types.csv"
    path.write_text(text.replace("MH,,mental_health,yes", "MH,,youth,no"))
    assert counts(with_ids.load(rows)) == (10, 10, 0, 0, 0)
    assert with_ids.responses(Breakdown.CALL_TYPE) == {"youth": 10}
    assert with_ids.state() != first


def test_several_files_are_one_log(with_ids: City):
    parts = [
        write_csv(with_ids.folder / "a.csv", calls("01-01", "01-05")),
        write_csv(with_ids.folder / "b.csv", calls("01-05", "01-10", type="VIOL")),
    ]
    report = load_log(parts, AGENCY, with_ids.agencies, with_ids.store)
    # The fifth stands in both; the later file counts.
    assert counts(report) == (11, 10, 1, 0, 0)
    assert with_ids.responses(Breakdown.CALL_TYPE) == {"mental_health": 4, "violence": 6}


def test_unit_rows_are_grouped(small_reports):
    store, reports = small_reports
    report = reports["test-town"]
    assert counts(report) == (10, 9, 1, 0, 0)
    assert report.reasons == {"filtered: exact repeat of another row": 1}
    with duckdb.connect(str(store / "warehouse.duckdb"), read_only=True) as connection:
        incidents = connection.sql(
            "select incident_id, row_count, dispatched_at::varchar, arrived_at::varchar, "
            "police_involvement, police_unit_arrived, is_community_dispatched "
            "from incident where program_id = 'test-town' order by 1"
        ).fetchall()
        units = connection.sql(
            "select responder_type, count(*) from unit_response group by all order by all"
        ).fetchall()
        injured = connection.sql(
            "select incident_id, count(*) from injury where program_id = 'test-town' group by all"
        ).fetchall()
    assert incidents == [
        # The team's first times; police came later, and the log does not say who asked.
        ("U1", 3, "2024-01-05 08:02:00", "2024-01-05 08:10:00", "not_recorded", True, True),
        ("U2", 1, "2024-01-06 08:02:00", "2024-01-06 08:07:00", "none", False, True),
        ("U3", 2, "2024-01-07 08:02:00", "2024-01-07 08:15:00", "already_on_scene", True, True),
        ("U4", 1, None, None, "not_recorded", True, False),
        ("U5", 2, "2024-01-31 08:02:00", None, "none", False, True),
    ]
    assert units == [("community", 5), ("police", 3), ("unknown", 1)]
    assert injured == [("U1", 1)]


def test_a_store_with_a_broken_pointer_is_mended_by_the_next_load(
    small_store: Path, tmp_path: Path
):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    (store / "CURRENT").write_bytes(b"\xff\xfe\x00snap")
    assert published_change(store) is None
    with open_warehouse(store) as warehouse:
        publish(warehouse, store)
    assert live_snapshot(store).programs

"""Four more real logs: what our own reading of them gives, and that no log becomes a community team's work."""

import json
from collections import Counter
from pathlib import Path
from statistics import median

import duckdb
import pytest
from places import EXPECTED, PROJECT, REAL_DATA

from outcomes.answers.answer import answer
from outcomes.ingest.run import LoadReport, load_log
from outcomes.metrics.registry import METRICS
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Status

pytestmark = pytest.mark.real_log

AGENCIES = PROJECT / "data" / "agencies"
LOGS = {
    "sf-fire": REAL_DATA / "sf_fire_units_sample" / "data_sample.csv.gz",
    "san-diego-pd": REAL_DATA / "san_diego_pd_jan2023" / "pd_calls_for_service_2023_datasd.csv.gz",
    "toronto-pic": REAL_DATA / "toronto_pic_2014_2015" / "piccfsa.csv.gz",
    "eugene-cad": REAL_DATA / "eugene_cad_schema_sample" / "sample_CAD_2014_data.csv",
    "lane-county-mcs": REAL_DATA / "mcslc_lane_county" / "MCSLC.xlsx",
}
OTHER_RESPONDERS = ("sf-fire", "san-diego-pd", "toronto-pic")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, LoadReport]]:
    for path in (*LOGS.values(), EXPECTED):
        if not path.is_file():
            pytest.skip(f"the real log is not here: {path.name}")
    store = tmp_path_factory.mktemp("other-real-logs")
    reports = {
        agency: load_log([path], agency, AGENCIES, store, publishes=agency == "lane-county-mcs")
        for agency, path in LOGS.items()
    }
    return store, reports


@pytest.fixture(scope="module")
def expected(loaded) -> dict:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def snapshot(loaded) -> Snapshot:
    return live_snapshot(loaded[0])


@pytest.fixture(scope="module")
def tables(loaded) -> dict[str, list[dict]]:
    """Rows of the warehouse by table."""
    with duckdb.connect(str(loaded[0] / "warehouse.duckdb"), read_only=True) as connection:
        found = {}
        for name in ("incident", "unit_response", "finding"):
            relation = connection.table(name)
            found[name] = [
                dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()
            ]
    return found


def of(tables: dict, table: str, agency: str) -> list[dict]:
    return [row for row in tables[table] if row["program_id"] == agency]


def findings(tables: dict, agency: str) -> dict[tuple[str, str], Counter]:
    found: dict[tuple[str, str], Counter] = {}
    for row in of(tables, "finding", agency):
        counts = found.setdefault((row["field"], row["rule"]), Counter())
        counts[row["value"]] += row["row_count"]
    return found


def counted(rows: list[dict], name: str) -> dict:
    return dict(Counter(row[name] for row in rows))


def minutes(start, end) -> float:
    return (end - start).total_seconds() / 60


def p90(values: list[float]) -> float:
    import numpy

    return float(numpy.percentile(values, 90))


def spread(values: list[float]) -> dict[str, float]:
    """As the reference reads intervals: those from 0 to 24 hours."""
    kept = [value for value in values if 0 <= value <= 24 * 60]
    return {"n": len(kept), "median": round(median(kept), 2), "p90": round(p90(kept), 2)}


def same(found: dict[str, float], wanted: dict[str, float]) -> None:
    assert found["n"] == wanted["n"]
    for name in ("median", "p90"):
        assert found[name] == pytest.approx(wanted[name], abs=0.011)


@pytest.mark.parametrize("agency", LOGS)
def test_every_row_is_loaded_and_every_column_known(loaded, agency: str):
    report = loaded[1][agency]
    assert report.rows_read == report.loaded
    assert (report.filtered, report.rejected, report.unchanged) == (0, 0, 0)
    assert report.unused_columns == ()


@pytest.mark.parametrize("agency", OTHER_RESPONDERS)
@pytest.mark.parametrize("metric", METRICS)
def test_other_responders_work_is_never_the_teams(snapshot: Snapshot, agency: str, metric: str):
    found = answer(metric, Selection(program_ids=(agency,)), snapshot)
    assert found.total.status is Status.NOT_RECORDED
    assert (found.total.numerator, found.total.value) == (None, None)


@pytest.mark.parametrize("agency", OTHER_RESPONDERS)
def test_other_responders_have_no_team_times_and_no_police_word(tables, agency: str):
    for row in of(tables, "incident", agency):
        assert row["is_community_dispatched"] is None
        assert (row["dispatched_at"], row["arrived_at"], row["cleared_at"]) == (None, None, None)
        assert row["police_involvement"] == row["call_origin"] == "not_recorded"
        assert row["is_eligible"] is None
    kinds = {row["responder_type"] for row in of(tables, "unit_response", agency)}
    assert kinds <= {"fire", "ems"}


# San Francisco


def test_sf_one_call_is_one_incident_however_many_units(loaded, tables, expected):
    wanted = expected["sf_fire_units"]
    calls, units = of(tables, "incident", "sf-fire"), of(tables, "unit_response", "sf-fire")
    assert loaded[1]["sf-fire"].rows_read == len(units) == wanted["unit_rows"] == 4504
    assert len(calls) == wanted["calls"] == 2406
    by_call = Counter(row["incident_id"] for row in units)
    per_call = {str(n): c for n, c in Counter(by_call.values()).items()}
    assert per_call == wanted["units_per_call"]
    assert all(row["row_count"] == by_call[row["incident_id"]] for row in calls)


def test_sf_calls_by_type_year_priority_and_transport(tables, expected):
    wanted = expected["sf_fire_units"]
    calls = of(tables, "incident", "sf-fire")
    assert counted(calls, "initial_call_type_code") == wanted["calls_by_type"]
    assert Counter(row["call_type"] for row in calls)["medical"] == wanted["medical_calls"]
    years = Counter(str(row["received_at"].year) for row in calls)
    assert dict(years) == wanted["calls_by_received_year"]
    assert counted(calls, "priority_code") == wanted["calls_by_final_priority"]
    assert sum(row["has_transport"] for row in calls) == wanted["calls_with_any_transport"]
    assert min(row["received_at"] for row in calls).isoformat(" ") == wanted["received_min"]
    assert max(row["received_at"] for row in calls).isoformat(" ") == wanted["received_max"]


def test_sf_units_by_responder_type(tables, expected):
    by_type = expected["sf_fire_units"]["units_by_type"]
    ambulances = by_type["MEDIC"] + by_type["PRIVATE"]
    kinds = counted(of(tables, "unit_response", "sf-fire"), "responder_type")
    assert kinds == {"ems": ambulances, "fire": 4504 - ambulances}


def test_sf_times_per_call_and_per_unit(tables, expected):
    wanted = expected["sf_fire_units"]
    received = {row["incident_id"]: row for row in of(tables, "incident", "sf-fire")}
    first: dict[str, dict] = {}
    for row in of(tables, "unit_response", "sf-fire"):
        times = first.setdefault(row["incident_id"], {"arrived_at": [], "dispatched_at": []})
        for name in times:
            if row[name] is not None:
                times[name].append(row[name])
    for name, key in (
        ("arrived_at", "received_to_first_on_scene_min_per_call"),
        ("dispatched_at", "received_to_dispatch_min_per_call"),
    ):
        waits = [
            minutes(received[call]["received_at"], min(times[name]))
            for call, times in first.items()
            if times[name]
        ]
        same(spread(waits), wanted[key])
    without = sum(not times["arrived_at"] for times in first.values())
    assert without == wanted["calls_without_on_scene"] == 155
    on_scene = [
        minutes(row["arrived_at"], row["cleared_at"])
        for row in of(tables, "unit_response", "sf-fire")
        if row["arrived_at"] and row["cleared_at"]
    ]
    same(spread(on_scene), wanted["unit_on_scene_to_available_min_per_unit"])


# San Diego


def test_san_diego_look_ups_multiply_no_row(tables, expected):
    wanted = expected["san_diego"]
    calls = of(tables, "incident", "san-diego-pd")
    assert len(calls) == wanted["rows"] == 28970
    assert len({row["incident_id"] for row in calls}) == wanted["unique_incidents"]
    assert counted(calls, "priority_code") == wanted["priority"]
    days = Counter(row["received_at"].date().isoformat() for row in calls)
    assert dict(days) == wanted["by_day"]
    codes = Counter(row["initial_call_type_code"] for row in calls)
    assert {code: codes[code] for code in wanted["top_call_types"]} == wanted["top_call_types"]
    assert sum(row["area_id"] is None for row in calls) == wanted["beat_minus1"]


def test_san_diego_codes_without_a_meaning_are_reported(tables, expected):
    wanted = expected["san_diego"]
    found = findings(tables, "san-diego-pd")
    blank = Counter(
        row["initial_call_type_code"] for row in of(tables, "incident", "san-diego-pd")
    )[None]
    types = found["call type words", "not in the look-up file"]
    assert {"<blank>": blank, **types} == wanted["unmatched_call_types"]
    dispositions = found["disposition words", "not in the look-up file"]
    assert dispositions == {"DEF": wanted["unmatched_disposition_codes"]["DEF"]}
    # The city's file has FP twice, as a foot pursuit and as a warrant.
    assert found["call type words", "with two meanings in the look-up file"] == {"FP": 2}
    assert found["call_type", "unmapped code"]["1016P"] == 2


def test_san_diego_arrests(tables, expected):
    wanted = expected["san_diego"]
    calls = of(tables, "incident", "san-diego-pd")
    arrests = Counter(row["has_arrest"] for row in calls)
    with_boarding = wanted["disposition"]["AB"]
    assert arrests[True] == wanted["arrests_A_total"] + with_boarding == 1026
    # 92 blank dispositions and one that the city's file does not explain.
    assert arrests[None] == wanted["disposition"]["<blank>"] + wanted["disposition"]["DEF"] == 93
    # The one "arrest made, board and secure" was on a welfare check.
    for code, key, boarding in (("5150", "mental_5150", 0), ("CW", "check_welfare_CW", 1)):
        of_type = [row for row in calls if row["initial_call_type_code"] == code]
        assert len(of_type) == wanted[key]["rows"]
        assert (
            sum(bool(row["has_arrest"]) for row in of_type) == wanted[key]["arrests_A"] + boarding
        )


# Toronto


def test_toronto_hours_and_days(tables, expected):
    wanted = expected["toronto_pic"]
    calls = of(tables, "incident", "toronto-pic")
    assert len(calls) == wanted["rows"] == 32000
    hours = Counter(str(row["received_at"].hour) if row["received_at"] else "NA" for row in calls)
    assert dict(hours) == wanted["by_hour"]
    months = Counter(f"{row['received_date']:%Y-%m}" for row in calls)
    assert dict(months) == wanted["by_month"]
    not_entered = findings(tables, "toronto-pic")["received_at", "not entered"]
    assert sum(not_entered.values()) == wanted["by_hour"]["NA"] == 1137


def test_toronto_types_divisions_and_apprehensions(tables, expected):
    wanted = expected["toronto_pic"]
    calls = of(tables, "incident", "toronto-pic")
    assert counted(calls, "initial_call_type_code") == wanted["event_type"]
    divisions = Counter(row["area_id"] for row in calls)
    assert {name: divisions[name] for name in wanted["top_divisions"]} == wanted["top_divisions"]
    held = Counter(row["has_involuntary_hold"] for row in calls)
    assert held == {
        True: wanted["apprehension_made"]["Yes"],
        False: wanted["apprehension_made"]["No"],
    }


# Eugene


def test_eugene_spreadsheet_damage_is_reported_and_not_guessed(tables):
    found = findings(tables, "eugene-cad")
    times = found["received_at", "damaged by a spreadsheet"]
    assert sum(times.values()) == 5
    assert "00:05.0" in times
    units = found["unit_id", "damaged by a spreadsheet"]
    assert units == {"5.00E+93": 1, "5.00E+31": 1, "6.00E+45": 1}
    calls = of(tables, "incident", "eugene-cad")
    assert {row["received_at"] for row in calls} == {None}
    assert {row["is_community_dispatched"] for row in calls} == {None}
    assert {row["unit_id"] for row in of(tables, "unit_response", "eugene-cad")} == {"5Z51", "5T82"}
    assert Counter(row["call_origin"] for row in calls) == {
        "responder_initiated": 3,
        "non_emergency": 1,
        "911": 1,
    }


# Lane County


def test_lane_reasons_by_primary_and_by_any_of_five(tables, expected):
    wanted = expected["mcslc"]
    calls = of(tables, "incident", "lane-county-mcs")
    primary = Counter(row["initial_call_type_code"] or "<blank>" for row in calls)
    assert dict(primary) == wanted["reason_primary"]
    any_of_five = Counter(code for row in calls for code in set(row["reason_codes"]) if code)
    named = {reason: any_of_five[reason] for reason in wanted["reason_any_of_five"]}
    assert named == wanted["reason_any_of_five"]


def test_nothing_of_the_real_look_up_files_is_shipped():
    shipped = {path.name for path in AGENCIES.rglob("*") if path.is_file()}
    assert shipped <= {"profile.toml", "call_types.csv"}

"""The two real logs: every number that our own reading of them gives, and what they cannot answer."""

import csv
import gzip
import json
from collections import Counter

import openpyxl
import pytest
from places import EXPECTED, PROJECT, REAL_LOGS

from outcomes.answers.answer import Answer, answer
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.store.folder import live_snapshot_name
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, RecordGrain, Status

LANE = Selection(program_ids=("lane-county-mcs",))
CAHOOTS = Selection(program_ids=("eugene-cahoots-log",))
GAP_MONTHS = ("2024-11", "2024-12")


@pytest.fixture(scope="module")
def expected(real_store) -> dict:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


def counts_by(found: Answer, key: str) -> dict[str | None, int | None]:
    """The numerator of every row by its grain value; None where there is no number."""
    table = found.table
    return {
        row[key]: None if row["numerator"] != row["numerator"] else int(row["numerator"])
        for row in table.to_dict("records")
    }


def numbers(found: Answer) -> tuple[int, int]:
    return int(found.total.numerator), int(found.total.denominator)


# Lane County


def test_lane_rows_are_all_accounted_for(real_reports, expected):
    report = real_reports[1]["lane-county-mcs"]
    counts = (report.rows_read, report.loaded, report.filtered, report.rejected, report.unchanged)
    assert counts == (4682, 4682, 0, 0, 0)
    assert expected["mcslc"]["rows"] == 4682
    assert report.unused_columns == ()


def test_lane_dispatches_by_month(real_snapshot: Snapshot, expected):
    found = answer("dispatches", LANE, real_snapshot, Breakdown.MONTH)
    assert found.total.numerator == 4682
    months = dict(expected["mcslc"]["by_month"])
    undated = months.pop("<blank>")
    assert undated == 77
    assert counts_by(found, "month") == {**months, **dict.fromkeys(GAP_MONTHS), None: 77}
    assert sum(months.values()) + undated == 4682


def test_lane_undated_are_told(real_snapshot: Snapshot):
    (program,) = [p for p in real_snapshot.programs if p.program_id == "lane-county-mcs"]
    assert program.undated_count == 77
    assert program.call_count == 4682
    found = answer("dispatches", LANE, real_snapshot, Breakdown.MONTH)
    assert (
        "Some records have no date; they stand under no month and are in the total." in found.notes
    )


@pytest.mark.parametrize("metric", ["dispatches", "responses", "response_min", "arrest_rate"])
def test_lane_months_without_records_are_a_gap_and_not_zero(real_snapshot: Snapshot, metric: str):
    found = answer(metric, LANE, real_snapshot, Breakdown.MONTH)
    rows = found.table.set_index("month")
    for month in GAP_MONTHS:
        assert rows.loc[month, "coverage"] == "gap"
        assert rows.loc[month, "status"] == Status.NOT_RECORDED
        assert rows.loc[month, ["numerator", "denominator", "value"]].isna().all()
    assert "No records at all for 2024-11, 2024-12: a gap in the log, not zero." in found.notes
    assert rows.loc["2024-08", "coverage"] == "partial"
    assert rows.loc["2024-10", "coverage"] == "partial"
    assert rows.loc["2025-12", "coverage"] == "partial"
    assert rows.loc["2025-06", "coverage"] == "whole"


def test_lane_quarter_with_a_gap_is_partial(real_snapshot: Snapshot):
    rows = answer("dispatches", LANE, real_snapshot, Breakdown.QUARTER).table.set_index("quarter")
    assert rows.loc["2024-Q4", "coverage"] == "partial"
    assert rows.loc["2024-Q4", "numerator"] == 24
    assert rows.loc["2025-Q2", "coverage"] == "whole"
    assert rows.loc["2025-Q2", "numerator"] == 284 + 495 + 563


def test_lane_dispatches_by_city(real_snapshot: Snapshot, expected):
    found = answer("dispatches", LANE, real_snapshot, Breakdown.AREA)
    assert counts_by(found, "area_id") == expected["mcslc"]["by_city"]


def test_lane_safety_disengagements(real_snapshot: Snapshot, expected):
    found = answer("safety_disengagement_rate", LANE, real_snapshot)
    assert numbers(found) == (expected["mcslc"]["safety_no_contact"], 4682) == (19, 4682)
    assert found.total.value == pytest.approx(19 / 4682)
    # 1,592 blank end points and 5 that say "Other".
    assert "1,597 dispatches have no result recorded; any of them could be one more." in found.notes


def test_lane_arrests(real_snapshot: Snapshot, expected):
    of_dispatches = answer("arrest_dispatch_share", LANE, real_snapshot)
    assert numbers(of_dispatches) == (expected["mcslc"]["arrests"], 4682) == (16, 4682)
    assert round(of_dispatches.total.value * 100, 3) == expected["mcslc"]["arrest_rate_pct"]
    of_responses = answer("arrest_rate", LANE, real_snapshot)
    assert numbers(of_responses) == (16, 4406)
    # 14 of the 16 have an arrival time.
    assert (
        "2 of the arrests have no arrival time; the arrest itself shows that the team was on scene."
        in of_responses.notes
    )


def test_lane_emergency_departments(real_snapshot: Snapshot, expected):
    of_dispatches = answer("emergency_department_dispatch_share", LANE, real_snapshot)
    assert numbers(of_dispatches) == (652, 4682)
    assert round(of_dispatches.total.value * 100, 2) == expected["mcslc"]["ed_rate_pct"] == 13.93
    of_responses = answer("emergency_department_share", LANE, real_snapshot)
    assert numbers(of_responses) == (652, 4406)
    # 637 of the 652 have an arrival time.
    assert (
        "15 of them have no arrival time; the outcome itself shows that the team was on scene."
        in of_responses.notes
    )


def test_lane_responses_known_by_outcome_alone(real_snapshot: Snapshot):
    found = answer("responses", LANE, real_snapshot)
    assert found.total.numerator == 4406
    assert (
        "101 of these responses have no arrival time; an outcome that can only happen on scene shows "
        "that the team was there." in found.notes
    )


def test_lane_response_times(real_snapshot: Snapshot, expected):
    median = answer("response_min", LANE, real_snapshot)
    p90 = answer("response_p90_min", LANE, real_snapshot)
    wanted = expected["mcslc"]["request_to_arrival_min"]
    assert (median.total.value, median.total.denominator) == (wanted["median"], wanted["n"])
    assert (p90.total.value, p90.total.denominator) == (wanted["p90"], wanted["n"])
    assert (wanted["median"], wanted["p90"], wanted["n"]) == (30, 76, 4252)
    assert wanted["negative"] == 22
    assert wanted["over_24h"] == 24
    assert "22 intervals are negative and left out." in median.notes
    assert "24 intervals are longer than believable and left out." in median.notes
    # Every response is used or told: 4,252 + 22 + 24 + 108 lacking a time.
    assert "108 responses lack one of the two times and are left out." in median.notes
    assert 4252 + 22 + 24 + 108 == 4406


def test_lane_placeholders_are_counted(real_snapshot: Snapshot, expected):
    wanted = expected["mcslc"]["placeholder_midnight"]
    found = real_snapshot.run("quality", "values_not_understood", {"program_id": "lane-county-mcs"})
    midnight = found[found.rule == "not entered"].set_index("field").row_count
    named = {
        "received_at": "req",
        "dispatched_at": "disp",
        "arrived_at": "arr",
        "contact_at": "eng",
        "cleared_at": "dep",
    }
    assert {field: int(midnight[field]) for field in named} == {
        field: wanted[key] for field, key in named.items()
    }
    assert list(wanted.values()) == [23, 83, 186, 833, 137]
    out_of_range = found[found.rule == "out of range"]
    assert list(out_of_range.field) == ["cleared_at"]
    assert out_of_range.value.iloc[0].startswith("2005")


def test_lane_end_points_without_regard_to_case(real_snapshot: Snapshot, expected):
    # Every spelling is on the list, so no value is unknown.
    found = real_snapshot.run("quality", "values_not_understood", {"program_id": "lane-county-mcs"})
    assert found[found.rule == "unknown value"].empty
    contact = answer("contact_share", LANE, real_snapshot)
    assert contact.total.numerator >= expected["mcslc"]["endpoint_casefold"]["engaged client"]


def test_lane_call_types(real_snapshot: Snapshot, expected):
    found = counts_by(answer("dispatches", LANE, real_snapshot, Breakdown.CALL_TYPE), "call_type")
    reasons = expected["mcslc"]["reason_primary"]
    assert found["not_recorded"] == reasons["<blank>"] == 125
    assert found["suicide_risk"] == reasons["Suicidality or suicide attempt"] == 681
    assert found["disruptive_behavior"] == reasons["Agitation or disruptive behavior"] == 1492
    assert sum(found.values()) == 4682
    assert "not_mapped" not in found


def test_lane_dispositions_are_those_of_the_export(real_snapshot: Snapshot):
    """Counted from the workbook itself, row by row, with no code of the product."""
    workbook = openpyxl.load_workbook(REAL_LOGS["lane-county-mcs"], read_only=True)
    header, *rows = workbook["Abbrev list"].iter_rows(values_only=True)
    wanted: Counter[str] = Counter()
    for cells in rows:
        row = dict(zip(header, cells, strict=True))
        told = " ".join(str(row["Disposition"] or "").split()).casefold()
        end = " ".join(str(row["End Point of Dispatch"] or "").split()).casefold()
        exits = {
            "unable to locate": "unable_to_locate",
            "unable to locate client": "unable_to_locate",
            "refused": "refused",
            "client declined to engage": "refused",
            "cancelled": "cancelled",
            "dispatch canceled before arrival": "cancelled",
            "no contact due to safety concern": "left_for_safety",
        }

        def entered(column: str, row: dict = row) -> bool:
            value = row[column]
            return value is not None and (value.hour, value.minute, value.second) != (0, 0, 0)

        met = end == "engaged client" or (
            end not in exits and entered("Engagement with Client Date & Time")
        )
        action = {"arrest": "arrested", "emergency department": "transported_emergency_department"}
        # Somebody who refused after an engagement was reached.
        engaged = entered("Engagement with Client Date & Time") and exits.get(end) not in (
            "unable_to_locate",
            "cancelled",
        )
        arrived = entered("Arrival on Scene Date & Time")
        if not (arrived or met or engaged or told in action):
            continue
        if told in action:
            wanted[action[told]] += 1
        elif "sobering" in told or told in ("crisis walk-in center", "respite"):
            wanted["transported_crisis_center"] += 1
        elif end in exits:
            wanted[exits[end]] += 1
        elif told == "other":
            wanted["other"] += 1
        else:
            wanted["resolved_on_scene" if met else "not_recorded"] += 1
    found = answer("dispositions", LANE, real_snapshot, Breakdown.DISPOSITION)
    counted = {word: count for word, count in counts_by(found, "disposition").items() if count}
    assert counted == dict(wanted)
    assert sum(counted.values()) == 4406
    assert (counted["arrested"], counted["transported_emergency_department"]) == (16, 652)
    assert counted["unable_to_locate"] == 842
    assert counted["refused"] == 544


def test_lane_remained_in_community_serves_nobody_who_was_not_found(real_snapshot: Snapshot):
    served = answer("served_share", LANE, real_snapshot)
    assert numbers(served) == (2803, 4275)
    # Wrong: "Remained in community" on 3,750 rows, taken for people helped.
    assert served.total.numerator == 2101 + 34 + 652 + 16
    told = answer("dispositions", LANE, real_snapshot).notes
    assert any(note.startswith("On 739 responses the contact result says") for note in told)


@pytest.mark.parametrize(
    ("metric", "needed"),
    [
        ("referral_accepted_share", "whether a referral was offered"),
        ("repeat_contact_30_share", "an id of which only a token is stored"),
        ("transport_share", "whether the person was taken anywhere"),
        ("diverted_strict", "whether police were present on each response"),
        ("diverted_broad", "whether police were present on each response"),
        ("injury_rate", "for each response, whether anyone was hurt, who and how badly"),
        ("safety_escalation_rate", "whether the team asked for police for its safety"),
        (
            "eligible_reached_share",
            "every call that the team may take, reached or not, by a reviewed list that names",
        ),
        ("calls_for_service", "every call from the public"),
        ("force_rate", "whether force was used"),
    ],
)
def test_lane_says_what_would_have_to_be_recorded(
    real_snapshot: Snapshot, metric: str, needed: str
):
    found = answer(metric, LANE, real_snapshot, Breakdown.MONTH)
    assert found.total.status is Status.NOT_RECORDED
    assert found.total.value is None
    assert found.total.numerator is None
    assert found.table.empty
    (note,) = [note for note in found.notes if note.startswith("Not recorded: ")]
    assert "Mobile Crisis Services of Lane County" in note
    assert "What would have to be recorded: " in note
    assert needed in note


# CAHOOTS


def test_cahoots_says_who_was_met_and_not_what_came_of_it(real_snapshot: Snapshot):
    for key in ("served_share", "dispositions", "repeat_contact_30_share", "arrest_rate"):
        assert answer(key, CAHOOTS, real_snapshot).total.status is Status.NOT_RECORDED
    by_gender = answer("contacts", CAHOOTS, real_snapshot, Breakdown.GENDER)
    assert by_gender.total.numerator == 46900
    with gzip.open(REAL_LOGS["eugene-cahoots-log"], "rt", encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Date"]]
    wanted = Counter(" ".join(row["Gender"].split()).casefold() for row in rows)
    counted = counts_by(by_gender, "gender")
    silent = dict.fromkeys(["", "unavailable", "chose not to disclose"], "not_recorded")
    spelled = silent | {"non-binary": "nonbinary"}
    assert {str(word).casefold(): count for word, count in counted.items()} == {
        spelled.get(word, word): count for word, count in wanted.items()
    }
    # Spelled as it is spelled most often, whatever the case elsewhere.
    assert "Female" in counted


def test_cahoots_rows_are_all_accounted_for(real_reports, expected):
    report = real_reports[1]["eugene-cahoots-log"]
    counts = (report.rows_read, report.loaded, report.filtered, report.rejected, report.unchanged)
    assert counts == (47951, 46900, 1051, 0, 0)
    assert report.reasons == {"filtered: empty row at the end of the export": 1051}
    assert expected["cahoots_2021_22"]["rows_date_blank"] == 1051
    assert expected["cahoots_2021_22"]["records"] == 46900


def test_cahoots_by_year_and_month(real_snapshot: Snapshot, expected):
    by_year = answer("responses", CAHOOTS, real_snapshot, Breakdown.YEAR)
    assert by_year.total.numerator == 46900
    assert counts_by(by_year, "year") == {"2021": 23260, "2022": 23640}
    by_month = answer("responses", CAHOOTS, real_snapshot, Breakdown.MONTH)
    assert counts_by(by_month, "month") == expected["cahoots_2021_22"]["by_month"]


def test_cahoots_call_types(real_snapshot: Snapshot, expected):
    found = counts_by(answer("responses", CAHOOTS, real_snapshot, Breakdown.CALL_TYPE), "call_type")
    reasons = expected["cahoots_2021_22"]["reason"]
    assert found["police_assist"] == reasons["Police Assist"] == 4660
    assert sorted(found.values()) == sorted(reasons.values())


def test_cahoots_areas(real_snapshot: Snapshot, expected):
    found = counts_by(answer("responses", CAHOOTS, real_snapshot, Breakdown.AREA), "area_id")
    assert found == expected["cahoots_2021_22"]["city"]


def test_cahoots_helping_police_is_no_escalation(real_snapshot: Snapshot):
    found = answer("safety_escalation_rate", CAHOOTS, real_snapshot)
    assert found.total.status is Status.NOT_RECORDED
    assert found.total.numerator is None
    assert any("whether the team asked for police for its safety" in note for note in found.notes)


def test_cahoots_counts_people_and_says_so(real_snapshot: Snapshot):
    found = answer("responses", CAHOOTS, real_snapshot)
    assert found.source.record_grain is RecordGrain.PERSON
    assert "The log counts people served, not calls: one call can have several." in found.notes


def test_people_are_never_added_to_calls(real_snapshot: Snapshot):
    found = answer("responses", Selection(), real_snapshot)
    assert found.total.numerator == 4406
    assert "Left out, because its log counts people served and not calls: CAHOOTS." in found.notes


def test_cahoots_unreadable_time_keeps_its_date(real_snapshot: Snapshot, expected):
    found = real_snapshot.run(
        "quality", "values_not_understood", {"program_id": "eugene-cahoots-log"}
    )
    times = found[found.field == "received_at"]
    assert int(times.row_count.sum()) == expected["cahoots_2021_22"]["time_unparsed"] == 4
    assert any("11:012:25" in str(value) for value in times.value)


@pytest.mark.parametrize("agency", REAL_LOGS)
def test_the_same_file_again_changes_nothing(real_reports, agency: str):
    store, first = real_reports
    live = live_snapshot_name(store)
    again = load_log([REAL_LOGS[agency]], agency, PROJECT / "data" / "agencies", store)
    assert (again.loaded, again.rejected) == (0, 0)
    assert again.unchanged == first[agency].loaded
    assert again.filtered == first[agency].filtered
    assert live_snapshot_name(store) == live

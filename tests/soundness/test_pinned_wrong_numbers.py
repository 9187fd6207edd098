"""Wrong numbers that such products print, each pinned beside the right one: the test fails where the wrong one comes back."""

import shutil
from pathlib import Path

import pytest
from made_city import AGENCY, CALL_TYPES, write_agency, write_csv

from outcomes.answers.answer import Answer, answer
from outcomes.ingest.run import load_log
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, Status


def city(folder: Path, rows: list[dict[str, str]], **profile: object) -> Snapshot:
    agencies = write_agency(folder / "agencies", **profile)
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def call(identity: str, received: str, **cells: str) -> dict[str, str]:
    base = {"id": identity, "received": received, "arrived": received[:14] + "30:00", "type": "MH"}
    return {**base, "origin": "911", "result": "contacted", "police": "none", **cells}


def cell(found: Answer, grain: str) -> dict[str, object]:
    rows = {row[found.keys[0]]: row for row in found.table.to_dict("records")}
    return rows[grain]


@pytest.mark.slow
def test_units_sent_to_one_call_do_not_multiply_it(tmp_path: Path):
    # Four unit rows, two calls. Wrong: 4 responses, 3 arrests, 3 people hurt.
    rows = [
        call("U1", "2024-01-05 10:00:00", arrest="yes", **{"hurt 1": "bystander:first_aid"}),
        call("U1", "2024-01-05 10:00:00", arrest="yes", arrived="2024-01-05 10:25:00",
             **{"hurt 1": "bystander:first_aid"}),
        call("U1", "2024-01-05 10:00:00", arrest="yes", arrived="2024-01-05 10:35:00",
             **{"hurt 1": "bystander:first_aid"}),
        call("U2", "2024-01-06 10:00:00", arrest="no"),
    ]  # fmt: skip
    for row in rows:
        row["hurt asked"] = "yes"
    team = '[words.responder_type]\nconstant = "community"'
    snapshot = city(tmp_path, rows, rows_are="unit", more=team)
    assert answer("responses", Selection(), snapshot).total.numerator == 2
    arrests = answer("arrest_rate", Selection(), snapshot).total
    assert (arrests.numerator, arrests.denominator) == (1, 2)
    assert answer("injury_rate", Selection(), snapshot).total.numerator == 1
    # And the wait is the first unit's: 25 and 30 minutes.
    waits = answer("response_min", Selection(), snapshot, Breakdown.CALL_TYPE)
    assert waits.total.denominator == 2
    assert waits.total.value in (25, 27.5)


def test_repeated_codes_of_a_look_up_list_do_not_multiply_calls(tmp_path: Path):
    # The same code twice, also in other case and padding. Wrong: 3 responses for each call.
    repeated = CALL_TYPES + " mh ,again,mental_health,yes,\nMH,once more,mental_health,yes,\n"
    snapshot = city(tmp_path, [call("A", "2024-01-05 10:00:00")], call_types=repeated)
    assert answer("responses", Selection(), snapshot).total.numerator == 1
    assert answer("eligible_calls", Selection(), snapshot).total.numerator == 1


def monthly(month: str, responses: int, arrests: int) -> list[dict[str, str]]:
    return [
        call(f"{month}-{n}", f"2024-{month}-{n % 28 + 1:02d} 10:00:00",
             arrest="yes" if n < arrests else "no")
        for n in range(responses)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def uneven(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """10 arrests on 20 responses in January, none on 180 in February; no March; 40 in April."""
    rows = [*monthly("01", 20, 10), *monthly("02", 180, 0), *monthly("04", 40, 4)]
    return city(tmp_path_factory.mktemp("uneven"), rows)


def test_a_total_is_no_mean_of_months(uneven: Snapshot):
    asked = Selection(last_month=parse_month("2024-02"))
    found = answer("arrest_rate", asked, uneven, Breakdown.MONTH)
    months = [row["value"] for row in found.table.to_dict("records")]
    assert months == [0.5, 0.0]
    # Wrong: the mean of 50% and 0%, 25%.
    assert found.total.value == pytest.approx(10 / 200)
    assert (found.total.numerator, found.total.denominator) == (10, 200)


def test_a_quarter_is_no_mean_of_months(uneven: Snapshot):
    found = answer("arrest_rate", Selection(), uneven, Breakdown.QUARTER)
    quarter = cell(found, "2024-Q1")
    assert quarter["value"] == pytest.approx(10 / 200)


def test_a_gap_is_not_zero(uneven: Snapshot):
    for metric in ("responses", "arrest_rate", "response_min"):
        found = answer(metric, Selection(), uneven, Breakdown.MONTH)
        march = cell(found, "2024-03")
        assert march["coverage"] == "gap"
        assert march["status"] == Status.NOT_RECORDED
        assert march["value"] != march["value"], "no number, not 0"
        assert march["numerator"] != march["numerator"]
        assert "No records at all for 2024-03: a gap in the log, not zero." in found.notes


def test_a_covered_month_without_cases_is_zero_and_not_missing(uneven: Snapshot):
    asked = Selection(call_types=("suicide_risk",))
    found = answer("responses", asked, uneven, Breakdown.MONTH)
    assert cell(found, "2024-02")["numerator"] == 0
    assert cell(found, "2024-02")["status"] == Status.SHOWN
    assert cell(found, "2024-03")["status"] == Status.NOT_RECORDED
    shares = answer("arrest_rate", asked, uneven, Breakdown.MONTH)
    assert cell(shares, "2024-02")["status"] == Status.NO_CASES


def test_zero_events_have_an_upper_limit(uneven: Snapshot):
    february = cell(answer("arrest_rate", Selection(), uneven, Breakdown.MONTH), "2024-02")
    assert (february["numerator"], february["value"], february["low"]) == (0, 0, 0)
    # One-sided exact 95% limit for 0 of 180: 1 - 0.05 ** (1 / 180). Wrong: an interval from 0 to 0.
    assert february["high"] == pytest.approx(1 - 0.05 ** (1 / 180))


def test_a_call_before_midnight_belongs_to_its_own_month(tmp_path: Path):
    rows = [
        call("A", "2024-01-31 23:59:00", arrived="2024-02-01 00:05:00"),
        call("B", "2024-02-01 00:00:30", arrived="2024-02-01 00:10:30"),
    ]
    snapshot = city(tmp_path, rows)
    found = answer("responses", Selection(), snapshot, Breakdown.MONTH)
    assert cell(found, "2024-01")["numerator"] == 1
    assert cell(found, "2024-02")["numerator"] == 1
    waits = answer("response_min", Selection(), snapshot, Breakdown.MONTH)
    # Wrong: minus 1,434 minutes, from times of day alone.
    assert cell(waits, "2024-01")["value"] == 6
    assert cell(waits, "2024-02")["value"] == 10


def test_a_request_without_a_reason_is_neither_safety_nor_nothing(tmp_path: Path):
    rows = [
        call("A", "2024-01-01 10:00:00", police="requested_by_team", request="safety_routine"),
        call("B", "2024-01-02 10:00:00", police="requested_by_team"),
        call("C", "2024-01-03 10:00:00"),
        call("D", "2024-01-04 10:00:00", police=""),
    ]
    snapshot = city(tmp_path, rows)
    safety = answer("safety_escalation_rate", Selection(), snapshot)
    assert (safety.total.numerator, safety.total.denominator) == (1, 3)
    assert (
        "For 1 requests the log does not say why; they are not counted as safety." in safety.notes
    )
    # D is left out, not counted as a response without police. Wrong: 2 of 4.
    alone = answer("without_police_share", Selection(), snapshot).total
    assert (alone.numerator, alone.denominator) == (1, 3)


def test_a_log_without_reasons_says_not_recorded(tmp_path: Path):
    rows = [call("A", "2024-01-01 10:00:00", police="requested_by_team")]
    snapshot = city(tmp_path, rows, without=["police_request_reason"])
    found = answer("safety_escalation_rate", Selection(), snapshot)
    # Wrong: 0 of 1, "the team never asked for safety".
    assert found.total.status is Status.NOT_RECORDED
    assert (found.total.numerator, found.total.value) == (None, None)
    assert answer("police_request_rate", Selection(), snapshot).total.numerator == 1


def test_a_log_without_injuries_says_not_recorded(tmp_path: Path):
    snapshot = city(tmp_path, [call("A", "2024-01-01 10:00:00")], without=["is_injury_recorded"])
    for metric in ("injury_rate", "serious_injury_rate", "injury_recorded_share"):
        found = answer(metric, Selection(), snapshot, Breakdown.MONTH)
        assert found.total.status is Status.NOT_RECORDED
        assert found.total.value is None
        assert found.table.empty


def test_blank_injury_cells_are_not_nobody_hurt(tmp_path: Path):
    rows = [
        call("A", "2024-01-01 10:00:00", **{"hurt asked": "yes"}),
        call("B", "2024-01-02 10:00:00"),
        call("C", "2024-01-03 10:00:00"),
    ]
    snapshot = city(tmp_path, rows)
    total = answer("injury_rate", Selection(), snapshot).total
    # Wrong: 0 of 3.
    assert (total.numerator, total.denominator) == (0, 1)
    share = answer("injury_recorded_share", Selection(), snapshot).total
    assert (share.numerator, share.denominator) == (1, 3)


@pytest.mark.slow
def test_contact_is_counted_over_responses_where_arrivals_are_not_recorded(tmp_path: Path):
    rows = [
        call("A", "2024-01-01 10:00:00", dispatched="2024-01-01 10:01:00"),
        call("B", "2024-01-02 10:00:00", dispatched="2024-01-02 10:01:00", result="refused"),
        call("C", "2024-01-03 10:00:00", dispatched="2024-01-03 10:01:00", result="",
             contact="2024-01-03 10:30:00"),
    ]  # fmt: skip
    snapshot = city(tmp_path, rows, without=["arrived_at"])
    responses = answer("responses", Selection(), snapshot).total.numerator
    contact = answer("contact_share", Selection(), snapshot).total
    assert responses == 3
    # Wrong, and so before: 2 of 2. A refusal was no response, so that contact chose what it was counted over.
    assert (contact.numerator, contact.denominator) == (2, 3)


def test_public_origin_is_not_assumed(tmp_path: Path):
    rows = [call("A", "2024-01-01 10:00:00", origin=""), call("B", "2024-01-02 10:00:00")]
    snapshot = city(tmp_path, rows)
    assert answer("calls_for_service", Selection(), snapshot).total.numerator == 1
    strict = answer("diverted_strict", Selection(), snapshot)
    assert strict.total.numerator == 1
    assert any(note.startswith("1 more responses can neither be counted") for note in strict.notes)


@pytest.mark.slow
def test_made_up_calls_are_never_added_to_real_ones(tmp_path: Path, small_agencies: Path):
    agencies = tmp_path / "agencies"
    shutil.copytree(small_agencies, agencies)
    made_up = write_agency(agencies, "demo-city", name="Demo") / "demo-city" / "profile.toml"
    text = made_up.read_text(encoding="utf-8")
    made_up.write_text(
        text.replace('data_owner = "The tests"', 'data_owner = "Nobody"\ndata_kind = "made_up"'),
        encoding="utf-8",
    )
    log = write_csv(tmp_path / "calls.csv", [call("A", "2024-01-01 10:00:00")])
    load_log([log], "demo-city", agencies, tmp_path / "store")
    alone = answer("responses", Selection(), live_snapshot(tmp_path / "store"))
    assert alone.notes[0] == "Made-up demonstration data: these are no real calls."
    load_log([log], AGENCY, agencies, tmp_path / "store")
    both = answer("responses", Selection(), live_snapshot(tmp_path / "store"))
    assert both.total.numerator == 1
    assert (
        "Made-up demonstration programs are left out: they are never added to real ones."
        in both.notes
    )


def test_a_call_sent_twice_is_counted_once(tmp_path: Path):
    # In one file, and again in a second one that overlaps. Wrong: 3 or 4 responses.
    first, second = call("A", "2024-01-05 10:00:00"), call("B", "2024-01-06 10:00:00")
    agencies = write_agency(tmp_path / "agencies")
    store = tmp_path / "store"
    january = write_csv(tmp_path / "january.csv", [first, first, second])
    overlap = write_csv(tmp_path / "overlap.csv", [second])
    reports = [load_log([path], AGENCY, agencies, store) for path in (january, overlap)]
    assert answer("responses", Selection(), live_snapshot(store)).total.numerator == 2
    assert [(r.rows_read, r.loaded, r.unchanged) for r in reports][1] == (1, 0, 1)
    assert reports[0].rows_read == reports[0].loaded + reports[0].filtered + reports[0].rejected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("log_keys", "month", "wait"),
    [
        # The row as it was last closed stands for the call.
        ("", "2024-02", 20),
        # Or both rows are parts of one call, which came in once, in January.
        ('same_id = "join"', "2024-01", 30),
    ],
)
def test_a_reopened_incident_is_one_call(tmp_path: Path, log_keys: str, month: str, wait: int):
    # Opened on the last day of January, opened again in February under its own id. Wrong: 2 responses.
    rows = [
        call("A", "2024-01-31 22:00:00"),
        call("A", "2024-02-01 09:00:00", arrived="2024-02-01 09:20:00"),
    ]
    snapshot = city(tmp_path, rows, log_keys=log_keys)
    found = answer("responses", Selection(), snapshot, Breakdown.MONTH)
    assert found.total.numerator == 1
    assert cell(found, month)["numerator"] == 1
    assert found.table.numerator.sum() == 1
    waits = answer("response_min", Selection(), snapshot).total
    # Wrong: the eleven hours between the two openings counted as waiting.
    assert (waits.denominator, waits.value) == (1, wait)


@pytest.mark.slow
def test_an_incident_reopened_in_a_later_export_moves_and_is_not_added(tmp_path: Path):
    agencies, store = write_agency(tmp_path / "agencies"), tmp_path / "store"
    again = call("A", "2024-02-01 09:00:00", police="requested_by_team", request="crime")
    for name, rows in (
        ("january.csv", [call("A", "2024-01-31 22:00:00"), call("B", "2024-01-30 22:00:00")]),
        ("february.csv", [again]),
    ):
        load_log([write_csv(tmp_path / name, rows)], AGENCY, agencies, store)
    found = answer("responses", Selection(), live_snapshot(store), Breakdown.MONTH)
    assert found.total.numerator == 2
    assert cell(found, "2024-01")["numerator"] == 1
    requests = answer("police_request_rate", Selection(), live_snapshot(store)).total
    assert (requests.numerator, requests.denominator) == (1, 2)


def test_the_hour_that_clocks_repeat_or_skip_adds_no_hour_to_a_wait(tmp_path: Path):
    rows = [
        # Clocks went from 2:00 to 3:00 on 10 March 2024: twenty minutes, not eighty.
        call("A", "2024-03-10 01:50:00", arrived="2024-03-10 03:10:00"),
        # Clocks went from 2:00 back to 1:00 on 3 November 2024: 140 minutes, not eighty.
        call("B", "2024-11-03 00:50:00", arrived="2024-11-03 02:10:00", type="WELF"),
        # Within the repeated hour: ten minutes, not minus fifty.
        call("C", "2024-11-03 01:55:00", arrived="2024-11-03 01:05:00", type="SUIC"),
    ]
    snapshot = city(tmp_path, rows, time_zone="America/Los_Angeles")
    waits = answer("response_min", Selection(), snapshot, Breakdown.CALL_TYPE)
    assert cell(waits, "mental_health")["value"] == 20
    # Above two hours a bin is 2.5% wide.
    assert cell(waits, "welfare_check")["value"] == pytest.approx(140, rel=0.0125)
    assert cell(waits, "suicide_risk")["value"] == 10
    assert waits.total.denominator == 3


def waits(month: str, minutes: list[int]) -> list[dict[str, str]]:
    return [
        call(f"{month}-{n}", f"2024-{month}-{n % 28 + 1:02d} 10:00:00",
             arrived=f"2024-{month}-{n % 28 + 1:02d} {10 + wait // 60}:{wait % 60:02d}:00")
        for n, wait in enumerate(minutes)
    ]  # fmt: skip


def test_a_median_is_no_mean_of_medians_and_no_percentile_of_averages(tmp_path: Path):
    # Three slow calls in January, nine quick ones in February.
    rows = [*waits("01", [60, 60, 60]), *waits("02", [10] * 8 + [100])]
    snapshot = city(tmp_path, rows)
    for breakdown in (Breakdown.MONTH, Breakdown.QUARTER):
        median = answer("response_min", Selection(), snapshot, breakdown)
        p90 = answer("response_p90_min", Selection(), snapshot, breakdown)
        # Wrong: 35, the mean of the months' medians of 60 and 10; or 40, the mean of their means.
        assert median.total.value == 10
        # Nine of ten lie at or under 60. Wrong: the mean of the months' 60 and 28, or of their means.
        assert p90.total.value == 60
    assert cell(median, "2024-Q1")["value"] == 10
    assert cell(p90, "2024-Q1")["value"] == 60


def test_the_medians_of_the_parts_are_not_the_median_of_the_whole(tmp_path: Path):
    def reached(name: str, processing: int, turnout: int, travel: int) -> dict[str, str]:
        ends = (processing, processing + turnout, processing + turnout + travel)
        sent, out, there = (f"2024-01-05 10:{minute:02d}:00" for minute in ends)
        return call(
            name, "2024-01-05 10:00:00", dispatched=sent, arrived=there, **{"en route": out}
        )

    rows = [reached("A", 20, 1, 2), reached("B", 2, 1, 20), reached("C", 2, 15, 2)]
    snapshot = city(tmp_path, rows)
    parts = [
        answer(f"{name}_min", Selection(), snapshot).total.value
        for name in ("call_processing", "turnout", "travel")
    ]
    assert parts == [2, 1, 2]
    # Wrong: 5, the sum of the parts' medians.
    assert answer("response_min", Selection(), snapshot).total.value == 23


@pytest.mark.slow
def test_every_interval_goes_across_midnight(tmp_path: Path):
    row = call(
        "A",
        "2024-01-31 23:50:00",
        dispatched="2024-01-31 23:55:00",
        arrived="2024-02-01 00:10:00",
        cleared="2024-02-01 01:00:00",
        **{"en route": "2024-02-01 00:01:00"},
    )
    snapshot = city(tmp_path, [row])
    wanted = {"call_processing": 5, "turnout": 6, "travel": 9, "response": 20, "on_scene": 50,
              "committed": 65}  # fmt: skip
    for name, minutes in wanted.items():
        found = answer(f"{name}_min", Selection(), snapshot, Breakdown.MONTH)
        # Wrong: minus 1,434 minutes of turnout, from times of day alone.
        assert cell(found, "2024-01")["value"] == minutes, name


def test_every_interval_is_measured_across_a_clock_change(tmp_path: Path):
    # Los Angeles sprang forward at two in the morning of 10 March 2024, and fell back on 3 November.
    spring = call(
        "A",
        "2024-03-10 01:40:00",
        dispatched="2024-03-10 01:50:00",
        arrived="2024-03-10 03:10:00",
        cleared="2024-03-10 03:40:00",
        **{"en route": "2024-03-10 03:00:00"},
    )
    autumn = call(
        "B",
        "2024-11-03 00:50:00",
        dispatched="2024-11-03 00:55:00",
        arrived="2024-11-03 01:10:00",
        cleared="2024-11-03 02:10:00",
        **{"en route": "2024-11-03 00:57:00"},
    )
    snapshot = city(tmp_path, [spring, autumn])

    def minutes(key: str, month: str) -> object:
        return cell(answer(key, Selection(), snapshot, Breakdown.MONTH), month)["value"]

    # Wrong: 70 and 90 minutes, by the clock on the wall.
    assert minutes("turnout_min", "2024-03") == 10
    assert minutes("response_min", "2024-03") == 30
    # Wrong: 60 and 75 minutes.
    assert minutes("on_scene_min", "2024-11") == 120
    # Above two hours a bin is 2.5% wide.
    assert minutes("committed_min", "2024-11") == pytest.approx(135, rel=0.0125)


@pytest.mark.slow
def test_work_that_nobody_called_for_has_no_wait(tmp_path: Path):
    rows = [
        *(call(f"A{n}", f"2024-01-{n + 1:02d} 10:00:00") for n in range(3)),
        *(call(f"B{n}", f"2024-01-{n + 1:02d} 12:00:00", origin="responder_initiated",
               arrived=f"2024-01-{n + 1:02d} 12:00:10") for n in range(5)),
        call("C", "2024-01-20 10:00:00", origin="follow_up"),
    ]  # fmt: skip
    wait = answer("response_min", Selection(), city(tmp_path, rows))
    # Wrong: a median of 0.2 minutes, for the team was there before anybody called.
    assert (wait.total.value, wait.total.denominator) == (30, 3)
    assert any(note.startswith("6 responses were begun by the team itself") for note in wait.notes)

"""Times as they are shown: tables, the map of the week, what is pooled, and nothing of it for the public that is small."""

from datetime import datetime, timedelta

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.analyses.response_times.exclusions import exclusions, pooled_sentences
from outcomes.analyses.response_times.figure import has_hours, hours_figure, parts_figure
from outcomes.analyses.response_times.tables import (
    exclusion_table,
    hour_texts,
    hours_table,
    parts_finding,
    parts_table,
)
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.metrics.response_times import P90_OF
from outcomes.presentation.charts.trend import period_figure
from outcomes.selection import Selection, SelectionError
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.labels import hour_label
from outcomes.vocabulary.log import Breakdown, IntervalName, View

CITY = Selection(program_ids=(AGENCY,))
PUBLIC = Selection(program_ids=(AGENCY,), view=View.PUBLIC)
RULE = DisclosureRule()
MONDAY = datetime(2024, 1, 1)


def calls(weekday: int, hour: int, minutes: list[float]) -> list[dict[str, str]]:
    """Calls on one weekday (Monday is 1) and hour of successive weeks, each with its wait."""
    rows = []
    for week, wait in enumerate(minutes):
        received = MONDAY + timedelta(
            days=weekday - 1 + 7 * (week % 40), hours=hour, minutes=week // 40
        )
        rows.append(
            {
                "id": f"{weekday}-{hour}-{week}",
                "received": str(received),
                "dispatched": str(received + timedelta(minutes=1)),
                "arrived": str(received + timedelta(minutes=wait)),
                "origin": "911",
                "type": "MH",
                "sent": "yes",
            }
        )
    return rows


# Forty calls on Mondays at 3 p.m., twelve on Tuesdays at 1 a.m., four on Sundays at noon.
WEEK = [
    *calls(1, 15, [20.0] * 39 + [80.0]),
    *calls(2, 1, [33.0] * 12),
    *calls(7, 12, [51.0] * 4),
]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("week")
    agencies = write_agency(folder / "agencies", without=("en_route_at", "priority_code"))
    path = write_csv(folder / "calls.csv", WEEK)
    load_log([path], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def test_the_week_is_a_map_of_local_hours(week: Snapshot):
    found = answer("response_min", CITY, week, Breakdown.HOUR_OF_WEEK)
    assert hour_texts(found) == {(1, 15): "20", (2, 1): "(33)", (7, 12): "(51)"}
    table = hours_table(found)
    assert table.shape == (24, 8)
    assert table.set_index("Hour").loc["3 p.m.", "Mon"] == "20"
    assert table.set_index("Hour").loc["1 a.m.", "Tue"] == "(33)"
    few, full = hours_figure(found, is_dark=False).data
    assert full.z[15][0] == 20
    assert [hour for hour in range(24) if any(z is not None for z in full.z[hour])] == [15]
    assert few.text[12][6] == "(51)"


def test_the_whole_is_as_sharp_by_hour_as_elsewhere(week: Snapshot):
    by_hour = answer("response_min", CITY, week, Breakdown.HOUR_OF_WEEK).total
    assert by_hour == answer("response_min", CITY, week).total


def test_the_public_has_no_hours_of_the_week(week: Snapshot):
    with pytest.raises(SelectionError, match="found \\[hour_of_week\\]"):
        answer("response_min", PUBLIC, week, Breakdown.HOUR_OF_WEEK)


def test_nothing_is_drawn_where_every_hour_has_few(week: Snapshot):
    found = answer("response_min", CITY, week, Breakdown.HOUR_OF_WEEK)
    assert has_hours(found)
    sundays = Selection(program_ids=(AGENCY,), call_types=("violence",))
    assert not has_hours(answer("response_min", sundays, week, Breakdown.HOUR_OF_WEEK))


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "midnight"), (1, "1 a.m."), (12, "noon"), (13, "1 p.m."), (23, "11 p.m.")]
)  # fmt: skip
def test_hours_have_names(hour: int, words: str):
    assert hour_label(hour) == words


def test_parts_stand_side_by_side_and_say_what_is_not_recorded(week: Snapshot):
    pairs = [(answer(key, CITY, week), answer(p90, CITY, week)) for key, p90 in P90_OF.items()]
    table = parts_table(pairs).set_index("Interval")
    assert table.loc["The whole wait: call to arrival", "Median"] == "20.0"
    assert table.loc["The whole wait: call to arrival", "Responses"] == "56"
    assert table.loc["Turnout: dispatch to setting out", "Median"] == "Not recorded"
    assert "Turnout" not in parts_finding(pairs)
    # 39 waits of 20, 12 of 33, 4 of 51, one of 80: half within 20, nine of ten within 33.
    assert "call to arrival, half within 20.0 minutes, nine of ten within 33.0." in parts_finding(
        pairs
    )
    figure = parts_figure(pairs, is_dark=False)
    medians = next(trace for trace in figure.data if trace.mode == "markers+text")
    assert list(medians.y) == [
        "Call processing: call to dispatch",
        "The whole wait: call to arrival",
    ]
    assert list(medians.text) == ["1.0", "20.0"]


def test_both_lines_have_their_limits(week: Snapshot):
    answers = [
        answer(key, CITY, week, Breakdown.YEAR) for key in ("response_min", "response_p90_min")
    ]
    months = [
        answer(key, CITY, week, Breakdown.MONTH) for key in ("response_min", "response_p90_min")
    ]
    assert all(one.table["high"].notna().any() for one in answers)
    with_limits = period_figure(months, [], False, with_limits=True)
    without = period_figure(months, [], False)
    assert sum(trace.fill == "toself" for trace in without.data) == 0
    assert sum(trace.fill == "toself" for trace in with_limits.data) >= 1


def test_what_is_left_out_adds_up(small_snapshot: Snapshot):
    rows = {row.interval: row for row in exclusions(CITY, small_snapshot, RULE)}
    wait = rows[IntervalName.RESPONSE]
    assert wait.usable_count == 25
    assert wait.reasons == {
        "missing": 3,
        "negative": 1,
        "zero": 1,
        "over_range": 1,
        "not_a_call": 2,
    }
    for row in rows.values():
        assert row.usable_count + sum(row.reasons.values()) == 33
    assert exclusion_table((wait,)).to_numpy().tolist() == [
        ["The whole wait: call to arrival", "Used", "25"],
        ["", "Left out: a time is missing", "3"],
        ["", "Left out: ends before it begins", "1"],
        ["", "Left out: exactly zero", "1"],
        ["", "Left out: longer than believable", "1"],
        ["", "Left out: not begun by a call", "2"],
        ["", "All", "33"],
    ]


def test_the_public_sees_no_small_reason(small_snapshot: Snapshot):
    rows = {row.interval: row for row in exclusions(PUBLIC, small_snapshot, RULE)}
    wait = rows[IntervalName.RESPONSE]
    assert wait.usable_count == 25
    assert set(wait.reasons.values()) == {None}
    assert exclusion_table((wait,)).to_numpy().tolist() == [
        ["The whole wait: call to arrival", "Used", "25"],
        ["", "Left out", "hidden"],
    ]


def test_what_is_pooled_is_said(week: Snapshot, small_snapshot: Snapshot):
    here = " ".join(pooled_sentences(CITY, week))
    assert "No priority is recorded" in here
    assert "Work that the team began itself, and follow-ups, have no time from call" in here
    both = " ".join(pooled_sentences(Selection(), small_snapshot))
    # Test City maps priorities, and no call of it has one.
    assert "No priority is recorded" in both
    assert "Where calls came from is not recorded by: Test Town Team." in both
    assert "2 programs are together; a larger one weighs more." in both

"""The week of eligible calls: counted from random logs as pandas counts them, the block with most missed calls, its words."""

import csv
import io
import random
from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.analyses.demand.analysis import HOURS_IN_BLOCK, Calls, Demand, demand
from outcomes.analyses.demand.figure import week_figure
from outcomes.analyses.demand.text import (
    EVERY_WHAT,
    most_missed_sentence,
    place_texts,
    week_csv,
    week_finding,
    week_notes,
    week_rows,
    week_table,
    within_service_sentence,
)
from outcomes.answers.answer import answer
from outcomes.ingest.run import load_log
from outcomes.selection import Selection, parse_month
from outcomes.store.programs import ServiceHours
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown, NotReachedReason, Status

REASONS = [
    reason.value for reason in NotReachedReason if reason is not NotReachedReason.NOT_RECORDED
]
FIRST = datetime(2024, 1, 1)
# Nothing was recorded in these.
GAP = ("2024-03", "2024-04")


def random_rows(chance: random.Random, number: int) -> list[dict[str, str]]:
    """A messy log of half a year: calls that may not be taken, without a time of day, sent and not, reached and not."""
    rows = []
    while len(rows) < number:
        received = FIRST + timedelta(minutes=chance.randrange(182 * 24 * 60))
        if f"{received:%Y-%m}" in GAP:
            continue
        reached, sent = chance.random() < 0.5, chance.random() < 0.3
        row = {
            "id": f"R{len(rows)}",
            "received": f"{received:%Y-%m-%d %H:%M:%S}",
            "type": chance.choice(["MH", "WELF", "SUIC", "VIOL", "TRAF"]),
            "origin": chance.choice(["911", "non_emergency", "officer_request", ""]),
            "sent": "yes" if reached or sent else "no",
            "area": chance.choice(["North", "South", ""]),
        }
        if reached:
            row["arrived"] = f"{received + timedelta(minutes=12):%Y-%m-%d %H:%M:%S}"
        else:
            row["exit"] = chance.choice([*REASONS, ""])
            row["result"] = chance.choice(["cancelled", "", ""]) if sent else ""
        rows.append(row)
    return rows


def by_pandas(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Eligible calls of the raw rows with weekday, hour and outcome, by the words of the documents."""
    log = pd.DataFrame(rows).fillna("")
    log = log[log.type.isin(["MH", "WELF", "SUIC"]) & (log.origin != "officer_request")]
    received = pd.to_datetime(log.received)
    outcome = log.get("exit", "").where(log.get("exit", "") != "", "not_recorded")
    outcome = outcome.mask(
        (outcome == "not_recorded") & (log.sent == "yes") & (log.result == "cancelled"),
        "cancelled_before_arrival",
    )
    outcome = outcome.mask(log.arrived != "", "reached")
    return pd.DataFrame(
        {
            "month": received.dt.strftime("%Y-%m"),
            "weekday": received.dt.day_of_week + 1,
            "hour": received.dt.hour,
            "outcome": outcome,
            "area": log.area.where(log.area != "", "not_recorded"),
        }
    )


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return random_rows(random.Random(514), 1_500)


@pytest.fixture(scope="module")
def city(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("demand")
    path = write_csv(folder / "calls.csv", rows)
    load_log([path], AGENCY, write_agency(folder / "agencies"), folder / "store")
    return live_snapshot(folder / "store")


@pytest.mark.parametrize(
    ("first", "last"), [(None, None), ("2024-01", "2024-01"), ("2024-02", "2024-05")]
)
def test_the_week_is_what_pandas_counts(city: Snapshot, rows, first, last):
    selection = Selection(
        first_month=parse_month(first) if first else None,
        last_month=parse_month(last) if last else None,
    )
    wanted = by_pandas(rows)
    wanted = wanted[(wanted.month >= (first or "")) & (wanted.month <= (last or "9"))]
    found = demand(selection, city)
    assert len(found.places) == 168
    for (day, hour), calls in found.places.items():
        here = wanted[(wanted.weekday == day) & (wanted.hour == hour)]
        assert calls is not None
        assert calls.eligible == len(here)
        assert calls.of("reached") == (here.outcome == "reached").sum()
        assert calls.of("not_reached") == (here.outcome != "reached").sum()
        for reason in NotReachedReason:
            assert calls.of(reason) == (here.outcome == reason).sum()
    # Parts sum to the whole, and the whole is what every other page says.
    for what, key in (("eligible", "eligible_calls"), ("not_reached", "not_reached_share"),
                      ("reached", "eligible_reached_share")):  # fmt: skip
        total = answer(key, selection, city).total.numerator
        assert sum(calls.of(what) for calls in found.places.values() if calls) == total
        assert sum(calls.of(what) for calls in found.blocks.values() if calls) == total
    reasons = answer("not_reached_reasons", selection, city, Breakdown.REASON).table
    for row in reasons.to_dict("records"):
        by_hour = sum(calls.of(row["reason"]) for calls in found.places.values() if calls)
        assert by_hour == row["numerator"], row["reason"]
    areas = answer("not_reached_share", selection, city, Breakdown.AREA).table
    for row in areas.to_dict("records"):
        here = wanted[wanted.area == row["area_id"]]
        assert (row["numerator"], row["denominator"]) == (
            (here.outcome != "reached").sum(),
            len(here),
        )


def test_the_sentence_names_the_block_that_pandas_finds(city: Snapshot, rows):
    log = by_pandas(rows)
    missed = log[log.outcome != "reached"]
    sizes = missed.groupby([missed.weekday, missed.hour // 6 * 6]).size()
    (day, first), most = sizes.idxmax(), sizes.max()
    assert (sizes == most).sum() == 1
    here = missed[(missed.weekday == day) & (missed.hour // 6 * 6 == first)]
    reasons = here.outcome.value_counts()
    sentence = most_missed_sentence(demand(Selection(), city))
    name = pd.Timestamp(2024, 1, int(day)).day_name()
    assert sentence.startswith(
        f"{BOLD}{name} {first} to {first + 6}{BOLD} has the most missed calls: {BOLD}{most}{BOLD}, most often "
    )
    assert f"({reasons.max()}" in sentence


def test_call_types_have_no_week_and_gaps_are_told(city: Snapshot):
    found = demand(Selection(call_types=("mental_health",)), city)
    assert found.has_call_types
    assert found.places == {}
    assert most_missed_sentence(found) == ""
    notes = week_notes(demand(Selection(), city))
    assert notes == [
        "No records at all for Mar 2024, Apr 2024: a gap in the log, not a time without calls."
    ]


def test_table_figure_and_file_hold_the_same_counts(city: Snapshot):
    found = demand(Selection(), city)
    for what in ("not_reached", "no_unit_available"):
        texts = place_texts(found, what)
        table = week_table(found, what)
        assert list(table.columns) == [
            "Hour",
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
            "Sun",
            "All",
        ]
        *hours, friday = table["Fri"]
        assert hours == [texts[(5, hour)] for hour in range(24)]
        assert int(friday.replace(",", "")) == sum(int(text.replace(",", "")) for text in hours)
        assert table["All"].iloc[-1] == f"{sum(int(text) for text in texts.values()):,}"
        drawn = week_figure(found, what, False).data[1]
        assert drawn.text[18][4] == texts[(5, 18)]
    written = list(csv.DictReader(io.StringIO(week_csv(found, "=a sentence"))))
    assert len(written) == 169 * len(EVERY_WHAT) + 1
    assert written[-1]["quotable_sentence"] == "'=a sentence"
    of = {
        (row["weekday"], row["hour_from"], row["what"]): row["call_count"] for row in written[:-1]
    }
    assert of[("5", "18", "not_reached")] == place_texts(found, "not_reached")[(5, 18)]


def week(found: Demand, calls: dict[tuple[int, int], Calls]) -> Demand:
    """The week with given calls by hour and none elsewhere, in the program view."""
    blocks: dict[tuple[int, int], Calls | None] = {}
    for place in found.blocks:
        inside = [one for (day, hour), one in calls.items()
                  if day == place[0] and hour // HOURS_IN_BLOCK * HOURS_IN_BLOCK == place[1]]  # fmt: skip
        assert len(inside) <= 1
        blocks[place] = inside[0] if inside else Calls()
    places: dict[tuple[int, int], Calls | None] = {
        place: calls.get(place, Calls()) for place in found.places
    }
    return replace(found, places=places, blocks=blocks, timeless=Calls(0, 0, 0))


BUSY, OUTSIDE, UNKNOWN = "no_unit_available", "outside_hours", "not_recorded"


def test_ties_are_all_named(city: Snapshot):
    two = Calls(0, 0, 4, ((BUSY, 2), (OUTSIDE, 2)))
    found = week(demand(Selection(), city), {(5, 18): two, (6, 23): two})
    assert most_missed_sentence(found) == (
        f"{BOLD}Friday 18 to 24{BOLD} and {BOLD}Saturday 18 to 24{BOLD} have the most missed calls: {BOLD}4{BOLD} each, most often no unit "
        "available and outside service hours (4 each of 8 together)."
    )
    found = week(demand(Selection(), city), {(day, 3): two for day in range(1, 6)})
    assert most_missed_sentence(found).startswith(
        f"{BOLD}Monday 0 to 6{BOLD}, {BOLD}Tuesday 0 to 6{BOLD}, {BOLD}Wednesday 0 to 6{BOLD} and 2 more blocks of hours have the most"
    )
    assert "Monday 3 a.m., Tuesday 3 a.m., Wednesday 3 a.m.: 4 each" in week_finding(
        found, "not_reached"
    )


def test_reasons_that_are_not_recorded_are_said_to_be(city: Snapshot):
    found = week(demand(Selection(), city), {(1, 9): Calls(3, 0, 5, ((UNKNOWN, 4), (BUSY, 1)))})
    assert most_missed_sentence(found) == (
        f"{BOLD}Monday 6 to 12{BOLD} has the most missed calls: {BOLD}5{BOLD}, most often without a recorded reason (4)."
    )
    silent = replace(found, has_reasons=False)
    assert most_missed_sentence(silent).endswith(f"{BOLD}5{BOLD}; why is not recorded.")
    assert within_service_sentence(silent) == ""


def test_calls_outside_hours_are_set_aside(city: Snapshot):
    found = week(
        demand(Selection(), city),
        {
            (1, 3): Calls(0, 0, 9, ((OUTSIDE, 9),)),
            (5, 18): Calls(1, 0, 5, ((BUSY, 4), (OUTSIDE, 1))),
        },
    )
    assert within_service_sentence(found) == (
        f"Without the calls outside the team's hours or area, {BOLD}Friday 18 to 24{BOLD} has the most: {BOLD}4{BOLD}, most often no "
        "unit available (4)."
    )


def test_nothing_missed_is_said(city: Snapshot):
    found = week(demand(Selection(), city), {(1, 3): Calls(9, 0, 0)})
    assert most_missed_sentence(found) == "No call was missed at any hour of the week."
    assert within_service_sentence(found) == ""


def test_calls_without_a_time_are_counted_and_told(city: Snapshot):
    found = replace(demand(Selection(), city), timeless=Calls(3, 0, 2, ((BUSY, 2),)), gaps=())
    assert week_notes(found) == [
        "5 eligible calls have no usable time of day and are in no square, 2 of them not reached."
    ]


def test_every_staffed_hour_is_outlined(city: Snapshot):
    hours = (ServiceHours(AGENCY, (5,), 18 * 60, 26 * 60, None, None),)
    found = replace(demand(Selection(), city), hours_now=hours, hours_all=hours)
    shapes = week_figure(found, "eligible", True).layout.shapes
    boxes = [(round(one.x0 + 0.48), one.y0, one.y1) for one in shapes]
    # Friday 18 to 24 and Saturday midnight to 2, on axes where a square reaches half a step around its place.
    assert boxes == [(4, 17.5, 23.5), (5, -0.5, 1.5)]
    assert len(week_rows(found)) == 24


@pytest.mark.slow
def test_a_log_that_does_not_say_where_the_team_was_sent_is_no_log_of_misses(
    tmp_path, rows, subtests
):
    """Wrong: 0 of 700 eligible calls reached, or missed, where nobody wrote down whether a team was sent."""
    silent = ("dispatched_at", "en_route_at", "arrived_at", "is_community_dispatched")
    agencies = write_agency(tmp_path / "agencies", without=silent)
    load_log([write_csv(tmp_path / "calls.csv", rows[:100])], AGENCY, agencies, tmp_path / "store")
    snapshot = live_snapshot(tmp_path / "store")
    for key in (
        "not_reached_share",
        "not_reached_reasons",
        "eligible_reached_share",
        "eligible_reached_in_hours_share",
    ):
        with subtests.test(key):
            found = answer(key, Selection(), snapshot)
            assert found.total.status is Status.NOT_RECORDED
            wanted = "What would have to be recorded: to which calls the team was sent."
            assert wanted in found.notes[-1]
    assert demand(Selection(), snapshot).places == {}
    assert answer("eligible_calls", Selection(), snapshot).total.numerator

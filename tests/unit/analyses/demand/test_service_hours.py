"""The hours that a profile states: read, refused, kept, undone, told in words, and held against recorded reasons."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.analyses.demand.analysis import demand
from outcomes.analyses.demand.service_hours import hours_between, hours_words, staffed_hours
from outcomes.analyses.demand.text import mismatch_sentences, staffed_sentence
from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log
from outcomes.selection import Selection, parse_month
from outcomes.store.history import roll_back
from outcomes.store.programs import ServiceHours
from outcomes.store.publish import publish_anew
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import View

# Monday to Friday 8 to 20 in January; from February on every night from 18:30 to 2.
HOURS = """
[[service_hours]]
days = ["mon", "tue", "wed", "thu", "fri"]
from = "08:00"
to = "20:00"
until = 2024-01-31

[[service_hours]]
from = "18:30"
to = "02:00"
since = 2024-02-01
"""
OUTSIDE, BUSY = "outside_hours", "no_unit_available"


def missed(number: int, received: str, reason: str, **cells: str) -> dict[str, str]:
    """A call that no team went to."""
    return {
        "id": f"H{number}",
        "received": f"2024-{received}:00",
        "type": "MH",
        "origin": "911",
        "sent": "no",
        "exit": reason,
        **cells,
    }


CALLS = [
    # 2024-01-05 is a Friday, 01-06 a Saturday.
    missed(1, "01-05 08:00", OUTSIDE),
    missed(2, "01-05 19:59", OUTSIDE),
    missed(3, "01-05 20:00", OUTSIDE),
    missed(4, "01-06 10:00", OUTSIDE),
    missed(5, "01-06 10:00", BUSY),
    missed(6, "01-05 10:00", BUSY),
    # Outside the area is outside the area at any hour, and an unrecorded reason fits nothing.
    missed(7, "01-06 10:00", "outside_area"),
    missed(8, "01-06 10:00", ""),
    # The night of 31 January is not yet one of the new nights; that of 1 February is.
    missed(9, "02-01 01:30", OUTSIDE),
    missed(10, "02-02 01:59", OUTSIDE),
    missed(11, "02-02 02:00", OUTSIDE),
    missed(12, "02-02 18:29", OUTSIDE),
    missed(13, "02-02 18:30", OUTSIDE),
    # One that was reached: a log in which no team ever arrives does not say which calls were missed.
    missed(14, "01-04 10:00", "", sent="yes", arrived="2024-01-04 10:20:00"),
]
IN_HOURS, OUT_OF_HOURS = {1, 2, 10, 13}, {5, 8}


def loaded(folder: Path, more: str = HOURS) -> Snapshot:
    agencies = write_agency(folder / "agencies", more=more)
    path = write_csv(folder / "calls.csv", CALLS)
    load_log([path], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return loaded(tmp_path_factory.mktemp("hours"))


def test_reasons_are_held_against_the_hours_of_the_day(town: Snapshot):
    found = demand(Selection(), town)
    assert found.outside_in_hours == len(IN_HOURS)
    assert found.other_out_of_hours == len(OUT_OF_HOURS)
    assert mismatch_sentences(found) == [
        "4 calls are recorded as outside hours but came within the hours that the profile states.",
        "2 calls that were not reached came outside the hours that the profile states, but have another reason or none "
        "(outside area not counted).",
    ]
    january = parse_month("2024-01")
    found = demand(Selection(first_month=january, last_month=january), town)
    assert (found.outside_in_hours, found.other_out_of_hours) == (2, 2)


def test_the_public_is_not_told_of_single_reasons(town: Snapshot):
    assert mismatch_sentences(demand(Selection(view=View.PUBLIC), town)) == []


def test_hours_at_the_end_are_drawn_and_all_are_told(town: Snapshot):
    assert staffed_sentence(demand(Selection(), town)) == (
        "Staffed at the end of the period, outlined in the chart: Every day 18:30 to 2 of the next day. In the whole "
        "period: Mon to Fri 8 to 20 (until Jan 31, 2024); Every day 18:30 to 2 of the next day (since Feb 1, 2024)."
    )
    january = parse_month("2024-01")
    assert staffed_sentence(demand(Selection(last_month=january), town)) == (
        "Staffed: Mon to Fri 8 to 20. Outlined in the chart."
    )


@pytest.mark.slow
def test_a_profile_without_hours_says_so(tmp_path: Path):
    found = demand(Selection(), loaded(tmp_path, ""))
    assert staffed_sentence(found) == (
        "The profile of Test City Responders does not say when teams work, so no hours are drawn."
    )
    assert mismatch_sentences(found) == []


@pytest.mark.slow
def test_a_rollback_brings_the_hours_of_before(tmp_path: Path):
    first = loaded(tmp_path).hours
    changed = loaded(tmp_path, '[[service_hours]]\nfrom = "00:00"\nto = "24:00"').hours
    assert [(one.from_minute, one.to_minute) for one in changed] == [(0, 1440)]
    roll_back(tmp_path / "store")
    assert live_snapshot(tmp_path / "store").hours == first


@pytest.mark.slow
def test_an_older_warehouse_opens_without_hours(tmp_path: Path):
    loaded(tmp_path)
    store = tmp_path / "store"
    with duckdb.connect(str(store / "warehouse.duckdb")) as connection:
        for table in ("program_hours", "past_program_hours"):
            connection.execute(f"drop table {table}")
    publish_anew(store)
    assert live_snapshot(store).hours == ()


def block(weekdays: tuple[int, ...], begin: int, end: int, since: date | None = None,
          until: date | None = None) -> ServiceHours:  # fmt: skip
    return ServiceHours("x", weekdays, begin, end, since, until)


def test_past_sunday_midnight_is_monday():
    assert staffed_hours((block((7,), 22 * 60, 26 * 60),)) == {(7, 22), (7, 23), (1, 0), (1, 1)}


def test_an_hour_in_part_is_staffed():
    assert staffed_hours((block((3,), 510, 570),)) == {(3, 8), (3, 9)}
    assert len(staffed_hours((block(tuple(range(1, 8)), 0, 1440),))) == 168


def test_hours_hold_on_their_first_and_last_day():
    hours = (block((1,), 0, 60, date(2024, 2, 1), date(2024, 2, 29)),)
    days = [date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 29), date(2024, 3, 1)]
    assert [bool(hours_between(hours, day, day)) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (block((1, 2, 3, 4, 5), 480, 1200), "Mon to Fri 8 to 20"),
        (block((6, 7), 600, 1440), "Sat, Sun 10 to 24"),
        (block((1, 3, 4, 5, 7), 510, 720), "Mon, Wed to Fri, Sun 8:30 to 12"),
        (block(tuple(range(1, 8)), 0, 1440), "Every day, round the clock"),
        (block((5,), 1200, 1560), "Fri 20 to 2 of the next day"),
    ],
)
def test_hours_in_words(one: ServiceHours, words: str):
    assert hours_words((one,), with_dates=False) == words


@pytest.mark.parametrize(
    ("wrong", "key", "said"),
    [
        ('from = "8"\nto = "20:00"', "service_hours.0.from", 'such as "08:00" or "24:00"'),
        ("from = 08:00:00\nto = '20:00'", "service_hours.0.from", "a time of day in quotes"),
        ('from = "08:00"\nto = "25:00"', "service_hours.0.to", "a time of day in quotes"),
        ('from = "08:00"\nto = "08:00"', "service_hours.0", "to at another time than from"),
        ('from = "08:00"', "service_hours.0.to", ""),
        ('days = ["monday"]\nfrom = "08:00"\nto = "20:00"', "service_hours.0.days.0", "mon"),
        ('days = []\nfrom = "08:00"\nto = "20:00"', "service_hours.0.days", ""),
        ('from = "08:00"\nto = "20:00"\nsince = 2024-02-01\nuntil = 2024-01-01', "service_hours.0",
         "since on or before until, and not 2024-02-01 after 2024-01-01"),
        ('from = "08:00"\nto = "20:00"\nsinse = 2024-02-01', "service_hours.0", "sinse"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(tmp_path: Path, wrong: str, key: str, said: str):
    agencies = write_agency(tmp_path / "agencies", more=f"[[service_hours]]\n{wrong}")
    with pytest.raises(LoadProblem) as problem:
        read_profile(agencies / AGENCY)
    text = str(problem.value)
    assert "profile.toml" in text
    assert key in text
    assert said in text

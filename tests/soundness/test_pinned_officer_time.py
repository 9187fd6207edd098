"""Wrong officer hours that such products print, each pinned beside the right ones."""

from dataclasses import replace

import pytest
from made_city import AGENCY, write_agency, write_csv
from unit_city import UNIT_AGENCY, write_unit_agency, write_units

from outcomes.analyses.officer_time.analysis import OfficerTime, officer_time
from outcomes.analyses.officer_time.assumptions import (
    changes_of,
    published_assumptions,
    with_changes,
)
from outcomes.analyses.officer_time.measured_time import PoliceTime, police_time
from outcomes.analyses.officer_time.text import officer_sentence, spent_sentence
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import View

# An officer hour for each strict diverted call, and half an hour on each response with police that has no time.
ONE_HOUR = "chance.mental_health:1-1-1,officers.mental_health:1-1-1,minutes.mental_health:60-60-60"
ASSUMED = f"{ONE_HOUR},spent:30-30-30,unit_officers:1-1-1"


def unit(identity: str, name: str, start: str, end: str, **cells: str) -> dict[str, str]:
    """A unit sent and there at once, on a mental health call of 911 that came in at eight."""
    day = cells.pop("day", "05")
    return {
        "id": identity,
        "unit": name,
        "received": f"2024-01-{day} 08:00:00",
        "dispatched": f"2024-01-{day} {start}:00",
        "arrived": f"2024-01-{day} {start}:00",
        "cleared": f"2024-01-{day} {end}:00" if end else "",
        "origin": "911",
        "type": "MH",
        "result": "contacted",
        **cells,
    }


UNITS = [
    # Ten strict diverted calls by the team alone.
    *(unit(f"S{n}", "CR1", "08:05", "08:40") for n in range(10)),
    # Five that officers asked for: broad, never strict.
    *(unit(f"B{n}", "CR1", "08:05", "08:40", origin="officer_request") for n in range(5)),
    # Two police units of 30 and 50 minutes: 80 unit minutes, one response.
    unit("P1", "CR1", "08:10", "08:40"),
    unit("P1", "PD1", "08:10", "08:40"),
    unit("P1", "PD2", "08:10", "09:00"),
    # Opened again in the evening: one response, and the same unit stayed twice, 20 and 40 minutes.
    unit("P2", "CR1", "08:10", "08:40"),
    unit("P2", "PD1", "08:10", "08:30"),
    unit("P2", "PD1", "20:00", "20:40"),
    # A correction written as a further row: the unit stayed from 8:10 to 9:10 once.
    unit("P3", "CR1", "08:10", "08:40"),
    unit("P3", "PD1", "08:10", "09:00"),
    unit("P3", "PD1", "08:10", "09:10"),
    # One of two police units never said that it was clear: the response takes the assumed half hour.
    unit("P4", "CR1", "08:10", "08:40"),
    unit("P4", "PD1", "08:10", "08:50"),
    unit("P4", "PD2", "08:10", ""),
    # Police alone: not the program's response.
    unit("N1", "PD1", "08:10", "12:00"),
    # An ambulance stays long: not police.
    unit("S0", "M12", "08:10", "12:00"),
    # Opened again the same evening by the team alone: still one call.
    unit("S1", "CR2", "20:00", "20:30"),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Unit City, and beside it a city with much police time that does not say where its calls came from."""
    folder = tmp_path_factory.mktemp("officer-time")
    agencies = write_unit_agency(folder / "agencies")
    write_agency(agencies, without=("call_origin",))
    other = [
        {
            "id": f"C{n}",
            "received": "2024-01-05 10:00:00",
            "arrived": "2024-01-05 10:30:00",
            "type": "MH",
            "result": "contacted",
            "police": "already_on_scene" if n < 40 else "none",
        }
        for n in range(60)
    ]
    units = write_units(folder / "units.csv", UNITS)
    load_log([units], UNIT_AGENCY, agencies, folder / "store")
    calls = write_csv(folder / "calls.csv", other)
    load_log([calls], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def hours_of(snapshot: Snapshot, selection: Selection | None = None) -> OfficerTime:
    published = published_assumptions(snapshot.run("snapshot", "police_sent_assumptions"))
    changes, complaints = changes_of(ASSUMED)
    assert complaints == []
    assumptions = with_changes(published, changes)
    return officer_time(selection or Selection(), snapshot, assumptions, DisclosureRule())


def police_of(snapshot: Snapshot, **selection: object) -> PoliceTime:
    asked = replace(Selection((UNIT_AGENCY,)), **selection)
    return police_time(asked, snapshot, DisclosureRule())


def test_broad_diverted_calls_are_no_officer_hours(snapshot: Snapshot):
    time = hours_of(snapshot, Selection((UNIT_AGENCY,)))
    # Wrong: 15 calls, with those that officers themselves asked for; or 19, every response.
    assert time.count == 10
    assert sum(numbers.middle for _, _, numbers in time.by_type) == pytest.approx(10)


def test_an_incident_opened_again_is_one_call(snapshot: Snapshot):
    time = hours_of(snapshot, Selection((UNIT_AGENCY,)))
    assert time.by_type[0][:2] == ("mental_health", 10)
    # Wrong: 5 responses with police, one more for the evening.
    assert time.police.responses == 4


def test_minutes_are_of_every_police_unit_and_the_response_counts_once(snapshot: Snapshot):
    police = police_of(snapshot)
    # 30 and 50; 20 and 40; 60. Wrong: 150 with the longest unit alone, 250 with the correction twice, 430 with
    # police who went alone.
    assert police.unit_minutes == 80 + 60 + 60
    # Wrong: 7, one for each unit.
    assert (police.responses, police.timed, police.untimed) == (4, 3, 1)
    assert police.programs == ("Unit City Team",)


def test_measured_and_assumed_minutes_are_added_and_none_twice(snapshot: Snapshot):
    time = hours_of(snapshot, Selection((UNIT_AGENCY,)))
    assert time.hours is not None
    # 10 hours, less 200 minutes measured and 30 assumed. Wrong: 8, all assumed; 6.17 with the 40 minutes of the
    # response that is not timed on top; 6.67 without the assumed ones.
    assert time.hours.middle == pytest.approx(10 - 230 / 60)
    assert "measured in the log for 3 of 4" in spent_sentence(time)


def test_police_time_of_another_programs_responses_stays_out(snapshot: Snapshot):
    alone, both = hours_of(snapshot, Selection((UNIT_AGENCY,))), hours_of(snapshot)
    # Wrong: 20 hours less, for 40 responses of the city without strict diverted calls.
    assert both.hours == alone.hours
    assert both.police == alone.police
    assert both.police.responses == 4


def test_the_public_view_tells_no_time_of_few_responses(snapshot: Snapshot):
    police = police_of(snapshot, view=View.PUBLIC)
    assert police.responses is None
    assert (police.timed, police.unit_minutes) == (0, 0)
    # A rule of three would show the responses; the single one without a time still hides the others' minutes.
    few = police_time(
        Selection((UNIT_AGENCY,), view=View.PUBLIC), snapshot, DisclosureRule(smallest_shown=3)
    )
    assert (few.responses, few.timed, few.unit_minutes, few.is_hidden) == (4, 0, 0, True)


def test_no_range_from_nothing_to_everything_is_the_answer(snapshot: Snapshot):
    """Wrong: "between 519 and 130,736 officer hours", every assumption at its lowest and at its highest at once."""
    published = published_assumptions(snapshot.run("snapshot", "police_sent_assumptions"))
    time = officer_time(Selection((UNIT_AGENCY,)), snapshot, published, DisclosureRule())
    assert time.hours is not None
    assert time.extremes is not None
    # Ten calls: all-low 0.5 x 1 x 30 minutes, all-high 0.9 x 2 x 120, and police time the other way round.
    assert time.extremes.high - time.extremes.low > 2 * (time.hours.high - time.hours.low)
    assert time.extremes.low < time.hours.low < time.hours.middle < time.hours.high
    assert time.hours.high < time.extremes.high
    said = officer_sentence(time)
    assert "80% range of the assumptions" in said
    assert f"{time.extremes.high:,.0f}" not in said

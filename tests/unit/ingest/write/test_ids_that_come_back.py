"""Numbers that begin again: no call takes the place of another one of months before, and what is amended is told."""

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log


def row(number: int, day: str, kind: str = "MH") -> dict[str, str]:
    return {"id": f"{number:05d}", "received": f"{day} 10:00:00", "type": kind}


def load(folder, agencies, rows):
    path = write_csv(folder / "calls.csv", rows)
    return load_log([path], AGENCY, agencies, folder / "store", publishes=False)


FIRST = [row(n, f"2024-01-{n + 2:02d}") for n in range(1, 5)]
SECOND = [row(n, f"2025-01-{n + 2:02d}") for n in range(1, 6)]


@pytest.mark.slow
def test_another_year_keeps_its_calls(tmp_path):
    agencies = write_agency(tmp_path / "agencies")
    load(tmp_path, agencies, FIRST)
    report = load(tmp_path, agencies, SECOND)
    assert (report.loaded, report.unchanged, report.removed) == (5, 0, 0)
    assert any("4 calls, received Jan 3, 2025 to Jan 6, 2025" in note for note in report.notes)
    again = load(tmp_path, agencies, [*SECOND[::-1], *FIRST])
    assert (again.loaded, again.filtered, again.unchanged) == (0, 0, 9)
    amended = load(tmp_path, agencies, [row(2, "2025-01-05", "UNH"), row(7, "2025-01-20")])
    assert (amended.loaded, amended.unchanged) == (2, 0)
    assert "Amended: 1 stored call, received Jan 4, 2025. New: 1 call." in amended.notes


@pytest.mark.slow
def test_a_row_of_the_same_week_is_the_later_version_and_says_when(tmp_path):
    agencies = write_agency(tmp_path / "agencies")
    report = load(tmp_path, agencies, [*FIRST, row(1, "2024-01-09")])
    assert (report.loaded, report.filtered) == (4, 1)
    (days,) = report.reason_days.values()
    assert days == "Jan 3, 2024"


@pytest.mark.slow
def test_ids_that_restart_each_day_are_declared(tmp_path):
    rows = [row(n, f"2024-01-{day:02d}") for day in (3, 4, 5) for n in (1, 2)]
    agencies = write_agency(tmp_path / "agencies", log_keys='ids_restart = "day"')
    report = load(tmp_path, agencies, rows)
    assert (report.loaded, report.filtered) == (6, 0)
    assert load(tmp_path, agencies, rows).unchanged == 6


@pytest.mark.slow
def test_the_same_calls_under_other_ids_are_told(tmp_path):
    load(tmp_path, write_agency(tmp_path / "agencies"), FIRST)
    report = load(
        tmp_path, write_agency(tmp_path / "others", log_keys='ids_restart = "year"'), FIRST
    )
    assert any("count twice" in note for note in report.notes)


def test_ids_that_restart_need_ids(tmp_path):
    agencies = write_agency(tmp_path / "agencies", log_keys='ids_restart = "year"')
    path = agencies / AGENCY / "profile.toml"
    path.write_text(path.read_text().replace('incident_id = "id"', ""))
    with pytest.raises(LoadProblem, match="ids_restart needs"):
        read_profile(agencies / AGENCY)

"""Logs of unusual shapes load right by their drafts alone, after a person has said what no file can say."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from drafted_logs import LOGS, text, workbook
from small_agency import AGENCY, Town

from outcomes.ingest.draft.draft import draft_profile

AT = "%Y-%m-%d %H:%M"
SAID = {
    "name": "Small Town",
    "city": "Small Town",
    "state": "OR",
    "time_zone": "America/Los_Angeles",
    "data_owner": "The tests",
    "holds": "program_work",
}


def as_drafted(folder: Path, path: Path) -> tuple[Town, str]:
    """The agency with the draft of the log, and the draft; nothing is changed in it but the answers to what it asks."""
    draft = draft_profile(path, AGENCY)
    profile = draft.profile
    for key, word in SAID.items():
        profile = re.sub(rf'^{key} = "REPLACE[^"]*"', f'{key} = "{word}"', profile, flags=re.M)
    return Town(folder, profile, draft.call_types), profile


def made(folder: Path, name: str) -> Path:
    (log,) = (log for log in LOGS if log.name == name)
    path = log.make(folder)
    assert path is not None
    return path


def times(town: Town, field: str = "received_at") -> dict[str, str]:
    return {id_: f"{row[field]:{AT}}" for id_, row in town.incidents().items() if row[field]}


@pytest.mark.slow
def test_numbers_that_restart_each_year(tmp_path: Path):
    path = made(tmp_path, "Numbers that restart, two years in one file")
    town, profile = as_drafted(tmp_path, path)
    assert 'ids_restart = "year"  # the numbers of "Run Number" begin again 1 time' in profile
    assert town.load(path).loaded == 24
    assert sorted(times(town))[11:13] == ["2024-9", "2025-1"]


@pytest.mark.slow
def test_day_and_month_that_are_put_back(tmp_path: Path):
    path = made(tmp_path, "Day and month turned round by a spreadsheet")
    town, profile = as_drafted(tmp_path, path)
    assert 'day_and_month = "swapped"  # CHECK' in profile
    town.load(path)
    days = (3, 6, 9, 12, 15, 18, 21, 24)
    assert list(times(town).values()) == [f"2026-01-{day:02} 09:10" for day in days]


@pytest.mark.slow
def test_minutes_and_seconds_that_became_hours(tmp_path: Path):
    path = made(tmp_path, "Minutes and seconds saved as hours")
    town, profile = as_drafted(tmp_path, path)
    assert profile.count('elapsed_format = "m:ss:00"  # CHECK') == 2
    town.load(path)
    cleared = [row["cleared_at"] - row["received_at"] for row in town.incidents().values()]
    assert [one.total_seconds() for one in cleared] == [657, 1558, 3665, 1084]


@pytest.mark.slow
def test_a_sheet_for_each_month_and_one_that_holds_them_again(tmp_path: Path):
    head = ["Incident Number", "Received", "Nature"]
    jan, feb = (
        [[f"M-{month}{n}", datetime(2026, month, 3 + n, 10, 5), "WELF"] for n in range(3)]
        for month in (1, 2)
    )
    path = workbook(**{"Jan 2026": [head, *jan], "Feb 2026": [head, *feb]})(tmp_path)
    town, profile = as_drafted(tmp_path, path)
    assert 'sheets = "(jan|feb|' in profile
    assert town.load(path).loaded == 6
    # A copy of one of them would count its calls twice.
    workbook(**{"All": [head, *jan, *feb], "Jan": [head, *jan], "Codes": [["a", "b"]]})(tmp_path)
    assert (
        "[Jan] would not be read: 3 rows of it again in [All]"
        in draft_profile(path, AGENCY).profile
    )


def test_dates_that_stand_once_for_a_day(tmp_path: Path):
    lines = ["1/5/2026,G-1,9:05", ",G-2,10:05", ",G-3,11:05", "1/16/2026,G-4,8:05", ",G-5,9:05"]
    path = text("Date,Incident,Time", *lines)(tmp_path)
    town, profile = as_drafted(tmp_path, path)
    assert "fill_down = true  # CHECK: 3 rows of 5 with a time and no date" in profile
    town.load(path)
    assert times(town)["G-3"] == "2026-01-05 11:05"
    assert times(town)["G-5"] == "2026-01-16 09:05"


def test_weekdays_say_which_of_day_and_month_comes_first(tmp_path: Path):
    lines = (f"W-{n},{one}/2026 09:10" for n, one in enumerate(("Mon 02/03", "Tue 03/02")))
    path = text("Incident,Received", *lines)(tmp_path)
    told = "day first: the weekdays in it agree on 2 of 2 rows, and on 0 the other way round"
    assert told in draft_profile(path, AGENCY).profile
    path = made(tmp_path, "Weekdays that tell day from month")
    town, profile = as_drafted(tmp_path, path)
    assert 'day first: the weekdays in "Day" agree on 12 of 12 rows' in profile
    town.load(path)
    assert times(town)["W-111"] == "2026-01-11 09:10"


@pytest.mark.parametrize(
    ("lengths", "written"),
    [
        (("7:41", "12:05", "9:30"), "m:ss"),
        (("0:07:41", "0:12:05", "1:09:30"), "h:mm:ss"),
        (("7:41:00", "12:05:00", "9:30:00"), "m:ss:00"),
    ],
)
def test_lengths_are_marked_with_how_they_were_read(
    tmp_path: Path, lengths: tuple[str, ...], written: str
):
    rows = (f"A-{n},2026-01-1{n} 09:00,{one}" for n, one in enumerate(lengths))
    path = text("Incident,Received,Response Time", *rows)(tmp_path)
    profile = draft_profile(path, AGENCY).profile
    assert f'elapsed_format = "{written}"  # CHECK' in profile

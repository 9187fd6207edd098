"""Ordinary logs with one fault each: a draft reads them right, or says what to look at."""

import errno
from datetime import date, datetime
from pathlib import Path

import pytest
from drafted_logs import text, workbook
from small_agency import FILE, Town, profile_with

from outcomes.ingest.draft.draft import Draft, draft_profile, write_draft
from outcomes.ingest.errors import LoadProblem


def rows(*values: str) -> list[str]:
    return [f"C-{n},{value},WELF" for n, value in enumerate(values)]


LOGS = {
    "a day of the year": (
        "No,Call Date,Call Time,Type",
        rows("2026001,0815", "2026031,0915", "2026061,1015", "2026121,2115"),
        ('date_formats = ["%Y%j"]', 'time_formats = ["%H%M"]'),
    ),
    "AM and PM in a column of their own": (
        "No,Date,Time,AM/PM,Type",
        rows("1/13/2026,01:15,PM", "1/14/2026,02:15,AM", "1/15/2026,12:15,PM"),
        ('time_column = ["Time", "AM/PM"]', 'time_formats = ["%I:%M %p"]'),
    ),
    "twelve hours without AM and PM": (
        "No,Received,Type",
        rows(*(f"1/{13 + n}/2026 {1 + n % 12:02}:15" for n in range(12))),
        ("# CHECK: no hour from 1 p.m. to 1 a.m.",),
    ),
    "dates in words are no free text": (
        "No,Received,Type",
        rows(*(f'"{date(2026, 3, n):%A, %B %d, %Y} 2:05 PM"' for n in (1, 2, 3))),
        ('formats = ["%A, %B %d, %Y %I:%M %p"]',),
    ),
    "hours and minutes whose zeros are gone": (
        "No,Date,Rcvd,Clear,Type",
        rows(
            "1/13/2026,5,0045", "1/14/2026,915,1010", "1/15/2026,1530,1610", "1/16/2026,2359,0030"
        ),
        ('[columns."Rcvd"]\nzero_pad = 4', 'time_formats = ["%H%M"]', 'time_column = "Clear"'),
    ),
    "a year of two digits that comes first": (
        "No,Received,Type",
        rows(*(f"26-0{n}-1{n} 08:00" for n in (1, 2, 3))),
        ("AMBIGUOUS: the year may come first or last", 'formats = ["%y-%m-%d %H:%M"]'),
    ),
    "decimals after a comma": (
        "No,Received,Type",
        rows(*(f'"1{n}.01.2026 08:00:00,250"' for n in (1, 2, 3))),
        ('formats = ["%d.%m.%Y %H:%M:%S,%g"]',),
    ),
    "offsets in a column of their own": (
        "No,Received,UTC Offset,Type",
        rows(*(f"2026-07-1{n}T09:15:00,-04:00" for n in (1, 2, 3))),
        ('LOOK: "UTC Offset" holds offsets',),
    ),
}


@pytest.mark.parametrize("fault", LOGS)
def test_a_draft_reads_it_right_or_says_so(tmp_path: Path, fault: str):
    header, lines, said = LOGS[fault]
    drafted = draft_profile(text(header, *lines)(tmp_path), "small-town").profile
    for words in said:
        assert words in drafted


def test_names_of_a_national_standard_and_what_was_not_done(tmp_path: Path):
    header = "Incident Number (eResponse.03),PSAP Call Date Time (eTimes.01),Patient Age (ePatient.15),Complaint Reported by Dispatch (eDispatch.01),Disposition (eDisposition.12)"
    lines = [
        f"A-{n},2026-01-1{n} 09:00,{30 + n},Psychiatric problem,No Treatment/Transport Required"
        for n in range(4)
    ]
    drafted = draft_profile(text(header, *lines)(tmp_path), "small-town").profile
    assert 'age_column = "Patient Age (ePatient.15)"' in drafted
    assert '[call_type]\ncolumn = "Complaint Reported by Dispatch (eDispatch.01)"' in drafted
    assert "transported" not in drafted


def test_names_of_people_are_neither_stored_nor_shown(tmp_path: Path):
    header = "No,Received,Participant Name,Participant ID,Created By,Case Manager"
    lines = [
        f"A-{n},2026-01-1{n} 09:00,Jo Doe {n % 3},P{n % 3},R. Alder,T. Cedar" for n in range(6)
    ]
    draft = draft_profile(text(header, *lines)(tmp_path), "small-town")
    assert {one.name for one in draft.columns if one.private} == set(header.split(",")[2:])
    assert not any(one.values for one in draft.columns if one.private)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("Prepared by Records,,", "named like an id; each row that is none of a report has one\n"),
        (",2026-01-19 09:00,WELF", "named like an id; CHECK: 1 row has none and will be rejected"),
    ],
)
def test_what_is_said_of_an_id_that_is_not_everywhere(tmp_path: Path, more: str, said: str):
    lines = [f"A-{n},2026-01-{10 + n // 9} 09:00,WELF" for n in range(60)]
    drafted = draft_profile(
        text("Incident Number,Received,Type", *lines, more)(tmp_path), "small-town"
    )
    assert said in drafted.profile


def test_units_are_asked_whose_they_are(tmp_path: Path):
    lines = [f"A-{n // 2},2026-01-1{n // 2} 09:00,{('CRT1', '12A4')[n % 2]}" for n in range(12)]
    path = text("Incident Number,Received,Unit", *lines, "Total Units: 12,,")(tmp_path)
    drafted = draft_profile(path, "small-town").profile
    assert 'rows_are = "unit"' in drafted
    assert (
        '[words.responder_type.values]  # CHECK each: guessed from its words\n"CRT1" = "community"'
        in drafted
    )
    assert '# "12A4" = ""' in drafted


def test_stamps_of_an_event_table(tmp_path: Path):
    lines = [f"P26{n},2026071{n}09{n:02}00PD,2026071{n}09{n + 20}00PD" for n in range(5)]
    drafted = draft_profile(text("NUM_1,AD_TS,AR_TS", *lines)(tmp_path), "small-town").profile
    assert drafted.count('formats = ["%Y%m%d%H%M%S%Z"]') == 2
    profile = """
[times.received_at]
column = "AD_TS"
formats = ["%Y%m%d%H%M%S%Z"]
"""
    town = Town(
        tmp_path, profile_with(file=FILE, text='[text]\nincident_id = "NUM_1"', received=profile)
    )
    town.load(tmp_path / "log.csv")
    assert town.incidents()["P264"]["received_at"] == datetime(2026, 7, 14, 9, 4)


@pytest.mark.slow
def test_sheets_with_their_columns_in_another_order(tmp_path: Path):
    at = datetime(2026, 3, 1, 9)
    path = workbook(
        **{
            "2025": [["No", "Received", "Type"], ["A-1", at, "WELF"], ["A-2", at, "WELF"]],
            "2026": [["No", "Type", "Received"], ["B-1", "WELF", at]],
        }
    )(tmp_path)
    drafted = draft_profile(path, "small-town").profile
    assert 'sheets = "[0-9]+"' in drafted
    assert "drafted from all of its 3 rows" in drafted


def test_codes_without_a_sign_between_them_have_all_their_digits(tmp_path: Path):
    # An engine reads 114 as 11:04 by %H%M, and 2026121 as the first of December by %Y%m%d.
    received = """
[times.received_at]
date_column = "day"
date_formats = ["%Y%m%d", "%Y%j"]
time_column = "clock"
time_formats = ["%H%M", "%H:%M"]
"""
    town = Town(tmp_path, profile_with(file=FILE, received=received))
    log = "id,day,clock\nA,20260301,0114\nB,2026121,1:14\nC,20260301,114\nD,20260301,2400\n"
    town.load(town.write(log))
    assert {id_: row["received_at"] for id_, row in town.incidents().items()} == {
        "A": datetime(2026, 3, 1, 1, 14),
        "B": datetime(2026, 5, 1, 1, 14),
        "C": None,
        "D": datetime(2026, 3, 2),
    }
    assert town.findings()[("unreadable", "received_at", "114")] == 1


def test_a_draft_that_cannot_be_written_leaves_no_part_of_it(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(Path, "write_text", _full_disk)
    place = tmp_path / "town" / "profile.toml"
    with pytest.raises(LoadProblem, match=r"found \[No space left on device\]"):
        write_draft(Draft("a", "b", (), ()), place)
    assert not list(place.parent.iterdir())


def _full_disk(path: Path, *_args: object, **_more: object) -> None:
    path.touch()
    raise OSError(errno.ENOSPC, "No space left on device", str(path))

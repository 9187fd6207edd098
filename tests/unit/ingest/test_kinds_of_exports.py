"""Kinds of exports that loaded wrong without a word: each is read right, refused, or told."""

from datetime import date, datetime, timedelta

import duckdb
import pytest
import xlsxwriter

from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log

PROFILE = """
[program]
id = "kinds"
name = "Kinds of Exports"
city = "Fernhollow"
state = "OH"
time_zone = "America/New_York"
data_owner = "The tests"
[log]
rows_are = "call"
holds = "program_work"
[file]
{file}
[text]
incident_id = "No"
"""
TIMES = '[times.received_at]\ncolumn = "Received"\nformats = [{formats}]\n'


class Case:
    """One made-up export with its profile, and what its store then holds."""

    def __init__(self, folder, times, file='format = "csv"'):
        self.folder = folder
        self.agency = folder / "agencies" / "kinds"
        self.agency.mkdir(parents=True)
        (self.agency / "profile.toml").write_text(PROFILE.format(file=file) + times)

    def load(self, name="log.csv", text=None):
        path = self.folder / name
        if text is not None:
            path.write_text(text)
        return load_log([path], "kinds", self.agency.parent, self.folder / "store", publishes=False)

    def calls(self, *columns):
        (path,) = (self.folder / "store").rglob("*.duckdb")
        with duckdb.connect(str(path), read_only=True) as connection:
            incident = connection.table("incident")
            return incident.order("incident_id").select(*columns).fetchall()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("%Y/%m/%d %H:%M:%S+00", "write %z in place of"),
        ("%Y/%m/%d %H:%M-0500", "an offset of -0500"),
        ("%Y-%m-%dT%H:%M:%S.%fZ", "in UTC"),
        ("%m/%d/%Y %H:%M EST", "write %Z in place of EST"),
        ("%m/%d/%Y %I:%M", "twelve hours without %p"),
    ],
)
def test_what_a_format_would_read_past_is_refused(tmp_path, written, told):
    case = Case(tmp_path, TIMES.format(formats=f'"{written}"'))
    with pytest.raises(LoadProblem, match=told):
        read_profile(case.agency)


def test_a_report_printed_to_text_holds_its_records_alone(tmp_path):
    text = (
        "City,,,\nNo,Received,Nature,Beat\nK-1,01/05/2026 07:10,WELF,1\nJanuary 2026,,,\n"
        "K-12,,,\nK-2,01/06/2026 07:10,WELF,1\nPage 1 of 2,,,\nNo,Received,Nature,Beat\n"
        "K-3,13/45/2026 07:10,WELF,1\nAverage,12.5,3,9\nGrand Total,4,,\n"
    )
    case = Case(
        tmp_path, TIMES.format(formats='"%m/%d/%Y %H:%M"'), 'format = "csv"\nheader_row = 2'
    )
    report = case.load(text=text)
    assert (report.rows_read, report.loaded, report.filtered) == (9, 4, 5)
    assert report.reasons == {
        "filtered: a page line, total or caption": 4,
        "filtered: the header again": 1,
    }
    assert [number for (number,) in case.calls("incident_id")] == ["K-1", "K-12", "K-2", "K-3"]


@pytest.mark.slow
def test_a_date_after_the_load_is_none_unless_it_is_allowed(tmp_path):
    late = date.today() + timedelta(days=40)
    text = f"No,Received\nA-1,2024-01-05 10:00\nA-2,{late} 10:00\n"
    times = TIMES.format(formats='"%Y-%m-%d %H:%M"')
    case = Case(tmp_path / "one", times)
    report = case.load(text=text)
    assert any(note.startswith("Under no month: 1 call") for note in report.notes)
    assert [day for (day,) in case.calls("received_date")] == [date(2024, 1, 5), None]
    allowed = Case(tmp_path / "two", times + "latest = 2190-01-01\n")
    allowed.load(text=text)
    assert [day for (day,) in allowed.calls("received_date")] == [date(2024, 1, 5), late]


def workbook(path, sheets):
    with xlsxwriter.Workbook(str(path)) as book:
        as_date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(place, column, cell, as_date)
                    elif cell == "#REF!":
                        sheet.write_formula(place, column, "=#REF!", None, cell)
                    else:
                        sheet.write(place, column, cell)
            sheet.set_row(1, None, None, {"hidden": name == "Mar"})


@pytest.mark.slow
def test_day_and_month_that_a_spreadsheet_swapped(tmp_path):
    days = [2, 5, 9, 11, 14, 19, 23]
    made = [
        datetime(2026, day, 1, 9, 30) if day <= 12 else f"{day:02d}/01/2026 09:30" for day in days
    ]
    rows = [["No", "Received"], *([f"A-{n}", cell] for n, cell in enumerate(made))]
    times = TIMES.format(formats='"%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M"')
    case = Case(tmp_path, times, 'format = "xlsx"\nsheet = "Calls"')
    workbook(tmp_path / "log.xlsx", {"Calls": rows})
    with pytest.raises(LoadProblem, match="4 that a spreadsheet took for dates"):
        case.load("log.xlsx")
    profile = case.agency / "profile.toml"
    profile.write_text(profile.read_text() + 'day_and_month = "swapped"\n')
    case.load("log.xlsx")
    assert [at for (at,) in case.calls("received_at")] == [
        datetime(2026, 1, day, 9, 30) for day in days
    ]


@pytest.mark.slow
def test_sheets_by_pattern_merged_dates_and_what_is_not_seen(tmp_path):
    def sheet(month):
        rows = [
            [datetime(2026, month, 3), "10:05", f"{month}-1", "x"],
            ["", "11:05", f"{month}-2", "#REF!"],
        ]
        return [["Day", "Time", "No", "Beat"], *rows, ["Total", 2, "", ""]]

    times = (
        '[times.received_at]\ndate_column = "Day"\ndate_formats = ["%Y-%m-%d %H:%M:%S"]\n'
        'time_column = "Time"\ntime_formats = ["%H:%M"]\n[columns.Day]\nfill_down = true\n'
    )
    case = Case(tmp_path, times, 'format = "xlsx"\nsheets = "Feb|Mar"')
    workbook(
        tmp_path / "log.xlsx",
        {"Jan": sheet(1), "Feb": sheet(2), "Mar": sheet(3), "Notes": [["a", "b", "c"], [1, 2, 3]]},
    )
    report = case.load("log.xlsx")
    assert (report.loaded, report.filtered + report.rejected) == (4, 2)
    assert [day for (day,) in case.calls("received_date")] == [
        date(2026, m, 3) for m in (2, 2, 3, 3)
    ]
    said = " ".join(report.notes)
    assert "Sheets that were not read: Jan." in said
    assert "Hidden in the sheet Mar, and read like the others: rows 1, columns 0." in said
    assert "Beat: 1 cell of the sheet Feb with an error" in said


@pytest.mark.parametrize(
    ("written", "elapsed_format", "minutes"),
    [
        ("10:57", "m:ss:00", 10.95),
        ("25:58:00", "m:ss:00", 25 + 58 / 60),
        ("1 day, 1:30:00", "h:mm:ss", 1530),
        ("1.01:30:00", "h:mm:ss", 1530),
        ("1900-01-01 01:30:00", "h:mm:ss", 1530),
    ],
)
def test_elapsed_times_in_other_forms(written, elapsed_format, minutes):
    from outcomes.ingest.transform.time_text import elapsed_seconds

    relation = duckdb.connect().sql("select 1")
    seconds = elapsed_seconds(duckdb.ConstantExpression(written), elapsed_format)
    assert relation.select(seconds).fetchall()[0][0] == pytest.approx(60 * minutes)


@pytest.mark.slow
def test_dates_counted_at_midnight_in_utc_stay_on_their_day(tmp_path):
    text = "No,Received\n" + "".join(f"A-{n},{1769904000000 + n * 86_400_000}\n" for n in range(3))
    case = Case(tmp_path / "one", TIMES.format(formats='"epoch_milliseconds"'))
    assert any("midnight in UTC" in note for note in case.load(text=text).notes)
    dates = '[times.received_at]\ndate_column = "Received"\ndate_formats = ["epoch_milliseconds"]\n'
    right = Case(tmp_path / "two", dates)
    right.load(text=text)
    assert [day for (day,) in right.calls("received_date")] == [date(2026, 2, d) for d in (1, 2, 3)]


@pytest.mark.slow
def test_more_digits_of_a_second_than_a_clock_has(tmp_path):
    case = Case(tmp_path, TIMES.format(formats='"%Y-%m-%d %H:%M:%S.%f"'))
    case.load(text="No,Received\nA-1,2026-03-01 10:00:05.1234567\n")
    assert case.calls("received_at") == [(datetime(2026, 3, 1, 10, 0, 5, 123456),)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<?xml version="1.0"?><EMSDataSet xmlns="http://www.nemsis.org"></EMSDataSet>', "NEMSIS"),
        ("<NFIRS><call/></NFIRS>", "NFIRS"),
        (
            '{"type":"FeatureCollection","features":[{"properties":{}}]}',
            "GeoJSON or ArcGIS object with 1 feature",
        ),
        ('{"meta":{"view":{}},\n"data":[["a"],["b"]]}', r"a list \[data\] with 2 records"),
        ('[{"No":1}]', "one list in JSON with 1 record"),
        (
            "No    Received          Nature    X\nA-1   2026-03-01 10:00  WELF      1\nA-2   2026-03-02 10:00  MH        2\n",
            "fixed width",
        ),
    ],
)
def test_files_of_other_kinds_are_refused_with_the_way_to_csv(tmp_path, text, told):
    case = Case(tmp_path, TIMES.format(formats='"%Y-%m-%d %H:%M"'))
    with pytest.raises(LoadProblem, match=told) as refused:
        case.load(text=text)
    assert "CSV" in str(refused.value)

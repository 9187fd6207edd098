"""Exports as vendors' systems write them, with profiles alone: every count as a slow reading with pandas gives it."""

import io
import json
from datetime import datetime, time
from pathlib import Path

import pandas as pd
import pytest
from small_agency import AGENCY, BASE, Town

from outcomes.answers.answer import answer
from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import Breakdown

pytestmark = pytest.mark.slow


def profile(body: str, top: str = "") -> str:
    """A whole profile of the program's part and the rest."""
    return top + BASE + body


def at(text: str) -> datetime:
    """A moment of March 2026, as 1 09:14:00."""
    return datetime.strptime(f"2026-03-{text}", "%Y-%m-%d %H:%M:%S")


# A dispatch system: one row per unit, times of day alone that run over midnight, and a day that ends at 24:00.

UNIT_ROWS = """
[log]
rows_are = "unit"
holds = "all_calls"
records_police_units = true
[file]
format = "csv"
null_words = ["--:--:--"]
[text]
incident_id = "CFS #"
unit_id = "Unit"
[times.received_at]
date_column = "Create Date"
date_formats = ["%m/%d/%y"]
time_column = "Create Time"
time_formats = ["%H:%M:%S"]
[times.dispatched_at]
time_column = "Dispatched"
time_formats = ["%H:%M:%S"]
since = "received_at"
[times.arrived_at]
time_column = "Arrived"
time_formats = ["%H:%M:%S"]
since = "received_at"
[[words.responder_type.cases]]
when = { column = "Unit", matches = "CR.*" }
then = "community"
[[words.responder_type.cases]]
when = { column = "Unit", matches = "P.*" }
then = "police"
[[filters]]
reason = "the header again, at the top of a page"
when = { column = "CFS #", is = ["CFS #"] }
"""
UNIT_LOG = """CFS #,Create Date,Create Time,Unit,Dispatched,Arrived
26-001,03/01/26,23:50:00,CR1,23:58:00,00:10:00
26-001,03/01/26,23:50:00,P12,23:59:00,00:05:00
26-002,03/02/26,24:00:00,CR1,00:04:00,00:30:00
26-003,03/02/26,08:00:00,P12,08:01:00,--:--:--
CFS #,Create Date,Create Time,Unit,Dispatched,Arrived
26-004,03/02/26,20:30:00,CR2,20:40:00,24:00:00
26-004,03/02/26,20:30:00,CR2,20:40:00,24:00:00
"""


def test_unit_rows_with_times_of_day_over_midnight(tmp_path: Path):
    town = Town(tmp_path, profile(UNIT_ROWS))
    report = town.load(town.write(UNIT_LOG))
    read = pd.read_csv(io.StringIO(UNIT_LOG), dtype=str)
    calls = read[read["CFS #"] != "CFS #"].drop_duplicates()
    assert (report.rows_read, report.filtered, report.rejected) == (len(read), 2, 0)
    found = town.incidents()
    assert set(found) == set(calls["CFS #"])
    assert {id_: row["received_at"] for id_, row in found.items()} == {
        "26-001": at("01 23:50:00"),
        "26-002": at("03 00:00:00"),
        "26-003": at("02 08:00:00"),
        "26-004": at("02 20:30:00"),
    }
    assert {id_: row["arrived_at"] for id_, row in found.items()} == {
        "26-001": at("02 00:10:00"),
        "26-002": at("03 00:30:00"),
        "26-003": None,
        "26-004": at("03 00:00:00"),
    }
    assert found["26-001"]["police_involvement"] == "already_on_scene"
    assert found["26-004"]["police_involvement"] == "none"


# Date and time in two columns, the clock named by letters that change in March.

LETTERED = """
[log]
rows_are = "call"
holds = "program_work"
[file]
format = "csv"
delimiter = "|"
[text]
incident_id = "EventNumber"
[times.received_at]
column = ["EventDate", "EventTime"]
formats = ["%m/%d/%Y %I:%M:%S%p %Z", "%m/%d/%Y %I:%M %p"]
[times.arrived_at]
column = "OnScene"
formats = ["%Y-%m-%dT%H:%M:%S%z"]
"""
LETTERED_LOG = """EventNumber|EventDate|EventTime|OnScene
E1|3/7/2026|11:15:00PM PST|2026-03-08T07:30:00Z
E2|3/8/2026|3:05:00AM PDT|2026-03-08T03:20:00-07:00
E3|7/4/2026|12:00:00AM PDT|2026-07-04T07:12:00+00:00
E4|7/4/2026|1:00:00PM EDT|2026-07-04T17:12:00z
E5|7/4/2026|2:05 p.m.|
E6|7/4/2026|12:30 A.M.|
E7|7/4/2026|1:00:00PM PST|
"""


def test_date_and_time_apart_with_the_clock_in_letters(tmp_path: Path):
    town = Town(tmp_path, profile(LETTERED))
    report = town.load(town.write(LETTERED_LOG))
    assert (report.rows_read, report.loaded) == (7, 7)
    found = town.incidents()
    assert {id_: str(row["received_at"]) for id_, row in found.items()} == {
        "E1": "2026-03-07 23:15:00",
        "E2": "2026-03-08 03:05:00",
        "E3": "2026-07-04 00:00:00",
        "E4": "2026-07-04 10:00:00",
        "E5": "2026-07-04 14:05:00",
        "E6": "2026-07-04 00:30:00",
        # Written as standard time in summer: what is written counts.
        "E7": "2026-07-04 14:00:00",
    }
    assert [str(found[id_]["arrived_at"]) for id_ in ("E1", "E2", "E3")] == [
        "2026-03-07 23:30:00",
        "2026-03-08 03:20:00",
        "2026-07-04 00:12:00",
    ]


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (
            'date_column = "d"\ndate_formats = ["%m/%d/%Y"]\ntime_column = "t"\ntime_formats = ["%H:%M %Z"]',
            "a zone without both date and time: give column, a list",
        ),
        ('column = "t"\nformats = ["%Y-%m-%dT%H:%M:%SZ"]', "write %z in place of Z"),
        (
            'elapsed_column = "t"\nsince = "queued_at"',
            "give elapsed_column with elapsed_format",
        ),
    ],
)
def test_a_zone_that_would_be_read_past_is_refused(tmp_path: Path, mistake: str, words: str):
    """A zone beside a time of day alone, and a bare Z, gave times that were hours wrong."""
    body = f'[log]\nrows_are = "call"\nholds = "all_calls"\n[file]\nformat = "csv"\n[times.received_at]\n{mistake}\n'
    town = Town(tmp_path, profile(body))
    with pytest.raises(LoadProblem) as problem:
        read_profile(town.agency)
    assert words in str(problem.value)


# UTF-16 and tabs, decimal commas, elapsed times, blanks that are none of ASCII.

EUROPEAN = """
[log]
rows_are = "call"
holds = "all_calls"
[file]
format = "csv"
encoding = "utf-16"
delimiter = "\\t"
decimal_mark = ","
null_words = ["keine Angabe", "-"]
[text]
incident_id = "Einsatz Nr"
area_id = "Bezirk"
[times.received_at]
column = "Eingang"
formats = ["spreadsheet_days"]
[times.dispatched_at]
minutes_column = "Minuten bis Vergabe"
since = "received_at"
[times.arrived_at]
elapsed_column = "Dauer"
elapsed_format = "h:mm:ss"
since = "received_at"
[flags.has_transport]
yes = { column = "Kilometer", at_least = 1000.5 }
no = { column = "Kilometer", recorded = true }
"""
EUROPEAN_LOG = (
    "Einsatz\u00a0Nr\tEingang\t\u200bBezirk \tMinuten bis  Vergabe\tDauer\tKilometer\tAlter\n"
    "007\u200b\t46082,5\tNord\u00a0Ost\t1,5\t0:12:30\t1.000,5\t34,0\n"
    "\ufeff008\t46082,75\tNord Ost\t12\t1:00:00\t999,9\t-\n"
    "009\u2009\t46083,25\tkeine\u202fAngabe\t1.5\t12:30\t12\t70\n"
)


def test_utf_16_with_decimal_commas_and_odd_blanks(tmp_path: Path):
    town = Town(tmp_path, profile(EUROPEAN, top='age_column = "Alter"\n'))
    report = town.load(town.write(EUROPEAN_LOG, encoding="utf-16"))
    assert (report.rows_read, report.loaded, report.unused_columns) == (3, 3, ())
    found = town.incidents()
    assert set(found) == {"007", "008", "009"}
    assert [row["area_id"] for row in found.values()] == ["Nord Ost", "Nord Ost", None]
    assert [str(row["received_at"]) for row in found.values()] == [
        "2026-03-01 12:00:00", "2026-03-01 18:00:00", "2026-03-02 06:00:00"]  # fmt: skip
    assert [str(row["dispatched_at"]) for row in found.values()] == [
        "2026-03-01 12:01:30", "2026-03-01 18:12:00", "None"]  # fmt: skip
    assert [str(row["arrived_at"]) for row in found.values()] == [
        "2026-03-01 12:12:30", "2026-03-01 19:00:00", "None"]  # fmt: skip
    assert [row["has_transport"] for row in found.values()] == [True, False, False]
    assert [row["age_band"] for row in found.values()] == ["25 to 44", None, "65 and over"]
    # What is not written in the file's way is reported, and never read in another.
    assert town.findings()[("unreadable", "dispatched_at", "1.5")] == 1
    assert town.findings()[("unreadable", "arrived_at", "12:30")] == 1


# JSON lines of an interface: values inside others, moments as milliseconds, one of them damaged.

INTERFACE = """
[log]
rows_are = "call"
holds = "all_calls"
[file]
format = "json_lines"
[columns.number]
part_of = "incident"
part = '"number": "([^"]*)"'
[columns.nature]
part_of = "incident"
part = '"nature": "([^"]*)"'
[text]
incident_id = "number"
[call_type]
column = "nature"
[times.received_at]
column = "created"
formats = ["epoch_milliseconds"]
"""


def test_json_lines_with_values_inside_others(tmp_path: Path):
    rows = [
        {"incident": {"number": f"I{n}", "nature": nature}, "created": created}
        for n, (nature, created) in enumerate(
            [("WELF", 1772388000000), ("MH", "1772391600000"), ("WELF", "1.77239E+12"), ("X", None)]
        )
    ]
    town = Town(
        tmp_path, profile(INTERFACE), "code,call_type\nWELF,welfare_check\nMH,mental_health\n"
    )
    report = town.load(town.write("\n".join(map(json.dumps, rows)), "dump.jsonl"))
    assert (report.rows_read, report.loaded) == (4, 4)
    found = town.incidents()
    assert [str(row["received_at"]) for row in found.values()] == [
        "2026-03-01 10:00:00", "2026-03-01 11:00:00", "None", "None"]  # fmt: skip
    assert [row["call_type"] for row in found.values()] == [
        "welfare_check", "mental_health", "welfare_check", "not_mapped"]  # fmt: skip
    assert town.findings()[("damaged by a spreadsheet", "received_at", "1.77239x+12")] == 1


# A client-record system: one row per outcome and no id of the call; reasons in several columns and in one cell.

OUTCOMES = """
[log]
rows_are = "outcome"
holds = "program_work"
[file]
format = "csv"
[columns.call]
joined = ["Day", "Time", "Team"]
[text]
incident_id = "call"
[call_type]
column = "Reason 1"
more_columns = ["Reason 2"]
primary = "first_filled"
[times.received_at]
column = ["Day", "Time"]
formats = ["%m/%d/%Y %H%M"]
[flags.has_transport]
yes = { column = "What was done", matches = "(.*;)? ?Transport(;.*)?" }
no = { column = "What was done", recorded = true }
[flags.has_arrest]
yes = { column = "What was done", matches = "(.*;)? ?Arrest(;.*)?" }
no = { column = "What was done", recorded = true }
"""
OUTCOME_LOG = """Day,Time,Team,Reason 1,Reason 2,What was done
03/01/2026,0914,A,,Housing,Food; Transport
03/01/2026,0914,A,,Housing,Arrest averted; Water
03/01/2026,0914,B,Mental health,,Water
03/02/2026,2210,A,Mental health,Housing,Arrest
03/02/2026,2210,A,Mental health,Housing,
03/02/2026,2210,,Mental health,Housing,Water
"""
REASONS = "code,call_type\nHousing,unhoused\nMental health,mental_health\n"


def test_outcome_rows_without_an_id_are_joined_by_several_columns(tmp_path: Path):
    town = Town(tmp_path, profile(OUTCOMES), REASONS)
    report = town.load(town.write(OUTCOME_LOG))
    read = pd.read_csv(io.StringIO(OUTCOME_LOG), dtype=str)
    keyed = read.dropna(subset=["Day", "Time", "Team"])
    assert (report.rows_read, report.rejected) == (6, 1)
    found = town.incidents()
    assert len(found) == len(keyed.groupby(["Day", "Time", "Team"])) == 3
    first, second, third = found.values()
    assert list(found) == ["03/01/2026 0914 A", "03/01/2026 0914 B", "03/02/2026 2210 A"]
    assert [row["call_type"] for row in (first, second, third)] == [
        "unhoused", "mental_health", "mental_health"]  # fmt: skip
    assert [row["has_transport"] for row in (first, second, third)] == [True, False, False]
    assert [row["has_arrest"] for row in (first, second, third)] == [False, False, True]


def test_outcome_rows_without_any_key_are_told_how_to_be_joined(tmp_path: Path):
    town = Town(tmp_path, profile(OUTCOMES.replace('[text]\nincident_id = "call"\n', "")), REASONS)
    with pytest.raises(
        LoadProblem, match=r"incident_id is missing.*join several that do in \[columns\]"
    ):
        read_profile(town.agency)


def test_a_name_is_not_stored_as_a_part_of_an_id(tmp_path: Path):
    body = OUTCOMES.replace('"Team"]', '"Client Name"]')
    town = Town(tmp_path, profile(body), REASONS)
    with pytest.raises(LoadProblem, match=r"\[Client Name\], which by its name holds names"):
        read_profile(town.agency)


# A workbook as a report: titles above the header, a header over two lines, and totals beneath the rows.

REPORT = """
[log]
rows_are = "call"
holds = "eligible_calls"
[file]
format = "xlsx"
sheet = "Report"
header_row = 4
[text]
incident_id = "Case No."
[times.received_at]
column = "Call Received"
formats = ["%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"]
[times.arrived_at]
time_column = "Arrived"
time_formats = ["%H:%M:%S"]
since = "received_at"
[[filters]]
reason = "total at the foot of the report"
when = { column = "Case No.", starts_with = "total" }
[[filters]]
reason = "empty row"
when = { not = { any = [{ column = "Case No.", recorded = true }, { column = "Call Received", recorded = true }] } }
"""


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """A workbook with one sheet: strings inline, numbers as they are; days and times get a style of their own."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Report"
    for row in rows:
        sheet.append(row)
    sheet.merge_cells(start_row=len(rows), end_row=len(rows), start_column=1, end_column=3)
    book.save(path)
    return path


def test_a_report_as_a_workbook_with_titles_and_totals(tmp_path: Path):
    day = datetime(2026, 3, 1, 9, 14)
    rows: list[list[object]] = [
        ["Responses by case", None, None],
        [None, None, None],
        ["Printed", datetime(2026, 4, 1), None],
        ["Case No.", "Call\nReceived", "Arrived"],
        [20260001, day, day.replace(minute=30).time()],
        [20260002.0, "03/01/2026 11:50:00 PM", datetime(2026, 3, 1, 0, 5).time()],
        ["0012", datetime(2026, 3, 2, 23, 59, 59, 999_000), time(9, 29, 59, 999_000)],
        [None, None, None],
        ["Total: 3 cases", None, None],
    ]
    town = Town(tmp_path, profile(REPORT))
    report = town.load(workbook(tmp_path / "report.xlsx", rows))
    assert (report.rows_read, report.loaded, report.filtered) == (5, 3, 2)
    found = town.incidents()
    assert set(found) == {"20260001", "20260002", "0012"}
    assert str(found["20260001"]["arrived_at"]) == "2026-03-01 09:30:00"
    assert str(found["20260002"]["arrived_at"]) == "2026-03-02 00:05:00"
    # A spreadsheet's clock is off by parts of a second; a second is not lost over it.
    assert str(found["0012"]["received_at"]) == "2026-03-03 00:00:00"
    assert str(found["0012"]["arrived_at"]) == "2026-03-03 09:30:00"


# Blanks of every kind, in ids, codes, times and header names.

BLANKS = ["\u00a0", "\u2009", "\u202f", "\u3000", "\t"]
UNSEEN = ["\u200b", "\ufeff", "\u200e", "\u00ad", "\u2060"]
PLAIN = """
[log]
rows_are = "call"
holds = "all_calls"
[file]
format = "csv"
[text]
incident_id = "Call No"
[call_type]
column = "Nature"
[times.received_at]
column = "Received"
formats = ["%Y-%m-%d %H:%M"]
[[filters]]
reason = "test call"
when = { column = "Nature", is = ["test call"] }
"""
TYPES = "code,call_type\nwelfare check,welfare_check\n"


@pytest.mark.parametrize("sign", BLANKS + UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_odd_blanks_change_no_meaning_and_lose_no_row(tmp_path: Path, sign: str):
    blank, unseen = (sign, "") if sign in BLANKS else (" ", sign)
    log = (
        f"Call{blank}No{unseen},{unseen}Nature{blank},Received\n"
        f"{unseen}A{blank}1{unseen},Welfare{unseen}{blank}Check,2026-03-01{blank}09:1{unseen}4\n"
        f"{blank}A{unseen}2{blank},Test{blank}{blank}Call,2026-03-01 09:15{unseen}\n"
        f"A 3,Welfare Check,{blank}2026-03-01 09:16{blank}\n"
        f"A{blank}3{unseen},Welfare Check,2026-03-01 09:17\n"
    )  # fmt: skip
    town = Town(tmp_path, profile(PLAIN), TYPES)
    report = town.load(town.write(log))
    assert (report.rows_read, report.loaded, report.filtered, report.rejected) == (4, 2, 2, 0)
    found = town.incidents()
    assert {id_: str(row["received_at"])[11:16] for id_, row in found.items()} == {
        "A 1": "09:14",
        "A 3": "09:17",
    }
    assert {row["call_type"] for row in found.values()} == {"welfare_check"}


def test_digits_of_other_scripts_are_reported_and_not_guessed(tmp_path: Path):
    log = "Call No,Nature,Received\nA1,x,\uff12\uff10\uff12\uff16-03-01 09:14\nA2,x,2026-03-01 09:15\n"
    town = Town(tmp_path, profile(PLAIN), TYPES)
    assert town.load(town.write(log)).loaded == 2
    assert [row["received_at"] is None for row in town.incidents().values()] == [True, False]
    assert sum(n for (rule, field, _), n in town.findings().items() if field == "received_at") == 1


# Times without a colon that lost their zero, and thousands parted with a sign.

MILITARY = """
[log]
rows_are = "call"
holds = "all_calls"
[file]
format = "csv"
header_row = 0
decimal_mark = "."
[columns.time]
names = ["column 3"]
zero_pad = 4
[text]
incident_id = "column 1"
[times.received_at]
date_column = "column 2"
date_formats = ["%d%b%y"]
time_column = "time"
time_formats = ["%H%M"]
[times.arrived_at]
seconds_column = "column 4"
since = "received_at"
"""


def test_times_without_a_colon_and_thousands_with_a_sign(tmp_path: Path):
    log = '1,01MAR26,914,"1,260.0"\n2,01MAR26,5,60\n3,01MAR26,2400,"1,5"\n4,01MAR26,2359,120\n'
    town = Town(tmp_path, profile(MILITARY))
    report = town.load(town.write(log))
    assert (report.rows_read, report.loaded) == (4, 4)
    found = town.incidents()
    assert [row["received_at"] for row in found.values()] == [
        at("1 09:14:00"), at("1 00:05:00"), at("2 00:00:00"), at("1 23:59:00")]  # fmt: skip
    assert [row["arrived_at"] for row in found.values()] == [
        at("1 09:35:00"), at("1 00:06:00"), None, at("2 00:01:00")]  # fmt: skip
    assert town.findings()[("unreadable", "arrived_at", "1,5")] == 1


def test_a_program_outside_the_fifty_one_states_stands_in_its_own_row(tmp_path: Path):
    text = profile(PLAIN).replace('state = "OR"', 'state = "ON"')
    text = text.replace(
        '"call"\nholds = "all_calls"', '"dispatch"\nholds = "program_work"\nall_rows_reached = true'
    )
    town = Town(tmp_path, text, TYPES)
    path = town.write("Call No,Nature,Received\nA1,welfare check,2026-03-01 09:14\n")
    load_log([path], AGENCY, town.agency.parent, town.store)
    found = answer("responses", Selection(), live_snapshot(town.store), Breakdown.STATE)
    assert list(found.table["state"]) == ["ON"]
    assert list(found.table["numerator"]) == [1]
    assert found.total.value == 1

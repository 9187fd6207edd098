"""Logs in the shapes of several systems with what each of their columns is, to hold drafts against."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import xlsxwriter
from places import REAL_DATA

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class DraftedLog:
    """A log, and what a draft of it should say."""

    # how the table of drafts calls it
    name: str
    # writes it into a folder and gives its path; None where it is a real export that is not here
    make: Callable[[Path], Path | None]
    # what each column is, by its name; one that is not here is of no use
    uses: dict[str, set[str]] = field(default_factory=dict)
    # what a row is, any of these
    rows_are: tuple[str, ...] = ("call", "dispatch")
    # formats by column, where several could be guessed
    formats: dict[str, tuple[str, ...]] = field(default_factory=dict)


def text(*lines: str, name: str = "log.csv") -> Callable[[Path], Path]:
    """A file of these lines."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return make


def workbook(**sheets: Iterable[Iterable[object]]) -> Callable[[Path], Path]:
    """A workbook with these sheets; dates and times of day are real ones."""

    def make(folder: Path) -> Path:
        path = folder / "log.xlsx"
        with xlsxwriter.Workbook(path, {"remove_timezone": True}) as book:
            forms = {
                kind: book.add_format({"num_format": form})
                for kind, form in (
                    (datetime, "yyyy-mm-dd hh:mm"),
                    (date, "yyyy-mm-dd"),
                    (time, "hh:mm:ss"),
                )
            }
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for place, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if type(cell) in forms:
                            sheet.write_datetime(place, column, cell, forms[type(cell)])
                        elif cell is not None:
                            sheet.write(place, column, cell)
        return path

    return make


def real(*parts: str) -> Callable[[Path], Path | None]:
    """A real export, which is kept outside the project."""
    path = REAL_DATA.joinpath(*parts)
    return lambda folder: path if path.exists() else None


def _month(number: int) -> list[list[object]]:
    first = datetime(2026, number, 3, 10, 5)
    calls = [first + timedelta(days=2 * n) for n in range(number + 1)]
    rows = [[f"M-{number}{n}", at, at + 16 * MINUTE, "WELFARE CHECK"] for n, at in enumerate(calls)]
    return [["Incident Number", "Received", "Arrived", "Nature"], *rows]


def _two_rows() -> list[list[object]]:
    calls = [datetime(2026, 1, 5 + 3 * n, 9 + n, 10) for n in range(6)]
    return [
        ["Incident Number", "Times", None, None, "Result", None],
        [None, "Received", "Dispatched", "Arrived", "Nature", "Outcome"],
        *(
            [f"M-{n}", at, at + 5 * MINUTE, at + 19 * MINUTE, "WELFARE CHECK", "Met"]
            for n, at in enumerate(calls)
        ),
    ]


def _repeated_names() -> list[list[object]]:
    calls = [datetime(2026, 1, 5 + n, 9 + n, 10) for n in range(6)]
    return [
        ["Incident No", "Call", None, "Arrival", None, "Nature"],
        [None, "Date", "Time", "Date", "Time", None],
        *(
            [f"M-{n}", at.date(), at.time(), at.date(), (at + 9 * MINUTE).time(), "WELFARE CHECK"]
            for n, at in enumerate(calls)
        ),
    ]


def _merged_dates() -> list[list[object]]:
    rows: list[list[object]] = [
        ["Crisis Team Activity Report"],
        ["Date", "Incident Number", "Time", "Nature"],
    ]
    for day in range(3):
        for n in range(3):
            first = date(2026, 1, 5 + day) if n == 0 else None
            rows.append([first, f"G-{day}{n}", time(9 + n, 5), "WELFARE CHECK"])
    return rows


def _swapped() -> list[list[object]]:
    real_dates = [datetime(2026, month, 1, 9, 10) for month in (3, 6, 9, 12)]
    texts = [f"{day}/01/2026 09:10" for day in (15, 18, 21, 24)]
    rows = [[f"M-{n}", at, "WELFARE CHECK"] for n, at in enumerate([*real_dates, *texts])]
    return [["Incident Number", "Received", "Nature"], *rows]


def _people(ages: tuple[str, str], races: tuple[str, str]) -> list[str]:
    return [
        f"{1 + n % 12:02}/{1 + n % 27:02}/2024,{ages[n % 2]},Male,{races[n % 2]},Fernhollow"
        for n in range(60)
    ]


STATUSES = [
    f"PX-{call},2026-03-0{4 + call},09:10:00,2026-03-0{4 + call},09:11:00,WELFARE CHECK,CR{unit},{status},"
    f"2026-03-0{4 + call} 09:{minute}:00"
    for call in (1, 2)
    for unit in range(1, 1 + call)
    for status, minute in (("D", 11), ("ER", 13), ("OS", 19), ("AQ", 50))
]
ID = {"incident_id"}
RECEIVED, DISPATCHED, ARRIVED, CLEARED = (
    {f"{name}_at"} for name in ("received", "dispatched", "arrived", "cleared")
)
TYPE = {"call_type"}
PRIVATE = {"private"}

LOGS = (
    DraftedLog(
        "Numbers that restart each year",
        text(
            "INC_NO,ALARM,ARRIVAL,INC_TYPE",
            *(
                f"000000{n},01/0{2 + n}/2024 09:00,01/0{2 + n}/2024 09:09,MENTAL HEALTH"
                for n in range(1, 5)
            ),
        ),
        {"INC_NO": ID, "ALARM": RECEIVED, "ARRIVAL": ARRIVED, "INC_TYPE": TYPE},
    ),
    DraftedLog(
        "Clocks beside one date, over midnight",
        text(
            "Incident Number,IncidentDate,ReceivedTime,CallType,DispatchTime,ArriveTime,ClearTime",
            "SP-1,2026-03-01,08:15:23,WELFARE CHECK,08:20:00,08:31:00,08:55:00",
            "SP-2,2026-03-01,23:50:00,WELFARE CHECK,23:58:00,00:12:00,00:40:00",
            "SP-3,2026-03-02,10:00:00,MENTAL HEALTH,,,",
            "SP-4,2026-03-13,23:58:00,WELFARE CHECK,00:03:00,00:20:00,00:50:00",
        ),
        {
            "Incident Number": ID,
            "IncidentDate": RECEIVED,
            "ReceivedTime": RECEIVED,
            "CallType": TYPE,
            "DispatchTime": {"dispatched_at since"},
            "ArriveTime": {"arrived_at since"},
            "ClearTime": {"cleared_at since"},
        },
        ("call",),
    ),
    DraftedLog(
        "One row for each status of a unit",
        text(
            "INCIDENT_NO,CALL_RECEIVED_DATE,CALL_RECEIVED_TIME,DISPATCH_DATE,DISPATCH_TIME,INCIDENT_TYPE,"
            "UNIT_ID,UNIT_STATUS_CD,STATUS_DTTM",
            *STATUSES,
        ),
        {
            "INCIDENT_NO": ID,
            "CALL_RECEIVED_DATE": RECEIVED,
            "CALL_RECEIVED_TIME": RECEIVED,
            "INCIDENT_TYPE": TYPE,
            "UNIT_ID": {"unit_id", "responder_type"},
            "UNIT_STATUS_CD": {"dispatched_at", "en_route_at", "arrived_at", "cleared_at"},
            "STATUS_DTTM": {"dispatched_at", "en_route_at", "arrived_at", "cleared_at"},
        },
        ("unit",),
    ),
    DraftedLog(
        "Universal time as +00",
        text(
            "OBJECTID,Incident Number,CALL_TIME,ONSCENE_TIME,CALL_TYPE",
            "1,A26-1,2026/02/01 03:10:00+00,2026/02/01 03:30:00+00,WELFARE CHECK",
            "2,A26-2,2026/07/01 01:00:00+00,2026/07/01 01:20:00+00,MENTAL HEALTH",
        ),
        {"Incident Number": ID, "CALL_TIME": RECEIVED, "ONSCENE_TIME": ARRIVED, "CALL_TYPE": TYPE},
        formats={"CALL_TIME": ("%Y/%m/%d %H:%M:%S%z",)},
    ),
    DraftedLog(
        "Day and month turned round by a spreadsheet",
        workbook(Calls=_swapped()),
        {"Incident Number": ID, "Received": RECEIVED, "Nature": TYPE},
    ),
    DraftedLog(
        "A printed report: the header on each page",
        text(
            "City of Fernhollow,,,",
            "Call Log,,,",
            "Incident Number,Received,Arrived,Nature",
            *(
                f"K-{n},01/{15 + n}/2026 07:10,01/{15 + n}/2026 07:27,WELFARE CHECK"
                for n in range(3)
            ),
            "Page 1 of 2,,,",
            "Incident Number,Received,Arrived,Nature",
            *(
                f"K-{n},01/{15 + n}/2026 07:10,01/{15 + n}/2026 07:27,WELFARE CHECK"
                for n in range(3, 6)
            ),
            "Grand Total,6,,",
        ),
        {"Incident Number": ID, "Received": RECEIVED, "Arrived": ARRIVED, "Nature": TYPE},
    ),
    DraftedLog(
        "A year that is a slip",
        text(
            "Incident Number,Received,Arrived,Nature",
            *(f"FU-{n},2024-10-0{n} 09:00,2024-10-0{n} 09:20,WELFARE CHECK" for n in range(1, 5)),
            "FU-5,2062-10-09 09:00,2062-10-09 09:20,WELFARE CHECK",
        ),
        {"Incident Number": ID, "Received": RECEIVED, "Arrived": ARRIVED, "Nature": TYPE},
    ),
    DraftedLog(
        "A sheet for each month",
        workbook(**{f"Month {n}": _month(n) for n in (1, 2, 3)}),
        {"Incident Number": ID, "Received": RECEIVED, "Arrived": ARRIVED, "Nature": TYPE},
    ),
    DraftedLog(
        "Minutes and seconds saved as hours",
        text(
            "Incident Number,Received,Total Response Time,Total Resource Time,Nature",
            "SM-1,12/1/2025 3:55,7:41,10:57,LIFT ASSIST",
            "SM-2,12/2/2025 10:57,4:20,25:58:00,LIFT ASSIST",
            "SM-3,12/13/2025 8:00,24:26:00,61:05:00,LIFT ASSIST",
            "SM-4,12/14/2025 2:54,5:30,18:04,LIFT ASSIST",
        ),
        {
            "Incident Number": ID,
            "Received": RECEIVED,
            "Total Response Time": {"arrived_at since"},
            "Total Resource Time": {"cleared_at since"},
            "Nature": TYPE,
        },
    ),
    DraftedLog(
        "Offsets after the time",
        text(
            "Incident Number,REPORTED_DT,ARRIVAL_DT,CALL_TYPE",
            "CS-0,2026-01-31T22:10:00-05:00,2026-01-31T22:25:00-05:00,WELFARE CHECK",
            "CS-1,2026-06-30T21:00:00-04:00,2026-06-30T21:15:00-04:00,WELFARE CHECK",
        ),
        {"Incident Number": ID, "REPORTED_DT": RECEIVED, "ARRIVAL_DT": ARRIVED, "CALL_TYPE": TYPE},
        formats={"REPORTED_DT": ("%Y-%m-%dT%H:%M:%S%z",)},
    ),
    DraftedLog(
        "Milliseconds since 1970",
        text(
            "Incident Number,CALL_TIME,ONSCENE_TIME,CALL_TYPE",
            "CS-0,1769915400000,1769916300000,WELFARE CHECK",
            "CS-1,1782867600000,1782868500000,WELFARE CHECK",
        ),
        {"Incident Number": ID, "CALL_TIME": RECEIVED, "ONSCENE_TIME": ARRIVED, "CALL_TYPE": TYPE},
        formats={"CALL_TIME": ("epoch_milliseconds",)},
    ),
    DraftedLog(
        "A spreadsheet's serial days",
        text(
            "Incident Number,Received,Arrived,Nature",
            "CS-0,46053.923611111,46053.934027778,WELFARE CHECK",
            "CS-1,46203.875000000,46203.885416667,WELFARE CHECK",
        ),
        {"Incident Number": ID, "Received": RECEIVED, "Arrived": ARRIVED, "Nature": TYPE},
        formats={"Received": ("spreadsheet_days",)},
    ),
    DraftedLog(
        "Names in two rows",
        workbook(Calls=_two_rows()),
        {
            "Incident Number": ID,
            "Times Received": RECEIVED,
            "Times Dispatched": DISPATCHED,
            "Times Arrived": ARRIVED,
            "Result Nature": TYPE,
            "Result Outcome": {"contact_result"},
        },
    ),
    DraftedLog(
        "A response date that is when the call came",
        text(
            "Master_Incident_Number,Response_Date,Problem,Time_First_Unit_Assigned",
            "26-0001,2026-03-01 08:15:23,WELFARE CHECK,2026-03-01 08:19:23",
            "26-0002,2026-03-01 21:15:00,WELFARE CHECK,NULL",
            "26-0003,2026-03-02 10:00:00,MENTAL HEALTH,2026-03-02 10:04:00",
        ),
        {
            "Master_Incident_Number": ID,
            "Response_Date": RECEIVED,
            "Problem": TYPE,
            "Time_First_Unit_Assigned": DISPATCHED,
        },
        ("call",),
    ),
    DraftedLog(
        "The date once for a merged group",
        workbook(Report=_merged_dates()),
        {"Incident Number": ID, "Date": RECEIVED, "Time": RECEIVED, "Nature": TYPE},
    ),
    DraftedLog(
        "Results without an arrival",
        text(
            "Incident,Received,Result",
            "A-1,03/21/2026 09:14,Arrest",
            "A-2,03/21/2026 10:14,Resolved",
            "A-3,03/22/2026 11:14,Advised",
        ),
        {"Incident": ID, "Received": RECEIVED, "Result": {"disposition"}},
    ),
    DraftedLog(
        "A police log without a team",
        text(
            "id,time,nature,status",
            "1,2026-05-01 00:10:28,TRBL,Advised",
            "2,2026-05-01 01:10:28,WELFARE,Advised",
            "3,2026-05-01 02:10:28,THEFT,To be filed",
        ),
        {"id": ID, "time": RECEIVED, "nature": TYPE},
    ),
    DraftedLog(
        "Units of other services",
        text(
            "id,service,call,sent,arrived",
            "1,POLICE,2026-05-01 00:10:28,2026-05-01 00:11:28,2026-05-01 00:20:28",
            "2,EMS,2026-05-01 01:10:28,2026-05-01 01:11:28,2026-05-01 01:20:28",
            "3,FIRE,2026-05-01 02:10:28,2026-05-01 02:11:28,2026-05-01 02:20:28",
        ),
        {
            "id": ID,
            "service": {"responder_type"},
            "call": RECEIVED,
            "sent": DISPATCHED,
            "arrived": ARRIVED,
        },
        ("call", "dispatch", "unit"),
    ),
    DraftedLog(
        "A year alone",
        text("Incident,Year,Code", "15000001,2015,ARR", "15000002,2015,UTL", "16000001,2016,UTL"),
        {"Incident": ID, "Year": RECEIVED},
    ),
    DraftedLog(
        "People served",
        text(
            "Date,Age,Gender,Race,City", *_people(("34", "Unavailable"), ("White", "Not disclosed"))
        ),
        {
            "Date": RECEIVED,
            "Age": {"age"},
            "Gender": {"gender"},
            "Race": {"race_ethnicity"},
            "City": {"area_id"},
        },
        ("person",),
    ),
    DraftedLog(
        "Two columns, some cells blank",
        text(
            "Incident Number,Close Code", "24000001,", "24000002,ARR", "24000003,UTL", "24000004,"
        ),
        {"Incident Number": ID, "Close Code": {"disposition"}},
    ),
    DraftedLog(
        "A staff number before the call's",
        text(
            "Officer Number,Case,Opened,Arrived,Type",
            *(
                f"{70 + n},C{n % 9}{n},2026-01-{13 + n} 10:0{n},2026-01-{13 + n} 10:2{n},SHOTS FIRED"
                for n in range(8)
            ),
        ),
        {"Case": ID, "Opened": RECEIVED, "Arrived": ARRIVED, "Type": TYPE},
    ),
    DraftedLog(
        "Numbers that restart, two years in one file",
        text(
            "Run Number,Alarm,On Scene,Unit,Call Type",
            *(
                f"{n},{year}-{month:02}-1{n % 9} 08:0{n % 9},{year}-{month:02}-1{n % 9} 08:2{n % 9},CR1,WELFARE"
                for year in (2024, 2025)
                for n, month in enumerate(range(1, 13), start=1)
            ),
        ),
        {
            "Run Number": ID,
            "Alarm": RECEIVED,
            "On Scene": ARRIVED,
            "Unit": {"unit_id"},
            "Call Type": TYPE,
        },
    ),
    DraftedLog(
        "Groups over names that come twice",
        workbook(Log=_repeated_names()),
        {
            "Incident No": ID,
            "Call Date": RECEIVED,
            "Call Time": RECEIVED,
            "Arrival Date": ARRIVED,
            "Arrival Time": ARRIVED,
            "Nature": TYPE,
        },
    ),
    DraftedLog(
        "Weekdays that tell day from month",
        text(
            "Incident,Day,Received,Nature",
            *(
                f"W-{month}{day},{date(2026, month, day):%A},{day:02}/{month:02}/2026 09:10,WELFARE CHECK"
                for month in (1, 2, 3)
                for day in (2, 5, 8, 11)
            ),
        ),
        {"Incident": ID, "Received": RECEIVED, "Nature": TYPE},
        formats={"Received": ("%d/%m/%Y %H:%M",)},
    ),
    DraftedLog(
        "Lane County MCS (real)",
        real("mcslc_lane_county", "MCSLC.xlsx"),
        {
            "ID": ID,
            "City": {"area_id"},
            "Dispatch Request Date & Time": RECEIVED,
            "Dispatch Date & Time": DISPATCHED,
            "Arrival on Scene Date & Time": ARRIVED,
            "Engagement with Client Date & Time": {"contact_at"},
            "MCIT Departure Date & Time": CLEARED,
            "Reason for Dispatch #1": TYPE,
            "End Point of Dispatch": {"contact_result"},
            "Disposition": {"disposition"},
        },
        ("dispatch",),
    ),
    DraftedLog(
        "CAHOOTS 2021 and 2022 (real)",
        real("cahoots_2021_2022", "call_data21_22.csv.gz"),
        {
            "Date": RECEIVED,
            "TimeOfCall": RECEIVED,
            "Age": {"age"},
            "Gender": {"gender"},
            "Race": {"race_ethnicity"},
            "City": {"area_id"},
            "Reason for Dispatch": TYPE,
        },
        ("person",),
    ),
    DraftedLog(
        "San Francisco fire units (real)",
        real("sf_fire_units_sample", "data_sample.csv.gz"),
        {
            "Call Number": ID,
            "Unit ID": {"unit_id"},
            "Received DtTm": RECEIVED,
            "Entry DtTm": {"queued_at"},
            "Dispatch DtTm": DISPATCHED,
            "Response DtTm": {"en_route_at"},
            "On Scene DtTm": ARRIVED,
            "Available DtTm": CLEARED,
            "Call Type": TYPE,
            "Call Final Disposition": {"disposition"},
            "Priority": {"priority_code"},
            "Unit Type": {"responder_type"},
            "Neighborhooods - Analysis Boundaries": {"area_id"},
            "Address": PRIVATE,
            "Location": PRIVATE,
        },
        ("unit",),
    ),
    DraftedLog(
        "San Diego police (real)",
        real("san_diego_pd_jan2023", "pd_calls_for_service_2023_datasd.csv.gz"),
        {
            "incident_num": ID,
            "date_time": RECEIVED,
            "call_type": TYPE,
            "beat": {"area_id"},
            "priority": {"priority_code"},
            "disposition": {"disposition"},
            **{
                f"address_{part}": PRIVATE
                for part in (
                    *("number_primary", "dir_primary", "road_primary", "sfx_primary"),
                    *("dir_intersecting", "road_intersecting", "sfx_intersecting"),
                )
            },
        },
    ),
    DraftedLog(
        "Toronto persons in crisis (real)",
        real("toronto_pic_2014_2015", "piccfsa.csv.gz"),
        {
            "event_id": ID,
            "event_date": RECEIVED,
            "event_hour": RECEIVED,
            "event_type": TYPE,
            "hood_158": {"area_id"},
            "apprehension_made": {"has_involuntary_hold"},
        },
    ),
    DraftedLog(
        "Eugene police sample (real)",
        real("eugene_cad_schema_sample", "sample_CAD_2014_data.csv"),
        {
            "inci_id": ID,
            "nature": TYPE,
            "callsource": {"call_origin"},
            "beat": {"area_id"},
            "priority": {"priority_code"},
            "primeunit": {"unit_id"},
            "calltime": RECEIVED,
            "closed_as": {"disposition"},
            "service": {"responder_type"},
        },
    ),
)

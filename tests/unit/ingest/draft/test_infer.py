"""Drafting a profile: what is found in files of every kind, what is never shown, and what is refused."""

import gzip
import json
import random
import tomllib
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter
from hand_written_calls import CALLS
from made_city import write_csv
from places import REAL_DATA
from typer.testing import CliRunner, Result

from outcomes.cli.app import app
from outcomes.ingest.draft.draft import draft_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.schema import Profile

RUNNER = CliRunner()
FILLED_IN = {
    "name": "Test Responders",
    "city": "Test",
    "state": "OH",
    "time_zone": "America/New_York",
    "data_owner": "City of Test",
}
HEADER = "Incident,Call Received,Nature,Caller,Notes"
ROWS = [
    f"I-{number:04},03/{1 + number % 28:02}/2026 {number % 24:02}:{number * 7 % 60:02},"
    f"{('WELFARE CHECK', 'THEFT REPORT')[number % 2]},Jo Doe {number},said at length what happened here {number}"
    for number in range(60)
]


def run(*words: object) -> Result:
    return RUNNER.invoke(app, [str(word) for word in words])


def drafted(path: Path) -> dict:
    """The drafted profile, read back as TOML."""
    return tomllib.loads(draft_profile(path, "test-city").profile)


def finished(path: Path) -> Profile:
    """The drafted profile, checked, after a person has put words in place of the program's REPLACE."""
    content = drafted(path)
    content["program"] |= FILLED_IN
    if content["log"]["holds"].startswith("REPLACE"):
        content["log"]["holds"] = "all_calls"
    return Profile.model_validate(content)


def text_file(path: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def log_of(path: Path, header: str, rows: list[str]) -> Path:
    return text_file(path, [header, *rows])


# Containers


def test_plain_csv(tmp_path: Path):
    profile = finished(log_of(tmp_path / "log.csv", HEADER, ROWS))
    assert profile.file.format == "csv"
    assert profile.text["incident_id"] == "Incident"
    assert profile.times["received_at"].formats == ("%m/%d/%Y %H:%M",)
    assert profile.call_type
    assert profile.call_type.column == "Nature"
    assert profile.ignored_columns == ("Caller", "Notes")


@pytest.mark.slow
@pytest.mark.parametrize(("delimiter", "written"), [(";", ";"), ("\t", "\t"), ("|", "|")])
def test_delimiter(tmp_path: Path, delimiter: str, written: str):
    # A comma stands inside values, so that counting commas alone would be misled.
    lines = [line.replace(",", delimiter).replace("THEFT REPORT", "THEFT, REPORT") for line in ROWS]
    path = log_of(tmp_path / "log.txt", HEADER.replace(",", delimiter), lines)
    assert finished(path).file.delimiter == written


@pytest.mark.slow
@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_encoding(tmp_path: Path, encoding: str, found: str):
    rows = [row.replace("WELFARE", "Señor’s WELFARE") for row in ROWS]
    path = text_file(tmp_path / "log.csv", [HEADER, *rows], encoding)
    assert finished(path).file.encoding == found
    codes = draft_profile(path, "test-city").call_types or ""
    assert "Señor’s WELFARE CHECK,welfare_check,,30," in codes


def test_bytes_that_cp1252_does_not_have(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_bytes("\n".join([HEADER, *ROWS]).encode().replace(b"THEFT", b"\x81\xe9"))
    assert finished(path).file.encoding == "latin-1"


@pytest.mark.slow
def test_gzip(tmp_path: Path):
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress("\n".join([HEADER, *ROWS]).encode()))
    assert finished(path).text["incident_id"] == "Incident"


@pytest.mark.slow
def test_zip_of_several_logs(tmp_path: Path):
    path = tmp_path / "log.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.pdf", "no log")
        archive.writestr("__MACOSX/._january.csv", "nothing")
        for month, rows in (("february", ROWS[:3]), ("january", ROWS)):
            archive.writestr(f"export/{month}.csv", "\n".join([HEADER, *rows]))
    plain_file = text_file(tmp_path / "log.csv", [HEADER, *ROWS[:3]])
    drafted = draft_profile(path, "test-city").profile
    assert "the first of 2 log files in the zip was looked at" in drafted
    assert finished(path).text == finished(plain_file).text


@pytest.mark.slow
def test_a_line_of_thirty_megabytes_is_told(tmp_path: Path):
    long_line = "x" * 30_000_000
    path = text_file(tmp_path / "log.csv", [HEADER, *ROWS, f"A-1,{long_line}"])
    summary = draft_profile(path, "test-city").summary
    assert any(one.startswith("1 line broken, or longer than a row can be") for one in summary)


@pytest.mark.slow
def test_a_sheet_with_a_cell_in_its_last_corner_is_refused(tmp_path: Path):
    # Readers of workbooks make room for every cell up to the last: 17 billion.
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "received"])
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(LoadProblem, match=r"ends in row 1,048,576 and column 16,384"):
        draft_profile(path, "test-city")


def test_titles_above_the_header(tmp_path: Path):
    titles = ["Calls of the team", "Printed 03/31/2026,,,,", ""]
    path = text_file(tmp_path / "log.csv", [*titles, HEADER, *ROWS])
    profile = finished(path)
    assert profile.file.header_row == 4
    assert profile.text["incident_id"] == "Incident"


@pytest.mark.slow
def test_workbook_with_two_sheets(tmp_path: Path):
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as book:
        notes = book.add_worksheet("Read me")
        notes.write_column(0, 0, [f"line {number}" for number in range(400)])
        calls = book.add_worksheet("Calls")
        calls.write_string(0, 0, "All calls")
        for place, line in enumerate([HEADER, *ROWS]):
            calls.write_row(2 + place, 0, line.split(","))
    profile = finished(path)
    assert (profile.file.sheet, profile.file.header_row) == ("Calls", 3)
    assert profile.text["incident_id"] == "Incident"


@pytest.mark.slow
def test_parquet_and_json_lines(tmp_path: Path):
    names = HEADER.split(",")
    records = [dict(zip(names, row.split(","), strict=True)) for row in ROWS]
    parquet, lines = tmp_path / "log.parquet", tmp_path / "log.json"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records), parquet)
    lines.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for path, kind in ((parquet, "parquet"), (lines, "json_lines")):
        profile = finished(path)
        assert profile.file.format == kind
        assert profile.text["incident_id"] == "Incident"
        assert profile.times["received_at"].formats == ("%m/%d/%Y %H:%M",)


# Times


def times_of(path: Path, column: str, values: list[str]) -> tuple[dict, str]:
    log_of(path, f"Id,{column}", [f"{place},{value}" for place, value in enumerate(values)])
    draft = draft_profile(path, "test-city")
    return tomllib.loads(draft.profile)["times"]["received_at"], draft.profile


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2026-01-31 10:00:00", "2026-02-01 11:30:00"], ["%Y-%m-%d %H:%M:%S"]),
        (["2026-01-31T10:00:00", "2026-02-01T11:30:00"], ["%Y-%m-%dT%H:%M:%S"]),
        (["31.01.2026 10:00", "01.02.2026 11:30"], ["%d.%m.%Y %H:%M"]),
        (["01/31/2026 10:00:00 PM", "02/01/2026 1:30:00 AM"], ["%m/%d/%Y %I:%M:%S %p"]),
        (["31-Jan-2026 10:00", "01-Feb-2026 11:30"], ["%d-%b-%Y %H:%M"]),
        (["20260131 1000", "20260201 1130"], ["%Y%m%d %H%M"]),
        (["2026-01-31T22:10:00-05:00", "2026-06-30T21:00:00-04:00"], ["%Y-%m-%dT%H:%M:%S%z"]),
        (["2026/02/01 03:10:00+00", "2026/07/13 01:00:00+00"], ["%Y/%m/%d %H:%M:%S%z"]),
        (["01/31/2026 07:10:05 EST", "07/13/2026 07:10:05 EDT"], ["%m/%d/%Y %H:%M:%S %Z"]),
        (["Sat 01/31/2026 07:10", "Mon 07/13/2026 08:10"], ["%a %m/%d/%Y %H:%M"]),
        (["2026 Jan 05 07:10:05 AM", "2026 Feb 05 08:10:05 PM"], ["%Y %b %d %I:%M:%S %p"]),
        (["2026-01-05 07:10:05.1234567"], ["%Y-%m-%d %H:%M:%S.%n"]),
        (["01/31/26 0710", "02/13/26 2310"], ["%m/%d/%y %H%M"]),
        (["013120260710", "021320262310"], ["%m%d%Y%H%M"]),
        (["01/31/2026 07:10 a.m.", "02/13/2026 08:10 p.m."], ["%m/%d/%Y %I:%M %p"]),
        (["2026-031 07:10", "2026-344 08:10"], ["%Y-%j %H:%M"]),
        (["1769915400000", "1782867600000"], ["epoch_milliseconds"]),
        (["1769915400", "1782867600"], ["epoch_seconds"]),
        (["46053.923611111", "46203.875"], ["spreadsheet_days"]),
        # Two-digit years are tried first, or they would be read as the first century.
        (
            ["01/31/2026 10:00", "02/01/2026 11:30", "2/13/26 9:15"],
            ["%m/%d/%y %H:%M", "%m/%d/%Y %H:%M"],
        ),
    ],
)
def test_format_is_tried_on_the_values(tmp_path: Path, values: list[str], formats: list[str]):
    time, _ = times_of(tmp_path / "log.csv", "Received", values * 3)
    assert time["formats"] == formats


def test_day_first_is_decided_by_the_values(tmp_path: Path):
    time, text = times_of(
        tmp_path / "log.csv", "Received", ["25/12/2025 10:00", "01/02/2026 10:00"]
    )
    assert time["formats"] == ["%d/%m/%Y %H:%M"]
    assert "day first: 1 row with a number above 12 in first place, none in second" in text
    assert "AMBIGUOUS" not in text


def test_order_that_no_value_decides_is_said(tmp_path: Path):
    time, text = times_of(
        tmp_path / "log.csv", "Received", ["03/04/2026 10:00", "05/06/2026 10:00"]
    )
    assert time["formats"] == ["%m/%d/%Y %H:%M"]
    assert "AMBIGUOUS: no row says which of day and month comes first" in text


def test_orders_that_are_mixed_are_said_and_never_both_written(tmp_path: Path):
    values = ["03/14/2026 10:00", "03/15/2026 10:00", "14/03/2026 10:00"]
    time, text = times_of(tmp_path / "log.csv", "Received", values)
    assert time["formats"] == ["%m/%d/%Y %H:%M"]
    assert "2 rows can only be month first and 1 only day first" in text


@pytest.mark.slow
def test_date_and_time_in_two_columns(tmp_path: Path):
    rows = [f"{place},03/{place + 1:02}/2026,{place}:30 PM" for place in range(1, 13)]
    path = log_of(tmp_path / "log.csv", "Id,Call Date,Call Time", rows)
    time = drafted(path)["times"]["received_at"]
    assert (time["date_column"], time["time_column"]) == ("Call Date", "Call Time")
    assert time["time_formats"] == ["%I:%M %p"]


def test_universal_time_is_said(tmp_path: Path):
    _, text = times_of(
        tmp_path / "log.csv", "Received", ["2026-01-31T10:00:00Z", "2026-02-01T11:00:00Z"]
    )
    assert "universal time" in text


@pytest.mark.slow
def test_midnight_as_placeholder_needs_more_than_chance(tmp_path: Path):
    values = [f"2026-01-{1 + n % 28:02} {n % 23:02}:{n % 60:02}:00" for n in range(1, 200)]
    entered, _ = times_of(tmp_path / "a.csv", "Received", values)
    assert "placeholders" not in entered
    lacking, text = times_of(tmp_path / "b.csv", "Received", values + ["2026-01-05 00:00:00"] * 9)
    assert lacking["placeholders"] == ["00:00:00"]
    assert "rows at exactly midnight" in text


def test_misfits_are_shown_by_shape_alone(tmp_path: Path):
    values = ["2026-01-31 10:00:00"] * 9 + ["Jane Roe at 5"]
    _, text = times_of(tmp_path / "log.csv", "Received", values)
    assert '1 value written like "A A A 9" fits no format' in text
    assert "Jane" not in text


def test_a_response_date_that_equals_the_call_is_no_setting_out(tmp_path: Path):
    rows = [f"C{n},2026-01-{13 + n} 10:00,2026-01-{13 + n} 10:00" for n in range(9)]
    draft = draft_profile(
        log_of(tmp_path / "log.csv", "Call Id,Received,Responded", rows), "test-city"
    )
    assert list(tomllib.loads(draft.profile)["times"]) == ["received_at"]
    assert '"Responded" equals the time of the call' in " ".join(draft.summary)


def test_a_time_that_goes_before_the_call_is_doubted(tmp_path: Path):
    rows = [f"C{n},2026-01-{13 + n} 10:00,2026-01-{13 + n} 0{n}:30" for n in range(9)]
    text = draft_profile(
        log_of(tmp_path / "log.csv", "Call Id,Received,Arrived", rows), "test-city"
    ).profile
    assert "# CHECK: 9 rows lie before received_at: is it what the name says?" in text


def test_ids_of_ten_digits_are_no_times(tmp_path: Path):
    rows = [f"17699154{n:02},2026-01-{13 + n} 10:00" for n in range(9)]
    profile = finished(log_of(tmp_path / "log.csv", "Event Number,Received", rows))
    assert profile.text["incident_id"] == "Event Number"
    assert list(profile.times) == ["received_at"]


# Rows


@pytest.mark.slow
def test_unit_rows(tmp_path: Path):
    rows = [
        f"C{call},U{unit},2026-01-{1 + call % 28:02} 10:00:00,2026-01-{1 + call % 28:02} 10:0{unit}:00"
        for call in range(40)
        for unit in range(1, 3 + call % 2)
    ]
    profile = finished(log_of(tmp_path / "log.csv", "Call Number,Unit,Received,Dispatched", rows))
    assert profile.log.rows_are == "unit"
    assert profile.text == {"incident_id": "Call Number", "unit_id": "Unit"}


def test_people(tmp_path: Path):
    rows = [f"03/{1 + n % 28:02}/2026,{20 + n % 9},Female,Check Welfare" for n in range(90)]
    profile = finished(
        log_of(tmp_path / "log.csv", "Date,Age,Gender,Reason", [*rows, ",,,", ",,,"])
    )
    assert profile.log.rows_are == "person"
    assert profile.age_column == "Age"
    assert not profile.has_ids
    (empty,) = profile.filters
    assert empty.when.column == "Date"


def test_id_that_some_rows_lack_is_kept_and_said(tmp_path: Path):
    path = log_of(tmp_path / "log.csv", HEADER, [*ROWS, "," + ROWS[0].split(",", 1)[1]])
    draft = draft_profile(path, "test-city")
    assert tomllib.loads(draft.profile)["text"]["incident_id"] == "Incident"
    assert "1 row has none and will be rejected" in draft.profile


def test_null_words_are_found_and_none_is_an_answer(tmp_path: Path):
    rows = [f"{n},2026-01-01 10:00:0{n},{('N/A', 'None', 'Sent')[n % 3]}" for n in range(9)]
    path = log_of(tmp_path / "log.csv", "Id,Received,Police", rows)
    profile = finished(path)
    assert profile.file.null_words == ("N/A",)
    assert profile.words["police_involvement"].values == {
        "None": "none",
        "Sent": "sent_by_dispatch",
    }


@pytest.mark.slow
def test_size_of_an_export_limit_is_said(tmp_path: Path):
    rows = [f"{n},2026-01-01 10:00:00" for n in range(1000)]
    at_limit = draft_profile(log_of(tmp_path / "a.csv", "Id,Received", rows), "test-city")
    one_more = draft_profile(log_of(tmp_path / "b.csv", "Id,Received", [*rows, "x,"]), "test-city")
    assert "exactly 1,000 rows" in " ".join(at_limit.summary)
    assert "exactly" not in " ".join(one_more.summary)


# Private columns

PLANTED = {
    "Caller": ["Zebulon Quarles", "Odalys Thistlewood"],
    "Patient DOB": ["03/09/1961", "11/21/1974"],
    "Incident Address": ["4417 Wisteria Ln", "99 Larkspur Court"],
    "Callback": ["5125550147", "5125550193"],
    "Where": ["811 Juniper Street", "62 Hawthorn Avenue"],
    "Who": ["Quarles, Zebulon", "Thistlewood, Odalys"],
    "Reach": ["(512) 555-0147", "512-555-0193"],
    "Mail": ["zeb@quarles.example", "oda@thistle.example"],
    "Spot": ["POINT (-122.437353 37.777016)", "POINT (-122.396367 37.798044)"],
    "Story": [
        "Zebulon said that his sister had left the house at noon",
        "Odalys asked for a ride to the clinic on Wisteria",
    ],
    "Born on": ["1961-03-09", "1974-11-21"],
    "Nested": ['"{""name"": ""Zebulon""}"', '"{""name"": ""Odalys""}"'],
}


@pytest.mark.slow
@pytest.mark.parametrize("column", PLANTED)
def test_private_values_are_nowhere(tmp_path: Path, column: str):
    values = PLANTED[column]
    rows = [f'{n},2026-01-{1 + n:02} 10:00:00,WELFARE,"{values[n % 2]}"' for n in range(20)]
    if column == "Nested":
        rows = [f"{n},2026-01-{1 + n:02} 10:00:00,WELFARE,{values[n % 2]}" for n in range(20)]
    path = log_of(tmp_path / "log.csv", f"Id,Received,Nature,{column}", rows)
    draft = draft_profile(path, "test-city")
    assert column in tomllib.loads(draft.profile)["ignored_columns"]
    everything = "\n".join([draft.profile, draft.call_types or "", *draft.summary]).casefold()
    for value in values:
        assert value.casefold() not in everything
    for name in ("zebulon", "odalys", "wisteria", "555-01"):
        assert name not in everything


def test_dates_of_long_ago_are_private_whatever_their_name(tmp_path: Path):
    rows = [f"{n},2026-01-{1 + n:02} 10:00:00,19{50 + n}-03-09" for n in range(20)]
    path = log_of(tmp_path / "log.csv", "Id,Received,Second Date", rows)
    assert drafted(path)["ignored_columns"] == ["Second Date"]


def test_free_text_among_call_types_stays_off_the_list(tmp_path: Path):
    told = "caller at 512-555-0147 says that her neighbor is shouting"
    rows = [f"{n},2026-01-{1 + n:02} 10:00:00,{told if n == 3 else 'WELFARE'}" for n in range(20)]
    draft = draft_profile(log_of(tmp_path / "log.csv", "Id,Received,Nature", rows), "test-city")
    assert draft.call_types
    assert "512-555" not in draft.call_types
    assert "1 different call type left off the list" in " ".join(draft.summary)


@pytest.mark.parametrize(
    ("code", "kind", "is_marked"),
    [
        ("SHOTS FIRED", "violence", True),
        ("ALARM AUDIBLE", "fire", True),
        ("VEHICLE FIRE", "traffic", True),
        ("STRUCTURE FIRE", "fire", False),
        ("WELFARE CHECK", "welfare_check", False),
    ],
)
def test_a_call_type_of_several_meanings_is_marked(
    tmp_path: Path, code: str, kind: str, is_marked: bool
):
    rows = [f"{n},2026-01-{13 + n} 10:00:00,{code}" for n in range(5)]
    draft = draft_profile(log_of(tmp_path / "log.csv", "Id,Received,Nature", rows), "test-city")
    (line,) = (draft.call_types or "").splitlines()[1:]
    assert line.startswith(f"{code},{kind},,5,")
    assert ("CHECK: " in line) is is_marked


@pytest.mark.slow
def test_private_text_among_the_words_of_a_list_is_not_repeated(tmp_path: Path):
    told = ("Officer at 512-555-0147", "Officer at 512-555-0199")
    rows = [f"{n},2026-01-{1 + n:02} 10:00:00,{told[n % 2]}" for n in range(20)]
    path = log_of(tmp_path / "log.csv", "Id,Received,Source", rows)
    assert "512-555" not in draft_profile(path, "test-city").profile
    assert "call_origin" not in finished(path).words


@pytest.mark.parametrize("seed", range(12))
def test_any_bytes_are_drafted_or_refused(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    signs = [bytes([number]) for number in range(256)] + [b",", b"\n", b'"', b";"] * (seed * 30)
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\n" * (seed % 2) + b"".join(chance.choices(signs, k=300)))
    sentence = ""
    try:
        tomllib.loads(draft_profile(path, "test-city").profile)
    except LoadProblem as problem:
        sentence = str(problem)
    assert "\n" not in sentence


# The command


@pytest.mark.slow
def test_draft_is_refused_until_it_is_finished_and_then_loads(tmp_path: Path):
    log = log_of(tmp_path / "fernhollow.csv", HEADER, ROWS)
    agencies = tmp_path / "agencies"
    done = run("profile", "draft", log, "--agencies", agencies)
    assert done.exit_code == 0, done.output
    place = agencies / "fernhollow" / "profile.toml"
    assert f"Wrote {place} and call_types.csv beside it." in done.stdout
    check = ("profile", "check", "fernhollow", "--agencies", agencies)
    for key, words in {**FILLED_IN, "holds": "all_calls"}.items():
        refused = run(*check)
        assert refused.exit_code == 1
        part = "program" if key in FILLED_IN else "log"
        assert f"{place}: key {part}.{key}: expected: " in refused.stderr
        assert "Traceback" not in refused.output
        lines = place.read_text(encoding="utf-8").splitlines()
        (old,) = [line for line in lines if line.startswith(f'{key} = "REPLACE')]
        place.write_text("\n".join(lines).replace(old, f'{key} = "{words}"'), encoding="utf-8")
    assert "the profile is whole; 2 call-type codes" in run(*check).stdout
    loaded = run(
        "load", log, "--agency", "fernhollow", "--agencies", agencies, "--store", tmp_path / "s"
    )
    assert loaded.exit_code == 0, loaded.output
    assert [line.split() for line in loaded.stdout.splitlines()][1] == ["loaded", "60"]


def test_nothing_is_overwritten(tmp_path: Path):
    log = log_of(tmp_path / "log.csv", HEADER, ROWS)
    place = tmp_path / "here" / "profile.toml"
    place.parent.mkdir()
    place.with_name("call_types.csv").write_text("mine", encoding="utf-8")
    refused = run("profile", "draft", log, "--out", place)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: Expected no file yet")
    assert not place.exists()
    assert place.with_name("call_types.csv").read_text(encoding="utf-8") == "mine"


def zipped(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.pdf", "a,b")
    return path


REFUSED = {
    "nothing": (lambda path: path, "found [nothing]"),
    "a folder": (lambda path: path.mkdir() or path, "found [a folder]"),
    "empty": (lambda path: path.touch() or path, "found [an empty file]"),
    "blank": (lambda path: text_file(path, ["", "  ", ""]), "found [only blanks]"),
    "one column": (lambda path: text_file(path, ["name", "a", "b"]), "found [one]"),
    "only a header": (lambda path: text_file(path, [HEADER]), "found [none]"),
    "no header": (lambda path: text_file(path, ROWS), "found [rows of values]"),
    "a picture": (
        lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9) and path,
        "found [a file that holds no text]",
    ),
    "control characters": (
        lambda path: path.write_bytes(bytes(range(1, 256)) * 9) and path,
        "found [a file that holds no text]",
    ),
    "PDF": (lambda path: path.write_bytes(b"%PDF-1.7\n") and path, "found [a PDF file]"),
    "zip without a log": (zipped, "found [1 files, none of them CSV"),
    "broken gzip": (
        lambda path: path.write_bytes(gzip.compress(b"a,b\n" * 999)[:40]) and path,
        "Expected an archive that can be unpacked",
    ),
    "broken workbook": (
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" * 99) and path,
        "found [a workbook that cannot be opened",
    ),
    "web page": (lambda path: text_file(path, ["<html><table>"]), "found [a web page or XML]"),
    "JSON list": (lambda path: text_file(path, ['[{"a": 1}]']), "found [one list in JSON]"),
    "features of a map": (
        lambda path: text_file(
            path, ['{"type": "FeatureCollection", "features": [{"a": 1}, {"a": 2}]}']
        ),
        "found [one GeoJSON or ArcGIS object with 2 features]",
    ),
    "broken JSON": (lambda path: text_file(path, ['{"a": 1}', "{nothing"]), "found ["),
    "long line": (
        lambda path: text_file(path, ["a,b", "x" * 3_000_000 + ",1"]),
        "Expected",
    ),
    "many columns": (
        lambda path: text_file(path, [",".join(f"c{n}" for n in range(9_000)), "," * 8_999]),
        "Expected at most 2,000 columns",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refusal_is_one_sentence(tmp_path: Path, kind: str):
    make, expected = REFUSED[kind]
    path = make(tmp_path / "log.bin")
    refused = run("profile", "draft", path, "--agencies", tmp_path / "agencies")
    assert refused.exit_code == 1
    assert isinstance(refused.exception, SystemExit)
    (line,) = refused.stderr.splitlines()
    assert line.startswith("Error: Expected ")
    assert expected in line
    assert len(line) < 400
    assert not (tmp_path / "agencies").exists()


def test_id_that_is_none(tmp_path: Path):
    log = log_of(tmp_path / "log.csv", HEADER, ROWS)
    refused = run("profile", "draft", log, "--agency", "No Id", "--agencies", tmp_path)
    assert refused.exit_code == 1
    assert "found [No Id]" in refused.stderr


@pytest.mark.slow
def test_log_with_every_field(tmp_path: Path):
    profile = finished(write_csv(tmp_path / "calls.csv", CALLS))
    assert profile.text["incident_id"] == "id"
    assert profile.times["received_at"].column == "received"
    assert profile.times["arrived_at"].column == "arrived"


# Real logs


def real(*parts: str) -> Path:
    path = REAL_DATA.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"the real log is not here: {path.name}")
    return path


@pytest.mark.real_log
def test_lane_county():
    profile = finished(real("mcslc_lane_county", "MCSLC.xlsx"))
    assert profile.file.sheet == "Abbrev list"
    assert profile.log.rows_are == "dispatch"
    assert profile.text["incident_id"] == "ID"
    assert {name: time.column for name, time in profile.times.items()} == {
        "received_at": "Dispatch Request Date & Time",
        "dispatched_at": "Dispatch Date & Time",
        "arrived_at": "Arrival on Scene Date & Time",
        "contact_at": "Engagement with Client Date & Time",
        "cleared_at": "MCIT Departure Date & Time",
    }
    assert all(time.placeholders == ("00:00:00",) for time in profile.times.values())
    assert profile.words["contact_result"].values["Client declined to engage"] == "refused"


@pytest.mark.real_log
def test_cahoots():
    profile = finished(real("cahoots_2021_2022", "call_data21_22.csv.gz"))
    assert profile.log.rows_are == "person"
    assert not profile.has_ids
    time = profile.times["received_at"]
    assert (time.date_column, time.date_formats) == ("Date", ("%m/%d/%Y",))
    assert set(time.time_formats) == {"%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"}
    assert profile.age_column == "Age"
    assert [word.casefold() for word in profile.file.null_words] == ["unavailable"]
    assert profile.filters[0].when.column == "Date"


@pytest.mark.real_log
def test_san_francisco():
    profile = finished(real("sf_fire_units_sample", "data_sample.csv.gz"))
    assert profile.log.rows_are == "unit"
    assert profile.text["incident_id"] == "Call Number"
    assert profile.text["unit_id"] == "Unit ID"
    assert {"Address", "Location"} <= set(profile.ignored_columns)
    assert set(profile.times) == {
        "received_at",
        "queued_at",
        "dispatched_at",
        "en_route_at",
        "arrived_at",
        "cleared_at",
    }


@pytest.mark.real_log
def test_toronto():
    path = real("toronto_pic_2014_2015", "piccfsa.csv.gz")
    time = finished(path).times["received_at"]
    assert (time.date_column, time.time_column) == ("event_date", "event_hour")
    assert time.time_formats == ("%H",)
    assert "exactly 32,000 rows" in " ".join(draft_profile(path, "toronto").summary)


@pytest.mark.real_log
def test_san_diego():
    profile = finished(real("san_diego_pd_jan2023", "pd_calls_for_service_2023_datasd.csv.gz"))
    assert profile.text["incident_id"] == "incident_num"
    assert profile.times["received_at"].column == "date_time"
    assert len(profile.ignored_columns) == 7


@pytest.mark.real_log
def test_eugene_sample_says_what_a_spreadsheet_did():
    path = real("eugene_cad_schema_sample", "sample_CAD_2014_data.csv")
    draft = draft_profile(path, "eugene-cad")
    told = " ".join(draft.summary)
    assert '"calltime" has 5 times like 99:99.9' in told
    assert '"primeunit" has 3 values like 9.99E+99' in told
    assert tomllib.loads(draft.profile)["times"]["received_at"]["formats"][0].startswith("REPLACE")

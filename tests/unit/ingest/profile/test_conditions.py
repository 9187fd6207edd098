"""What a profile's rules make of a row: every kind of test, flags of three values, age bands, times, words."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from outcomes.ingest.run import LoadReport, load_log

PROFILE = """
ignored_columns = ["note", "extra"]
age_column = "age"

[program]
id = "rule-city"
name = "Rule City"
city = "Rule City"
state = "OR"
time_zone = "America/Los_Angeles"
data_owner = "The tests"

[log]
rows_are = "call"
holds = "all_calls"

[file]
format = "csv"
null_words = ["NULL", "n/a", "########"]

[text]
incident_id = "id"
area_id = "beat"
gender = "gender"

[times.received_at]
date_column = "day"
date_formats = ["%m/%d/%Y", "%Y-%m-%d"]
time_column = "time"
time_formats = ["%H:%M:%S", "%H:%M", "%I:%M %p"]
placeholders = ["00:00:00"]

[times.arrived_at]
column = "arrived"
formats = ["%Y-%m-%d %H:%M"]
earliest = 2024-01-01
latest = 2024-12-31

[flags.has_arrest]
yes = { column = "outcome", is = ["Arrest", "arrest  made"] }
no = { column = "outcome", recorded = true }

[flags.has_force]
yes = { column = "codes", matches = "(.*/)?UOF(/.*)?" }
no = { column = "codes", recorded = true }

[flags.has_transport]
yes = { column = "count", at_least = 2 }
no = { not = { column = "count", at_least = 2 } }

[flags.has_involuntary_hold]
yes = { all = [{ column = "outcome", is = ["hold"] }, { column = "codes", recorded = true }] }
no = { any = [{ column = "outcome", is = ["none"] }, { column = "codes", recorded = false }] }

[flags.has_emergency_department]
yes = { column = "outcome", is = ["ed"] }

[flags.is_community_dispatched]
constant = true

[words.call_origin]
constant = "988"

[words.contact_result]
column = "result"
[words.contact_result.values]
"Met  Client" = "contacted"
"Gone" = "unable_to_locate"

[words.police_involvement]
[[words.police_involvement.cases]]
when = { column = "police", matches = "REQ.*" }
then = "requested_by_team"
[[words.police_involvement.cases]]
when = { column = "police", recorded = true }
then = "sent_by_dispatch"

[[filters]]
reason = "training"
when = { column = "outcome", is = ["training"] }
[[filters]]
reason = "not in the city"
when = { not = { column = "beat", matches = "[0-9]+" } }
"""
HEADER = "id,day,time,arrived,beat,gender,outcome,codes,count,result,police,age,note,extra"
ROWS = """
1,01/02/2024,10:30:00,2024-01-02 10:45,007,F,ARREST,A/UOF,2,met client,REQ cover,17,x,
 2 ,2024-01-02,10:30,2023-12-31 10:45, 12 ,n/a,  arrest   made ,UOF/B,1,GONE,other,18,,
3,01/02/2024,1:05 PM,soon,12,NULL,other,XUOFX,two,Fled,,65,,
4,01/02/2024,00:00:00,,12,########,,,,,,120,,
5,01/02/2024,,,12,,hold,A,2.5,,,121,,
6,13/45/2024,10:00:00,,12,,none,A,,,,-1,,
7,,10:00:00,,12,,hold,,,,,old,,
8,01/02/2024,10:00:00,,12,,ed,,,,,24.5,,
9,01/02/2024,10:00:00,,12,,training,,,,,,,
10,01/02/2024,10:00:00,,,,,,,,,,,
11,01/02/2024,10:00:00,,north,,,,,,,,,
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[LoadReport, Path]:
    folder = tmp_path_factory.mktemp("rules")
    agency = folder / "agencies" / "rule-city"
    agency.mkdir(parents=True)
    (agency / "profile.toml").write_text(PROFILE, encoding="utf-8")
    path = folder / "log.csv"
    path.write_text(f"{HEADER}\n{ROWS.strip()}\n", encoding="utf-8")
    return load_log([path], "rule-city", agency.parent, folder / "store"), folder / "store"


@pytest.fixture(scope="module")
def stored(loaded) -> dict[str, dict[str, object]]:
    """The warehouse's incidents by id."""
    with duckdb.connect(str(loaded[1] / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.table("incident").df().astype(object)
    rows = rows.where(rows.notna(), None)
    return {row["incident_id"]: row for row in rows.to_dict("records")}


def field(stored: dict, name: str) -> dict[str, object]:
    return {key: row[name] for key, row in stored.items()}


def test_filters_are_counted_by_reason_and_the_first_that_holds_counts(loaded):
    report = loaded[0]
    assert report.reasons == {"filtered: training": 1, "filtered: not in the city": 2}
    assert (report.rows_read, report.loaded, report.filtered) == (11, 8, 3)


def test_ids_are_trimmed_and_leading_zeros_kept(stored):
    assert sorted(stored) == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert stored["1"]["area_id"] == "007"
    assert stored["2"]["area_id"] == "12"


def test_null_words_are_missing(stored):
    assert field(stored, "gender") == {"1": "F", **dict.fromkeys("2345678")}


def test_is_compares_without_regard_to_case_and_blanks(stored):
    # A value that is not listed but recorded is no; an empty one is not recorded.
    assert field(stored, "has_arrest") == {
        "1": True, "2": True, "3": False, "4": None, "5": False, "6": False, "7": False, "8": False,
    }  # fmt: skip


def test_matches_looks_at_the_whole_value(stored):
    assert field(stored, "has_force") == {
        "1": True, "2": True, "3": False, "4": None, "5": False, "6": False, "7": None, "8": None,
    }  # fmt: skip


def test_at_least_reads_numbers_and_not_of_it_holds_for_the_rest(stored):
    assert field(stored, "has_transport") == {
        "1": True, "2": False, "3": False, "4": False, "5": True, "6": False, "7": False, "8": False,
    }  # fmt: skip


def test_all_and_any(stored):
    # 5: hold with codes. 6: outcome none. 4, 7 and 8: no codes. 1, 2 and 3: neither.
    assert field(stored, "has_involuntary_hold") == {
        "1": None, "2": None, "3": None, "4": False, "5": True, "6": False, "7": False, "8": False,
    }  # fmt: skip


def test_flag_without_no_is_never_no(stored):
    assert set(field(stored, "has_emergency_department").values()) == {True, None}


def test_constants(stored):
    assert set(field(stored, "is_community_dispatched").values()) == {True}
    assert set(field(stored, "call_origin").values()) == {"988"}


def test_fields_that_the_profile_does_not_fill_are_missing(stored):
    assert set(field(stored, "has_referral_offered").values()) == {None}
    assert set(field(stored, "police_request_reason").values()) == {"not_recorded"}
    assert set(field(stored, "call_type").values()) == {"not_recorded"}


def test_words_by_value_and_by_case(stored):
    results = field(stored, "contact_result")
    assert results["1"] == "contacted"
    assert results["2"] == "unable_to_locate"
    assert results["3"] == "not_recorded"
    police = field(stored, "police_involvement")
    assert (police["1"], police["2"], police["3"]) == (
        "requested_by_team",
        "sent_by_dispatch",
        "not_recorded",
    )


def test_age_becomes_a_band(stored):
    assert field(stored, "age_band") == {
        "1": "under 18",
        "2": "18 to 24",
        "3": "65 and over",
        "4": "65 and over",
        "5": None,
        "6": None,
        "7": None,
        "8": "18 to 24",
    }


def test_no_column_of_the_warehouse_holds_an_exact_age_or_a_dropped_column(loaded):
    with duckdb.connect(str(loaded[1] / "warehouse.duckdb"), read_only=True) as connection:
        columns = connection.table("incident").columns
    assert not {"age", "note", "extra", "outcome", "codes"} & set(columns)


def test_times_in_several_formats(stored):
    received = field(stored, "received_at")
    assert received["1"] == received["2"] == datetime(2024, 1, 2, 10, 30)
    assert received["3"] == datetime(2024, 1, 2, 13, 5)
    for not_entered in "4567":
        assert received[not_entered] is None


def test_date_is_kept_where_the_time_was_not_entered(stored):
    days = {key: value and value.date() for key, value in field(stored, "received_date").items()}
    assert days["4"] == days["5"] == date(2024, 1, 2)
    assert days["6"] is None
    assert days["7"] is None


def test_times_outside_the_plausible_range_are_missing(stored):
    arrived = field(stored, "arrived_at")
    assert arrived["1"] == datetime(2024, 1, 2, 10, 45)
    assert arrived["2"] is None
    assert arrived["3"] is None


def test_what_was_not_understood_is_kept_with_samples(loaded):
    with duckdb.connect(str(loaded[1] / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.table("finding").fetchall()
    found = {(rule, name, value): count for _, _, rule, name, value, count in rows}
    assert found == {
        ("not entered", "received_at", None): 2,
        # Of a date and a time the part that is broken is told.
        ("unreadable", "received_at", "13/45/2024"): 1,
        ("without a date", "received_at", "10:00:00"): 1,
        ("unreadable", "arrived_at", "xxxx"): 1,  # words are masked: they could be a name
        ("out of range", "arrived_at", "2023-12-31 10:45"): 1,
        ("unknown value", "contact_result", "Fled"): 1,
        # Of an age the shape is told, and no digit or letter of it.
        ("out of range", "age_band", "-9"): 1,
        ("out of range", "age_band", "999"): 1,
        ("unreadable", "age_band", "xxx"): 1,
    }

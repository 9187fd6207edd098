"""What a profile can say, one feature at a time: containers, columns, times, grains, units, types, filters."""

import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from small_agency import FILE, LOG, TEXT, Town, profile_with

from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.read import archives as unpack

ROWS = "id,received,area\n007,2026-01-02 10:00,North\n8,2026-01-03 11:30:00,South\n"


def refusal(folder: Path, profile: str) -> str:
    """What reading the profile says."""
    town = Town(folder, profile)
    with pytest.raises(LoadProblem) as problem:
        read_profile(town.agency)
    return str(problem.value)


# Containers


def zipped(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.mark.slow
def test_gzip_and_zip_with_several_members(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    packed = tmp_path / "log.csv.gz"
    packed.write_bytes(gzip.compress(ROWS.encode()))
    assert town.load(packed).loaded == 2
    later = "id,received\n9,2026-02-01 09:00\n"
    members = {"in/january.csv": ROWS, "february.CSV": later, "readme.pdf": "%PDF",
               "__MACOSX/._x.csv": "junk"}  # fmt: skip
    report = town.load(zipped(tmp_path / "log.zip", members))
    assert (report.rows_read, report.loaded) == (3, 3)
    assert set(town.incidents()) == {"007", "8", "9"}


def test_members_are_chosen_by_pattern(tmp_path: Path):
    file = FILE + 'members = "calls_.*[.]csv"\n'
    town = Town(tmp_path, profile_with(file=file))
    path = zipped(tmp_path / "log.zip", {"calls_1.csv": ROWS, "units.csv": "a,b\n1,2\n"})
    assert town.load(path).loaded == 2
    with pytest.raises(LoadProblem, match="correct members"):
        town.load(zipped(tmp_path / "none.zip", {"units.csv": "a\n1\n"}))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path, kind: str):
    town = Town(tmp_path, profile_with())
    bomb = "id,received\n" + "0" * 60_000_000
    path = tmp_path / f"bomb.{kind}"
    if kind == "zip":
        zipped(path, {"log.csv": bomb})
    else:
        path.write_bytes(gzip.compress(bomb.encode()))
    assert path.stat().st_size < 100_000
    with pytest.raises(LoadProblem, match=r"unpacks to more than 50,000,000 bytes"):
        town.load(path)
    assert not town.store.exists()


def test_the_whole_limit_holds_over_all_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unpack, "MOST_UNPACKED_BYTES", 100)
    town = Town(tmp_path, profile_with())
    path = zipped(tmp_path / "log.zip", {"a.csv": ROWS, "b.csv": ROWS})
    with pytest.raises(LoadProblem, match="more than 100 bytes"):
        town.load(path)


def test_broken_archives_are_one_sentence(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    whole = gzip.compress(ROWS.encode() * 100)
    (tmp_path / "cut.csv.gz").write_bytes(whole[:-20])
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and then nothing")
    for name in ("cut.csv.gz", "cut.zip"):
        with pytest.raises(
            LoadProblem, match=r"Expected an archive that can be unpacked, found \["
        ):
            town.load(tmp_path / name)


@pytest.mark.slow
def test_old_workbooks(tmp_path: Path):
    datasets = pytest.importorskip("statsmodels.datasets.macrodata")
    found = [p for p in Path(datasets.__file__).parent.rglob("macrodata.xls") if p.is_file()]
    if not found:
        pytest.skip("the package's old workbook is not here")
    with found[0].open("rb") as stream:
        assert stream.read(4) == b"\xd0\xcf\x11\xe0", "an old workbook, no new one"
    file = '[file]\nformat = "xls"\nsheet = "Daily"\n'
    text = '[text]\npriority_code = "DPIC96"\n'
    received = '[times.received_at]\ndate_column = "DATE"\ndate_formats = ["%Y-%m-%d %H:%M:%S"]\nearliest = 1930-01-01\n'
    town = Town(tmp_path, profile_with(file=file, text="", received=received))
    with pytest.raises(LoadProblem, match=r"sheet \[Daily\], found \[README, Monthly, Quarterly\]"):
        town.load(found[0])
    file = file.replace("Daily", "Quarterly")
    town = Town(tmp_path, profile_with(file=file, text=text, received=received))
    report = town.load(found[0])
    assert report.rows_read == report.loaded == 251
    by_day = {row["received_date"]: row["priority_code"] for row in town.table("incident")}
    assert (min(by_day), max(by_day)) == (date(1947, 1, 1), date(2009, 7, 1))
    assert (by_day[date(1947, 1, 1)], by_day[date(2009, 7, 1)]) == ("1218.6", "10040.6")


def test_json_lines_change_no_value(tmp_path: Path):
    file = '[file]\nformat = "json_lines"\n'
    town = Town(tmp_path, profile_with(file=file, text=TEXT + 'acuity = "n"\narea_id = "a"\n'))
    lines = [
        '{"id": "007", "received": "2026-01-02 10:00", "n": 1.10, "a": true}',
        '{"id": 12345678901234567890123, "received": "2026-01-02 10:00", "n": 1e5, "late": null}',
        "not json",
        "[1, 2]",
        '{"id": "x,\\"y\\"", "received": "2026-01-02 10:00", "a": {"b": [1, 2.50]}}',
    ]
    report = town.load(town.write("\n".join(lines) + "\n", "log.jsonl"))
    assert (report.rows_read, report.loaded, report.rejected) == (5, 3, 2)
    found = town.incidents()
    assert set(found) == {"007", "12345678901234567890123", 'x,"y"'}
    assert found["007"]["acuity"] == "1.10"
    assert found["007"]["area_id"] == "true"
    assert found['x,"y"']["area_id"] == '{"b": [1, 2.50]}'
    assert {row["source_row"] for row in town.table("rejected_row")} == {3, 4}


def test_parquet_instants_become_local_wall_time(tmp_path: Path):
    file = '[file]\nformat = "parquet"\n'
    received = '[times.received_at]\ncolumn = "received"\nformats = ["%Y-%m-%d %H:%M:%S"]\n'
    town = Town(tmp_path, profile_with(file=file, received=received))
    path = tmp_path / "log.parquet"
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'Asia/Tokyo'")
        connection.sql(
            "select '01' as id, timestamptz '2026-07-01 19:00:00+00' as received"
        ).write_parquet(str(path))
    town.load(path)
    assert town.incidents()["01"]["received_at"] == datetime(2026, 7, 1, 12, 0)


# Columns


@pytest.mark.slow
def test_columns_that_drift_over_files(tmp_path: Path):
    columns = """
    [columns."call id"]
    names = ["id", "call number"]
    [columns.place]
    pattern = "(beat|area).*"
    optional = true
    """
    text = '[text]\nincident_id = "call id"\narea_id = "place"\n'
    town = Town(tmp_path, profile_with(columns, text=text))
    first = town.write("id,received,Beat 2020\n1,2026-01-02 10:00,N\n", "a.csv")
    second = town.write("Call Number,received\n2,2026-01-03 10:00\n", "b.csv")
    third = town.write("received,AREA,id\n2026-01-04 10:00,S,3\n", "c.csv")
    assert town.load(first, second, third).loaded == 3
    assert {key: row["area_id"] for key, row in town.incidents().items()} == {
        "1": "N", "2": None, "3": "S",
    }  # fmt: skip
    with pytest.raises(LoadProblem, match=r"Expected the column \[call id\]"):
        town.load(town.write("number,received\n1,2026-01-02 10:00\n", "d.csv"))
    with pytest.raises(
        LoadProblem, match=r"fits the pattern of columns.place, found \[beat, area\]"
    ):
        town.load(town.write("id,received,beat,area\n1,2026-01-02 10:00,x,y\n", "e.csv"))


def test_values_from_the_file_name(tmp_path: Path):
    file = FILE + 'name_pattern = "calls_(?P<district>[A-Z]+)_(?P<day>[0-9]{8})"\n'
    received = """
    [times.received_at]
    date_column = "day"
    date_formats = ["%Y%m%d"]
    time_column = "time"
    time_formats = ["%H%M"]
    """
    text = TEXT + 'area_id = "district"\n'
    town = Town(tmp_path, profile_with(file=file, text=text, received=received))
    town.load(
        town.write("id,time\n1,0905\n", "calls_EAST_20260102.csv"),
        town.write("id,time\n2,2310\n", "calls_WEST_20260103.csv"),
    )
    found = town.incidents()
    assert (found["1"]["area_id"], found["2"]["area_id"]) == ("EAST", "WEST")
    assert found["2"]["received_at"] == datetime(2026, 1, 3, 23, 10)
    with pytest.raises(LoadProblem, match=r"fits name_pattern .*found \[x.csv\]"):
        town.load(town.write("id,time\n1,0905\n", "x.csv"))


def test_a_file_without_a_header_and_columns_by_position(tmp_path: Path):
    columns = "[columns.when]\nposition = 3\n[columns.zone]\nposition = 2\nzero_pad = 3\n"
    text = '[text]\nincident_id = "column 1"\narea_id = "zone"\n'
    received = '[times.received_at]\ncolumn = "when"\nformats = ["%Y-%m-%d %H:%M"]\n'
    town = Town(
        tmp_path,
        profile_with(columns, file=FILE + "header_row = 0\n", text=text, received=received),
    )
    report = town.load(town.write("0012,7,2026-01-02 10:00\n0013,N7,2026-01-02 11:00\n"))
    assert report.loaded == 2
    found = town.incidents()
    assert {key: row["area_id"] for key, row in found.items()} == {"0012": "007", "0013": "N7"}


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str):
    said = "utf-8" if encoding == "utf-8-sig" else encoding
    town = Town(
        tmp_path,
        profile_with(file=FILE + f'encoding = "{said}"\n', text=TEXT + 'area_id = "área"\n'),
    )
    town.load(town.write("id,received,área\n1,2026-01-02 10:00,Peñón\n", encoding=encoding))
    assert town.incidents()["1"]["area_id"] == "Peñón"


def test_parts_replaced_spellings_and_null_words_of_one_column(tmp_path: Path):
    columns = """
    [columns.shift]
    part_of = "id"
    part = "^[0-9]+-([A-Z])"
    [columns.sex]
    names = ["gender"]
    replace = { "FEMALE" = "Female", "f" = "Female" }
    [columns.beat]
    null_words = ["-1", "None"]
    """
    text = TEXT + 'acuity = "shift"\ngender = "sex"\narea_id = "beat"\n'
    town = Town(tmp_path, profile_with(columns, text=text))
    town.load(town.write(
        "id,received,gender,beat\n1-A,2026-01-02 10:00, female ,-1\n2,2026-01-02 10:00,F,none\n"
        "3-B,2026-01-02 10:00,Male,-10\n"
    ))  # fmt: skip
    found = town.incidents()
    assert [row["acuity"] for row in found.values()] == ["A", None, "B"]
    assert [row["gender"] for row in found.values()] == ["Female", "Female", "Male"]
    assert [row["area_id"] for row in found.values()] == [None, None, "-10"]


@pytest.mark.slow
def test_look_up_beside_the_log_or_the_profile(tmp_path: Path):
    columns = '[columns.hood]\nlookup = { file = "beats.csv", column = "beat", key = "Code", value = "name" }\n'
    town = Town(tmp_path, profile_with(columns, text=TEXT + 'area_id = "hood"\n'))
    log = town.write(
        "id,received,beat\n1,2026-01-02 10:00,a1\n2,2026-01-02 10:00,A1\n3,2026-01-02 10:00,B2\n"
        "4,2026-01-02 10:00,C3\n5,2026-01-02 10:00,\n"
    )
    with pytest.raises(LoadProblem, match=r"look-up file \[beats.csv\].*put it beside the log"):
        town.load(log)
    lines = "code,name,note\nA1,Old Town,\nA1,Old Town,again\nC3,Harbor,\nC3,Docks,\n"
    (town.agency / "beats.csv").write_text(lines, encoding="utf-8-sig")
    report = town.load(log)
    assert (report.rows_read, report.loaded) == (5, 5)
    found = town.incidents()
    assert [row["area_id"] for row in found.values()] == [
        "Old Town",
        "Old Town",
        None,
        "Harbor",
        None,
    ]
    assert town.findings() == {
        ("not in the look-up file", "hood", "B2"): 1,
        ("with two meanings in the look-up file", "hood", "C3"): 1,
    }
    town.write("code,name\nA1,New Town\n", "beats.csv")
    town.load(log)
    assert town.incidents()["1"]["area_id"] == "New Town", "the log's own folder goes first"


# Times


def test_parts_in_several_columns(tmp_path: Path):
    received = """
    [times.received_at]
    column = ["year", "month", "day", "hour"]
    formats = ["%Y %B %d %H", "%Y %m %d %H"]
    """
    town = Town(tmp_path, profile_with(received=received))
    town.load(town.write(
        "id,year,month,day,hour\n1,2026,January,2,9\n2,2026,3,04,23\n3,2026,Smarch,1,1\n4,2026,,1,1\n"
    ))  # fmt: skip
    found = {key: row["received_at"] for key, row in town.incidents().items()}
    assert found == {
        "1": datetime(2026, 1, 2, 9), "2": datetime(2026, 3, 4, 23), "3": None, "4": None,
    }  # fmt: skip
    assert sum(town.findings().values()) == 2


def test_durations_run_in_real_time_over_clock_changes(tmp_path: Path):
    more = """
    [times.dispatched_at]
    seconds_column = "secs"
    since = "received_at"
    [times.arrived_at]
    minutes_column = "mins"
    since = "dispatched_at"
    """
    town = Town(tmp_path, profile_with(more))
    town.load(town.write(
        "id,received,secs,mins\n1,2026-01-02 10:00,90,5.5\n2,2026-03-08 01:50,1200,\n"
        "3,2026-11-01 01:50,1200,\n4,soon,60,1\n5,2026-01-02 10:00,a while,1e300\n6,2026-01-02 10:00,-60,\n"
    ))  # fmt: skip
    found = town.incidents()
    assert found["1"]["dispatched_at"] == datetime(2026, 1, 2, 10, 1, 30)
    assert found["1"]["arrived_at"] == datetime(2026, 1, 2, 10, 7)
    assert found["2"]["dispatched_at"] == datetime(2026, 3, 8, 3, 10), "the clock skips an hour"
    assert found["3"]["dispatched_at"] == datetime(2026, 11, 1, 1, 10), "the hour comes again"
    assert found["4"]["dispatched_at"] is None
    assert found["6"]["dispatched_at"] == datetime(2026, 1, 2, 9, 59)
    counts = town.findings()
    assert counts["unreadable", "dispatched_at", "x xxxxx"] == 1
    rules = {rule for rule, field, _ in counts if field in ("dispatched_at", "arrived_at")}
    assert "without the time that it is counted from" in rules


def test_time_of_day_without_a_date_rolls_over_midnight(tmp_path: Path):
    more = """
    [times.arrived_at]
    time_column = "arrived"
    time_formats = ["%H:%M"]
    since = "received_at"
    """
    town = Town(tmp_path, profile_with(more))
    town.load(town.write(
        "id,received,arrived\n1,2026-01-31 23:50,00:10\n2,2026-01-02 10:00,10:20\n3,2026-01-02 10:00,09:58\n"
    ))  # fmt: skip
    found = {key: row["arrived_at"] for key, row in town.incidents().items()}
    assert found["1"] == datetime(2026, 2, 1, 0, 10)
    assert found["2"] == datetime(2026, 1, 2, 10, 20)
    assert found["3"] == datetime(2026, 1, 2, 9, 58), "a slip of two minutes is no day"


def test_zones_offsets_and_counts_of_time(tmp_path: Path):
    received = """
    [times.received_at]
    column = "received"
    formats = ["%Y-%m-%d %H:%M:%S%z", "epoch_milliseconds"]
    [times.queued_at]
    column = "queued"
    formats = ["%Y-%m-%d %H:%M"]
    zone = "UTC"
    [times.cleared_at]
    column = "cleared"
    formats = ["spreadsheet_days"]
    """
    town = Town(tmp_path, profile_with(received=received))
    town.load(town.write(
        "id,received,queued,cleared\n1,2026-07-01 19:00:00+0000,2026-07-02 02:30,46204.5\n"
        "2,1782932400000,,\n3,1e999,,-5\n"
    ))  # fmt: skip
    found = town.incidents()
    assert found["1"]["received_at"] == datetime(2026, 7, 1, 12, 0)
    assert found["1"]["queued_at"] == datetime(2026, 7, 1, 19, 30)
    assert found["1"]["cleared_at"] == datetime(2026, 7, 1, 12, 0)
    assert found["2"]["received_at"] == datetime(2026, 7, 1, 12, 0)
    assert found["3"]["received_at"] is None


def test_what_times_a_profile_may_not_say(tmp_path: Path):
    date_alone = '[times.received_at]\ncolumn = "d"\nformats = ["%Y-%m-%d"]\n'
    assert "has no time of day" in refusal(tmp_path, profile_with(received=date_alone))
    to_the_hour = """
    [times.received_at]
    date_column = "d"
    date_formats = ["%Y-%m-%d"]
    time_column = "h"
    time_formats = ["%H"]
    [times.arrived_at]
    column = "a"
    formats = ["%Y-%m-%d %H:%M"]
    """
    assert "told to the hour alone" in refusal(tmp_path, profile_with(received=to_the_hour))
    circle = """
    [times.dispatched_at]
    seconds_column = "a"
    since = "arrived_at"
    [times.arrived_at]
    seconds_column = "b"
    since = "dispatched_at"
    """
    assert "not told from this one" in refusal(tmp_path, profile_with(circle))


# Grain and units


UNITS = """
[words.responder_type]
[[words.responder_type.cases]]
when = { column = "unit", matches = "CR.*" }
then = "community"
[[words.responder_type.cases]]
when = { all = [{ on_or_after = 2026-02-01 }, { column = "unit", starts_with = "x" }] }
then = "co_response"
[[words.responder_type.cases]]
when = { column = "unit", matches = "[0-9]P.*" }
then = "police"
"""


def test_which_row_speaks_for_the_call(tmp_path: Path):
    group = """
    [times.cleared_at]
    column = "cleared"
    formats = ["%Y-%m-%d %H:%M"]
    [flags.has_arrest]
    yes = { column = "arrest", is = ["y"] }
    no = { column = "arrest", is = ["n"] }
    [flags.has_force]
    yes = { column = "arrest", is = ["y"] }
    no = { column = "arrest", is = ["n"] }
    [group]
    area_id = "team"
    priority_code = "last"
    received_at = "latest"
    cleared_at = "earliest"
    has_force = "all"
    """
    log = LOG.replace('"call"', '"unit"')
    text = TEXT + 'unit_id = "unit"\narea_id = "area"\npriority_code = "prio"\nacuity = "prio"\n'
    town = Town(tmp_path, profile_with(UNITS, group, log=log, text=text))
    town.load(town.write(
        "id,unit,received,cleared,area,prio,arrest\n"
        "1,1P22,2026-01-02 10:00,2026-01-02 11:00,police area,1,y\n"
        "1,CR1,2026-01-02 10:02,2026-01-02 10:50,team area,2,n\n"
        "1,CR2,2026-01-02 10:01,2026-01-02 10:40,other area,,\n"
        "2,1P22,2026-01-02 10:00,2026-01-02 10:30,north,3,\n"
    ))  # fmt: skip
    one, two = town.incidents()["1"], town.incidents()["2"]
    assert (one["area_id"], two["area_id"]) == ("team area", "north")
    assert (one["priority_code"], one["acuity"]) == ("2", "1")
    assert one["received_at"] == datetime(2026, 1, 2, 10, 2)
    assert one["cleared_at"] == datetime(2026, 1, 2, 10, 40), "of the team's own rows"
    assert two["cleared_at"] is None
    assert (one["has_arrest"], one["has_force"]) == (True, False)
    assert (one["is_community_dispatched"], two["is_community_dispatched"]) == (True, False)
    assert "expected one of: earliest" in refusal(
        tmp_path, profile_with('[group]\nreceived_at = "team"\n')
    )


def test_outcome_rows_are_joined_to_their_call(tmp_path: Path):
    log = LOG.replace('"call"', '"outcome"')
    flags = """
    [flags.has_arrest]
    yes = { column = "outcome", is = ["arrest"] }
    [flags.has_transport]
    yes = { column = "outcome", is = ["transport"] }
    """
    town = Town(tmp_path, profile_with(flags, log=log))
    report = town.load(town.write(
        "id,received,outcome\n1,2026-01-02 10:00,arrest\n1,2026-01-02 10:00,transport\n2,2026-01-02 10:00,none\n"
    ))  # fmt: skip
    assert (report.rows_read, report.loaded) == (3, 3)
    found = town.incidents()
    assert (found["1"]["has_arrest"], found["1"]["has_transport"]) == (True, True)
    assert (found["2"]["has_arrest"], found["1"]["record_grain"]) == (None, "call")
    assert "joins outcome rows" in refusal(tmp_path, profile_with(log=log, text=""))


def test_rows_with_one_id_are_joined_where_the_profile_says_so(tmp_path: Path):
    log = LOG.replace('"call"', '"person"') + 'same_id = "join"\n'
    town = Town(tmp_path, profile_with(log=log))
    report = town.load(town.write("id,received,n\n1,2026-01-02 10:00,a\n1,2026-01-02 10:05,b\n"))
    assert (report.loaded, report.filtered) == (2, 0)
    assert town.incidents()["1"]["row_count"] == 2


def test_several_units_in_one_cell(tmp_path: Path):
    units = '[units]\ncolumn = "unit"\nseparator = ";"\n'
    log = LOG + "records_police_units = true\n"
    arrived = '[times.arrived_at]\ncolumn = "arrived"\nformats = ["%Y-%m-%d %H:%M"]\n'
    town = Town(tmp_path, profile_with(UNITS, units, arrived, log=log))
    report = town.load(town.write(
        "id,received,unit,arrived\n1,2026-01-02 10:00,1P22; CR1 ;;M3,2026-01-02 10:10\n"
        "2,2026-01-02 10:00,1P22,2026-01-02 10:10\n3,2026-01-02 10:00,,\n"
        "4,2026-02-02 10:00,X9,2026-02-02 10:10\n5,2026-01-02 10:00,X9,\n"
    ))  # fmt: skip
    assert (report.rows_read, report.loaded) == (5, 5)
    sent = {
        (row["incident_id"], row["unit_id"]): row["responder_type"]
        for row in town.table("unit_response")
    }
    assert sent == {
        ("1", "1P22"): "police", ("1", "CR1"): "community", ("1", "M3"): "unknown",
        ("2", "1P22"): "police", ("4", "X9"): "co_response", ("5", "X9"): "unknown",
    }  # fmt: skip
    found = town.incidents()
    assert [row["is_community_dispatched"] for row in found.values()] == [
        True,
        False,
        None,
        True,
        False,
    ]
    assert [row["arrived_at"] is not None for row in found.values()] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert found["1"]["police_involvement"] == "not_recorded", "who asked for police is not said"
    assert found["1"]["police_unit_arrived"] is None
    assert found["4"]["police_involvement"] == "planned_co_response", "an officer is part of it"
    assert found["3"]["police_involvement"] == "not_recorded", "no unit is named"


def test_a_log_without_team_units_does_not_say_whether_the_team_was_sent(tmp_path: Path):
    log = LOG.replace('"call"', '"unit"').replace("all_calls", "other_work")
    words = '[words.responder_type]\ncolumn = "unit"\nvalues = { "E1" = "fire" }\n'
    town = Town(tmp_path, profile_with(words, log=log, text=TEXT + 'unit_id = "unit"\n'))
    town.load(town.write("id,unit,received\n1,E1,2026-01-02 10:00\n1,Z9,2026-01-02 10:00\n"))
    assert town.incidents()["1"]["is_community_dispatched"] is None
    kinds = {row["unit_id"]: row["responder_type"] for row in town.table("unit_response")}
    assert kinds == {"E1": "fire", "Z9": "unknown"}
    assert "unit_rows" not in read_profile(town.agency).recorded_fields


# Call types, rules and filters


TYPES = """code,match,call_type,eligible
459A,,other,no
459.*,pattern,property_crime,no
5150V?,pattern,mental_health,yes
CW,exact,welfare_check,
"""


def test_call_types_by_list_and_pattern(tmp_path: Path):
    town = Town(tmp_path, profile_with('[call_type]\ncolumn = "type"\n'), TYPES)
    codes = ["459A", "459r", "5150", "5150VX", "cw", ""]
    rows = "".join(f"{n},2026-01-02 10:00,{code}\n" for n, code in enumerate(codes))
    town.load(town.write(f"id,received,type\n{rows}"))
    found = town.incidents().values()
    assert [row["call_type"] for row in found] == [
        "other", "property_crime", "mental_health", "not_mapped", "welfare_check", "not_recorded",
    ]  # fmt: skip
    assert [row["is_eligible"] for row in found] == [False, False, True, None, None, None]
    assert town.findings() == {("unmapped code", "call_type", "5150VX"): 1}


def test_broken_patterns_in_the_list_are_named(tmp_path: Path):
    town = Town(
        tmp_path, profile_with('[call_type]\ncolumn = "type"\n'), TYPES + "(x,pattern,other,\n"
    )
    with pytest.raises(LoadProblem, match=r"row 6: expected a pattern, found \[\(x\]"):
        town.load(town.write("id,received,type\n1,2026-01-02 10:00,CW\n"))


@pytest.mark.slow
def test_several_reasons_primary_and_any(tmp_path: Path):
    types = """
    [call_type]
    column = "r1"
    more_columns = ["r2", "r3"]
    primary = "first_filled"
    eligible_by = "any"
    """
    town = Town(tmp_path, profile_with(types), TYPES)
    rows = ("1,2026-01-02 10:00,459A,5150,\n2,2026-01-02 10:00,,CW,NEW\n3,2026-01-02 10:00,459B,459B,\n"
            "4,2026-01-02 10:00,,,\n")  # fmt: skip
    log = town.write(f"id,received,r1,r2,r3\n{rows}")
    town.load(log)
    found = town.incidents()
    assert [row["call_type"] for row in found.values()] == [
        "other", "welfare_check", "property_crime", "not_recorded",
    ]  # fmt: skip
    assert [row["is_eligible"] for row in found.values()] == [True, None, False, None]
    assert found["3"]["reason_codes"] == ["459B"]
    assert town.findings() == {("unmapped code", "call_type", "NEW"): 1}
    primary = types.replace('primary = "first_filled"\n', "").replace('eligible_by = "any"\n', "")
    town = Town(tmp_path, profile_with(primary), TYPES)
    town.load(log)
    assert [row["is_eligible"] for row in town.incidents().values()] == [False, None, False, None]
    assert town.incidents()["2"]["call_type"] == "not_recorded"


def test_further_tests_of_rules(tmp_path: Path):
    flags = """
    [flags.has_arrest]
    yes = { column = "a", contains = "  IN   custody" }
    no = { column = "a", starts_with = "no " }
    [flags.has_force]
    yes = { column = "a", same_as = "b" }
    [flags.has_transport]
    yes = { column = "n", at_most = 3 }
    no = { not = { column = "n", at_most = 3 } }
    [flags.has_involuntary_hold]
    yes = { before = 2026-01-03 }
    no = { on_or_after = 2026-01-03, before = 2026-01-05 }
    """
    town = Town(tmp_path, profile_with(flags))
    town.load(town.write(
        "id,received,a,b,n\n1,2026-01-02 10:00,Now in custody,x,3\n2,2026-01-03 10:00,No arrest,NO ARREST,4\n"
        "3,2026-01-05 10:00,,,x\n"
    ))  # fmt: skip
    found = town.incidents().values()
    assert [row["has_arrest"] for row in found] == [True, False, None]
    assert [row["has_force"] for row in found] == [None, True, None]
    assert [row["has_transport"] for row in found] == [True, False, False]
    assert [row["has_involuntary_hold"] for row in found] == [True, False, None]


@pytest.mark.parametrize(("repeats", "kept"), [('["received", "area"]', 2), ("[]", 3)])
def test_repeats_are_filtered_with_their_reason(tmp_path: Path, repeats: str, kept: int):
    filters = f"""
    [[filters]]
    reason = "test call"
    when = {{ column = "area", is = ["TEST"] }}
    [[filters]]
    reason = "entered twice"
    repeats = {repeats}
    """
    town = Town(tmp_path, profile_with(filters, text=""))
    rows = ("2026-01-02 10:00,N,1\n2026-01-02 10:00,TEST,1\n2026-01-02 10:00,N,1\n2026-01-02 10:00,N,2\n"
            "2026-01-02 10:00,S,2\n")  # fmt: skip
    report = town.load(town.write(f"received,area,note x\n{rows}"))
    assert report.loaded == kept
    assert report.reasons == {"filtered: entered twice": 4 - kept, "filtered: test call": 1}
    assert report.rows_read == 5


def test_ages_and_birth_years_become_bands(tmp_path: Path):
    town = Town(tmp_path, profile_with(top='birth_year_column = "born in"\n'))
    town.load(
        town.write(
            "id,received,born in\n1,2026-01-02 10:00,2010\n2,2026-01-02 10:00,1957\n3,x,1957\n4,2026-01-02 10:00,?\n"
        )
    )
    assert [row["age_band"] for row in town.incidents().values()] == [
        "under 18",
        "65 and over",
        None,
        None,
    ]


def test_a_profile_error_names_file_key_found_and_expected(tmp_path: Path):
    for more, words in (
        ('[columns.x]\nposition = 2\npattern = "y"\n', ("columns.x", "at most one of: names, pattern")),
        ('[columns.x]\npart_of = "y"\npart = "z"\n', ("columns.x", "part needs a group")),
        ('[columns.x]\nlookup = { file = "../y.csv", column = "a", key = "b", value = "c" }\n', ("columns.x.lookup.file", "no folder")),
        ('[[filters]]\nreason = "x"\n', ("filters.0", "either when, a rule, or repeats")),
        ('[group]\nshoe_size = "first"\n', ("group.shoe_size", "expected one of")),
        ('[times.queued_at]\ncolumn = "q"\nformats = ["%H:%M"]\nzone = "Mars"\n', ("times.queued_at.zone", "Mars")),
        ('[times.queued_at]\nminutes_column = "q"\n', ("times.queued_at", "since names the earlier time")),
    ):  # fmt: skip
        sentence = refusal(tmp_path, profile_with(more))
        assert "profile.toml" in sentence
        for part in words:
            assert part in sentence

"""History, rollback and a replaced period: what a load took out comes back, and nothing undone returns by itself."""

import json
from pathlib import Path

import duckdb
import pytest
from exported_city import City, calls, counts, published, stored
from made_city import AGENCY, write_agency, write_csv
from typer.testing import CliRunner, Result

from outcomes.cli.app import app
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import LoadReport, load_log
from outcomes.ingest.write.replace_period import parse_period
from outcomes.settings import Settings
from outcomes.store.folder import live_snapshot_name, snapshot_files
from outcomes.store.history import load_history, roll_back
from outcomes.store.problem import StoreProblem
from outcomes.store.publish import publish_anew
from outcomes.vocabulary.log import Breakdown

pytestmark = pytest.mark.slow

RUNNER = CliRunner()


def replace(city: City, rows: list[dict[str, str]], period: str) -> LoadReport:
    path = write_csv(city.folder / "replacing.csv", rows)
    return load_log([path], AGENCY, city.agencies, city.store, period=parse_period(period))


@pytest.fixture
def with_ids(tmp_path: Path) -> City:
    return City(tmp_path)


@pytest.fixture
def without_ids(tmp_path: Path) -> City:
    return City(tmp_path, has_ids=False)


# A period that is replaced


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-01:2025-03", "2025-01-01", "2025-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-01-06:2025-01-12", "2025-01-06", "2025-01-12"),
        ("2025-01-06", "2025-01-06", "2025-01-06"),
        (" 2025-01 : 2025-01-15 ", "2025-01-01", "2025-01-15"),
    ],
)
def test_period_as_written(text: str, first: str, last: str):
    assert str(parse_period(text)) == f"{first} to {last}"


@pytest.mark.parametrize(
    "text", ["", "last May", "2025", "2025-13", "2025-01..2025-02", "2025-02-30", ":"]
)
def test_period_that_is_none(text: str):
    with pytest.raises(LoadProblem, match=r"Expected a period as 2025-01:2025-03 .* found \["):
        parse_period(text)


def test_period_that_ends_before_it_begins():
    with pytest.raises(LoadProblem, match=r"ends after it begins, found \[2025-03:2025-01\]"):
        parse_period("2025-03:2025-01")


@pytest.mark.parametrize("has_ids", [True, False])
def test_what_the_export_of_a_period_lacks_goes(tmp_path: Path, has_ids: bool):
    city = City(tmp_path, has_ids=has_ids)
    city.load(calls("01-01", "03-28"))
    # Of February: 14 days fewer, one of another type; January and March stand as they were.
    rows = calls("02-01", "02-13") + calls("02-14", "02-14", type="VIOL")
    report = replace(city, rows, "2024-02")
    assert counts(report) == (14, 1, 0, 0, 13)
    # Without an id the amended call is another call, so that the former one goes as well.
    assert report.removed == (14 if has_ids else 15)
    assert city.responses(Breakdown.MONTH) == {"2024-01": 28, "2024-02": 14, "2024-03": 28}
    assert city.responses(Breakdown.CALL_TYPE) == {"mental_health": 69, "violence": 1}
    assert any("replaced 2024-02-01 to 2024-02-29" in note for note in report.notes)


def test_the_same_export_of_a_period_twice_changes_nothing(with_ids: City):
    with_ids.load(calls("01-01", "03-28"))
    replace(with_ids, calls("02-01", "02-13"), "2024-02")
    before = with_ids.state()
    assert counts(replace(with_ids, calls("02-01", "02-13"), "2024-02")) == (13, 0, 0, 0, 13)
    assert with_ids.state() == before


def test_an_export_that_only_takes_out_is_a_load(with_ids: City):
    with_ids.load(calls("01-01", "01-28"))
    report = replace(with_ids, calls("01-01", "01-20"), "2024-01")
    assert (report.loaded, report.removed, report.unchanged) == (0, 8, 20)
    assert with_ids.responses() == 20


@pytest.mark.parametrize("has_ids", [True, False])
def test_rows_outside_the_period_are_refused(tmp_path: Path, has_ids: bool):
    city = City(tmp_path, has_ids=has_ids)
    city.load(calls("01-01", "03-28"))
    before = city.state(), stored(city.store)
    with pytest.raises(LoadProblem) as caught:
        replace(city, calls("02-01", "03-02"), "2024-02")
    assert str(caught.value) == (
        "Expected calls of 2024-02-01 to 2024-02-29 alone, the period to replace, "
        "found [2 outside it, the first on 2024-03-01]; "
        "state the whole period of the export, or export that period alone."
    )
    assert (city.state(), stored(city.store)) == before


def test_undated_rows_without_ids_are_refused(without_ids: City):
    without_ids.load(calls("01-01", "01-28"))
    before = without_ids.state()
    rows = calls("01-01", "01-20")
    rows[4]["received"] = ""
    with pytest.raises(LoadProblem, match=r"found \[1 without one\]"):
        replace(without_ids, rows, "2024-01")
    assert without_ids.state() == before


def test_undated_rows_with_ids_are_amended_by_key(with_ids: City):
    with_ids.load(calls("01-01", "01-28"))
    rows = calls("01-01", "01-28")
    rows[4]["received"] = ""
    report = replace(with_ids, rows, "2024-01")
    assert (report.loaded, report.unchanged, report.removed) == (1, 27, 0)


def test_other_programs_are_left_alone(small_agencies: Path, tmp_path: Path):
    store = tmp_path / "store"
    load_log([small_agencies.parent / "units.csv"], "test-town", small_agencies, store)
    load_log([small_agencies.parent / "calls.csv"], AGENCY, small_agencies, store)
    town = [row for row in stored(store)["incident"] if row[0] == "test-town"]
    path = write_csv(tmp_path / "calls.csv", calls("01-01", "01-05"))
    period = parse_period("2024-01:2024-12")
    load_log([path], AGENCY, small_agencies, store, period=period)
    assert [row for row in stored(store)["incident"] if row[0] == "test-town"] == town
    # The one call without a date is of no month, and stays.
    assert len(stored(store)["incident"]) == len(town) + 5 + 1


# The same file again, to every table's rows


@pytest.mark.parametrize("has_ids", [True, False])
def test_the_same_file_again_leaves_every_table_as_it_was(tmp_path: Path, has_ids: bool):
    city = City(tmp_path, has_ids=has_ids)
    city.load(calls("01-01", "01-28"))
    before = stored(city.store), published(city.store)
    files = sorted(path.name for path in city.store.rglob("*"))
    city.load(calls("01-01", "01-28"))
    assert (stored(city.store), published(city.store)) == before
    assert sorted(path.name for path in city.store.rglob("*")) == files


# The way back


def test_rollback_is_the_state_before_to_every_row(with_ids: City):
    with_ids.load(calls("01-01", "01-28", **{"hurt asked": "yes", "hurt 1": "responder:fatal"}))
    before = stored(with_ids.store), published(with_ids.store)
    with_ids.load(calls("01-10", "02-10", type="VIOL"), "amended.csv")
    assert stored(with_ids.store) != before[0]
    done = roll_back(with_ids.store)
    assert [(load.load_id, load.file_names) for load in done.undone] == [(2, ("amended.csv",))]
    assert done.now.load_id == 1
    assert (stored(with_ids.store), published(with_ids.store)) == before


def test_rollback_of_a_period_and_of_a_whole_replacement(without_ids: City):
    without_ids.load(calls("01-05", "01-20"))
    first = stored(without_ids.store), published(without_ids.store)
    without_ids.load(calls("01-01", "01-28", type="VIOL"))
    second = stored(without_ids.store), published(without_ids.store)
    replace(without_ids, calls("01-01", "01-02"), "2024-01")
    assert without_ids.responses() == 2
    assert [load.load_id for load in roll_back(without_ids.store).undone] == [3]
    assert (stored(without_ids.store), published(without_ids.store)) == second
    assert [load.load_id for load in roll_back(without_ids.store).undone] == [2]
    assert (stored(without_ids.store), published(without_ids.store)) == first


def test_rollback_over_several_loads(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    before = stored(with_ids.store), published(with_ids.store)
    for kind in ("VIOL", "MH", "WELF"):
        with_ids.load(calls("01-05", "01-15", type=kind))
    done = roll_back(with_ids.store, to=1)
    assert [load.load_id for load in done.undone] == [4, 3, 2]
    assert (stored(with_ids.store), published(with_ids.store)) == before


def test_rollback_brings_back_what_the_profile_said(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    before = stored(with_ids.store)["program"]
    write_agency(with_ids.agencies, name="Renamed Responders")
    with_ids.load(calls("01-01", "01-10"))
    assert stored(with_ids.store)["program"] != before
    roll_back(with_ids.store)
    assert stored(with_ids.store)["program"] == before


def test_rollback_of_a_program_s_only_load_takes_the_program_out(
    small_agencies: Path, tmp_path: Path
):
    store = tmp_path / "store"
    load_log([small_agencies.parent / "calls.csv"], AGENCY, small_agencies, store)
    before = stored(store), published(store)
    load_log([small_agencies.parent / "units.csv"], "test-town", small_agencies, store)
    assert [load.program_id for load in roll_back(store).undone] == ["test-town"]
    assert (stored(store), published(store)) == before


def test_the_next_load_does_not_bring_the_undone_one_back(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    with_ids.load(calls("01-11", "01-20"))
    roll_back(with_ids.store)
    with_ids.load(calls("01-21", "01-22"))
    assert with_ids.responses() == 12
    # The undone file itself can be loaded again.
    assert counts(with_ids.load(calls("01-11", "01-20"))) == (10, 10, 0, 0, 0)
    assert with_ids.responses() == 22


def test_numbers_are_never_used_twice(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    with_ids.load(calls("01-11", "01-20"))
    roll_back(with_ids.store)
    assert live_snapshot_name(with_ids.store) == "snap-3-load-3.duckdb"
    with_ids.load(calls("01-11", "01-12"))
    assert [load.load_id for load in load_history(with_ids.store)] == [1, 2, 4]


def test_a_rollback_that_was_not_published_is_published_and_undoes_no_more(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    with_ids.load(calls("01-11", "01-20"))
    pointer = (with_ids.store / "CURRENT").read_bytes()
    roll_back(with_ids.store)
    # As if the kill had come between the warehouse and the pointer.
    (with_ids.store / "CURRENT").write_bytes(pointer)
    assert with_ids.responses() == 20
    assert [load.is_live for load in load_history(with_ids.store)] == [True, True]
    done = roll_back(with_ids.store)
    assert done.undone == ()
    assert with_ids.responses() == 10
    assert [load.is_live for load in load_history(with_ids.store)] == [True, False]


def test_the_only_load_cannot_be_undone(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    before = with_ids.state()
    with pytest.raises(
        StoreProblem, match=r"Expected a load before the last one, found \[1 in all\]"
    ):
        roll_back(with_ids.store)
    assert with_ids.state() == before


@pytest.mark.parametrize("to", [2, 7, 0])
def test_a_number_that_is_no_earlier_load(with_ids: City, to: int):
    with_ids.load(calls("01-01", "01-10"))
    with_ids.load(calls("01-11", "01-20"))
    before = with_ids.state()
    with pytest.raises(StoreProblem, match=rf"found \[{to}\]; choose from 1\."):
        roll_back(with_ids.store, to=to)
    assert with_ids.state() == before


@pytest.mark.long
def test_the_last_ten_loads_can_be_undone(with_ids: City):
    for number in range(12):
        with_ids.load(calls("01-01", "01-02", priority=str(number)))
    reversible = [load.load_id for load in load_history(with_ids.store) if load.is_reversible]
    assert reversible == list(range(3, 13))
    with duckdb.connect(str(with_ids.store / "warehouse.duckdb"), read_only=True) as connection:
        kept = connection.table("past_incident").fetchall()
    assert len(kept) == 2 * len(reversible)
    with pytest.raises(StoreProblem, match=r"found \[2\], which is too old"):
        roll_back(with_ids.store, to=1)
    assert len(roll_back(with_ids.store, to=2).undone) == 10


# On the command line


def run(*words: object) -> Result:
    return RUNNER.invoke(app, [str(word) for word in words])


def test_history_and_rollback_on_the_command_line(with_ids: City):
    place = ("--store", with_ids.store, "--agencies", with_ids.agencies)
    with_ids.load(calls("01-01", "01-10"))
    march = write_csv(with_ids.folder / "march.csv", calls("01-01", "01-08"))
    done = run("load", march, "--agency", AGENCY, "--replace-period", "2024-01", *place)
    assert done.exit_code == 0, done.output
    assert "that it does not hold were taken out" in done.stdout
    assert "2 stored calls, received" in done.stdout
    *lines, disk = run("history", *place).stdout.splitlines()
    held = {path: path.stat().st_size for path in with_ids.store.rglob("*.duckdb")}
    warehouse = held.pop(with_ids.store / "warehouse.duckdb")
    assert disk == (
        f"On the disk: warehouse {warehouse / 1e6:,.1f} MB, snapshots {sum(held.values()) / 1e6:,.1f} MB "
        f"(2 kept, of at most 3)."
    )
    assert lines[0].split()[:4] == ["number", "loaded", "(UTC)", "program"]
    assert [line.split()[0] for line in lines[1:]] == ["1", "2"]
    assert [line.split()[-2:] for line in lines[1:]] == [
        ["live", "calls.csv"],
        ["live", "march.csv"],
    ]
    undone = run("rollback", *place).stdout.splitlines()
    assert undone[0].startswith(f"Undone: load 2 of {AGENCY}, 20")
    assert undone[0].endswith("march.csv: 0 rows loaded, 2 incidents removed.")
    assert undone[1].startswith(f"Live now: everything up to load 1 of {AGENCY}, 20")
    record = json.loads(run("history", "--program", AGENCY, "--format", "json", *place).stdout)
    assert [(load["number"], load["live"], load["can_be_undone"]) for load in record] == [
        (1, True, True),
        (2, False, False),
    ]
    assert record[1]["state"].startswith("undone 20")


def test_as_many_snapshots_stay_as_the_setting_says(
    with_ids: City, monkeypatch: pytest.MonkeyPatch
):
    with_ids.load(calls("01-01", "01-10"))

    def kept_after_publication(most: int) -> list[int]:
        monkeypatch.setenv("OUTCOMES_KEPT_SNAPSHOTS", str(most))
        publish_anew(with_ids.store, Settings().publishing)
        return [one.number for one in snapshot_files(with_ids.store)]

    assert [kept_after_publication(4) for _ in range(2)][-1] == [1, 2, 3]
    assert kept_after_publication(2) == [3, 4]
    monkeypatch.setenv("OUTCOMES_KEPT_SNAPSHOTS", "4")
    place = ("--store", with_ids.store, "--agencies", with_ids.agencies)
    february = write_csv(with_ids.folder / "february.csv", calls("01-01", "01-12"))
    assert run("load", february, "--agency", AGENCY, *place).exit_code == 0
    assert run("rollback", *place).exit_code == 0
    assert [one.number for one in snapshot_files(with_ids.store)] == [3, 4, 5, 6]
    assert run("history", *place).stdout.endswith("(4 kept, of at most 4).\n")
    monkeypatch.setenv("OUTCOMES_KEPT_SNAPSHOTS", "1")
    refused = run("history", *place)
    assert refused.exit_code == 1
    assert "kept_snapshots" in refused.stderr.lower()


def test_questions_of_a_store_that_is_not_there(tmp_path: Path):
    for words in (("history",), ("rollback",), ("rejected", "nobody")):
        failed = run(*words, "--store", tmp_path / "none")
        assert failed.exit_code == 1
        assert failed.stderr.startswith("Error: Expected a")
        assert not (tmp_path / "none").exists()


def test_history_of_an_unknown_program(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    failed = run("history", "--program", "nobody", "--store", with_ids.store)
    assert f"found [nobody]; choose from {AGENCY}." in failed.stderr


def test_wrong_period_on_the_command_line(with_ids: City):
    log = write_csv(with_ids.folder / "a.csv", calls("01-01", "01-02"))
    place = ("--store", with_ids.store, "--agencies", with_ids.agencies)
    failed = run("load", log, "--agency", AGENCY, "--replace-period", "spring", *place)
    assert failed.exit_code == 1
    assert "found [spring]" in failed.stderr
    assert not with_ids.store.exists()


def test_a_warehouse_of_before_is_taken_over(with_ids: City):
    with_ids.load(calls("01-01", "01-10"))
    with duckdb.connect(str(with_ids.store / "warehouse.duckdb")) as connection:
        for name in ("incident", "unit_response", "injury", "program", "program_change"):
            connection.execute(f"drop table past_{name}")
        connection.execute("drop table undone_load")
        connection.execute("alter table load_log drop column removed")
        connection.execute("alter table load_log drop column is_reversible")
    with_ids.load(calls("01-11", "01-20"))
    with_ids.load(calls("01-05", "01-06", type="VIOL"))
    loads = load_history(with_ids.store)
    assert [(load.load_id, load.is_reversible) for load in loads] == [
        (1, False),
        (2, True),
        (3, True),
    ]
    assert [load.load_id for load in roll_back(with_ids.store, to=1).undone] == [3, 2]
    assert with_ids.responses(Breakdown.CALL_TYPE) == {"mental_health": 10}

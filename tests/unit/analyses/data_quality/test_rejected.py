"""Rejected rows: kept with file, line, column, value and rule; for the program view alone; never published."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from exported_city import City, calls
from made_city import AGENCY, COLUMNS, write_agency
from typer.testing import CliRunner

from outcomes.analyses.data_quality.rejected import rejected_csv
from outcomes.cli.app import app
from outcomes.ingest.run import load_log
from outcomes.selection import SelectionError
from outcomes.store.folder import live_snapshot_name
from outcomes.store.history import roll_back
from outcomes.store.page_tables import PAGE_TABLES
from outcomes.store.problem import StoreProblem
from outcomes.store.rejected_rows import RejectedRow, rejected_rows
from outcomes.store.warehouse import open_warehouse
from outcomes.vocabulary.log import View

pytestmark = pytest.mark.slow

RUNNER = CliRunner()
PLANTED = "Quimby Street 4711"


def lines(number: int, spoiled: dict[int, str]) -> str:
    """A log as text, with whole lines put in place of some; the header is line 1."""
    written = [",".join(COLUMNS)]
    for row in calls("01-01", "03-28")[:number]:
        written.append(",".join(row.get(column, "") for column in COLUMNS))
    for line, text in spoiled.items():
        written[line - 1] = text.format(line=written[line - 1])
    return "\n".join(written) + "\n"


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def load(city: City, text: str, name: str = "calls.csv") -> None:
    path = city.folder / name
    path.write_text(text, encoding="utf-8")
    load_log([path], AGENCY, city.agencies, city.store)


def without_id(line: str) -> str:
    return "," + line.split(",", 1)[1]


def test_line_numbers_are_those_of_the_file(city: City):
    text = lines(30, {4: "{line},too,many", 9: "{line},again,too,many", 20: "short,line"})
    # Without an id: before, between and after the broken lines.
    written = text.splitlines()
    for number in (3, 6, 15, 25):
        written[number - 1] = without_id(written[number - 1])
    load(city, "\n".join(written) + "\n")
    found = rejected_rows(city.store, AGENCY)
    assert [(row.source_row, row.rule) for row in found] == [
        (3, "no incident id"),
        (4, "too many columns"),
        (6, "no incident id"),
        (9, "too many columns"),
        (15, "no incident id"),
        (20, "missing columns"),
        (25, "no incident id"),
    ]
    assert found[0] == RejectedRow("calls.csv", 3, "incident_id", None, "no incident id")


def test_rows_of_several_files(city: City):
    texts = [lines(10, {3: "{line},x"}), lines(10, {})]
    written = texts[1].splitlines()
    written[6] = without_id(written[6])
    paths = [city.folder / "a.csv", city.folder / "b.csv"]
    paths[0].write_text(texts[0])
    paths[1].write_text("\n".join(written) + "\n")
    load_log(paths, AGENCY, city.agencies, city.store)
    found = [(row.source_file, row.source_row) for row in rejected_rows(city.store, AGENCY)]
    assert found == [("a.csv", 3), ("b.csv", 7)]


def test_they_stand_beside_the_snapshot_and_not_in_it(city: City):
    load(city, lines(10, {4: "{line},x"}))
    name = str(live_snapshot_name(city.store))
    assert (city.store / "rejected" / name).with_suffix(".parquet").is_file()
    with duckdb.connect(str(city.store / "snapshots" / name), read_only=True) as connection:
        tables = {row[0] for row in connection.execute("show tables").fetchall()}
    assert tables == {*PAGE_TABLES, "police_sent_assumption", "built_by"}
    with open_warehouse(city.store) as warehouse:
        assert len(warehouse.connection.table("warehouse.rejected_row").fetchall()) == 1


def test_they_go_back_with_a_rollback(city: City):
    load(city, lines(10, {4: "{line},x"}))
    before = rejected_rows(city.store, AGENCY)
    load(city, lines(20, {7: "{line},x", 8: "{line},x"}), "later.csv")
    assert [row.source_row for row in rejected_rows(city.store, AGENCY)] == [7, 8]
    roll_back(city.store)
    assert rejected_rows(city.store, AGENCY) == before


def test_what_may_not_be_stored_is_gone_from_them_too(tmp_path: Path):
    more = f'ignored_columns = ["{COLUMNS[-1]}"]\n'
    city = City(tmp_path)
    agencies = write_agency(tmp_path / "agencies", without=["is_eligible"])
    profile = agencies / AGENCY / "profile.toml"
    profile.write_text(more + profile.read_text(encoding="utf-8"), encoding="utf-8")
    written = lines(12, {}).splitlines()
    # In a row without an id, in a line with too many columns, in one with an open quote, and in a short one.
    written[3] = without_id(written[3]) + PLANTED
    written[5] = written[5] + f"{PLANTED},{PLANTED}"
    written[7] = written[7] + f'"{PLANTED}'
    written[9] = PLANTED
    load(city, "\n".join(written) + "\n")
    assert len(rejected_rows(city.store, AGENCY)) == 4
    assert PLANTED not in rejected_csv(AGENCY, city.store, View.PROGRAM)
    for path in city.store.rglob("*"):
        if path.is_file():
            assert PLANTED.encode() not in path.read_bytes(), path.name


def test_a_value_is_kept_only_of_a_field_that_may_be_stored(city: City):
    load(city, lines(5, {}))
    with open_warehouse(city.store) as warehouse:
        warehouse.execute("work_tables")
        batch = warehouse.connection.table("rejected_batch")
        batch.insert([1, "a.csv", 2, "priority_code", "P1", "of a test"])
        batch.insert([1, "a.csv", 3, "address", PLANTED, "of a test"])
        warehouse.execute(
            "insert_rejected_row",
            program_id=AGENCY,
            load_id=1,
            stored_fields=["priority_code", "area_id"],
        )
        kept = warehouse.connection.table("warehouse.rejected_row").fetchall()
    assert sorted(row[4:6] for row in kept) == [("address", None), ("priority_code", "P1")]


def test_csv_with_cells_that_are_safe_in_a_spreadsheet(city: City):
    load(city, lines(10, {4: "{line},x"}), "=cmd.csv")
    rows = list(csv.reader(io.StringIO(rejected_csv(AGENCY, city.store, View.PROGRAM))))
    assert rows == [
        ["file", "row", "column", "value", "rule"],
        ["'=cmd.csv", "4", "", "", "too many columns"],
    ]


def test_the_public_view_has_none(city: City):
    load(city, lines(10, {4: "{line},x"}))
    with pytest.raises(SelectionError, match=r"Expected the program view .* found \[public\]"):
        rejected_csv(AGENCY, city.store, View.PUBLIC)


def test_on_the_command_line(city: City):
    load(city, lines(10, {4: "{line},x"}))
    done = RUNNER.invoke(app, ["rejected", AGENCY, "--store", str(city.store)])
    assert done.stdout == "file,row,column,value,rule\ncalls.csv,4,,,too many columns\n"
    failed = RUNNER.invoke(app, ["rejected", "nobody", "--store", str(city.store)])
    assert failed.exit_code == 1
    assert f"found [nobody]; choose from {AGENCY}." in failed.stderr


def test_a_store_without_their_file(city: City):
    load(city, lines(10, {}))
    assert rejected_rows(city.store, AGENCY) == []
    for path in (city.store / "rejected").iterdir():
        path.unlink()
    with pytest.raises(StoreProblem, match=r"Expected rejected rows at .* found \[nothing\]"):
        rejected_rows(city.store, AGENCY)

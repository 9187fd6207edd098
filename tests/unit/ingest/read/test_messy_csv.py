"""Messy CSV files: every row is loaded, filtered, rejected or unchanged, and none is lost."""

import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_city import AGENCY, COLUMNS, write_agency

from outcomes.ingest.run import LoadReport, load_log

WIDTH = len(COLUMNS)
GOOD = {"received": "2024-01-05 10:00:00", "type": "MH", "origin": "911"}

cells = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters='",'),
                max_size=6)  # fmt: skip
ids = st.sampled_from(["A1", "A2", "A3", " A1 ", "a1", "", "NULL", "007", "=1+1"])


def line(identity: str, cell: str, kind: str) -> str:
    row = [{**GOOD, "id": identity, "area": cell}.get(name, "") for name in COLUMNS]
    if kind == "test":
        row[COLUMNS.index("type")] = "TEST"
    if kind == "short":
        row = row[:5]
    if kind == "long":
        row = [*row, "one", "more"]
    if kind == "bad time":
        row[COLUMNS.index("received")] = cell
    return ",".join(row)


lines = st.lists(
    st.builds(
        line, ids, cells, st.sampled_from(["good"] * 5 + ["test", "short", "long", "bad time"])
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def agencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_agency(tmp_path_factory.mktemp("messy") / "agencies")


def load(agencies: Path, body: list[str], ending: str = "\n", times: int = 1) -> list[LoadReport]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.csv"
        kept = [line(f"K{number}", "north", "good") for number in range(30)]
        text = ending.join([",".join(COLUMNS), *kept, *body]) + ending
        path.write_text(text, encoding="utf-8", newline="")
        store = Path(folder) / "store"
        return [load_log([path], AGENCY, agencies, store) for _ in range(times)]


def total(report: LoadReport) -> int:
    return report.loaded + report.filtered + report.rejected + report.unchanged


@pytest.mark.slow
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines)
def test_no_row_is_lost(agencies: Path, body: list[str]):
    first, again = load(agencies, body, times=2)
    for report in (first, again):
        assert report.rows_read == total(report) == 30 + len(body)
        by_outcome = {"filtered": 0, "rejected": 0}
        for reason, count in report.reasons.items():
            by_outcome[reason.split(":")[0]] += count
        assert by_outcome == {"filtered": report.filtered, "rejected": report.rejected}
    assert first.rejected >= sum(row.count(",") != WIDTH - 1 for row in body)
    assert (again.loaded, again.unchanged) == (0, first.loaded)
    assert (again.filtered, again.rejected) == (first.filtered, first.rejected)


@pytest.mark.slow
def test_rows_of_the_wrong_width_are_rejected_with_their_rule(agencies: Path):
    (report,) = load(agencies, [line("B1", "x", "short"), line("B2", "x", "long")])
    assert (report.rows_read, report.loaded, report.rejected) == (32, 30, 2)
    assert report.reasons == {
        "rejected: missing columns": 1,
        "rejected: too many columns": 1,
    }


@pytest.mark.slow
def test_windows_line_ends(agencies: Path):
    (report,) = load(agencies, [line("B1", "x", "good")], ending="\r\n")
    assert (report.rows_read, report.loaded) == (31, 31)


@pytest.mark.slow
def test_quoted_cells_may_hold_commas_quotes_and_line_breaks(agencies: Path):
    row = line("B1", "AREA", "good").replace("AREA", '"north, ""old"" town\nby the river"')
    (report,) = load(agencies, [row])
    assert (report.rows_read, report.loaded, report.rejected) == (31, 31, 0)


@pytest.mark.slow
def test_byte_order_mark_and_a_header_further_down(tmp_path: Path):
    folder = write_agency(tmp_path / "agencies")
    profile = folder / AGENCY / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace('format = "csv"', 'format = "csv"\nheader_row = 3'))
    path = tmp_path / "calls.csv"
    body = [
        "Export of the dispatch system",
        "",
        ",".join(COLUMNS),
        line("B1", "x", "good"),
        line("B2", "x", "short"),
    ]
    path.write_text("\n".join(body) + "\n", encoding="utf-8-sig")
    report = load_log([path], AGENCY, folder, tmp_path / "store")
    assert (report.rows_read, report.loaded, report.rejected) == (2, 1, 1)
    with duckdb.connect(str(tmp_path / "store" / "warehouse.duckdb"), read_only=True) as connection:
        (rejected,) = connection.table("rejected_row").fetchall()
    assert rejected[2:4] == ("calls.csv", 5)


@pytest.mark.slow
def test_blank_lines_are_no_rows(agencies: Path):
    (report,) = load(agencies, ["", line("B1", "x", "good"), ""])
    assert (report.rows_read, report.loaded) == (31, 31)


@pytest.mark.slow
def test_file_without_a_last_line_end(tmp_path: Path, agencies: Path):
    path = tmp_path / "calls.csv"
    path.write_text(",".join(COLUMNS) + "\n" + line("B1", "x", "good"), encoding="utf-8")
    assert load_log([path], AGENCY, agencies, tmp_path / "store").loaded == 1


@pytest.mark.slow
def test_an_open_quote_swallows_no_row_unseen(agencies: Path):
    body = [line("B1", '"north', "good"), line("B2", "x", "good"), line("B3", "x", "good")]
    (report,) = load(agencies, body)
    assert report.rejected >= 1
    assert report.loaded >= 30

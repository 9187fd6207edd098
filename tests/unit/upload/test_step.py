"""Bringing a log in step by step: the first rows, the dry run, the process of its own, and the folder of an upload."""

import json
import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from bare_workbook import WORKBOOK
from hand_written_calls import CALLS
from made_city import AGENCY, write_agency, write_csv
from places import REAL_DATA
from typer.testing import CliRunner, Result

from outcomes.cli.app import app
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.preview import preview_log
from outcomes.ingest.run import dry_run, load_log
from outcomes.upload.session import (
    PREFIX,
    UploadSession,
    drop_left_over,
    profile_archive,
    safe_name,
    save_profile,
    waiting_files,
)
from outcomes.upload.step import LoadStep
from outcomes.upload.text import reading_sentence, row_cells
from outcomes.vocabulary.bold import BOLD

pytestmark = pytest.mark.slow

SECONDS, MEMORY_MB = 120, 3_000


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def call(number: int, **cells: str) -> dict[str, str]:
    at = f"2025-01-{number:02d} 10:00:00"
    return {"id": f"A{number}", "received": at, "arrived": at[:14] + "20:00", "type": "MH", **cells}


@pytest.fixture
def city(tmp_path: Path) -> tuple[Path, Path]:
    """A log with a damaged time, an unknown word, a test call and a placeholder; and its agencies folder."""
    rows = [
        call(1, origin="911"),
        call(2, arrived="########", origin="smoke signal"),
        call(3, type="TEST"),
        call(4, arrived="2025-01-04 00:00:00"),
        *(call(number) for number in range(5, 28)),
        {**call(28), "id": ""},
    ]
    return write_csv(tmp_path / "calls.csv", rows), write_agency(tmp_path / "agencies")


# The first rows


def test_the_first_rows_say_what_was_understood(city: tuple[Path, Path]):
    found = preview_log(city[0], AGENCY, city[1])
    by_field = {reading.field: reading for reading in found.fields}
    received, arrived = by_field["received_at"], by_field["arrived_at"]
    # The test call is left out; 27 rows are looked at.
    assert (received.understood, received.not_understood, received.empty) == (27, 0, 0)
    # A placeholder is understood: nothing was entered.
    assert (arrived.understood, arrived.not_understood, arrived.empty) == (25, 1, 1)
    assert arrived.samples == ("########",)
    origin = by_field["call_origin"]
    assert (origin.understood, origin.not_understood, origin.samples) == (1, 1, ("smoke signal",))
    assert [row.number for row in found.rows if row.left_out] == [3]
    assert "has_force" in by_field
    assert reading_sentence(arrived) == (
        f"{BOLD}Time of arrival{BOLD}: understood on 25 of 26 rows that have one; "
        f"{BOLD}not understood on 1{BOLD}, such as “########”."
    )
    assert (
        reading_sentence(received)
        == f"{BOLD}Time of call{BOLD}: understood on all 27 rows that have one."
    )
    assert reading_sentence(by_field["has_force"]) == (
        f"{BOLD}Force or not{BOLD}: nothing is written on these 27 rows."
    )
    cells = row_cells(found.rows[1], ["received_at", "arrived_at"])
    assert cells["Time of arrival"] == "not understood: ########"
    assert cells["Time of call"] == "2025-01-02 10:00:00"


def test_no_more_rows_are_looked_at_than_asked(city: tuple[Path, Path]):
    assert [row.number for row in preview_log(city[0], AGENCY, city[1], rows=2).rows] == [1, 2]
    printed = run("profile", "preview", city[0], "--agency", AGENCY, "--agencies", city[1])
    assert printed.exit_code == 0
    assert (
        "arrived_at               understood   25, not understood    1 (########)" in printed.stdout
    )


def test_the_first_rows_show_nothing_private(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    rows = [call(1, area="Call Maria Gonzalez at 503-555-0134", origin="503-555-0199")]
    found = preview_log(write_csv(tmp_path / "calls.csv", rows), AGENCY, agencies)
    said = repr(found) + "".join(
        str(row_cells(row, ["area_id", "call_origin"])) for row in found.rows
    )
    assert "555" not in said
    assert "Gonzalez" not in said
    assert row_cells(found.rows[0], ["area_id"])["Area"] == "not understood: looks private"


@pytest.mark.real_log
def test_lane_county_first_rows():
    log = REAL_DATA / "mcslc_lane_county" / "MCSLC.xlsx"
    if not log.is_file():
        pytest.skip(f"the real log is not here: {log.name}")
    printed = run("profile", "preview", log, "--agency", "lane-county-mcs", "--format", "json")
    content = json.loads(printed.stdout)
    assert len(content["rows"]) == 100
    assert {one["field"]: one["understood"] for one in content["fields"]}["received_at"] == 100


# The dry run


def test_a_dry_run_counts_and_changes_nothing(city: tuple[Path, Path], tmp_path: Path):
    log, agencies, store = *city, tmp_path / "store"
    tried = dry_run([log], AGENCY, agencies, store)
    assert (tried.rows_read, tried.loaded, tried.filtered, tried.rejected) == (28, 26, 1, 1)
    assert not store.exists()
    loaded = load_log([log], AGENCY, agencies, store)
    assert tried == loaded
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    again = dry_run([log], AGENCY, agencies, store)
    assert (again.loaded, again.unchanged, again.filtered, again.rejected) == (0, 26, 1, 1)
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before


def test_dry_run_as_a_command(city: tuple[Path, Path], tmp_path: Path):
    log, agencies, store = *city, tmp_path / "store"
    words = ("load", log, "--agency", AGENCY, "--agencies", agencies, "--store", store)
    tried = run(*words, "--dry-run", "--format", "json")
    assert json.loads(tried.stdout)["loaded"] == 26
    assert not store.exists()
    refused = run(*words, "--most-rows", "27")
    assert refused.exit_code == 1
    assert "Error: Expected at most 27 rows, found [28];" in refused.stderr
    assert not store.exists()


# A process of its own


def test_a_step_tells_how_far_it_is_and_gives_what_was_printed(
    city: tuple[Path, Path], tmp_path: Path
):
    words = ["load", str(city[0]), "--agency", AGENCY, "--agencies", str(city[1])]
    step = LoadStep(
        [*words, "--store", str(tmp_path / "store"), "--format", "json"], SECONDS, MEMORY_MB
    )
    assert json.loads(step.printed())["rows_read"] == 28
    assert (step.share, step.told, step.is_done) == (1.0, "Done", True)


def test_a_step_that_fails_says_the_commands_sentence(tmp_path: Path):
    step = LoadStep(["profile", "draft", str(tmp_path / "none.csv")], SECONDS, MEMORY_MB)
    with pytest.raises(LoadProblem, match=r"^Expected a log file, found \[nothing\]"):
        step.printed()


def test_a_step_that_takes_too_long_is_ended():
    step = LoadStep(["demo", "--store", "/nowhere"], 0, MEMORY_MB)
    until = time.monotonic() + 20
    while not step.is_done and time.monotonic() < until:
        time.sleep(0.05)
    with pytest.raises(LoadProblem, match="found \\[it still running\\]; nothing was changed"):
        step.printed()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_step_that_takes_too_much_memory_is_refused(tmp_path: Path):
    # Sixty million cells of one letter, in a file of some kilobytes.
    path = tmp_path / "log.xlsx"
    row = b"<row>" + b'<c t="inlineStr"><is><t>a</t></is></c>' * 1_500 + b"</row>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in WORKBOOK.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            )
            sheet.write(b"<sheetData>")
            for _ in range(4_000):
                sheet.write(row)
            sheet.write(b"</sheetData></worksheet>")
    step = LoadStep(["profile", "draft", str(path), "--format", "json"], SECONDS, 500)
    with pytest.raises(LoadProblem, match=r"^Expected .*, found \["):
        step.printed()


# The folder of an upload


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("calls 2025.csv", "calls 2025.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\logs\\calls.csv", "calls.csv"),
        ("..", "log"),
        ("a\0b<c>.csv", "a_b_c_.csv"),
        ("Señal.xlsx", "Señal.xlsx"),
        (".hidden", "hidden"),
        ("x" * 300, "x" * 100),
    ],
)
def test_no_name_is_a_path(name: str, kept: str):
    assert safe_name(name) == kept


def test_the_folder_goes_with_its_session(tmp_path: Path):
    place = UploadSession()
    place.add_file("../calls.csv", b"id\n1\n")
    folder = Path(place.folder.name)
    assert place.files[0].parents[2] == folder
    assert place.files[0].read_bytes() == b"id\n1\n"
    assert folder.stat().st_mode & 0o077 == 0
    del place
    assert not folder.exists()


def test_what_a_killed_server_left_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old, young = tmp_path / f"{PREFIX}old", tmp_path / f"{PREFIX}young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (0, time.time() - 2 * 86_400))
    drop_left_over()
    assert [old.exists(), young.exists()] == [False, True]


def test_a_known_agency_is_copied_whole_and_stays_as_it_is(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    (agencies / AGENCY / "beats.csv").write_text("code,name\n1,north\n")
    place = UploadSession()
    profile, types = place.take_agency(agencies, AGENCY)
    assert types is not None
    place.write(AGENCY, "# changed\n" + profile, types)
    assert (place.agencies / AGENCY / "beats.csv").is_file()
    assert (agencies / AGENCY / "profile.toml").read_text() == profile


def test_a_saved_profile_is_replaced_only_on_purpose(tmp_path: Path):
    agencies = tmp_path / "agencies"
    save_profile(agencies, "fernhollow", "first", "code\n", replaces=False)
    with pytest.raises(LoadProblem, match=r"^Expected no saved profile yet, found \["):
        save_profile(agencies, "fernhollow", "second", None, replaces=False)
    assert (agencies / "fernhollow" / "profile.toml").read_text() == "first"
    save_profile(agencies, "fernhollow", "second", None, replaces=True)
    assert (agencies / "fernhollow" / "profile.toml").read_text() == "second"
    with pytest.raises(LoadProblem, match=r"found \[\.\./elsewhere\]"):
        save_profile(agencies, "../elsewhere", "x", None, replaces=True)


def test_a_profile_can_be_taken_away():
    with zipfile.ZipFile(BytesIO(profile_archive("fernhollow", "a = 1", "code\n"))) as archive:
        assert archive.namelist() == ["fernhollow/profile.toml", "fernhollow/call_types.csv"]
        assert archive.read("fernhollow/profile.toml") == b"a = 1"


def test_files_that_wait(tmp_path: Path):
    (tmp_path / "b.csv").write_text("x")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "folder").mkdir()
    assert [path.name for path in waiting_files(tmp_path)] == ["b.csv"]
    assert waiting_files(None) == waiting_files(tmp_path / "none") == []


def test_the_hand_written_calls_read_the_same_both_ways(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    log = write_csv(tmp_path / "calls.csv", CALLS)
    preview = preview_log(log, AGENCY, agencies)
    assert len(preview.rows) == len(CALLS)

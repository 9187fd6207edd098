"""The command line: bad input gets one sentence and a failure, and changes nothing; good input gives numbers."""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from hand_written_calls import CALLS
from made_city import AGENCY, COLUMNS, profile_text, write_agency, write_csv
from places import PROJECT, REAL_LOGS
from typer.testing import CliRunner, Result

from outcomes.cli.app import app
from outcomes.metrics.registry import METRICS

RUNNER = CliRunner()


def run(*words: object) -> Result:
    return RUNNER.invoke(app, [str(word) for word in words])


def error_of(result: Result) -> str:
    """The one sentence of a failure."""
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert result.stderr.splitlines()[-1] == line, "the sentence is one line, and the last"
    assert result.stdout == ""
    return line.removeprefix("Error: ")


def state_of(store: Path) -> dict[str, object]:
    """What a store holds, so that two moments can be compared."""
    current = store / "CURRENT"
    files = sorted(path.relative_to(store).as_posix() for path in store.rglob("*"))
    snapshots = {path.name: path.read_bytes() for path in store.glob("snapshots/*")}
    return {
        "current": (current.read_bytes(), current.stat().st_mtime_ns),
        "files": files,
        "snapshots": snapshots,
    }


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, small_agencies: Path) -> Path:
    """A folder with agencies and a store that holds the hand-written calls."""
    folder = tmp_path_factory.mktemp("command-line")
    shutil.copytree(small_agencies, folder / "agencies")
    log = write_csv(folder / "calls.csv", CALLS)
    done = run(
        "load", log, "--agency", AGENCY, "--agencies", folder / "agencies", "--store", folder / "s"
    )
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def attempt(loaded: Path, tmp_path: Path):
    """Try to load something into the store; checks that it fails and changes nothing."""

    def load(log: Path, agency: str = AGENCY, agencies: Path | None = None) -> str:
        before = state_of(loaded / "s")
        folder = agencies or loaded / "agencies"
        result = run("load", log, "--agency", agency, "--agencies", folder, "--store", loaded / "s")
        sentence = error_of(result)
        assert state_of(loaded / "s") == before
        return sentence

    return load


def ask(loaded: Path, *words: str) -> Result:
    return run("answer", *words, "--store", loaded / "s")


# Files that cannot be loaded


def test_wrong_path(attempt, tmp_path: Path):
    sentence = attempt(tmp_path / "nowhere.csv")
    assert sentence.startswith("Expected a log file, found [nothing] at [")
    assert "nowhere.csv" in sentence


def test_folder_instead_of_a_file(attempt, tmp_path: Path):
    assert "Expected a log file, found [a folder]" in attempt(tmp_path)


def test_unknown_agency(attempt, loaded: Path):
    sentence = attempt(loaded / "calls.csv", agency="nobody")
    assert "found [nobody]" in sentence
    assert "the agencies there are: test-city, test-town" in sentence


def test_empty_file(attempt, tmp_path: Path):
    path = tmp_path / "calls.csv"
    path.touch()
    assert "found [an empty file] at [calls.csv]" in attempt(path)


@pytest.mark.slow
def test_header_alone(attempt, tmp_path: Path):
    sentence = attempt(write_csv(tmp_path / "calls.csv", []))
    assert "Expected at least one row to keep, found [none]" in sentence


@pytest.mark.slow
def test_only_filtered_rows(attempt, tmp_path: Path):
    rows = [row for row in CALLS if row["type"] == "TEST"]
    sentence = attempt(write_csv(tmp_path / "calls.csv", rows))
    assert "Expected at least one row to keep, found [none]" in sentence


def test_missing_column(attempt, tmp_path: Path):
    path = tmp_path / "calls.csv"
    path.write_text("id,received,origin\n1,2024-01-01 10:00:00,911\n")
    sentence = attempt(path)
    assert "Expected the column [" in sentence
    assert "found [id, received, origin]" in sentence


def test_text_that_is_no_log_packed_or_not(attempt, tmp_path: Path):
    path = tmp_path / "calls.csv.gz"
    path.write_text("Dear colleague,\nthe log follows by post.\n")
    assert "found [Dear colleague, column 2]" in attempt(path)


def test_broken_gzip(attempt, tmp_path: Path):
    path = tmp_path / "calls.csv.gz"
    text = write_csv(tmp_path / "calls.csv", CALLS * 40).read_bytes()
    path.write_bytes(gzip.compress(text)[:700])
    assert "calls.csv.gz" in attempt(path)


def test_pdf_renamed_to_csv(attempt, tmp_path: Path):
    path = tmp_path / "calls.csv"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert "Expected a CSV file, found [a PDF file]" in attempt(path)


def test_workbook_renamed_to_csv(attempt, tmp_path: Path):
    path = tmp_path / "calls.csv"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "id")
    assert "found [a zip or workbook file]" in attempt(path)


def test_bytes_that_are_no_text(attempt, tmp_path: Path):
    path = tmp_path / "calls.csv"
    path.write_bytes(b"id,received\n" + bytes(range(128, 256)) * 20)
    assert "Expected" in attempt(path)


@pytest.mark.slow
def test_times_that_the_profile_cannot_read(attempt, tmp_path: Path):
    rows = [{**row, "received": "January the second"} for row in CALLS]
    sentence = attempt(write_csv(tmp_path / "calls.csv", rows))
    assert "found [xxxxxxx xxx xxxxxx] and others on 42 of 42 rows" in sentence
    assert "correct times.received_at in the profile" in sentence


@pytest.fixture
def workbook_agency(tmp_path: Path) -> Path:
    text = profile_text("book-city").replace('format = "csv"', 'format = "xlsx"\nsheet = "Calls"')
    folder = write_agency(tmp_path / "agencies", "book-city")
    (folder / "book-city" / "profile.toml").write_text(text, encoding="utf-8")
    return folder


def test_pdf_renamed_to_workbook(attempt, tmp_path: Path, workbook_agency: Path):
    path = tmp_path / "calls.xlsx"
    path.write_bytes(b"%PDF-1.7\n")
    sentence = attempt(path, "book-city", workbook_agency)
    assert sentence.startswith("Expected an Excel workbook, found [")
    assert "calls.xlsx" in sentence


def test_wrong_sheet(attempt, tmp_path: Path, workbook_agency: Path):
    path = tmp_path / "calls.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes").write_row(0, 0, COLUMNS)
    sentence = attempt(path, "book-city", workbook_agency)
    assert "Expected the sheet [Calls], found [Notes]" in sentence


def test_workbook_with_an_empty_sheet(attempt, tmp_path: Path, workbook_agency: Path):
    path = tmp_path / "calls.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Calls")
    assert "Expected a header in row 1" in attempt(path, "book-city", workbook_agency)


# Profiles that cannot be used


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "key", "found", "expected"),
    [
        (
            'holds = "all_calls"',
            'holds = "everything"',
            "log.holds",
            "everything",
            "'all_calls', 'eligible_calls', 'program_work' or 'other_work'",
        ),
        (
            'rows_are = "call"',
            'rows_are = "call"\ncolour = "red"',
            "log.colour",
            "red",
            "a key that this part of a profile has",
        ),
        (
            '"refused" = "refused"',
            '"refused" = "said no"',
            "words.contact_result",
            "said no",
            "unable_to_locate",
        ),
        (
            "[times.queued_at]",
            "[times.thought_of_at]",
            "times.thought_of_at",
            "thought_of_at",
            "received_at",
        ),
        (
            'time_zone = "America/Los_Angeles"',
            'time_zone = "Pacific"',
            "program.time_zone",
            "Pacific",
            "IANA time zone",
        ),
        ('state = "OR"', 'state = "Oregon"', "program.state", "Oregon", "^[A-Z]{2}$"),
        ('id = "test-city"', 'id = "other-city"', "program.id", "other-city", "test-city"),
        ('name = "Test City Responders"\n', "", "program.name", "nothing", "Field required"),
        (
            'when = { column = "type", is = ["TEST"] }',
            'when = { column = "type" }',
            "filters.0.when",
            "",
            "exactly one of: is, matches, contains, starts_with, recorded, at_least, at_most, same_as",
        ),
    ],
)
def test_broken_profile(
    attempt, loaded: Path, tmp_path: Path, old: str, new: str, key: str, found: str, expected: str
):
    agencies = write_agency(tmp_path / "agencies")
    profile = agencies / AGENCY / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    assert old in text
    profile.write_text(text.replace(old, new, 1), encoding="utf-8")
    sentence = attempt(loaded / "calls.csv", agencies=agencies)
    assert str(profile) in sentence
    for part in (key, found, expected):
        assert part in sentence
    assert error_of(run("profile", "check", AGENCY, "--agencies", agencies)) == sentence


@pytest.mark.parametrize(
    "rule",
    [
        '{ column = "type", matches = "(" }',
        '{ column = "type", matches = "(?=x)y" }',
        '{ column = "type", is = [] }',
        "{ all = [] }",
        "{ any = [] }",
        "{ not = { all = [] } }",
    ],
)
def test_rule_that_cannot_be_asked(attempt, loaded: Path, tmp_path: Path, rule: str):
    agencies = write_agency(tmp_path / "agencies")
    profile = agencies / AGENCY / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    old = 'when = { column = "type", is = ["TEST"] }'
    assert old in text
    profile.write_text(text.replace(old, f"when = {rule}"), encoding="utf-8")
    sentence = attempt(loaded / "calls.csv", agencies=agencies)
    assert str(profile) in sentence
    assert "filters.0.when" in sentence


def test_time_format_that_does_not_exist(attempt, loaded: Path, tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    profile = agencies / AGENCY / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(text.replace('"%Y-%m-%d %H:%M"]', '"%Q"]', 1), encoding="utf-8")
    assert "%Q" in attempt(loaded / "calls.csv", agencies=agencies)


def test_call_type_list_that_is_no_utf_8(attempt, loaded: Path, tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    path = agencies / AGENCY / "call_types.csv"
    path.write_bytes(path.read_bytes() + "MÜDE,,youth,,\n".encode("latin-1"))
    sentence = attempt(loaded / "calls.csv", agencies=agencies)
    assert str(path) in sentence
    assert "UTF-8" in sentence


def test_profile_that_is_no_toml(attempt, loaded: Path, tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    profile = agencies / AGENCY / "profile.toml"
    profile.write_text("[program\nid = 1\n", encoding="utf-8")
    sentence = attempt(loaded / "calls.csv", agencies=agencies)
    assert str(profile) in sentence
    assert "is not readable as TOML" in sentence
    assert "line 1" in sentence


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("XX,,madness,yes,", "found [xx, madness]"),
        ("XX,,mental_health,perhaps,", "found [perhaps]"),
        ("MH,,dispute,yes,", "found [mh] again with another meaning"),
        (",,mental_health,yes,", "expected a code"),
    ],
)
def test_broken_call_type_list(attempt, loaded: Path, tmp_path: Path, line: str, complaint: str):
    agencies = write_agency(tmp_path / "agencies")
    path = agencies / AGENCY / "call_types.csv"
    path.write_text(path.read_text() + line + "\n")
    sentence = attempt(loaded / "calls.csv", agencies=agencies)
    assert f"{path}, row 7" in sentence
    assert complaint in sentence


def test_missing_call_type_list(attempt, loaded: Path, tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    (agencies / AGENCY / "call_types.csv").unlink()
    sentence = attempt(loaded / "calls.csv", agencies=agencies)
    assert "Expected a call-type list at" in sentence


def test_a_whole_profile_is_said_to_be_whole(loaded: Path):
    done = run("profile", "check", AGENCY, "--agencies", loaded / "agencies")
    assert done.exit_code == 0
    assert "Test City Responders: the profile is whole; 5 call-type codes." in done.stdout


# Questions that cannot be answered


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["happiness"], "found [happiness]; choose from calls_for_service"),
        ([], "found [nothing]; see answer --list"),
        (
            ["responses", "--by", "moon"],
            "Expected a breakdown, found [moon]; choose from month, quarter",
        ),
        (
            ["responses", "--by", "severity"],
            "Expected a breakdown that responses has, found [severity]",
        ),
        (["turnout_min", "--by", "area"], "found [area]; choose from month, quarter, year"),
        (["responses", "--from", "2024-13"], "Expected a month as YYYY-MM, found [2024-13]"),
        (["responses", "--from", "last May"], "found [last May]"),
        (
            ["responses", "--from", "2031-01"],
            "Expected months between 2024-01 and 2024-04, which the log covers, found [2031-01]",
        ),
        (["responses", "--to", "2023-12"], "Expected months between 2024-01 and 2024-04"),
        (
            ["responses", "--from", "2024-03", "--to", "2024-01"],
            "Expected the first month before the last, found [2024-03] after [2024-01]",
        ),
        (
            ["responses", "--program", "nobody"],
            "Expected a program that has been loaded, found [nobody]; choose from test-city",
        ),
        (
            ["responses", "--state", "tx"],
            "Expected a state with a loaded program, found [TX]; choose from OR",
        ),
        (
            ["responses", "--call-type", "boredom"],
            "Expected a call type of the common list, found [boredom]",
        ),
    ],
)
def test_question_that_cannot_be_answered(loaded: Path, words: list[str], complaint: str):
    before = state_of(loaded / "s")
    assert complaint in error_of(ask(loaded, *words))
    assert state_of(loaded / "s") == before


def test_store_with_nothing_in_it(tmp_path: Path):
    sentence = error_of(run("answer", "responses", "--store", tmp_path / "empty"))
    assert "Expected a published store, found [nothing]" in sentence
    assert not (tmp_path / "empty").exists()


@pytest.mark.slow
def test_store_that_is_a_file(loaded: Path, tmp_path: Path):
    path = tmp_path / "store"
    path.write_text("not a folder")
    place = ("--agencies", loaded / "agencies", "--store", path)
    sentence = error_of_load(run("load", loaded / "calls.csv", "--agency", AGENCY, *place))
    assert f"at [{path}]; choose another with --store." in sentence


def error_of_load(result: Result) -> str:
    assert "Traceback" not in result.output
    return error_of(result)


def test_warehouse_that_is_no_database(loaded: Path, tmp_path: Path):
    (tmp_path / "warehouse.duckdb").write_bytes(b"no database" * 5000)
    place = ("--agencies", loaded / "agencies", "--store", tmp_path)
    sentence = error_of_load(run("load", loaded / "calls.csv", "--agency", AGENCY, *place))
    assert sentence.startswith("Expected a whole warehouse, found [")
    assert (tmp_path / "warehouse.duckdb").read_bytes().startswith(b"no database")


def test_store_whose_snapshot_is_gone(tmp_path: Path):
    (tmp_path / "CURRENT").write_text("snap-9-load-9.duckdb\n")
    sentence = error_of(run("answer", "responses", "--store", tmp_path))
    assert sentence.startswith("Expected a published snapshot, found [")
    # There is no warehouse either, so that to load a log again would mend nothing.
    assert sentence.endswith("restore a backup with: python -m outcomes restore DIR --replace.")


@pytest.mark.slow
def test_a_second_load_at_the_same_time(loaded: Path, tmp_path: Path):
    hold = (
        "import sys; from pathlib import Path; from outcomes.store.warehouse import open_warehouse\n"
        "with open_warehouse(Path(sys.argv[1])) as warehouse:\n"
        "    warehouse.attach(); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        place = ("--agencies", loaded / "agencies", "--store", tmp_path)
        sentence = error_of_load(run("load", loaded / "calls.csv", "--agency", AGENCY, *place))
        other.communicate("")
    assert sentence == (
        f"Expected to be the only load, found [another one running] on [{tmp_path}]; "
        "wait until it has ended and try again."
    )


def test_quality_of_an_unknown_program(loaded: Path):
    assert "nobody" in error_of(run("quality", "nobody", "--store", loaded / "s"))


@pytest.mark.slow
def test_failure_in_a_process_of_its_own(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "outcomes", "answer", "happiness", "--store", str(tmp_path)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Error: ")


# Good input


@pytest.mark.slow
def test_load_report_as_json(loaded: Path, tmp_path: Path):
    log = write_csv(tmp_path / "calls.csv", CALLS)
    place = ("--agencies", loaded / "agencies", "--store", tmp_path / "s", "--format", "json")
    first = json.loads(run("load", log, "--agency", AGENCY, *place).stdout)
    again = json.loads(run("load", log, "--agency", AGENCY, *place).stdout)
    assert first == {
        "rows_read": 43,
        "loaded": 42,
        "filtered": 1,
        "rejected": 0,
        "unchanged": 0,
        "reasons": {"filtered: test call": 1},
        "reason_days": {"filtered: test call": "Feb 11, 2024"},
        "notes": [
            # An age of 121.
            "1 value was out of range; see the quality report.",
            "Mapped, and filled on no row, so that these are not recorded by this log: acuity, priority_code, queued_at.",
        ],
    }
    assert again == {**first, "loaded": 0, "unchanged": 42}


@pytest.mark.real_log
def test_load_report_of_the_real_log(tmp_path: Path):
    log = REAL_LOGS["lane-county-mcs"]
    if not log.is_file():
        pytest.skip("the real log is not here")
    done = run("load", log, "--agency", "lane-county-mcs", "--store", tmp_path, "--format", "json")
    assert json.loads(done.stdout) == {
        "rows_read": 4682,
        "loaded": 4682,
        "filtered": 0,
        "rejected": 0,
        "unchanged": 0,
        "reasons": {},
        "reason_days": {},
        "notes": [
            "6 calls went over midnight: a time of the team stands more than 12 hours before the call and is left out; "
            'tell it as time_column with since = "received_at".',
            "1,262 values were not entered; see the quality report.",
            "1 value was out of range; see the quality report.",
        ],
    }


@pytest.mark.slow
def test_load_report_as_text(loaded: Path, tmp_path: Path):
    log = write_csv(tmp_path / "calls.csv", CALLS)
    done = run(
        "load",
        log,
        "--agency",
        AGENCY,
        "--agencies",
        loaded / "agencies",
        "--store",
        tmp_path / "s",
    )
    assert done.stdout.splitlines()[:6] == [
        "rows read          43",
        "loaded             42",
        "filtered            1",
        "rejected            0",
        "unchanged           0",
        "  filtered: test call: 1, received Feb 11, 2024",
    ]
    assert "100%  Done" in done.stderr


@pytest.mark.slow
def test_text_renamed_to_gz_is_read_by_its_bytes(loaded: Path, tmp_path: Path):
    log = write_csv(tmp_path / "calls.csv.gz", CALLS)
    packed = tmp_path / "calls.csv"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    for path, loaded_rows in ((log, 42), (packed, 0)):
        done = run(
            *("load", path, "--agency", AGENCY, "--agencies", loaded / "agencies"),
            *("--store", tmp_path / "s", "--format", "json"),
        )
        assert json.loads(done.stdout)["loaded"] == loaded_rows


def test_list_prints_every_metric(loaded: Path):
    done = run("answer", "--list")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(METRICS)
    for metric in METRICS.values():
        assert f"{metric.key} " in done.stdout
        assert metric.label in done.stdout


def test_answer_as_json(loaded: Path):
    done = ask(loaded, "responses", "--by", "month", "--format", "json")
    found = json.loads(done.stdout)
    assert found["metric"] == "responses"
    assert found["total"]["numerator"] == 33
    assert isinstance(found["total"]["numerator"], int)
    assert [row["month"] for row in found["rows"]] == [
        "2024-01",
        "2024-02",
        "2024-03",
        "2024-04",
        None,
    ]
    assert found["rows"][2]["status"] == "not recorded"
    assert found["source"]["programs"] == ["Test City Responders"]
    assert found["source"]["data_owner"] == ["The tests"]


def test_answer_as_csv_ends_with_the_total(loaded: Path):
    lines = ask(loaded, "responses", "--by", "month", "--format", "csv").stdout.splitlines()
    assert lines[0].startswith(
        "metric,month,coverage,numerator,denominator,value,low,high,lowest,highest,status"
    )
    assert lines[-1].startswith("responses,all,,33,,33,,,,,shown")
    assert len(lines) == 1 + 5 + 1


@pytest.mark.slow
@pytest.mark.parametrize("key", METRICS)
def test_every_metric_answers_in_every_breakdown(loaded: Path, key: str):
    for breakdown in (None, *METRICS[key].breakdowns):
        words = [key, "--by", breakdown.value] if breakdown else [key]
        done = ask(loaded, *words, "--format", "json")
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["metric"] == key

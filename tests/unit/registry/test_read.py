"""A registry that is not as it must be is refused, with one sentence for each fault that says where and what."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from outcomes.cli.app import app
from outcomes.registry.cells import first_possible, last_possible
from outcomes.registry.read import REGISTRY, RegistryProblem, read_registry

Spoil = Callable[..., Path]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Copies the registry with one cell of one row changed, or with a row repeated."""

    def spoil(name: str, row: int, repeat: bool = False, **cells: str) -> Path:
        folder = tmp_path / "registry"
        shutil.copytree(REGISTRY, folder)
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        rows[row].update(cells)
        if repeat:
            rows.append(dict(rows[row]))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return folder

    return spoil


@pytest.mark.parametrize(
    ("name", "cells", "said"),
    [
        ("programs", {"first_response": "June 2021"}, "first_response: expected YYYY-MM or YYYY"),
        ("programs", {"first_response": "2021-13"}, "first_response: expected YYYY-MM or YYYY"),
        ("programs", {"first_response": "2021"}, "first_response_precision: expected month"),
        (
            "programs",
            {"first_response": "2027-05"},
            "first_response: expected a month up to 2026-11",
        ),
        ("programs", {"call_types": "mental health; welfare check"}, "call_types: expected words"),
        ("programs", {"program_id": "Oregon One"}, "program_id: expected lower-case letters"),
        ("programs", {"state": "Oregon"}, "state: expected a state as two capital letters"),
        ("programs", {"state": "XX"}, "state: expected one that stands in states.csv"),
        ("programs", {"program_type": "police"}, "program_type: expected 'community_responder'"),
        ("programs", {"source_url": ""}, "source_url: expected the full address of a page"),
        ("programs", {"source_title": " "}, "source_title: expected a text"),
        ("programs", {"confidence": "sure"}, "confidence: expected 'sourced' or 'unverified'"),
        ("programs", {"is_pilot": ""}, "is_pilot: expected 'yes', 'no' or 'not_recorded'"),
        (
            "programs",
            {"end_date": "2020-01", "end_date_precision": "month"},
            "end_date: expected an end after the first response",
        ),
        ("program_events", {"program_id": "nowhere"}, "expected one that stands in programs.csv"),
        ("program_events", {"event_date": ""}, "event_date_precision: expected month"),
        ("published_figures", {"metric": "strange"}, "expected one that stands in metric_words"),
        ("published_figures", {"numerator": ""}, "numerator_bound: expected a bound exactly"),
        ("published_figures", {"value": "many"}, "value: "),
        ("growth_claims", {"nearest_state": "ZZ"}, "expected one that stands in states.csv"),
    ],
)
def test_a_fault_is_one_sentence(spoil: Spoil, name: str, cells: dict[str, str], said: str):
    with pytest.raises(RegistryProblem) as caught:
        read_registry(spoil(name, 0, **cells))
    sentences = str(caught.value).splitlines()
    assert any(said in sentence for sentence in sentences), sentences
    for sentence in sentences:
        assert sentence.startswith("data/registry/")
        assert "found [" in sentence


def test_a_repeated_program_is_refused(spoil: Spoil):
    with pytest.raises(RegistryProblem, match=r"expected each once, found \[.*\] 2 times"):
        read_registry(spoil("programs", 3, repeat=True))


def test_an_end_without_a_closure_is_refused(spoil: Spoil):
    with pytest.raises(RegistryProblem, match="expected the date of its closure"):
        read_registry(spoil("programs", 0, end_date="2025-05", end_date_precision="month"))


def test_the_command_names_the_fault_and_fails(spoil: Spoil):
    folder = spoil("programs", 4, first_response="soon")
    done = CliRunner().invoke(app, ["registry", "check", "--folder", str(folder)])
    assert done.exit_code == 1
    assert "programs.csv, row 6, first_response" in done.stderr
    assert "found [soon]" in done.stderr


def test_a_direction_without_its_words_is_told(spoil: Spoil):
    for row, words in ((0, ""), (1, "Fewer arrests")):
        folder = spoil("studies", row, direction_in_short=words)
        with pytest.raises(
            RegistryProblem, match="expected words exactly where direction is not none"
        ):
            read_registry(folder)
        shutil.rmtree(folder)


def test_a_missing_file_and_a_wrong_header_are_told(tmp_path: Path):
    folder = tmp_path / "registry"
    shutil.copytree(REGISTRY, folder)
    (folder / "studies.csv").unlink()
    (folder / "states.csv").write_text("state,name\nAL,Alabama\n", encoding="utf-8")
    with pytest.raises(RegistryProblem) as caught:
        read_registry(folder)
    assert "studies.csv: expected a file" in str(caught.value)
    assert "states.csv: expected the columns" in str(caught.value)


@pytest.mark.parametrize("change", [("\n", ",one more\n"), (",sourced,", ",")])
def test_a_row_with_another_number_of_cells_is_told(tmp_path: Path, change: tuple[str, str]):
    folder = tmp_path / "registry"
    shutil.copytree(REGISTRY, folder)
    path = folder / "studies.csv"
    header, first, rest = path.read_text(encoding="utf-8").split("\n", 2)
    spoilt = f"{first}\n".replace(*change, 1)
    assert spoilt != f"{first}\n"
    path.write_text(f"{header}\n{spoilt}{rest}", encoding="utf-8")
    with pytest.raises(RegistryProblem, match=r"studies.csv, row 2: expected 17 cells"):
        read_registry(folder)


def test_the_command_says_what_is_there():
    done = CliRunner().invoke(app, ["registry", "check"])
    assert done.exit_code == 0
    assert "200 programs" in done.stdout
    assert "27 growth claims" in done.stdout


def test_a_year_can_mean_any_of_its_months():
    assert (str(first_possible("2021")), str(last_possible("2021"))) == ("2021-01-01", "2021-12-01")
    assert (str(first_possible("2021-06")), str(last_possible("2021-06"))) == (
        "2021-06-01",
        "2021-06-01",
    )
    assert first_possible("") is None

"""Rows that speak against themselves are listed: each kind of words against its column, and what is no contradiction."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from outcomes.cli.app import app
from outcomes.registry.contradictions import contradictions
from outcomes.registry.read import REGISTRY, read_registry
from outcomes.vocabulary.registry import Column

Rewrite = Callable[..., Path]
# A row with nothing against it.
PLAIN = {
    "program_name": "Test Team",
    "city": "Test City",
    "program_type": "community_responder",
    "first_response": "2022-05",
    "first_response_precision": "month",
    "end_date": "",
    "end_date_precision": "",
    "is_pilot": "not_recorded",
    "team": "emt_clinician",
    "dispatch": "911",
    "hours": "24/7 since July 2024",
    "doubt": "",
    "notes": "first calls 3 May 2022; EMT and clinician; a second team since 2024",
}


@pytest.fixture
def rewrite(tmp_path: Path) -> Rewrite:
    """Copies the registry with its first program rewritten, and no reasons unless told."""

    def rewrite(reasons: str = "", **cells: str) -> Path:
        folder = tmp_path / "registry"
        shutil.copytree(REGISTRY, folder)
        path = folder / "programs.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        rows[0].update(PLAIN | cells)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        if rows[0]["end_date"]:
            with (folder / "program_events.csv").open("a", encoding="utf-8") as stream:
                cell = (
                    f"{rows[0]['program_id']},closing,{rows[0]['end_date']},month,closure,It ended."
                )
                stream.write(f"{cell},Test,https://test.example,sourced\n")
        with (folder / "kept_contradictions.csv").open("a", encoding="utf-8") as stream:
            stream.write(reasons.format(id=rows[0]["program_id"]))
        return folder

    return rewrite


def against(folder: Path) -> dict[Column, str]:
    files = read_registry(folder)
    first = files.rows["programs"][0].program_id
    return {each.column: each.words for each in contradictions(files) if each.program_id == first}


def test_a_plain_row_has_nothing_against_it(rewrite: Rewrite):
    assert against(rewrite()) == {}


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        # What Michigan's row said of itself, and its siblings.
        (
            {"notes": "non-profit pilot June-Aug 2022, in place"},
            Column.END_DATE,
            "June-Aug 2022",
        ),
        ({"notes": "pilot 13 May - 29 Sept 2022"}, Column.END_DATE, "13 May - 29 Sept 2022"),
        ({"notes": "one-year pilot at five stations"}, Column.END_DATE, "one-year pilot"),
        ({"notes": "state grant, extended to June 2024"}, Column.END_DATE, "extended to June 2024"),
        ({"notes": "reported as recently shut down"}, Column.END_DATE, "shut down"),
        ({"notes": "handed over to the county later"}, Column.END_DATE, "handed over"),
        ({"doubt": "end: nothing heard since 2024"}, Column.END_DATE, "nothing heard since 2024"),
        (
            {"end_date": "2025-12", "end_date_precision": "month", "notes": "closing by December"},
            Column.END_DATE,
            "closing by",
        ),
        ({"notes": "some calls counted from January 2022"}, Column.FIRST_RESPONSE, "January 2022"),
        ({"notes": "in the streets in 2021"}, Column.FIRST_RESPONSE, "2021"),
        ({"notes": "start planned for the spring"}, Column.FIRST_RESPONSE, "planned"),
        ({"notes": "month from article date"}, Column.FIRST_RESPONSE, "article date"),
        ({"notes": "one report says July 2023"}, Column.FIRST_RESPONSE, "one report"),
        ({"doubt": "start: no first call named"}, Column.FIRST_RESPONSE, "no first call named"),
        ({"notes": "the team has a police officer"}, Column.PROGRAM_TYPE, "police officer"),
        ({"team": "co_response"}, Column.PROGRAM_TYPE, "team co_response"),
        (
            {"program_type": "co_response", "notes": "new units have no officer"},
            Column.PROGRAM_TYPE,
            "no officer",
        ),
        ({"notes": "by invitation, not 911"}, Column.DISPATCH, "not 911"),
        ({"notes": "not sent by 911"}, Column.DISPATCH, "not sent by 911"),
        ({"dispatch": "988", "notes": "911 access was added"}, Column.DISPATCH, "911"),
        ({"dispatch": "own_line", "notes": "911 sends it too"}, Column.DISPATCH, "911"),
        ({"notes": "team make-up cut off in the text"}, Column.TEAM, "team make-up cut off"),
        ({"program_name": "Test pilot"}, Column.IS_PILOT, "pilot"),
        ({"is_pilot": "yes", "notes": "made permanent in 2023"}, Column.IS_PILOT, "made permanent"),
    ],
)
def test_words_against_a_column_are_found(
    rewrite: Rewrite, cells: dict[str, str], column: Column, words: str
):
    assert against(rewrite(**cells)).get(column) == words


@pytest.mark.parametrize(
    "cells",
    [
        {"dispatch": "own_line", "notes": "own phone line and email instead of 911"},
        {"dispatch": "own_line", "notes": "not dispatched by 911"},
        {"first_response": "2022", "first_response_precision": "year", "notes": "month not found"},
        {"program_type": "co_response", "team": "co_response", "notes": "comparison class"},
        # A stretch that has not ended by the registry's month.
        {"notes": "extended to June 2027"},
        {"notes": "money runs out in the end of 2026"},
    ],
)
def test_what_agrees_is_not_listed(rewrite: Rewrite, cells: dict[str, str]):
    assert against(rewrite(**cells)) == {}


def test_the_command_fails_without_a_reason_and_with_a_needless_one(rewrite: Rewrite):
    command = ["registry", "contradictions", "--folder"]
    folder = rewrite(notes="reported as recently shut down")
    done = CliRunner().invoke(app, [*command, str(folder)])
    assert done.exit_code == 1
    assert "“shut down”; correct the row or say why it stands." in done.stdout
    shutil.rmtree(folder)
    folder = rewrite("{id},end_date,it is another team\n", notes="another team was shut down")
    done = CliRunner().invoke(app, [*command, str(folder)])
    assert "Kept: it is another team" in done.stdout
    shutil.rmtree(folder)
    done = CliRunner().invoke(app, [*command, str(rewrite("{id},end_date,it is another team\n"))])
    assert done.exit_code == 1
    assert "take the reason out" in done.stdout


def test_the_command_passes_on_the_shipped_registry():
    done = CliRunner().invoke(app, ["registry", "contradictions"])
    assert done.exit_code == 0
    assert "0 stand without a reason, and 0 reasons are needed no more." in done.stdout


def test_a_reason_for_no_program_or_given_twice_is_refused(rewrite: Rewrite):
    folder = rewrite("nowhere-at-all,end_date,why\n{id},team,why\n{id},team,why\n")
    done = CliRunner().invoke(app, ["registry", "check", "--folder", str(folder)])
    assert done.exit_code == 1
    assert "expected one that stands in programs.csv, found [nowhere-at-all]" in done.stderr
    assert "expected each once" in done.stderr

"""What a file says of a change: the word, its size and limits, and who is in it."""

import csv
import io
import json
from pathlib import Path

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.answers.answer import Answer, answer
from outcomes.answers.period_change import CompareWith
from outcomes.ingest.run import load_log
from outcomes.presentation.export import as_csv, as_json, as_text, data_dictionary
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import live_snapshot


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """January of 2024 with 10 arrests of 50, after January of 2023 with 20."""
    folder: Path = tmp_path_factory.mktemp("export")
    rows = [
        {
            "id": f"{year}-{n}",
            "received": f"{year}-01-{n * 31 // 50 + 1:02d} 10:00:00",
            "arrived": f"{year}-01-{n * 31 // 50 + 1:02d} 10:10:00",
            "type": "MH",
            "origin": "911",
            "result": "contacted",
            "arrest": "yes" if n < arrests else "no",
        }
        for year, arrests in ((2023, 20), (2024, 10))
        for n in range(50)
    ]
    agencies = write_agency(folder / "agencies")
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    month = parse_month("2024-01")
    asked = Selection(first_month=month, last_month=month)
    store = live_snapshot(folder / "store")
    return answer("arrest_rate", asked, store, compare_with=CompareWith.YEAR_BEFORE)


@pytest.mark.slow
def test_the_csv_has_the_change_beside_the_figure(answered: Answer):
    row = next(csv.DictReader(io.StringIO(as_csv(answered))))
    assert row["change"] == "lower"
    assert float(row["change_size"]) == pytest.approx(-0.2)
    assert -0.4 < float(row["change_low"]) < float(row["change_high"]) < 0
    assert row["change_at_earlier_mix"] == ""
    assert row["change_in_words"].startswith("lower than the same month a year before: ")
    meanings = data_dictionary(answered.metric, list(row))
    assert "what the row is about: change" not in meanings


def test_the_json_has_the_change_and_its_programs(answered: Answer):
    told = json.loads(as_json(answered))["comparison"]
    assert (told["word"], told["unit"], told["program_count"]) == ("lower", "share", 1)
    assert told["change"]["size"] == pytest.approx(-0.2)
    assert told["earlier"]["numerator"] == 20
    assert (told["left_out"], told["at_earlier_mix"]) == ([], None)


def test_the_terminal_says_it_in_a_sentence(answered: Answer):
    assert "\nLower than the same month a year before: " in as_text(answered)

"""The CSV writer: no cell is a formula, what is missing is empty, and the quotable sentence stands in one row."""

import csv
import io

import pytest

from outcomes.presentation.csv_file import csv_text
from outcomes.vocabulary.spreadsheet import safe_cell, unmarked


def rows_of(body: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body, newline="")))


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_text_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(start: str):
    written, start = start, start.replace("\r", "\n")
    assert safe_cell(f"{written}1+1") == f"'{start}1+1"
    assert csv_text(["a"], [[f"x{written}y"]]).count("\r") == 0
    body = csv_text([f"{start}what"], [[f"{start}1"]], {"same": f"{start}2"}, f"{start}3")
    read = list(csv.reader(io.StringIO(body, newline="")))
    assert read == [
        [f"'{start}what", "same", "quotable_sentence"],
        [f"'{start}1", f"'{start}2", f"'{start}3"],
    ]
    assert unmarked(f"'{start}1") == f"{start}1"
    assert unmarked("'tis") == "'tis"


def test_numbers_stay_and_what_is_missing_is_empty():
    assert csv_text(["low", "high"], [[-1, 0.25], [None, 0]]) == "low,high\n-1,0.25\n,0\n"


def test_what_is_the_same_in_every_row_comes_after_the_others():
    assert csv_text(["a"], [[1], [2]], {"data": "real"}) == "a,data\n1,real\n2,real\n"


def test_the_quotable_sentence_stands_in_one_row():
    last = rows_of(csv_text(["a"], [[1], [2]], quote="said"))
    assert [row["quotable_sentence"] for row in last] == ["", "said"]
    first = rows_of(csv_text(["a"], [[1], [2]], quote="said", quote_row=0))
    assert [row["quotable_sentence"] for row in first] == ["said", ""]
    assert csv_text(["a"], [], quote="said") == "a,quotable_sentence\n"

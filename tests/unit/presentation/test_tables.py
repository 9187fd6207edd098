"""Tables for people: the latest period first, the total last, numbers known from words."""

import pandas
import pytest

from outcomes.answers.answer import answer
from outcomes.presentation.tables import answer_table, number_columns
from outcomes.selection import Selection
from outcomes.vocabulary.log import Breakdown


def test_the_latest_month_stands_first_and_the_total_last(small_snapshot):
    table = answer_table(answer("responses", Selection(), small_snapshot, Breakdown.MONTH), {})
    months = list(table["Month"])
    assert months[-1] == "All"
    dated = [pandas.Timestamp(month) for month in months[:-1] if month != "No date"]
    assert len(dated) > 1
    assert dated == sorted(dated, reverse=True)
    assert "No date" not in months[: len(dated)]


def test_numbers_are_known_from_words():
    table = pandas.DataFrame(
        {
            "Program": ["Ash", "12th Street"],
            "Count": ["1,204", "hidden"],
            "Value": ["1.0%", ""],
            "Range": ["0.6% to 1.7%", "\u22122 to +4"],
            "Month": ["Aug 2024", "All"],
            "Note": ["", ""],
            "Silent": ["not recorded", "hidden"],
        }
    )
    assert number_columns(table) == [1, 2, 3]


@pytest.mark.parametrize(
    ("cells", "is_number"),
    [
        (["12", "1,204", ""], True),
        (["1.0%", "not recorded"], True),
        (["53.9% (473 of 878)", "380 to 588"], True),
        (["30 states with an active program, Nov 2026", "2 active programs"], False),
        (["Aug 2024", "2025"], False),
        (["", ""], False),
    ],
)
def test_numbers_are_set_to_the_right_and_sentences_that_begin_with_one_are_not(
    cells: list[str], is_number: bool
):
    assert number_columns(pandas.DataFrame({"a": cells})) == ([0] if is_number else [])

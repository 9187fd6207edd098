"""Tables for people: the latest period first, the total last, numbers known from words."""

import pandas

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

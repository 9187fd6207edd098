"""Selections: months, call types and earlier periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.selection import (
    Selection,
    SelectionError,
    add_months,
    month_count,
    months_between,
    parse_month,
)

months = st.dates(date(1990, 1, 1), date(2100, 12, 1)).map(lambda day: day.replace(day=1))


def test_month_is_its_first_day():
    assert parse_month("2024-08") == date(2024, 8, 1)
    assert parse_month(" 2024-12 ") == date(2024, 12, 1)


@pytest.mark.parametrize(
    "text",
    ["2024-13", "2024-00", "24-08", "2024-8", "2024/08", "", "1989-12", "2101-01", "2024-08-01"],
)
def test_what_is_no_month_is_named(text: str):
    with pytest.raises(SelectionError) as caught:
        parse_month(text)
    assert str(caught.value) == (
        f"Expected a month as YYYY-MM, found [{text}]; write for example 2024-08."
    )


@given(months, st.integers(-600, 600))
def test_adding_months_and_taking_them_off_again(month: date, step: int):
    assert add_months(add_months(month, step), -step) == month
    assert add_months(month, step).day == 1


@given(months, st.integers(0, 300))
def test_months_between_counts_both_ends(first: date, further: int):
    last = add_months(first, further)
    found = months_between(first, last)
    assert len(found) == month_count(first, last) == further + 1
    assert (found[0], found[-1]) == (first, last)
    assert found == sorted(set(found))


def test_months_between_is_empty_backwards():
    assert months_between(date(2024, 2, 1), date(2024, 1, 1)) == []


def test_unknown_call_type_is_refused_with_the_list():
    with pytest.raises(SelectionError, match=r"found \[boredom\]; choose from mental_health, "):
        Selection(call_types=("mental_health", "boredom"))


def test_first_month_after_the_last_is_refused():
    with pytest.raises(SelectionError, match=r"found \[2024-03\] after \[2024-01\]; exchange them"):
        Selection(first_month=date(2024, 3, 1), last_month=date(2024, 1, 1))


def test_month_after_is_the_open_end():
    assert Selection(last_month=date(2024, 12, 1)).month_after() == date(2025, 1, 1)
    assert Selection().month_after() is None


def test_period_before_has_the_same_length_and_touches():
    asked = Selection(first_month=date(2024, 1, 1), last_month=date(2024, 3, 1))
    before = asked.period_before()
    assert before is not None
    assert (before.first_month, before.last_month) == (date(2023, 10, 1), date(2023, 12, 1))
    year = asked.period_before(12)
    assert year is not None
    assert (year.first_month, year.last_month) == (date(2023, 1, 1), date(2023, 3, 1))
    assert Selection(first_month=date(2024, 1, 1)).period_before() is None
    assert Selection().period_before() is None


def test_selection_is_frozen_and_equal_by_content():
    assert Selection(program_ids=("a",)) == Selection(program_ids=("a",))
    assert hash(Selection()) == hash(Selection())
    with pytest.raises(AttributeError):
        Selection().states = ("OR",)  # type: ignore[misc]


def test_which_months_are_asked_about():
    chosen = Selection(first_month=date(2025, 2, 1), last_month=date(2025, 3, 1))
    months = [date(2025, number, 1) for number in range(1, 5)]
    assert [chosen.holds(month) for month in months] == [False, True, True, False]
    assert not chosen.holds(None)
    assert all(Selection().holds(month) for month in (*months, None))

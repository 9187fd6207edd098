"""Rows that are whole covered quarters, on a log with a gap and ends within quarters."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from outcomes.answers.coverage import are_whole_quarters
from outcomes.selection import Selection, months_between, parse_month
from outcomes.store.programs import CoveredMonth
from outcomes.vocabulary.log import Breakdown, Coverage

GAPS = {date(2024, 8, 1), date(2024, 9, 1)}


def _kind(month: date) -> Coverage:
    return Coverage.GAP if month in GAPS else Coverage.WHOLE


# February 2024 to April 2025, nothing in August and September 2024: whole quarters are Q2 and Q4 2024, Q1 2025.
LOG = tuple(
    CoveredMonth(month, _kind(month), 30)
    for month in months_between(date(2024, 2, 1), date(2025, 4, 1))
)


@pytest.mark.parametrize(
    ("first", "last", "by", "expected"),
    [
        (None, None, None, True),
        ("2024-04", "2024-06", None, True),
        ("2024-04", "2024-06", Breakdown.QUARTER, True),
        ("2024-10", "2025-03", Breakdown.QUARTER, True),
        # three months that are no quarter, and a quarter with a month more
        ("2024-05", "2024-07", None, False),
        ("2024-04", "2024-07", None, False),
        # a quarter of which one month is covered, and the one that the log begins in
        ("2024-07", "2024-09", None, False),
        ("2024-01", "2024-03", None, False),
        # a row with gaps among whole ones, and ends of the log
        ("2024-04", "2024-12", Breakdown.QUARTER, False),
        (None, None, Breakdown.QUARTER, False),
        # the year 2025 holds a whole quarter and one month: longer than a quarter
        (None, None, Breakdown.YEAR, True),
        ("2025-04", None, Breakdown.YEAR, False),
    ],
)
def test_rows_of_whole_covered_quarters(
    first: str | None, last: str | None, by: Breakdown | None, expected: bool
):
    months = [parse_month(each) if each else None for each in (first, last)]
    scope: Any = SimpleNamespace(
        selection=Selection(first_month=months[0], last_month=months[1]), program_ids=("a",)
    )
    snapshot: Any = SimpleNamespace(coverage={"a": LOG})
    assert are_whole_quarters(scope, snapshot, by) is expected


def test_a_log_without_coverage_has_no_whole_quarter():
    scope: Any = SimpleNamespace(selection=Selection(), program_ids=("a",))
    snapshot: Any = SimpleNamespace(coverage={})
    assert not are_whole_quarters(scope, snapshot, None)

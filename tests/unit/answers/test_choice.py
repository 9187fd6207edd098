"""What a reader chooses by an address: months that make sense, the months a log covers, and the selection they stand for."""

from datetime import date
from types import SimpleNamespace

import pytest

from outcomes.answers.choice import (
    DEFAULTS,
    allowed_texts,
    covered_months,
    excluded_months,
    last_full_month,
    months_complaint,
    months_inside,
    months_outside,
    selection_of,
)
from outcomes.selection import Selection
from outcomes.store.programs import CoveredMonth
from outcomes.vocabulary.log import Coverage, DataKind, DatePrecision, View


def program(name: str, first: date | None, last: date | None, kind: DataKind = DataKind.MADE_UP):
    return SimpleNamespace(
        program_id=name,
        state="OR",
        data_kind=kind,
        date_precision=DatePrecision.MINUTE,
        first_day=first,
        last_day=last,
    )


LONG = program("long", date(2020, 3, 5), date(2024, 6, 30))
SHORT = program("short", date(2024, 2, 10), date(2024, 5, 2))
UNDATED = program("undated", None, None)
REAL = program("real", date(2022, 1, 1), date(2022, 12, 31), DataKind.REAL)
MADE_UP = (LONG, SHORT, UNDATED)


def month(number: int, coverage: Coverage, days: int) -> CoveredMonth:
    return CoveredMonth(date(2024, number, 1), coverage, days)


COVERED = {
    "long": (month(5, Coverage.GAP, 0), month(6, Coverage.WHOLE, 30)),
    "short": (month(4, Coverage.WHOLE, 30), month(5, Coverage.PARTIAL, 2)),
}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", ""),
        ("2024-01", "", ""),
        ("2024-01", "2024-01", ""),
        ("2024-13", "x", "[2024-13]"),
        ("2024-01", "x", "[x]"),
        ("2024-02", "2024-01", "ends before it begins"),
    ],
)
def test_months_that_make_no_sense_are_told(first: str, last: str, said: str):
    complaint = months_complaint(first, last)
    assert said in complaint
    assert bool(complaint) is bool(said)


def test_the_months_that_a_choice_covers():
    assert covered_months("short", MADE_UP) == (date(2024, 2, 1), date(2024, 5, 1))
    assert covered_months("", MADE_UP) == (date(2020, 3, 1), date(2024, 6, 1))
    # All programs are the real ones, where there are any.
    assert covered_months("", (*MADE_UP, REAL)) == (date(2022, 1, 1), date(2022, 12, 1))
    assert covered_months("undated", MADE_UP) is None


def test_several_programs_cover_the_months_of_all_of_them():
    assert covered_months("long,short", MADE_UP) == (date(2020, 3, 1), date(2024, 6, 1))
    assert selection_of({**DEFAULTS, "program": "long,short"}, MADE_UP, {}).program_ids == (
        "long",
        "short",
    )


def test_the_last_full_month_is_the_last_that_a_log_covers_whole():
    assert last_full_month("long", MADE_UP, COVERED) == date(2024, 6, 1)
    # May ends on its second day.
    assert last_full_month("short", MADE_UP, COVERED) == date(2024, 4, 1)
    assert last_full_month("short,long", MADE_UP, COVERED) == date(2024, 6, 1)
    # A log without a full month begins with what it has.
    assert last_full_month("short", MADE_UP, {}) == date(2024, 5, 1)
    assert last_full_month("undated", MADE_UP, COVERED) is None


def test_twelve_months_are_the_last_full_ones_and_no_more_than_the_log_has():
    chosen = {**DEFAULTS, "period": "12", "program": "long"}
    found = selection_of(chosen, MADE_UP, COVERED)
    assert (found.first_month, found.last_month) == (date(2023, 7, 1), date(2024, 6, 1))
    found = selection_of({**chosen, "program": "short"}, MADE_UP, COVERED)
    assert (found.first_month, found.last_month) == (date(2024, 2, 1), date(2024, 4, 1))
    found = selection_of({**chosen, "program": "undated"}, MADE_UP, COVERED)
    assert (found.first_month, found.last_month) == (None, None)


def test_months_that_a_link_names_and_no_log_covers():
    asked = {"from": "2023-11", "to": "2024-03"}
    assert months_outside(asked, "long", MADE_UP) == ""
    said = months_outside(asked, "short", MADE_UP)
    assert "Nov 2023 to Mar 2024" in said
    assert said.endswith("the log covers Feb 2024 to May 2024.")
    assert months_inside(asked, "short", MADE_UP) == {
        "period": "choose",
        "from": "2024-02",
        "to": "2024-03",
    }
    nothing = {"period": "12", "from": "", "to": ""}
    assert months_inside({"from": "2001-01", "to": "2001-05"}, "short", MADE_UP) == nothing


def test_the_texts_are_the_selection():
    assert selection_of(dict(DEFAULTS), MADE_UP, COVERED) == Selection()
    chosen = {
        **DEFAULTS,
        "program": "long",
        "state": "OR,WA",
        "period": "choose",
        "from": "2021-01",
        "to": "2021-03",
        "call_type": "traffic",
        "view": "public",
    }
    assert selection_of(chosen, MADE_UP, COVERED) == Selection(
        ("long",), ("OR", "WA"), date(2021, 1, 1), date(2021, 3, 1), ("traffic",), View.PUBLIC
    )


def test_months_outside_the_log_are_told_where_others_are_shown():
    shown = {"program": "short", "from": "2024-02", "to": "2024-05"}
    (said,) = excluded_months({"from": "2023-01", "to": ""}, shown, MADE_UP)
    assert said.endswith("Feb 2024 to May 2024 is shown instead.")
    assert excluded_months({"from": "2024-03", "to": "2024-05"}, shown, MADE_UP) == []
    assert excluded_months({"from": "2023-01", "to": ""}, {**shown, "from": ""}, MADE_UP) == []


def test_an_address_may_name_what_is_there():
    allowed = allowed_texts(MADE_UP)
    assert allowed["program"] == {"long", "short", "undated"}
    assert set(allowed) == set(DEFAULTS) - {"from", "to"}
    assert all(DEFAULTS[key] in ("", *known) for key, known in allowed.items())

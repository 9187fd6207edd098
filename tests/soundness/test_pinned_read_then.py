"""Each month is judged by the profile that read its rows: a later profile neither fills nor empties what an earlier one said."""

from pathlib import Path

import pytest
from marl_bend import ARRESTS, ARRIVALS, load_town, town

from outcomes.answers.answer import Answer, answer
from outcomes.answers.period_change import CompareWith
from outcomes.selection import Selection, parse_month
from outcomes.store.history import roll_back
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, Status


def calls(month: str, count: int, arrests: int, *, arrived: bool = True) -> list[dict[str, str]]:
    """Calls of one month, the first of them with an arrest."""
    return [
        {
            "id": f"{month}-{number}",
            "received": f"{month}-{1 + number % 28:02d} 09:00:00",
            "arrived": f"{month}-{1 + number % 28:02d} 09:20:00" if arrived else "",
            "result": "Arrest" if number < arrests else "Resolved",
        }
        for number in range(count)
    ]


def ask(metric: str, snapshot: Snapshot, first: str = "", last: str = "", **more: object) -> Answer:
    months = [parse_month(text) if text else None for text in (first, last)]
    chosen = Selection(first_month=months[0], last_month=months[1])
    return answer(metric, chosen, snapshot, **more)


def by_month(metric: str, snapshot: Snapshot) -> dict[str, float | None]:
    found = ask(metric, snapshot, breakdown=Breakdown.MONTH)
    return {row["month"]: row["numerator"] for row in found.rows}


@pytest.fixture
def newer_says_more(tmp_path: Path) -> Snapshot:
    """January by a profile without arrivals and arrests, February by one with both."""
    town(tmp_path, calls("2026-01", 40, 4), "")
    return town(tmp_path, calls("2026-02", 30, 3), ARRIVALS + ARRESTS)


@pytest.mark.slow
def test_a_newer_profile_does_not_speak_for_older_months(newer_says_more: Snapshot):
    # Wrong: 40 dispatches of January were not reached, and "3 of 30" was an answer for both months.
    assert by_month("responses", newer_says_more) == {"2026-01": None, "2026-02": 30}
    assert by_month("arrest_rate", newer_says_more) == {"2026-01": None, "2026-02": 3}
    assert by_month("dispatches", newer_says_more) == {"2026-01": 40, "2026-02": 30}
    found = ask("arrest_rate", newer_says_more)
    assert (found.total.numerator, found.total.denominator) == (3, 30)
    assert any(
        note.startswith("Not recorded for Jan 2026, and in no sum: the log of Team of marl-bend")
        for note in found.notes
    )
    assert ask("dispatches", newer_says_more).total.numerator == 70
    assert not any("in no sum" in note for note in ask("dispatches", newer_says_more).notes)


@pytest.mark.slow
def test_months_that_are_silent_alone_are_not_recorded(newer_says_more: Snapshot):
    found = ask("responses", newer_says_more, "2026-01", "2026-01")
    assert found.total.status is Status.NOT_RECORDED
    assert any("which calls the team reached" in note for note in found.notes)
    later = ask("responses", newer_says_more, "2026-02", "2026-02")
    assert later.total.numerator == 30
    assert not any("in no sum" in note for note in later.notes)
    year = ask("responses", newer_says_more, breakdown=Breakdown.YEAR)
    assert [(row["numerator"], row["coverage"]) for row in year.rows] == [(30, "partial")]
    compared = ask(
        "arrest_rate", newer_says_more, "2026-02", "2026-02", compare_with=CompareWith.PERIOD_BEFORE
    ).comparison
    assert compared is not None
    assert compared.earlier is None


@pytest.mark.slow
def test_an_older_profile_keeps_what_it_said(tmp_path: Path):
    town(tmp_path, calls("2026-01", 40, 4), ARRIVALS + ARRESTS)
    snapshot = town(tmp_path, calls("2026-02", 30, 3), "")
    # Wrong: arrests of January not recorded either.
    assert by_month("arrest_rate", snapshot) == {"2026-01": 4, "2026-02": None}
    assert ask("responses", snapshot).total.numerator == 40


@pytest.mark.slow
def test_an_amended_profile_speaks_for_all_rows_that_it_read(tmp_path: Path):
    every = [*calls("2026-01", 40, 4), *calls("2026-02", 30, 3)]
    town(tmp_path, every, "")
    snapshot = town(tmp_path, every, ARRIVALS + ARRESTS)
    assert by_month("arrest_rate", snapshot) == {"2026-01": 4, "2026-02": 3}
    assert not any("in no sum" in note for note in ask("arrest_rate", snapshot).notes)
    # A rollback gives the earlier profile its rows back.
    roll_back(tmp_path / "store")
    assert ask("arrest_rate", live_snapshot(tmp_path / "store")).total.status is Status.NOT_RECORDED


@pytest.mark.slow
def test_a_word_that_an_older_profile_could_not_say_is_no_answer_of_its_months(tmp_path: Path):
    only_yes = '[flags.has_arrest]\nyes = { column = "result", is = ["Arrest"] }\n'
    town(tmp_path, calls("2026-01", 40, 4), ARRIVALS + only_yes)
    snapshot = town(tmp_path, calls("2026-02", 30, 3), ARRIVALS + ARRESTS)
    # Wrong: 7 of 34, for January had its yes alone.
    total = ask("arrest_rate", snapshot).total
    assert (total.numerator, total.denominator) == (3, 30)


@pytest.mark.slow
def test_a_column_that_is_wholly_empty_is_not_recorded(tmp_path: Path):
    rows = calls("2026-01", 40, 4, arrived=False)
    report = load_town(tmp_path, rows, ARRIVALS + ARRESTS)
    # Wrong: 4 responses, each with its arrest, and 36 calls that were not reached.
    assert any("not recorded by this log: arrived_at" in note for note in report.notes)
    snapshot = live_snapshot(tmp_path / "store")
    assert ask("responses", snapshot).total.status is Status.NOT_RECORDED
    assert ask("arrest_dispatch_share", snapshot).total.numerator == 4
    # The next month's export has the arrivals: it is answered, and January is not.
    snapshot = town(tmp_path, calls("2026-02", 30, 3), ARRIVALS + ARRESTS)
    assert by_month("responses", snapshot) == {"2026-01": None, "2026-02": 30}


@pytest.mark.slow
def test_a_flag_of_which_blank_means_no_is_recorded(tmp_path: Path):
    rows = [row | {"result": ""} for row in calls("2026-01", 40, 0)]
    blank_is_no = """
[flags.has_arrest]
yes = { column = "result", is = ["Arrest"] }
no = { not = { column = "result", is = ["Arrest"] } }
"""
    snapshot = town(tmp_path, rows, ARRIVALS + blank_is_no)
    total = ask("arrest_rate", snapshot).total
    assert (total.numerator, total.denominator) == (0, 40)
    # Where what is written is the no, an empty column says nothing.
    snapshot = town(tmp_path, rows, ARRIVALS + ARRESTS)
    assert ask("arrest_rate", snapshot).total.status is Status.NOT_RECORDED


@pytest.mark.slow
def test_a_reason_that_nobody_had_to_give_is_recorded(tmp_path: Path):
    police = """
[words.police_involvement]
column = "police"
values = { No = "none", Asked = "requested_by_team" }

[words.police_request_reason]
column = "why"
values = { Safety = "safety_routine", Crime = "crime" }
"""
    rows = [row | {"police": "No", "why": ""} for row in calls("2026-01", 40, 0)]
    snapshot = town(tmp_path, rows, ARRIVALS + police)
    total = ask("safety_escalation_rate", snapshot).total
    assert (total.numerator, total.denominator) == (0, 40)
    # Police were asked for, and the column of reasons is empty: nobody knows why.
    rows[0]["police"] = "Asked"
    snapshot = town(tmp_path, rows, ARRIVALS + police)
    assert ask("safety_escalation_rate", snapshot).total.status is Status.NOT_RECORDED

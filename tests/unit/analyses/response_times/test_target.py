"""Targets for the wait: which one a call is held against, exactly counted, kept, undone, and the reader's own."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.analyses.response_times.exclusions import target_sentences
from outcomes.analyses.response_times.target import reader_target, reader_target_sentence
from outcomes.answers.answer import answer
from outcomes.answers.period_change import CompareWith, Comparison
from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log
from outcomes.presentation.sentences import answer_sentence
from outcomes.selection import Selection, SelectionError, parse_month
from outcomes.statistics.comparison import Change
from outcomes.store.history import roll_back
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown, Status, View

pytestmark = pytest.mark.slow

TARGETS = """
[[response_targets]]
minutes = 30

[[response_targets]]
minutes = 20.02
priorities = ["1", "1A"]

[[response_targets]]
minutes = 25
since = 2024-02-01
"""


def call(number: int, day: str, arrived: str, priority: str = "", **cells: str) -> dict[str, str]:
    return {
        "id": f"T{number}",
        "received": f"2024-{day} 10:00:00",
        "dispatched": f"2024-{day} 10:01:00",
        "arrived": f"2024-{day} {arrived}",
        "type": "MH",
        "origin": "911",
        "sent": "yes",
        "priority": priority,
        **cells,
    }


CALLS = [
    # Thirty minutes to the second meet a target of thirty; a second more does not.
    call(1, "01-05", "10:30:00"),
    call(2, "01-06", "10:30:01"),
    # Bins of 0.1 minute could not tell these two apart: 20.02 minutes are 20:01.2.
    call(3, "01-07", "10:20:01", "1"),
    call(4, "01-08", "10:20:02", "1A"),
    # From February on the target for all is 25; the one for the priority still goes before it.
    call(5, "02-01", "10:26:00", "2"),
    call(6, "02-02", "10:24:00", "1"),
    # Never over, because never a wait: the team's own work, and an arrival before the call.
    call(7, "02-03", "11:30:00", origin="responder_initiated"),
    call(8, "02-04", "09:30:00"),
]
LATE = {2, 4, 5, 6}


def loaded(folder: Path, more: str = TARGETS, rows: list[dict[str, str]] | None = None) -> Snapshot:
    agencies = write_agency(folder / "agencies", more=more)
    path = write_csv(folder / "calls.csv", rows or CALLS)
    load_log([path], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def test_each_call_is_held_against_its_own_target(tmp_path: Path):
    snapshot = loaded(tmp_path)
    found = answer("over_target_share", Selection(), snapshot, Breakdown.PRIORITY)
    assert (found.total.numerator, found.total.denominator) == (len(LATE), 6)
    rows = {row["priority_code"]: (row["numerator"], row["denominator"]) for row in
            found.table.to_dict("records") if row["status"] != Status.NOT_RECORDED}  # fmt: skip
    assert rows == {"1": (1, 2), "1A": (1, 1), "2": (1, 1), "not_recorded": (1, 2)}
    assert "2 responses have no usable time from call to arrival and are left out." in found.notes
    assert target_sentences(Selection(), snapshot) == (
        "Test City Responders: 20.02 minutes from call to arrival, for priority 1, 1A.",
        "Test City Responders: 30 minutes from call to arrival, for every call, until Jan 31, 2024.",
        "Test City Responders: 25 minutes from call to arrival, for every call, since Feb 1, 2024.",
    )
    # One that has ended before the months chosen is no target of theirs.
    assert len(target_sentences(Selection(first_month=parse_month("2024-02")), snapshot)) == 2


def test_calls_before_the_first_target_are_left_out_and_told(tmp_path: Path):
    snapshot = loaded(tmp_path, "[[response_targets]]\nminutes = 25\nsince = 2024-02-01")
    found = answer("over_target_share", Selection(), snapshot)
    assert (found.total.numerator, found.total.denominator) == (1, 2)
    assert "4 responses have a usable time but no target, and are left out." in found.notes


def test_shares_over_different_targets_are_not_compared(tmp_path: Path):
    # All take 28 minutes: none is over 30, all are over 25. Wrong: "higher than the month before".
    rows = [
        call(n, f"{month}-{n % 29 + 1:02d}", "10:28:00")
        for month, numbers in (("01", range(56)), ("02", range(100, 156)), ("03", range(200, 256)))
        for n in numbers
    ]
    snapshot = loaded(tmp_path, TARGETS, rows)

    def compared(month: str) -> Comparison | None:
        asked = Selection(first_month=parse_month(month), last_month=parse_month(month))
        before = CompareWith.PERIOD_BEFORE
        return answer("over_target_share", asked, snapshot, None, before).comparison

    february, march = compared("2024-02"), compared("2024-03")
    assert february is not None
    assert february.change is Change.NOT_COMPARABLE
    assert february.words == "Not compared: another target counts since Feb 1, 2024."
    assert march is not None
    # all are over the target in both months, of 56 each
    assert march.change is Change.TOO_FEW


def test_without_a_target_it_says_so(tmp_path: Path):
    snapshot = loaded(tmp_path, "")
    found = answer("over_target_share", Selection(), snapshot)
    assert found.total.status is Status.NOT_RECORDED
    assert answer_sentence(found) == (
        "Not recorded: no target is set for Test City Responders. What would have to be recorded: a target "
        "for the wait, set in the program's profile as [[response_targets]]."
    )
    assert target_sentences(Selection(), snapshot) == ()


def test_a_new_target_is_a_load_and_can_be_undone(tmp_path: Path):
    assert answer("over_target_share", Selection(), loaded(tmp_path)).total.numerator == 4
    changed = loaded(tmp_path, "[[response_targets]]\nminutes = 60")
    assert answer("over_target_share", Selection(), changed).total.numerator == 0
    roll_back(tmp_path / "store")
    before = live_snapshot(tmp_path / "store")
    assert answer("over_target_share", Selection(), before).total.numerator == 4


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("[[response_targets]]\nminutes = 0", "response_targets.0.minutes"),
        ("[[response_targets]]\nminutes = 2000", "response_targets.0.minutes"),
        ("[[response_targets]]\nminuets = 8", "response_targets.0"),
    ],
)
def test_a_target_that_is_none_is_refused(tmp_path: Path, more: str, said: str):
    agencies = write_agency(tmp_path / "agencies", more=more)
    with pytest.raises(LoadProblem, match=said):
        read_profile(agencies / AGENCY)


def test_a_target_for_priorities_needs_their_column(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies", more=TARGETS, without=("priority_code",))
    with pytest.raises(LoadProblem, match=r"needs text\.priority_code"):
        read_profile(agencies / AGENCY)


def test_a_readers_target_is_nobodys_promise(tmp_path: Path):
    snapshot = loaded(tmp_path)
    found = reader_target(25, Selection(), snapshot)
    assert (found.over.numerator, found.over.denominator) == (3, 6)
    sentence = reader_target_sentence(found)
    assert (
        f"which you set and the program did not: {BOLD}3 of 6{BOLD} responses took longer"
        in sentence
    )
    assert sentence.endswith("Few cases.")
    with pytest.raises(SelectionError, match="found \\[public\\]; use the targets"):
        reader_target(25, replace(Selection(), view=View.PUBLIC), snapshot)
    with pytest.raises(ValueError, match="found \\[0\\]; write for example 20"):
        reader_target(0, Selection(), snapshot)

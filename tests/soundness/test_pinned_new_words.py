"""Words that a log did not have before are told, for persons as for calls; words that say nothing are no words."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from marl_bend import load_town

from outcomes.analyses.data_quality.report import QualityReport, quality_report
from outcomes.analyses.data_quality.text import report_sentences
from outcomes.answers.answer import answer
from outcomes.selection import Selection
from outcomes.statistics.word_change import ChangeOfWord
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import Breakdown

RESULTS = """
[words.contact_result]
column = "result"
values = { Met = "contacted", Gone = "unable_to_locate" }
"""


def persons(first: date, **columns: list[str]) -> list[dict[str, str]]:
    """A row a day from then on, the values of each column by turns."""
    days = 2 * max(len(values) for values in columns.values()) * 20
    return [
        {
            "id": f"{first + timedelta(days=day)}",
            "received": f"{first + timedelta(days=day)} 09:00:00",
            **{name: values[day % len(values)] for name, values in columns.items()},
        }
        for day in range(days)
    ]


def load(folder: Path, rows: list[dict[str, str]]) -> tuple[str, QualityReport]:
    """The notes of the load, and the report on what is then published."""
    report = load_town(
        folder, rows, RESULTS, rows_are="person", log="all_rows_reached = true",
        text='gender = "gender"\nrace_ethnicity = "race"', top='age_column = "age"',
    )  # fmt: skip
    return " ".join(report.notes), quality_report("marl-bend", live_snapshot(folder / "store"))


def by_group(folder: Path, breakdown: Breakdown) -> dict[str, float]:
    rows = answer("contacts", Selection(), live_snapshot(folder / "store"), breakdown).rows
    return {row[breakdown.value]: row["numerator"] for row in rows if row["numerator"]}


FIRST = {
    "age": ["34", "70"],
    "gender": ["Male", "Female"],
    "race": ["White", "Chose not to disclose"],
    "result": ["Met"],
}


@pytest.mark.slow
def test_new_and_vanished_words_for_persons_are_told_on_loading_and_on_the_page(tmp_path: Path):
    load(tmp_path, persons(date(2024, 1, 1), **FIRST))
    second = FIRST | {"gender": ["Male", "Man of war"], "race": ["Hispanic", "N/A"]}
    notes, report = load(tmp_path, persons(date(2025, 1, 1), **second))
    # Wrong: silence, and "N/A" a race.
    assert "race_ethnicity [Hispanic] on 40 rows, Jan 2025 to Mar 2025" in notes
    assert "gender [Man of war] on 40 rows, Jan 2025 to Mar 2025" in notes
    assert "race_ethnicity [White] on 40 rows, Jan 2024 to Mar 2024" in notes
    assert "N/A" not in notes
    changes = {(one.field, one.value): one for one in report.changes}
    new = changes["race_ethnicity", "Hispanic"]
    assert (new.change, new.after_count) == (ChangeOfWord.NEW, 40)
    assert (new.first_day, new.last_day) == (date(2025, 1, 1), date(2025, 3, 20))
    assert changes["race_ethnicity", "White"].change is ChangeOfWord.GONE
    assert ("race_ethnicity", "N/A") not in changes
    assert (
        "race_ethnicity [Hispanic]: new since the load before, on 40 records (Jan 2025 to Mar 2025)"
        in (" ".join(report_sentences(report)))
    )
    assert by_group(tmp_path, Breakdown.RACE_ETHNICITY) == {
        "White": 40, "Hispanic": 40, "not_recorded": 80,
    }  # fmt: skip


SILENT = """
N/A|n/a|NA|Not Given|not given|Unk|UNKNOWN|Unkn|Refused|REFUSED|Declined|Declined to answer|Decline to State|Client refused|
Chose not to disclose|Prefer not to say|Did not want to answer|Not Recorded|Not Applicable|Unknown/Refused|Unknown or Not Reported|
(blank)|[Not given]|-|--|?|...|Unknown race|Race: Unknown|Undisclosed|Data missing|None|TBD|Not asked|U|Didn't say|Unable to determine
"""
SPEAKING = """
White|Black or African American|Two or more races|Other|American Indian/Alaska Native|Asian|Native Hawaiian|Nonbinary|X|F|
Transgender, not otherwise specified|Unknown Asian|Hispanic, race unknown to us|Latino/a|Undetermined Asian|Multi-racial|É
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "is_silent"), [(SILENT, True), (SPEAKING, False)], ids=["silent", "speaking"]
)
def test_words_that_say_nothing_are_no_race(tmp_path: Path, words: str, is_silent: bool):
    values = [word.strip() for word in words.split("|")]
    # One word that is a race stands among them: a column that never says anything is not recorded at all.
    rows = persons(date(2024, 1, 1), **(FIRST | {"race": ["White", *values]}))
    load(tmp_path, rows)
    found = set(by_group(tmp_path, Breakdown.RACE_ETHNICITY))
    assert found == {"White", *(["not_recorded"] if is_silent else values)}


def test_ages_that_are_none_are_told_and_ages_not_given_are_silence(tmp_path: Path):
    ages = ["34", "Not Given", "Refused", "34 yrs", "999", "n/a"]
    _, report = load(tmp_path, persons(date(2024, 1, 1), **(FIRST | {"age": ages})))
    found = {(one.rule, one.field): (one.row_count, one.samples) for one in report.findings}
    # Wrong: never reported. An exact age is not kept: of what cannot be read its shape is told.
    assert found["unreadable", "age_band"] == (40, ("99 xxx",))
    assert found["out of range", "age_band"] == (40, ("999",))
    assert set(found) == {("unreadable", "age_band"), ("out of range", "age_band")}


def test_a_word_of_a_call_that_says_something_is_still_told(tmp_path: Path):
    # "Refused" is an answer of a call, though it is none of a trait.
    results = ["Met", "N/A", "Not recorded", "Refused", "No answer", "-"]
    _, report = load(tmp_path, persons(date(2024, 1, 1), **(FIRST | {"result": results})))
    (found,) = report.findings
    assert (found.rule, found.field) == ("unknown value", "contact_result")
    assert (found.row_count, set(found.samples)) == (80, {"Refused", "No answer"})


@pytest.mark.slow
def test_a_log_that_replaces_the_stored_one_tells_its_new_words(tmp_path: Path):
    load(tmp_path, persons(date(2024, 1, 1), **FIRST))
    amended = FIRST | {"race": ["White", "Asian"]}
    notes, _ = load(tmp_path, persons(date(2024, 1, 1), **amended))
    assert "race_ethnicity [Asian] on 40 rows, Jan 2024 to Mar 2024" in notes
    again, _ = load(tmp_path, persons(date(2024, 1, 1), **amended))
    assert "New words" not in again


UNITS = """
[words.responder_type]
column = "kind"
values = { Care = "community", Law = "police" }
"""


@pytest.mark.slow
def test_new_and_vanished_units_and_responders_are_told(tmp_path: Path):
    def load_units(first: date, *units: str) -> tuple[str, QualityReport]:
        rows = persons(
            first, unit=list(units), kind=["Care" if u[0] == "C" else "Law" for u in units]
        )
        report = load_town(tmp_path, rows, UNITS, rows_are="unit", text='unit_id = "unit"')
        return " ".join(report.notes), quality_report(
            "marl-bend", live_snapshot(tmp_path / "store")
        )

    load_units(date(2024, 1, 1), "C1", "C2")
    notes, report = load_units(date(2025, 1, 1), "C1", "P7")
    assert "unit_id [P7] on 40 rows, Jan 2025 to Mar 2025" in notes
    assert "responder_type [police] on 40 rows" in notes
    assert "unit_id [C2] on 40 rows, Jan 2024 to Mar 2024" in notes
    changes = {
        (one.field, one.value): (one.change, one.before_count, one.after_count)
        for one in report.changes
    }
    assert changes["unit_id", "P7"] == (ChangeOfWord.NEW, 0, 40)
    assert changes["responder_type", "police"] == (ChangeOfWord.NEW, 0, 40)
    assert changes["unit_id", "C2"] == (ChangeOfWord.GONE, 40, 0)

"""What is one thing has one number: areas and genders in several spellings, months that cover all, none of many."""

from dataclasses import replace
from datetime import date

import pytest
from made_city import write_agency, write_csv

from outcomes.analyses.scene_outcomes.exhibits import dispositions_exhibit
from outcomes.answers.answer import answer
from outcomes.ingest.run import load_log
from outcomes.metrics.registry import METRICS
from outcomes.presentation.format import interval_text
from outcomes.selection import Selection, SelectionError
from outcomes.statistics.proportion import zero_upper_limit
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown

WIDE = Selection(first_month=date(2019, 1, 1), last_month=date(2026, 11, 1))
# Area, gender and number of responses.
SPELLINGS = (
    *(("NORTH", "F", 30), ("North", "Woman", 20), ("North", "female", 25), ("north", "f.", 5)),
    *(("South", "M", 12), ("SOUTH", "Male", 8), ("Center", "X", 6), ("Center", "non-binary", 4)),
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """110 responses of 2024 and 2025, seven more without a date; ten endings are not told, nobody was arrested."""
    folder = tmp_path_factory.mktemp("one-number")
    rows = []
    for area, gender, number in (*SPELLINGS, ("West", "", 7)):
        for _ in range(number):
            place = len(rows)
            day = f"{2024 + place % 2}-{place % 12 + 1:02d}-{place % 27 + 1:02d}"
            dated = {"received": f"{day} 10:00:00", "arrived": f"{day} 10:20:00"}
            rows.append(
                {
                    "id": f"C{place}",
                    **(dated if gender else {}),
                    "sent": "yes",
                    "origin": "911",
                    "type": "WELF",
                    "area": area,
                    "gender": gender,
                    "result": "contacted",
                    "ended": "resolved_on_scene" if place % 11 else "other",
                    "arrest": "no",
                }
            )
    agencies = write_agency(folder / "agencies", "test-city")
    load_log([write_csv(folder / "log.csv", rows)], "test-city", agencies, folder / "store")
    return live_snapshot(folder / "store")


def counted(city: Snapshot, breakdown: Breakdown) -> dict[str, float]:
    found = answer("responses", Selection(), city, breakdown)
    return {row[found.keys[-1]]: row["numerator"] for row in found.rows}


def test_areas_that_differ_in_case_are_one_spelled_as_most_often(city: Snapshot):
    found = counted(city, Breakdown.AREA)
    assert {name: found.get(name) for name in ("North", "NORTH", "South", "Center")} == {
        "North": 80,
        "NORTH": None,
        "South": 20,
        "Center": 10,
    }


def test_words_of_one_gender_are_one_and_other_words_stay(city: Snapshot):
    found = answer("contacts", Selection(), city, Breakdown.GENDER)
    told = {row["gender"]: row["numerator"] for row in found.rows}
    assert {name: told.get(name) for name in ("Female", "Male", "X", "Nonbinary", "F")} == {
        "Female": 80,
        "Male": 20,
        "X": 6,
        "Nonbinary": 4,
        "F": None,
    }


def test_months_that_cover_the_whole_log_and_all_give_one_number(city: Snapshot):
    whole = answer("responses", Selection(), city).total
    assert whole.numerator == 117
    for key in METRICS:
        try:
            found = answer(key, Selection(), city)
        except SelectionError:
            continue
        assert answer(key, WIDE, city).total == found.total, key
    part = replace(WIDE, first_month=date(2025, 1, 1))
    assert answer("responses", part, city).total.numerator == 55


def test_none_of_many_has_the_one_sided_limit_whatever_the_interval(city: Snapshot):
    for key in ("arrest_rate", "transport_share"):
        found = answer(key, Selection(), city)
        if not found.total.denominator:
            continue
        assert found.total.numerator == 0
        assert found.total.high == pytest.approx(zero_upper_limit(round(found.total.denominator)))
        assert interval_text(found.metric, found.total).startswith("could still be up to 1 in ")


def test_the_share_served_has_its_reason_where_a_bar_says_another(city: Snapshot):
    served = answer("served_share", Selection(), city).total
    endings = answer("dispositions", Selection(), city, Breakdown.DISPOSITION)
    exhibit = dispositions_exhibit(endings)
    (chart,) = exhibit.charts
    texts = " ".join(str(text) for trace in chart.figure(False).data for text in trace.text or ())
    told = f"{100 * served.value:.1f}"
    assert served.denominator < endings.total.denominator
    assert f"{told}% of those told" in texts
    assert "of the responses whose ending is told" in " ".join(exhibit.caption)


def test_months_that_cover_a_part_say_that_records_without_a_date_are_left_out(city: Snapshot):
    part = Selection(first_month=date(2025, 1, 1), last_month=date(2025, 6, 1))
    said = "Records without a date stand under no month and are left out: "
    # Wrong: seven responses fewer, without a word.
    assert any(note.startswith(said) for note in answer("responses", part, city).notes)
    assert not any(note.startswith(said) for note in answer("responses", Selection(), city).notes)
    whole = Selection(first_month=date(2024, 1, 1), last_month=date(2025, 12, 1))
    assert not any(note.startswith(said) for note in answer("responses", whole, city).notes)

"""Answers of a log that tells persons: what the interval allows for, what the note says, and what the public is told."""

from pathlib import Path

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.answers.answer import Answer, answer
from outcomes.ingest.run import load_log
from outcomes.metrics.figure import Counts, figure
from outcomes.metrics.registry import METRICS, find_metric
from outcomes.selection import Selection
from outcomes.statistics.clusters import clustered_share_interval, person_share_interval
from outcomes.statistics.proportion import clopper_pearson_interval, wilson_interval
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, View

pytestmark = pytest.mark.slow

INSIDE, PUBLIC = Selection(), Selection(view=View.PUBLIC)
# 40 and 80 persons with two responses each: both with an arrest for each fourth, none for the others.
FEW, MANY = 20, 80
# Residuals 1.5 of a fourth and -0.5 of the rest: per four persons 3; by chance 1.5 per four persons.
TWICE = 2.0


def city(folder: Path, persons: int) -> Snapshot:
    """Each person is met twice, and both responses end alike."""
    rows: list[dict[str, str]] = []
    for person in range(persons):
        for month in (1, 3):
            rows.append(
                {
                    "id": f"C{len(rows)}",
                    "received": f"2024-{month:02d}-{person % 28 + 1:02d} 10:{person // 28:02d}:00",
                    "arrived": f"2024-{month:02d}-{person % 28 + 1:02d} 10:{person // 28 + 20:02d}:00",
                    "type": "MH",
                    "origin": "911",
                    "result": "contacted",
                    "person": f"P{person}",
                    "arrest": "yes" if person % 4 == 0 else "no",
                    "hold": "no",
                    "transport": "yes" if person % 2 == 0 else "no",
                }
            )
    agencies = write_agency(folder / "agencies", has_persons=True)
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return city(tmp_path_factory.mktemp("many"), MANY)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return city(tmp_path_factory.mktemp("few"), FEW)


def limits(found: Answer) -> tuple[float | None, float | None]:
    return found.total.low, found.total.high


def said(found: Answer) -> list[str]:
    return [note for note in found.notes if "met again" in note]


def test_a_share_allows_for_persons_met_again(many: Snapshot):
    found = answer("arrest_rate", INSIDE, many)
    assert (found.total.numerator, found.total.denominator) == (40, 160)
    effect = TWICE * MANY / (MANY - 1)
    wanted = person_share_interval(40, 160, effect, is_exact=True)
    assert limits(found) == pytest.approx((wanted.low, wanted.high))
    assert said(found) == [
        "Intervals allow for persons met again, whose cases are alike (over the program's "
        "whole log): 100 cases say as much as 49 of different persons."
    ]


def test_each_part_of_the_log_has_the_factor_of_the_whole(many: Snapshot):
    effect = TWICE * MANY / (MANY - 1)
    for breakdown in (Breakdown.MONTH, Breakdown.CALL_TYPE, Breakdown.PROGRAM, Breakdown.AREA):
        rows = answer("arrest_rate", INSIDE, many, breakdown).rows
        counted = [row for row in rows if row["value"] is not None]
        assert counted
        for row in counted:
            wanted = person_share_interval(
                int(row["numerator"]), int(row["denominator"]), effect, is_exact=True
            )
            assert (row["low"], row["high"]) == pytest.approx((wanted.low, wanted.high))


def test_persons_that_show_no_variance_leave_the_interval_as_it_was(many: Snapshot):
    found = answer("involuntary_hold_rate", INSIDE, many)
    assert found.total.numerator == 0
    assert found.total.high == pytest.approx(1 - 0.05 ** (1 / 160))
    assert said(found) == []


def test_the_public_is_told_the_factor_up_to_a_tenth(many: Snapshot):
    found = answer("arrest_rate", PUBLIC, many)
    wanted = person_share_interval(40, 160, 2.1, is_exact=True)
    assert limits(found) == pytest.approx((wanted.low, wanted.high))
    assert "100 cases say as much as 48 of different persons" in said(found)[0]


def test_the_public_is_not_told_it_where_few_are_met_again(few: Snapshot):
    inside, public = (answer("transport_share", view, few) for view in (INSIDE, PUBLIC))
    plain = wilson_interval(20, 40)
    assert inside.total.low < plain.low
    assert limits(public) == (plain.low, plain.high)
    assert said(public) == [
        "In public, intervals take each case for that of another person where fewer than 30 persons are met again."
    ]
    assert "100 cases" in said(inside)[0]


def test_a_log_without_persons_is_as_before(tmp_path: Path):
    rows = [
        {
            "id": f"C{place}",
            "received": f"2024-01-{place % 28 + 1:02d} 10:{place // 28:02d}:00",
            "arrived": f"2024-01-{place % 28 + 1:02d} 10:{place // 28 + 20:02d}:00",
            "type": "MH",
            "arrest": "yes" if place % 4 == 0 else "no",
        }
        for place in range(80)
    ]
    agencies = write_agency(tmp_path / "agencies")
    load_log([write_csv(tmp_path / "calls.csv", rows)], AGENCY, agencies, tmp_path / "store")
    snapshot = live_snapshot(tmp_path / "store")
    assert snapshot.persons == {}
    found = answer("arrest_rate", INSIDE, snapshot)
    plain = clopper_pearson_interval(20, 80)
    assert limits(found) == (plain.low, plain.high)
    assert said(found) == []


def test_sums_over_persons_hold_no_token(many: Snapshot):
    names = {program.program_id for program in many.programs} | set(METRICS)
    rows = many.rows("snapshot", "person_clusters")
    assert rows
    for row in rows:
        assert {value for value in row.values() if not isinstance(value, int)} <= names


def test_programs_weigh_by_their_cases_and_the_larger_of_the_two_holds():
    """900 cases at a factor of 2 and 100 at 1 make 1.9; two programs that are alike show no more by themselves."""
    metric = find_metric("transport_share")
    programs = [Counts(450, 900, person_effect=2.0), Counts(50, 100)]
    found = figure(metric, Counts(500, 1000), programs)
    wanted = clustered_share_interval([(450, 900), (50, 100)], least_effect=1.9)
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))
    # A row that only one of the programs has cases in is that program's.
    alone = figure(metric, Counts(450, 900), [programs[0], Counts(0, 0)])
    own = person_share_interval(450, 900, 2.0)
    assert (alone.low, alone.high) == pytest.approx((own.low, own.high))

"""What a recorded change was followed by: the regression's own sentence, on the right months."""

from calendar import monthrange
from datetime import date

import pytest
from written_months import EMERGENCY, FIRST, REACHED, VOLUME, by_month

from outcomes.analyses.control_charts.intervention import changes_judged
from outcomes.analyses.control_charts.monthly import phase_limits_of
from outcomes.selection import add_months
from outcomes.statistics.segmented import segmented_regression
from outcomes.store.programs import ProgramChange
from outcomes.vocabulary.log import ChangeKind, Coverage

# Two years, then half as many again for two years, with a little unrest.
STEPPED = [100 + (n * 7) % 9 for n in range(24)] + [150 + (n * 5) % 9 for n in range(24)]
CAUSES = ("caused", "because", "led to", "thanks to", "due to", "effect", "impact", "improved")


def change(day: date, label: str = "Longer hours") -> ProgramChange:
    return ProgramChange("a", day, ChangeKind.HOURS, label)


def days_from(months: int) -> list[float]:
    starts = [add_months(FIRST, n) for n in range(months)]
    return [float(monthrange(s.year, s.month)[1]) for s in starts]


def test_a_volume_is_counted_over_days():
    (found,) = changes_judged(
        phase_limits_of(by_month(VOLUME, STEPPED)), [change(date(2024, 1, 1))]
    )
    wanted = segmented_regression(STEPPED, days_from(48), 24)
    assert found.sentence == wanted.finding
    assert found.warnings == wanted.warnings
    assert "was followed by a higher level" in found.sentence


def test_a_share_is_counted_over_its_denominators():
    of = [300] * 48
    chart = phase_limits_of(by_month(REACHED, STEPPED, of))
    (found,) = changes_judged(chart, [change(date(2024, 1, 1))])
    assert found.sentence == segmented_regression(STEPPED, of, 24).finding


def test_the_month_in_which_a_change_came_and_incomplete_ones_are_left_out():
    found_by_month = by_month(VOLUME, STEPPED, coverage={47: Coverage.PARTIAL, 5: Coverage.GAP})
    (found,) = changes_judged(phase_limits_of(found_by_month), [change(date(2023, 12, 10))])
    known = [None if n in (5, 23, 47) else count for n, count in enumerate(STEPPED)]
    days = [0.0 if n in (5, 47) else length for n, length in enumerate(days_from(48))]
    wanted = segmented_regression(known, days, 24)
    assert found.sentence == wanted.finding
    assert "Months that are not recorded are left out: 3." in found.warnings


def test_only_the_months_up_to_the_neighbouring_changes_count():
    longer = [*STEPPED, *(400 for _ in range(24))]
    changes = [change(date(2026, 1, 1)), change(date(2024, 1, 1))]
    first, second = changes_judged(phase_limits_of(by_month(VOLUME, longer)), changes)
    assert first.change.change_date == date(2024, 1, 1)
    assert first.sentence == segmented_regression(STEPPED, days_from(48), 24).finding
    assert second.sentence == segmented_regression(longer[24:], days_from(72)[24:], 24).finding


def test_under_twelve_months_on_a_side_nothing_is_fitted():
    chart = phase_limits_of(by_month(VOLUME, STEPPED[:35]))
    (found,) = changes_judged(chart, [change(date(2024, 1, 1))])
    assert found.sentence.startswith("Only 11 recorded months after the change")
    assert found.warnings == ()


def test_hidden_months_are_not_looked_through():
    chart = phase_limits_of(by_month(VOLUME, STEPPED, suppressed=(30,)))
    (found,) = changes_judged(chart, [change(date(2024, 1, 1))])
    assert found.sentence == "Not looked at: some of the months are hidden."


def test_changes_outside_the_months_are_not_told():
    chart = phase_limits_of(by_month(VOLUME, STEPPED))
    assert changes_judged(chart, [change(date(2021, 5, 1)), change(date(2030, 1, 1))]) == ()


def test_two_changes_of_one_month_are_told_with_the_same_finding():
    chart = phase_limits_of(by_month(VOLUME, STEPPED))
    both = changes_judged(chart, [change(date(2024, 1, 1)), change(date(2024, 1, 1), "More staff")])
    assert len(both) == 2
    assert both[0].sentence == both[1].sentence


def test_only_months_can_be_judged():
    with pytest.raises(ValueError, match="Expected a chart of months"):
        changes_judged(EMERGENCY, [])


@pytest.mark.parametrize("word", CAUSES)
def test_no_sentence_claims_a_cause(word: str):
    for counts in (STEPPED, STEPPED[::-1], STEPPED[:35], [0] * 48):
        chart = phase_limits_of(by_month(VOLUME, counts))
        for found in changes_judged(chart, [change(date(2024, 1, 1))]):
            assert word not in " ".join([found.sentence, *found.warnings]).lower()

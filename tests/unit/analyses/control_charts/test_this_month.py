"""This month: the latest full month beside its usual range, worked out by hand, and in which words it is told."""

from datetime import date

import pytest
from written_months import SAFETY, VOLUME, by_month

from outcomes.analyses.control_charts.chart import Standing
from outcomes.analyses.control_charts.monthly import phase_limits_of
from outcomes.analyses.control_charts.this_month import (
    MonthReading,
    month_sentence,
    reading_of,
    usual_range,
)
from outcomes.statistics.control_signals import Limits, Side
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Coverage

STEADY = [100, 104, 98, 101, 97, 103, 99, 102, 96, 101, 100, 98, 101, 99, 104, 97, 100]


def reading(key: str, counts: list[int], of: list[int] | None = None, **more) -> MonthReading:
    found = reading_of(phase_limits_of(by_month(key, counts, of, **more)))
    assert found
    return found


def test_an_ordinary_month_has_its_count_and_its_usual_range():
    found = reading(VOLUME, [*STEADY, 102])
    assert (found.month, found.value, found.word) == (date(2023, 6, 1), "102", "Ordinary")
    low, high = (int(end) for end in found.usual.split(" to "))
    assert low < 100 < high
    assert found.side is None


def test_an_unusual_month_is_named_with_its_side():
    assert reading(VOLUME, [*STEADY, 300]).word == "Unusual, high"
    assert reading(VOLUME, [*STEADY, 10]).word == "Unusual, low"


def test_a_share_has_its_counts():
    found = reading(SAFETY, [4] * 18, [200] * 18)
    assert (found.value, found.word) == ("2.0% (4 of 200)", "Ordinary")
    assert found.usual.endswith("%")


def test_the_month_that_has_begun_is_not_the_latest_full_one():
    found = reading(VOLUME, [*STEADY, 102, 40], coverage={18: Coverage.PARTIAL})
    assert (found.month, found.value) == (date(2023, 6, 1), "102")


def test_a_growing_program_has_no_usual_range_yet():
    found = reading(VOLUME, [10, 40, 90])
    assert (found.usual, found.word) == ("", "No usual range yet")
    assert found.standing is Standing.NO_USUAL_LEVEL


@pytest.mark.parametrize(
    ("limits", "of", "is_count", "said"),
    [
        # 15.3 to 18.2 a day over 31 days: 474.3 to 564.2, of which the whole numbers 475 to 564 are ordinary.
        (Limits(17.0, 15.3, 18.2), 31.0, True, "475 to 564"),
        # 15 a day over 30 days is 450 and no more.
        (Limits(17.0, 15.0, 18.0), 30.0, True, "450 to 540"),
        (Limits(0.011, 0.002, 0.024), 500.0, False, "0.2% to 2.4%"),
        (None, 500.0, False, ""),
    ],
)
def test_a_usual_range_is_told_in_the_figures_own_unit(limits, of, is_count, said):
    assert usual_range(limits, of, is_count, 1).replace("\u00a0", "") == said


def test_the_month_in_a_sentence():
    month = date(2026, 10, 1)

    def of(label: str, standing: Standing, side: Side | None = None, together: bool = False):
        return MonthReading("key", label, month, "1", "1 to 2", standing, side, together)

    ordinary, growing = of("Responses", Standing.ORDINARY), of("Waits", Standing.NO_USUAL_LEVEL)
    high = of("Missed calls", Standing.UNUSUAL, Side.HIGH)
    together = of("Responses", Standing.UNUSUAL, Side.LOW, True)
    assert month_sentence([]) == ""
    assert month_sentence([ordinary, growing]) == (
        f"October 2026 was {BOLD}ordinary{BOLD} on the one measure that has a usual range."
    )
    assert month_sentence([ordinary, ordinary]) == (
        f"October 2026 was {BOLD}ordinary{BOLD} on all 2 measures that have a usual range."
    )
    assert month_sentence([growing]) == (
        "October 2026 cannot be called usual or unusual yet: too few full months."
    )
    assert month_sentence([ordinary, high, together]) == (
        f"{BOLD}Unusual in October 2026{BOLD}: missed calls (high). "
        f"{BOLD}Unusual over the last six months together{BOLD}: responses (low)."
    )


def test_a_month_that_is_unusual_with_others_says_why():
    month = date(2026, 10, 1)
    reading = MonthReading("key", "Calls", month, "1", "1 to 2", Standing.UNUSUAL, Side.HIGH, True)
    assert reading.word == "Ordinary alone; high over six months together"
    assert month_sentence([reading]) == (
        f"October 2026 by itself was {BOLD}ordinary{BOLD} on the one measure that has a usual range. "
        f"{BOLD}Unusual over the last six months together{BOLD}: calls (high)."
    )

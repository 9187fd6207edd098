"""Events that are rare by month: known by their counts, drawn by quarter, with every month still in the table."""

from dataclasses import replace
from datetime import date

import pandas
import pytest
from written_months import by_month

from outcomes.answers.answer import Answer
from outcomes.answers.coverage import period_start
from outcomes.answers.rare import is_rare
from outcomes.metrics.figure import Counts, figure
from outcomes.metrics.registry import find_metric
from outcomes.presentation.charts.drawing import drawing_of
from outcomes.presentation.charts.trend import period_figure
from outcomes.presentation.exhibit import months_exhibit
from outcomes.presentation.sentences import grain_label
from outcomes.vocabulary.log import Breakdown, Coverage

HURT = "injury_rate"
EVENTS: list[int | None] = [0, 2, 0, 1, 0, 0, 4, 0]


@pytest.mark.parametrize(
    ("counts", "coverage", "rare"),
    [
        ([0, 1, 2, 3, 9, 9], {}, True),
        ([3, 3, 0], {}, False),
        ([2, 4], {}, False),
        # What is covered in part, or not at all, is no month to judge by.
        ([9, 9, 1, 0], {2: Coverage.PARTIAL, 3: Coverage.PARTIAL}, False),
        ([1, 9, 9], {1: Coverage.PARTIAL, 2: Coverage.GAP}, True),
    ],
)
def test_rare_is_a_median_month_under_three(
    counts: list[int | None], coverage: dict[int, Coverage], rare: bool
):
    assert is_rare(by_month(HURT, counts, [500] * len(counts), coverage)) is rare


def by_quarter(counts: list[int], coverage: list[Coverage]) -> Answer:
    metric = find_metric(HURT)
    cells = [figure(metric, Counts(count, 1500)) for count in counts]
    rows = [
        {
            "quarter": f"2022-Q{place}",
            "coverage": each.value,
            **vars(cell),
            "status": cell.status.value,
        }
        for place, (cell, each) in enumerate(zip(cells, coverage, strict=True), start=1)
    ]
    return replace(
        by_month(HURT, [0], [1]), breakdown=Breakdown.QUARTER, table=pandas.DataFrame(rows)
    )


def test_rare_events_are_bars_by_quarter_with_their_numbers():
    quarters = by_quarter([2, 0, 4], [Coverage.WHOLE, Coverage.WHOLE, Coverage.PARTIAL])
    drawn = drawing_of(period_figure([quarters], [], is_dark=False, shows_count=True))
    assert [label.text[0][0][1] for label in drawn.labels] == ["2", "0", "4"]
    ticks = ["".join(piece[1] for line in tick.text for piece in line) for tick in drawn.x.ticks]
    assert ticks == ["Jan toMar 2022", "Apr toJun 2022", "Jul toSep 2022"]
    full, hollow = (
        [stroke for stroke in drawn.strokes if bool(stroke.fill) is is_full]
        for is_full in (True, False)
    )
    # One bar is whole, one is of a quarter that is covered in part; zero has a number and no bar.
    assert [len(full), len(hollow)] == [1, 1]
    heights = [max(y for _, y in stroke.points) for stroke in (full[0], hollow[-1])]
    assert heights[1] == pytest.approx(2 * heights[0])
    assert not drawn.marks


def test_every_month_stays_in_the_table():
    months = by_month(HURT, EVENTS, [500] * 8)
    quarters = by_quarter([2, 1, 4], [Coverage.WHOLE, Coverage.WHOLE, Coverage.PARTIAL])
    exhibit = months_exhibit([months], [], {}, shows_count=True, quarters=[quarters])
    by_months, by_quarters = exhibit.tables
    assert list(by_months.rows["Count"])[:8] == ["0", "4", "0", "0", "1", "0", "2", "0"]
    assert list(by_quarters.rows["Quarter"])[:3] == [
        "Jul to Sep 2022",
        "Apr to Jun 2022",
        "Jan to Mar 2022",
    ]
    assert (
        "count by quarter. Half of the months or more have fewer than three" in exhibit.caption[0]
    )
    assert exhibit.answers == (months,)
    # Without quarters, as in public, the months are drawn.
    alone = months_exhibit([months], [], {}, shows_count=True)
    assert "count by month" in alone.caption[0]
    assert len(alone.tables) == 1


def test_a_quarter_is_named_by_its_months():
    assert period_start("2022-Q4") == date(2022, 10, 1)
    assert grain_label("quarter", "2022-Q4", find_metric(HURT), {}) == "Oct to Dec 2022"
